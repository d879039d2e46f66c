package stripecash_test

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

const bodyCap = 8 << 20

// padded is a widget of that size.
func padded(size int) string {
	const before, after = `{"object":"widget","id":"wid_1","pad":"`, `"}`
	return before + strings.Repeat("x", size-len(before)-len(after)) + after
}

// An answer of any size must not take any amount of memory; gzip makes a small one large.
func TestBodyCap(t *testing.T) {
	tests := []struct {
		name    string
		size    int
		refused bool
	}{
		{"at the cap", bodyCap, false},
		{"one byte over the cap", bodyCap + 1, true},
	}
	writers := []struct {
		name  string
		write func(w http.ResponseWriter, status int, body string)
	}{
		{"with its length", func(w http.ResponseWriter, status int, body string) {
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}},
		{"in chunks", func(w http.ResponseWriter, status int, body string) {
			w.WriteHeader(status)
			_ = http.NewResponseController(w).Flush()
			_, _ = io.WriteString(w, body)
		}},
		{"as gzip", func(w http.ResponseWriter, status int, body string) {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(status)
			zip, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
			_, _ = io.WriteString(zip, body)
			_ = zip.Close()
		}},
	}
	for _, tt := range tests {
		for _, way := range writers {
			t.Run(tt.name+", "+way.name, func(t *testing.T) {
				var requests atomic.Int64
				status := http.StatusOK
				srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					requests.Add(1)
					way.write(w, status, padded(tt.size))
				}))
				defer srv.Close()
				c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(srv.URL))
				require.NoError(t, err)
				defer c.CloseIdleConnections()

				_, err = postWidget(t.Context(), c, nil)
				assert.EqualValues(t, 1, requests.Load(), "the next answer would be as long")
				if !tt.refused {
					require.NoError(t, err)
					return
				}
				e, ok := errors.AsType[*stripecash.CallError](err)
				require.True(t, ok, "%T", err)
				assert.Equal(t, http.StatusOK, e.Status)
				require.EqualError(t, err, "stripecash: POST /v1/widgets/wid_1: 200: reading the answer: the answer is longer than 8 MiB")
				require.ErrorIs(t, err, stripecash.ErrOutcomeUnknown)

				status = http.StatusNotFound
				_, err = getWidget(t.Context(), c)
				require.ErrorIs(t, err, stripecash.ErrNotFound, "a status is an answer, whatever its body")
				missing, ok := errors.AsType[*stripecash.Error](err)
				require.True(t, ok, "%T", err)
				assert.Equal(t, padded(tt.size)[:64<<10], string(missing.Body), "how it begins is kept")
			})
		}
	}
}

// What says that it is too long is not read to its end, and is not believed.
func TestBodyThatSaysItIsTooLong(t *testing.T) {
	for _, length := range []int64{bodyCap + 1, 1 << 62} {
		read := new(byteCounter)
		long := func(status int) answer {
			return func(req *http.Request) (*http.Response, error) {
				resp, err := reply(status, padded(1<<20))(req)
				resp.ContentLength, resp.Body = length, struct {
					io.Reader
					io.Closer
				}{io.TeeReader(resp.Body, read), resp.Body}
				return resp, err
			}
		}
		c := newWire(long(200), long(404)).client(t)
		var resp stripecash.Response
		_, err := getWidget(t.Context(), c, stripecash.WithResponse(&resp))
		require.EqualError(t, err, "stripecash: GET /v1/widgets/wid_1: 200: reading the answer: the answer is longer than 8 MiB")
		assert.Len(t, resp.Body, 64<<10)
		_, err = getWidget(t.Context(), c)
		missing, ok := errors.AsType[*stripecash.Error](err)
		require.True(t, ok, "%T", err)
		assert.Equal(t, padded(1 << 20)[:64<<10], string(missing.Body))
		assert.Equal(t, 2*64<<10, read.bytes)
	}
}

// byteCounter counts what is written to it.
type byteCounter struct{ bytes int }

func (c *byteCounter) Write(p []byte) (int, error) {
	c.bytes += len(p)
	return len(p), nil
}

// The buffers that answers are read into are used again; what was handed out must not change with them.
func TestBodiesAreTheCallersOwn(t *testing.T) {
	w := newWire(
		reply(200, widgetJSON+strings.Repeat(" ", 1000)), // makes the buffer that all the others fit into
		reply(200, `{"object":"widget","id":"wid_a","owner":{"id":"cus_a"}}`),
		reply(404, apiError(`"message":"first","payment_intent":{"id":"pi_a"}`)),
		reply(200, `{"object":"gadget","id":"wid_c"}`),
		reply(200, `{"object":"widget","id":"wid_z","owner":{"id":"cus_z"},"pad":"`+strings.Repeat("z", 50)+`"}`),
	)
	c := w.client(t)
	_, err := getWidget(t.Context(), c)
	require.NoError(t, err)
	var resp stripecash.Response
	got, err := getWidget(t.Context(), c, stripecash.WithResponse(&resp))
	require.NoError(t, err)
	_, err = getWidget(t.Context(), c)
	apiErr, ok := errors.AsType[*stripecash.Error](err)
	require.True(t, ok)
	_, err = getWidget(t.Context(), c)
	objectErr, ok := errors.AsType[*stripecash.ObjectError](err)
	require.True(t, ok)

	for range 10 {
		_, err = getWidget(t.Context(), c)
		require.NoError(t, err)
	}
	assert.Equal(t, "cus_a", got.Owner.Object.ID)
	assert.JSONEq(t, `{"object":"widget","id":"wid_a","owner":{"id":"cus_a"}}`, string(resp.Body))
	assert.JSONEq(t, `{"error":{"message":"first","payment_intent":{"id":"pi_a"}}}`, string(apiErr.Body))
	assert.JSONEq(t, `{"id":"pi_a"}`, string(apiErr.PaymentIntent.Raw))
	assert.JSONEq(t, `{"object":"gadget","id":"wid_c"}`, string(objectErr.Body))
	assert.Equal(t, "gadget", objectErr.Got)
}

// A body is read to its end even when nobody wants it: only then can the connection carry the next request.
func TestBodyIsReadToTheEnd(t *testing.T) {
	for _, status := range []int{200, 302, 400, 404, 429, 500} {
		body := &watchedBody{Reader: strings.NewReader(widgetJSON + strings.Repeat(" ", 1<<20))}
		w := newWire(func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{}, Body: body, ContentLength: -1, Request: req}, nil
		})
		_ = w.client(t, stripecash.WithMaxRetries(0)).Do(t.Context(), stripecash.Request{Method: http.MethodGet, Path: "/v1/widgets"}, nil)
		assert.True(t, body.ended, "%d", status)
		assert.True(t, body.closed, "%d", status)
	}
}

// watchedBody knows whether it was read to its end and closed: net/http uses the connection again only then.
type watchedBody struct {
	io.Reader
	ended, closed bool
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.ended = b.ended || err == io.EOF
	return n, err
}

func (b *watchedBody) Close() error {
	b.closed = true
	return nil
}

func TestResponse(t *testing.T) {
	tests := []struct {
		name   string
		answer answer
		want   stripecash.Response // but for the header
	}{
		{"success", reply(200, widgetJSON, "Request-Id", "req_1"), stripecash.Response{Status: 200, RequestID: "req_1", Body: []byte(widgetJSON)}},
		{"a replay", reply(200, widgetJSON, "Idempotent-Replayed", "true", "Original-Request", "req_0"),
			stripecash.Response{Status: 200, Replayed: true, Body: []byte(widgetJSON)}},
		{"a replay of an error", reply(402, `{}`, "Idempotent-Replayed", "true", "Request-Id", "req_1"),
			stripecash.Response{Status: 402, Replayed: true, RequestID: "req_1", Body: []byte(`{}`)}},
		{"no replay", reply(200, widgetJSON, "Idempotent-Replayed", "false"), stripecash.Response{Status: 200, Body: []byte(widgetJSON)}},
		{"an error", reply(404, `{}`, "Request-Id", "req_1"), stripecash.Response{Status: 404, RequestID: "req_1", Body: []byte(`{}`)}},
		{"another object", reply(200, `{}`), stripecash.Response{Status: 200, Body: []byte(`{}`)}},
		{"an answer that can't be read", reply(200, html), stripecash.Response{Status: 200, Body: []byte(html)}},
		{"no answer", lose(errReset), stripecash.Response{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWire(tt.answer)
			resp := stripecash.Response{Status: 999, Replayed: true, Body: []byte("of an earlier call")}
			_, _ = postWidget(t.Context(), w.client(t, stripecash.WithMaxRetries(0)), nil, stripecash.WithResponse(&resp))
			want := tt.want
			want.Attempts, want.IdempotencyKey, want.Header = 1, w.only(t).Header.Get("Idempotency-Key"), resp.Header
			assert.Equal(t, want, resp)
			assert.Equal(t, tt.want.Status != 0, resp.Header != nil)
			assert.Equal(t, tt.want.RequestID, resp.Header.Get("Request-Id"))
		})
	}
}

// A null is valid JSON and no answer: a call that takes any object must not report the zero value as what came.
func TestNullIsNoAnswer(t *testing.T) {
	var out widget
	err := newWire(reply(http.StatusOK, "null")).client(t).Do(t.Context(),
		stripecash.Request{Method: http.MethodGet, Path: "/v1/balance"}, &out)
	require.EqualError(t, err, "stripecash: GET /v1/balance: 200: decoding the answer: not a JSON object")
}
