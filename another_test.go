package stripecash_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// An answer that names another idempotency key is another call's, and as good as none, whatever its status.
func TestAnswerToAnotherCall(t *testing.T) {
	const text = "stripecash: POST /v1/widgets/wid_1: the answer is to another call: it names another idempotency key"
	for _, status := range []int{200, 402, 500} {
		synctest.Test(t, func(t *testing.T) {
			theirs := reply(status, `{"object":"widget","id":"wid_theirs"}`, "Idempotency-Key", "theirs", "Stripe-Should-Retry", "false")
			var resp stripecash.Response
			_, err := postWidget(t.Context(), newWire(theirs).client(t, stripecash.WithMaxRetries(0)), nil,
				stripecash.WithIdempotencyKey("ours"), stripecash.WithResponse(&resp))
			require.EqualError(t, err, text)
			require.ErrorIs(t, err, stripecash.ErrOutcomeUnknown)
			assert.Equal(t, stripecash.Response{IdempotencyKey: "ours", Attempts: 1}, resp, "nothing of theirs")

			w := newWire(theirs, reply(200, widgetJSON, "Idempotency-Key", "ours"))
			got, err := postWidget(t.Context(), w.client(t), nil, stripecash.WithIdempotencyKey("ours"))
			require.NoError(t, err, "the call is made again, with its own key")
			assert.Equal(t, "wid_1", got.ID)
			assert.Len(t, w.requests(), 2)
		})
	}

	// A GET has no key to compare.
	_, err := getWidget(t.Context(), newWire(reply(200, widgetJSON, "Idempotency-Key", "theirs")).client(t))
	require.NoError(t, err)
}

// A connection on which each answer is that to the request before is not used again, however the call ends: the next one,
// which may be a GET that has no key to compare, would get an answer that is not its own.
func TestConnectionOutOfStep(t *testing.T) {
	for _, limit := range []time.Duration{time.Hour, 10 * time.Second} { // that of the attempt is a minute
		listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		require.NoError(t, err)
		var serving sync.WaitGroup
		serving.Go(func() {
			late := `{"object":"widget","id":"wid_theirs"}` // on the first connection only
			for {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				owed := late
				late = ""
				serving.Go(func() { answerLate(conn, owed) })
			}
		})
		c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL("http://"+listener.Addr().String()), stripecash.WithMaxRetries(0))
		require.NoError(t, err)

		ctx, cancel := context.WithTimeout(t.Context(), limit)
		_, err = postWidget(ctx, c, nil, stripecash.WithIdempotencyKey("ours"))
		require.ErrorContains(t, err, "the answer is to another call")
		got, err := getWidget(ctx, c)
		require.NoError(t, err)
		assert.Equal(t, "wid_GET", got.ID)

		cancel()
		c.CloseIdleConnections()
		require.NoError(t, listener.Close())
		serving.Wait()
	}
}

// answerLate gives each request the answer to the one before, if one is owed at first. The answer is a widget named after the
// method, under the key of the request.
func answerLate(conn net.Conn, owed string) {
	defer func() { _ = conn.Close() }()
	key := "theirs"
	late := owed != ""
	for reader := bufio.NewReader(conn); ; {
		req, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, req.Body)
		body, bodyKey := `{"object":"widget","id":"wid_`+req.Method+`"}`, req.Header.Get("Idempotency-Key")
		if late {
			body, owed = owed, body
			bodyKey, key = key, bodyKey
		}
		if _, err := fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nIdempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s", bodyKey, len(body), body); err != nil {
			return
		}
	}
}
