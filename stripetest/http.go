package stripetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"strconv"
	"syscall"
)

// ServeHTTP answers a request over a real connection.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := s.answer(r)
	if a.status == 0 {
		panic(http.ErrAbortHandler) // net/http's way to close a connection, and an HTTP/2 stream, without an answer
	}
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	if a.cut == CutInBody {
		_, _ = w.Write(a.body[:len(a.body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	_, _ = w.Write(a.body) // a client that has gone needs no answer
}

// RoundTrip answers a request without a connection, whatever host it is for. It makes a [Server] the Transport of an
// [http.Client]. Its errors are the context's when it has ended, and, where a [Fault] cuts the connection, what a
// transport reports then: a [net.OpError].
func (s *Server) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close()
		defer context.AfterFunc(r.Context(), func() { _ = r.Body.Close() })() // one that does not end by itself
	}
	if r.URL == nil {
		return nil, errors.New("stripetest: the request has no URL")
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	a := s.answer(r)
	if a.err != nil {
		return nil, a.err
	}
	if err := r.Context().Err(); err != nil && a.status == http.StatusBadRequest {
		return nil, err // and not that the body could not be read
	}
	if a.status == 0 {
		return nil, &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	}
	var body io.Reader = bytes.NewReader(a.body)
	if a.cut == CutInBody {
		body = io.MultiReader(bytes.NewReader(a.body[:len(a.body)/2]), broken{})
	}
	return &http.Response{
		Status:        fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)),
		StatusCode:    a.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        a.header,
		Body:          io.NopCloser(body),
		ContentLength: int64(len(a.body)),
		Request:       r,
	}, nil
}

// broken is the end of a body whose connection broke.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
