package stripecash_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// sentinels by name, so that a table can say which of all of them an error matches, and which not.
func sentinels() map[string]error {
	return map[string]error{
		"NotFound": stripecash.ErrNotFound, "Authentication": stripecash.ErrAuthentication,
		"Permission": stripecash.ErrPermission, "RateLimited": stripecash.ErrRateLimited,
		"Conflict": stripecash.ErrConflict, "Idempotency": stripecash.ErrIdempotency,
		"CardDeclined": stripecash.ErrCardDeclined, "InvalidRequest": stripecash.ErrInvalidRequest,
		"Server": stripecash.ErrServer, "OutcomeUnknown": stripecash.ErrOutcomeUnknown,
	}
}

func matches(err error) []string {
	got := []string{}
	for name, sentinel := range sentinels() {
		if errors.Is(err, sentinel) {
			got = append(got, name)
		}
	}
	return got
}

// Every answer that is not 2xx is an *Error, whoever gave it and whatever its body.
func TestErrors(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   string
		header []string
		want   stripecash.Error // but for what all have: method, path, status, header, body, attempts
		text   string           // after "stripecash: POST /v1/widgets/wid_1: "
		is     []string
	}{
		{
			name: "invalid_request_error", status: 400, header: []string{"Request-Id", "req_1"},
			body: apiError(`"type":"invalid_request_error","code":"parameter_missing","param":"amount","message":"Missing required param: amount.",
				"doc_url":"https://stripe.com/docs/error-codes/parameter-missing","request_log_url":"https://dashboard.stripe.com/test/logs/req_1"`),
			want: stripecash.Error{
				Type: stripecash.ErrorTypeInvalidRequest, Code: stripecash.CodeParameterMissing, Param: "amount",
				Message: "Missing required param: amount.", DocURL: "https://stripe.com/docs/error-codes/parameter-missing",
				RequestLogURL: "https://dashboard.stripe.com/test/logs/req_1", RequestID: "req_1",
			},
			text: "400: invalid_request_error (parameter_missing): Missing required param: amount. [req_1]",
			is:   []string{"InvalidRequest"},
		},
		{
			name: "card_error with all that it can tell", status: 402, header: []string{"Request-Id", "req_2"},
			body: apiError(`"type":"card_error","code":"card_declined","decline_code":"insufficient_funds","message":"Your card has insufficient funds.",
				"charge":"ch_1","advice_code":"try_again_later","network_advice_code":"03","network_decline_code":"51",
				"payment_intent":{"id":"pi_1","object":"payment_intent"},"setup_intent":"seti_1",
				"payment_method":{"id":"pm_1"},"payment_method_type":"card","source":{"id":"card_1"}`),
			want: stripecash.Error{
				Type: stripecash.ErrorTypeCard, Code: stripecash.CodeCardDeclined, DeclineCode: "insufficient_funds",
				Message: "Your card has insufficient funds.", Charge: "ch_1", AdviceCode: "try_again_later",
				NetworkAdviceCode: "03", NetworkDeclineCode: "51", RequestID: "req_2",
				PaymentIntent:     stripecash.Ref{ID: "pi_1", Raw: json.RawMessage(`{"id":"pi_1","object":"payment_intent"}`)},
				SetupIntent:       stripecash.Ref{ID: "seti_1"},
				PaymentMethod:     stripecash.Ref{ID: "pm_1", Raw: json.RawMessage(`{"id":"pm_1"}`)},
				PaymentMethodType: "card",
				Source:            stripecash.Ref{ID: "card_1", Raw: json.RawMessage(`{"id":"card_1"}`)},
			},
			text: "402: card_error (card_declined, insufficient_funds): Your card has insufficient funds. [req_2]",
			is:   []string{"CardDeclined"},
		},
		{
			name: "a decline without a code", status: 402, body: apiError(`"type":"card_error","decline_code":"lost_card"`),
			want: stripecash.Error{Type: stripecash.ErrorTypeCard, DeclineCode: "lost_card"},
			text: "402: card_error", is: []string{"CardDeclined"},
		},
		{
			name: "a message without a type", status: 400, body: apiError(`"message":"No."`),
			want: stripecash.Error{Message: "No."}, text: "400: No.", is: []string{"OutcomeUnknown"},
		},
		{
			name: "a message that begins with colons", status: 400, body: apiError(`"message":"::1 is no host."`),
			want: stripecash.Error{Message: "::1 is no host."}, text: "400: ::1 is no host.", is: []string{"OutcomeUnknown"},
		},
		{
			name: "a code without a type", status: 400, body: apiError(`"code":"c","message":"m"`),
			want: stripecash.Error{Code: "c", Message: "m"}, text: "400: (c): m", is: []string{"OutcomeUnknown"},
		},
		{
			name: "idempotency_error", status: 400,
			body: apiError(`"type":"idempotency_error","message":"Keys for idempotent requests can only be used with the same parameters."`),
			want: stripecash.Error{Type: stripecash.ErrorTypeIdempotency, Message: "Keys for idempotent requests can only be used with the same parameters."},
			text: "400: idempotency_error: Keys for idempotent requests can only be used with the same parameters.",
			is:   []string{"Idempotency"},
		},
		{
			name: "api_error", status: 500, body: apiError(`"type":"api_error","message":"Sorry."`),
			want: stripecash.Error{Type: stripecash.ErrorTypeAPI, Message: "Sorry."},
			text: "500: api_error: Sorry.",
			is:   []string{"Server", "OutcomeUnknown"},
		},
		{
			name: "401", status: 401, body: apiError(`"type":"invalid_request_error","message":"Invalid API Key provided: sk_test_****1234"`),
			want: stripecash.Error{Type: stripecash.ErrorTypeInvalidRequest, Message: "Invalid API Key provided: sk_test_****1234"},
			text: "401: invalid_request_error: Invalid API Key provided: sk_test_****1234",
			is:   []string{"Authentication"},
		},
		{
			name: "403", status: 403, body: apiError(`"type":"invalid_request_error","message":"No."`),
			want: stripecash.Error{Type: stripecash.ErrorTypeInvalidRequest, Message: "No."},
			text: "403: invalid_request_error: No.", is: []string{"Permission"},
		},
		{
			name: "404", status: 404, header: []string{"Request-Id", "req_9"},
			body: apiError(`"type":"invalid_request_error","code":"resource_missing","param":"customer","message":"No such customer: 'cus_404'"`),
			want: stripecash.Error{
				Type: stripecash.ErrorTypeInvalidRequest, Code: stripecash.CodeResourceMissing, Param: "customer",
				Message: "No such customer: 'cus_404'", RequestID: "req_9",
			},
			text: "404: invalid_request_error (resource_missing): No such customer: 'cus_404' [req_9]",
			is:   []string{"NotFound", "InvalidRequest"},
		},
		{
			name: "400 about a cursor that names nothing", status: 400,
			body: apiError(`"type":"invalid_request_error","code":"resource_missing","param":"starting_after"`),
			want: stripecash.Error{Type: stripecash.ErrorTypeInvalidRequest, Code: stripecash.CodeResourceMissing, Param: "starting_after"},
			text: "400: invalid_request_error (resource_missing)", is: []string{"NotFound", "InvalidRequest"},
		},
		{
			name: "409 of a key in use", status: 409, body: apiError(`"type":"idempotency_error","code":"idempotency_key_in_use"`),
			want: stripecash.Error{Type: stripecash.ErrorTypeIdempotency, Code: stripecash.CodeIdempotencyKeyInUse},
			text: "409: idempotency_error (idempotency_key_in_use)", is: []string{"Conflict", "Idempotency", "OutcomeUnknown"},
		},
		{
			name: "409 of a key in use, by its code alone", status: 409, body: apiError(`"type":"invalid_request_error","code":"idempotency_key_in_use"`),
			want: stripecash.Error{Type: stripecash.ErrorTypeInvalidRequest, Code: stripecash.CodeIdempotencyKeyInUse},
			text: "409: invalid_request_error (idempotency_key_in_use)", is: []string{"Conflict", "Idempotency", "OutcomeUnknown"},
		},
		{
			name: "a 5xx of that type", status: 500, body: apiError(`"type":"invalid_request_error"`),
			want: stripecash.Error{Type: stripecash.ErrorTypeInvalidRequest},
			text: "500: invalid_request_error", is: []string{"Server", "OutcomeUnknown"},
		},
		{
			name: "409", status: 409, body: apiError(`"type":"invalid_request_error","message":"Try again."`),
			want: stripecash.Error{Type: stripecash.ErrorTypeInvalidRequest, Message: "Try again."},
			text: "409: invalid_request_error: Try again.", is: []string{"Conflict"},
		},
		{
			name: "429", status: 429, body: apiError(`"type":"invalid_request_error","code":"rate_limit","message":"Slow down."`),
			want: stripecash.Error{Type: stripecash.ErrorTypeInvalidRequest, Code: stripecash.CodeRateLimit, Message: "Slow down."},
			text: "429: invalid_request_error (rate_limit): Slow down.", is: []string{"RateLimited"},
		},
		{
			name: "429 of a lock timeout", status: 429, body: apiError(`"type":"invalid_request_error","code":"lock_timeout"`),
			want: stripecash.Error{Type: stripecash.ErrorTypeInvalidRequest, Code: stripecash.CodeLockTimeout},
			text: "429: invalid_request_error (lock_timeout)", is: []string{"RateLimited"},
		},
		{
			name: "a type and a code that this version does not know", status: 418, body: apiError(`"type":"tea_error","code":"teapot","message":"m"`),
			want: stripecash.Error{Type: "tea_error", Code: "teapot", Message: "m"}, text: "418: tea_error (teapot): m",
		},
		{
			name: "HTML 502", status: 502, body: html, header: []string{"Content-Type", "text/html; charset=utf-8"},
			text: "502: Bad Gateway (no error object in the answer: 31 bytes of text/html; charset=utf-8)",
			is:   []string{"Server", "OutcomeUnknown"},
		},
		{
			name: "HTML 403", status: 403, body: html, header: []string{"Content-Type", "text/html"},
			text: "403: Forbidden (no error object in the answer: 31 bytes of text/html)", is: []string{"Permission", "OutcomeUnknown"},
		},
		{
			name: "empty 503", status: 503, header: []string{"Content-Type", "", "Request-Id", "req_3"},
			want: stripecash.Error{RequestID: "req_3"},
			text: "503: Service Unavailable (no error object in the answer: 0 bytes of no content type) [req_3]",
			is:   []string{"Server", "OutcomeUnknown"},
		},
		{
			name: "a status without a name", status: 520, body: html, header: []string{"Content-Type", "text/html"},
			text: "520: (no error object in the answer: 31 bytes of text/html)", is: []string{"Server", "OutcomeUnknown"},
		},
		{
			name: "truncated JSON", status: 402, body: `{"error":{"type":"card_err`,
			text: "402: Payment Required (no error object in the answer: 26 bytes of application/json)", is: []string{"OutcomeUnknown"},
		},
		{name: "JSON without an error", status: 400, body: `{}`, text: "400: Bad Request (no error object in the answer: 2 bytes of application/json)", is: []string{"OutcomeUnknown"}},
		{name: "a list", status: 400, body: `[]`, text: "400: Bad Request (no error object in the answer: 2 bytes of application/json)", is: []string{"OutcomeUnknown"}},
		{name: "null", status: 400, body: `null`, text: "400: Bad Request (no error object in the answer: 4 bytes of application/json)", is: []string{"OutcomeUnknown"}},
		{name: "a null error", status: 400, body: `{"error":null}`, text: "400: Bad Request (no error object in the answer: 14 bytes of application/json)", is: []string{"OutcomeUnknown"}},
		{name: "an error of OAuth", status: 400, body: `{"error":"invalid_grant","error_description":"x"}`, text: "400: Bad Request (no error object in the answer: 49 bytes of application/json)", is: []string{"OutcomeUnknown"}},
		{
			name: "one field that is not what it should be", status: 402,
			body: apiError(`"type":"card_error","charge":{"id":"ch_1"},"code":"card_declined","message":"Declined.","payment_intent":5`),
			want: stripecash.Error{Type: stripecash.ErrorTypeCard, Code: stripecash.CodeCardDeclined, Message: "Declined."},
			text: "402: card_error (card_declined): Declined.", is: []string{"CardDeclined"},
		},
		{
			name: "a message of many lines", status: 400, header: []string{"Request-Id", "req_\x1b[31m"},
			body: apiError(`"type":"invalid_request_error","code":"a\nb","message":"one\ntwo\r\nthree\u0000\u001b[2J\u2028four\u0085\u202e"`),
			want: stripecash.Error{
				Type: stripecash.ErrorTypeInvalidRequest, Code: "a\nb", RequestID: "req_\x1b[31m",
				Message: "one\ntwo\r\nthree\x00\x1b[2J\u2028four\u0085\u202e",
			},
			text: "400: invalid_request_error (a b): one two  three  [2J four   [req_ [31m]", is: []string{"InvalidRequest"},
		},
		{name: "300", status: 300, text: "300: Multiple Choices (no error object in the answer: 0 bytes of application/json)", is: []string{"OutcomeUnknown"}},
		{name: "304", status: 304, text: "304: Not Modified (no error object in the answer: 0 bytes of application/json)", is: []string{"OutcomeUnknown"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWire(reply(tt.status, tt.body, tt.header...))
			var resp stripecash.Response
			got, err := postWidget(t.Context(), w.client(t, stripecash.WithMaxRetries(0)), nil, stripecash.WithResponse(&resp))
			assert.Nil(t, got)
			e, ok := errors.AsType[*stripecash.Error](err)
			require.True(t, ok, "%T", err)

			assert.ElementsMatch(t, tt.is, matches(err))
			assert.Equal(t, "stripecash: POST /v1/widgets/wid_1: "+tt.text, err.Error())
			assert.Equal(t, tt.body, string(e.Body))
			assert.Equal(t, tt.body, string(resp.Body))
			assert.Equal(t, tt.status, resp.Status)
			assert.Equal(t, resp.Header, e.Header)
			assert.Equal(t, tt.want.RequestID, resp.RequestID)

			want := tt.want
			want.Method, want.Path, want.Status, want.Attempts = "POST", "/v1/widgets/wid_1", tt.status, 1
			assert.Equal(t, fields(&want), fields(e))
		})
	}
}

// fields are those that say something of an error, without what is compared elsewhere.
func fields(e *stripecash.Error) map[string]any {
	all := map[string]any{
		"method": e.Method, "path": e.Path, "status": e.Status, "attempts": e.Attempts, "request ID": e.RequestID,
		"type": e.Type, "code": e.Code, "decline code": e.DeclineCode, "message": e.Message, "param": e.Param,
		"doc URL": e.DocURL, "request log URL": e.RequestLogURL, "charge": e.Charge,
		"advice": e.AdviceCode, "network advice": e.NetworkAdviceCode, "network decline": e.NetworkDeclineCode,
		"payment intent": e.PaymentIntent, "setup intent": e.SetupIntent, "source": e.Source,
		"payment method": e.PaymentMethod, "payment method type": e.PaymentMethodType,
	}
	return all
}

func TestErrorText(t *testing.T) {
	e := &stripecash.Error{
		Method: "GET", Path: "/v1/customers/cus_404/cash_balance", Status: 404,
		Type: stripecash.ErrorTypeInvalidRequest, Code: stripecash.CodeResourceMissing,
		Message: "No such customer: 'cus_404'", RequestID: "req_9", Attempts: 1,
	}
	const line = "stripecash: GET /v1/customers/cus_404/cash_balance: 404: invalid_request_error (resource_missing): No such customer: 'cus_404' [req_9]"
	assert.Equal(t, line, e.Error())
	e.Attempts = 3
	assert.Equal(t, line+" after 3 attempts", e.Error())
}

// An error of one's own, as a test of a service would make it, matches without a call.
func TestErrorMade(t *testing.T) {
	assert.ElementsMatch(t, []string{"NotFound"}, matches(&stripecash.Error{Status: 404}))
	assert.Empty(t, matches(&stripecash.Error{}))
	assert.NotErrorIs(t, &stripecash.Error{}, io.EOF)
}

func TestErrorLogValue(t *testing.T) {
	e := &stripecash.Error{
		Method: "POST", Path: "/v1/x", Status: 402, Type: stripecash.ErrorTypeCard, Code: stripecash.CodeCardDeclined,
		DeclineCode: "lost_card", Message: "a\nb", Param: "source", RequestID: "req_1", DocURL: "https://stripe.com/docs",
		AdviceCode: "do_not_try_again", NetworkAdviceCode: "02", NetworkDeclineCode: "51", Charge: "ch_1",
		Attempts: 2, Body: []byte("secret of the body"), Header: http.Header{"X": {"secret of the header"}},
	}
	assert.JSONEq(t, `{"level":"INFO","msg":"m","error":{"method":"POST","path":"/v1/x","status":402,"attempts":2,"type":"card_error",
		"code":"card_declined","decline_code":"lost_card","message":"a\nb","param":"source","advice_code":"do_not_try_again",
		"network_advice_code":"02","network_decline_code":"51","charge":"ch_1","request_id":"req_1","doc_url":"https://stripe.com/docs"}}`,
		logged(e))

	_, err := postWidget(t.Context(), newWire(reply(500, "")).client(t, stripecash.WithMaxRetries(0)), nil, stripecash.WithIdempotencyKey("k"))
	assert.JSONEq(t, `{"level":"INFO","msg":"m","error":{"method":"POST","path":"/v1/widgets/wid_1","status":500,"attempts":1,"idempotency_key":"k","outcome_unknown":true}}`,
		logged(err), "fields that are not set are left out")

	_, err = postWidget(t.Context(), newWire(lose(errReset)).client(t, stripecash.WithMaxRetries(0)), nil, stripecash.WithIdempotencyKey("k"))
	assert.JSONEq(t, `{"level":"INFO","msg":"m","error":{"method":"POST","path":"/v1/widgets/wid_1","attempts":1,"idempotency_key":"k",
		"message":"read tcp: connection reset by peer","outcome_unknown":true}}`, logged(err))

	_, err = getWidget(t.Context(), newWire(reply(200, html, "Request-Id", "req_5")).client(t, stripecash.WithMaxRetries(0)))
	assert.JSONEq(t, `{"level":"INFO","msg":"m","error":{"method":"GET","path":"/v1/widgets/wid_1","attempts":1,"status":200,"request_id":"req_5",
		"message":"decoding the answer: invalid character '<' looking for beginning of value"}}`, logged(err))
}

func logged(err error) string {
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})).Info("m", slog.Any("error", err))
	return b.String()
}

// A 2xx that can't be understood is an error too, and says whether it was read whole.
func TestUnreadableAnswers(t *testing.T) {
	tests := []struct {
		name   string
		answer answer
		want   string // after "stripecash: POST /v1/widgets/wid_1: "
		is     error
	}{
		{"HTML", reply(200, html, "Request-Id", "req_1"),
			"200: decoding the answer: invalid character '<' looking for beginning of value [req_1]", nil},
		{"JSON that ends too early", reply(200, `{"object":"widget","id":"wid`, "Request-Id", "req_1"),
			"200: decoding the answer: unexpected EOF: unexpected end of JSON input [req_1]", io.ErrUnexpectedEOF},
		{"nothing", reply(204, ""), "204: decoding the answer: unexpected EOF: unexpected end of JSON input", io.ErrUnexpectedEOF},
		{"a list", reply(200, `[]`), "200: decoding the answer: json: cannot unmarshal array", nil},
		{"a string", reply(200, `"widget"`), "200: decoding the answer: json: cannot unmarshal string", nil},
		{"a field that does not fit", reply(200, `{"object":"widget","amount":"ten"}`), "200: decoding the answer: json: cannot unmarshal string", nil},
		{"two objects", reply(200, widgetJSON+widgetJSON), "200: decoding the answer: invalid character '{' after top-level value", nil},
		{"a body that breaks off", breakOff(io.ErrUnexpectedEOF), "200: reading the answer: unexpected EOF", io.ErrUnexpectedEOF},
		{"a connection that breaks with many lines", lose(errors.New("one\ntwo")), "one two", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWire(tt.answer)
			got, err := postWidget(t.Context(), w.client(t, stripecash.WithMaxRetries(0)), nil)
			assert.Nil(t, got)
			_, ok := errors.AsType[*stripecash.CallError](err)
			require.True(t, ok, "%T", err)
			assert.True(t, strings.HasPrefix(err.Error(), "stripecash: POST /v1/widgets/wid_1: "+tt.want), err.Error())
			assert.NotContains(t, err.Error(), "\n")
			require.ErrorIs(t, err, stripecash.ErrOutcomeUnknown)
			if tt.is != nil {
				assert.ErrorIs(t, err, tt.is)
			}
		})
	}
}

// A bank account's token where a card's belongs makes a bank account. The caller learns which, so as to undo it.
func TestObjectError(t *testing.T) {
	tests := []struct {
		name    string
		body    string
		wantGot string
		wantID  string
		text    string
	}{
		{"another object", `{"id":"ba_1","object":"bank_account"}`, "bank_account", "ba_1",
			`a "widget" was expected, but the answer is a "bank_account" with the ID "ba_1" [req_1]`},
		{"another object, its keys last", `{"nested":{"object":"widget","id":"x"},"a":["object","widget"],"object":"card","id":"card_1"}`, "card", "card_1",
			`a "widget" was expected, but the answer is a "card" with the ID "card_1" [req_1]`},
		{"another object without an ID", `{"object":"cash_balance"}`, "cash_balance", "",
			`a "widget" was expected, but the answer is a "cash_balance" [req_1]`},
		{"an object that does not say what it is", `{"id":"x_1"}`, "", "x_1",
			`a "widget" was expected, but the answer is JSON without an "object" field with the ID "x_1" [req_1]`},
		{"nothing in it", `{}`, "", "", `a "widget" was expected, but the answer is JSON without an "object" field [req_1]`},
		{"null", `null`, "", "", `a "widget" was expected, but the answer is JSON without an "object" field [req_1]`},
		{"an object that is no string", `{"object":{"object":"widget"},"id":5}`, "", "",
			`a "widget" was expected, but the answer is JSON without an "object" field [req_1]`},
		{"written in escapes", `{"object":"caf\u00e9\n","id":"\"1\""}`, "café\n", `"1"`,
			`a "widget" was expected, but the answer is a "café\n" with the ID "\"1\"" [req_1]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWire(reply(200, tt.body, "Request-Id", "req_1"))
			got, err := postWidget(t.Context(), w.client(t), nil, stripecash.WithIdempotencyKey("k"))
			assert.Nil(t, got)
			e, ok := errors.AsType[*stripecash.ObjectError](err)
			require.True(t, ok, "%T: %v", err, err)
			assert.Equal(t, &stripecash.ObjectError{
				Method: "POST", Path: "/v1/widgets/wid_1", Want: "widget", Got: tt.wantGot, ID: tt.wantID,
				RequestID: "req_1", Body: []byte(tt.body), Status: 200, Attempts: 1, IdempotencyKey: "k",
				OutcomeUnknown: tt.wantGot == "" || tt.wantID == "",
			}, e)
			assert.Equal(t, e.OutcomeUnknown, errors.Is(err, stripecash.ErrOutcomeUnknown))
			assert.Equal(t, "stripecash: POST /v1/widgets/wid_1: "+tt.text, err.Error())
			assert.Equal(t, err.Error(), fmt.Sprintf("%#v", *e), "no verb shows the body")
			assert.Len(t, w.requests(), 1, "the call has had its effect")

			_, err = getWidget(t.Context(), w.client(t))
			require.ErrorAs(t, err, &e)
			assert.False(t, e.OutcomeUnknown, "a GET has no effect")
		})
	}
}

// Identify looks only; it does not need the answer to be whole.
func TestIdentify(t *testing.T) {
	tests := []struct {
		name       string
		data       string
		wantObject string
		wantID     string
		wantErr    bool
	}{
		{"both", widgetJSON, "widget", "wid_1", false},
		{"neither", `{}`, "", "", false},
		{"broken off behind both", `{"id":"a","object":"b","x":`, "b", "a", false},
		{"broken off behind one", `{"id":"a",`, "", "a", false},
		{"broken off within a name", `{"id":"a","obj`, "", "", true},
		{"broken off within one", `{"id":"a`, "", "", true},
		{"broken off before one", `{"id":"`, "", "", true},
		{"an escape that is none", `{"id":"\x"}`, "", "", true},
		{"a line feed in an ID", "{\"id\":\"a\nb\"}", "", "", true},
		{"a list", `[]`, "", "", true},
		{"null", `null`, "", "", true},
		{"nothing", ``, "", "", true},
		{"white space", " \n", "", "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			object, id, err := stripecash.Identify([]byte(tt.data))
			assert.Equal(t, tt.wantErr, err != nil, "%v", err)
			assert.Equal(t, tt.wantObject, object)
			assert.Equal(t, tt.wantID, id)
		})
	}
}

// Where the object stands in the answer, and what else is in it, does not matter.
func TestObjectIsFound(t *testing.T) {
	for _, body := range []string{
		`{"object":"widget"}`,
		" \t\r\n{ \"object\" : \"widget\" } ",
		`{"id":null,"object":"widget"}`,
		`{"a":{"object":"card"},"b":[{"object":"card"}],"object":"widget"}`,
		`{"a":"\"object\":\"card\"","b":"object","c":"\\","object":"widget"}`,
		`{"a":"}}}{{{[[[","object":"widget"}`,
		`{"object":"wid\u0067et"}`,
	} {
		_, err := getWidget(t.Context(), newWire(reply(200, body)).client(t))
		assert.NoError(t, err, body)
	}
}

// An error whose body broke off keeps its status, says why, and is asked for again: the key replays the whole of it.
func TestErrorThatBrokeOff(t *testing.T) {
	declined := `{"error":{"type":"card_error","code":"card_declined","message":"Your card was declined."}}`
	cut := func(req *http.Request) (*http.Response, error) {
		resp, err := breakOff(io.ErrUnexpectedEOF)(req)
		resp.StatusCode = 402
		return resp, err
	}
	synctest.Test(t, func(t *testing.T) {
		_, err := postWidget(t.Context(), newWire(cut, reply(402, declined)).client(t), nil)
		require.ErrorIs(t, err, stripecash.ErrCardDeclined)

		_, err = postWidget(t.Context(), newWire(cut).client(t), nil)
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		e, ok := errors.AsType[*stripecash.Error](err)
		require.True(t, ok)
		assert.Equal(t, 402, e.Status)
		assert.Equal(t, 3, e.Attempts)
		assert.Contains(t, err.Error(), "reading the answer: unexpected EOF")
	})
}

// A field of a kind that nobody expects leaves the others as they are.
func TestErrorWithAnOddField(t *testing.T) {
	for _, odd := range []string{"5", "true", "[]", `{"id":5}`} {
		w := newWire(reply(402, apiError(`"code":"card_declined","payment_intent":`+odd+`,"charge":"ch_1","type":"card_error","message":"No."`)))
		_, err := postWidget(t.Context(), w.client(t), nil)
		require.ErrorIs(t, err, stripecash.ErrCardDeclined, odd)
		require.NotErrorIs(t, err, stripecash.ErrOutcomeUnknown)
		require.EqualError(t, err, "stripecash: POST /v1/widgets/wid_1: 402: card_error (card_declined): No.")
	}
}

// An error that came whole is one, though its body should have been longer: what the API said is said.
func TestErrorThatIsWholeAndBrokeOff(t *testing.T) {
	w := newWire(func(req *http.Request) (*http.Response, error) {
		resp, err := reply(402, "")(req)
		resp.ContentLength = -1
		resp.Body = io.NopCloser(io.MultiReader(strings.NewReader(apiError(`"type":"card_error","code":"card_declined"`)), failing{io.ErrUnexpectedEOF}))
		return resp, err
	})
	_, err := postWidget(t.Context(), w.client(t), nil)
	require.ErrorIs(t, err, stripecash.ErrCardDeclined)
	assert.Len(t, w.requests(), 1)
}

// What is too long for a line ends in an ellipsis, and never within a character.
func TestLongMessageIsClipped(t *testing.T) {
	tests := []struct {
		name    string
		message string
		want    string
	}{
		{"as long as may be", strings.Repeat("x", 2000), strings.Repeat("x", 2000)},
		{"one byte longer", strings.Repeat("x", 2001), strings.Repeat("x", 2000) + "…"},
		{"cut within a character", strings.Repeat("x", 1999) + "ü", strings.Repeat("x", 1999) + "…"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWire(reply(400, apiError(`"message":"`+tt.message+`"`)))
			_, err := getWidget(t.Context(), w.client(t))
			require.EqualError(t, err, "stripecash: GET /v1/widgets/wid_1: 400: "+tt.want)
		})
	}
}

// Nothing of an answer makes an error, or what a log says of it, as long as the answer.
func TestErrorsAreNotAsLongAsAnswers(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for name, answer := range map[string]answer{
		"a type":                reply(400, apiError(`"type":"`+long+`"`)),
		"a code":                reply(400, apiError(`"code":"`+long+`"`)),
		"a message":             reply(400, apiError(`"message":"`+long+`"`)),
		"a decline code":        reply(402, apiError(`"type":"card_error","code":"card_declined","decline_code":"`+long+`","param":"`+long+`"`)),
		"a request ID":          reply(400, apiError(`"type":"api_error"`), "Request-Id", long),
		"a request ID of a 2xx": reply(200, html, "Request-Id", long),
		"a content type":        reply(400, html, "Content-Type", long),
		"another object":        reply(200, `{"object":"`+long+`","id":"`+long+`"}`),
		"a number":              reply(200, `{"object":"widget","id":"wid_1","amount":`+strings.Repeat("1", 1<<20)+`}`),
		"a transport's error":   lose(errors.New(long)),
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			_, err := getWidget(t.Context(), newWire(answer).client(t, stripecash.WithMaxRetries(0), stripecash.WithLogger(logger)))
			require.Error(t, err)
			assert.Less(t, len(err.Error()), 3000)
			assert.NotEmpty(t, log.String())
			assert.Less(t, log.Len(), 10_000)
			assert.Less(t, len(logged(err)), 10_000)
		})
	}
}

// What is no text at all has no character to end with.
func TestWhatIsNoTextIsClipped(t *testing.T) {
	err := widgets().client(t).Do(t.Context(), stripecash.Request{Method: strings.Repeat("\x80", 300), Path: widgetRoute, IDs: []string{"wid_1"}}, nil)
	require.ErrorContains(t, err, "it must be GET, POST or DELETE")
}

// A user's test may make an error of its own.
func TestErrorsOfAUsersTest(t *testing.T) {
	for _, err := range []error{
		&stripecash.Error{OutcomeUnknown: true}, &stripecash.CallError{OutcomeUnknown: true}, &stripecash.ObjectError{OutcomeUnknown: true},
	} {
		assert.Equal(t, []string{"OutcomeUnknown"}, matches(err), "%T", err)
	}
	assert.NotPanics(t, func() { _ = (&stripecash.CallError{}).Error() })
	assert.NotPanics(t, func() { _ = (&stripecash.CallError{}).LogValue() })
}

func TestObjectErrorLogValue(t *testing.T) {
	_, err := postWidget(t.Context(), newWire(reply(200, `{"object":"card","id":"card_1"}`)).client(t), nil, stripecash.WithIdempotencyKey("k"))
	assert.JSONEq(t, `{"level":"INFO","msg":"m","error":{"method":"POST","path":"/v1/widgets/wid_1","status":200,"attempts":1,
		"want":"widget","got":"card","id":"card_1","idempotency_key":"k"}}`, logged(err))
	_, err = postWidget(t.Context(), newWire(reply(200, `{"object":"card"}`)).client(t), nil, stripecash.WithIdempotencyKey("k"))
	assert.Contains(t, logged(err), `"outcome_unknown":true`)
}
