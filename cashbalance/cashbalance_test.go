package cashbalance_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/h2non/gock.v1"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
)

const key = "sk_test_contract"

func newClient(t *testing.T) *cashbalance.Client {
	t.Helper()
	api, err := stripecash.NewClient(key, stripecash.WithMaxRetries(0))
	require.NoError(t, err)
	return cashbalance.New(api)
}

func fixture(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(data)
}

// exactBody matches a form body to the letter; gock's own matcher does not take forms.
func exactBody(want string) gock.MatchFunc {
	return func(req *http.Request, _ *gock.Request) (bool, error) {
		body, err := io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(body))
		return string(body) == want, err
	}
}

// withoutKey matches requests that carry no idempotency key.
func withoutKey(req *http.Request, _ *gock.Request) (bool, error) {
	return len(req.Header.Values("Idempotency-Key")) == 0, nil
}

func TestGet(t *testing.T) {
	tests := []struct {
		name     string
		fixture  string
		customer string
		want     cashbalance.CashBalance
	}{
		{
			name: "funded", fixture: "funded.json", customer: "cus_OaCLf8Fi1nbFpJ",
			want: cashbalance.CashBalance{
				Object:    "cash_balance",
				Available: map[stripecash.Currency]int64{stripecash.CurrencyEUR: 100_00},
				Customer:  "cus_OaCLf8Fi1nbFpJ",
				Settings: cashbalance.Settings{
					ReconciliationMode:   cashbalance.ReconciliationModeAutomatic,
					UsingMerchantDefault: true,
				},
			},
		},
		{
			name: "never funded", fixture: "manual.json", customer: "cus_Ob4Xiw8KXOqcvM",
			want: cashbalance.CashBalance{
				Object:   "cash_balance",
				Customer: "cus_Ob4Xiw8KXOqcvM",
				Settings: cashbalance.Settings{ReconciliationMode: cashbalance.ReconciliationModeManual},
			},
		},
		{
			name: "of an account, in a newer API version", fixture: "account.json", customer: "cus_OaCLf8Fi1nbFpJ",
			want: cashbalance.CashBalance{
				Object:          "cash_balance",
				Available:       map[stripecash.Currency]int64{"eur": 100_00, "jpy": -500},
				Customer:        "cus_OaCLf8Fi1nbFpJ",
				CustomerAccount: "acct_1032D82eZvKYlo2C",
				Livemode:        true,
				Settings: cashbalance.Settings{
					ReconciliationMode:   cashbalance.ReconciliationModeAutomatic,
					UsingMerchantDefault: true,
				},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			gock.New("https://api.stripe.com").
				Get("^/v1/customers/"+tt.customer+"/cash_balance$").
				MatchHeader("Authorization", "^Bearer "+key+"$").
				MatchHeader("Stripe-Version", "^"+stripecash.APIVersion+"$").
				AddMatcher(withoutKey).
				Reply(http.StatusOK).BodyString(fixture(t, tt.fixture))

			var resp stripecash.Response
			got, err := newClient(t).Get(t.Context(), tt.customer, stripecash.WithResponse(&resp))
			require.NoError(t, err)
			assert.Equal(t, &tt.want, got)
			assert.JSONEq(t, fixture(t, tt.fixture), string(resp.Body))
			assert.Equal(t, got.Object, got.ObjectName())
			assert.True(t, gock.IsDone())
		})
	}
}

func TestUpdate(t *testing.T) {
	tests := []struct {
		name     string
		params   *cashbalance.UpdateParams
		wantBody string
	}{
		{
			name: "manual",
			params: &cashbalance.UpdateParams{
				Settings: &cashbalance.SettingsParams{ReconciliationMode: cashbalance.ReconciliationModeManual},
			},
			wantBody: "settings%5Breconciliation_mode%5D=manual",
		},
		{
			name: "automatic",
			params: &cashbalance.UpdateParams{
				Settings: &cashbalance.SettingsParams{ReconciliationMode: cashbalance.ReconciliationModeAutomatic},
			},
			wantBody: "settings%5Breconciliation_mode%5D=automatic",
		},
		{
			name: "back to the merchant's default",
			params: &cashbalance.UpdateParams{
				Settings: &cashbalance.SettingsParams{ReconciliationMode: cashbalance.ReconciliationModeMerchantDefault},
			},
			wantBody: "settings%5Breconciliation_mode%5D=merchant_default",
		},
		{name: "empty params", params: &cashbalance.UpdateParams{}, wantBody: ""},
		{name: "nil params", params: nil, wantBody: ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			gock.New("https://api.stripe.com").
				Post("^/v1/customers/cus_Ob4Xiw8KXOqcvM/cash_balance$").
				MatchHeader("Authorization", "^Bearer "+key+"$").
				MatchHeader("Stripe-Version", "^"+stripecash.APIVersion+"$").
				MatchHeader("Content-Type", "^application/x-www-form-urlencoded$").
				MatchHeader("Idempotency-Key", "^[A-Z2-7]{26}$").
				AddMatcher(exactBody(tt.wantBody)).
				Reply(http.StatusOK).BodyString(fixture(t, "manual.json"))

			got, err := newClient(t).Update(t.Context(), "cus_Ob4Xiw8KXOqcvM", tt.params)
			require.NoError(t, err)
			assert.Equal(t, &cashbalance.CashBalance{
				Object:   "cash_balance",
				Customer: "cus_Ob4Xiw8KXOqcvM",
				Settings: cashbalance.Settings{ReconciliationMode: cashbalance.ReconciliationModeManual},
			}, got)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestRefusedBeforeTheWire(t *testing.T) {
	defer gock.OffAll()
	gock.Intercept() // with no mock, any request would be an error of gock's

	_, err := newClient(t).Get(t.Context(), "")
	require.EqualError(t, err, "stripecash: GET /v1/customers/{customer}/cash_balance: the ID for {customer} is empty")
	_, err = newClient(t).Update(t.Context(), "..", nil)
	require.EqualError(t, err, `stripecash: POST /v1/customers/{customer}/cash_balance: the ID for {customer} is "..", which would name another path`)
	_, err = newClient(t).Update(t.Context(), "cus_1", &cashbalance.UpdateParams{Settings: new(cashbalance.SettingsParams)})
	require.EqualError(t, err, "stripecash: POST /v1/customers/{customer}/cash_balance: settings: reconciliation_mode is empty; it is required")
	_, err = cashbalance.New(nil).Get(t.Context(), "cus_1")
	require.EqualError(t, err, "stripecash: GET /v1/customers/{customer}/cash_balance: no client; NewClient makes one")
	assert.False(t, gock.HasUnmatchedRequest())
}

func TestMissingCustomer(t *testing.T) {
	defer gock.OffAll()
	gock.New("https://api.stripe.com").Get("^/v1/customers/cus_404/cash_balance$").
		Reply(http.StatusNotFound).SetHeader("Request-Id", "req_9").
		BodyString(`{"error":{"type":"invalid_request_error","code":"resource_missing","param":"customer","message":"No such customer: 'cus_404'"}}`)

	_, err := newClient(t).Get(t.Context(), "cus_404")
	require.ErrorIs(t, err, stripecash.ErrNotFound)
	require.EqualError(t, err, "stripecash: GET /v1/customers/cus_404/cash_balance: 404: "+
		"invalid_request_error (resource_missing): No such customer: 'cus_404' [req_9]")
}

// Nil and empty are different answers: never funded, and funded once but empty now.
func TestAvailable(t *testing.T) {
	tests := []struct {
		name string
		body string
		want map[stripecash.Currency]int64
	}{
		{name: "null", body: `{"available":null}`, want: nil},
		{name: "absent", body: `{}`, want: nil},
		{name: "empty", body: `{"available":{}}`, want: map[stripecash.Currency]int64{}},
		{name: "zero", body: `{"available":{"usd":0}}`, want: map[stripecash.Currency]int64{"usd": 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b cashbalance.CashBalance
			require.NoError(t, json.Unmarshal([]byte(tt.body), &b))
			assert.Equal(t, tt.want, b.Available)
		})
	}
}
