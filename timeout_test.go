package stripecash_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// Each attempt has its own timeout; running into it is a lost answer like others, and retried.
func TestTimeoutOfAnAttempt(t *testing.T) {
	tests := []struct {
		name   string
		client func(w *wire) []stripecash.Option
		call   []stripecash.CallOption
		want   time.Duration // of each attempt
	}{
		{"by default", func(w *wire) []stripecash.Option { return through(w, 0) }, nil, time.Minute},
		{"of the client", func(w *wire) []stripecash.Option {
			return append(through(w, 0), stripecash.WithTimeout(3*time.Second))
		}, nil, 3 * time.Second},
		{"of the HTTP client", func(w *wire) []stripecash.Option { return through(w, 4*time.Second) }, nil, 4 * time.Second},
		{"of the client, said after the HTTP client", func(w *wire) []stripecash.Option {
			return append(through(w, 4*time.Second), stripecash.WithTimeout(5*time.Second))
		}, nil, 5 * time.Second},
		{"of the client, said before the HTTP client", func(w *wire) []stripecash.Option {
			return append(options(stripecash.WithTimeout(5*time.Second)), through(w, 4*time.Second)...)
		}, nil, 5 * time.Second},
		{"of the call", func(w *wire) []stripecash.Option { return through(w, 4*time.Second) },
			calls(stripecash.WithTimeout(2 * time.Second)), 2 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWire(hang)
				c, err := stripecash.NewClient(testKey, tt.client(w)...)
				require.NoError(t, err)
				began := time.Now()
				_, err = postWidget(t.Context(), c, nil, append(tt.call, stripecash.WithMaxRetries(0))...)
				assert.Equal(t, tt.want, time.Since(began))
				require.ErrorIs(t, err, context.DeadlineExceeded)
				require.ErrorContains(t, err, "no complete answer within "+tt.want.String())
				timeout, ok := errors.AsType[net.Error](err)
				require.True(t, ok, "a net.Error, for those who ask")
				assert.True(t, timeout.Timeout())
				assert.True(t, timeout.Temporary(), "as net/http's own") //nolint:staticcheck // deprecated, and still asked for

				w = newWire(hang, reply(http.StatusOK, widgetJSON))
				c, err = stripecash.NewClient(testKey, tt.client(w)...)
				require.NoError(t, err)
				_, err = postWidget(t.Context(), c, nil, tt.call...)
				require.NoError(t, err, "a second attempt may succeed")
				assert.Len(t, w.requests(), 2)
			})
		})
	}
}

func through(w *wire, timeout time.Duration) []stripecash.Option {
	return options(stripecash.WithHTTPClient(&http.Client{Transport: w, Timeout: timeout}))
}

// The timeout covers the body: a server that sends the header and then dawdles is no better than a silent one.
func TestTimeoutOfTheBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dawdle := func(req *http.Request) (*http.Response, error) {
			resp, _ := reply(http.StatusOK, "")(req)
			resp.ContentLength = -1
			resp.Body = io.NopCloser(dawdling(req.Context().Done()))
			return resp, nil
		}
		w := newWire(dawdle, reply(http.StatusOK, widgetJSON))
		began := time.Now()
		_, err := getWidget(t.Context(), w.client(t, stripecash.WithTimeout(2*time.Second)))
		require.NoError(t, err)
		assert.Len(t, w.requests(), 2)
		assert.GreaterOrEqual(t, time.Since(began), 2*time.Second)
		assert.Less(t, time.Since(began), 2*time.Second+500*time.Millisecond)
	})
}

// dawdling is a body that never comes; it gives up when the request does.
type dawdling <-chan struct{}

func (d dawdling) Read([]byte) (int, error) {
	<-d
	return 0, context.DeadlineExceeded
}

// A deadline of the caller's that comes before the timeout ends the call; one that comes after a few attempts ends it
// then.
func TestDeadlineBesideTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		w := newWire(hang)
		began := time.Now()
		_, err := getWidget(ctx, w.client(t, stripecash.WithTimeout(2*time.Second), stripecash.WithMaxRetries(9)))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.LessOrEqual(t, time.Since(began), 5*time.Second)
		assert.Greater(t, time.Since(began), 4*time.Second)
		assert.GreaterOrEqual(t, len(w.requests()), 2)
		assert.LessOrEqual(t, len(w.requests()), 3)
	})
}

func TestCancelDuringAnAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stop := errors.New("the user left")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(stop) })
		w := newWire(hang)
		began := time.Now()
		_, err := postWidget(ctx, w.client(t), nil)
		assert.Equal(t, time.Second, time.Since(began))
		require.ErrorIs(t, err, context.Canceled)
		require.ErrorIs(t, err, stop)
		assert.Len(t, w.requests(), 1)
		assert.Equal(t, "stripecash: POST /v1/widgets/wid_1: context canceled: the user left", err.Error())
	})
}
