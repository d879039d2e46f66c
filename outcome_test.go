package stripecash_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

func TestOutcomeUnknown(t *testing.T) {
	var (
		reset    = lose(errors.New("connection reset by peer"))
		noDial   = lose(&net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")})
		invalid  = reply(400, apiError(`"type":"invalid_request_error"`))
		declined = reply(402, apiError(`"type":"card_error","code":"card_declined"`))
		missing  = reply(404, apiError(`"type":"invalid_request_error","code":"resource_missing"`))
		limited  = reply(429, apiError(`"type":"invalid_request_error","code":"rate_limit"`))
		inUse    = reply(409, apiError(`"type":"idempotency_error","code":"idempotency_key_in_use"`))
		failed   = reply(500, apiError(`"type":"api_error"`))
		page404  = reply(404, "<html>no such page</html>", "Content-Type", "text/html")
		page400  = reply(400, "<html>bad request</html>", "Content-Type", "text/html")
		page200  = reply(200, "<html>hello</html>", "Content-Type", "text/html")
	)
	tests := []struct {
		name    string
		method  string
		answers []answer // the last one again, if there are more attempts
		want    bool
	}{
		{"the connection broke", http.MethodPost, []answer{reset}, true},
		{"the answer broke off", http.MethodPost, []answer{breakOff(io.ErrUnexpectedEOF)}, true},
		{"the answer is a proxy's page", http.MethodPost, []answer{page200}, true},
		{"the server failed", http.MethodPost, []answer{failed}, true},
		{"another attempt is still at work", http.MethodPost, []answer{inUse}, true},
		{"a GET has no effect", http.MethodGet, []answer{failed}, false},
		{"a DELETE has", http.MethodDelete, []answer{failed}, true},
		{"never connected", http.MethodPost, []answer{noDial}, false},
		{"never admitted", http.MethodPost, []answer{limited}, false},
		{"refused", http.MethodPost, []answer{invalid}, false},
		{"declined", http.MethodPost, []answer{declined}, false},
		{"refused by a proxy", http.MethodPost, []answer{page404}, false},

		{"broken, then never connected", http.MethodPost, []answer{reset, noDial}, true},
		{"broken, then never admitted", http.MethodPost, []answer{reset, limited}, true},
		{"broken, then refused: the key tells that the first was too", http.MethodPost, []answer{reset, invalid}, false},
		{"broken, then declined", http.MethodPost, []answer{failed, declined}, false},
		{"broken, then nothing there to change", http.MethodPost, []answer{reset, missing}, false},
		{"broken, then deleted already, perhaps by the first", http.MethodDelete, []answer{reset, missing}, true},
		{"broken, then a proxy's 404, which knows of no keys", http.MethodPost, []answer{reset, page404}, true},
		{"broken, then a proxy's 400", http.MethodPost, []answer{reset, page400}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, err := callWidget(t.Context(), newWire(tt.answers...).client(t), tt.method, nil)
				require.Error(t, err)
				assert.Equal(t, tt.want, errors.Is(err, stripecash.ErrOutcomeUnknown), "%v", err)
			})
		})
	}
}

func TestOutcomeOfACallThatWasGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := callWidget(ctx, newWire(func(req *http.Request) (*http.Response, error) {
			cancel()
			return hang(req)
		}).client(t), http.MethodPost, nil)
		require.ErrorIs(t, err, context.Canceled)
		assert.ErrorIs(t, err, stripecash.ErrOutcomeUnknown, "the request was on its way")
	})
}
