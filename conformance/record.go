package conformance

import (
	"net/http"
	"net/url"
)

// Sent is a request as it came out of the client.
type Sent struct {
	Method string
	Path   string
	Values url.Values // of the query and the form
}

// Recorder is a transport that keeps what is sent and answers nothing of use.
type Recorder struct{ Sent []Sent }

// RoundTrip implements [http.RoundTripper].
func (r *Recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.ParseForm(); err != nil {
		return nil, err
	}
	if req.Method == http.MethodDelete { // ParseForm leaves its body alone
		req.Form = req.URL.Query()
	}
	r.Sent = append(r.Sent, Sent{req.Method, req.URL.Path, req.Form})
	return &http.Response{StatusCode: http.StatusTeapot, Body: http.NoBody, Header: http.Header{}, Request: req}, nil
}
