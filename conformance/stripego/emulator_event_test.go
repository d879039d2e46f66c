package stripego_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
)

// missedEvents is a service that finds its customers, and what it has missed of them.
func missedEvents(t *testing.T, w world) {
	first, second := w.customer(t), w.customer(t)
	list := w.sc.V1Customers.List(t.Context(), &stripe.CustomerListParams{ListParams: stripe.ListParams{Limit: new(int64(1))}})
	assert.Equal(t, []string{second, first}, ids(t, list.All(t.Context()), func(c *stripe.Customer) string { return c.ID }))

	moved := w.fund(t, first, 500, "eur")
	seen := w.srv.Events()[0].ID
	w.fund(t, second, 700, "eur")
	params := &stripe.EventListParams{Type: new("customer_cash_balance_transaction.*")}
	params.EndingBefore = &seen
	var missed []string
	for event, err := range w.sc.V1Events.List(t.Context(), params).All(t.Context()) {
		require.NoError(t, err)
		assert.Equal(t, stripe.EventType("customer_cash_balance_transaction.created"), event.Type)
		missed = append(missed, event.GetObjectValue("customer"))
	}
	assert.Equal(t, []string{second}, missed)

	event, err := w.sc.V1Events.Retrieve(t.Context(), seen, nil)
	require.NoError(t, err)
	assert.Equal(t, moved.ID, event.GetObjectValue("id"))
	_, err = w.sc.V1Events.Retrieve(t.Context(), "evt_404", nil)
	refused(t, err, http.StatusNotFound, stripe.ErrorCodeResourceMissing, "id")
}
