package stripetest_test

import (
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

const bankTransferOption = "payment_method_options[customer_balance][bank_transfer]"

// wholeIntent is a PaymentIntent of 1000 that waits for a bank transfer to that address. What is random is as in got.
func wholeIntent(got map[string]any, currency string, transfer, address map[string]any) map[string]any {
	var reference any
	if action, ok := got["next_action"].(map[string]any); ok {
		reference = part(action, "display_bank_transfer_instructions")["reference"]
	}
	id, _ := got["id"].(string)
	return map[string]any{
		"id": id, "object": "payment_intent", "amount": 1000.0, "amount_capturable": 0.0, "amount_received": 0.0,
		"amount_details": map[string]any{"tip": map[string]any{}}, "application": nil, "application_fee_amount": nil,
		"canceled_at": nil, "cancellation_reason": nil, "capture_method": "automatic_async", "client_secret": got["client_secret"],
		"confirmation_method": "automatic", "created": 1.7e9, "currency": currency, "customer": "cus_1", "description": nil,
		"last_payment_error": nil, "latest_charge": nil, "livemode": false, "metadata": map[string]any{},
		"next_action": map[string]any{"type": "display_bank_transfer_instructions",
			"display_bank_transfer_instructions": map[string]any{"amount_remaining": 1000.0, "currency": currency,
				"financial_addresses":     []any{address},
				"hosted_instructions_url": "https://payments.stripe.com/bank_transfers/instructions/test_" + id,
				"reference":               reference, "type": transfer["type"]}},
		"on_behalf_of": nil, "payment_method": got["payment_method"],
		"payment_method_options": map[string]any{"customer_balance": map[string]any{"funding_type": "bank_transfer", "bank_transfer": transfer}},
		"payment_method_types":   []any{"customer_balance"}, "processing": nil, "receipt_email": nil, "review": nil,
		"setup_future_usage": nil, "shipping": nil, "statement_descriptor": nil, "status": "requires_action",
		"transfer_data": nil, "transfer_group": nil,
	}
}

// bankAddress is a financial address of that kind in a country.
func bankAddress(kind, country string, networks []any, details map[string]any) map[string]any {
	for _, name := range []string{"account_holder_address", "bank_address"} {
		details[name] = map[string]any{"city": "Testville", "country": country, "line1": "1 Test Street", "line2": nil,
			"postal_code": "12345", "state": nil}
	}
	details["account_holder_name"] = "Stripe"
	return map[string]any{"type": kind, "supported_networks": networks, kind: details}
}

func iban(country string) map[string]any {
	return bankAddress("iban", country, []any{"sepa"},
		map[string]any{"bic": "BANKDEAAXXX", "country": country, "iban": country + "11000000001234567890"})
}

func aba() map[string]any {
	return bankAddress("aba", "US", []any{"ach", "domestic_wire_us"}, map[string]any{"account_number": "11119987600453127",
		"account_type": "checking", "bank_name": "Test Bank", "routing_number": "999999999"})
}

func TestAddedPaymentIntentWhole(t *testing.T) {
	tests := []struct {
		currency stripecash.Currency
		transfer map[string]any
		address  map[string]any
	}{
		{"eur", map[string]any{"type": "eu_bank_transfer", "eu_bank_transfer": map[string]any{"country": "DE"}}, iban("DE")},
		{"usd", map[string]any{"type": "us_bank_transfer"}, aba()},
		{"gbp", map[string]any{"type": "gb_bank_transfer"}, bankAddress("sort_code", "GB", []any{"bacs", "fps"},
			map[string]any{"account_number": "12345678", "sort_code": "108800"})},
		{"jpy", map[string]any{"type": "jp_bank_transfer"}, bankAddress("zengin", "JP", []any{"zengin"},
			map[string]any{"account_number": "1234567", "account_type": "futsu", "bank_code": "0001", "bank_name": "Test Bank",
				"branch_code": "001", "branch_name": "Test Branch"})},
		{"mxn", map[string]any{"type": "mx_bank_transfer"}, bankAddress("spei", "MX", []any{"spei"},
			map[string]any{"bank_code": "002", "bank_name": "Test Bank", "clabe": "002000000000000008"})},
	}
	for _, tt := range tests {
		t.Run(string(tt.currency), func(t *testing.T) {
			at := time.Unix(1_700_000_000, 0)
			srv := funded(t, stripetest.WithClock(func() time.Time { return at }))
			path := "/v1/payment_intents/" + srv.AddPaymentIntent("cus_1", tt.currency, 1000)
			want := wholeIntent(get(t, srv, path).Body, string(tt.currency), tt.transfer, tt.address)
			assert.Equal(t, want, get(t, srv, path).Body)

			srv.Fund("cus_1", tt.currency, 400)
			part(want, "next_action", "display_bank_transfer_instructions")["amount_remaining"] = 600.0
			assert.Equal(t, want, get(t, srv, path).Body, "partly funded, nothing is received")

			srv.Fund("cus_1", tt.currency, 700)
			got := get(t, srv, path).Body
			assert.Regexp(t, `^py_3[0-9A-Za-z]{23}$`, got["latest_charge"])
			want["latest_charge"], want["next_action"], want["status"], want["amount_received"] = got["latest_charge"], nil, "succeeded", 1000.0
			assert.Equal(t, want, got)
		})
	}
}

// Every country and every kind of address that the spec lists is taken.
func TestRequestedPlaces(t *testing.T) {
	srv := funded(t)
	for _, country := range []string{"BE", "DE", "ES", "FR", "IE", "NL"} {
		form := append(without(intentForm("confirm", "true"), bankTransferOption+"[eu_bank_transfer][country]"),
			bankTransferOption+"[eu_bank_transfer][country]", country)
		var types []any
		for _, kind := range []string{"aba", "iban", "sepa", "sort_code", "spei", "swift", "zengin"} {
			form, types = append(form, bankTransferOption+"[requested_address_types][]", kind), append(types, kind)
		}
		got := post(t, srv, "/v1/payment_intents", form...)
		require.Equal(t, http.StatusOK, got.Status, got.Text)
		transfer := part(got.Body, "payment_method_options", "customer_balance", "bank_transfer")
		assert.Equal(t, types, transfer["requested_address_types"])
		assert.Equal(t, country, part(transfer, "eu_bank_transfer")["country"])
	}
}

func TestRequestedPaymentIntentWhole(t *testing.T) {
	dollars := []string{"currency", "usd", bankTransferOption + "[type]", "us_bank_transfer"}
	tests := []struct {
		name     string
		pairs    []string
		currency string
		transfer map[string]any
		address  map[string]any
		changed  map[string]any
	}{
		{"eur", intentForm(bankTransferOption+"[requested_address_types][]", "iban"), "eur",
			map[string]any{"type": "eu_bank_transfer", "eu_bank_transfer": map[string]any{"country": "FR"},
				"requested_address_types": []any{"iban"}}, iban("FR"), nil},
		{"usd", without(intentForm(append(dollars, bankTransferOption+"[requested_address_types][]", "aba",
			bankTransferOption+"[requested_address_types][]", "swift")...), bankTransferOption+"[eu_bank_transfer][country]"), "usd",
			map[string]any{"type": "us_bank_transfer", "requested_address_types": []any{"aba", "swift"}}, aba(), nil},
		{"captured and confirmed otherwise", intentForm("capture_method", "automatic", "confirmation_method", "manual"), "eur",
			map[string]any{"type": "eu_bank_transfer", "eu_bank_transfer": map[string]any{"country": "FR"}}, iban("FR"),
			map[string]any{"capture_method": "automatic", "confirmation_method": "manual"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at := time.Unix(1_700_000_000, 0)
			srv := funded(t, stripetest.WithClock(func() time.Time { return at }))
			got := post(t, srv, "/v1/payment_intents", append(tt.pairs, "confirm", "true")...)
			require.Equal(t, http.StatusOK, got.Status, got.Text)
			want := wholeIntent(got.Body, tt.currency, tt.transfer, tt.address)
			maps.Copy(want, tt.changed)
			assert.Equal(t, want, got.Body)
			assert.Equal(t, want, get(t, srv, "/v1/payment_intents/"+want["id"].(string)).Body)
		})
	}
}
