package stripecash

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"time"
)

// transport is the default way to the network: the standard library's transport with room for a busy service. net/http
// keeps two idle connections a host, so that of 64 calls at once 62 would close theirs and dial anew the next time.
// And it opens any number: a call dials while another is about to give its connection back, and an API that is slow or
// gone gets a socket for every call. Past the bound, a call waits for a connection, within its timeout.
type transport struct {
	standard *http.Transport // what http.DefaultTransport was
	pool     *http.Transport // a clone of it, with more room; nil if it was no Transport of net/http's
}

const maxConnections = 256

func newTransport() *transport {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return &transport{}
	}
	pool := standard.Clone()
	pool.MaxIdleConns = 0 // unlimited: the bound is per host, and there is one host
	pool.MaxIdleConnsPerHost = maxConnections
	pool.MaxConnsPerHost = maxConnections
	pool.ForceAttemptHTTP2 = true
	if pool.TLSClientConfig == nil {
		pool.TLSClientConfig = new(tls.Config)
	}
	pool.TLSClientConfig.MinVersion = max(pool.TLSClientConfig.MinVersion, tls.VersionTLS12)
	if pool.HTTP2 == nil {
		pool.HTTP2 = new(http.HTTP2Config)
	}
	// One connection carries all calls of HTTP/2. If a middlebox drops it in silence, a ping finds out.
	pool.HTTP2.SendPingTimeout = 15 * time.Second
	pool.HTTP2.PingTimeout = 15 * time.Second
	if open := pool.DialContext; open != nil || pool.Dial == nil { //nolint:staticcheck // the program may still use it
		if open == nil {
			open = new(net.Dialer).DialContext
		}
		pool.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
			if err := dial(ctx); err != nil {
				return nil, err
			}
			return open(ctx, network, addr)
		}
	}
	return &transport{standard: standard, pool: pool}
}

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	return t.now().RoundTrip(req)
}

// now looks at http.DefaultTransport late: what was put there after the client was made, as gock does, has its way.
func (t *transport) now() http.RoundTripper {
	if t.pool != nil && http.DefaultTransport == http.RoundTripper(t.standard) {
		return t.pool
	}
	return http.DefaultTransport
}

// foreign says whether requests go through a transport that is not net/http's own.
func foreign(way http.RoundTripper) bool {
	if own, ok := way.(*transport); ok {
		way = own.now()
	}
	_, known := way.(*http.Transport)
	return !known
}

// CloseIdleConnections serves [http.Client.CloseIdleConnections].
func (t *transport) CloseIdleConnections() {
	if t.pool != nil {
		t.pool.CloseIdleConnections()
	}
}

var errRedirect = errors.New("refused a redirect")

// redirects are those that a client follows.
type redirects struct {
	next func(*http.Request, []*http.Request) error // is asked too; may be nil
}

// check allows redirects on one host only, since the key travels along, and only such as keep the method: a POST that
// net/http would repeat as a GET would report what it found as what was done.
func (r redirects) check(req *http.Request, via []*http.Request) error {
	const most = 10 // as net/http's own limit
	first := via[0]
	switch {
	case req.URL.Scheme != first.URL.Scheme || req.URL.Host != first.URL.Host:
		return errorf("%w to another host, %s://%s", errRedirect, req.URL.Scheme, req.URL.Host)
	case req.Method != first.Method:
		return errorf("%w that turns %s into %s", errRedirect, first.Method, req.Method)
	case len(via) >= most:
		return errorf("%w after %d others", errRedirect, len(via))
	case r.next != nil:
		return r.next(req, via)
	}
	return nil
}
