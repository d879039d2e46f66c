package stripetest_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// intentForm is what Stripe's guide to bank transfers sends, for EUR 10.00.
func intentForm(more ...string) []string {
	return append([]string{
		"amount", "1000", "currency", "eur", "customer", "cus_1",
		"payment_method_types[]", "customer_balance",
		"payment_method_data[type]", "customer_balance",
		"payment_method_options[customer_balance][funding_type]", "bank_transfer",
		"payment_method_options[customer_balance][bank_transfer][type]", "eu_bank_transfer",
		"payment_method_options[customer_balance][bank_transfer][eu_bank_transfer][country]", "FR",
	}, more...)
}

func without(pairs []string, name string) []string {
	var rest []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] != name {
			rest = append(rest, pairs[i], pairs[i+1])
		}
	}
	return rest
}

func TestPaymentIntentCreateAndConfirm(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	srv := funded(t, stripetest.WithClock(func() time.Time { return at }))
	created := post(t, srv, "/v1/payment_intents", intentForm("description", "Order 1", "metadata[order]", "1")...)
	require.Equal(t, http.StatusOK, created.Status, created.Text)
	id := created.Body["id"].(string)
	assert.Regexp(t, `^pi_3[0-9A-Za-z]{23}$`, id)
	assert.Regexp(t, `^`+id+`_secret_[0-9A-Za-z]{25}$`, created.Body["client_secret"])
	assert.Regexp(t, `^pm_1[0-9A-Za-z]{23}$`, created.Body["payment_method"])
	want := map[string]any{
		"id": id, "object": "payment_intent", "amount": 1000.0, "amount_capturable": 0.0, "amount_received": 0.0,
		"amount_details": map[string]any{"tip": map[string]any{}}, "application": nil, "application_fee_amount": nil,
		"canceled_at": nil, "cancellation_reason": nil, "capture_method": "automatic_async",
		"client_secret": created.Body["client_secret"], "confirmation_method": "automatic", "created": 1.7e9, "currency": "eur",
		"customer": "cus_1", "description": "Order 1", "last_payment_error": nil, "latest_charge": nil, "livemode": false,
		"metadata": map[string]any{"order": "1"}, "next_action": nil, "on_behalf_of": nil,
		"payment_method": created.Body["payment_method"],
		"payment_method_options": map[string]any{"customer_balance": map[string]any{"funding_type": "bank_transfer",
			"bank_transfer": map[string]any{"type": "eu_bank_transfer", "eu_bank_transfer": map[string]any{"country": "FR"}}}},
		"payment_method_types": []any{"customer_balance"}, "processing": nil, "receipt_email": nil, "review": nil,
		"setup_future_usage": nil, "shipping": nil, "statement_descriptor": nil, "status": "requires_confirmation",
		"transfer_data": nil, "transfer_group": nil,
	}
	assert.Equal(t, want, created.Body)
	assert.Equal(t, want, get(t, srv, "/v1/payment_intents/"+id).Body)

	confirmed := post(t, srv, "/v1/payment_intents/"+id+"/confirm")
	require.Equal(t, http.StatusOK, confirmed.Status, confirmed.Text)
	assert.Equal(t, "requires_action", confirmed.Body["status"])
	assert.Equal(t, created.Body["payment_method"], confirmed.Body["payment_method"])
	action := confirmed.Body["next_action"].(map[string]any)
	assert.Equal(t, "display_bank_transfer_instructions", action["type"])
	instructions := action["display_bank_transfer_instructions"].(map[string]any)
	assert.Equal(t, 1000.0, instructions["amount_remaining"])
	assert.Equal(t, "eu_bank_transfer", instructions["type"])
	assert.Regexp(t, `^[0-9A-Z]{12}$`, instructions["reference"])
	address := instructions["financial_addresses"].([]any)[0].(map[string]any)
	assert.Equal(t, "iban", address["type"])
	assert.Equal(t, "FR", address["iban"].(map[string]any)["country"])

	again := post(t, srv, "/v1/payment_intents/"+id+"/confirm")
	assert.Equal(t, "payment_intent_unexpected_state", again.errorField("code"))
	assert.Equal(t, id, again.errorField("payment_intent").(map[string]any)["id"])
}

// How it is paid may be said when it is confirmed.
func TestPaymentIntentChosenAtConfirmation(t *testing.T) {
	srv := funded(t)
	created := post(t, srv, "/v1/payment_intents", intentForm()[:8]...)
	require.Equal(t, "requires_payment_method", created.Body["status"], created.Text)
	assert.Equal(t, map[string]any{"customer_balance": map[string]any{}}, created.Body["payment_method_options"])
	path := "/v1/payment_intents/" + created.Body["id"].(string)

	got := post(t, srv, path+"/confirm", "payment_method_types[]", "card")
	assert.Equal(t, "payment_method_types", got.errorField("param"), got.Text)
	got = post(t, srv, path+"/confirm")
	assert.Equal(t, http.StatusBadRequest, got.Status, "still nothing is chosen: %s", got.Text)
	assert.Equal(t, created.Body, get(t, srv, path).Body)

	got = post(t, srv, path+"/confirm", append(intentForm()[8:], "payment_method_types[]", "customer_balance")...)
	assert.Equal(t, "requires_action", got.Body["status"], got.Text)
	assert.Regexp(t, `^pm_1[0-9A-Za-z]{23}$`, got.Body["payment_method"])
	assert.Equal(t, got.Body, get(t, srv, path).Body)
	options := got.Body["payment_method_options"].(map[string]any)["customer_balance"].(map[string]any)
	assert.Equal(t, map[string]any{"type": "eu_bank_transfer", "eu_bank_transfer": map[string]any{"country": "FR"}}, options["bank_transfer"])
}

func TestPaymentIntentCreateErrors(t *testing.T) {
	const options = "payment_method_options[customer_balance]"
	tests := []struct {
		name        string
		pairs       []string
		wantCode    any
		wantParam   any
		wantMessage string
	}{
		{"no amount", without(intentForm(), "amount"), "parameter_missing", "amount", "Missing required param: amount."},
		{"an amount of nothing", intentForm("amount", "0"), "parameter_invalid_integer", "amount", "greater than or equal to 1."},
		{"nine digits", intentForm("amount", "100000000"), "parameter_invalid_integer", "amount", "less than or equal to 99999999."},
		{"no customer", without(intentForm(), "customer"), "parameter_missing", "customer", "requires a customer"},
		{"an unknown customer", intentForm("customer", "cus_404"), "resource_missing", "customer", "No such customer: 'cus_404'"},
		{"a card", intentForm("payment_method_types[]", "card"), nil, "payment_method_types", "stripetest does not model"},
		{"no type", without(intentForm(), "payment_method_types[]"), nil, "payment_method_types", "stripetest does not model"},
		{"a card as the method", intentForm("payment_method_data[type]", "card"), nil, "payment_method_data[type]", "stripetest does not model"},
		{"a currency that has no transfers", intentForm("currency", "chf"), nil, "currency", "Invalid currency: chf."},
		{"another region", intentForm("currency", "usd"), nil, options + "[bank_transfer][type]", "can't be used with the currency usd"},
		{"no country", without(intentForm(), options+"[bank_transfer][eu_bank_transfer][country]"), "parameter_missing",
			options + "[bank_transfer][eu_bank_transfer][country]", "Missing required param"},
		{"confirmed without a method", without(intentForm("confirm", "true"), "payment_method_data[type]"),
			"payment_intent_unexpected_state", nil, "missing a payment method"},
		{"confirmed without a way to pay", without(without(intentForm("confirm", "true"), options+"[bank_transfer][type]"),
			options+"[bank_transfer][eu_bank_transfer][country]"), "parameter_missing", options + "[funding_type]", "Missing required param"},
		{"an empty customer", intentForm("customer", ""), "parameter_invalid_empty", "customer", "You passed an empty string for 'customer'."},
		{"an empty boolean", intentForm("confirm", ""), "parameter_invalid_empty", "confirm", "You passed an empty string for 'confirm'."},
		{"a hash for a boolean", intentForm("confirm[a]", "true"), nil, "confirm", `Invalid boolean: {"a":"true"}`},
		{"confirm as a number", intentForm("confirm", "1"), nil, "confirm", "Invalid boolean: 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := funded(t)
			got := post(t, srv, "/v1/payment_intents", tt.pairs...)
			assert.Equal(t, http.StatusBadRequest, got.Status)
			assert.Equal(t, tt.wantCode, got.errorField("code"))
			assert.Equal(t, tt.wantParam, got.errorField("param"))
			assert.Contains(t, got.errorField("message"), tt.wantMessage)
			assert.Empty(t, get(t, srv, "/v1/payment_intents").ids(), "nothing was written")
			assert.Empty(t, srv.Events())
		})
	}
}

func TestPaymentIntentRetrieveAndList(t *testing.T) {
	srv := funded(t)
	srv.AddCustomer("cus_2")
	first := srv.AddPaymentIntent("cus_1", "eur", 1000)
	other := srv.AddPaymentIntent("cus_2", "usd", 1000)
	second := srv.AddPaymentIntent("cus_1", "gbp", 1000)

	assert.Equal(t, []string{second, other, first}, get(t, srv, "/v1/payment_intents").ids())
	assert.Equal(t, []string{second, first}, get(t, srv, "/v1/payment_intents?customer=cus_1").ids())
	assert.Equal(t, []string{first}, get(t, srv, "/v1/payment_intents?customer=cus_1&starting_after="+second).ids())
	assert.Equal(t, "No such payment_intent: '"+other+"'",
		get(t, srv, "/v1/payment_intents?customer=cus_1&starting_after="+other).errorField("message"))
	missing := get(t, srv, "/v1/payment_intents?customer=cus_404")
	assert.Equal(t, "resource_missing", missing.errorField("code"))
	assert.Equal(t, "customer", missing.errorField("param"))
	assert.Equal(t, http.StatusNotFound, get(t, srv, "/v1/payment_intents/pi_404").Status)

	got := get(t, srv, "/v1/payment_intents/"+first+"?expand[]=customer&client_secret=wrong")
	assert.Equal(t, http.StatusBadRequest, got.Status)
	assert.Equal(t, "payment_intent_invalid_parameter", got.errorField("code"))
	assert.Equal(t, "client_secret", got.errorField("param"))
	whole := get(t, srv, "/v1/payment_intents/"+first).Body
	assert.Equal(t, whole, get(t, srv, "/v1/payment_intents/"+first+"?client_secret="+whole["client_secret"].(string)).Body)
	got = get(t, srv, "/v1/payment_intents/"+first+"?expand[]=customer")
	assert.Equal(t, "customer", got.Body["customer"].(map[string]any)["object"])
}

func TestInstructionsPerCurrency(t *testing.T) {
	for currency, want := range map[string]struct{ kind, transfer string }{
		"eur": {"iban", "eu_bank_transfer"}, "gbp": {"sort_code", "gb_bank_transfer"}, "jpy": {"zengin", "jp_bank_transfer"},
		"mxn": {"spei", "mx_bank_transfer"}, "usd": {"aba", "us_bank_transfer"},
	} {
		t.Run(currency, func(t *testing.T) {
			srv := funded(t)
			pairs := without(intentForm("confirm", "true", "currency", currency), "payment_method_options[customer_balance][bank_transfer][type]")
			pairs = append(pairs, "payment_method_options[customer_balance][bank_transfer][type]", want.transfer)
			got := post(t, srv, "/v1/payment_intents", pairs...)
			require.Equal(t, http.StatusOK, got.Status, got.Text)
			instructions := got.Body["next_action"].(map[string]any)["display_bank_transfer_instructions"].(map[string]any)
			assert.Equal(t, want.transfer, instructions["type"])
			assert.Equal(t, currency == "jpy", instructions["reference"] == nil, "only Japanese transfers have no reference")
			address := instructions["financial_addresses"].([]any)[0].(map[string]any)
			assert.Equal(t, want.kind, address["type"])
			assert.NotEmpty(t, address[want.kind])
		})
	}
}

func TestConfirmTakesWhatIsThere(t *testing.T) {
	tests := []struct {
		name          string
		mode          string
		funds         int64
		wantStatus    string
		wantRemaining any
		wantAvailable float64
	}{
		{"enough", "automatic", 1500, "succeeded", nil, 500},
		{"exactly enough", "automatic", 1000, "succeeded", nil, 0},
		{"not enough", "automatic", 300, "requires_action", 700.0, 0},
		{"one short", "automatic", 999, "requires_action", 1.0, 0},
		{"hardly anything", "automatic", 1, "requires_action", 999.0, 0},
		{"by hand", "manual", 1500, "requires_action", 1000.0, 1500},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := funded(t, stripetest.WithReconciliationMode(tt.mode))
			srv.Fund("cus_1", "eur", tt.funds)
			got := post(t, srv, "/v1/payment_intents", intentForm("confirm", "true")...)
			require.Equal(t, http.StatusOK, got.Status, got.Text)
			assert.Equal(t, tt.wantStatus, got.Body["status"])
			assert.Equal(t, map[string]any{"eur": tt.wantAvailable}, available(t, srv))
			if tt.wantRemaining == nil {
				assert.Nil(t, got.Body["next_action"])
				assert.Equal(t, 1000.0, got.Body["amount_received"])
				assert.Regexp(t, `^py_3`, got.Body["latest_charge"])
			} else {
				instructions := got.Body["next_action"].(map[string]any)["display_bank_transfer_instructions"].(map[string]any)
				assert.Equal(t, tt.wantRemaining, instructions["amount_remaining"])
			}
		})
	}
}

func TestApplyCustomerBalance(t *testing.T) {
	tests := []struct {
		name        string
		funds       int64
		pairs       []string
		wantStatus  any
		wantApplied float64
		wantParam   string
		wantMessage string
	}{
		{"all that is needed", 1500, nil, "succeeded", 1000, "", ""},
		{"what there is", 300, nil, "requires_action", 300, "", ""},
		{"a part", 1500, []string{"amount", "400", "currency", "eur"}, "requires_action", 400, "", ""},
		{"the least", 1500, []string{"amount", "1"}, "requires_action", 1, "", ""},
		{"nothing there", 0, nil, nil, 0, "amount", "The customer's cash balance of 0 eur is not enough."},
		{"more than there is", 300, []string{"amount", "301"}, nil, 0, "amount", "The customer's cash balance of 300 eur is not enough."},
		{"more than is needed", 1500, []string{"amount", "1001"}, nil, 0, "amount", "greater than the 1000"},
		{"another currency", 1500, []string{"currency", "usd"}, nil, 0, "currency", "The currency usd is not that of the PaymentIntent, eur."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := funded(t, stripetest.WithReconciliationMode("manual"))
			id := srv.AddPaymentIntent("cus_1", "eur", 1000)
			if tt.funds > 0 {
				srv.Fund("cus_1", "eur", tt.funds)
			}
			got := post(t, srv, "/v1/payment_intents/"+id+"/apply_customer_balance", tt.pairs...)
			if tt.wantMessage != "" {
				assert.Equal(t, http.StatusBadRequest, got.Status)
				assert.Nil(t, got.errorField("code"))
				assert.Equal(t, tt.wantParam, got.errorField("param"))
				assert.Contains(t, got.errorField("message"), tt.wantMessage)
			}
			assert.Equal(t, tt.wantStatus, got.Body["status"])
			if tt.funds > 0 {
				assert.Equal(t, map[string]any{"eur": float64(tt.funds) - tt.wantApplied}, available(t, srv))
			}
		})
	}
	t.Run("before it is confirmed", func(t *testing.T) {
		for before, pairs := range map[string][]string{
			"requires_payment_method": without(intentForm(), "payment_method_data[type]"), "requires_confirmation": intentForm(),
		} {
			srv := funded(t, stripetest.WithReconciliationMode("manual"))
			srv.Fund("cus_1", "eur", 1000)
			created := post(t, srv, "/v1/payment_intents", pairs...).Body
			require.Equal(t, before, created["status"])
			path := "/v1/payment_intents/" + created["id"].(string) + "/apply_customer_balance"
			got := post(t, srv, path, "expand[]", "customer")
			assert.Equal(t, "succeeded", got.Body["status"], before)
			assert.Regexp(t, `^pm_1[0-9A-Za-z]{23}$`, got.Body["payment_method"])
			got = post(t, srv, path)
			assert.Equal(t, "payment_intent_unexpected_state", got.errorField("code"))
			assert.Nil(t, got.errorField("param"))
		}
	})
	t.Run("a part, before it is confirmed", func(t *testing.T) {
		srv := funded(t)
		srv.Fund("cus_1", "eur", 300)
		id := post(t, srv, "/v1/payment_intents", without(intentForm(), "payment_method_data[type]")...).Body["id"].(string)
		got := post(t, srv, "/v1/payment_intents/"+id+"/apply_customer_balance")
		assert.Equal(t, "requires_confirmation", got.Body["status"])
		assert.NotNil(t, got.Body["payment_method"])

		srv.Fund("cus_1", "eur", 800)
		assert.Equal(t, map[string]any{"eur": 800.0}, available(t, srv), "nobody has asked for it yet")
		got = post(t, srv, "/v1/payment_intents/"+id+"/confirm")
		assert.Equal(t, "succeeded", got.Body["status"])
		assert.Equal(t, map[string]any{"eur": 100.0}, available(t, srv))
	})
}

func TestAddedPaymentIntentIsAnnouncedWithItsStatus(t *testing.T) {
	srv := funded(t)
	srv.AddPaymentIntent("cus_1", "eur", 1000)
	created := srv.Events()[0]
	require.EqualValues(t, "payment_intent.created", created.Type)
	assert.Contains(t, string(created.Body), `"status": "requires_confirmation"`)
}

func TestCancelPaymentIntent(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	srv := funded(t, stripetest.WithClock(func() time.Time { return at }))
	srv.AddCustomer("cus_2")
	for i, reason := range []string{"duplicate", "fraudulent", "requested_by_customer"} {
		id := srv.AddPaymentIntent("cus_2", "eur", 1000)
		srv.Fund("cus_2", "eur", 1)
		got := post(t, srv, "/v1/payment_intents/"+id+"/cancel", "cancellation_reason", reason)
		assert.Equal(t, reason, got.Body["cancellation_reason"])
		balance := get(t, srv, "/v1/customers/cus_2/cash_balance").Body["available"]
		assert.Equal(t, map[string]any{"eur": float64(i + 1)}, balance, "however little it had been funded with")
	}
	id := srv.AddPaymentIntent("cus_1", "eur", 1000)
	srv.Fund("cus_1", "eur", 300)
	require.Equal(t, map[string]any{"eur": 0.0}, available(t, srv))

	got := post(t, srv, "/v1/payment_intents/"+id+"/cancel", "cancellation_reason", "abandoned")
	assert.Equal(t, "canceled", got.Body["status"])
	assert.Equal(t, "abandoned", got.Body["cancellation_reason"])
	assert.Equal(t, 1.7e9, got.Body["canceled_at"])
	assert.Nil(t, got.Body["next_action"])
	assert.Equal(t, map[string]any{"eur": 300.0}, available(t, srv), "what it had been funded with")

	got = post(t, srv, "/v1/payment_intents/"+id+"/cancel")
	assert.Equal(t, "You cannot cancel this PaymentIntent because it has a status of canceled. Only a PaymentIntent with one of the "+
		"following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, "+
		"processing.", got.errorField("message"))
	got = post(t, srv, "/v1/payment_intents/"+id+"/cancel", "cancellation_reason", "boredom")
	assert.Equal(t, "cancellation_reason", got.errorField("param"))
	for _, action := range []string{"confirm", "cancel", "apply_customer_balance"} {
		assert.Equal(t, http.StatusNotFound, post(t, srv, "/v1/payment_intents/pi_404/"+action).Status)
	}
}

func TestPaymentIntentOfADeletedCustomer(t *testing.T) {
	srv := funded(t)
	id := post(t, srv, "/v1/payment_intents", intentForm()...).Body["id"].(string)
	send(t, srv, newRequest(t, http.MethodDelete, "/v1/customers/cus_1", ""))
	got := post(t, srv, "/v1/payment_intents/"+id+"/confirm")
	assert.Equal(t, "No such customer: 'cus_1'", got.errorField("message"))
	assert.Equal(t, "customer", got.errorField("param"))
	expanded := get(t, srv, "/v1/payment_intents/"+id+"?expand[]=customer").Body["customer"]
	assert.Equal(t, map[string]any{"id": "cus_1", "object": "customer", "deleted": true}, expanded)
	got = post(t, srv, "/v1/payment_intents", intentForm()...)
	assert.Equal(t, "No such customer: 'cus_1'", got.errorField("message"), "and no new one")
	assert.Equal(t, []string{id}, get(t, srv, "/v1/payment_intents").ids())
}
