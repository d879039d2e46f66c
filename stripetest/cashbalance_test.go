package stripetest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

func TestCashBalanceDocuments(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_OaCLf8Fi1nbFpJ")
	srv.AddCustomer("cus_Ob4Xiw8KXOqcvM")
	srv.Fund("cus_OaCLf8Fi1nbFpJ", "eur", 100_00)

	got := get(t, srv, "/v1/customers/cus_OaCLf8Fi1nbFpJ/cash_balance")
	assert.Equal(t, http.StatusOK, got.Status)
	assert.JSONEq(t, `{"object":"cash_balance","available":{"eur":10000},"customer":"cus_OaCLf8Fi1nbFpJ","livemode":false,
		"settings":{"reconciliation_mode":"automatic","using_merchant_default":true}}`, got.Text)

	got = post(t, srv, "/v1/customers/cus_Ob4Xiw8KXOqcvM/cash_balance", "settings[reconciliation_mode]", "manual")
	assert.Equal(t, http.StatusOK, got.Status)
	assert.JSONEq(t, `{"object":"cash_balance","available":null,"customer":"cus_Ob4Xiw8KXOqcvM","livemode":false,
		"settings":{"reconciliation_mode":"manual","using_merchant_default":false}}`, got.Text)
}

func TestCashBalanceSettings(t *testing.T) {
	settings := func(mode string, merchantDefault bool) map[string]any {
		return map[string]any{"reconciliation_mode": mode, "using_merchant_default": merchantDefault}
	}
	tests := []struct {
		name         string
		merchant     string
		send         []string
		wantSettings map[string]any
	}{
		{"nothing sent, automatic merchant", "automatic", nil, settings("automatic", true)},
		{"nothing sent, manual merchant", "manual", nil, settings("manual", true)},
		{"manual", "automatic", []string{"manual"}, settings("manual", false)},
		{"automatic", "manual", []string{"automatic"}, settings("automatic", false)},
		{"the merchant's own mode by name", "automatic", []string{"automatic"}, settings("automatic", false)},
		{"back to the default", "manual", []string{"automatic", "merchant_default"}, settings("manual", true)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer(stripetest.WithReconciliationMode(tt.merchant))
			srv.AddCustomer("cus_1")
			for _, mode := range tt.send {
				post(t, srv, "/v1/customers/cus_1/cash_balance", "settings[reconciliation_mode]", mode)
			}
			assert.Equal(t, tt.wantSettings, get(t, srv, "/v1/customers/cus_1/cash_balance").Body["settings"])
		})
	}
}

func TestMerchantDefaultMovesThoseWhoFollowIt(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_follows")
	srv.AddCustomer("cus_chose")
	post(t, srv, "/v1/customers/cus_chose/cash_balance", "settings[reconciliation_mode]", "automatic")
	srv.SetReconciliationMode("manual")

	mode := func(customer string) any {
		return get(t, srv, "/v1/customers/"+customer+"/cash_balance").Body["settings"].(map[string]any)["reconciliation_mode"]
	}
	assert.Equal(t, "manual", mode("cus_follows"))
	assert.Equal(t, "automatic", mode("cus_chose"))
}

func TestCashBalanceErrors(t *testing.T) {
	tests := []struct {
		name        string
		pairs       []string
		customer    string
		wantStatus  int
		wantCode    any
		wantParam   any
		wantMessage string
	}{
		{"no such customer", nil, "cus_404", 404, "resource_missing", "customer", "No such customer: 'cus_404'"},
		{"unknown parameter", []string{"mode", "manual"}, "cus_1", 400, "parameter_unknown", "mode", "Received unknown parameter: mode"},
		{"unknown nested parameter", []string{"settings[mode]", "manual"}, "cus_1", 400, "parameter_unknown", "settings[mode]",
			"Received unknown parameter: settings[mode]"},
		{"two unknown parameters", []string{"a", "1", "b", "2"}, "cus_1", 400, "parameter_unknown", "a",
			"Received unknown parameters: a, b"},
		{"unknown mode", []string{"settings[reconciliation_mode]", "daily"}, "cus_1", 400, nil, "settings[reconciliation_mode]",
			"Invalid settings[reconciliation_mode]: must be one of automatic, manual, or merchant_default"},
		{"empty mode", []string{"settings[reconciliation_mode]", ""}, "cus_1", 400, "parameter_invalid_empty",
			"settings[reconciliation_mode]", "You passed an empty string for 'settings[reconciliation_mode]'."},
		{"settings not a hash", []string{"settings", "manual"}, "cus_1", 400, nil, "settings", "Invalid object"},
		{"mode not a text", []string{"settings[reconciliation_mode][]", "manual"}, "cus_1", 400, nil,
			"settings[reconciliation_mode]", `Invalid string: {"0":"manual"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.AddCustomer("cus_1")
			got := post(t, srv, "/v1/customers/"+tt.customer+"/cash_balance", tt.pairs...)
			assert.Equal(t, tt.wantStatus, got.Status)
			assert.Equal(t, "invalid_request_error", got.errorField("type"))
			assert.Equal(t, tt.wantCode, got.errorField("code"))
			assert.Equal(t, tt.wantParam, got.errorField("param"))
			assert.Contains(t, got.errorField("message"), tt.wantMessage)
			if tt.customer == "cus_1" {
				assert.Equal(t, map[string]any{"reconciliation_mode": "automatic", "using_merchant_default": true},
					get(t, srv, "/v1/customers/cus_1/cash_balance").Body["settings"], "nothing was written")
			}
		})
	}
}
