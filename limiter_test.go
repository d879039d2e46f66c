package stripecash_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// waiting is a limiter made of how it waits.
type waiting func(context.Context) error

func (w waiting) Wait(ctx context.Context) error { return w(ctx) }

var errLimit = errors.New("the deadline can't be met")

// everySecond lets one request through a second; like x/time/rate it does not begin a wait that it can't finish.
func everySecond() waiting {
	var free time.Time
	return func(ctx context.Context) error {
		wait := time.Until(free)
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
			return errLimit
		}
		free = time.Now().Add(max(0, wait) + time.Second)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
			return nil
		}
	}
}

func TestLimiterIsAskedBeforeEveryAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		type key struct{}
		ctx := context.WithValue(t.Context(), key{}, "the call's")
		var order []string
		c := answering(func(req *http.Request) (*http.Response, error) {
			order = append(order, "send")
			return reply(http.StatusServiceUnavailable, "")(req)
		}).client(t, stripecash.WithLimiter(waiting(func(ctx context.Context) error {
			assert.Equal(t, "the call's", ctx.Value(key{}))
			order = append(order, "wait")
			return nil
		})))
		require.ErrorIs(t, c.Do(ctx, customers(), nil), stripecash.ErrServer)
		assert.Equal(t, []string{"wait", "send", "wait", "send", "wait", "send"}, order)
	})
}

func TestLimiterSpacesCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := new(upstream)
		api.up.Store(true)
		c := api.client(t, stripecash.WithLimiter(everySecond()))
		began := time.Now()
		for range 10 {
			require.NoError(t, c.Do(t.Context(), customers(), nil))
		}
		assert.Equal(t, 9*time.Second, time.Since(began))
	})
}

func TestLimiterThatCannotMeetTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := new(upstream)
		api.up.Store(true)
		c := api.client(t, stripecash.WithLimiter(everySecond()))
		require.NoError(t, c.Do(t.Context(), customers(), nil))

		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		began := time.Now()
		err := c.Do(ctx, stripecash.Request{Method: http.MethodPost, Path: "/v1/customers"}, nil)
		assert.Zero(t, time.Since(began), "it fails at once")
		assert.EqualValues(t, 1, api.requests.Load(), "nothing is sent")
		require.ErrorIs(t, err, errLimit)
		require.NotErrorIs(t, err, stripecash.ErrOutcomeUnknown)
		require.EqualError(t, err, "stripecash: POST /v1/customers: waiting for the limiter: the deadline can't be met")
		failure, ok := errors.AsType[*stripecash.CallError](err)
		require.True(t, ok)
		assert.Zero(t, failure.Attempts)
	})
}

func TestLimiterThatRefusesARetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := new(upstream)
		asked := 0
		c := api.client(t, stripecash.WithLimiter(waiting(func(context.Context) error {
			asked++
			if asked > 1 {
				return errLimit
			}
			return nil
		})))
		err := c.Do(t.Context(), stripecash.Request{Method: http.MethodPost, Path: "/v1/customers"}, nil)
		require.ErrorIs(t, err, errLimit)
		require.ErrorIs(t, err, stripecash.ErrServer, "what the attempt before came to")
		require.ErrorIs(t, err, stripecash.ErrOutcomeUnknown)
		assert.EqualValues(t, 1, api.requests.Load())
	})
}

// A call that was given up must not take the turn of another.
func TestLimiterIsNotAskedForNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := new(upstream).client(t, stripecash.WithLimiter(waiting(func(context.Context) error {
		t.Error("the limiter is asked for a call that has ended")
		return nil
	})))
	require.ErrorIs(t, c.Do(ctx, customers(), nil), context.Canceled)
}

func TestLimiterThatOverlooksTheContext(t *testing.T) {
	api := new(upstream)
	ctx, cancel := context.WithCancel(t.Context())
	c := api.client(t, stripecash.WithLimiter(waiting(func(context.Context) error {
		cancel()
		return nil
	})))
	err := c.Do(ctx, stripecash.Request{Method: http.MethodPost, Path: "/v1/customers"}, nil)
	require.ErrorIs(t, err, context.Canceled)
	require.NotErrorIs(t, err, stripecash.ErrOutcomeUnknown)
	assert.Zero(t, api.requests.Load(), "a call that was given up sends nothing")
}
