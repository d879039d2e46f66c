package stripecash

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
)

// sending is what happens to the request of one attempt on its way, where transports repeat it and don't say so. net/http's
// sends a request once more where a connection that had been idle breaks before the first byte of an answer, and, over
// HTTP/2, for as long as servers reset it. Then the first may have had its effect, whatever the answer to the last says.
//
// Behind a transport of the program's own, nothing shows when a
// request without a body is repeated: a DELETE, or an update that changes nothing (docs/decisions.md).
type sending struct {
	state atomic.Int32 // of withBody, inDefault, bodyRead; with the first two alone, nothing was sent for sure
	again atomic.Int32 // times that the body was asked for again, or the default transport looked for another connection
	dials atomic.Int32
}

const (
	withBody  = 1 << iota
	inDefault // the default transport has the request
	bodyRead  // or some of it
)

// sendingKey is where the request's context has it, for the default transport.
type sendingKey struct{}

func sendingOf(ctx context.Context) *sending {
	s, _ := ctx.Value(sendingKey{}).(*sending)
	return s
}

// watch looks at who takes the request's body.
func (s *sending) watch(req *http.Request) {
	if req.ContentLength == 0 {
		return // nothing else may be in the place of http.NoBody
	}
	s.state.Or(withBody)
	req.Body = &watchedBody{req.Body, s}
	whole := req.GetBody
	req.GetBody = func() (io.ReadCloser, error) {
		s.again.Add(1)
		return whole()
	}
}

type watchedBody struct {
	io.ReadCloser
	on *sending
}

func (b *watchedBody) Read(p []byte) (int, error) {
	b.on.state.Or(bodyRead)
	return b.ReadCloser.Read(p)
}

// repeated says whether the request may have been sent more than once, or, without an answer, by a transport that then
// tried again by itself: what it says of its last try is not true of the first.
func (s *sending) repeated(resp *http.Response) bool {
	again := s.again.Load()
	if resp != nil && resp.Header.Get("Location") != "" &&
		(resp.StatusCode == http.StatusTemporaryRedirect || resp.StatusCode == http.StatusPermanentRedirect) {
		again-- // net/http asks for the body before it asks whether to follow
	}
	return again > 0 || resp == nil && s.state.Load()&bodyRead != 0
}

// maxDials bounds how many connections net/http may open for one attempt. It takes a new one for each repetition over
// HTTP/2, without end and a thousand times a second. A few are normal: others may have filled a connection that was
// opened for this request.
const maxDials = 16

var errRepeats = errors.New("repeated over and over by net/http")
