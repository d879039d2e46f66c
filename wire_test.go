package stripecash_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

const testKey = "sk_test_a1b2c3d4e5f6"

// widget is a resource of these tests only: the root knows none of its own.
type widget struct {
	ID     string                          `json:"id"`
	Object string                          `json:"object"`
	Amount int64                           `json:"amount"`
	Owner  stripecash.Expandable[customer] `json:"owner"`
}

func (w *widget) ObjectID() string { return w.ID }

type customer struct {
	ID    string `json:"id"`
	Email string `json:"email"`
}

const (
	widgetRoute = "/v1/widgets/{widget}"
	widgetJSON  = `{"id":"wid_1","object":"widget","amount":100,"owner":"cus_1"}`
)

func getWidget(ctx context.Context, c *stripecash.Client, opts ...stripecash.CallOption) (*widget, error) {
	return callWidget(ctx, c, http.MethodGet, nil, opts...)
}

func postWidget(ctx context.Context, c *stripecash.Client, params any, opts ...stripecash.CallOption) (*widget, error) {
	return callWidget(ctx, c, http.MethodPost, params, opts...)
}

func callWidget(ctx context.Context, c *stripecash.Client, method string, params any, opts ...stripecash.CallOption) (*widget, error) {
	return stripecash.Call[widget](ctx, c, stripecash.Request{
		Method: method, Path: widgetRoute, IDs: []string{"wid_1"}, Params: params, Object: "widget",
	}, opts...)
}

// wire stands in for the network: it gives one answer of its script to each request, the last one for ever, and
// remembers what it was sent. It opens no sockets, so that it works inside a synctest bubble.
type wire struct {
	mu     sync.Mutex
	script []answer
	sent   []sent
}

// answer is what the other side does with a request.
type answer func(*http.Request) (*http.Response, error)

// sent is a request as it went out.
type sent struct {
	Method string
	URL    string
	Header http.Header
	Body   string
	At     time.Time
}

func newWire(script ...answer) *wire { return &wire{script: script} }

// widgets is a wire on which every request succeeds.
func widgets() *wire { return newWire(reply(http.StatusOK, widgetJSON)) }

func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	s := sent{Method: req.Method, URL: req.URL.String(), Header: req.Header.Clone(), At: time.Now()}
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		s.Body = string(body)
	}
	w.mu.Lock()
	w.sent = append(w.sent, s)
	next := w.script[min(len(w.sent), len(w.script))-1]
	w.mu.Unlock()
	return next(req)
}

func (w *wire) requests() []sent {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]sent(nil), w.sent...)
}

// only is the one request that was sent.
func (w *wire) only(t *testing.T) sent {
	t.Helper()
	requests := w.requests()
	require.Len(t, requests, 1)
	return requests[0]
}

// waits is how long the client waited before each attempt but the first.
func (w *wire) waits() []time.Duration {
	var waits []time.Duration
	requests := w.requests()
	for i := 1; i < len(requests); i++ {
		waits = append(waits, requests[i].At.Sub(requests[i-1].At))
	}
	return waits
}

func (w *wire) client(tb testing.TB, opts ...stripecash.Option) *stripecash.Client {
	tb.Helper()
	all := append([]stripecash.Option{stripecash.WithHTTPClient(&http.Client{Transport: w})}, opts...)
	c, err := stripecash.NewClient(testKey, all...)
	require.NoError(tb, err)
	return c
}

// reply answers with a status, a body and headers, given as name, value, name, value.
func reply(status int, body string, headers ...string) answer {
	return func(req *http.Request) (*http.Response, error) {
		resp := &http.Response{
			StatusCode: status, Request: req, Body: io.NopCloser(strings.NewReader(body)),
			ContentLength: int64(len(body)), Header: http.Header{"Content-Type": {"application/json"}},
		}
		for i := 0; i < len(headers); i += 2 {
			resp.Header.Set(headers[i], headers[i+1])
		}
		return resp, nil
	}
}

// lose answers with nothing: the request went out, and the connection failed.
func lose(err error) answer {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// breakOff begins a good answer and then fails.
func breakOff(err error) answer {
	return func(req *http.Request) (*http.Response, error) {
		resp, _ := reply(http.StatusOK, "")(req)
		resp.ContentLength = -1
		resp.Body = io.NopCloser(io.MultiReader(strings.NewReader(widgetJSON[:20]), failing{err}))
		return resp, nil
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// hang answers when nobody waits any longer.
func hang(req *http.Request) (*http.Response, error) {
	<-req.Context().Done()
	return nil, req.Context().Err()
}

// apiError is an error as the API writes it.
func apiError(fields string) string { return `{"error":{` + fields + `}}` }
