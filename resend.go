package stripecash

import (
	"io"
	"net/http"
	"sync/atomic"
)

// resends counts how often net/http sends the request of one attempt again. Where a connection that had been idle breaks
// before the first byte of an answer, the transport sends a POST with an idempotency key once more by itself, and asks for
// its body again. Then the first may have had its effect, whatever the answer to the second says. A POST without a body
// can't be watched so, and has nothing to do either.
type resends struct{ bodies atomic.Int32 }

func (r *resends) watch(req *http.Request) {
	if again := req.GetBody; again != nil {
		req.GetBody = func() (io.ReadCloser, error) {
			r.bodies.Add(1)
			return again()
		}
	}
}

func (r *resends) any() bool { return r.bodies.Load() > 0 }
