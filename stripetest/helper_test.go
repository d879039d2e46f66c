package stripetest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// answer is what came back over the wire, decoded without help from the client.
type answer struct {
	Status int
	Header http.Header
	Text   string
	Body   map[string]any
}

// errorField is a field of the answer's error object.
func (a answer) errorField(name string) any {
	fields, _ := a.Body["error"].(map[string]any)
	return fields[name]
}

// ids are the IDs of the objects in a list.
func (a answer) ids() []string {
	var ids []string
	data, _ := a.Body["data"].([]any)
	for _, item := range data {
		id, _ := item.(map[string]any)["id"].(string)
		ids = append(ids, id)
	}
	return ids
}

// newRequest is a request with a key and, but for GET, a form body.
func newRequest(t testing.TB, method, path, form string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "https://api.stripe.com"+path, strings.NewReader(form))
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer sk_test_abcd1234")
	if method != http.MethodGet && form != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return req
}

func send(t testing.TB, srv *stripetest.Server, req *http.Request) answer {
	t.Helper()
	resp, err := srv.RoundTrip(req)
	require.NoError(t, err)
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	a := answer{Status: resp.StatusCode, Header: resp.Header, Text: string(text)}
	require.NoError(t, json.Unmarshal(text, &a.Body), "%s", text)
	return a
}

func get(t testing.TB, srv *stripetest.Server, path string) answer {
	t.Helper()
	return send(t, srv, newRequest(t, http.MethodGet, path, ""))
}

// post sends pairs of names and values.
func post(t testing.TB, srv *stripetest.Server, path string, pairs ...string) answer {
	t.Helper()
	form := url.Values{}
	for pair := range slices.Chunk(pairs, 2) {
		form.Add(pair[0], pair[1])
	}
	return send(t, srv, newRequest(t, http.MethodPost, path, form.Encode()))
}
