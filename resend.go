package stripecash

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"
)

// resends notices when net/http sends the request of one attempt again. Where a connection that had been idle breaks
// before the first byte of an answer, the transport sends a POST with an idempotency key once more by itself. Then the
// first may have had its effect, whatever the answer to the second says.
//
// There are two signs of it. Any transport asks for the body again; and the default one looks for a proxy each time, which
// tells of requests without a body too. Package httptrace would tell of all, but adds 30 kB to every program.
type resends struct{ bodies, lookups atomic.Int32 }

type resendsKey struct{}

func (r *resends) watch(ctx context.Context) context.Context {
	r.bodies.Store(0)
	r.lookups.Store(0)
	return context.WithValue(ctx, resendsKey{}, r)
}

func (r *resends) watchBody(req *http.Request) {
	if again := req.GetBody; again != nil {
		req.GetBody = func() (io.ReadCloser, error) {
			r.bodies.Add(1)
			return again()
		}
	}
}

func (r *resends) any() bool { return r.bodies.Load() > 0 || r.lookups.Load() > 1 }

// watchedProxy is the default transport's Proxy.
func watchedProxy(proxy func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	return func(req *http.Request) (*url.URL, error) {
		if r, ok := req.Context().Value(resendsKey{}).(*resends); ok {
			r.lookups.Add(1)
		}
		if proxy == nil {
			return nil, nil
		}
		return proxy(req)
	}
}
