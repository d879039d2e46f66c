package stripecash_test

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"

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

// A server that writes each answer twice leaves one on the connection, which net/http may take for the answer to the
// next request there.
func TestServerThatAnswersTwice(t *testing.T) {
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var serving sync.WaitGroup
	defer serving.Wait()
	defer func() { _ = listener.Close() }()
	serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { answerTwice(conn) })
		}
	})

	defer log.SetOutput(log.Writer())
	log.SetOutput(io.Discard) // net/http tells it of each answer that nobody has asked for

	c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL("http://"+listener.Addr().String()))
	require.NoError(t, err)
	defer c.CloseIdleConnections()
	var calling sync.WaitGroup
	var mu sync.Mutex
	good := 0
	for caller := range 16 {
		calling.Go(func() {
			for i := range 50 {
				key := fmt.Sprintf("key-%d-%d", caller, i)
				got, err := postWidget(t.Context(), c, nil, stripecash.WithIdempotencyKey(key))
				if err == nil {
					assert.Equal(t, key, got.ID, "another call's widget")
					mu.Lock()
					good++
					mu.Unlock()
				}
			}
		})
	}
	calling.Wait()
	assert.Positive(t, good)
}

// answerTwice makes a widget of each request, named as its key, and says so twice.
func answerTwice(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	for reader := bufio.NewReader(conn); ; {
		req, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, req.Body)
		key := req.Header.Get("Idempotency-Key")
		body := fmt.Sprintf(`{"object":"widget","id":%q}`, key)
		answer := fmt.Sprintf("HTTP/1.1 200 OK\r\nIdempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s", key, len(body), body)
		if _, err := io.WriteString(conn, answer+answer); err != nil {
			return
		}
	}
}
