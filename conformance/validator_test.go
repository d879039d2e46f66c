package conformance_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/conformance"
)

// canned answers everything with one body.
type canned struct {
	status int
	body   string
}

func (c canned) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: c.status, Body: io.NopCloser(strings.NewReader(c.body)), Request: req}, nil
}

// TestValidator gives the validator answers that are wrong in every way that it should name.
func TestValidator(t *testing.T) {
	const (
		balance = "/v1/customers/cus_1/cash_balance"
		sources = "/v1/customers/cus_1/sources"
		right   = `{"object":"cash_balance","available":null,"customer":"cus_1","livemode":false,"settings":{"reconciliation_mode":"manual","using_merchant_default":false}}`
		card    = `{"id":"card_1","object":"card","brand":"Visa","exp_month":1,"exp_year":2030,"funding":"credit","last4":"4242"}`
		list    = `{"object":"list","has_more":false,"url":"/v1/x","data":[`
	)
	tests := []struct {
		name   string
		path   string
		status int
		body   string
		want   []string
	}{
		{name: "right", path: balance, status: 200, body: right},
		{name: "right list", path: sources, status: 200, body: list + card + "]}"},
		{name: "right error", path: "/v1/nowhere", status: 404, body: `{"error":{"type":"invalid_request_error","message":"no"}}`},
		{
			name: "no JSON", path: balance, status: 200, body: "<html>",
			want: []string{"GET /v1/customers/{customer}/cash_balance 200: not JSON: invalid character '<' looking for beginning of value"},
		},
		{
			name: "a property too many, one missing, and two wrong values", path: balance, status: 200,
			body: `{"object":"cash_balance","available":{"eur":1.5},"customer":"cus_1","settings":{"reconciliation_mode":"by_hand","using_merchant_default":false,"x":1}}`,
			want: []string{
				"GET /v1/customers/{customer}/cash_balance 200: available.eur: value must be an integer",
				`GET /v1/customers/{customer}/cash_balance 200: livemode: property "livemode" is missing`,
				`GET /v1/customers/{customer}/cash_balance 200: settings.reconciliation_mode: value is not one of the allowed values ["automatic","manual"]`,
				`GET /v1/customers/{customer}/cash_balance 200: settings: property "x" is unsupported`,
			},
		},
		{
			name: "null where it may not be", path: balance, status: 200,
			body: strings.Replace(right, "false", "null", 1),
			want: []string{"GET /v1/customers/{customer}/cash_balance 200: livemode: Value is not nullable"},
		},
		{
			name: "one of a union", path: sources, status: 200, body: list + card + "," + strings.Replace(card, `"4242"`, "4242", 1) + "]}",
			want: []string{"GET /v1/customers/{customer}/sources 200: data.1.last4: value must be a string"},
		},
		{
			name: "none of a union", path: sources, status: 200, body: list + `{"id":"x_1","object":"purse"}]}`,
			want: []string{`GET /v1/customers/{customer}/sources 200: data.0: doesn't match any schema from "anyOf"`},
		},
		{
			name: "wrong error", path: balance, status: 400, body: `{"error":{"type":"bad","massage":"no"}}`,
			want: []string{
				`GET /v1/customers/{customer}/cash_balance 400: error: property "massage" is unsupported`,
				`GET /v1/customers/{customer}/cash_balance 400: error.type: value is not one of the allowed values ["api_error","card_error","idempotency_error","invalid_request_error"]`,
			},
		},
		{
			name: "an endpoint that is said to answer as another, with a property more", path: "/v1/purses/p_1", status: 200,
			body: strings.Replace(right, "{", `{"purse":1,"fob":2,`, 1),
			want: []string{`GET /v1/purses/{purse} 200: property "fob" is unsupported`},
		},
		{
			name: "unknown endpoint", path: "/v1/purses", status: 200, body: `{}`,
			want: []string{"GET /v1/purses 200: answered, but not in the spec"},
		},
	}
	others := map[string]conformance.Unspecified{
		"GET /v1/purses/{purse}": {Same: "GET /v1/customers/{customer}/cash_balance", More: "purse"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			validator := conformance.NewValidator(theSpec(t), canned{tt.status, tt.body}, others, func(violation string) { got = append(got, violation) })
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://api.stripe.com"+tt.path, http.NoBody)
			require.NoError(t, err)
			resp, err := validator.RoundTrip(req)
			require.NoError(t, err)
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, tt.body, string(body), "the answer is passed on")
			assert.ElementsMatch(t, tt.want, got)
			assert.Equal(t, len(tt.want) == 0 && tt.status == 200, len(validator.Answered()) == 1)
		})
	}
}
