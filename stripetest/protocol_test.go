package stripetest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func TestAuthentication(t *testing.T) {
	basic := func(user, password string) string {
		req := &http.Request{Header: http.Header{}}
		req.SetBasicAuth(user, password)
		return req.Header.Get("Authorization")
	}
	tests := []struct {
		name        string
		header      string
		keys        []string
		wantStatus  int
		wantMessage string
	}{
		{"bearer", "Bearer sk_test_abcd1234", nil, 200, ""},
		{"bearer, in another case", "bearer sk_test_abcd1234", nil, 200, ""},
		{"restricted key", "Bearer rk_test_abcd1234", nil, 200, ""},
		{"basic, as curl -u key: sends it", basic("sk_test_abcd1234", ""), nil, 200, ""},
		{"one of the known keys", "Bearer sk_test_b", []string{"sk_test_a", "sk_test_b"}, 200, ""},
		{"none", "", nil, 401, "You did not provide an API key."},
		{"empty bearer", "Bearer ", nil, 401, "You did not provide an API key."},
		{"another scheme", "Digest sk_test_abcd1234", nil, 401, "You did not provide an API key."},
		{"unknown key", "Bearer sk_test_abcd1234", []string{"sk_test_a"}, 401, "Invalid API Key provided: sk_test_****1234"},
		{"unknown key in basic", basic("sk_test_abcd1234", "x"), []string{"sk_test_a"}, 401, "Invalid API Key provided: sk_test_****1234"},
		{"live key", "Bearer sk_live_abcdefgh1234", nil, 401, "Invalid API Key provided: sk_live_********1234"},
		{"a prefix alone", "Bearer sk_test_", nil, 401, "Invalid API Key provided: ********"},
		{"short nonsense", "Bearer hunter2", nil, 401, "Invalid API Key provided: *******"},
		{"publishable key", "Bearer pk_test_abcd1234", nil, 403, "This API call cannot be made with a publishable API key."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var opts []stripetest.Option
			if tt.keys != nil {
				opts = append(opts, stripetest.WithKeys(tt.keys...))
			}
			srv := stripetest.NewServer(opts...)
			srv.AddCustomer("cus_1")
			req := newRequest(t, http.MethodGet, "/v1/customers/cus_1", "")
			req.Header.Set("Authorization", tt.header)
			got := send(t, srv, req)
			assert.Equal(t, tt.wantStatus, got.Status)
			assert.NotEmpty(t, got.Header.Get("Request-Id"))
			assert.NotContains(t, got.Header, "Stripe-Account", "none was named")
			assert.NotContains(t, got.Header, "Idempotency-Key", "none was given")
			if tt.wantStatus == http.StatusUnauthorized {
				assert.NotContains(t, got.Body["error"], "request_log_url", "nobody has such a log")
				assert.NotContains(t, got.Header, "Stripe-Version")
			}
			if tt.wantStatus == http.StatusForbidden {
				assert.Equal(t, "secret_key_required", got.errorField("code"))
			}
			if tt.wantMessage != "" {
				assert.Equal(t, "invalid_request_error", got.errorField("type"))
				assert.Contains(t, got.errorField("message"), tt.wantMessage)
			}
		})
	}
}

func TestConnectedAccountsAreIsolated(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	connected := srv.Connect("acct_1connected")
	connected.AddCustomer("cus_1")
	connected.Fund("cus_1", "usd", 500)

	ask := func(account string) answer {
		req := newRequest(t, http.MethodGet, "/v1/customers/cus_1/cash_balance", "")
		if account != "" {
			req.Header.Set("Stripe-Account", account)
		}
		return send(t, srv, req)
	}
	assert.Nil(t, ask("").Body["available"])
	assert.Nil(t, ask(srv.ID()).Body["available"], "the platform's own ID is no other account")
	got := ask("acct_1connected")
	assert.Equal(t, map[string]any{"usd": 500.0}, got.Body["available"])
	assert.Equal(t, "acct_1connected", got.Header.Get("Stripe-Account"))

	got = ask("acct_unknown")
	assert.Equal(t, http.StatusForbidden, got.Status)
	assert.Equal(t, "account_invalid", got.errorField("code"))
	assert.Equal(t, "The provided key 'sk_test_****1234' does not have access to account 'acct_unknown' (or that account "+
		"does not exist). Application access may have been revoked.", got.errorField("message"))
}

func TestHeaders(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")

	got := get(t, srv, "/v1/customers/cus_1")
	assert.Equal(t, "application/json", got.Header.Get("Content-Type"))
	assert.Regexp(t, `^req_[0-9A-Za-z]{14}$`, got.Header.Get("Request-Id"))
	assert.Equal(t, stripecash.APIVersion, got.Header.Get("Stripe-Version"))
	assert.Empty(t, got.Header.Get("Stripe-Should-Retry"))
	assert.NotEqual(t, got.Header.Get("Request-Id"), get(t, srv, "/v1/customers/cus_1").Header.Get("Request-Id"))

	for _, version := range []string{"2026-08-26.dahlia", "2020-08-27;some_beta=v1", "2024-06-20"} {
		req := newRequest(t, http.MethodPost, "/v1/customers/cus_1", "name=Jenny")
		req.Header.Set("Stripe-Version", version)
		got = send(t, srv, req)
		assert.Equal(t, version, got.Header.Get("Stripe-Version"))
	}
	assert.Equal(t, "false", got.Header.Get("Stripe-Should-Retry"), "a POST that was executed")

	got = post(t, srv, "/v1/customers/cus_1", "nom", "Jenny")
	assert.Empty(t, got.Header.Get("Stripe-Should-Retry"), "a POST that was not")

	req := newRequest(t, http.MethodGet, "/v1/customers/cus_1", "color=red") // which no GET reads
	assert.Equal(t, http.StatusOK, send(t, srv, req).Status)
	req.Header.Set("Stripe-Version", "yesterday")
	got = send(t, srv, req)
	assert.Equal(t, http.StatusBadRequest, got.Status)
	assert.Equal(t, "Invalid Stripe API version: yesterday", got.errorField("message"))
	assert.Nil(t, got.errorField("code"))
	assert.Nil(t, got.errorField("param"))
}

func TestUnknownURLs(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	for _, tt := range []struct{ method, path, wantPath string }{
		{"GET", "/v1/x", "/v1/x"},
		{"GET", "/", "/"},
		{"GET", "/v1/customers/cus_1/", "/v1/customers/cus_1/"},
		{"GET", "/v1/customers//cash_balance", "/v1/customers//cash_balance"},
		{"PUT", "/v1/customers/cus_1", "/v1/customers/cus_1"},
		{"GET", "/v1/customers/cus_1%2Fcash_balance%2Fx/y", "/v1/customers/cus_1/cash_balance/x/y"},
	} {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			got := send(t, srv, newRequest(t, tt.method, tt.path, ""))
			assert.Equal(t, http.StatusNotFound, got.Status)
			assert.Nil(t, got.errorField("code"))
			assert.Nil(t, got.errorField("param"))
			assert.Nil(t, got.errorField("doc_url"))
			assert.Equal(t, "Unrecognized request URL ("+tt.method+": "+tt.wantPath+"). This emulator does not serve it; "+
				"what it does is under https://github.com/ccb8c2b4/stripecash/blob/main/docs/testing.md#what-it-serves.", got.errorField("message"))
		})
	}
}

func TestErrorObject(t *testing.T) {
	got := get(t, stripetest.NewServer(), "/v1/customers/cus_404")
	require.Equal(t, http.StatusNotFound, got.Status)
	assert.Equal(t, map[string]any{"error": map[string]any{
		"type":            "invalid_request_error",
		"code":            "resource_missing",
		"message":         "No such customer: 'cus_404'",
		"param":           "id",
		"doc_url":         "https://stripe.com/docs/error-codes/resource-missing",
		"request_log_url": "https://dashboard.stripe.com/test/logs/" + got.Header.Get("Request-Id"),
	}}, got.Body)
}

func TestRoundTripper(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	body := &closing{Reader: strings.NewReader("name=Jenny")}
	req := newRequest(t, http.MethodPost, "/v1/customers/cus_1", "")
	req.Body = body
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	before := req.Header.Clone()

	resp, err := srv.RoundTrip(req)
	require.NoError(t, err)
	assert.Same(t, req, resp.Request)
	assert.Equal(t, "200 OK", resp.Status)
	assert.Equal(t, "HTTP/1.1 1.1", fmt.Sprintf("%s %d.%d", resp.Proto, resp.ProtoMajor, resp.ProtoMinor))
	assert.Positive(t, resp.ContentLength)
	assert.True(t, body.closed, "a RoundTripper closes the body")
	assert.Zero(t, body.Len(), "and has read it")
	assert.Equal(t, before, req.Header, "and changes nothing of the request")
}

type closing struct {
	*strings.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func TestRequestsAreRecordedWithoutSecrets(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	send(t, srv, newRequest(t, http.MethodPost, "/v1/customers/cus_1",
		"name=Jenny&source[number]=4242424242424242&source[cvc]=123&expand[]=sources"))
	get(t, srv, "/v1/nowhere")

	log := srv.Requests()
	require.Len(t, log, 2)
	assert.Equal(t, "POST", log[0].Method)
	assert.Equal(t, "/v1/customers/cus_1", log[0].Path)
	assert.Equal(t, "/v1/customers/{customer}", log[0].Route)
	assert.Equal(t, srv.ID(), log[0].Account)
	assert.Equal(t, http.StatusBadRequest, log[0].Status)
	assert.Regexp(t, `^req_`, log[0].RequestID)
	assert.Equal(t, "Bearer sk_test_****1234", log[0].Header.Get("Authorization"))
	assert.Equal(t, []string{"Jenny"}, log[0].Form["name"])
	assert.Equal(t, []string{"************4242"}, log[0].Form["source[number]"])
	assert.Equal(t, []string{"***"}, log[0].Form["source[cvc]"])
	assert.Equal(t, []string{"sources"}, log[0].Form["expand[0]"])
	assert.Empty(t, log[1].Route)
	assert.Equal(t, http.StatusNotFound, log[1].Status)
}

func TestRecordedFormsAreMasked(t *testing.T) {
	srv := stripetest.NewServer()
	send(t, srv, newRequest(t, http.MethodPost, "/v1/sources",
		"sepa_debit[iban]=DE893704&owner[name]=4242424242424242&ideal[cvc]=1234567"))
	assert.Equal(t, url.Values{
		"sepa_debit[iban]": {"****3704"}, "owner[name]": {"************4242"}, "ideal[cvc]": {"*******"},
	}, srv.Requests()[0].Form)

	for i, name := range []string{"number", "cvc", "account_number", "iban", "client_secret", "encrypted", "id_number", "routing_number",
		"ssn_last_4", "swipe_data"} {
		send(t, srv, newRequest(t, http.MethodPost, "/v1/customers", name+"=secretly"))
		assert.Equal(t, url.Values{name: {"****etly"}}, srv.Requests()[i+1].Form)
	}
}

// A request whose sender is not known is not read, and no header of a browser's or a proxy's is recorded.
func TestRequestsOfUnknownSendersAreNotRead(t *testing.T) {
	srv := stripetest.NewServer()
	req := newRequest(t, http.MethodPost, "/v1/customers", "name=Jenny")
	req.Header.Del("Authorization")
	req.Header.Set("Cookie", "session=1")
	req.Header.Set("Proxy-Authorization", "Basic Zm9vOmJhcg==")
	send(t, srv, req)
	got := srv.Requests()[0]
	for _, name := range []string{"Authorization", "Cookie", "Proxy-Authorization"} {
		assert.NotContains(t, got.Header, name)
	}
	assert.Equal(t, "session=1", req.Header.Get("Cookie"), "the request is left alone")
	assert.Empty(t, got.Form)
}

func TestSeedDecidesIDs(t *testing.T) {
	run := func(seed uint64) []string {
		srv := stripetest.NewServer(stripetest.WithSeed(seed))
		ids := []string{srv.ID()}
		customer := post(t, srv, "/v1/customers")
		ids = append(ids, customer.Header.Get("Request-Id"), customer.Body["id"].(string))
		return append(ids, srv.Fund(customer.Body["id"].(string), "eur", 5))
	}
	assert.Equal(t, run(1), run(1))
	one, two := run(1), run(2)
	assert.Regexp(t, `^acct_1[0-9A-Za-z]{15}$`, one[0])
	for i := range one {
		assert.NotEqual(t, one[i], two[i])
	}
	assert.NotEqual(t, stripetest.NewServer().ID(), stripetest.NewServer().ID(), "random without a seed")
}
