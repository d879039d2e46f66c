package webhook_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/transaction"
	"github.com/ccb8c2b4/stripecash/webhook"
)

func TestDecode(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	event, err := webhook.Verifier{Secrets: []string{secret}}.Verify(payload, nowSigned(payload))
	require.NoError(t, err)

	got, err := webhook.Decode[cashbalance.CashBalance](event)
	require.NoError(t, err)
	assert.Equal(t, &cashbalance.CashBalance{
		Object:    "cash_balance",
		Available: map[stripecash.Currency]int64{stripecash.CurrencyEUR: 10000, stripecash.CurrencyUSD: 250},
		Customer:  "cus_9s6XKzkNRiz8i3",
		Livemode:  true,
		Settings:  cashbalance.Settings{ReconciliationMode: cashbalance.ReconciliationModeManual},
	}, got)

	fields, err := webhook.Decode[map[string]any](event)
	require.NoError(t, err, "a type without a name takes any object")
	assert.Equal(t, "cus_9s6XKzkNRiz8i3", (*fields)["customer"])
}

// A pointer to one of this module's types is nothing to ask for, but who does must not get an empty balance.
func TestDecodeOfAPointer(t *testing.T) {
	decode := func(object string) (**cashbalance.CashBalance, error) {
		return webhook.Decode[*cashbalance.CashBalance](&webhook.Event{ID: "evt_1", Data: webhook.Data{Object: json.RawMessage(object)}})
	}
	got, err := decode(`{"object":"cash_balance","customer":"cus_1"}`)
	require.NoError(t, err)
	assert.Equal(t, "cus_1", (*got).Customer)

	_, err = decode(`{"id":"card_1","object":"card"}`)
	require.ErrorIs(t, err, webhook.ErrObject)

	_, err = decode(`{"id":"card_1","object":"card","available":"x"}`)
	require.ErrorIs(t, err, webhook.ErrObject)
	_, err = decode("null")
	require.ErrorIs(t, err, webhook.ErrPayload)
}

// named has its name as a value, so that a nil pointer to one can't be asked.
type named struct {
	ID string `json:"id"`
}

func (named) ObjectName() string { return "named" }

func TestDecodeOfAPointerToANamedValue(t *testing.T) {
	event := &webhook.Event{ID: "evt_1", Data: webhook.Data{Object: json.RawMessage(`{"id":"n_1","object":"named"}`)}}
	got, err := webhook.Decode[*named](event)
	require.NoError(t, err)
	assert.Equal(t, "n_1", (*got).ID)

	event.Data.Object = json.RawMessage(`{"id":"card_1","object":"card"}`)
	_, err = webhook.Decode[*named](event)
	require.ErrorIs(t, err, webhook.ErrObject)
}

func TestDecodeRefuses(t *testing.T) {
	tests := []struct {
		name   string
		object string
		want   error
		text   string
	}{
		{
			"another object", `{"id":"card_1","object":"card","last4":"4242"}`, webhook.ErrObject,
			`webhook: the event holds another object: evt_1 has a "card" with the ID "card_1", not a "customer_cash_balance_transaction"`,
		},
		{
			"an object without a name", `{"nested":{"object":"customer_cash_balance_transaction"}}`, webhook.ErrObject,
			`webhook: the event holds another object: evt_1 has a "" with the ID "", not a "customer_cash_balance_transaction"`,
		},
		{
			"a name that is no string", `{"object":987654321}`, webhook.ErrObject,
			`webhook: the event holds another object: evt_1 has a "" with the ID "", not a "customer_cash_balance_transaction"`,
		},
		{
			"a field of another type", `{"object":"customer_cash_balance_transaction","net_amount":"987654321"}`, webhook.ErrPayload,
			`webhook: the payload can't be read: the object of evt_1 does not fit *transaction.Transaction: the field net_amount has the wrong type`,
		},
		{
			"nothing", ``, webhook.ErrPayload,
			`webhook: the payload can't be read: the object of evt_1: a value of it has the wrong type`,
		},
		{
			"broken JSON", `{"object":"customer_cash_balance_transaction","id":private}`, webhook.ErrPayload,
			`webhook: the payload can't be read: the object of evt_1 does not fit *transaction.Transaction: invalid JSON at byte 52`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			event := &webhook.Event{ID: "evt_1", Data: webhook.Data{Object: json.RawMessage(tt.object)}}
			got, err := webhook.Decode[transaction.Transaction](event)
			assert.Nil(t, got)
			require.ErrorIs(t, err, tt.want)
			assert.EqualError(t, err, tt.text)
		})
	}
	_, err := webhook.Decode[transaction.Transaction](nil)
	require.ErrorIs(t, err, webhook.ErrPayload)
}
