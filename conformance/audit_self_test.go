package conformance_test

import (
	"net/http"
	"net/url"
	"os"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/conformance"
)

// mode has its constants in testdata, where idle is too, which nothing uses.
type mode string

type wrongBalance struct {
	Object    string                      `json:"object"`
	Available map[stripecash.Currency]int `json:"available"`
	Customer  int64                       `json:"customer"`
	Livemode  *bool                       `json:"livemode"`
	Settings  wrongSettings               `json:"settings"`
	Balance   int64                       `json:"balance"`
	Untagged  string
}

type wrongSettings struct {
	ReconciliationMode   mode   `json:"reconciliation_mode"`
	UsingMerchantDefault string `json:"using_merchant_default"`
}

type wrongTransaction struct {
	Created   int64  `json:"created"`
	Customer  string `json:"customer"`
	Overdraft struct {
		Linked stripecash.Expandable[wrongLink] `json:"linked_transaction"`
	} `json:"adjusted_for_overdraft"`
	Type string `json:"type"`
}

type rightCard struct {
	Last4  string `json:"last4"`
	Object string `json:"object"`
}

type wrongLink struct{}

func (*wrongLink) ObjectName() string { return "charge" }

// TestAuditFinds gives the audit types, parameters and constants that are wrong in every way that it should find.
func TestAuditFinds(t *testing.T) {
	data, err := os.ReadFile("testdata/spec.yaml")
	require.NoError(t, err)
	spec, err := conformance.ParseSpec(data)
	require.NoError(t, err)
	source, err := conformance.LoadSource("testdata", "conformance_test")
	require.NoError(t, err)
	fund := "POST /v1/test_helpers/customers/{customer}/fund_cash_balance"
	sent := func(method, path, form string) []conformance.Sent {
		values, err := url.ParseQuery(form)
		require.NoError(t, err)
		return []conformance.Sent{{Method: method, Path: path, Values: values}}
	}
	tests := []struct {
		name   string
		exempt conformance.Exemptions
		audit  func(a *conformance.Audit)
		want   []string // findings
	}{
		{
			name:  "struct",
			audit: func(a *conformance.Audit) { a.Struct("cash_balance", reflect.TypeFor[wrongBalance]()) },
			want: []string{
				"cash_balance.Untagged: in Go, not in the spec",
				"cash_balance.balance: in Go, not in the spec",
				"cash_balance.customer: int64 in Go; the spec needs string",
				"cash_balance.customer_account: in the spec, not in Go",
				"cash_balance.settings.using_merchant_default: string in Go; the spec needs bool",
			},
		},
		{
			name: "nested struct",
			audit: func(a *conformance.Audit) {
				a.Struct("transaction", reflect.TypeFor[wrongTransaction]())
			},
			want: []string{
				"transaction.adjusted_for_overdraft.balance_transaction: in the spec, not in Go",
				"transaction.adjusted_for_overdraft.linked_transaction: holds a charge in Go, which the spec does not name",
				`transaction.created: the format is "unix-time" in the spec; the type is int64 in Go`,
				"transaction.customer: string in Go; the spec has an ID or an object",
				"transaction.id: in the spec, not in Go",
				"transaction.object: in the spec, not in Go",
				"transaction.type: plain text in Go; the spec has an enum of 2 values: funded, applied_to_payment",
			},
		},
		{
			name:  "unknown schema",
			audit: func(a *conformance.Audit) { a.Struct("purse", reflect.TypeFor[wrongBalance]()) },
			want:  []string{`purse: the spec has no schema "purse"`},
		},
		{
			name: "union",
			audit: func(a *conformance.Audit) {
				a.Union("external_account", map[string]reflect.Type{"card": reflect.TypeFor[rightCard](), "purse": nil})
			},
			want: []string{
				"external_account bank_account: in the spec, not in Go",
				"external_account purse: in Go, not in the spec",
			},
		},
		{
			name: "parameters",
			audit: func(a *conformance.Audit) {
				filler := conformance.NewFiller(source, true)
				a.Call(fund, filler, sent(http.MethodPost, "/v1/test_helpers/customers/cus_1/fund_cash_balance", "amount=ten&currency=eur&color=red&expand[]=x"), nil)
			},
			want: []string{
				fund + ` amount: "ten" in Go; an integer in the spec`,
				fund + " color: in Go, not in the spec",
				fund + " currency: string in Go; the spec has a currency",
				fund + " reference: in the spec, not in Go",
			},
		},
		{
			name: "nested parameters",
			audit: func(a *conformance.Audit) {
				filler := conformance.NewFiller(source, true)
				a.Call("POST /v1/customers/{customer}/cash_balance", filler, sent(http.MethodPost, "/v1/customers/cus_1/cash_balance", "settings[mode]=x&settings=y"), nil)
			},
			want: []string{
				"POST /v1/customers/{customer}/cash_balance settings: a value in Go; a hash or an array in the spec",
				"POST /v1/customers/{customer}/cash_balance settings[mode]: in Go, not in the spec",
				"POST /v1/customers/{customer}/cash_balance settings[reconciliation_mode]: in the spec, not in Go",
			},
		},
		{
			name: "wrong way",
			audit: func(a *conformance.Audit) {
				a.Call("GET /v1/customers/{customer}/cash_balance", nil, sent(http.MethodGet, "/v1/customers/cus_1/a/cash_balance", ""), nil)
				a.Call("GET /v1/purse", nil, nil, nil)
			},
			want: []string{
				"GET /v1/customers/{customer}/cash_balance: the call went to GET /v1/customers/cus_1/a/cash_balance",
				`GET /v1/purse: the spec has no operation "GET /v1/purse"`,
			},
		},
		{
			name: "enums",
			audit: func(a *conformance.Audit) {
				a.Struct("settings", reflect.TypeFor[struct {
					ReconciliationMode   mode `json:"reconciliation_mode"`
					UsingMerchantDefault bool `json:"using_merchant_default"`
				}]())
				a.Enums()
			},
			want: []string{
				`conformance_test.idle: met nowhere in the spec`,
				`conformance_test.mode "automatic": in the spec, not in Go`,
				`conformance_test.mode "by_hand": in Go, not in the spec`,
			},
		},
		{
			name:   "exemptions",
			exempt: conformance.Exemptions{"purse": "it is not Stripe's", "wallet": "nor is this", "card.balance": ""},
			audit: func(a *conformance.Audit) {
				a.Struct("purse", reflect.TypeFor[wrongBalance]())
				a.Struct("card", reflect.TypeFor[struct {
					rightCard
					Balance int64 `json:"balance"`
				}]())
			},
			want: []string{
				"card.balance: exempted, but nothing is wrong with it",
				"card.balance: in Go, not in the spec",
				"wallet: exempted, but nothing is wrong with it",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := conformance.NewAudit(spec, source, tt.exempt)
			tt.audit(a)
			assert.Equal(t, tt.want, a.Findings())
		})
	}
}
