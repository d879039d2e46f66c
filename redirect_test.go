package stripecash_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// redirecting answers at first with a redirect and, where that leads, with a widget.
func redirecting(t *testing.T, start func(*httptest.Server), status int, to string) (srv *httptest.Server, seen *[]sent) {
	t.Helper()
	seen = new([]sent)
	srv = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		*seen = append(*seen, sent{Method: r.Method, URL: r.URL.String(), Header: r.Header, Body: string(body)})
		if r.URL.Path == "/there" {
			_, _ = io.WriteString(w, widgetJSON)
			return
		}
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}))
	start(srv)
	t.Cleanup(srv.Close)
	return srv, seen
}

func plain(s *httptest.Server) { s.Start() }

func TestRedirectOnTheSameHost(t *testing.T) {
	tests := []struct {
		name   string
		method string
		status int
		want   string // an error, or none
	}{
		{"a GET that moved", http.MethodGet, 301, ""},
		{"a GET that is found elsewhere", http.MethodGet, 302, ""},
		{"a GET to see elsewhere", http.MethodGet, 303, ""},
		{"a GET that moved for a while", http.MethodGet, 307, ""},
		{"a GET that moved for good", http.MethodGet, 308, ""},
		{"a POST that keeps its method", http.MethodPost, 307, ""},
		{"a POST that keeps its method for good", http.MethodPost, 308, ""},
		{"a DELETE that keeps its method", http.MethodDelete, 307, ""},
		{"a POST that would become a GET", http.MethodPost, 302, "refused a redirect that turns POST into GET"},
		{"a POST that moved", http.MethodPost, 301, "refused a redirect that turns POST into GET"},
		{"a POST to see elsewhere", http.MethodPost, 303, "refused a redirect that turns POST into GET"},
		{"a DELETE that would become a GET", http.MethodDelete, 302, "refused a redirect that turns DELETE into GET"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv, seen := redirecting(t, plain, tt.status, "/there?x=1")
			c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(srv.URL), stripecash.WithAccount("acct_1"))
			require.NoError(t, err)
			got, err := callWidget(t.Context(), c, tt.method, &widgetParams{Amount: 5})
			if tt.want != "" {
				require.EqualError(t, err, "stripecash: "+tt.method+" /v1/widgets/wid_1: "+tt.want)
				assert.Len(t, *seen, 1, "neither followed nor retried")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "wid_1", got.ID)
			require.Len(t, *seen, 2)
			first, second := (*seen)[0], (*seen)[1]
			assert.Equal(t, tt.method, second.Method)
			assert.Equal(t, first.Body, second.Body)
			for _, name := range []string{"Authorization", "Stripe-Account", "Stripe-Version", "Idempotency-Key", "Content-Type"} {
				assert.Equal(t, first.Header.Get(name), second.Header.Get(name), name)
			}
		})
	}
}

// The key travels with a redirect. To another host it must not, nor over plain http, whatever the method.
func TestRedirectElsewhere(t *testing.T) {
	var leaked atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { leaked.Add(1) }))
	defer elsewhere.Close()
	_, port, err := net.SplitHostPort(strings.TrimPrefix(elsewhere.URL, "http://"))
	require.NoError(t, err)

	tests := []struct {
		name  string
		start func(*httptest.Server)
		to    string
		want  string
	}{
		{"another port", plain, elsewhere.URL + "/there", "to another host, " + elsewhere.URL},
		{"another name for the host", plain, "http://localhost:" + port + "/there", "to another host, http://localhost:" + port},
		{"another host without a scheme", plain, "//127.0.0.1:" + port, "to another host, " + elsewhere.URL},
		{"from https to http", (*httptest.Server).StartTLS, elsewhere.URL, "to another host, " + elsewhere.URL},
	}
	for _, tt := range tests {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
			for _, status := range []int{302, 307} {
				t.Run(method+" "+strconv.Itoa(status)+" "+tt.name, func(t *testing.T) {
					srv, seen := redirecting(t, tt.start, status, tt.to)
					c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(srv.URL), stripecash.WithHTTPClient(srv.Client()))
					require.NoError(t, err)
					_, err = callWidget(t.Context(), c, method, nil)
					require.EqualError(t, err, "stripecash: "+method+" /v1/widgets/wid_1: refused a redirect "+tt.want)
					assert.Equal(t, method != http.MethodGet && status == 302, errors.Is(err, stripecash.ErrOutcomeUnknown))
					assert.Len(t, *seen, 1)
				})
			}
		}
	}
	assert.Zero(t, leaked.Load())
}

func TestRedirectFromHTTPSToHTTPOnOneHost(t *testing.T) {
	w := newWire(reply(302, "", "Location", "http://api.stripe.com/v1/widgets"), reply(200, widgetJSON))
	_, err := getWidget(t.Context(), w.client(t))
	require.ErrorContains(t, err, "refused a redirect to another host, http://api.stripe.com")
	assert.Len(t, w.requests(), 1)
}

func TestRedirectsEnd(t *testing.T) {
	w := newWire(reply(302, "", "Location", "/v1/again"))
	_, err := getWidget(t.Context(), w.client(t))
	require.ErrorContains(t, err, "refused a redirect after 10 others")
	assert.Len(t, w.requests(), 10)
}

// A policy of the caller's own is asked for what is left.
func TestCheckRedirectOfTheCaller(t *testing.T) {
	strict := errors.New("no redirects here")
	tests := []struct {
		name   string
		policy error
		to     string
		is     error
		want   string
	}{
		{"refuses", strict, "/v1/there", strict, "no redirects here"},
		{"takes the answer as it is", http.ErrUseLastResponse, "/v1/there", nil, "302: Found (no error object in the answer"},
		{"is not asked about another host", http.ErrUseLastResponse, "https://evil.example.com/", nil, "refused a redirect to another host"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWire(reply(302, "", "Location", tt.to))
			own := &http.Client{Transport: w, CheckRedirect: func(*http.Request, []*http.Request) error { return tt.policy }}
			c, err := stripecash.NewClient(testKey, stripecash.WithHTTPClient(own), stripecash.WithMaxRetries(0))
			require.NoError(t, err)
			_, err = getWidget(t.Context(), c)
			require.ErrorContains(t, err, tt.want)
			if tt.is != nil {
				require.ErrorIs(t, err, tt.is)
			}
			assert.Len(t, w.requests(), 1)
		})
	}
}
