package stripecash_test

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// Frames of HTTP/2 and a flag, by their numbers in RFC 9113.
const (
	frameHeaders, frameSettings, frameGoAway = 1, 4, 7
	flagAck                                  = 1
)

// rawHTTP2 is a server that says in frames what net/http's own never would.
type rawHTTP2 struct {
	url      string
	requests atomic.Int64
	answer   func(frameWriter)
}

type frameWriter func(kind, flags byte, stream uint32, payload ...byte)

func newRawHTTP2(t *testing.T, answer func(frameWriter)) *rawHTTP2 {
	t.Helper()
	lender := httptest.NewUnstartedServer(http.NotFoundHandler()) // of its certificate
	lender.StartTLS()
	t.Cleanup(lender.Close)
	trusting(t, lender, nil)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
		Certificates: lender.TLS.Certificates, NextProtos: []string{"h2"}, MinVersion: tls.VersionTLS12,
	})
	require.NoError(t, err)
	s := &rawHTTP2{url: "https://" + listener.Addr().String(), answer: answer}
	var serving sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(func() {
		stop()
		_ = listener.Close()
		serving.Wait()
	})
	serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			context.AfterFunc(ctx, func() { _ = conn.Close() })
			serving.Go(func() { s.serve(conn) })
		}
	})
	return s
}

// serve takes each HEADERS for a whole request, and looks at nothing else.
func (s *rawHTTP2) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	write := func(kind, flags byte, stream uint32, payload ...byte) {
		frame := append([]byte{0, 0, byte(len(payload)), kind, flags}, binary.BigEndian.AppendUint32(nil, stream)...) //nolint:gosec // no payload here is long
		_, _ = conn.Write(append(frame, payload...))
	}
	if _, err := io.CopyN(io.Discard, conn, int64(len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))); err != nil {
		return
	}
	write(frameSettings, 0, 0)
	for {
		var head [9]byte
		if _, err := io.ReadFull(conn, head[:]); err != nil {
			return
		}
		if _, err := io.CopyN(io.Discard, conn, int64(head[0])<<16|int64(head[1])<<8|int64(head[2])); err != nil {
			return
		}
		switch kind, flags := head[3], head[4]; {
		case kind == frameSettings && flags&flagAck == 0:
			write(frameSettings, flagAck, 0)
		case kind == frameHeaders:
			s.requests.Add(1)
			s.answer(write)
		}
	}
}

// net/http repeats a request that a server went away from, on one new connection after the other and without end: thousands
// in a minute, of a call whose retries are turned off.
func TestHTTP2IsNotRepeatedWithoutEnd(t *testing.T) {
	tests := []struct {
		name, method string
		bare         bool // the program's default transport is one without a dialer
	}{
		{"GET", http.MethodGet, false},
		{"POST", http.MethodPost, false},
		{"POST, through an http.Transport of the program's", http.MethodPost, true},
		{"DELETE", http.MethodDelete, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := newRawHTTP2(t, func(write frameWriter) {
				write(frameGoAway, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) // the last stream that it looked at: none; no error
			})
			if tt.bare {
				standard, ok := http.DefaultTransport.(*http.Transport)
				require.True(t, ok)
				standard.DialContext = nil
			}
			c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(server.url), stripecash.WithMaxRetries(0))
			require.NoError(t, err)
			defer c.CloseIdleConnections()
			err = c.Do(t.Context(), stripecash.Request{Method: tt.method, Path: "/v1/customers"}, nil)
			require.ErrorContains(t, err, "repeated over and over by net/http")
			assert.LessOrEqual(t, server.requests.Load(), int64(64))
			assert.Equal(t, tt.method != http.MethodGet, errors.Is(err, stripecash.ErrOutcomeUnknown), "who knows what the server did")
		})
	}
}
