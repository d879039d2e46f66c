package stripetest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

const externalPath = "/v1/accounts/acct_1/external_accounts"

func withAccount() (*stripetest.Server, *stripetest.Account) {
	srv := in2026()
	acct := srv.Connect("acct_1")
	return srv, acct
}

func addExternal(t *testing.T, srv *stripetest.Server, pairs ...string) string {
	t.Helper()
	got := post(t, srv, externalPath, pairs...)
	require.Equal(t, http.StatusOK, got.Status, got.Text)
	return got.Body["id"].(string)
}

func TestExternalCard(t *testing.T) {
	srv, acct := withAccount()
	made := post(t, srv, externalPath, append(rawCard("external_account", "4000056655665556", "currency", "USD"), "metadata[a]", "1")...)
	require.Equal(t, http.StatusOK, made.Status, made.Text)
	assert.Equal(t, "acct_1", made.Body["account"])
	assert.Equal(t, "usd", made.Body["currency"])
	assert.Equal(t, "debit", made.Body["funding"])
	assert.Equal(t, true, made.Body["default_for_currency"], "the first of its currency")
	assert.Equal(t, []any{"standard", "instant"}, made.Body["available_payout_methods"])
	assert.Equal(t, map[string]any{"a": "1"}, made.Body["metadata"])
	assert.NotContains(t, made.Body, "customer")
	path := externalPath + "/" + made.Body["id"].(string)
	assert.Equal(t, made.Body, get(t, srv, path).Body)

	assert.Equal(t, "new", made.Body["status"])
	updated := post(t, srv, path, "name", "Jenny", "exp_month", "9", "exp_year", "2031", "metadata", "", "default_for_currency", "false")
	assert.Equal(t, "Jenny", updated.Body["name"])
	assert.InDelta(t, 9, updated.Body["exp_month"], 0)
	assert.InDelta(t, 2031, updated.Body["exp_year"], 0)
	assert.Equal(t, map[string]any{}, updated.Body["metadata"])
	assert.Equal(t, true, updated.Body["default_for_currency"], "there is always one")
	assert.Equal(t, []string{"account.external_account.created", "account.external_account.updated"}, eventTypes(acct))
	assert.Empty(t, srv.Events(), "the platform's own")
	assert.Equal(t, http.StatusBadRequest, post(t, srv, path, "account_holder_name", "x").Status, "which cards don't have")

	expanded := get(t, srv, path+"?expand[]=account").Body["account"].(map[string]any)
	assert.Equal(t, "account", expanded["object"])
	list := map[string]any{"object": "list", "data": []any{updated.Body}, "has_more": false, "url": externalPath}
	assert.Equal(t, map[string]any{"id": "acct_1", "object": "account", "charges_enabled": true, "country": "US", "default_currency": "usd",
		"details_submitted": true, "email": nil, "external_accounts": list, "metadata": map[string]any{}, "payouts_enabled": true}, expanded)
	assert.Equal(t, expanded, get(t, srv, "/v1/accounts/acct_1").Body)
	assert.Equal(t, srv.ID(), get(t, srv, "/v1/account").Body["id"])
}

func TestExternalBankAccount(t *testing.T) {
	srv, _ := withAccount()
	id := addExternal(t, srv, "external_account[object]", "bank_account", "external_account[country]", "DE", "external_account[account_number]",
		"DE89 3704 0044 0532 0130 00", "external_account[account_holder_type]", "company")
	got := get(t, srv, externalPath+"/"+id)
	none := map[string]any{"currently_due": []any{}, "errors": []any{}, "past_due": []any{}, "pending_verification": []any{}}
	assert.Equal(t, map[string]any{"id": id, "object": "bank_account", "account": "acct_1", "account_holder_name": nil,
		"account_holder_type": "company", "account_type": nil, "available_payout_methods": []any{"standard"}, "bank_name": "STRIPE TEST BANK",
		"country": "DE", "currency": "eur", "default_for_currency": true, "fingerprint": got.Body["fingerprint"],
		"future_requirements": none, "last4": "3000", "metadata": map[string]any{}, "requirements": none, "routing_number": nil,
		"status": "new"}, got.Body)
	updated := post(t, srv, externalPath+"/"+id, "account_holder_name", "Jane", "account_holder_type", "", "account_type", "savings")
	assert.Equal(t, "Jane", updated.Body["account_holder_name"])
	assert.Nil(t, updated.Body["account_holder_type"])
	assert.Equal(t, "savings", updated.Body["account_type"])
	assert.Equal(t, http.StatusNotFound, post(t, srv, externalPath+"/"+id+"/verify", "amounts[]", "32").Status, "as Stripe has no such URL")
}

func TestDefaultForCurrency(t *testing.T) {
	srv, acct := withAccount()
	isDefault := func(id string) any { return get(t, srv, externalPath+"/"+id).Body["default_for_currency"] }
	euro := func() string {
		return addExternal(t, srv, "bank_account[country]", "DE", "bank_account[account_number]", "DE89370400440532013000")
	}
	refused := func(id string) {
		t.Helper()
		got := del(t, srv, externalPath+"/"+id)
		assert.Equal(t, http.StatusBadRequest, got.Status, got.Text)
		assert.Nil(t, got.errorField("code"))
		assert.Contains(t, got.errorField("message"), "You cannot delete the default external account")
	}
	first, bank := addExternal(t, srv, "external_account", "tok_visa_debit"), addExternal(t, srv, "external_account", "btok_us")
	assert.Equal(t, []any{true, false}, []any{isDefault(first), isDefault(bank)})
	refused(first)
	third := addExternal(t, srv, "external_account", "tok_mastercard_debit", "default_for_currency", "true")
	assert.Equal(t, []any{false, false, true}, []any{isDefault(first), isDefault(bank), isDefault(third)})
	assert.Equal(t, map[string]any{"id": first, "object": "card", "currency": "usd", "deleted": true}, del(t, srv, externalPath+"/"+first).Body)
	post(t, srv, externalPath+"/"+bank, "default_for_currency", "true")
	assert.Equal(t, map[string]any{"default_for_currency": false}, lastEvent(t, acct)["previous_attributes"])
	assert.Equal(t, true, isDefault(bank))
	assert.Equal(t, http.StatusOK, del(t, srv, externalPath+"/"+third).Status)
	refused(bank) // the last one, of the account's own currency

	one, two := euro(), euro()
	assert.Equal(t, []any{true, true, false}, []any{isDefault(bank), isDefault(one), isDefault(two)}, "one of each currency")
	refused(one)
	assert.Equal(t, http.StatusOK, del(t, srv, externalPath+"/"+two).Status)
	assert.Equal(t, http.StatusOK, del(t, srv, externalPath+"/"+one).Status, "the last one of another currency")
	assert.Equal(t, true, isDefault(euro()), "the first one again")
	acct.SetDefaultCurrency("eur")
	assert.Equal(t, "eur", get(t, srv, "/v1/accounts/acct_1").Body["default_currency"])
	assert.Equal(t, http.StatusOK, del(t, srv, externalPath+"/"+bank).Status)
	assert.Equal(t, "account.external_account.deleted", eventTypes(acct)[len(eventTypes(acct))-1])
}

func TestListExternals(t *testing.T) {
	srv, _ := withAccount()
	a, b, c := addExternal(t, srv, "external_account", "tok_visa_debit"), addExternal(t, srv, "external_account", "btok_us"),
		addExternal(t, srv, "external_account", "tok_visa_debit_us_transferFail")
	assert.Equal(t, []string{c, b, a}, get(t, srv, externalPath).ids())
	assert.Equal(t, []string{c, a}, get(t, srv, externalPath+"?object=card").ids())
	assert.Equal(t, []string{b}, get(t, srv, externalPath+"?object=bank_account").ids())
	assert.Equal(t, []string{b}, get(t, srv, externalPath+"?limit=1&starting_after="+c).ids())
	assert.Equal(t, http.StatusBadRequest, get(t, srv, externalPath+"?object=source").Status)
	assert.Equal(t, http.StatusBadRequest, get(t, srv, externalPath+"?starting_after=card_x").Status)
}

// An account shows the first page of its list.
func TestAccountShowsExternals(t *testing.T) {
	srv, _ := withAccount()
	var ids []string
	for n := range 11 {
		shown := get(t, srv, "/v1/accounts/acct_1").Body["external_accounts"].(map[string]any)
		assert.Equal(t, ids, answer{Body: shown}.ids(), "%d of them", n)
		assert.Equal(t, false, shown["has_more"])
		ids = append([]string{addExternal(t, srv, "external_account", "btok_us")}, ids...)
	}
	shown := get(t, srv, "/v1/accounts/acct_1").Body["external_accounts"].(map[string]any)
	assert.Equal(t, ids[:10], answer{Body: shown}.ids())
	assert.Equal(t, true, shown["has_more"])
	assert.Equal(t, externalPath, shown["url"])
}

func TestExternalRefused(t *testing.T) {
	srv, _ := withAccount()
	srv.Connect("acct_2")
	tests := []struct {
		name      string
		pairs     []string
		want      int
		wantCode  any
		wantParam any
	}{
		{"nothing", nil, 400, "parameter_missing", "external_account"},
		{"source is for customers", []string{"source", "tok_visa_debit"}, 400, "parameter_unknown", "source"},
		{"credit", []string{"external_account", "tok_visa"}, 400, "invalid_card_type", "external_account"},
		{"prepaid", []string{"external_account", "tok_mastercard_prepaid"}, 400, "invalid_card_type", "external_account"},
		{"no currency", rawCard("external_account", "4000056655665556"), 400, "parameter_missing", "external_account[currency]"},
		{"luhn", rawCard("external_account", "4000056655665557", "currency", "usd"), 402, "incorrect_number", "number"},
		{"unknown token", []string{"external_account", "tok_x"}, 400, "resource_missing", "external_account"},
		{"boolean", []string{"external_account", "tok_visa_debit", "default_for_currency", "yes"}, 400, nil, "default_for_currency"},
		{"documents", []string{"external_account[object]", "bank_account", "external_account[documents][a]", "b"}, 400, nil,
			"external_account[documents]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := post(t, srv, externalPath, tt.pairs...)
			assert.Equal(t, tt.want, got.Status, got.Text)
			assert.Equal(t, tt.wantCode, got.errorField("code"), got.Text)
			assert.Equal(t, tt.wantParam, got.errorField("param"), got.Text)
		})
	}
	assert.Empty(t, get(t, srv, externalPath).ids())
	assert.Equal(t, http.StatusForbidden, get(t, srv, "/v1/accounts/acct_404/external_accounts").Status)
	req := newRequest(t, http.MethodGet, externalPath, "")
	req.Header.Set("Stripe-Account", "acct_2")
	assert.Equal(t, http.StatusForbidden, send(t, srv, req).Status, "a connected account reaches no other")
	req.Header.Set("Stripe-Account", "acct_1")
	assert.Equal(t, http.StatusOK, send(t, srv, req).Status)
	assert.Contains(t, panicText(func() { srv.SetDefaultCurrency("EUR") }), `stripetest: SetDefaultCurrency: "EUR" is not a currency`)
}

func TestExternalTokenOfThePlatform(t *testing.T) {
	srv, _ := withAccount()
	token := post(t, srv, "/v1/tokens", append(rawToken("4000056655665556"), "card[currency]", "usd")...).Body["id"].(string)
	addExternal(t, srv, "external_account", token)
	assert.Equal(t, "token_already_used", post(t, srv, externalPath, "external_account", token).errorField("code"))
	bank := post(t, srv, "/v1/tokens", "bank_account[country]", "US", "bank_account[account_number]", "000123456789",
		"bank_account[routing_number]", "110000000").Body["id"].(string)
	addExternal(t, srv, "bank_account", bank)
	credit := post(t, srv, "/v1/tokens", append(rawToken("4242424242424242"), "card[currency]", "usd")...).Body["id"].(string)
	got := post(t, srv, externalPath, "external_account", credit)
	assert.Equal(t, "invalid_card_type", got.errorField("code"))
	assert.Equal(t, "external_account", got.errorField("param"))
}

// The account's own tokens come first: what is wrong with one of them is what is told.
func TestExternalTokenOfTheAccount(t *testing.T) {
	srv, _ := withAccount()
	own := func(path, form string) answer {
		req := newRequest(t, http.MethodPost, path, form)
		req.Header.Set("Stripe-Account", "acct_1")
		return send(t, srv, req)
	}
	made := own("/v1/tokens", "bank_account[country]=US&bank_account[account_number]=000123456789&bank_account[routing_number]=110000000")
	require.Equal(t, http.StatusOK, made.Status, made.Text)
	token := made.Body["id"].(string)
	addExternal(t, srv, "external_account", token)
	assert.Equal(t, "token_already_used", post(t, srv, externalPath, "external_account", token).errorField("code"))
	verified := addExternal(t, srv, "external_account", "btok_us_verified")
	assert.Equal(t, "new", get(t, srv, externalPath+"/"+verified).Body["status"], "which is verified for customers only")
}

func TestExternalClient(t *testing.T) {
	srv, acct := withAccount()
	cards, owner := card.New(srv.Client()), card.Account(acct.ID())
	first, err := cards.Create(t.Context(), owner, &card.CreateParams{Token: "tok_visa_debit"})
	require.NoError(t, err)
	details := &card.Details{Number: card.NewSecret("5200828282828210"), ExpMonth: 8, ExpYear: 2030, CVC: card.NewSecret("123"), Currency: "usd"}
	second, err := cards.Create(t.Context(), owner, &card.CreateParams{Details: details, DefaultForCurrency: true,
		Metadata: stripecash.Metadata{"a": "1"}})
	require.NoError(t, err)
	assert.Equal(t, "8210", second.Last4)
	updated, err := cards.Update(t.Context(), owner, first.ID, &card.UpdateParams{Name: new("Jenny"), DefaultForCurrency: true})
	require.NoError(t, err)
	assert.Equal(t, "Jenny", updated.Name)
	gone, err := cards.Delete(t.Context(), owner, second.ID)
	require.NoError(t, err)
	assert.True(t, gone.Deleted)
	_, err = cards.Create(t.Context(), owner, &card.CreateParams{Token: "tok_visa"})
	assert.ErrorContains(t, err, "not a debit card")
}

func TestExternalAccountOfNoCurrencyOrCountry(t *testing.T) {
	tests := []struct {
		name  string
		pairs []string
		param string
	}{
		{"card", []string{"[object]", "card", "[number]", "4000056655665556", "[exp_month]", "8", "[exp_year]", "2050", "[currency]", "banana"}, "currency"},
		{"bank account", []string{"[object]", "bank_account", "[account_number]", "000123456789", "[routing_number]", "110000000",
			"[country]", "US", "[currency]", "🍌"}, "currency"},
		{"country", []string{"[object]", "bank_account", "[account_number]", "000123456789", "[country]", "Nowhere", "[currency]", "usd"}, "country"},
		{"country of a digit", []string{"[object]", "bank_account", "[account_number]", "000123456789", "[country]", "U1", "[currency]", "usd"}, "country"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.Connect("acct_1")
			for i := 0; i < len(tt.pairs); i += 2 {
				tt.pairs[i] = "external_account" + tt.pairs[i]
			}
			got := post(t, srv, "/v1/accounts/acct_1/external_accounts", tt.pairs...)
			assert.Equal(t, http.StatusBadRequest, got.Status, got.Text)
			assert.Equal(t, tt.param, got.errorField("param"))
			if tt.param == "country" {
				assert.Equal(t, "country_code_invalid", got.errorField("code"))
			}
		})
	}
}
