package stripecash_test

import (
	"bytes"
	"log/slog"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// Logs go further than a database: neither an ID, nor a parameter, a body or the key may be in them, however the
// call ends.
func TestLoggerTellsNoIDs(t *testing.T) {
	tests := []struct {
		name   string
		answer answer
		want   string // of the error
	}{
		{"success", reply(200, widgetJSON), ""},
		{"an error of the API", reply(404, apiError(`"type":"invalid_request_error","code":"resource_missing","param":"id","message":"No such widget: 'wid_1'"`)),
			"error.type=invalid_request_error error.code=resource_missing error.param=id"},
		{"a card that was declined", reply(402, apiError(`"type":"card_error","code":"card_declined","decline_code":"lost_card","message":"wid_1"`)),
			"error.type=card_error error.code=card_declined error.decline_code=lost_card"},
		{"an error of a proxy", reply(502, html), "status=502"},
		{"a status that has no name", reply(520, html), "status=520"},
		{"no answer", lose(errReset), `error="read tcp: connection reset by peer"`},
		{"an answer that makes no sense", reply(200, html), `error="decoding the answer: invalid character`},
		{"another object", reply(200, `{"object":"card","id":"wid_1"}`), "error.want=widget error.got=card"},
		{"a redirect", reply(302, "", "Location", "https://evil.example.com/v1/widgets/wid_1"), `error="refused a redirect to another host, https://evil.example.com"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
				w := newWire(tt.answer)
				_, err := postWidget(t.Context(), w.client(t, stripecash.WithLogger(logger)), &widgetParams{Name: new("Jenny")},
					stripecash.WithIdempotencyKey("order-17"))
				assert.Equal(t, len(w.requests()), bytes.Count(out.Bytes(), []byte("\n")), "a line for each attempt")
				assert.Contains(t, out.String(), "route="+widgetRoute)
				if tt.want != "" {
					require.Error(t, err)
					assert.Contains(t, out.String(), tt.want)
				}
				assert.NotContains(t, out.String(), `=""`, "what is empty is left out")
				assert.NotContains(t, out.String(), "status=0")
				for _, private := range []string{"wid_1", "Jenny", "order-17", testKey, "amount", "nginx"} {
					assert.NotContains(t, out.String(), private)
				}
			})
		})
	}
}
