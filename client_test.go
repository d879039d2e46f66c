package stripecash_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

func TestNewClientRefuses(t *testing.T) {
	tests := []struct {
		name string
		key  string
		opts []stripecash.Option
		want string
	}{
		{"empty key", "", nil, "the API key is empty"},
		{"key with a space before it", " sk_test_1", nil, "white space"},
		{"key with a newline, as read from a file", "sk_test_1\n", nil, "white space"},
		{"key with a tab in it", "sk_test\t1", nil, "white space"},
		{"key with a control character", "sk_test\x001", nil, "control character"},
		{"key with a DEL", "sk_test\x7f1", nil, "control character"},
		{"key that is not ASCII", "sk_test_…", nil, "not ASCII"},
		{"publishable key", "pk_test_1", nil, "publishable"},
		{"webhook secret", "whsec_1", options(stripecash.WithPublishableKey()), "the API key is a webhook endpoint's secret (whsec_…)"},
		{"nil option", testKey, []stripecash.Option{stripecash.WithMaxRetries(1), nil}, "option 2 given to NewClient is nil; leave it out"},

		{"base URL that is empty", testKey, options(stripecash.WithBaseURL("")), "not absolute"},
		{"base URL without a scheme", testKey, options(stripecash.WithBaseURL("api.stripe.com")), "not absolute"},
		{"base URL without slashes", testKey, options(stripecash.WithBaseURL("https:api.stripe.com")), "not absolute"},
		{"base URL without a host", testKey, options(stripecash.WithBaseURL("https:///v1")), "not absolute"},
		{"base URL with a port only", testKey, options(stripecash.WithBaseURL("https://:443")), "not absolute"},
		{"base URL of another scheme", testKey, options(stripecash.WithBaseURL("ftp://api.stripe.com")), "not absolute"},
		{"base URL that is a path", testKey, options(stripecash.WithBaseURL("/v1")), "not absolute"},
		{"base URL that can't be parsed", testKey, options(stripecash.WithBaseURL("https://api.stripe.com:x")), "the base URL can't be read; it must be like https://host"},
		{"base URL with a newline", testKey, options(stripecash.WithBaseURL("https://api.stripe.com\n")), "the base URL can't be read; it must be like https://host"},
		{"base URL with a port that is none", testKey, options(stripecash.WithBaseURL("https://api.stripe.com:99999")), "has the port 99999; it must be 1 to 65535"},
		{"base URL with port 0", testKey, options(stripecash.WithBaseURL("https://api.stripe.com:0")), "has the port 0; it must be 1 to 65535"},
		{"base URL with port 65536", testKey, options(stripecash.WithBaseURL("https://api.stripe.com:65536")), "has the port 65536; it must be 1 to 65535"},
		{"base URL with a query", testKey, options(stripecash.WithBaseURL("https://api.stripe.com?x=1")), "drop the rest"},
		{"base URL with an empty query", testKey, options(stripecash.WithBaseURL("https://api.stripe.com?")), "drop the rest"},
		{"base URL with a fragment", testKey, options(stripecash.WithBaseURL("https://api.stripe.com#x")), "drop the rest"},
		{"base URL with a user, who may be the key", testKey, options(stripecash.WithBaseURL("https://sk_live_x@api.stripe.com")),
			`stripecash: base URL at "api.stripe.com" has more than a scheme, a host and a path; drop the rest`},
		{"base URL that is the key", testKey, options(stripecash.WithBaseURL("sk_test_51HxyzSecret")),
			`stripecash: base URL that begins with "sk_test_51Hx" is not absolute; it must be like https://host`},
		{"plain http to a host", testKey, options(stripecash.WithBaseURL("http://api.stripe.com")), "in the clear"},
		{"plain http to a private address", testKey, options(stripecash.WithBaseURL("http://192.168.0.1")), "in the clear"},
		{"plain http to a name that begins like loopback", testKey, options(stripecash.WithBaseURL("http://127.0.0.1.example.com")), "in the clear"},
		{"plain http to localhost of another domain", testKey, options(stripecash.WithBaseURL("http://localhost.example.com")), "in the clear"},

		{"nil HTTP client", testKey, options(stripecash.WithHTTPClient(nil)), "the client given to WithHTTPClient is nil; leave the option out"},
		{"nil tracer", testKey, options(stripecash.WithTracer(nil)), "the tracer given to WithTracer is nil; leave the option out"},
		{"nil limiter", testKey, options(stripecash.WithLimiter(nil)), "the limiter given to WithLimiter is nil; leave the option out"},
		{"nil logger", testKey, options(stripecash.WithLogger(nil)), "the logger given to WithLogger is nil; leave the option out"},
		{"negative retries", testKey, options(stripecash.WithMaxRetries(-1)), "max retries is -1"},
		{"no timeout", testKey, options(stripecash.WithTimeout(0)), "the timeout is 0s"},
		{"negative timeout", testKey, options(stripecash.WithTimeout(-time.Second)), "the timeout is -1s"},
		{"empty account", testKey, options(stripecash.WithAccount("")), `account "" is empty`},
		{"account with white space", testKey, options(stripecash.WithAccount("acct_1 ")), "white space around it"},
		{"account with a DEL", testKey, options(stripecash.WithAccount("acct_\x7f1")), "control character"},
		{"account with a newline", testKey, options(stripecash.WithAccount("acct_1\nX: y")), "control character"},
		{"empty version", testKey, options(stripecash.WithAPIVersion("")), `API version "" is empty`},
		{"version with a control character", testKey, options(stripecash.WithAPIVersion("2026\r\n")), "white space around it"},
		{"app info without a name", testKey, options(stripecash.WithAppInfo(stripecash.AppInfo{Version: "1"})), "no Name; it is required"},
		{"app info with a newline", testKey, options(stripecash.WithAppInfo(stripecash.AppInfo{Name: "shop\nX: y"})), "control character"},
		{"app info that is not ASCII", testKey, options(stripecash.WithAppInfo(stripecash.AppInfo{Name: "Köln"})), "not ASCII"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := stripecash.NewClient(tt.key, tt.opts...)
			require.ErrorContains(t, err, tt.want)
			assert.Nil(t, c)
			assert.True(t, strings.HasPrefix(err.Error(), "stripecash: "), err.Error())
			assert.NotContains(t, err.Error(), "\n")
			if len(tt.key) > 8 {
				assert.NotContains(t, err.Error(), strings.TrimSpace(tt.key), "an error must not show the key")
			}
		})
	}
}

func options(opts ...stripecash.Option) []stripecash.Option { return opts }

func TestNewClientTakes(t *testing.T) {
	tests := []struct {
		name string
		key  string
		opts []stripecash.Option
	}{
		{"secret key", "sk_live_1", nil},
		{"restricted key", "rk_test_1", nil},
		{"publishable key, asked for", "pk_test_1", options(stripecash.WithPublishableKey())},
		{"the first port", testKey, options(stripecash.WithBaseURL("https://proxy.example.com:1"))},
		{"the last port", testKey, options(stripecash.WithBaseURL("https://proxy.example.com:65535"))},
		{"https", testKey, options(stripecash.WithBaseURL("https://proxy.example.com/stripe/"))},
		{"plain http to localhost", testKey, options(stripecash.WithBaseURL("http://localhost:12111"))},
		{"plain http to 127.0.0.1", testKey, options(stripecash.WithBaseURL("http://127.0.0.1:12111"))},
		{"plain http to 127.1.2.3", testKey, options(stripecash.WithBaseURL("http://127.1.2.3"))},
		{"plain http to ::1", testKey, options(stripecash.WithBaseURL("http://[::1]:12111"))},
		{"no retries", testKey, options(stripecash.WithMaxRetries(0))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := stripecash.NewClient(tt.key, tt.opts...)
			require.NoError(t, err)
			assert.NotNil(t, c)
		})
	}
}

func TestSlashesAfterTheBaseURLAreCut(t *testing.T) {
	for _, base := range []string{"https://proxy.example.com/stripe", "https://proxy.example.com/stripe/", "https://proxy.example.com/stripe//"} {
		w := widgets()
		_, err := getWidget(t.Context(), w.client(t, stripecash.WithBaseURL(base)))
		require.NoError(t, err)
		assert.Equal(t, "https://proxy.example.com/stripe/v1/widgets/wid_1", w.only(t).URL)
	}
}

func TestCallOptionRefuses(t *testing.T) {
	tests := []struct {
		name string
		opt  stripecash.CallOption
		want string
	}{
		{"nil option", nil, "option 1 of the call is nil"},
		{"nil response", stripecash.WithResponse(nil), "the response given to WithResponse is nil; give it one to fill in"},
		{"empty idempotency key", stripecash.WithIdempotencyKey(""), `idempotency key "" is empty`},
		{"idempotency key with white space", stripecash.WithIdempotencyKey(" k"), "white space around it"},
		{"idempotency key with a newline", stripecash.WithIdempotencyKey("a\nb"), "control character"},
		{"idempotency key of 256", stripecash.WithIdempotencyKey(strings.Repeat("k", 256)), "256 characters; at most 255"},
		{"empty field to expand, the first", stripecash.WithExpand(""), "field 1 given to WithExpand is empty"},
		{"empty field to expand", stripecash.WithExpand("customer", ""), "field 2 given to WithExpand is empty"},
		{"parameter without a name", stripecash.WithParam("", "x"), "the parameter given to WithParam has no name"},
		{"empty header", stripecash.WithHeader("", "x"), "the header given to WithHeader has no name"},
		{"header with a space", stripecash.WithHeader("X Y", "x"), "a character that names can't have"},
		{"header with a colon", stripecash.WithHeader("X:Y", "x"), "a character that names can't have"},
		{"header with a DEL", stripecash.WithHeader("X\x7f", "x"), "a character that names can't have"},
		{"header that is not ASCII", stripecash.WithHeader("Ü", "x"), "a character that names can't have"},
		{"header value with a newline", stripecash.WithHeader("X", "a\r\nY: b"), `value of header "X" has a control character`},
		{"authorization", stripecash.WithHeader("authorization", "Bearer x"), `header "Authorization" is the client's own`},
		{"content length", stripecash.WithHeader("Content-Length", "1"), "the client's own"},
		{"content type", stripecash.WithHeader("content-type", "text/plain"), "the client's own"},
		{"host", stripecash.WithHeader("HOST", "evil.example.com"), "the client's own"},
		{"accept encoding", stripecash.WithHeader("Accept-Encoding", "gzip"), "the client's own"},
		{"connection", stripecash.WithHeader("Connection", "close"), "the client's own"},
		{"expect", stripecash.WithHeader("Expect", "100-continue"), "the client's own"},
		{"keep alive", stripecash.WithHeader("Keep-Alive", "timeout=5"), "the client's own"},
		{"proxy connection", stripecash.WithHeader("Proxy-Connection", "close"), "the client's own"},
		{"te", stripecash.WithHeader("TE", "trailers"), "the client's own"},
		{"trailer", stripecash.WithHeader("Trailer", "Expires"), "the client's own"},
		{"upgrade", stripecash.WithHeader("Upgrade", "h2c"), "the client's own"},
		{"transfer encoding", stripecash.WithHeader("Transfer-Encoding", "chunked"), "the client's own"},
		{"idempotency key as a header", stripecash.WithHeader("idempotency-key", "x"), `header "Idempotency-Key" has an option of its own, WithIdempotencyKey; use that`},
		{"account as a header", stripecash.WithHeader("Stripe-Account", "x"), "of its own, WithAccount;"},
		{"version as a header", stripecash.WithHeader("Stripe-Version", "x"), "of its own, WithAPIVersion;"},
		{"user agent", stripecash.WithHeader("User-Agent", "x"), "of its own, WithAppInfo;"},
		{"empty account", stripecash.WithAccount(""), `account "" is empty`},
		{"negative retries", stripecash.WithMaxRetries(-1), "max retries is -1"},
		{"no timeout", stripecash.WithTimeout(0), "the timeout is 0s"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := widgets()
			got, err := postWidget(t.Context(), w.client(t), nil, tt.opt)
			require.ErrorContains(t, err, tt.want)
			assert.Nil(t, got)
			assert.True(t, strings.HasPrefix(err.Error(), "stripecash: POST /v1/widgets/{widget}: "), err.Error())
			assert.Empty(t, w.requests(), "a refused call sends nothing")
		})
	}
}

func TestLongestIdempotencyKey(t *testing.T) {
	w, key := widgets(), strings.Repeat("k", 255)
	_, err := postWidget(t.Context(), w.client(t), nil, stripecash.WithIdempotencyKey(key))
	require.NoError(t, err)
	assert.Equal(t, key, w.only(t).Header.Get("Idempotency-Key"))
}

// What names a list's window is a parameter like others where there is no list.
func TestWithParamOfNoList(t *testing.T) {
	w := widgets()
	_, err := postWidget(t.Context(), w.client(t), nil, stripecash.WithParam("limit", "2"))
	require.NoError(t, err)
	assert.Equal(t, "limit=2", w.only(t).Body)
}

func TestUserAgent(t *testing.T) {
	own := "stripecash/" + stripecash.Version + " (" + runtime.Version() + "; " + runtime.GOOS + "; " + runtime.GOARCH + ")"
	tests := []struct {
		name string
		opts []stripecash.Option
		want string
	}{
		{"nobody's", nil, own},
		{"a name", options(stripecash.WithAppInfo(stripecash.AppInfo{Name: "shop"})), own + " shop"},
		{"a name and a partner", options(stripecash.WithAppInfo(stripecash.AppInfo{Name: "shop", PartnerID: "pp_1"})), own + " shop (pp_1)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := widgets()
			_, err := getWidget(t.Context(), w.client(t, tt.opts...))
			require.NoError(t, err)
			assert.Equal(t, tt.want, w.only(t).Header.Get("User-Agent"))
		})
	}
}

// A program that forgot something gets an error that says what, not a panic.
func TestNothingToCallWith(t *testing.T) {
	w := widgets()
	var noContext context.Context
	tests := []struct {
		name   string
		client *stripecash.Client
		want   string
	}{
		{"nil client", nil, "no client"},
		{"zero client", new(stripecash.Client), "no client"},
		{"nil client's With", (*stripecash.Client)(nil).With(stripecash.WithAccount("acct_1")), "no client"},
		{"zero client's With", new(stripecash.Client).With(stripecash.WithAccount("acct_1")), "no client"},
		{"nil context", w.client(t), "no context"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := getWidget(noContext, tt.client)
			require.ErrorContains(t, err, tt.want)
			for _, err := range allWidgets(noContext, tt.client, nil) {
				require.ErrorContains(t, err, tt.want)
			}
			assert.NotPanics(t, tt.client.CloseIdleConnections)
			assert.NotPanics(t, func() { _ = tt.client.With() })
		})
	}
	assert.Empty(t, w.requests())
}

func TestRequestRefused(t *testing.T) {
	tests := []struct {
		name string
		r    stripecash.Request
		want string
	}{
		{"no method", stripecash.Request{Path: "/v1/widgets"}, `the method is ""; it must be GET, POST or DELETE`},
		{"a method in lower case", stripecash.Request{Method: "get", Path: "/v1/widgets"}, `the method is "get"`},
		{"a method that the API has not", stripecash.Request{Method: "PUT", Path: "/v1/widgets"}, `the method is "PUT"`},
		{"params that are no struct", stripecash.Request{Method: "POST", Path: "/v1/widgets", Params: 5}, "int is not a struct; give a pointer to one, or url.Values"},
		{"params that refuse themselves", stripecash.Request{Method: "POST", Path: "/v1/widgets", Params: &picky{}}, "amount is 0"},
		{"params that refuse being nil", stripecash.Request{Method: "POST", Path: "/v1/widgets", Params: (*picky)(nil)}, "no params"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := widgets()
			err := w.client(t).Do(t.Context(), tt.r, nil)
			require.ErrorContains(t, err, tt.want)
			assert.Equal(t, []string{"InvalidRequest"}, matches(err))
			assert.NotContains(t, err.Error(), stripecash.ErrInvalidRequest.Error(), "the text says what is wrong, not that something is")
			assert.Empty(t, w.requests())
		})
	}
}

// picky is a [stripecash.Validator].
type picky struct {
	Amount int64 `url:"amount"`
}

func (p *picky) Validate() error {
	switch {
	case p == nil:
		return errors.New("no params")
	case p.Amount <= 0:
		return errors.New("amount is 0")
	}
	return nil
}

func TestWithLeavesTheFirstClientAlone(t *testing.T) {
	w := widgets()
	first := w.client(t, stripecash.WithAccount("acct_first"))
	second := first.With(stripecash.WithAccount("acct_second"), stripecash.WithAPIVersion("2020-01-01"), stripecash.WithMaxRetries(0))
	same := first.With()
	for _, c := range []*stripecash.Client{second, first, same} {
		_, err := getWidget(t.Context(), c)
		require.NoError(t, err)
	}
	_, err := getWidget(t.Context(), second, stripecash.WithAccount("acct_third"))
	require.NoError(t, err)
	_, err = getWidget(t.Context(), second)
	require.NoError(t, err)

	type headers struct{ account, version string }
	var got []headers
	for _, r := range w.requests() {
		got = append(got, headers{r.Header.Get("Stripe-Account"), r.Header.Get("Stripe-Version")})
	}
	assert.Equal(t, []headers{
		{"acct_second", "2020-01-01"},
		{"acct_first", stripecash.APIVersion},
		{"acct_first", stripecash.APIVersion},
		{"acct_third", "2020-01-01"}, // a call's own option beats the client's
		{"acct_second", "2020-01-01"},
	}, got)
}

// With returns no error, so that it reads well in a chain; the calls return what it would have.
func TestWithRefusesInTheCall(t *testing.T) {
	w := widgets()
	first := w.client(t)
	tests := []struct {
		name  string
		wrong *stripecash.Client
		want  string
	}{
		{"an empty account", first.With(stripecash.WithAccount("")), `account "" is empty`},
		{"negative retries", first.With(stripecash.WithMaxRetries(-1)), "max retries is -1"},
		{"nil", first.With(stripecash.WithMaxRetries(1), nil), "option 2 given to With is nil"},
		{"the first of two", first.With(nil, stripecash.WithAccount("")), "option 1 given to With is nil"},
		{"what was wrong stays wrong", first.With(stripecash.WithAccount("")).With(stripecash.WithAccount("acct_1")), `account "" is empty`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 2 {
				_, err := getWidget(t.Context(), tt.wrong)
				require.ErrorContains(t, err, "stripecash: GET /v1/widgets/{widget}: "+tt.want)
				assert.NotContains(t, err.Error(), "\n")
			}
		})
	}
	assert.Empty(t, w.requests())

	_, err := getWidget(t.Context(), first)
	assert.NoError(t, err)
}

func TestHeaders(t *testing.T) {
	w := widgets()
	c := w.client(t, stripecash.WithAccount("acct_1"), stripecash.WithAppInfo(stripecash.AppInfo{
		Name: "shop", Version: "1.2", URL: "https://shop.example.com", PartnerID: "pp_1",
	}))
	params := &struct {
		Name string `url:"name"`
	}{"a & b"}
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		_, err := callWidget(t.Context(), c, method, params, stripecash.WithHeader("stripe-context", "ctx_1"))
		require.NoError(t, err)
	}
	requests := w.requests()
	require.Len(t, requests, 3)
	get, post, del := requests[0], requests[1], requests[2]

	for _, r := range requests {
		assert.Equal(t, "Bearer "+testKey, r.Header.Get("Authorization"))
		assert.Equal(t, stripecash.APIVersion, r.Header.Get("Stripe-Version"))
		assert.Equal(t, "acct_1", r.Header.Get("Stripe-Account"))
		assert.Equal(t, "ctx_1", r.Header.Get("Stripe-Context"))
		assert.Regexp(t, `^stripecash/`+stripecash.Version+` \(go[^;]+; \w+; \w+\) shop/1\.2 \(https://shop\.example\.com; pp_1\)$`,
			r.Header.Get("User-Agent"))
	}
	for _, r := range []sent{get, del} {
		assert.Equal(t, "https://api.stripe.com/v1/widgets/wid_1?name=a+%26+b", r.URL)
		assert.Empty(t, r.Body)
		assert.NotContains(t, r.Header, "Content-Type")
		assert.NotContains(t, r.Header, "Idempotency-Key")
	}
	assert.Equal(t, "https://api.stripe.com/v1/widgets/wid_1", post.URL)
	assert.Equal(t, "name=a+%26+b", post.Body)
	assert.Equal(t, "application/x-www-form-urlencoded", post.Header.Get("Content-Type"))
	assert.Regexp(t, `^[A-Z2-7]{26,}$`, post.Header.Get("Idempotency-Key"))
}

func TestAnswerIsDecoded(t *testing.T) {
	c := widgets().client(t)
	got, err := getWidget(t.Context(), c)
	require.NoError(t, err)
	assert.Equal(t, &widget{
		ID: "wid_1", Object: "widget", Amount: 100, Owner: stripecash.Expandable[customer]{ID: "cus_1"},
	}, got)
}

// Without an Object and without an out, an answer may be any object, or empty; a page of HTML is a proxy's.
func TestAnswerIsIgnored(t *testing.T) {
	for _, body := range []string{"", "{}", widgetJSON} {
		w := newWire(reply(http.StatusOK, body))
		require.NoError(t, w.client(t).Do(t.Context(), stripecash.Request{Method: http.MethodGet, Path: "/v1/widgets"}, nil))
		assert.Len(t, w.requests(), 1)
	}
	for _, body := range []string{"{", widgetJSON[:20], widgetJSON + "x", "<html>"} {
		w := newWire(reply(http.StatusOK, body))
		err := w.client(t, stripecash.WithMaxRetries(0)).Do(t.Context(), stripecash.Request{Method: http.MethodPost, Path: "/v1/widgets"}, nil)
		require.ErrorIs(t, err, stripecash.ErrOutcomeUnknown, "an answer that broke off is as good as none: %s", body)
	}
	w := newWire(reply(http.StatusOK, widgetJSON))
	r := stripecash.Request{Method: http.MethodGet, Path: "/v1/widgets", Object: "card"}
	_, ok := errors.AsType[*stripecash.ObjectError](w.client(t).Do(t.Context(), r, nil))
	assert.True(t, ok, "the object is checked without an out too")
}

// Nothing is no answer where one was promised, by an Object or by an out.
func TestEmptyAnswer(t *testing.T) {
	tests := []struct {
		name   string
		object string
		out    any
	}{
		{"by an Object", "widget", nil},
		{"by an out", "", new(widget)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newWire(reply(http.StatusOK, "")).client(t, stripecash.WithMaxRetries(0))
			err := c.Do(t.Context(), stripecash.Request{Method: http.MethodPost, Path: "/v1/widgets", Object: tt.object}, tt.out)
			require.ErrorIs(t, err, io.ErrUnexpectedEOF)
			require.ErrorIs(t, err, stripecash.ErrOutcomeUnknown)
		})
	}
}

// Names of headers are the same in any case; of several values under one the last is sent, in every attempt.
func TestHeaderGivenTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(reply(http.StatusServiceUnavailable, ""), reply(http.StatusOK, widgetJSON))
		_, err := getWidget(t.Context(), w.client(t), stripecash.WithHeader("x-a", "1"), stripecash.WithHeader("X-B", "2"), stripecash.WithHeader("X-A", "3"))
		require.NoError(t, err)
		require.Len(t, w.requests(), 2)
		for _, sent := range w.requests() {
			assert.Equal(t, []string{"3"}, sent.Header["X-A"])
			assert.Equal(t, []string{"2"}, sent.Header["X-B"])
		}
	})
}

// What an answer can't be decoded into is refused before the work is done, not after.
func TestOutIsRefused(t *testing.T) {
	for _, out := range []any{widget{}, map[string]any{}, (*widget)(nil), 17} {
		w := widgets()
		err := w.client(t).Do(t.Context(), stripecash.Request{Method: http.MethodPost, Path: "/v1/widgets"}, out)
		require.ErrorContains(t, err, "give a pointer to a value, or nil to ignore it")
		assert.Empty(t, w.requests())
	}
}

// valued has rules of its own that its value knows, pointed those that its pointer does.
type (
	valued struct {
		Amount int `url:"amount"`
	}
	pointed struct {
		Amount int `url:"amount"`
	}
)

func (v valued) Validate() error { return positive(v.Amount) }

func (p *pointed) Validate() error {
	if p == nil {
		return positive(0)
	}
	return positive(p.Amount)
}

func positive(amount int) error {
	if amount < 1 {
		return fmt.Errorf("amount is %d; it must be positive", amount)
	}
	return nil
}

// Params are asked for their rules however they are given: by value, by pointer, or as a pointer that is nil.
func TestParamsAreAskedForTheirRules(t *testing.T) {
	tests := []struct {
		name    string
		params  any
		refused bool
		body    string
	}{
		{"value of a value", valued{}, true, ""},
		{"pointer to a value", &valued{}, true, ""},
		{"nil pointer to a value", (*valued)(nil), false, ""},
		{"value of a pointer", pointed{}, true, ""},
		{"pointer of a pointer", &pointed{}, true, ""},
		{"nil pointer", (*pointed)(nil), true, ""},
		{"good value", pointed{5}, false, "amount=5"},
		{"good pointer", &valued{5}, false, "amount=5"},
		{"a list's window by value", stripecash.ListParams{Limit: 1000}, true, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := widgets()
			err := w.client(t).Do(t.Context(), stripecash.Request{Method: http.MethodPost, Path: "/v1/widgets", Params: tt.params}, nil)
			if tt.refused {
				require.ErrorContains(t, err, "it must be")
				assert.Empty(t, w.requests())
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.body, w.only(t).Body)
		})
	}
}

// A form that would be corrupted is not sent, the first time or later.
func TestParamsWithoutAForm(t *testing.T) {
	w := widgets()
	c := w.client(t)
	for range 2 {
		err := c.Do(t.Context(), stripecash.Request{Method: http.MethodPost, Path: "/v1/widgets", Params: &struct {
			Amounts map[string]int64 `url:"amounts"`
		}{map[string]int64{"eur": 5}}}, nil)
		require.ErrorContains(t, err, ".Amounts is a map, which can't be encoded; make it a Metadata")
		err = c.Do(t.Context(), stripecash.Request{Method: http.MethodPost, Path: "/v1/widgets", Params: &struct {
			Items stripecash.Indexed[struct {
				Amounts map[string]int64 `url:"amounts"`
			}] `url:"items"`
		}{}}, nil)
		require.ErrorContains(t, err, ".Items.Amounts is a map", "elements are looked at too")
	}
	assert.Empty(t, w.requests())
}

// One value for a parameter, and not another for a part of it.
func TestWithParamOverlaps(t *testing.T) {
	for _, name := range []string{"settings", "settings[mode]", "settings[mode][x]"} {
		w := widgets()
		err := w.client(t).Do(t.Context(), stripecash.Request{
			Method: http.MethodPost, Path: "/v1/widgets", Params: url.Values{"settings[mode]": {"a"}},
		}, nil, stripecash.WithParam(name, "b"))
		require.ErrorContains(t, err, "WithParam sets")
		assert.Empty(t, w.requests())
	}
	require.NoError(t, widgets().client(t).Do(t.Context(), stripecash.Request{
		Method: http.MethodPost, Path: "/v1/widgets", Params: url.Values{"settings[mode]": {"a"}},
	}, nil, stripecash.WithParam("settings[new]", "b")), "a part that is not there yet")
}
