package stripetest_test

import (
	"maps"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the hash of a source's type shows: what the request gave, what follows from it, and null for the rest.
func TestSourceDetails(t *testing.T) {
	back := func(kind string, more ...string) []string {
		return append([]string{"type", kind, "currency", "eur", "amount", "500", "redirect[return_url]", returnURL}, more...)
	}
	tests := []struct {
		pairs       []string
		want        map[string]any
		wantPattern map[string]string // of what is random
	}{
		{back("klarna", "klarna[first_name]", "Jenny", "klarna[last_name]", "Rosen", "klarna[locale]", "de-DE", "klarna[product]", "payment",
			"klarna[page_title]", "Shop", "klarna[purchase_country]", "DE", "klarna[purchase_type]", "buy"),
			map[string]any{"client_token": nil, "first_name": "Jenny", "last_name": "Rosen", "locale": "de-DE", "page_title": "Shop",
				"purchase_country": "DE", "purchase_type": "buy"}, nil},
		{back("klarna"), map[string]any{"client_token": nil}, nil},
		{back("sofort", "sofort[country]", "DE", "sofort[preferred_language]", "de"),
			map[string]any{"bank_code": nil, "bank_name": nil, "bic": nil, "country": "DE", "iban_last4": nil, "preferred_language": "de",
				"statement_descriptor": nil}, nil},
		{back("bancontact", "bancontact[preferred_language]", "fr"),
			map[string]any{"bank_code": nil, "bank_name": nil, "bic": nil, "iban_last4": nil, "preferred_language": "fr",
				"statement_descriptor": nil}, nil},
		{back("ideal", "ideal[bank]", "ing"),
			map[string]any{"bank": "ing", "bic": nil, "iban_last4": nil, "statement_descriptor": nil}, nil},
		{[]string{"type", "wechat", "currency", "cny", "amount", "500", "wechat[statement_descriptor]", "Shop"},
			map[string]any{"statement_descriptor": "Shop"},
			map[string]string{"prepay_id": `^wx[0-9a-z]{16}$`, "qr_code_url": `^weixin://wxpay/bizpayurl\?pr=[0-9a-z]{7}$`}},
		{[]string{"type", "au_becs_debit", "currency", "aud", "au_becs_debit[bsb_number]", "000000", "au_becs_debit[account_number]", "000123456"},
			map[string]any{"bsb_number": "000000", "last4": "3456"}, map[string]string{"fingerprint": `^[0-9A-Za-z]{16}$`}},
		{[]string{"type", "ach_debit", "currency", "usd", "token", "btok_us"},
			map[string]any{"bank_name": "STRIPE TEST BANK", "country": "US", "last4": "6789", "routing_number": "110000000", "type": nil},
			map[string]string{"fingerprint": `^[0-9A-Za-z]{16}$`}},
		{[]string{"type", "ach_credit_transfer", "currency", "usd"},
			map[string]any{"bank_name": "TEST BANK", "refund_account_holder_name": nil, "refund_account_holder_type": nil,
				"refund_routing_number": nil, "routing_number": "110000000", "swift_code": "TSTEZ122"},
			map[string]string{"account_number": `^test_[0-9a-z]{12}$`, "fingerprint": `^[0-9A-Za-z]{16}$`}},
	}
	for _, tt := range tests {
		t.Run(tt.pairs[1], func(t *testing.T) {
			srv := in2026()
			got := newSource(t, srv, tt.pairs...)
			details := got[tt.pairs[1]].(map[string]any)
			want := maps.Clone(tt.want)
			for name, pattern := range tt.wantPattern {
				assert.Regexp(t, pattern, details[name], name)
				want[name] = details[name]
			}
			assert.Equal(t, want, details)
			assert.Equal(t, got, get(t, srv, "/v1/sources/"+got["id"].(string)).Body)
		})
	}
}

func TestSourceOfABankToken(t *testing.T) {
	srv := in2026()
	token := post(t, srv, "/v1/tokens", "bank_account[country]", "US", "bank_account[account_number]", "000123456789",
		"bank_account[routing_number]", "110000000", "bank_account[account_holder_type]", "individual")
	require.Equal(t, http.StatusOK, token.Status, token.Text)
	got := newSource(t, srv, "type", "ach_debit", "currency", "usd", "token", token.Body["id"].(string))
	assert.Equal(t, map[string]any{"bank_name": "STRIPE TEST BANK", "country": "US", "last4": "6789", "routing_number": "110000000",
		"fingerprint": part(token.Body, "bank_account")["fingerprint"], "type": "individual"}, got["ach_debit"])
}

func TestMultibancoReceiver(t *testing.T) {
	srv := in2026()
	got := newSource(t, srv, "type", "multibanco", "currency", "eur", "amount", "700")
	details := part(got, "multibanco")
	assert.Equal(t, "11249", details["entity"])
	require.Regexp(t, `^[0-9a-z]{9}$`, details["reference"])
	assert.Equal(t, map[string]any{"address": "11249-" + details["reference"].(string), "amount_charged": 0.0, "amount_received": 0.0,
		"amount_returned": 0.0, "refund_attributes_method": "email", "refund_attributes_status": "missing"}, got["receiver"])
}

// The number of an account is not kept, only what follows from it.
func TestAccountNumbersOfSourcesAreNotKept(t *testing.T) {
	srv := in2026()
	newSource(t, srv, "type", "acss_debit", "currency", "cad", "acss_debit[account_number]", "000123456789",
		"acss_debit[institution_number]", "000", "acss_debit[transit_number]", "11000")
	newSource(t, srv, "type", "au_becs_debit", "currency", "aud", "au_becs_debit[account_number]", "000123456789")
	newSource(t, srv, "type", "sepa_debit", "currency", "eur", "sepa_debit[iban]", "DE89370400440532013000")
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	assert.NotContains(t, string(snapshot), "000123456789")
	assert.NotContains(t, string(snapshot), "DE89370400440532013000")
}
