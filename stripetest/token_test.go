package stripetest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

func rawToken(number string) []string {
	return []string{"card[number]", number, "card[exp_month]", "8", "card[exp_year]", "2030"}
}

func TestCardToken(t *testing.T) {
	srv := in2026()
	made := post(t, srv, "/v1/tokens", append(rawToken("4242424242424242"), "card[cvc]", "123", "card[address_zip]", "94103", "card[address_line1]", "1 Main St")...)
	require.Equal(t, http.StatusOK, made.Status, made.Text)
	id := made.Body["id"].(string)
	assert.Regexp(t, `^tok_1[0-9A-Za-z]{23}$`, id)
	card := made.Body["card"].(map[string]any)
	assert.Regexp(t, `^card_1[0-9A-Za-z]{23}$`, card["id"])
	assert.Equal(t, map[string]any{"id": id, "object": "token", "card": card, "client_ip": nil, "created": 1.7877456e9, "livemode": false,
		"type": "card", "used": false}, made.Body)
	assert.Equal(t, "unchecked", card["cvc_check"])
	assert.Equal(t, "unchecked", card["address_zip_check"])
	assert.Equal(t, "unchecked", card["address_line1_check"])
	assert.NotContains(t, card, "customer")
	assert.Equal(t, made.Body, get(t, srv, "/v1/tokens/"+id).Body)

	attached := post(t, srv, sourcesPath, "source", id, "metadata[a]", "1")
	require.Equal(t, http.StatusOK, attached.Status, attached.Text)
	assert.Equal(t, card["id"], attached.Body["id"])
	assert.Equal(t, "pass", attached.Body["cvc_check"])
	assert.Equal(t, "pass", attached.Body["address_zip_check"])
	used := get(t, srv, "/v1/tokens/"+id).Body
	assert.Equal(t, true, used["used"])
	assert.Equal(t, card, used["card"], "the token remembers the card as it was")

	post(t, srv, sourcesPath+"/"+card["id"].(string), "address_zip", "10001", "name", "Jenny")
	assert.Equal(t, used, get(t, srv, "/v1/tokens/"+id).Body, "whatever happens to it")

	again := post(t, srv, sourcesPath, "source", id)
	assert.Equal(t, http.StatusBadRequest, again.Status)
	assert.Equal(t, "token_already_used", again.errorField("code"))
	assert.Equal(t, "You cannot use a Stripe token more than once: "+id+".", again.errorField("message"))
	assert.Len(t, get(t, srv, sourcesPath).ids(), 1)
}

// A token shows who made it, where there is a connection.
func TestTokenOverAConnection(t *testing.T) {
	form := strings.NewReader("card[number]=4242424242424242&card[exp_month]=8&card[exp_year]=2050")
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/tokens", form) // from 192.0.2.1:1234
	req.Header.Set("Authorization", "Bearer sk_test_abcd1234")
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	recorder := httptest.NewRecorder()
	stripetest.NewServer().ServeHTTP(recorder, req)
	assert.Contains(t, recorder.Body.String(), `"client_ip": "192.0.2.1"`)
}

func TestPreferredNetwork(t *testing.T) {
	srv := in2026()
	var ids []string
	for _, network := range []string{"cartes_bancaires", "mastercard", "visa"} {
		made := post(t, srv, "/v1/tokens", append(rawToken("4242424242424242"), "card[networks][preferred]", network)...)
		require.Equal(t, http.StatusOK, made.Status, made.Text)
		assert.Equal(t, network, part(made.Body, "card", "networks")["preferred"])
		ids = append(ids, made.Body["id"].(string))
	}
	for _, id := range ids {
		assert.Equal(t, http.StatusOK, get(t, srv, "/v1/tokens/"+id).Status, "a new token leaves the others")
	}
}

// The accounts behind Stripe's own tokens, by what tells them apart. Their cards are good for a year.
func TestTokensOfStripesOwn(t *testing.T) {
	srv := in2026()
	for token, want := range map[string]string{
		"btok_us": "6789 new", "btok_us_verified_noAccount": "1116 verified", "btok_us_verified_accountClosed": "1113 verified",
		"btok_us_verified_insufficientFunds": "2227 verified", "btok_us_verified_debitNotAuthorized": "3335 verified",
		"btok_us_verified_invalidCurrency": "4440 verified",
	} {
		got := get(t, srv, sourcesPath+"/"+add(t, srv, token)).Body
		assert.Equal(t, want, fmt.Sprint(got["last4"], " ", got["status"]), token)
	}
	srv.AddCustomer("cus_2")
	verified := post(t, srv, "/v1/customers/cus_2/sources", "source", "btok_us_verified")
	assert.Equal(t, "6789", verified.Body["last4"])
	assert.Equal(t, "verified", verified.Body["status"])
	card := get(t, srv, sourcesPath+"/"+add(t, srv, "tok_visa")).Body
	assert.InDelta(t, 8, card["exp_month"], 0)
	assert.InDelta(t, 2027, card["exp_year"], 0)
	assert.Equal(t, "pass", card["cvc_check"])
	assert.Nil(t, card["address_zip"])
}

// What a bank account is kept in follows from its country, and spaces and hyphens say nothing.
func TestBankDetails(t *testing.T) {
	for country, currency := range map[string]string{
		"US": "usd", "GB": "gbp", "CA": "cad", "AT": "eur", "BE": "eur", "DE": "eur", "ES": "eur", "FI": "eur", "FR": "eur", "IE": "eur",
		"IT": "eur", "LU": "eur", "NL": "eur", "PT": "eur",
	} {
		got := post(t, stripetest.NewServer(), "/v1/tokens", "bank_account[country]", strings.ToLower(country),
			"bank_account[account_number]", "1 2-3 4", "bank_account[routing_number]", "1234 567-80")
		require.Equal(t, http.StatusOK, got.Status, got.Text)
		bank := part(got.Body, "bank_account")
		assert.Equal(t, country+" "+currency, fmt.Sprint(bank["country"], " ", bank["currency"]))
		assert.Equal(t, "1234", bank["last4"])
		assert.Equal(t, "123456780", bank["routing_number"])
	}
	for _, kind := range []string{"checking", "futsu", "savings", "toza"} {
		got := post(t, stripetest.NewServer(), "/v1/tokens", "bank_account[country]", "US", "bank_account[routing_number]", "021000021",
			"bank_account[account_number]", strings.Repeat("1", 34), "bank_account[account_type]", kind)
		require.Equal(t, http.StatusOK, got.Status, got.Text)
		assert.Equal(t, kind, part(got.Body, "bank_account")["account_type"])
	}
}

func TestTokenSurvivesARefusal(t *testing.T) {
	srv := in2026()
	id := post(t, srv, "/v1/tokens", rawToken("4242424242424242")...).Body["id"].(string)
	assert.Equal(t, http.StatusNotFound, post(t, srv, "/v1/customers/cus_404/sources", "source", id).Status)
	assert.Equal(t, http.StatusBadRequest, post(t, srv, sourcesPath, "source", id, "color", "red").Status)
	assert.Equal(t, false, get(t, srv, "/v1/tokens/"+id).Body["used"])
	assert.Equal(t, http.StatusOK, post(t, srv, "/v1/customers", "source", id).Status)
}

func TestTokensOfAccounts(t *testing.T) {
	srv := in2026()
	srv.Connect("acct_1").AddCustomer("cus_1")
	id := post(t, srv, "/v1/tokens", rawToken("4242424242424242")...).Body["id"].(string)
	req := newRequest(t, http.MethodPost, sourcesPath, "source="+id)
	req.Header.Set("Stripe-Account", "acct_1")
	assert.Equal(t, "No such token: '"+id+"'", send(t, srv, req).errorField("message"))
}

func TestTokenWithPublishableKey(t *testing.T) {
	srv := in2026()
	req := newRequest(t, http.MethodPost, "/v1/tokens", "card[number]=4242424242424242&card[exp_month]=8&card[exp_year]=30")
	req.Header.Set("Authorization", "Bearer pk_test_abcd1234")
	made := send(t, srv, req)
	require.Equal(t, http.StatusOK, made.Status, made.Text)
	req = newRequest(t, http.MethodGet, "/v1/tokens/"+made.Body["id"].(string), "")
	req.Header.Set("Authorization", "Bearer pk_test_abcd1234")
	assert.Equal(t, http.StatusForbidden, send(t, srv, req).Status)
}

func TestBankToken(t *testing.T) {
	srv := in2026()
	made := post(t, srv, "/v1/tokens", "bank_account[country]", "US", "bank_account[account_number]", "000123456789",
		"bank_account[routing_number]", "110000000", "bank_account[account_holder_name]", "Jane Austen",
		"bank_account[account_holder_type]", "individual", "bank_account[account_type]", "savings")
	require.Equal(t, http.StatusOK, made.Status, made.Text)
	assert.Regexp(t, `^btok_1[0-9A-Za-z]{23}$`, made.Body["id"])
	assert.Equal(t, "bank_account", made.Body["type"])
	bank := made.Body["bank_account"].(map[string]any)
	assert.Regexp(t, `^ba_1[0-9A-Za-z]{23}$`, bank["id"])
	assert.Equal(t, map[string]any{"id": bank["id"], "object": "bank_account", "account_holder_name": "Jane Austen",
		"account_holder_type": "individual", "account_type": "savings", "bank_name": "STRIPE TEST BANK", "country": "US",
		"currency": "usd", "fingerprint": bank["fingerprint"], "last4": "6789", "metadata": map[string]any{},
		"routing_number": "110000000", "status": "new"}, bank)
	attached := post(t, srv, sourcesPath, "source", made.Body["id"].(string))
	assert.Equal(t, bank["id"], attached.Body["id"])
	assert.Equal(t, "cus_1", attached.Body["customer"])
}

func TestTokenRefused(t *testing.T) {
	bank := func(routing, number, country string) []string {
		return []string{"bank_account[country]", country, "bank_account[account_number]", number, "bank_account[routing_number]", routing}
	}
	tests := []struct {
		name      string
		pairs     []string
		wantCode  any
		wantParam any
	}{
		{"nothing", nil, "parameter_missing", nil},
		{"two at once", append(rawToken("4242424242424242"), bank("110000000", "000123456789", "US")...), "parameters_exclusive", "bank_account"},
		{"a saved card", []string{"card", "card_1"}, nil, "card"},
		{"luhn", rawToken("4242424242424241"), "incorrect_number", "number"},
		{"an object, which only sources have", append(rawToken("4242424242424242"), "card[object]", "card"), "parameter_unknown", "card[object]"},
		{"personal data", []string{"pii[id_number]", "1"}, nil, "pii"},
		{"routing number", bank("110000001", "000123456789", "US"), "routing_number_invalid", "routing_number"},
		{"routing number, short", bank("11000000", "000123456789", "US"), "routing_number_invalid", "routing_number"},
		{"routing number, odd", bank("11000000:", "000123456789", "US"), "routing_number_invalid", "routing_number"},
		{"routing number, last digit", bank("021000022", "000123456789", "US"), "routing_number_invalid", "routing_number"},
		{"account number, long", bank("110000000", strings.Repeat("1", 35), "US"), "account_number_invalid", "account_number"},
		{"account number", bank("110000000", "1-2-3", "US"), "account_number_invalid", "account_number"},
		{"account number, odd", bank("110000000", "12'34", "US"), "account_number_invalid", "account_number"},
		{"currency", bank("", "123456", "XX"), "parameter_missing", "currency"},
		{"holder type", append(bank("110000000", "000123456789", "US"), "bank_account[account_holder_type]", "dog"), nil,
			"bank_account[account_holder_type]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer()
			got := post(t, srv, "/v1/tokens", tt.pairs...)
			want := http.StatusBadRequest
			if tt.wantCode == "incorrect_number" {
				want = http.StatusPaymentRequired
			}
			assert.Equal(t, want, got.Status)
			assert.Equal(t, tt.wantCode, got.errorField("code"), got.Text)
			assert.Equal(t, tt.wantParam, got.errorField("param"), got.Text)
		})
	}
	assert.Equal(t, http.StatusNotFound, get(t, stripetest.NewServer(), "/v1/tokens/tok_x").Status)
	saved := post(t, stripetest.NewServer(), "/v1/tokens", "card", "card_1")
	assert.Contains(t, saved.errorField("message"), "stripetest does not model tokens for cards that are saved already")
}
