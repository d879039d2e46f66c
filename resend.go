package stripecash

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
)

// resends notices when the request of one attempt is sent again below this client. Where a connection that had been idle
// breaks before the first byte of an answer, net/http sends a POST with an idempotency key once more by itself, and asks for
// its body again. Then the first may have had its effect, whatever the answer to the second says.
//
// Nobody asks for the body of a POST that has none, so that its repetition does not show. The only such call of this
// module's own packages is an update that changes nothing; for others, made with [Client.Do], docs/decisions.md says what
// it would take.
type resends struct {
	bodies atomic.Int32 // asked for again
	read   atomic.Bool  // some of the body, by a transport of the program's own
	dials  atomic.Int32 // of the default transport
}

func (r *resends) watch(req *http.Request, reader bool) {
	if whole := req.GetBody; whole != nil {
		req.GetBody = func() (io.ReadCloser, error) {
			r.bodies.Add(1)
			return whole()
		}
	}
	if reader && req.ContentLength > 0 {
		req.Body = &watchedBody{req.Body, r}
	}
}

// watchedBody notices that it is read. net/http's own transport does without: it sends a body that it knows to be in memory
// together with the headers, and this one in a packet of its own.
type watchedBody struct {
	body io.ReadCloser
	on   *resends
}

func (b *watchedBody) Read(p []byte) (int, error) {
	b.on.read.Store(true)
	return b.body.Read(p)
}

func (b *watchedBody) Close() error { return b.body.Close() }

// again says whether the request may have been sent more than once; without an answer also by a transport that tries again
// by itself. How its last try ended is not true of the first.
func (r *resends) again(resp *http.Response) bool {
	asked := r.bodies.Load()
	if resp != nil && resp.Header.Get("Location") != "" &&
		(resp.StatusCode == http.StatusTemporaryRedirect || resp.StatusCode == http.StatusPermanentRedirect) {
		asked-- // net/http asks for the body before it asks whether to follow
	}
	return asked > 0 || resp == nil && r.read.Load()
}

// maxDials bounds how many connections are opened for one attempt. Over HTTP/2 net/http repeats a request for as long as
// servers go away from it, on one new connection after the other, hundreds of times a second. A few are normal: others may
// have filled the connection that was opened for this request.
const maxDials = 64

var errRepeats = errors.New("repeated over and over by net/http")

// resendsKey is where the context of an attempt has them.
type resendsKey struct{}

// dial counts one for the attempt that asks for it.
func dial(ctx context.Context) error {
	if r, ok := ctx.Value(resendsKey{}).(*resends); ok && r.dials.Add(1) > maxDials {
		return errRepeats
	}
	return nil
}
