package stripetest_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

const returnURL = "https://shop.example.com/back"

func newSource(t *testing.T, srv *stripetest.Server, pairs ...string) map[string]any {
	t.Helper()
	got := post(t, srv, "/v1/sources", pairs...)
	require.Equal(t, http.StatusOK, got.Status, got.Text)
	return got.Body
}

func sepa(t *testing.T, srv *stripetest.Server) string {
	t.Helper()
	return newSource(t, srv, "type", "sepa_debit", "currency", "eur")["id"].(string)
}

func TestSourceWhole(t *testing.T) {
	srv := in2026()
	got := newSource(t, srv, "type", "sepa_debit", "currency", "EUR", "sepa_debit[iban]", "DE89 3704 0044 0532 0130 00", "owner[name]", "Jenny Rosen",
		"owner[address][city]", "Berlin", "metadata[a]", "1", "statement_descriptor", "Shop", "mandate[acceptance][status]", "accepted",
		"mandate[amount]", "", "mandate[notification_method]", "manual")
	id, secret := got["id"].(string), got["client_secret"].(string)
	assert.Regexp(t, `^src_1[0-9A-Za-z]{23}$`, id)
	assert.Regexp(t, `^src_client_secret_[0-9A-Za-z]{24}$`, secret)
	details := got["sepa_debit"].(map[string]any)
	assert.Regexp(t, `^[0-9A-Z]{16}$`, details["mandate_reference"])
	want := map[string]any{
		"id": id, "object": "source", "allow_redisplay": "unspecified", "amount": nil, "client_secret": secret,
		"created": 1.7877456e9, "currency": "eur", "flow": "none", "livemode": false, "metadata": map[string]any{"a": "1"},
		"owner": map[string]any{"address": map[string]any{"city": "Berlin", "country": nil, "line1": nil, "line2": nil, "postal_code": nil,
			"state": nil}, "email": nil, "name": "Jenny Rosen", "phone": nil, "verified_address": nil, "verified_email": nil,
			"verified_name": nil, "verified_phone": nil},
		"sepa_debit": map[string]any{"bank_code": "37040044", "branch_code": nil, "country": "DE", "fingerprint": details["fingerprint"],
			"last4": "3000", "mandate_reference": details["mandate_reference"], "mandate_url": details["mandate_url"]},
		"statement_descriptor": "Shop", "status": "chargeable", "type": "sepa_debit", "usage": "reusable",
	}
	assert.Equal(t, want, got)
	assert.Equal(t, want, get(t, srv, "/v1/sources/"+id).Body)
	assert.Equal(t, []string{"source.chargeable"}, eventTypes(srv.Account))

	updated := post(t, srv, "/v1/sources/"+id, "owner[email]", "jenny@example.com", "owner[phone]", "1",
		"owner[name]", "", "metadata[a]", "", "amount", "500", "mandate[acceptance][status]", "revoked")
	want["amount"], want["metadata"] = 500.0, map[string]any{}
	owner := want["owner"].(map[string]any)
	owner["email"], owner["phone"], owner["name"] = "jenny@example.com", "1", nil
	assert.Equal(t, want, updated.Body)
	assert.Len(t, srv.Events(), 1, "Stripe has no event for the update of a source that is nobody's")
}

func TestSourceTypes(t *testing.T) {
	back := []string{"redirect[return_url]", returnURL}
	tests := []struct {
		pairs                           []string
		wantFlow, wantUsage, wantStatus string
	}{
		{[]string{"type", "ach_credit_transfer", "currency", "usd"}, "receiver", "reusable", "pending"},
		{[]string{"type", "ach_debit", "currency", "usd"}, "none", "reusable", "chargeable"},
		{[]string{"type", "ach_debit", "currency", "usd", "token", "btok_us"}, "none", "reusable", "chargeable"},
		{[]string{"type", "acss_debit", "currency", "cad"}, "none", "reusable", "chargeable"},
		{append([]string{"type", "alipay", "currency", "usd", "amount", "5"}, back...), "redirect", "single_use", "pending"},
		{append([]string{"type", "alipay", "currency", "usd", "usage", "reusable"}, back...), "redirect", "reusable", "pending"},
		{[]string{"type", "au_becs_debit", "currency", "aud", "au_becs_debit[bsb_number]", "000000", "au_becs_debit[account_number]", "000123456"},
			"none", "reusable", "chargeable"},
		{append([]string{"type", "bancontact", "currency", "eur", "amount", "5"}, back...), "redirect", "single_use", "pending"},
		{[]string{"type", "card", "token", "tok_visa"}, "none", "reusable", "chargeable"},
		{[]string{"token", "tok_visa"}, "none", "reusable", "chargeable"},
		{[]string{"type", "card", "token", "tok_visa", "usage", "single_use", "amount", "5", "currency", "usd"}, "none", "single_use", "chargeable"},
		{append([]string{"type", "card"}, rawToken("4242424242424242")...), "none", "reusable", "chargeable"},
		{append([]string{"type", "eps", "currency", "eur", "amount", "5"}, back...), "redirect", "single_use", "pending"},
		{append([]string{"type", "giropay", "currency", "eur", "amount", "5"}, back...), "redirect", "single_use", "pending"},
		{append([]string{"type", "ideal", "currency", "eur", "amount", "5", "ideal[bank]", "ing"}, back...), "redirect", "single_use", "pending"},
		{append([]string{"type", "klarna", "currency", "eur", "amount", "5", "klarna[purchase_country]", "DE"}, back...),
			"redirect", "single_use", "pending"},
		{append([]string{"type", "multibanco", "currency", "eur", "amount", "5"}, back...), "receiver", "single_use", "pending"},
		{append([]string{"type", "p24", "currency", "pln", "amount", "5"}, back...), "redirect", "single_use", "pending"},
		{[]string{"type", "sepa_debit", "currency", "eur", "flow", "code_verification"}, "code_verification", "reusable", "pending"},
		{append([]string{"type", "sofort", "currency", "eur", "amount", "5", "sofort[country]", "DE"}, back...), "redirect", "single_use", "pending"},
		{[]string{"type", "wechat", "currency", "cny", "amount", "5"}, "none", "single_use", "pending"},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.pairs, " "), func(t *testing.T) {
			srv := in2026()
			got := newSource(t, srv, tt.pairs...)
			assert.Equal(t, tt.wantFlow, got["flow"])
			assert.Equal(t, tt.wantUsage, got["usage"])
			assert.Equal(t, tt.wantStatus, got["status"])
			assert.IsType(t, map[string]any{}, got[got["type"].(string)])
			_, redirects := got["redirect"]
			assert.Equal(t, tt.wantFlow == "redirect" || got["type"] == "multibanco", redirects)
			_, receives := got["receiver"]
			assert.Equal(t, tt.wantFlow == "receiver", receives)
			_, verifies := got["code_verification"]
			assert.Equal(t, tt.wantFlow == "code_verification", verifies)
		})
	}
}

// What a source may be given beyond what its type needs.
func TestSourceOptions(t *testing.T) {
	srv := in2026()
	debit := newSource(t, srv, "type", "sepa_debit", "currency", "eur", "owner[email]", "amount_5@example.com")
	assert.Nil(t, debit["amount"], "it receives nothing")
	path := "/v1/sources/" + debit["id"].(string)
	assert.InDelta(t, 1, post(t, srv, path, "amount", "1").Body["amount"], 0)
	assert.Equal(t, "parameter_invalid_integer", post(t, srv, path, "amount", "0").errorField("code"))
	made := newSource(t, srv, "type", "sepa_debit", "currency", "eur", "amount", "500", "flow", "none", "redirect[return_url]", returnURL)
	assert.InDelta(t, 500, made["amount"], 0, "only receivers must not have one")
	assert.NotContains(t, made, "redirect", "it does not redirect")
	assert.NotContains(t, newSource(t, srv, "type", "sepa_debit", "currency", "eur", "source_order", ""), "source_order")
	for _, method := range []string{"email", "manual", "none"} {
		made = newSource(t, srv, "type", "ach_credit_transfer", "currency", "usd", "flow", "receiver", "receiver[refund_attributes_method]", method)
		assert.Equal(t, method, part(made, "receiver")["refund_attributes_method"])
	}
	made = newSource(t, srv, "type", "ideal", "currency", "eur", "amount", "1", "flow", "redirect", "redirect[return_url]", returnURL)
	assert.Equal(t, returnURL, part(made, "redirect")["return_url"])
	for _, pairs := range [][]string{
		{"status", "accepted", "type", "offline"}, {"status", "pending", "type", "online"}, {"status", "refused"}, {"status", "revoked"},
	} {
		form := []string{"type", "sepa_debit", "currency", "eur", "mandate[interval]", "one_time"}
		for pair := range slices.Chunk(pairs, 2) {
			form = append(form, "mandate[acceptance]["+pair[0]+"]", pair[1])
		}
		newSource(t, srv, form...)
	}
}

func TestSourceRefused(t *testing.T) {
	srv := in2026()
	debit, canceled := sepa(t, srv), newSource(t, srv, "type", "card", "token", "tok_visa")["id"].(string)
	srv.CancelSource(canceled)
	before := memory(t, srv)
	ideal := func(more ...string) []string {
		return append([]string{"type", "ideal", "currency", "eur"}, more...)
	}
	tests := []struct {
		name      string
		pairs     []string
		wantCode  any
		wantParam any
	}{
		{"no type", []string{"currency", "eur"}, "parameter_missing", "type"},
		{"unknown type", []string{"type", "cow", "currency", "eur"}, nil, "type"},
		{"terminal", []string{"type", "card_present"}, nil, "type"},
		{"no currency", []string{"type", "sepa_debit"}, "parameter_missing", "currency"},
		{"no such currency", []string{"type", "alipay", "currency", "e1r"}, nil, "currency"},
		{"another currency", []string{"type", "sepa_debit", "currency", "usd"}, nil, "currency"},
		{"no amount", ideal("redirect[return_url]", returnURL), "parameter_missing", "amount"},
		{"amount 0", ideal("amount", "0", "redirect[return_url]", returnURL), "parameter_invalid_integer", "amount"},
		{"amount of a receiver", []string{"type", "ach_credit_transfer", "currency", "usd", "amount", "5"}, nil, "amount"},
		{"no redirect", ideal("amount", "5"), "parameter_missing", "redirect[return_url]"},
		{"redirect to nowhere", ideal("amount", "5", "redirect[return_url]", "back"), "url_invalid", "redirect[return_url]"},
		{"redirect that is no URL", ideal("amount", "5", "redirect[return_url]", returnURL+"%"), "url_invalid", "redirect[return_url]"},
		{"usage", ideal("amount", "5", "usage", "reusable", "redirect[return_url]", returnURL), nil, "usage"},
		{"no usage", ideal("amount", "5", "usage", "daily"), nil, "usage"},
		{"flow", ideal("amount", "5", "flow", "receiver"), nil, "flow"},
		{"receiver", []string{"type", "sepa_debit", "currency", "eur", "receiver[refund_attributes_method]", "none"}, nil, "receiver"},
		{"another type's hash", []string{"type", "sepa_debit", "currency", "eur", "ideal[bank]", "ing"}, "parameter_unknown", "ideal"},
		{"IBAN", []string{"type", "sepa_debit", "currency", "eur", "sepa_debit[iban]", "DE88370400440532013000"}, nil, "sepa_debit[iban]"},
		{"IBAN of letters", []string{"type", "sepa_debit", "currency", "eur", "sepa_debit[iban]", "not an IBAN at all"}, nil, "sepa_debit[iban]"},
		{"card without one", []string{"type", "card"}, "parameter_missing", "token"},
		{"luhn", append([]string{"type", "card"}, rawToken("4242424242424241")...), "incorrect_number", "number"},
		{"unknown token", []string{"type", "card", "token", "tok_x"}, "resource_missing", "token"},
		{"a bank's token for a card", []string{"type", "card", "token", "btok_us"}, nil, "token"},
		{"token", []string{"type", "sepa_debit", "currency", "eur", "token", "tok_visa"}, nil, "token"},
		{"a card's token for a bank debit", []string{"type", "ach_debit", "currency", "usd", "token", "tok_visa"}, nil, "token"},
		{"copy", []string{"original_source", "src_1"}, nil, "original_source"},
		{"mandate", []string{"type", "sepa_debit", "currency", "eur", "mandate[acceptance][ip]", "1"}, "parameter_missing",
			"mandate[acceptance][status]"},
		{"no 3-D Secure card", []string{"type", "three_d_secure", "currency", "eur", "amount", "5", "redirect[return_url]", returnURL},
			"parameter_missing", "three_d_secure[card]"},
		{"3-D Secure card", []string{"type", "three_d_secure", "currency", "eur", "amount", "5", "redirect[return_url]", returnURL,
			"three_d_secure[card]", "src_x"}, "resource_missing", "three_d_secure[card]"},
		{"3-D Secure of a debit", []string{"type", "three_d_secure", "currency", "eur", "amount", "5", "redirect[return_url]", returnURL,
			"three_d_secure[card]", debit}, nil, "three_d_secure[card]"},
		{"3-D Secure of a canceled card", []string{"type", "three_d_secure", "currency", "eur", "amount", "5", "redirect[return_url]", returnURL,
			"three_d_secure[card]", canceled}, nil, "three_d_secure[card]"},
		{"too many items", []string{"type", "klarna", "source_order[items][70000][amount]", "5"}, nil, "source_order[items]"},
		{"address", []string{"type", "klarna", "source_order[shipping][name]", "x"}, "parameter_missing", "source_order[shipping][address]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := post(t, srv, "/v1/sources", tt.pairs...)
			assert.GreaterOrEqual(t, got.Status, 400)
			assert.Equal(t, tt.wantCode, got.errorField("code"), got.Text)
			assert.Equal(t, tt.wantParam, got.errorField("param"), got.Text)
		})
	}
	assert.Equal(t, before, memory(t, srv))
	for _, path := range []string{"", "/source_transactions", "/source_transactions/srctxn_1", "/mandate_notifications/srcmn_1"} {
		assert.Equal(t, "No such source: 'src_x'", get(t, srv, "/v1/sources/src_x"+path).errorField("message"))
	}
}

func TestSourceLife(t *testing.T) {
	srv := in2026()
	first, second := sepa(t, srv), sepa(t, srv)
	attached := post(t, srv, sourcesPath, "source", first, "metadata[a]", "1")
	require.Equal(t, http.StatusOK, attached.Status, attached.Text)
	assert.Equal(t, "cus_1", attached.Body["customer"])
	assert.Equal(t, "chargeable", attached.Body["status"])
	assert.Equal(t, map[string]any{"a": "1"}, attached.Body["metadata"])
	assert.Equal(t, attached.Body, get(t, srv, "/v1/sources/"+first).Body)
	assert.Equal(t, attached.Body, get(t, srv, sourcesPath+"/"+first).Body)
	card := add(t, srv, "tok_visa")
	require.Equal(t, http.StatusOK, post(t, srv, sourcesPath, "source", second).Status)
	defaultSource := func() any { return get(t, srv, "/v1/customers/cus_1").Body["default_source"] }
	assert.Equal(t, first, defaultSource())
	assert.Equal(t, []string{second, first}, get(t, srv, sourcesPath+"?object=source").ids())
	assert.Equal(t, []string{card}, get(t, srv, "/v1/customers/cus_1/cards").ids())

	again := post(t, srv, sourcesPath, "source", first)
	assert.Equal(t, http.StatusBadRequest, again.Status)
	assert.Nil(t, again.errorField("code"))
	assert.Equal(t, "The source you provided has already been attached to a customer.", again.errorField("message"))
	updated := post(t, srv, sourcesPath+"/"+first, "owner[email]", "a@example.com", "metadata", "")
	assert.Equal(t, "a@example.com", updated.Body["owner"].(map[string]any)["email"])
	assert.Equal(t, map[string]any{"owner": map[string]any{"email": nil}, "metadata": map[string]any{"a": "1"}},
		lastEvent(t, srv.Account)["previous_attributes"])
	assert.Equal(t, "parameter_unknown", post(t, srv, sourcesPath+"/"+first, "exp_month", "1").errorField("code"))

	detached := del(t, srv, sourcesPath+"/"+first)
	want := maps.Clone(updated.Body)
	want["status"] = "consumed"
	delete(want, "customer")
	assert.Equal(t, want, detached.Body, "the whole source")
	assert.Equal(t, want, get(t, srv, "/v1/sources/"+first).Body)
	assert.Equal(t, second, defaultSource())
	assert.Equal(t, "The source you provided cannot be attached to the customer. It must be chargeable or pending.",
		post(t, srv, sourcesPath, "source", first).errorField("message"))
	assert.Equal(t, http.StatusNotFound, del(t, srv, sourcesPath+"/"+first).Status)
	assert.Equal(t, "customer.source.deleted", eventTypes(srv.Account)[len(eventTypes(srv.Account))-1])

	del(t, srv, "/v1/customers/cus_1")
	assert.Equal(t, "consumed", get(t, srv, "/v1/sources/"+second).Body["status"])
}

func TestAttachRefused(t *testing.T) {
	srv := in2026()
	once := newSource(t, srv, "type", "ideal", "currency", "eur", "amount", "5", "redirect[return_url]", returnURL)["id"].(string)
	canceled := sepa(t, srv)
	srv.CancelSource(canceled)
	declining := newSource(t, srv, "type", "card", "token", "tok_chargeDeclined")["id"].(string)
	for id, want := range map[string]int{once: 400, canceled: 400, declining: 402, "src_x": 400} {
		assert.Equal(t, want, post(t, srv, sourcesPath, "source", id).Status, id)
		assert.Equal(t, want, post(t, srv, "/v1/customers", "source", id).Status, id)
	}
	for _, id := range []string{once, canceled} {
		assert.Nil(t, post(t, srv, sourcesPath, "source", id).errorField("code"), id)
	}
	assert.Empty(t, get(t, srv, sourcesPath).ids())
	srv.Connect("acct_1")
	got := post(t, srv, externalPath, "external_account", sepa(t, srv))
	assert.Equal(t, http.StatusBadRequest, got.Status)
	assert.Equal(t, "external_account", got.errorField("param"))
}

func TestSourceOfACard(t *testing.T) {
	srv := in2026()
	token := post(t, srv, "/v1/tokens", append(rawToken("4242424242424242"), "card[cvc]", "123", "card[name]", "Jenny")...).Body["id"].(string)
	made := newSource(t, srv, "type", "card", "token", token)
	card := made["card"].(map[string]any)
	assert.Equal(t, map[string]any{"address_line1_check": nil, "address_zip_check": nil, "brand": "Visa", "country": "US", "cvc_check": "unchecked",
		"dynamic_last4": nil, "exp_month": 8.0, "exp_year": 2030.0, "fingerprint": card["fingerprint"], "funding": "credit", "last4": "4242",
		"name": "Jenny", "three_d_secure": "optional", "tokenization_method": nil}, card)
	assert.Equal(t, "token_already_used", post(t, srv, "/v1/sources", "token", token).errorField("code"))
	attached := post(t, srv, sourcesPath, "source", made["id"].(string))
	assert.Equal(t, "pass", attached.Body["card"].(map[string]any)["cvc_check"])

	secured := newSource(t, srv, "type", "three_d_secure", "currency", "eur", "amount", "5", "redirect[return_url]", returnURL,
		"three_d_secure[card]", made["id"].(string))
	hash := secured["three_d_secure"].(map[string]any)
	assert.Equal(t, false, hash["authenticated"])
	assert.Equal(t, made["id"], hash["card"])
	assert.Contains(t, hash, "customer")
	srv.AuthorizeSource(secured["id"].(string))
	assert.Equal(t, true, get(t, srv, "/v1/sources/"+secured["id"].(string)).Body["three_d_secure"].(map[string]any)["authenticated"])
}

func TestSourceRedirect(t *testing.T) {
	tests := []struct {
		name       string
		work       func(*stripetest.Server, string)
		want       string
		wantStatus string
		wantReason any
	}{
		{"not processed", func(srv *stripetest.Server, id string) { srv.FailSource(id, "processing_error") }, "failed", "failed", "processing_error"},
		{"aborted", func(srv *stripetest.Server, id string) { srv.FailSource(id, "user_abort") }, "failed", "failed", "user_abort"},
		{"authorized", func(srv *stripetest.Server, id string) { srv.AuthorizeSource(id) }, "chargeable", "succeeded", nil},
		{"failed", func(srv *stripetest.Server, id string) { srv.FailSource(id, "declined") }, "failed", "failed", "declined"},
		{"canceled", func(srv *stripetest.Server, id string) { srv.CancelSource(id) }, "canceled", "pending", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := in2026()
			made := newSource(t, srv, "type", "bancontact", "currency", "eur", "amount", "500", "redirect[return_url]", returnURL)
			id := made["id"].(string)
			redirect := made["redirect"].(map[string]any)
			assert.Equal(t, returnURL, redirect["return_url"])
			assert.Equal(t, "https://hooks.stripe.com/redirect/authenticate/"+id+"?client_secret="+made["client_secret"].(string), redirect["url"])
			assert.Equal(t, "pending", redirect["status"])
			assert.Empty(t, srv.Events())

			tt.work(srv, id)
			got := get(t, srv, "/v1/sources/"+id).Body
			assert.Equal(t, tt.want, got["status"])
			assert.Equal(t, tt.wantStatus, got["redirect"].(map[string]any)["status"])
			assert.Equal(t, tt.wantReason, got["redirect"].(map[string]any)["failure_reason"])
			assert.Equal(t, []string{"source." + tt.want}, eventTypes(srv.Account))
			assert.Equal(t, got, lastEvent(t, srv.Account)["object"])
		})
	}
}

func TestSourceWithPublishableKey(t *testing.T) {
	srv := in2026()
	send := func(method, path, form string) answer {
		req := newRequest(t, method, path, form)
		req.Header.Set("Authorization", "Bearer pk_test_abcd1234")
		return send(t, srv, req)
	}
	made := send(http.MethodPost, "/v1/sources", "type=sepa_debit&currency=eur")
	require.Equal(t, http.StatusOK, made.Status, made.Text)
	path, secret := "/v1/sources/"+made.Body["id"].(string), made.Body["client_secret"].(string)
	assert.Equal(t, made.Body, send(http.MethodGet, path+"?client_secret="+secret, "").Body)
	assert.Equal(t, "parameter_missing", send(http.MethodGet, path, "").errorField("code"))
	wrong := send(http.MethodGet, path+"?client_secret=x", "")
	assert.Equal(t, http.StatusBadRequest, wrong.Status)
	assert.Nil(t, wrong.errorField("code"))
	assert.Equal(t, "client_secret", wrong.errorField("param"))
	assert.Equal(t, "client_secret", send(http.MethodGet, path, "").errorField("param"))
	assert.Contains(t, wrong.errorField("message"), "does not match the client_secret")
	assert.Equal(t, http.StatusForbidden, send(http.MethodPost, path, "amount=5").Status)
	assert.Equal(t, made.Body, get(t, srv, path+"?client_secret="+secret).Body)
	assert.Equal(t, http.StatusBadRequest, get(t, srv, path+"?client_secret=x").Status, "a wrong one is wrong with any key")
	for _, r := range srv.Requests() {
		assert.NotContains(t, r.Form.Encode(), secret)
	}
}

func TestVerifySource(t *testing.T) {
	srv := in2026()
	code := func() string {
		return newSource(t, srv, "type", "ach_debit", "currency", "usd", "flow", "code_verification")["id"].(string)
	}
	show := func(id string) (string, map[string]any) {
		got := get(t, srv, "/v1/sources/"+id).Body
		return got["status"].(string), got["code_verification"].(map[string]any)
	}
	good, bad := code(), code()
	wrong := func(id string) answer {
		return post(t, srv, "/v1/sources/"+id+"/verify", "values[]", "1", "values[]", "2")
	}
	refused := wrong(good)
	assert.Equal(t, http.StatusBadRequest, refused.Status)
	assert.Equal(t, "values", refused.errorField("param"))
	status, verification := show(good)
	assert.Equal(t, "pending", status)
	assert.Equal(t, map[string]any{"attempts_remaining": 2.0, "status": "pending"}, verification)
	verified := post(t, srv, "/v1/sources/"+good+"/verify", "values[0]", "45", "values[1]", "32")
	assert.Equal(t, "chargeable", verified.Body["status"])
	assert.Equal(t, map[string]any{"attempts_remaining": 2.0, "status": "succeeded"}, verified.Body["code_verification"])

	for range 3 {
		wrong(bad)
	}
	status, verification = show(bad)
	assert.Equal(t, "failed", status)
	assert.Equal(t, map[string]any{"attempts_remaining": 0.0, "status": "failed"}, verification)
	assert.Equal(t, http.StatusBadRequest, post(t, srv, "/v1/sources/"+bad+"/verify", "values[]", "32", "values[]", "45").Status, "too late")
	assert.Equal(t, []string{"source.chargeable", "source.failed"}, eventTypes(srv.Account))
	canceled := code()
	srv.CancelSource(canceled)
	late := post(t, srv, "/v1/sources/"+canceled+"/verify", "values[]", "32", "values[]", "45")
	assert.Contains(t, late.errorField("message"), "This source cannot be verified any more: it is canceled.")
	status, _ = show(canceled)
	assert.Equal(t, "canceled", status)
	assert.Equal(t, "parameter_missing", post(t, srv, "/v1/sources/"+code()+"/verify").errorField("code"))
	assert.Equal(t, http.StatusBadRequest, wrong(sepa(t, srv)).Status, "which has nothing to verify")
}

func TestReceiver(t *testing.T) {
	srv := in2026()
	made := newSource(t, srv, "type", "ach_credit_transfer", "currency", "usd", "owner[email]", "jenny@example.com")
	id := made["id"].(string)
	account := made["ach_credit_transfer"].(map[string]any)["account_number"].(string)
	assert.Equal(t, map[string]any{"address": "110000000-" + account, "amount_charged": 0.0, "amount_received": 0.0, "amount_returned": 0.0,
		"refund_attributes_method": "email", "refund_attributes_status": "missing"}, made["receiver"])
	assert.Equal(t, []string{}, append([]string{}, get(t, srv, "/v1/sources/"+id+"/source_transactions").ids()...))

	first, second := srv.ReceiveFunds(id, 1000), srv.ReceiveFunds(id, 500)
	assert.Regexp(t, `^srctxn_1[0-9A-Za-z]{23}$`, first)
	got := get(t, srv, "/v1/sources/"+id).Body
	assert.Equal(t, "chargeable", got["status"])
	assert.InDelta(t, 1500, got["amount"], 0)
	assert.InDelta(t, 1500, got["receiver"].(map[string]any)["amount_received"], 0)
	list := get(t, srv, "/v1/sources/"+id+"/source_transactions?limit=1")
	assert.Equal(t, []string{second}, list.ids())
	assert.Equal(t, true, list.Body["has_more"])
	assert.Equal(t, []string{first}, get(t, srv, "/v1/sources/"+id+"/source_transactions?starting_after="+second).ids())
	txn := get(t, srv, "/v1/sources/"+id+"/source_transactions/"+first).Body
	data := txn["ach_credit_transfer"].(map[string]any)
	assert.Equal(t, "6789", data["last4"])
	assert.Equal(t, part(made, "ach_credit_transfer")["fingerprint"], data["fingerprint"])
	assert.Equal(t, "Transfer to 110000000-"+account, data["customer_data"])
	assert.Equal(t, "110000000", data["routing_number"])
	delete(txn, "ach_credit_transfer")
	assert.Equal(t, map[string]any{"id": first, "object": "source_transaction", "amount": 1000.0, "created": 1.7877456e9, "currency": "usd",
		"livemode": false, "source": id, "status": "succeeded", "type": "ach_credit_transfer"}, txn)
	missing := get(t, srv, "/v1/sources/"+id+"/source_transactions/srctxn_x")
	assert.Equal(t, http.StatusNotFound, missing.Status)
	assert.Equal(t, "source_transaction", missing.errorField("param"))
	srv.RequestRefundAttributes(id)
	assert.Equal(t, []string{"source.transaction.created", "source.chargeable", "source.transaction.created",
		"source.refund_attributes_required"}, eventTypes(srv.Account))

	srv.FailFunds(id, second)
	assert.Equal(t, "source.transaction.updated", eventTypes(srv.Account)[len(srv.Events())-1])
	assert.Equal(t, map[string]any{"status": "succeeded"}, lastEvent(t, srv.Account)["previous_attributes"])
	assert.Equal(t, "failed", get(t, srv, "/v1/sources/"+id+"/source_transactions/"+second).Body["status"])
	assert.InDelta(t, 1000, get(t, srv, "/v1/sources/"+id).Body["amount"], 0)

	at := newSource(t, srv, "type", "ach_credit_transfer", "currency", "usd", "owner[email]", "amount_4242@example.com")
	assert.Equal(t, "chargeable", at["status"], "at once")
	assert.InDelta(t, 4242, at["amount"], 0)
	assert.Len(t, get(t, srv, "/v1/sources/"+at["id"].(string)+"/source_transactions").ids(), 1)

	banco := newSource(t, srv, "type", "multibanco", "currency", "eur", "amount", "700")["id"].(string)
	srv.ReceiveFunds(banco, 600)
	assert.Equal(t, "pending", get(t, srv, "/v1/sources/"+banco).Body["status"], "not enough")
	last := srv.ReceiveFunds(banco, 100)
	assert.Equal(t, "chargeable", get(t, srv, "/v1/sources/"+banco).Body["status"])
	assert.InDelta(t, 700, get(t, srv, "/v1/sources/"+banco).Body["amount"], 0)
	assert.NotContains(t, get(t, srv, "/v1/sources/"+banco+"/source_transactions/"+last).Body, "multibanco", "only one type has more")
	srv.FailFunds(banco, last)
	assert.InDelta(t, 700, get(t, srv, "/v1/sources/"+banco).Body["amount"], 0, "what it is for does not change")
}

func TestMandateNotification(t *testing.T) {
	srv := in2026()
	id := sepa(t, srv)
	confirmed, debit := srv.NotifyMandate(id, 0), srv.NotifyMandate(id, 2000)
	got := get(t, srv, "/v1/sources/"+id+"/mandate_notifications/"+debit).Body
	whole := get(t, srv, "/v1/sources/"+id).Body
	assert.Equal(t, map[string]any{"id": debit, "object": "source_mandate_notification", "amount": 2000.0, "created": 1.7877456e9,
		"livemode": false, "reason": "debit_initiated", "sepa_debit": map[string]any{"creditor_identifier": "TEST42ZZZ0000424242",
			"last4": "3000", "mandate_reference": whole["sepa_debit"].(map[string]any)["mandate_reference"]},
		"source": whole, "status": "submitted", "type": "sepa_debit"}, got)
	got = get(t, srv, "/v1/sources/"+id+"/mandate_notifications/"+confirmed).Body
	assert.Regexp(t, `^srcmn_1[0-9A-Za-z]{23}$`, confirmed)
	assert.Equal(t, "mandate_confirmed", got["reason"])
	assert.Contains(t, got, "amount")
	assert.Nil(t, got["amount"])
	missing := get(t, srv, "/v1/sources/"+id+"/mandate_notifications/srcmn_x")
	assert.Equal(t, http.StatusNotFound, missing.Status)
	assert.Equal(t, "mandate_notification", missing.errorField("param"))
	assert.Equal(t, "source.mandate_notification", eventTypes(srv.Account)[2])
	acss := newSource(t, srv, "type", "acss_debit", "currency", "cad", "statement_descriptor", "Shop")["id"].(string)
	got = get(t, srv, "/v1/sources/"+acss+"/mandate_notifications/"+srv.NotifyMandate(acss, 2000)).Body
	assert.Equal(t, map[string]any{"statement_descriptor": "Shop"}, got["acss_debit"])
}

func TestSourceOrder(t *testing.T) {
	srv := in2026()
	made := newSource(t, srv, "type", "klarna", "currency", "eur", "amount", "900", "redirect[return_url]", returnURL, "owner[email]", "a@example.com",
		"source_order[items][0][amount]", "1000", "source_order[items][0][description]", "Boots", "source_order[items][0][quantity]", "1",
		"source_order[items][0][type]", "sku", "source_order[items][1][amount]", "-100", "source_order[items][1][type]", "discount",
		"source_order[shipping][address][line1]", "1 Main St", "source_order[shipping][name]", "Jenny")
	item := func(amount float64, kind string, description any) map[string]any {
		return map[string]any{"amount": amount, "currency": "eur", "description": description, "parent": nil, "type": kind}
	}
	boots := item(1000, "sku", "Boots")
	boots["quantity"] = 1.0
	want := map[string]any{"amount": 900.0, "currency": "eur", "email": "a@example.com",
		"items": []any{boots, item(-100, "discount", nil)},
		"shipping": map[string]any{"address": map[string]any{"city": nil, "country": nil, "line1": "1 Main St", "line2": nil,
			"postal_code": nil, "state": nil}, "carrier": nil, "name": "Jenny", "phone": nil, "tracking_number": nil}}
	assert.Equal(t, want, made["source_order"])
	updated := post(t, srv, "/v1/sources/"+made["id"].(string), "source_order[items][0][amount]", "5", "source_order[items][0][type]", "tax")
	want["amount"], want["items"] = 5.0, []any{item(5, "tax", nil)}
	assert.Equal(t, want, updated.Body["source_order"])
	updated = post(t, srv, "/v1/sources/"+made["id"].(string), "source_order[shipping][address][line1]", "2 Main St", "source_order[shipping][phone]", "1")
	shipping := want["shipping"].(map[string]any)
	shipping["phone"], shipping["address"].(map[string]any)["line1"] = "1", "2 Main St"
	assert.Equal(t, want, updated.Body["source_order"], "the name and the items stay")

	made = newSource(t, srv, "type", "klarna", "currency", "eur", "amount", "900", "redirect[return_url]", returnURL,
		"source_order[items][0][amount]", "900", "source_order[items][0][currency]", "usd", "source_order[items][0][parent]", "sku_1",
		"source_order[items][0][quantity]", "19", "source_order[items][0][type]", "shipping")
	assert.Equal(t, map[string]any{"amount": 900.0, "currency": "eur", "items": []any{map[string]any{"amount": 900.0, "currency": "usd",
		"description": nil, "parent": "sku_1", "quantity": 19.0, "type": "shipping"}}}, made["source_order"], "nothing is shipped")
	updated = post(t, srv, "/v1/sources/"+made["id"].(string), "source_order[shipping][address][line1]", "1 Main St",
		"source_order[shipping][address][city]", "Bath", "source_order[shipping][address][postal_code]", "BA1",
		"source_order[shipping][address][line2]", "Top", "source_order[shipping][address][state]", "Avon",
		"source_order[shipping][address][country]", "GB", "source_order[shipping][carrier]", "DHL", "source_order[shipping][tracking_number]", "7")
	assert.Equal(t, map[string]any{"carrier": "DHL", "phone": nil, "tracking_number": "7", "address": map[string]any{"city": "Bath",
		"country": "GB", "line1": "1 Main St", "line2": "Top", "postal_code": "BA1", "state": "Avon"}}, part(updated.Body, "source_order", "shipping"))
	for _, name := range []string{"source_order", "source_order[shipping]"} {
		assert.Equal(t, updated.Body, post(t, srv, "/v1/sources/"+made["id"].(string), name, "").Body, "there is nothing in it")
	}
}

// An array without numbers goes on to its next item when a name comes again, as clients in some other languages write it.
func TestArrayWithoutNumbers(t *testing.T) {
	srv := in2026()
	made := send(t, srv, newRequest(t, http.MethodPost, "/v1/sources", "type=klarna&currency=eur&amount=900&redirect[return_url]="+returnURL+
		"&source_order[items][][amount]=1000&source_order[items][][type]=sku&source_order[items][][amount]=-100&source_order[items][][type]=discount"))
	require.Equal(t, http.StatusOK, made.Status, made.Text)
	var items []string
	for _, item := range made.Body["source_order"].(map[string]any)["items"].([]any) {
		fields := item.(map[string]any)
		items = append(items, fmt.Sprintf("%v %v", fields["type"], fields["amount"]))
	}
	assert.Equal(t, []string{"sku 1000", "discount -100"}, items)
}

// Who owns a source that is attached learns of its changes.
func TestAttachedSourceIsUpdated(t *testing.T) {
	srv := in2026()
	id := sepa(t, srv)
	require.Equal(t, http.StatusOK, post(t, srv, "/v1/sources/"+id, "metadata[a]", "1").Status)
	assert.NotContains(t, eventTypes(srv.Account), "customer.source.updated", "nobody's")
	require.Equal(t, http.StatusOK, post(t, srv, sourcesPath, "source", id).Status)
	require.Equal(t, http.StatusOK, post(t, srv, "/v1/sources/"+id, "metadata[a]", "2").Status)
	event := lastEvent(t, srv.Account)
	assert.Equal(t, "customer.source.updated", eventTypes(srv.Account)[len(srv.Events())-1])
	assert.Equal(t, map[string]any{"metadata": map[string]any{"a": "1"}}, event["previous_attributes"])

	owned := func(name, value string) any {
		post(t, srv, "/v1/sources/"+id, "owner[address]"+name, value)
		return part(lastEvent(t, srv.Account), "previous_attributes", "owner")["address"]
	}
	assert.Nil(t, owned("[city]", "Bath"), "there was none")
	assert.Equal(t, map[string]any{"city": "Bath"}, owned("[city]", "York"))
	york := map[string]any{"city": "York", "country": nil, "line1": nil, "line2": nil, "postal_code": nil, "state": nil}
	assert.Equal(t, york, owned("", ""), "there is none any more")
}

// The account to debit is one that can be: of the right form, with check digits that fit.
func TestIBANs(t *testing.T) {
	for iban, wantStatus := range map[string]int{
		"DE89370400440532013000":              http.StatusOK,
		"de89 3704 0044 0532 0130 00":         http.StatusOK,
		"NO9386011117947":                     http.StatusOK, // the shortest
		"GB82WEST12345698765432":              http.StatusOK, // with letters
		"MT84MALT011000012345MTLCAST001S":     http.StatusOK,
		"MT27333333333333333333333333333333":  http.StatusOK, // the longest
		"DE88370400440532013000":              http.StatusBadRequest,
		"NO698601111794":                      http.StatusBadRequest,
		"1021370400440532013000":              http.StatusBadRequest,
		"AZ21NABZ00000000137010001944":        http.StatusOK, // with the first letter and the last
		"DE8937040044053201300ü":              http.StatusBadRequest,
		"DE89-3704-0044-0532-0130-00":         http.StatusBadRequest,
		"DE8937040044053201300:":              http.StatusBadRequest,
		"DE8937040044053201300/":              http.StatusBadRequest,
		"DE7937040044053201300[":              http.StatusBadRequest, // whose digits would fit, were it a letter
		"DE4037040044053201300@":              http.StatusBadRequest,
		"DE7837040044053201300;":              http.StatusBadRequest,
		"D111370400440532013000":              http.StatusBadRequest,
		"DE583333333333333333333333333333333": http.StatusBadRequest,
	} {
		got := post(t, in2026(), "/v1/sources", "type", "sepa_debit", "currency", "eur", "sepa_debit[iban]", iban)
		assert.Equal(t, wantStatus, got.Status, "%s: %s", iban, got.Text)
		if wantStatus != http.StatusOK {
			continue
		}
		plain := strings.ToUpper(strings.ReplaceAll(iban, " ", ""))
		details := got.Body["sepa_debit"].(map[string]any)
		assert.Equal(t, plain[:2], details["country"])
		assert.Equal(t, plain[len(plain)-4:], details["last4"])
		assert.NotEmpty(t, details["fingerprint"])
		assert.Equal(t, plain[:2] == "DE", details["bank_code"] != nil, iban)
		assert.Equal(t, fmt.Sprintf("https://hooks.stripe.com/adapter/sepa_debit/file/%s/%s", got.Body["id"], got.Body["client_secret"]),
			details["mandate_url"])
	}
}

func TestSourceSetUpMisuse(t *testing.T) {
	srv := in2026()
	debit, receiver := sepa(t, srv), newSource(t, srv, "type", "ach_credit_transfer", "currency", "usd")["id"].(string)
	code := newSource(t, srv, "type", "sepa_debit", "currency", "eur", "flow", "code_verification")["id"].(string)
	canceled := newSource(t, srv, "type", "ach_credit_transfer", "currency", "usd")["id"].(string)
	srv.CancelSource(canceled)
	const most = 999_999_999_999
	paid := newSource(t, srv, "type", "ach_credit_transfer", "currency", "usd")["id"].(string)
	failed := srv.ReceiveFunds(paid, most)
	srv.FailFunds(paid, failed)
	require.NotEmpty(t, srv.NotifyMandate(debit, most))
	pending := newSource(t, srv, "type", "wechat", "currency", "cny", "amount", "5")["id"].(string)
	srv.AuthorizeSource(pending) // which does not redirect
	assert.Equal(t, "chargeable", get(t, srv, "/v1/sources/"+pending).Body["status"])
	unverified := newSource(t, srv, "type", "sepa_debit", "currency", "eur", "flow", "code_verification")["id"].(string)
	srv.FailSource(unverified, "user_abort")
	assert.Equal(t, "failed", get(t, srv, "/v1/sources/"+unverified).Body["status"])
	srv.ReceiveFunds(paid, 1)
	tests := []struct {
		name        string
		work        func()
		wantMessage string
	}{
		{"nobody", func() { srv.AuthorizeSource("src_x") }, `stripetest: AuthorizeSource: there is no source "src_x"`},
		{"authorized already", func() { srv.AuthorizeSource(debit) }, "only a pending one can be authorized"},
		{"receiver", func() { srv.AuthorizeSource(receiver) }, "use ReceiveFunds"},
		{"code", func() { srv.AuthorizeSource(code) }, "is verified by a code"},
		{"reason", func() { srv.FailSource(code, "tired") }, `the reason is "tired"`},
		{"failed late", func() { srv.FailSource(debit, "declined") }, "only a pending one can fail"},
		{"canceled twice", func() { srv.CancelSource(canceled) }, "it can't be canceled any more"},
		{"no receiver", func() { srv.ReceiveFunds(debit, 5) }, "is no receiver"},
		{"no funds", func() { srv.ReceiveFunds(receiver, 0) }, "the amount is 0"},
		{"canceled receiver", func() { srv.ReceiveFunds(canceled, 5) }, "it takes no funds any more"},
		{"too much", func() { srv.ReceiveFunds(receiver, 1_000_000_000_000) }, "the amount is 1000000000000"},
		{"failed twice", func() { srv.FailFunds(paid, failed) }, "that could fail"},
		{"too large a debit", func() { srv.NotifyMandate(debit, 1_000_000_000_000) }, "the amount is 1000000000000"},
		{"no such funds", func() { srv.FailFunds(receiver, "srctxn_x") }, `has no transaction "srctxn_x" that could fail`},
		{"refunds", func() { srv.RequestRefundAttributes(debit) }, "is no receiver"},
		{"mandate", func() { srv.NotifyMandate(debit, -1) }, "the amount is -1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Contains(t, panicText(tt.work), tt.wantMessage)
		})
	}
}

func TestSourcesSurviveASnapshot(t *testing.T) {
	srv := in2026()
	id := sepa(t, srv)
	require.Equal(t, http.StatusOK, post(t, srv, sourcesPath, "source", id).Status)
	add(t, srv, "tok_visa")
	srv.Connect("acct_1")
	addExternal(t, srv, "external_account", "btok_us")
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	other := stripetest.NewServer()
	require.NoError(t, other.Restore(snapshot))
	for _, path := range []string{sourcesPath, "/v1/sources/" + id, externalPath} {
		assert.Equal(t, get(t, srv, path).Body, get(t, other, path).Body)
	}
	for from, to := range map[string]string{
		`"source":"` + id + `"`: `"source":"src_x"`, `"sources":[{`: `"sources":[null,{`, `"type":"sepa_debit"`: `"type":"card"`,
		`"flow":"none"`: `"flow":"receiver"`, `"external_accounts":[{`: `"external_accounts":[{},{`,
	} {
		require.Contains(t, string(snapshot), from)
		assert.ErrorContains(t, other.Restore([]byte(strings.Replace(string(snapshot), from, to, 1))), "damaged", from)
	}
}

// TestSourceClient drives the emulator with the client, the way a user's test does.
func TestSourceClient(t *testing.T) {
	srv := in2026()
	sources := source.New(srv.Client())
	made, err := sources.Create(t.Context(), &source.CreateParams{Type: source.TypeSEPADebit, Currency: "eur",
		Owner: &source.OwnerParams{Name: new("Jenny")}}, stripecash.WithParam("sepa_debit[iban]", "AT611904300234573201"))
	require.NoError(t, err)
	assert.Equal(t, "3201", made.SEPADebit.Last4)
	attached, err := sources.Attach(t.Context(), "cus_1", made.ID)
	require.NoError(t, err)
	assert.Equal(t, made.ID, attached.ID)
	for one, err := range sources.AllAttached(t.Context(), "cus_1", nil) {
		require.NoError(t, err)
		assert.Equal(t, made.ID, one.ID)
	}
	detached, err := sources.Detach(t.Context(), "cus_1", made.ID)
	require.NoError(t, err)
	assert.Equal(t, source.StatusConsumed, detached.Status)
	_, err = sources.Attach(t.Context(), "cus_1", made.ID)
	require.ErrorIs(t, err, stripecash.ErrInvalidRequest)

	receiver, err := sources.Create(t.Context(), &source.CreateParams{Type: source.TypeACHCreditTransfer, Currency: "usd",
		Owner: &source.OwnerParams{Email: new("amount_4242@example.com")}})
	require.NoError(t, err)
	assert.Equal(t, int64(4242), receiver.Receiver.AmountReceived)
	page, err := sources.ListTransactions(t.Context(), receiver.ID, nil)
	require.NoError(t, err)
	require.Len(t, page.Data, 1)
	note, err := sources.GetMandateNotification(t.Context(), made.ID, srv.NotifyMandate(made.ID, 500))
	require.NoError(t, err)
	assert.Equal(t, int64(500), note.Amount)
	assert.Equal(t, made.ID, note.Source.ID)
}

func TestSourceOfATokenAndDetails(t *testing.T) {
	got := post(t, stripetest.NewServer(), "/v1/sources", "type", "card", "token", "tok_visa", "card[number]", "4000000000000002",
		"card[exp_month]", "8", "card[exp_year]", "2050")
	assert.Equal(t, http.StatusBadRequest, got.Status)
	assert.Equal(t, "parameters_exclusive", got.errorField("code"))
	assert.Equal(t, "token", got.errorField("param"))
	assert.Contains(t, got.errorField("message"), "token, card")
}
