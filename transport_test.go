package stripecash_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/h2non/gock.v1"

	"github.com/ccb8c2b4/stripecash"
)

// warmUp is the one call that [counted] answers at once.
func warmUp() stripecash.Request {
	return stripecash.Request{Method: http.MethodGet, Path: "/v1/warm_up"}
}

// counted is a server that counts the connections opened to it and answers when so many calls are there at once.
type counted struct {
	*httptest.Server
	opened atomic.Int64
	proto  atomic.Value // of the last request
}

func newCounted(t *testing.T, atOnce int, start func(*httptest.Server)) *counted {
	c := new(counted)
	var mu sync.Mutex
	arrived, open := 0, make(chan struct{})
	c.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.proto.Store(r.Proto)
		if r.URL.Path == warmUp().Path {
			_, _ = io.WriteString(w, "{}")
			return
		}
		mu.Lock()
		now := open
		arrived++
		if arrived == atOnce {
			close(open)
			arrived, open = 0, make(chan struct{})
		}
		mu.Unlock()
		select {
		case <-now:
			_, _ = io.WriteString(w, "{}")
		case <-r.Context().Done():
		}
	}))
	c.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			c.opened.Add(1)
		}
	}
	c.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	start(c.Server)
	t.Cleanup(c.Close)
	return c
}

func overTLS(s *httptest.Server)   { s.StartTLS() }
func overHTTP2(s *httptest.Server) { s.EnableHTTP2 = true; s.StartTLS() }

// trusting lets the transport that clients clone by default trust the server's certificate, and changes its TLS settings.
func trusting(t *testing.T, s *httptest.Server, change func(*tls.Config)) {
	t.Helper()
	standard, ok := http.DefaultTransport.(*http.Transport)
	require.True(t, ok)
	clone := standard.Clone()
	clone.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool()}
	if s.Certificate() != nil {
		clone.TLSClientConfig.RootCAs.AddCert(s.Certificate())
	}
	if change != nil {
		change(clone.TLSClientConfig)
	}
	http.DefaultTransport = clone
	t.Cleanup(func() {
		http.DefaultTransport = standard
		clone.CloseIdleConnections()
	})
}

func TestConnectionsAreKeptFor256CallsAtOnce(t *testing.T) {
	const atOnce, rounds = 256, 3
	tests := []struct {
		name      string
		start     func(*httptest.Server)
		opts      []stripecash.Option
		wantProto string
		wantMost  int64
	}{
		{"HTTP/1.1", (*httptest.Server).Start, nil, "HTTP/1.1", atOnce},
		{"HTTP/1.1, with a client that has no transport", (*httptest.Server).Start,
			[]stripecash.Option{stripecash.WithHTTPClient(&http.Client{Timeout: time.Minute})}, "HTTP/1.1", atOnce},
		{"HTTP/1.1 over TLS", overTLS, nil, "HTTP/1.1", atOnce},
		// Go's server takes 250 requests at once on a connection; each of the other six may dial one.
		{"HTTP/2", overHTTP2, nil, "HTTP/2.0", 1 + atOnce - 250},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var first, later int64
			// net/http drops a connection whose writer waits 50 ms to be scheduled, and the next call dials: on a machine that
			// is busy otherwise that can spoil a measurement, but not five of them.
			for try := 0; try < 5 && (try == 0 || first > tt.wantMost || later > 0); try++ {
				server := newCounted(t, atOnce, tt.start)
				trusting(t, server.Server, nil)
				c, err := stripecash.NewClient(testKey, append(tt.opts, stripecash.WithBaseURL(server.URL))...)
				require.NoError(t, err)
				require.NoError(t, c.Do(t.Context(), warmUp(), nil))
				fanOut(t, c, atOnce)
				first = server.opened.Load()
				for range rounds - 1 {
					fanOut(t, c, atOnce)
				}
				later = server.opened.Load() - first
				require.Equal(t, tt.wantProto, server.proto.Load())
				c.CloseIdleConnections()
			}
			assert.LessOrEqual(t, first, tt.wantMost)
			assert.Zero(t, later, "later rounds use the connections of the first")
		})
	}
}

// fanOut makes so many calls at once, and waits for them.
func fanOut(t *testing.T, c *stripecash.Client, calls int) {
	t.Helper()
	var made sync.WaitGroup
	for range calls {
		made.Go(func() { assert.NoError(t, c.Do(t.Context(), customers(), nil)) })
	}
	made.Wait()
}

func TestIdleConnectionsAreClosed(t *testing.T) {
	server := newCounted(t, 1, (*httptest.Server).Start)
	c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(server.URL))
	require.NoError(t, err)
	require.NoError(t, c.Do(t.Context(), warmUp(), nil))
	for _, closes := range []*stripecash.Client{c, c.With(stripecash.WithMaxRetries(0))} { // both share their connections
		before := server.opened.Load()
		closes.CloseIdleConnections()
		require.NoError(t, c.Do(t.Context(), warmUp(), nil))
		assert.Greater(t, server.opened.Load(), before)
	}
	c.CloseIdleConnections()

	(*stripecash.Client)(nil).CloseIdleConnections()
	new(stripecash.Client).CloseIdleConnections()
}

func TestTLSBefore12IsRefused(t *testing.T) {
	tests := []struct {
		name       string
		serverMax  uint16
		wantError  string
		wantAnswer bool
	}{
		{"1.1", tls.VersionTLS11, "protocol version", false},
		{"1.2", tls.VersionTLS12, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := newCounted(t, 1, func(s *httptest.Server) {
				s.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tt.serverMax} //nolint:gosec // it is what must be refused
				s.StartTLS()
			})
			// Even a program that has loosened its own default transport does not loosen this one.
			trusting(t, server.Server, func(c *tls.Config) { c.MinVersion = tls.VersionTLS10 })
			c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(server.URL), stripecash.WithMaxRetries(0))
			require.NoError(t, err)
			defer c.CloseIdleConnections()
			err = c.Do(t.Context(), customers(), nil)
			if tt.wantAnswer {
				require.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, tt.wantError)
		})
	}
}

func TestDefaultTransportCanBeReplaced(t *testing.T) {
	newClient := func(t *testing.T) *stripecash.Client {
		c, err := stripecash.NewClient(testKey, stripecash.WithMaxRetries(0))
		require.NoError(t, err)
		return c
	}
	expect := func() {
		gock.New("https://api.stripe.com").Get("^/v1/customers$").Reply(http.StatusOK).BodyString("{}")
	}
	tests := []struct {
		name string
		make func(*testing.T) *stripecash.Client
	}{
		{"before the client is made", func(t *testing.T) *stripecash.Client { expect(); return newClient(t) }},
		{"after the client is made", func(t *testing.T) *stripecash.Client { c := newClient(t); expect(); return c }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			c := tt.make(t)
			require.NoError(t, c.Do(t.Context(), customers(), nil))
			assert.True(t, gock.IsDone())
		})
	}
}

// Another transport of net/http's own kind has its way too: it may be there to keep a test from the network.
func TestDefaultTransportOfTheSameKind(t *testing.T) {
	c, err := stripecash.NewClient(testKey, stripecash.WithMaxRetries(0))
	require.NoError(t, err)
	closed := errors.New("the network is closed")
	defer func(before http.RoundTripper) { http.DefaultTransport = before }(http.DefaultTransport)
	http.DefaultTransport = &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return nil, closed }}
	require.ErrorIs(t, c.Do(t.Context(), customers(), nil), closed)
}

// A program may have put together a default transport of its own; the client makes do with what it has and what it lacks.
func TestDefaultTransportOfAProgram(t *testing.T) {
	dialed := 0
	dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
		dialed++
		return new(net.Dialer).DialContext(ctx, network, addr)
	}
	deprecated := func(network, addr string) (net.Conn, error) { return dial(t.Context(), network, addr) }
	tests := []struct {
		name       string
		transport  *http.Transport
		start      func(*httptest.Server)
		wantDialed int
		wantProto  string
	}{
		{"an empty one", &http.Transport{}, (*httptest.Server).Start, 0, "HTTP/1.1"},
		{"an empty one, over HTTP/2", &http.Transport{}, overHTTP2, 0, "HTTP/2.0"},
		{"with a dialer", &http.Transport{DialContext: dial}, (*httptest.Server).Start, 1, "HTTP/1.1"},
		{"with a dialer, over HTTP/2", &http.Transport{DialContext: dial}, overHTTP2, 1, "HTTP/2.0"},
		{"with a deprecated dialer", &http.Transport{Dial: deprecated}, (*httptest.Server).Start, 1, "HTTP/1.1"}, //nolint:staticcheck // programs have it still
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dialed = 0
			server := newCounted(t, 1, tt.start)
			if server.TLS != nil {
				tt.transport.TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig
			}
			defer func(before http.RoundTripper) { http.DefaultTransport = before }(http.DefaultTransport)
			http.DefaultTransport = tt.transport
			c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(server.URL), stripecash.WithMaxRetries(0))
			require.NoError(t, err)
			require.NoError(t, c.Do(t.Context(), customers(), nil))
			assert.Equal(t, tt.wantDialed, dialed)
			assert.Equal(t, tt.wantProto, server.proto.Load())
			assert.NotPanics(t, c.CloseIdleConnections)
		})
	}
	t.Run("none of net/http's", func(t *testing.T) {
		defer func(before http.RoundTripper) { http.DefaultTransport = before }(http.DefaultTransport)
		http.DefaultTransport = answering(reply(http.StatusOK, "{}"))
		c, err := stripecash.NewClient(testKey)
		require.NoError(t, err)
		require.NoError(t, c.Do(t.Context(), customers(), nil))
		assert.NotPanics(t, c.CloseIdleConnections)
	})
}

func TestAttemptsEndAfterAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := &upstream{down: hang}
		began := time.Now()
		err := api.client(t, stripecash.WithMaxRetries(0)).Do(t.Context(), customers(), nil)
		assert.Equal(t, time.Minute, time.Since(began))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.EqualError(t, err, "stripecash: GET /v1/customers: no complete answer within 1m0s")
	})
}

func TestCallsBeyond256WaitForAConnection(t *testing.T) {
	var opened int64
	for try := 0; try < 5 && opened != 256; try++ { // as above: not one that was dropped and dialed anew
		server := newCounted(t, 256, (*httptest.Server).Start)
		c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(server.URL))
		require.NoError(t, err)
		fanOut(t, c, 1024)
		c.CloseIdleConnections()
		opened = server.opened.Load()
	}
	assert.EqualValues(t, 256, opened)
}

// A form goes out together with the headers: net/http does that with what it knows to be in memory.
func TestAPostIsOneWrite(t *testing.T) {
	server := newCounted(t, 1, (*httptest.Server).Start)
	trusting(t, server.Server, nil)
	standard, ok := http.DefaultTransport.(*http.Transport)
	require.True(t, ok)
	var writes atomic.Int64
	dial := standard.DialContext
	standard.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		return &countedWrites{conn, &writes}, err
	}
	c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(server.URL))
	require.NoError(t, err)
	defer c.CloseIdleConnections()
	for range 3 {
		_, err = callWidget(t.Context(), c, http.MethodPost, url.Values{"a": {"1"}})
		require.Error(t, err, "the server answers with another object")
	}
	assert.EqualValues(t, 3, writes.Load())
}

type countedWrites struct {
	net.Conn
	writes *atomic.Int64
}

func (c *countedWrites) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}
