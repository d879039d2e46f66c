package stripecash

import (
	"io"
	"net/http"
	"sync/atomic"
)

// resends notices when net/http sends the request of one attempt again. Where a connection that had been idle breaks
// before the first byte of an answer, the transport sends a POST with an idempotency key once more by itself, and asks for
// its body again. Then the first may have had its effect, whatever the answer to the second says.
//
// Nobody asks for the body of a POST that has none, so that its repetition does not show. The only such call of this
// module's own packages is an update that changes nothing; for others, made with [Client.Do], docs/decisions.md says what
// it would take.
type resends struct{ bodies atomic.Int32 }

func (r *resends) watch(req *http.Request) {
	r.bodies.Store(0)
	if whole := req.GetBody; whole != nil {
		req.GetBody = func() (io.ReadCloser, error) {
			r.bodies.Add(1)
			return whole()
		}
	}
}

// again says whether the request was sent more than once.
func (r *resends) again(resp *http.Response) bool {
	asked := r.bodies.Load()
	if resp != nil && resp.Header.Get("Location") != "" &&
		(resp.StatusCode == http.StatusTemporaryRedirect || resp.StatusCode == http.StatusPermanentRedirect) {
		asked-- // net/http asks for the body before it asks whether to follow
	}
	return asked > 0
}
