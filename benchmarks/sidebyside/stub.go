package sidebyside

import (
	"bytes"
	"io"
	"net/http"
)

// Stub is a network that answers at once and always the same, so that what is measured is a client's own work.
type Stub struct {
	Status int
	Answer []byte
	Header http.Header
	Seen   func(req *http.Request, body []byte) // told of every request, if not nil
}

// NewStub makes a network with a task's answer.
func NewStub(t Task) *Stub {
	return &Stub{Status: t.Status, Answer: t.Answer, Header: http.Header{
		"Content-Type": {"application/json"},
		"Request-Id":   {"req_Hn2DX8vzLQpo4T"},
	}}
}

// canned is a response and its body in one allocation.
type canned struct {
	http.Response
	body bytes.Reader
}

func (c *canned) Read(p []byte) (int, error)         { return c.body.Read(p) }
func (c *canned) WriteTo(w io.Writer) (int64, error) { return c.body.WriteTo(w) }
func (c *canned) Close() error                       { return nil }

// RoundTrip implements [http.RoundTripper].
func (s *Stub) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		var err error
		if s.Seen != nil {
			body, err = io.ReadAll(req.Body)
		} else {
			_, err = io.Copy(io.Discard, req.Body)
		}
		if err != nil {
			return nil, err
		}
		_ = req.Body.Close()
	}
	if s.Seen != nil {
		s.Seen(req, body)
	}
	c := &canned{Response: http.Response{
		StatusCode: s.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: s.Header, ContentLength: int64(len(s.Answer)), Request: req,
	}}
	c.body.Reset(s.Answer)
	c.Body = c
	return &c.Response, nil
}
