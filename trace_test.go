package stripecash_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// recorder is a tracer that writes down what it is told. Its name is in the contexts that it makes.
type recorder struct {
	name string
	seen *[]traced
}

type traced struct {
	By      string
	Within  string // whose operation the context names
	Op      stripecash.Operation
	Outcome *stripecash.Outcome // nil at the start
}

type tracedBy struct{}

func (r recorder) TraceStart(ctx context.Context, op stripecash.Operation) context.Context {
	within, _ := ctx.Value(tracedBy{}).(string)
	*r.seen = append(*r.seen, traced{By: r.name, Within: within, Op: op})
	return context.WithValue(ctx, tracedBy{}, within+"/"+r.name)
}

func (r recorder) TraceEnd(ctx context.Context, op stripecash.Operation, outcome stripecash.Outcome) {
	within, _ := ctx.Value(tracedBy{}).(string)
	*r.seen = append(*r.seen, traced{By: r.name, Within: within, Op: op, Outcome: &outcome})
}

func fund() stripecash.Request {
	return stripecash.Request{
		Method: http.MethodPost, Path: "/v1/test_helpers/customers/{customer}/fund_cash_balance", IDs: []string{"cus_1"},
	}
}

// twice answers 503 with a Retry-After, then 200; each after a second.
func twice(within *[]string) answering {
	attempt := 0
	return func(req *http.Request) (*http.Response, error) {
		if by, ok := req.Context().Value(tracedBy{}).(string); ok {
			*within = append(*within, by)
		}
		<-time.After(time.Second)
		attempt++
		if attempt == 1 {
			resp, err := reply(http.StatusServiceUnavailable, `{"error":{"type":"api_error","message":"later"}}`)(req)
			resp.Header.Set("Request-Id", "req_1")
			resp.Header.Set("Retry-After", "7")
			return resp, err
		}
		resp, err := reply(http.StatusOK, `{}`)(req)
		resp.Header.Set("Request-Id", "req_2")
		return resp, err
	}
}

func TestTracerIsToldOfTheCallAndItsAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen []traced
		var within []string
		c := twice(&within).client(t, stripecash.WithTracer(recorder{"a", &seen}), stripecash.WithBaseURL("https://stripe.test:8443/base"))
		require.NoError(t, c.Do(t.Context(), fund(), nil))

		op := func(attempt int) stripecash.Operation {
			return stripecash.Operation{Method: "POST", Route: fund().Path, Host: "stripe.test", Port: 8443, Attempt: attempt}
		}
		require.Len(t, seen, 6)
		failed := seen[2].Outcome
		require.NotNil(t, failed)
		require.ErrorIs(t, failed.Err, stripecash.ErrServer)
		failed.Err = nil
		assert.Equal(t, []traced{
			{"a", "", op(0), nil},
			{"a", "/a", op(1), nil},
			{"a", "/a/a", op(1), &stripecash.Outcome{Status: 503, RequestID: "req_1", Attempts: 1, Duration: time.Second, Retry: true, Wait: 7 * time.Second}},
			{"a", "/a", op(2), nil},
			{"a", "/a/a", op(2), &stripecash.Outcome{Status: 200, RequestID: "req_2", Attempts: 2, Duration: time.Second}},
			{"a", "/a", op(0), &stripecash.Outcome{Status: 200, RequestID: "req_2", Attempts: 2, Duration: 9 * time.Second}},
		}, seen)
		assert.Equal(t, []string{"/a/a", "/a/a"}, within, "the request's context is the attempt's")
	})
}

func TestTracersNest(t *testing.T) {
	var seen []traced
	c := answering(func(req *http.Request) (*http.Response, error) { return reply(http.StatusOK, "{}")(req) }).client(t,
		stripecash.WithTracer(recorder{"outer", &seen}), stripecash.WithTracer(recorder{"inner", &seen}))
	require.NoError(t, c.Do(t.Context(), customers(), nil))
	var order []string
	for _, s := range seen {
		edge := "start "
		if s.Outcome != nil {
			edge = "end "
		}
		order = append(order, edge+s.By)
	}
	assert.Equal(t, []string{
		"start outer", "start inner", "start outer", "start inner", "end inner", "end outer", "end inner", "end outer",
	}, order)
}

// A tracer that gives no context back leaves the call with the one it had.
type contextless struct{ recorder }

func (c contextless) TraceStart(ctx context.Context, op stripecash.Operation) context.Context {
	_ = c.recorder.TraceStart(ctx, op)
	return nil
}

func TestTracerWithoutContext(t *testing.T) {
	var seen []traced
	lost := contextless{recorder{"a", &seen}}
	_, err := getWidget(t.Context(), widgets().client(t, stripecash.WithTracer(lost)))
	require.NoError(t, err)
	require.NotEmpty(t, seen)

	whole := recorder{"b", &seen}
	for _, pair := range [][2]stripecash.Tracer{{lost, whole}, {whole, lost}} {
		seen = nil
		_, err := getWidget(t.Context(), widgets().client(t, stripecash.WithTracer(pair[0]), stripecash.WithTracer(pair[1])))
		require.NoError(t, err)
		var within string // of the last that b was told
		for _, s := range seen {
			if s.By == "b" {
				within = s.Within
			}
		}
		assert.Equal(t, "/b", within, "its own context is not lost with the other's")
	}
}

func TestOperationNamesHostAndPort(t *testing.T) {
	tests := []struct {
		base string
		host string
		port int
	}{
		{"", "api.stripe.com", 443}, // the default one
		{"https://api.stripe.com", "api.stripe.com", 443},
		{"https://stripe.test:8443/base", "stripe.test", 8443},
		{"http://localhost", "localhost", 80},
		{"http://[::1]", "::1", 80},
		{"http://[::1]:12111/", "::1", 12111},
		{"https://stripe.test:", "stripe.test", 443},
	}
	for _, tt := range tests {
		t.Run(tt.base, func(t *testing.T) {
			var seen []traced
			opts := []stripecash.Option{stripecash.WithTracer(recorder{"a", &seen})}
			if tt.base != "" {
				opts = append(opts, stripecash.WithBaseURL(tt.base))
			}
			_, err := getWidget(t.Context(), widgets().client(t, opts...))
			require.NoError(t, err)
			require.NotEmpty(t, seen)
			for _, s := range seen {
				assert.Equal(t, tt.host, s.Op.Host)
				assert.Equal(t, tt.port, s.Op.Port)
			}
		})
	}
}

func TestTracerIsToldHowACallFailed(t *testing.T) {
	errLine := errors.New("the line is dead")
	tests := []struct {
		name         string
		request      stripecash.Request
		canceled     bool
		wantEnds     int
		wantAttempts int
		wantErr      error
	}{
		{"refused before anything is sent", stripecash.Request{Method: "PUT", Path: "/v1/customers"}, false, 0, 0, nil},
		{"given up before it began", customers(), true, 1, 0, context.Canceled},
		{"no answer", customers(), false, 2, 1, errLine},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if tt.canceled {
				cancel()
			}
			var seen []traced
			c := answering(func(*http.Request) (*http.Response, error) { return nil, errLine }).client(t,
				stripecash.WithTracer(recorder{"a", &seen}), stripecash.WithMaxRetries(0))
			err := c.Do(ctx, tt.request, nil)
			require.Error(t, err)
			require.Len(t, seen, 2*tt.wantEnds)
			if tt.wantEnds == 0 {
				return
			}
			last := seen[len(seen)-1].Outcome
			assert.Equal(t, tt.wantAttempts, last.Attempts)
			assert.Equal(t, err, last.Err, "the error of the call is the one that its caller gets")
			require.ErrorIs(t, last.Err, tt.wantErr)
			assert.False(t, last.Retry)
		})
	}
}

func TestLoggerWritesAttempts(t *testing.T) {
	tests := []struct {
		name  string
		level slog.Level
		want  string
	}{
		{"at level Debug", slog.LevelDebug, `level=WARN msg="stripe request failed, retrying" method=POST route=/v1/test_helpers/customers/{customer}/fund_cash_balance attempt=1 duration=1s status=503 status_text="Service Unavailable" request_id=req_1 wait=7s error.type=api_error
level=DEBUG msg="stripe request" method=POST route=/v1/test_helpers/customers/{customer}/fund_cash_balance attempt=2 duration=1s status=200 status_text=OK request_id=req_2
`},
		{"at level Error", slog.LevelError, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{
					Level: tt.level,
					ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
						if a.Key == slog.TimeKey && len(groups) == 0 {
							return slog.Attr{}
						}
						return a
					},
				}))
				var within []string
				require.NoError(t, twice(&within).client(t, stripecash.WithLogger(logger)).Do(t.Context(), fund(), nil))
				assert.Equal(t, tt.want, out.String())
			})
		})
	}
}
