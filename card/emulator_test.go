package card_test

import (
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// The same calls, told of a card that was really deleted, made once or left alone.
func TestLostAnswers(t *testing.T) {
	tests := []struct {
		name  string
		fault stripetest.Fault
	}{
		{"the connection breaks before the effect", stripetest.Fault{Cut: stripetest.CutBeforeEffect}},
		{"the connection breaks after the effect", stripetest.Fault{Cut: stripetest.CutAfterEffect}},
		{"half of the answer comes", stripetest.Fault{Truncate: true}},
		{"a 500 instead of the effect", stripetest.Fault{Status: http.StatusInternalServerError}},
		{"a 500 after the effect", stripetest.Fault{Status: http.StatusInternalServerError, AfterEffect: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := stripetest.NewServer()
				srv.AddCustomer("cus_123")
				owner, cards := card.Customer("cus_123"), card.New(srv.Client())

				srv.Fail(tt.fault)
				c, err := cards.Create(t.Context(), owner, &card.CreateParams{Token: "tok_visa"})
				require.NoError(t, err)
				page, err := cards.List(t.Context(), owner, nil)
				require.NoError(t, err)
				assert.Equal(t, []*card.Card{c}, page.Data)

				srv.Fail(tt.fault)
				d, err := cards.Delete(t.Context(), owner, c.ID)
				require.NoError(t, err)
				assert.Equal(t, &card.Deleted{ID: c.ID, Object: "card", Deleted: true}, d)
				page, err = cards.List(t.Context(), owner, nil)
				require.NoError(t, err)
				assert.Empty(t, page.Data)

				srv.Fail(tt.fault)
				_, err = cards.Delete(t.Context(), card.Customer("cus_404"), c.ID)
				require.ErrorIs(t, err, stripecash.ErrNotFound)
			})
		})
	}
}

// What the doc of stripecash.All says of a loop that deletes: the cursor to the next page is gone by then.
func TestDeletingWhileWalking(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	owner, cards := card.Customer("cus_123"), card.New(srv.Client())
	for range 101 {
		_, err := cards.Create(t.Context(), owner, &card.CreateParams{Token: "tok_visa"})
		require.NoError(t, err)
	}
	deleted := 0
	for c, err := range cards.All(t.Context(), owner, nil) {
		if err != nil {
			require.ErrorIs(t, err, stripecash.ErrNotFound)
			break
		}
		_, err := cards.Delete(t.Context(), owner, c.ID)
		require.NoError(t, err)
		deleted++
	}
	assert.Equal(t, 100, deleted)

	page, err := cards.List(t.Context(), owner, nil)
	require.NoError(t, err)
	assert.Len(t, page.Data, 1)
}
