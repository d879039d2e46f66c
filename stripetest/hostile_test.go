package stripetest_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// memory is the server's snapshot without its count of request IDs: what a refused request must not change.
func memory(t testing.TB, srv *stripetest.Server) string {
	t.Helper()
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(snapshot, &fields))
	delete(fields["counters"].(map[string]any), "req_")
	text, err := json.Marshal(fields)
	require.NoError(t, err)
	return string(text)
}

func TestHostileRequests(t *testing.T) {
	form := "application/x-www-form-urlencoded"
	tests := []struct {
		name        string
		method      string
		path        string
		contentType string
		body        string
		wantStatus  int
		wantMessage string
	}{
		{"ten megabytes", "POST", "/v1/customers", form, "name=" + strings.Repeat("x", 10<<20), 413, "The request's body is too large."},
		{"100,000 keys", "POST", "/v1/customers", form, strings.Repeat("a=1&", 100_000), 400, "more than 1000 parameters"},
		{"100,000 keys in the query", "GET", "/v1/customers/cus_1?" + strings.Repeat("a&", 100_000), "", "", 414, "URL is too long"},
		{"1,000 keys in the query", "GET", "/v1/customers/cus_1?" + strings.Repeat("a&", 1001), "", "", 400, "more than 1000 parameters"},
		{"deep brackets", "POST", "/v1/customers", form, "a" + strings.Repeat("[b]", 100_000) + "=1", 400, "nested more than 8 levels deep"},
		{"open brackets", "POST", "/v1/customers", form, "a" + strings.Repeat("[", 100_000) + "=1", 400, "Invalid parameter name: a[[["},
		{"an open bracket", "POST", "/v1/customers", form, "a[b=1", 400, "Invalid parameter name: a[b"},
		{"an item that is no hash", "POST", "/v1/sources", form, "source_order[items][][amount]=1&source_order[items][]=x", 400, "Invalid object"},
		{"an item that was no hash", "POST", "/v1/sources", form, "source_order[items][]=x&source_order[items][][amount]=1", 400, "Invalid object"},
		{"closed brackets", "POST", "/v1/customers", form, "a]=1", 400, "Invalid parameter name: a]"},
		{"brackets in brackets", "POST", "/v1/customers", form, "a[b[c]]=1", 400, "Invalid parameter name: a[b[c]]"},
		{"nothing before brackets", "POST", "/v1/customers", form, "[a]=1", 400, "Invalid parameter name: [a]"},
		{"no name", "POST", "/v1/customers", form, "=1", 400, "Invalid parameter name"},
		{"bad percent-encoding", "POST", "/v1/customers", form, "name=%zz", 400, "not valid percent-encoding: name=%zz"},
		{"bad percent-encoding of a name", "POST", "/v1/customers", form, "na%me=1", 400, "not valid percent-encoding"},
		{"bad percent-encoding in the query", "GET", "/v1/customers/cus_1?a=%", "", "", 400, "not valid percent-encoding"},
		{"a text and a hash", "POST", "/v1/customers", form, "metadata=1&metadata[a]=2", 400, "Invalid hash"},
		{"a hash and a text", "POST", "/v1/customers", form, "metadata[a]=2&metadata=1", 400, "Invalid string"},
		{"an array with names", "POST", "/v1/customers", form, "preferred_locales[a]=2", 400, "Invalid array"},
		{"an array with and without numbers", "POST", "/v1/customers", form, "preferred_locales[]=en&preferred_locales[1]=de", 400, "Invalid array"},
		{"an array without and with numbers", "POST", "/v1/customers", form, "preferred_locales[0]=en&preferred_locales[]=de", 400, "Invalid array"},
		{"JSON", "POST", "/v1/customers", "application/json", `{"name":"x"}`, 400, "check that your POST content type is application/x-www-form-urlencoded"},
		{"no content type", "POST", "/v1/customers", "", "name=x", 400, "check that your POST content type"},
		{"a broken content type", "POST", "/v1/customers", ";;;", "name=x", 400, "check that your POST content type"},
		{"CONNECT", "CONNECT", "/v1/customers", "", "", 404, "Unrecognized request URL (CONNECT: /v1/customers)"},
		{"a method of its own", "BREW", "/v1/customers", "", "", 404, "Unrecognized request URL (BREW: /v1/customers)"},
		{"a long name", "POST", "/v1/customers", form, strings.Repeat("n", 1<<19) + "=1", 400, "Received unknown parameter: nnn"},
		{"bad UTF-8", "POST", "/v1/customers", form, "name=%ff", 400, "not valid UTF-8"},
		{"bad UTF-8 in a name", "POST", "/v1/customers", form, "na%ffme=1", 400, "not valid UTF-8"},
		{"NUL", "POST", "/v1/customers", form, "%00=1", 400, "Received unknown parameter"},
		{"a dotted path", "GET", "/v1/customers/../customers/cus_1", "", "", 404, "Unrecognized request URL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.AddCustomer("cus_1")
			before := memory(t, srv)
			req := newRequest(t, tt.method, tt.path, tt.body)
			req.Header.Set("Content-Type", tt.contentType)
			got := send(t, srv, req)
			assert.Equal(t, tt.wantStatus, got.Status)
			assert.Contains(t, got.errorField("message"), tt.wantMessage)
			assert.Equal(t, strings.HasPrefix(tt.wantMessage, "Received unknown"), got.errorField("code") != nil)
			assert.Less(t, len(got.Text), 5000, "what was sent doesn't come back at length")
			assert.Equal(t, before, memory(t, srv), "nothing was written")
		})
	}
	t.Run("large headers", func(t *testing.T) {
		req := newRequest(t, http.MethodGet, "/v1/customers/cus_1", "")
		req.Header.Set("X-Large", strings.Repeat("x", 100_000))
		assert.Equal(t, http.StatusRequestHeaderFieldsTooLarge, send(t, stripetest.NewServer(), req).Status)
	})
	t.Run("a body that breaks off", func(t *testing.T) {
		req := newRequest(t, http.MethodPost, "/v1/customers", "")
		req.Header.Set("Content-Type", form)
		req.Body = io.NopCloser(io.MultiReader(strings.NewReader("name="), brokenReader{}))
		got := send(t, stripetest.NewServer(), req)
		assert.Equal(t, http.StatusBadRequest, got.Status)
		assert.Contains(t, got.errorField("message"), "could not be read")
	})
	t.Run("no URL", func(t *testing.T) {
		_, err := stripetest.NewServer().RoundTrip(&http.Request{})
		assert.ErrorContains(t, err, "no URL")
	})
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// TestHostileRequestsOverAPort sends what no http.Client would.
func TestHostileRequestsOverAPort(t *testing.T) {
	srv := stripetest.NewServer()
	before := srv.Changes()
	port := httptest.NewServer(srv)
	defer port.Close()
	for _, raw := range []string{
		"GET /v1/customers/cus_1\r\n\r\n",
		"CONNECT api.stripe.com:443 HTTP/1.1\r\nHost: api.stripe.com:443\r\n\r\n",
		"POST /v1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
	} {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", port.Listener.Addr().String())
		require.NoError(t, err)
		_, err = io.WriteString(conn, raw)
		require.NoError(t, err)
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err)
		status := resp.StatusCode
		require.NoError(t, conn.Close())
		assert.True(t, status >= 400 && status < 500, "%q: %d", raw, status)
	}
	assert.Equal(t, before, srv.Changes(), "nothing was written")
}

func TestMemoryIsBounded(t *testing.T) {
	srv := stripetest.NewServer()
	var start, end runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&start)
	for _, tt := range []struct {
		body  string
		times int
	}{
		{"x=" + strings.Repeat("x", 1<<20-10), 100},
		{"a[]=1" + strings.Repeat("&a[]=1", 900), 1000}, // some 200 kB each, as it is kept
	} {
		for range tt.times {
			assert.Equal(t, http.StatusBadRequest, send(t, srv, newRequest(t, http.MethodPost, "/v1/customers", tt.body)).Status)
		}
		runtime.GC()
		runtime.ReadMemStats(&end)
		assert.Less(t, end.HeapAlloc, start.HeapAlloc+32<<20, "100 MB were sent, or more")
	}
	assert.NotEmpty(t, srv.Requests())
}

// FuzzRequest sends raw requests: the answer must be JSON and no server error, and a refusal must have written nothing.
func FuzzRequest(f *testing.F) {
	head := " HTTP/1.1\r\nHost: api.stripe.com\r\nAuthorization: Bearer sk_test_abcd1234\r\n"
	withBody := func(line, body string) string {
		return fmt.Sprintf("%s%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", line, head, len(body), body)
	}
	f.Add("GET /v1/customers/cus_1/cash_balance" + head + "\r\n")
	f.Add("GET /v1/customers/cus_1/cash_balance_transactions?limit=3&starting_after=x&expand[]=data.customer" + head + "\r\n")
	f.Add("DELETE /v1/customers/cus_2" + head + "\r\n")
	f.Add("GET /v1/customers/%2e%2e%2f" + head + "\r\n")
	f.Add("GET /v1/customers/cus_1" + head + "Stripe-Account: acct_1\r\nStripe-Version: 2020-08-27\r\n\r\n")
	f.Add(withBody("POST /v1/customers", "name=x&metadata[a]=1&preferred_locales[]=en&address[city]=x"))
	f.Add(withBody("POST "+fundPath, "amount=5&currency=eur&reference=x&expand[]=customer"))
	f.Add(withBody("POST /v1/customers/cus_1/cash_balance", "settings[reconciliation_mode]=manual"))
	f.Add(withBody("POST /v1/payment_intents", url.Values{
		"amount": {"3"}, "currency": {"eur"}, "customer": {"cus_1"}, "confirm": {"true"},
		"payment_method_types[]": {"customer_balance"}, "payment_method_data[type]": {"customer_balance"},
		"payment_method_options[customer_balance][bank_transfer][type]":                      {"eu_bank_transfer"},
		"payment_method_options[customer_balance][bank_transfer][eu_bank_transfer][country]": {"DE"},
	}.Encode()))
	f.Add(withBody("POST /v1/customers", "a[][b]=1&a[][c]=2&a[0]=%zz&a[b[c]]=1"))
	f.Fuzz(func(t *testing.T, raw string) {
		req, err := http.ReadRequest(bufio.NewReader(strings.NewReader(raw)))
		if err != nil || req.URL == nil {
			return
		}
		srv := stripetest.NewServer()
		srv.AddCustomer("cus_1")
		srv.AddCustomer("cus_2")
		srv.Fund("cus_1", "eur", 5)
		before := memory(t, srv)
		resp, err := srv.RoundTrip(req)
		require.NoError(t, err)
		text, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.True(t, json.Valid(text), "%s", text)
		require.Equal(t, int64(len(text)), resp.ContentLength)
		require.Less(t, resp.StatusCode, 500)
		if resp.StatusCode >= 400 {
			require.JSONEq(t, before, memory(t, srv))
		}
		restored := stripetest.NewServer()
		snapshot, err := srv.Snapshot()
		require.NoError(t, err)
		require.NoError(t, restored.Restore(snapshot), "what was written is sound")
	})
}
