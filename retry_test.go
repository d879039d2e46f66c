package stripecash_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// What goes wrong between here and the API, as net/http reports it.
var (
	errReset = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	errDial  = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	errProxy = &net.OpError{Op: "proxyconnect", Net: "tcp", Err: errDial}
	errCert  = &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}
)

const (
	html     = "<html><body>nginx</body></html>"
	jsonType = "application/json"
	htmlType = "text/html"
)

func TestRetries(t *testing.T) {
	invalid := apiError(`"type":"invalid_request_error","message":"m"`)
	server := apiError(`"type":"api_error","message":"m"`)
	tests := []struct {
		name         string
		answer       answer
		wantAttempts int
	}{
		{"200", reply(200, widgetJSON), 1},
		{"JSON 409", reply(409, invalid), 3},
		{"JSON 500", reply(500, server), 3},
		{"JSON 502", reply(502, server), 3},
		{"JSON 503", reply(503, server), 3},
		{"JSON 504", reply(504, server), 3},
		{"status of a content delivery network", reply(520, html, "Content-Type", htmlType), 3},
		{"HTML 502", reply(502, html, "Content-Type", htmlType), 3},
		{"empty 503", reply(503, ""), 3},
		{"429 of a rate limit", reply(429, invalid, "Stripe-Rate-Limited-Reason", "global-rate"), 3},
		{"429 of a lock timeout", reply(429, apiError(`"type":"invalid_request_error","code":"lock_timeout"`)), 3},
		{"503 that is too long to read", reply(503, strings.Repeat("x", bodyCap+1)), 3},
		{"400 that is too long to read", reply(400, strings.Repeat("x", bodyCap+1)), 1},
		{"another object, to be retried", reply(200, `{"id":"card_1","object":"card"}`, "Stripe-Should-Retry", "true"), 1},
		{"JSON 400", reply(400, invalid), 1},
		{"JSON 401", reply(401, invalid), 1},
		{"JSON 402", reply(402, apiError(`"type":"card_error"`)), 1},
		{"JSON 404", reply(404, invalid), 1},
		{"HTML 403", reply(403, html, "Content-Type", htmlType), 1},
		{"HTML 404", reply(404, html, "Content-Type", htmlType), 1},
		{"304", reply(304, ""), 1},

		{"503 that should not be retried", reply(503, server, "Stripe-Should-Retry", "false"), 1},
		{"409 that should not be retried", reply(409, invalid, "Stripe-Should-Retry", "false"), 1},
		{"429 that should not be retried", reply(429, invalid, "Stripe-Should-Retry", "false"), 1},
		{"HTML 502 that should not be retried", reply(502, html, "Stripe-Should-Retry", "false"), 1},
		{"400 that should be retried", reply(400, invalid, "Stripe-Should-Retry", "true"), 3},
		{"402 that should be retried", reply(402, invalid, "Stripe-Should-Retry", "true"), 3},
		{"503 with a word that is neither", reply(503, server, "Stripe-Should-Retry", "maybe"), 3},
		{"400 with a word that is neither", reply(400, server, "Stripe-Should-Retry", "1"), 1},

		{"connection reset", lose(errReset), 3},
		{"connection refused", lose(errDial), 3},
		{"connection closed", lose(io.EOF), 3},
		{"something unknown", lose(errors.New("proxy sneezed")), 3},
		{"certificate of an unknown authority", lose(errCert), 1},
		{"certificate that the program refuses, beside its own error", lose(fmt.Errorf("%w: %w", errors.New("pinned"), x509.UnknownAuthorityError{})), 1},
		{"certificate that the program refuses, joined and wrapped", lose(fmt.Errorf("pin: %w", errors.Join(io.EOF, x509.HostnameError{Certificate: new(x509.Certificate)}))), 1},
		{"certificate of another host", lose(x509.HostnameError{Certificate: &x509.Certificate{}, Host: "x"}), 1},
		{"certificate that has expired", lose(x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.Expired}), 1},
		{"redirect to another host", reply(302, "", "Location", "https://evil.example.com/"), 1},
		{"transport that gave up", lose(context.Canceled), 1},

		{"body that broke off", breakOff(io.ErrUnexpectedEOF), 3},
		{"body of a connection that was reset", breakOff(errReset), 3},
		{"body that ends too early", reply(200, widgetJSON[:30]), 3},
		{"body that ends too early, and should not be retried as it is", reply(200, widgetJSON[:30], "Stripe-Should-Retry", "false"), 3},
		{"empty 200", reply(200, ""), 3},
		{"500 that broke off", func(r *http.Request) (*http.Response, error) {
			resp, err := breakOff(errReset)(r)
			resp.StatusCode = 500
			return resp, err
		}, 3},
		{"400 that broke off", func(r *http.Request) (*http.Response, error) {
			resp, err := breakOff(errReset)(r)
			resp.StatusCode = 400
			return resp, err
		}, 3},
		{"body that is no JSON", reply(200, html), 3},
		{"body that does not fit", reply(200, `{"object":"widget","amount":"ten"}`), 1},
		{"another object", reply(200, `{"object":"card","id":"card_1"}`), 1},
	}
	for _, tt := range tests {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
			t.Run(method+" "+tt.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := newWire(tt.answer)
					var resp stripecash.Response
					_, err := callWidget(t.Context(), w.client(t, stripecash.WithMaxRetries(2)), method, nil, stripecash.WithResponse(&resp))
					assert.Len(t, w.requests(), tt.wantAttempts)
					assert.Equal(t, tt.wantAttempts, resp.Attempts)
					if tt.name != "200" {
						require.Error(t, err)
						assert.Equal(t, tt.wantAttempts, attempts(err))
					}
					bounds := []time.Duration{500 * time.Millisecond, time.Second}
					for i, wait := range w.waits() {
						assert.GreaterOrEqual(t, wait, time.Duration(0))
						assert.Less(t, wait, bounds[i])
					}
				})
			})
		}
	}
}

// attempts is what an error says of them; an answer that could be read has needed one.
func attempts(err error) int {
	if e, ok := errors.AsType[*stripecash.Error](err); ok {
		return e.Attempts
	}
	if e, ok := errors.AsType[*stripecash.CallError](err); ok {
		return e.Attempts
	}
	return 1
}

func TestRetrySucceeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(lose(errReset), reply(503, ""), reply(200, widgetJSON))
		var resp stripecash.Response
		got, err := postWidget(t.Context(), w.client(t), &widgetParams{Amount: 7}, stripecash.WithResponse(&resp))
		require.NoError(t, err)
		assert.Equal(t, "wid_1", got.ID)
		assert.Equal(t, 3, resp.Attempts)
		for _, r := range w.requests() {
			assert.Equal(t, "amount=7", r.Body, "every attempt sends the whole body")
		}
	})
}

// The error of the last attempt says how many there were.
func TestErrorTellsAttempts(t *testing.T) {
	tests := []struct {
		name   string
		answer answer
		want   string
	}{
		{"an answer", reply(409, apiError(`"type":"invalid_request_error","code":"lock_timeout"`)), "409: invalid_request_error (lock_timeout) after 3 attempts"},
		{"no answer", lose(errReset), "read tcp: connection reset by peer after 3 attempts"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, err := getWidget(t.Context(), newWire(tt.answer).client(t))
				require.EqualError(t, err, "stripecash: GET /v1/widgets/wid_1: "+tt.want)
			})
		})
	}
}

func TestMaxRetries(t *testing.T) {
	tests := []struct {
		name   string
		client []stripecash.Option
		call   []stripecash.CallOption
		want   int
	}{
		{"by default", nil, nil, 3},
		{"of the client", options(stripecash.WithMaxRetries(4)), nil, 5},
		{"of the call", options(stripecash.WithMaxRetries(4)), calls(stripecash.WithMaxRetries(1)), 2},
		{"none", options(stripecash.WithMaxRetries(0)), nil, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWire(reply(503, ""))
				_, err := getWidget(t.Context(), w.client(t, tt.client...), tt.call...)
				require.ErrorIs(t, err, stripecash.ErrServer)
				assert.Len(t, w.requests(), tt.want)
			})
		})
	}
}

// The whole range is random from the first retry on: what failed together must not come back together.
func TestBackoffSpreads(t *testing.T) {
	bounds := []time.Duration{
		500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 5 * time.Second, 5 * time.Second,
	}
	const calls, fifths = 80, 5
	var seen [6][fifths]int
	synctest.Test(t, func(t *testing.T) {
		w := newWire(reply(503, ""))
		for range calls {
			c := w.client(t, stripecash.WithMaxRetries(len(bounds))) // a new one, with a new retry budget
			w.sent = nil
			_, err := getWidget(t.Context(), c)
			require.Error(t, err)
			waits := w.waits()
			require.Len(t, waits, len(bounds))
			for i, wait := range waits {
				require.GreaterOrEqual(t, wait, time.Duration(0))
				require.Less(t, wait, bounds[i], "wait %d", i)
				seen[i][int(wait*fifths/bounds[i])]++
			}
		}
	})
	for i := range seen {
		for fifth, n := range seen[i] {
			// 80 draws miss a fifth of the range once in 56 million times.
			assert.NotZerof(t, n, "no wait before retry %d was in part %d of %d of its range", i+1, fifth+1, fifths)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	const attemptsLeft = 2
	tests := []struct {
		name   string
		header func() string
		atMost time.Duration // for the first wait
		least  time.Duration
		once   bool // not retried at all
	}{
		{"seconds", text("3"), 3 * time.Second, 3 * time.Second, false},
		{"two minutes", text("120"), 2 * time.Minute, 2 * time.Minute, false},
		{"more than two minutes", text("121"), 0, 0, true},
		{"a day", text("86400"), 0, 0, true},
		{"more than a number holds", text("99999999999999999999"), 0, 0, true},
		{"zero", text("0"), 500 * time.Millisecond, 0, false},
		{"a date", func() string { return date(7 * time.Second) }, 7 * time.Second, 6 * time.Second, false},
		{"a date of the past", func() string { return date(-time.Hour) }, 500 * time.Millisecond, 0, false},
		{"a date far ahead", func() string { return date(3 * time.Minute) }, 0, 0, true},
		{"garbage", text("soon"), 500 * time.Millisecond, 0, false},
		{"negative", text("-5"), 500 * time.Millisecond, 0, false},
		{"a fraction", text("1.5"), 1500 * time.Millisecond, 1500 * time.Millisecond, false},
		{"a small fraction", text("0.9"), 900 * time.Millisecond, 900 * time.Millisecond, false},
		{"an exponent", text("1e3"), 0, 0, true},
		{"endless", text("inf"), 0, 0, true},
		{"no number", text("NaN"), 500 * time.Millisecond, 0, false},
		{"nothing", text(""), 500 * time.Millisecond, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWire(func(r *http.Request) (*http.Response, error) {
					return reply(429, "", "Retry-After", tt.header())(r)
				})
				began := time.Now()
				_, err := getWidget(t.Context(), w.client(t, stripecash.WithMaxRetries(attemptsLeft)))
				require.ErrorIs(t, err, stripecash.ErrRateLimited)
				if tt.once {
					assert.Len(t, w.requests(), 1)
					assert.Zero(t, time.Since(began), "a wait that is not worth it is not begun")
					return
				}
				require.Len(t, w.requests(), 1+attemptsLeft)
				assert.GreaterOrEqual(t, w.waits()[0], tt.least)
				assert.LessOrEqual(t, w.waits()[0], tt.atMost)
			})
		})
	}
}

func text(s string) func() string { return func() string { return s } }

func date(ahead time.Duration) string { return time.Now().Add(ahead).UTC().Format(http.TimeFormat) }

// The error that the call has is worth more than waiting for the deadline to make another of it.
func TestDeadline(t *testing.T) {
	for seed := range 50 {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
				defer cancel()
				began := time.Now()
				w := newWire(reply(503, ""))
				_, err := postWidget(ctx, w.client(t), nil)
				assert.Less(t, time.Since(began), 20*time.Millisecond)
				require.ErrorIs(t, err, stripecash.ErrServer)
				assert.NotErrorIs(t, err, context.DeadlineExceeded)
			})
		})
	}
	t.Run("with a Retry-After past it", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			began := time.Now()
			w := newWire(reply(429, "", "Retry-After", "2"))
			_, err := getWidget(ctx, w.client(t))
			require.ErrorIs(t, err, stripecash.ErrRateLimited)
			assert.Zero(t, time.Since(began))
			assert.Len(t, w.requests(), 1)
		})
	})
	t.Run("while waiting for an answer", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			defer cancel()
			began := time.Now()
			w := newWire(hang)
			_, err := getWidget(ctx, w.client(t))
			require.ErrorIs(t, err, context.DeadlineExceeded)
			assert.Equal(t, 20*time.Millisecond, time.Since(began))
			assert.Len(t, w.requests(), 1, "the call's own deadline is not retried")
		})
	})
}

func TestCancelDuringBackoff(t *testing.T) {
	causes := []struct {
		name  string
		cause error
	}{
		{"without a cause", nil},
		{"with a cause", errors.New("shutting down")},
	}
	for _, tt := range causes {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancelCause(t.Context())
				w := newWire(reply(503, "", "Retry-After", "60", "Request-Id", "req_1"))
				began := time.Now()
				time.AfterFunc(5*time.Second, func() { cancel(tt.cause) })
				_, err := postWidget(ctx, w.client(t), nil)

				assert.Equal(t, 5*time.Second, time.Since(began), "the wait ends the moment the context does")
				assert.Len(t, w.requests(), 1)
				require.ErrorIs(t, err, context.Canceled)
				if tt.cause != nil {
					require.ErrorIs(t, err, tt.cause)
				}
				require.ErrorIs(t, err, stripecash.ErrServer, "what the last attempt came to is not lost")
				require.ErrorIs(t, err, stripecash.ErrOutcomeUnknown)
				assert.Equal(t, 1, attempts(err))
				assert.Regexp(t, `^stripecash: POST /v1/widgets/wid_1: waiting to retry: .*context canceled.*503.*req_1`, err.Error())
			})
		})
	}
}

// A context that ended while the API answered leaves that answer as the error, and no retry is paid for.
func TestCancelDuringAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var cancel context.CancelFunc
		w := newWire(func(req *http.Request) (*http.Response, error) {
			cancel()
			return reply(503, "")(req)
		})
		c := w.client(t)
		for range 200 { // twice what the budget could pay for
			var ctx context.Context
			ctx, cancel = context.WithCancel(t.Context())
			_, err := getWidget(ctx, c)
			_, ok := errors.AsType[*stripecash.Error](err)
			require.True(t, ok, "%T", err)
			require.EqualError(t, err, "stripecash: GET /v1/widgets/wid_1: 503: Service Unavailable (no error object in the answer: 0 bytes of application/json)")
		}
		cancel = func() {}
		_, err := getWidget(t.Context(), c)
		assert.Equal(t, 3, attempts(err), "the budget is full")
	})
}

// A context that has ended before the call sends nothing, and says so.
func TestContextThatHasEnded(t *testing.T) {
	shutdown := errors.New("shutting down")
	w := widgets()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(shutdown)
	_, err := postWidget(ctx, w.client(t), nil)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, err, shutdown)
	require.NotErrorIs(t, err, stripecash.ErrOutcomeUnknown)
	assert.Empty(t, w.requests())
	e, ok := errors.AsType[*stripecash.CallError](err)
	require.True(t, ok)
	assert.Zero(t, e.Attempts)
}

// One key makes one effect of all attempts. It must differ between calls, or the second would be answered as the first.
func TestIdempotencyKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(reply(503, ""))
		c := w.client(t)
		for range 2 {
			_, err := postWidget(t.Context(), c, nil)
			require.Error(t, err)
		}
		var resp stripecash.Response
		_, err := postWidget(t.Context(), c, nil, stripecash.WithIdempotencyKey("order-17"), stripecash.WithResponse(&resp))
		require.Error(t, err)
		assert.Equal(t, "order-17", resp.IdempotencyKey)

		requests := w.requests()
		require.Len(t, requests, 9)
		key := func(i int) string { return requests[i].Header.Get("Idempotency-Key") }
		for i := 0; i < 9; i += 3 {
			assert.NotEmpty(t, key(i))
			assert.Equal(t, key(i), key(i+1))
			assert.Equal(t, key(i), key(i+2))
		}
		assert.NotEqual(t, key(0), key(3))
		assert.Equal(t, "order-17", key(6))
	})
}

// Retrying with a GET's or a DELETE's key would be no use: the API stores answers to POST only.
func TestIdempotencyKeyOfGet(t *testing.T) {
	w := widgets()
	c := w.client(t)
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		var resp stripecash.Response
		_, err := callWidget(t.Context(), c, method, nil, stripecash.WithIdempotencyKey("k"), stripecash.WithResponse(&resp))
		require.NoError(t, err)
		assert.Empty(t, resp.IdempotencyKey)
	}
	for _, r := range w.requests() {
		assert.NotContains(t, r.Header, "Idempotency-Key")
	}
}

// The waits stop growing, however many there are: doubled sixty times, one would be less than nothing.
func TestManyRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := answering(lose(errDial)).client(t, stripecash.WithMaxRetries(80))
		began := time.Now()
		err := c.Do(t.Context(), customers(), nil)
		require.Error(t, err)
		assert.Equal(t, 81, attempts(err))
		assert.Less(t, time.Since(began), 80*5*time.Second)
	})
}
