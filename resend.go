package stripecash

import (
	"context"
	"net/http/httptrace"
	"sync/atomic"
)

// resends counts how often net/http sends the request of one attempt. Where a connection that had been idle breaks before
// the first byte of an answer, the transport sends a POST with an idempotency key once more by itself. Then the first
// may have had its effect, whatever the answer to the second says.
type resends struct {
	trace       httptrace.ClientTrace
	connections atomic.Int32
}

func (r *resends) watch(ctx context.Context) context.Context {
	r.trace.GotConn = func(httptrace.GotConnInfo) { r.connections.Add(1) }
	return httptrace.WithClientTrace(ctx, &r.trace)
}

func (r *resends) any() bool { return r.connections.Load() > 1 }
