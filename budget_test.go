package stripecash_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// answering is a transport made of what it answers.
type answering func(*http.Request) (*http.Response, error)

func (a answering) RoundTrip(req *http.Request) (*http.Response, error) { return a(req) }

// client makes a client on top of the transport.
func (a answering) client(t *testing.T, opts ...stripecash.Option) *stripecash.Client {
	t.Helper()
	c, err := stripecash.NewClient("sk_test_x", append([]stripecash.Option{
		stripecash.WithHTTPClient(&http.Client{Transport: a}),
	}, opts...)...)
	require.NoError(t, err)
	return c
}

// upstream is an API that is up or down, and counts.
type upstream struct {
	requests atomic.Int64
	up       atomic.Bool
	down     answer // instead of 500
}

func (u *upstream) RoundTrip(req *http.Request) (*http.Response, error) {
	u.requests.Add(1)
	if u.up.Load() {
		return reply(http.StatusOK, `{}`)(req)
	}
	if u.down != nil {
		return u.down(req)
	}
	return reply(http.StatusInternalServerError, `{"error":{"type":"api_error"}}`)(req)
}

func (u *upstream) client(t *testing.T, opts ...stripecash.Option) *stripecash.Client {
	return answering(u.RoundTrip).client(t, opts...)
}

// calls makes that many calls, one after the other, and says how many requests that took beyond one each.
func (u *upstream) calls(ctx context.Context, c *stripecash.Client, n int) (retries int) {
	before := u.requests.Load()
	for range n {
		_ = c.Do(ctx, customers(), nil)
	}
	return int(u.requests.Load()-before) - n
}

func customers() stripecash.Request {
	return stripecash.Request{Method: http.MethodGet, Path: "/v1/customers"}
}

func TestBudgetPaysForSoManyRetries(t *testing.T) {
	tests := []struct {
		name        string
		down        answer
		wantRetries int
	}{
		{"an answer that can be retried costs 5 of 500", reply(http.StatusInternalServerError, ""), 100},
		{"so does a connection that broke", lose(errReset), 100},
		{"a timeout costs 10 of 500", hang, 50},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				api := &upstream{down: tt.down}
				c := api.client(t, stripecash.WithTimeout(time.Second))
				assert.Equal(t, tt.wantRetries, api.calls(t.Context(), c, 200))
				assert.Zero(t, api.calls(t.Context(), c, 10), "first attempts are free, but there is nothing left for retries")
			})
		})
	}
}

func TestBudgetIsFilledBySuccess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := new(upstream)
		c := api.client(t)
		require.Equal(t, 100, api.calls(t.Context(), c, 200))

		api.up.Store(true)
		require.Zero(t, api.calls(t.Context(), c, 24))
		api.up.Store(false)
		assert.Equal(t, 4, api.calls(t.Context(), c, 50), "24 successes pay for 4 retries, 5 each")

		api.up.Store(true)
		require.Zero(t, api.calls(t.Context(), c, 10_000))
		api.up.Store(false)
		assert.Equal(t, 100, api.calls(t.Context(), c, 200), "it is never more than full")
	})
}

// Between a retry that is paid for and its success others may have filled the bucket: it is never more than full.
func TestBudgetIsNeverMoreThanFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api, slow, attempt := new(upstream), make(chan bool), 0
		c := answering(func(req *http.Request) (*http.Response, error) {
			if req.URL.Path != "/v1/slow" {
				return api.RoundTrip(req)
			}
			if attempt++; attempt == 1 {
				return hang(req) // a timeout costs 10
			}
			<-slow
			return reply(http.StatusOK, "{}")(req)
		}).client(t, stripecash.WithTimeout(time.Minute))
		done := make(chan error)
		go func() { done <- c.Do(t.Context(), stripecash.Request{Method: http.MethodGet, Path: "/v1/slow"}, nil) }()
		<-time.After(time.Minute + 30*time.Second) // its retry waits for an answer by now
		api.up.Store(true)
		require.Zero(t, api.calls(t.Context(), c, 9))
		slow <- true
		require.NoError(t, <-done)

		api.up.Store(false)
		assert.Equal(t, 100, api.calls(t.Context(), c, 200))
	})
}

// A retry that the context's end forestalled is not paid for.
func TestBudgetGetsBackWhatWasNotSpent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := new(upstream)
		c := api.client(t)
		for range 200 {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Nanosecond, cancel)
			_ = c.Do(ctx, customers(), nil)
		}
		assert.Equal(t, 100, api.calls(t.Context(), c, 200))
	})
}

func TestBudgetGetsBackWhatTheLastRetryCost(t *testing.T) {
	tests := []struct {
		name          string
		failures      int // of each call, before it succeeds
		wantSucceeded int // of 1000 calls
	}{
		{"one retry that succeeds is free", 1, 1000},
		// The first of two costs 5: the 99th call begins with 10, which both take.
		{"of two the first is paid for", 2, 99},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				attempt := 0
				c := answering(func(req *http.Request) (*http.Response, error) {
					attempt++
					if attempt <= tt.failures {
						return reply(http.StatusServiceUnavailable, "")(req)
					}
					return reply(http.StatusOK, "{}")(req)
				}).client(t)
				succeeded := 0
				for range 1000 {
					attempt = 0
					if c.Do(t.Context(), customers(), nil) == nil {
						succeeded++
					}
				}
				assert.Equal(t, tt.wantSucceeded, succeeded)
			})
		})
	}
}

func TestBudgetIsLeftAloneByWhatIsNotRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := new(upstream)
		c := api.client(t)
		short, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
		defer cancel()
		assert.Zero(t, api.calls(short, c, 500), "no time for a retry")
		assert.Zero(t, api.calls(t.Context(), c.With(stripecash.WithMaxRetries(0)), 500), "no retries wanted")
		assert.Equal(t, 100, api.calls(t.Context(), c, 200))
	})
}

func TestBudgetIsTheClients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := new(upstream)
		c := api.client(t)
		require.Equal(t, 100, api.calls(t.Context(), c, 200))
		assert.Zero(t, api.calls(t.Context(), c.With(stripecash.WithAccount("acct_1")), 10), "With shares the budget")
		assert.Equal(t, 20, api.calls(t.Context(), api.client(t), 10), "another client has its own")
	})
}

// Who watches an outage must see it, and why nothing is tried again any more.
func TestBudgetThatIsEmptyIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		var seen []traced
		api := new(upstream)
		c := api.client(t, stripecash.WithLogger(slog.New(slog.NewTextHandler(&out, nil))), stripecash.WithTracer(recorder{"a", &seen}))
		require.Equal(t, 100, api.calls(t.Context(), c, 200))
		assert.Zero(t, api.calls(t.Context(), c, 1))
		attempt, call := seen[len(seen)-2].Outcome, seen[len(seen)-1].Outcome
		assert.True(t, attempt.BudgetEmpty)
		assert.True(t, call.BudgetEmpty)
		assert.Equal(t, 100, strings.Count(out.String(), `level=WARN msg="stripe request failed, retrying"`))
		assert.Equal(t, 151, strings.Count(out.String(), `level=WARN msg="stripe request failed, the budget has no retry left"`))

		err := c.Do(t.Context(), customers(), nil)
		require.EqualError(t, err, "stripecash: GET /v1/customers: 500: api_error (the budget has no retry left)")
		answered, _ := errors.AsType[*stripecash.Error](err)
		require.NotNil(t, answered)
		assert.True(t, answered.BudgetEmpty)
		assert.Contains(t, logged(err), `"budget_empty":true`)
		api.down = lose(errReset)
		err = c.Do(t.Context(), customers(), nil)
		require.EqualError(t, err, "stripecash: GET /v1/customers: read tcp: connection reset by peer (the budget has no retry left)")
		lost, _ := errors.AsType[*stripecash.CallError](err)
		require.NotNil(t, lost)
		assert.True(t, lost.BudgetEmpty)
		assert.Contains(t, logged(err), `"budget_empty":true`)
		api.down = nil

		out.Reset()
		err = c.Do(t.Context(), customers(), nil, stripecash.WithMaxRetries(0))
		require.EqualError(t, err, "stripecash: GET /v1/customers: 500: api_error")
		assert.Empty(t, out.String(), "no retry was wanted")
		assert.False(t, seen[len(seen)-1].Outcome.BudgetEmpty)
	})
}

func TestBudgetUnder256Goroutines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := new(upstream)
		c := api.client(t)
		var wg sync.WaitGroup
		for range 256 {
			wg.Go(func() {
				for range 10 {
					_ = c.Do(t.Context(), customers(), nil)
				}
			})
		}
		wg.Wait()
		assert.EqualValues(t, 2560+100, api.requests.Load(), "not one token is spent twice or lost")

		api.up.Store(true)
		for range 256 {
			wg.Go(func() {
				for range 10 {
					assert.NoError(t, c.Do(t.Context(), customers(), nil))
				}
			})
		}
		wg.Wait()
		api.up.Store(false)
		assert.Equal(t, 100, api.calls(t.Context(), c, 200), "full again, and not fuller")
	})
}
