package stripego_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
)

const key = "sk_test_stripego"

// ours is this client on a transport.
func ours(t *testing.T, transport http.RoundTripper) *stripecash.Client {
	t.Helper()
	api, err := stripecash.NewClient(key, stripecash.WithHTTPClient(&http.Client{Transport: transport}))
	require.NoError(t, err)
	return api
}

// theirs is stripe-go on a transport, with its defaults but for what it logs and what it tells Stripe of its calls.
func theirs(transport http.RoundTripper) *stripe.Client {
	return stripe.NewClient(key, stripe.WithBackends(stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		HTTPClient:      &http.Client{Transport: transport},
		LeveledLogger:   &stripe.LeveledLogger{Level: stripe.LevelNull},
		EnableTelemetry: new(false),
	})))
}

// answer is what a stub answers.
type answer struct {
	status int
	header http.Header
	body   string
}

// stub is a transport that keeps what it is sent, and gives its answers one after the other, the last one again
// and again.
type stub struct {
	answers []answer
	sent    []*http.Request
	bodies  []string
}

// RoundTrip implements [http.RoundTripper].
func (s *stub) RoundTrip(r *http.Request) (*http.Response, error) {
	var sent bytes.Buffer
	if r.Body != nil {
		if _, err := sent.ReadFrom(r.Body); err != nil {
			return nil, err
		}
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	a := s.answers[min(len(s.sent), len(s.answers)-1)]
	s.sent, s.bodies = append(s.sent, r), append(s.bodies, sent.String())
	header := a.header.Clone()
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{
		StatusCode: a.status, Header: header, Body: io.NopCloser(bytes.NewBufferString(a.body)), Request: r,
		ProtoMajor: 1, ProtoMinor: 1,
	}, nil
}

// always answers everything with the same.
func always(status int, body string) *stub {
	return &stub{answers: []answer{{status: status, body: body}}}
}
