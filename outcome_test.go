package stripecash_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// May the call have had its effect although it failed? Money hangs on the answer: "no" must be certain.
func TestOutcomeUnknown(t *testing.T) {
	refused := reply(400, apiError(`"type":"invalid_request_error"`))
	declined := reply(402, apiError(`"type":"card_error"`))
	missing := reply(404, apiError(`"type":"invalid_request_error","code":"resource_missing"`))
	limited := reply(429, apiError(`"type":"invalid_request_error","code":"rate_limit"`))
	unauthorized := reply(401, apiError(`"type":"invalid_request_error"`))
	forbidden := reply(403, apiError(`"type":"invalid_request_error","code":"account_invalid"`))
	inUse := reply(409, apiError(`"type":"idempotency_error","code":"idempotency_key_in_use"`))
	conflict := reply(409, apiError(`"type":"invalid_request_error","code":"lock_timeout"`))
	failed := reply(500, apiError(`"type":"api_error"`))
	proxy := reply(502, html)
	page400, page404 := reply(400, html), reply(404, html)

	tests := []struct {
		name    string
		answers []answer // one for each attempt
		post    bool
		delete  bool
	}{
		{"nothing was sent: connection refused", script(lose(errDial)), false, false},
		{"nothing was sent: no way through the proxy", script(lose(errProxy)), false, false},
		{"nothing was sent: certificate not trusted", script(lose(errCert)), false, false},
		{"refused to ask elsewhere", script(reply(307, "", "Location", "https://evil.example.com/")), false, false},
		{"refused to ask elsewhere for good", script(reply(308, "", "Location", "https://evil.example.com/")), false, false},
		{"moved, as clients take for 303", script(reply(301, "", "Location", "https://evil.example.com/")), true, true},
		{"found, as clients take for 303", script(reply(302, "", "Location", "https://evil.example.com/")), true, true},
		{"303 that does not say where", script(reply(303, "")), true, true},
		{"refused to look elsewhere for what was done", script(reply(303, "", "Location", "https://evil.example.com/")), true, true},
		{"answer broke off, of a transport that gives no header", script(func(r *http.Request) (*http.Response, error) {
			resp, err := breakOff(io.ErrUnexpectedEOF)(r)
			resp.Header = nil
			return resp, err
		}), true, true},
		{"connection reset after sending", script(lose(errReset)), true, true},
		{"connection closed after sending", script(lose(io.EOF)), true, true},
		{"an error of unknown origin", script(lose(errors.New("?"))), true, true},
		{"answer broke off", script(breakOff(io.ErrUnexpectedEOF)), true, true},
		{"answer makes no sense", script(reply(200, html)), true, true},
		{"answer ended too early", script(reply(200, widgetJSON[:20])), true, true},

		{"500", script(failed), true, true},
		{"502 of a proxy", script(proxy), true, true},
		{"409 while the same key is in use", script(inUse), true, true},
		{"409 of a lock", script(conflict), false, false},
		{"409 for a key, which does not say why", script(reply(409, apiError(`"type":"idempotency_error"`))), true, true},
		{"409 that broke off before it said why", script(reply(409, `{"error":{"type":"idempotency_error","code":"idempo`)), true, true},
		{"409 of a proxy", script(reply(409, html)), true, true},
		{"JSON of something else", script(reply(200, `{"id":"req-7f3","status":"waiting for approval"}`)), true, true},
		{"an object without an ID", script(reply(200, `{"object":"health","status":"ok"}`)), true, true},
		{"400", script(refused), false, false},
		{"401", script(unauthorized), false, false},
		{"402", script(declined), false, false},
		{"403", script(forbidden), false, false},
		{"404", script(missing), false, false},
		{"429", script(limited), false, false},

		{"reset, then refused: the key's answer would have come instead", script(lose(errReset), refused), false, true},
		{"reset, then declined", script(lose(errReset), declined), false, true},
		{"reset, then missing: a DELETE may have made it so", script(lose(errReset), missing), false, true},
		{"500, then missing", script(failed, missing), false, true},
		{"404 of a proxy", script(page404), true, true},
		{"a proxy's no to the answer", script(reply(403, html)), true, true},
		{"a proxy that waited too long", script(reply(408, "")), true, true},
		{"429 of a proxy", script(reply(429, "")), true, true},
		{"402 that broke off before it said why", script(reply(402, `{"error":{"code":"card_declined","ty`)), true, true},
		{"an error without a type", script(reply(400, apiError(`"code":"parameter_missing"`))), true, true},
		{"reset, then a proxy's 404, which knows of no keys", script(lose(errReset), page404), true, true},
		{"reset, then a proxy's 400", script(lose(errReset), page400), true, true},
		{"reset, then 401: the key was not looked at", script(lose(errReset), unauthorized), true, true},
		{"reset, then 403", script(lose(errReset), forbidden), true, true},
		{"reset, then 429", script(lose(errReset), limited), true, true},
		{"reset, then 409 of a lock", script(lose(errReset), conflict), true, true},
		{"reset, then connection refused", script(lose(errReset), lose(errDial)), true, true},
		{"connection refused, then reset", script(lose(errDial), lose(errReset)), true, true},
		{"connection refused, then refused", script(lose(errDial), refused), false, false},
		{"429, then connection refused", script(limited, lose(errDial)), false, false},
		{"500, then connection refused", script(failed, lose(errDial)), true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for method, want := range map[string]bool{http.MethodPost: tt.post, http.MethodDelete: tt.delete, http.MethodGet: false} {
				synctest.Test(t, func(t *testing.T) {
					w := newWire(tt.answers...)
					_, err := callWidget(t.Context(), w.client(t, stripecash.WithMaxRetries(len(tt.answers)-1)), method, nil)
					require.Error(t, err)
					require.Len(t, w.requests(), len(tt.answers))
					assert.Equal(t, want, errors.Is(err, stripecash.ErrOutcomeUnknown), "%s: %v", method, err)
				})
			}
		})
	}
}

func script(answers ...answer) []answer { return answers }

// A deadline that passes while the API works leaves the outcome open, whether in an attempt or between two.
func TestOutcomeUnknownAfterDeadline(t *testing.T) {
	tests := []struct {
		name   string
		answer answer
		want   bool
	}{
		{"in an attempt", hang, true},
		{"while waiting after a 500", reply(500, "", "Retry-After", "1"), true},
		{"while waiting after a 429", reply(429, apiError(`"type":"invalid_request_error"`), "Retry-After", "1"), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(500*time.Millisecond, cancel)
				_, err := postWidget(ctx, newWire(tt.answer).client(t), nil)
				require.ErrorIs(t, err, context.Canceled)
				assert.Equal(t, tt.want, errors.Is(err, stripecash.ErrOutcomeUnknown))
			})
		})
	}
}

// The key of the attempts finds out what has become of the call: the API answers to it as it did, or would have.
func TestOutcomeFoundOut(t *testing.T) {
	w := newWire(lose(errReset), reply(200, widgetJSON, "Idempotent-Replayed", "true", "Request-Id", "req_2"))
	c := w.client(t, stripecash.WithMaxRetries(0))
	var resp stripecash.Response
	_, err := postWidget(t.Context(), c, nil, stripecash.WithResponse(&resp))
	require.ErrorIs(t, err, stripecash.ErrOutcomeUnknown)
	require.Equal(t, stripecash.Response{IdempotencyKey: resp.IdempotencyKey, Attempts: 1}, resp)

	_, err = postWidget(t.Context(), c, nil, stripecash.WithIdempotencyKey(resp.IdempotencyKey), stripecash.WithResponse(&resp))
	require.NoError(t, err)
	assert.True(t, resp.Replayed)
	requests := w.requests()
	assert.Equal(t, requests[0].Header.Get("Idempotency-Key"), requests[1].Header.Get("Idempotency-Key"))
}

// net/http itself sends a request with an idempotency key again when a connection that was idle turns out to be dead.
// The client sees only what the second one came to.
func TestOutcomeOfARepeatedRequest(t *testing.T) {
	tests := []struct {
		name   string
		params url.Values
		status int
		body   string
		opts   []stripecash.Option
		bare   bool // the default transport has neither proxy nor dialer
		want   bool
	}{
		{"then never admitted", url.Values{"a": {"1"}}, 429, `{"error":{"type":"invalid_request_error"}}`, nil, false, true},
		{"then never admitted, by the user's transport", url.Values{"a": {"1"}}, 429, `{"error":{"type":"invalid_request_error"}}`,
			[]stripecash.Option{stripecash.WithHTTPClient(&http.Client{Transport: new(http.Transport)})}, false, true},
		{"then never admitted, by a bare default transport", url.Values{"a": {"1"}}, 429, `{"error":{"type":"invalid_request_error"}}`, nil, true, true},
		{"then sent elsewhere", url.Values{"a": {"1"}}, 307, "", nil, false, true},
		{"then sent nowhere", url.Values{"a": {"1"}}, 308, "", nil, false, true},
		{"then refused", url.Values{"a": {"1"}}, 400, `{"error":{"type":"invalid_request_error"}}`, nil, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var requests atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				switch requests.Add(1) {
				case 1:
					_, _ = io.WriteString(w, "{}")
				case 2:
					panic(http.ErrAbortHandler) // after it has had its effect
				default:
					if tt.status != 308 {
						w.Header().Set("Location", "https://elsewhere.example.com/")
					}
					w.WriteHeader(tt.status)
					_, _ = io.WriteString(w, tt.body)
				}
			}))
			defer server.Close()
			if tt.bare {
				defer func(before http.RoundTripper) { http.DefaultTransport = before }(http.DefaultTransport)
				http.DefaultTransport = new(http.Transport)
			}
			c, err := stripecash.NewClient(testKey, append(tt.opts, stripecash.WithBaseURL(server.URL), stripecash.WithMaxRetries(0))...)
			require.NoError(t, err)
			defer c.CloseIdleConnections()
			r := stripecash.Request{Method: http.MethodPost, Path: "/v1/customers", Params: tt.params}
			require.NoError(t, c.Do(t.Context(), r, nil))

			err = c.Do(t.Context(), r, nil)
			require.EqualValues(t, 3, requests.Load())
			require.Error(t, err)
			assert.Equal(t, tt.want, errors.Is(err, stripecash.ErrOutcomeUnknown), "%v", err)
		})
	}
}

// A transport that tries again by itself tells how its last try ended. That says nothing of the first.
func TestOutcomeBehindATransportThatRetries(t *testing.T) {
	tests := []struct {
		name string
		err  error
		read bool
		want bool
	}{
		{"no connection", errDial, false, false},
		{"no connection, after it took the body", errDial, true, true},
		{"a certificate that is not trusted, after it took the body", errCert, true, true},
	}
	for _, tt := range tests {
		for _, replaced := range []bool{false, true} {
			transport := answering(func(r *http.Request) (*http.Response, error) {
				if tt.read {
					_, _ = io.Copy(io.Discard, r.Body)
				}
				return nil, fmt.Errorf("giving up after 2 attempts: %w", tt.err)
			})
			t.Run(fmt.Sprintf("%s/in place of the default transport %t", tt.name, replaced), func(t *testing.T) {
				own := stripecash.WithHTTPClient(&http.Client{Transport: transport})
				if replaced {
					own = stripecash.WithHTTPClient(new(http.Client))
				}
				c, err := stripecash.NewClient(testKey, own, stripecash.WithMaxRetries(0))
				require.NoError(t, err)
				if replaced { // after the client was made, as tests do
					defer func(before http.RoundTripper) { http.DefaultTransport = before }(http.DefaultTransport)
					http.DefaultTransport = transport
				}
				_, err = postWidget(t.Context(), c, url.Values{"a": {"1"}})
				require.ErrorIs(t, err, tt.err)
				assert.Equal(t, tt.want, errors.Is(err, stripecash.ErrOutcomeUnknown))
			})
		}
	}
}

// What a transport of the program's own says is wrapped as it is, even if it begins much as net/http's quotes do.
func TestCauseOfATransport(t *testing.T) {
	cause := fmt.Errorf("malformed answer of the gateway: %w", io.ErrUnexpectedEOF)
	_, err := getWidget(t.Context(), newWire(lose(cause)).client(t, stripecash.WithMaxRetries(0)))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.EqualError(t, err, "stripecash: GET /v1/widgets/wid_1: malformed answer of the gateway: unexpected EOF")
}

// What comes is not always an answer: other protocols, other statuses, other bytes. None is waited for, and none is quoted,
// since it may be the API's object after all.
func TestAnswersThatAreNone(t *testing.T) {
	const secret = "src_client_secret_TOPSECRET"
	tests := []struct {
		name string
		text string
		want string
	}{
		{"another protocol", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
			"101: reading the answer: the status is 101, which no answer has"},
		{"a status of nothing", "HTTP/1.1 000 " + secret + "\r\nContent-Length: 0\r\n\r\n", "reading the answer: the status is 0, which no answer has"},
		{"a status that is too small", "HTTP/1.1 099 None\r\nContent-Length: 0\r\n\r\n", "99: reading the answer: the status is 99, which no answer has"},
		{"no HTTP", `{"id":"src_1","client_secret":"` + secret + `"}` + "\r\n\r\n", "malformed HTTP response"},
		{"a status of letters", "HTTP/1.1 " + secret + "\r\n\r\n", "malformed HTTP status code"},
		{"a version of letters", secret + " 200 OK\r\n\r\n", "malformed HTTP version"},
		{"a header that is none", "HTTP/1.1 200 OK\r\n" + secret + "\r\n\r\n", "malformed MIME header"},
		{"a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: " + secret + "\r\n\r\n", "bad Content-Length"},
		{"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: " + secret + "\r\n\r\n",
			"http: message cannot contain multiple Content-Length headers"},
		{"an encoding that is none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + secret + "\r\n\r\n", "unsupported transfer encoding"},
		{"a place that is none", "HTTP/1.1 302 Found\r\nLocation: http://[" + secret + "\r\nContent-Length: 0\r\n\r\n", "failed to parse Location header"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				conn, _, err := http.NewResponseController(w).Hijack()
				if assert.NoError(t, err) {
					_, _ = io.WriteString(conn, tt.text)
					<-t.Context().Done() // and not a word more
					_ = conn.Close()
				}
			}))
			defer server.Close()
			c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(server.URL), stripecash.WithMaxRetries(0))
			require.NoError(t, err)
			defer c.CloseIdleConnections()
			_, err = postWidget(t.Context(), c, url.Values{"a": {"1"}})
			assert.EqualError(t, err, "stripecash: POST /v1/widgets/wid_1: "+tt.want)
			assert.ErrorIs(t, err, stripecash.ErrOutcomeUnknown)
		})
	}
}
