package stripego_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
)

// TestDecodeErrors has both clients decode the same errors. Neither type has names for JSON that say it all, so that the
// fields are named here; that none is forgotten is known from the spec.
func TestDecodeErrors(t *testing.T) {
	w, full := newWriter(t), map[string]any{}
	for name, property := range w.schemas["api_errors"].Properties {
		if property.Ref == "" && property.AnyOf == nil {
			full[name] = w.value(name, property)
			continue
		}
		full[name] = map[string]any{"id": name + "_1", "object": name}
	}
	tests := []struct {
		name   string
		status int
		error  map[string]any
	}{
		{name: "every property", status: 402, error: full},
		{name: "api_error", status: 500, error: map[string]any{"type": "api_error", "message": "oops"}},
		{name: "card_error", status: 402, error: map[string]any{"type": "card_error", "code": "card_declined", "decline_code": "do_not_honor"}},
		{name: "idempotency_error", status: 400, error: map[string]any{"type": "idempotency_error", "message": "Keys …"}},
		{name: "invalid_request_error", status: 404, error: map[string]any{"type": "invalid_request_error", "param": "id"}},
		{name: "a type that is not in the spec", status: 418, error: map[string]any{"type": "tea_error"}},
		{name: "nothing", status: 400, error: map[string]any{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data, err := json.Marshal(map[string]any{"error": tt.error})
			require.NoError(t, err)
			s := always(tt.status, string(data))
			s.answers[0].header = map[string][]string{"Request-Id": {"req_1"}, "Stripe-Should-Retry": {"false"}}
			_, err = cashbalance.New(ours(t, s)).Get(t.Context(), "cus_1")
			our, ok := errors.AsType[*stripecash.Error](err)
			require.True(t, ok, "%T", err)
			_, err = theirs(s).V1CashBalances.Retrieve(t.Context(), &stripe.CashBalanceRetrieveParams{Customer: new("cus_1")})
			their, ok := errors.AsType[*stripe.Error](err)
			require.True(t, ok, "%T", err)
			want, err := flattenJSON(data)
			require.NoError(t, err)
			rows := errorFields(our, their)
			for name, row := range rows {
				assert.Equal(t, want["error."+name], row[0], "ours: %s", name)
				if len(row) > 1 {
					assert.Equal(t, want["error."+name], row[1], "stripe-go: %s", name)
				}
			}
			assert.Equal(t, []any{tt.status, "req_1"}, []any{our.Status, our.RequestID})
			assert.Equal(t, []any{tt.status, "req_1"}, []any{their.HTTPStatusCode, their.RequestID})
			for name := range tt.error {
				if _, hash := tt.error[name].(map[string]any); hash {
					name += ".id"
				}
				assert.Contains(t, rows, name, "no field for it")
			}
		})
	}
}

// errorFields are our field and stripe-go's by their name in JSON; those that stripe-go has not are alone.
func errorFields(our *stripecash.Error, their *stripe.Error) map[string][]string {
	var paymentIntent, setupIntent, paymentMethod, source string
	if their.PaymentIntent != nil {
		paymentIntent = their.PaymentIntent.ID
	}
	if their.SetupIntent != nil {
		setupIntent = their.SetupIntent.ID
	}
	if their.PaymentMethod != nil {
		paymentMethod = their.PaymentMethod.ID
	}
	if their.Source != nil {
		source = their.Source.ID
	}
	return map[string][]string{
		"advice_code":          {our.AdviceCode},
		"charge":               {our.Charge, their.ChargeID},
		"code":                 {string(our.Code), string(their.Code)},
		"decline_code":         {our.DeclineCode, string(their.DeclineCode)},
		"doc_url":              {our.DocURL, their.DocURL},
		"message":              {our.Message, their.Msg},
		"network_advice_code":  {our.NetworkAdviceCode},
		"network_decline_code": {our.NetworkDeclineCode},
		"param":                {our.Param, their.Param},
		"payment_intent.id":    {our.PaymentIntent.ID, paymentIntent},
		"payment_method.id":    {our.PaymentMethod.ID, paymentMethod},
		"payment_method_type":  {our.PaymentMethodType, string(their.PaymentMethodType)},
		"request_log_url":      {our.RequestLogURL, their.RequestLogURL},
		"setup_intent.id":      {our.SetupIntent.ID, setupIntent},
		"source.id":            {our.Source.ID, source},
		"type":                 {string(our.Type), string(their.Type)},
	}
}
