package stripecash_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// piped is a network of one server, in memory, so that a synctest bubble can have its own time.
type piped struct {
	conns  chan net.Conn
	done   chan struct{}
	closed sync.Once
	dials  []*severed
}

func (p *piped) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *piped) Close() error   { p.closed.Do(func() { close(p.done) }); return nil }
func (p *piped) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 443} }

func (p *piped) dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	conn := &severed{Conn: client}
	p.dials = append(p.dials, conn)
	p.conns <- server
	return conn, nil
}

// severed is a connection that a middlebox can drop without telling either side.
type severed struct {
	net.Conn
	dropped atomic.Bool
}

func (s *severed) Write(b []byte) (int, error) {
	if s.dropped.Load() {
		return len(b), nil
	}
	return s.Conn.Write(b)
}

// All calls of HTTP/2 share a connection: one that is dead would cost each of them its whole timeout.
func TestDroppedConnectionIsNoticedByPings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := &piped{conns: make(chan net.Conn), done: make(chan struct{})}
		server := &httptest.Server{
			Listener: network, EnableHTTP2: true,
			Config: &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { //nolint:gosec // it serves this test alone
				assert.Equal(t, "HTTP/2.0", r.Proto)
				_, _ = io.WriteString(w, "{}")
			})},
		}
		server.StartTLS()
		defer server.Close()
		trusting(t, server, nil)
		standard, ok := http.DefaultTransport.(*http.Transport)
		require.True(t, ok)
		standard.DialContext = network.dial
		c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(server.URL), stripecash.WithMaxRetries(0))
		require.NoError(t, err)
		defer c.CloseIdleConnections()
		require.NoError(t, c.Do(t.Context(), customers(), nil))
		require.Len(t, network.dials, 1)

		network.dials[0].dropped.Store(true)
		began := time.Now()
		require.Error(t, c.Do(t.Context(), customers(), nil))
		assert.Equal(t, 30*time.Second, time.Since(began), "15 s without a word, and 15 s for an answer to the ping")
		require.NoError(t, c.Do(t.Context(), customers(), nil))
		assert.Len(t, network.dials, 2)
	})
}
