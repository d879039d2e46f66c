package stripetest_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func TestFundCashBalance(t *testing.T) {
	tests := []struct {
		currency     string
		wantTransfer map[string]any
	}{
		{"eur", map[string]any{"type": "eu_bank_transfer", "reference": "INV-1",
			"eu_bank_transfer": map[string]any{"bic": "BANKDEAAXXX", "iban_last4": "7089", "sender_name": "Sample Business GmbH"}}},
		{"gbp", map[string]any{"type": "gb_bank_transfer", "reference": "INV-1",
			"gb_bank_transfer": map[string]any{"account_number_last4": "2345", "sender_name": "Sample Business Ltd", "sort_code": "108800"}}},
		{"jpy", map[string]any{"type": "jp_bank_transfer", "reference": "INV-1",
			"jp_bank_transfer": map[string]any{"sender_bank": "0001", "sender_branch": "001", "sender_name": "SAMPLE BUSINESS"}}},
		{"usd", map[string]any{"type": "us_bank_transfer", "reference": "INV-1",
			"us_bank_transfer": map[string]any{"network": "ach", "sender_name": "Sample Business Inc."}}},
		{"mxn", map[string]any{"type": "mx_bank_transfer", "reference": "INV-1"}},
	}
	for _, tt := range tests {
		t.Run(tt.currency, func(t *testing.T) {
			at := time.Unix(1_700_000_000, 0)
			srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return at }))
			srv.AddCustomer("cus_1")
			got := post(t, srv, "/v1/test_helpers/customers/cus_1/fund_cash_balance",
				"amount", "2500", "currency", tt.currency, "reference", "INV-1")
			require.Equal(t, http.StatusOK, got.Status, got.Text)
			id, _ := got.Body["id"].(string)
			assert.Regexp(t, `^ccsbtxn_1[0-9A-Za-z]{23}$`, id)
			want := map[string]any{
				"id": id, "object": "customer_cash_balance_transaction", "created": 1.7e9, "currency": tt.currency,
				"customer": "cus_1", "ending_balance": 2500.0, "livemode": false, "net_amount": 2500.0, "type": "funded",
				"funded": map[string]any{"bank_transfer": tt.wantTransfer},
			}
			assert.Equal(t, want, got.Body)
			assert.Equal(t, want, get(t, srv, "/v1/customers/cus_1/cash_balance_transactions/"+id).Body)
			assert.Equal(t, map[string]any{tt.currency: 2500.0}, get(t, srv, "/v1/customers/cus_1/cash_balance").Body["available"])
		})
	}
}

func TestFundCashBalanceErrors(t *testing.T) {
	tests := []struct {
		name        string
		pairs       []string
		wantCode    any
		wantParam   string
		wantMessage string
	}{
		{"no amount", []string{"currency", "eur"}, "parameter_missing", "amount", "Missing required param: amount."},
		{"no currency", []string{"amount", "1"}, "parameter_missing", "currency", "Missing required param: currency."},
		{"amount not a number", []string{"amount", "ten", "currency", "eur"}, "parameter_invalid_integer", "amount", "Invalid integer: ten"},
		{"amount with decimals", []string{"amount", "1.5", "currency", "eur"}, "parameter_invalid_integer", "amount", "Invalid integer: 1.5"},
		{"amount of nothing", []string{"amount", "0", "currency", "eur"}, "parameter_invalid_integer", "amount",
			"This value must be greater than or equal to 1."},
		{"amount past counting", []string{"amount", "9223372036854775807", "currency", "eur"}, "parameter_invalid_integer", "amount",
			"This value must be less than or equal to 999999999999."},
		{"empty amount", []string{"amount", "", "currency", "eur"}, "parameter_invalid_empty", "amount",
			"You passed an empty string for 'amount'."},
		{"empty currency", []string{"amount", "1", "currency", ""}, "parameter_invalid_empty", "currency",
			"You passed an empty string for 'currency'."},
		{"a currency that can't be held", []string{"amount", "1", "currency", "chf"}, nil, "currency", "Invalid currency: chf."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.AddCustomer("cus_1")
			got := post(t, srv, "/v1/test_helpers/customers/cus_1/fund_cash_balance", tt.pairs...)
			assert.Equal(t, http.StatusBadRequest, got.Status)
			assert.Equal(t, tt.wantCode, got.errorField("code"))
			assert.Equal(t, tt.wantParam, got.errorField("param"))
			assert.Contains(t, got.errorField("message"), tt.wantMessage)
			assert.Nil(t, get(t, srv, "/v1/customers/cus_1/cash_balance").Body["available"], "nothing was written")
		})
	}
}

func TestTransactionTypes(t *testing.T) {
	tests := []struct {
		row      stripetest.Transaction
		wantHash map[string]any // nil: this type has none
	}{
		{stripetest.Transaction{Type: "applied_to_payment", NetAmount: -100, PaymentIntent: "pi_1"}, map[string]any{"payment_intent": "pi_1"}},
		{stripetest.Transaction{Type: "unapplied_from_payment", NetAmount: 40, PaymentIntent: "pi_1"}, map[string]any{"payment_intent": "pi_1"}},
		{stripetest.Transaction{Type: "refunded_from_payment", NetAmount: 30, Refund: "re_1"}, map[string]any{"refund": "re_1"}},
		{stripetest.Transaction{Type: "transferred_to_balance", NetAmount: -20, BalanceTransaction: "txn_1"},
			map[string]any{"balance_transaction": "txn_1"}},
		{stripetest.Transaction{Type: "return_initiated", NetAmount: -10}, nil},
		{stripetest.Transaction{Type: "return_canceled", NetAmount: 10}, nil},
		{stripetest.Transaction{Type: "funding_reversed", NetAmount: -2000}, nil},
		{stripetest.Transaction{Type: "adjusted_for_overdraft", NetAmount: 1050, BalanceTransaction: "txn_2", LinkedTransaction: "ccsbtxn_2"},
			map[string]any{"balance_transaction": "txn_2", "linked_transaction": "ccsbtxn_2"}},
	}
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.Fund("cus_1", "eur", 1000)
	srv.Fund("cus_1", "usd", 5)
	balance := int64(1000)
	for _, tt := range tests {
		t.Run(tt.row.Type, func(t *testing.T) {
			tt.row.Currency = "eur"
			balance += tt.row.NetAmount
			got := get(t, srv, "/v1/customers/cus_1/cash_balance_transactions/"+srv.AddTransaction("cus_1", tt.row)).Body
			assert.Equal(t, tt.row.Type, got["type"])
			assert.EqualValues(t, tt.row.NetAmount, got["net_amount"])
			assert.EqualValues(t, balance, got["ending_balance"])
			for _, other := range tests {
				if other.row.Type != tt.row.Type {
					assert.NotContains(t, got, other.row.Type)
				}
			}
			if tt.wantHash == nil {
				assert.NotContains(t, got, tt.row.Type)
			} else {
				assert.Equal(t, tt.wantHash, got[tt.row.Type])
			}
			assert.Equal(t, map[string]any{"eur": float64(balance), "usd": 5.0},
				get(t, srv, "/v1/customers/cus_1/cash_balance").Body["available"])
		})
	}
}

// What a transaction has to name and doesn't is invented, and the largest amounts are taken.
func TestTransactionsNameWhatTheyNeed(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	const most = 999_999_999_999
	for _, tt := range []struct {
		kind, field, want string
		amount            int64
	}{
		{"refunded_from_payment", "refund", `^re_3[0-9A-Za-z]{23}$`, most},
		{"transferred_to_balance", "balance_transaction", `^txn_1[0-9A-Za-z]{23}$`, -1},
		{"unapplied_from_payment", "payment_intent", `^pi_3[0-9A-Za-z]{23}$`, 1},
		{"applied_to_payment", "payment_intent", `^pi_3[0-9A-Za-z]{23}$`, -most},
		{"adjusted_for_overdraft", "balance_transaction", `^txn_1[0-9A-Za-z]{23}$`, 1},
	} {
		id := srv.AddTransaction("cus_1", stripetest.Transaction{Type: tt.kind, Currency: "eur", NetAmount: tt.amount})
		got := get(t, srv, "/v1/customers/cus_1/cash_balance_transactions/"+id).Body
		assert.Regexp(t, tt.want, part(got, tt.kind)[tt.field], tt.kind)
	}
	srv.AddTransaction("cus_1", stripetest.Transaction{Type: "funding_reversed", Currency: "eur", NetAmount: -1000})
	srv.AddTransaction("cus_1", stripetest.Transaction{Type: "unapplied_from_payment", Currency: "eur", NetAmount: 1}) // an overdraft takes any
	assert.Equal(t, map[string]any{"eur": -998.0}, available(t, srv))
}

// All that a transfer can tell is told, as far as its region has it.
func TestFundByWhole(t *testing.T) {
	transfer := stripetest.BankTransfer{Amount: 5, Reference: "R", SenderName: "A", BIC: "B", IBANLast4: "C", AccountNumberLast4: "D",
		SortCode: "E", SenderBank: "F", SenderBranch: "G", Network: "swift"}
	for currency, want := range map[stripecash.Currency]map[string]any{
		"eur": {"type": "eu_bank_transfer", "eu_bank_transfer": map[string]any{"bic": "B", "iban_last4": "C", "sender_name": "A"}},
		"gbp": {"type": "gb_bank_transfer", "gb_bank_transfer": map[string]any{"account_number_last4": "D", "sender_name": "A", "sort_code": "E"}},
		"jpy": {"type": "jp_bank_transfer", "jp_bank_transfer": map[string]any{"sender_bank": "F", "sender_branch": "G", "sender_name": "A"}},
		"mxn": {"type": "mx_bank_transfer"},
		"usd": {"type": "us_bank_transfer", "us_bank_transfer": map[string]any{"network": "swift", "sender_name": "A"}},
	} {
		srv := funded(t)
		transfer.Currency = currency
		want["reference"] = "R"
		got := get(t, srv, "/v1/customers/cus_1/cash_balance_transactions/"+srv.FundBy("cus_1", transfer)).Body
		assert.Equal(t, want, part(got, "funded")["bank_transfer"], currency)
	}
}

func TestAddTransactionMisuse(t *testing.T) {
	tests := []struct {
		name        string
		row         stripetest.Transaction
		wantMessage string
	}{
		{"sign", stripetest.Transaction{Type: "applied_to_payment", Currency: "eur", NetAmount: 5},
			"stripetest: AddTransaction: the net amount of applied_to_payment is 5: it must be negative"},
		{"other sign", stripetest.Transaction{Type: "return_canceled", Currency: "eur", NetAmount: -5},
			"stripetest: AddTransaction: the net amount of return_canceled is -5: it must be positive"},
		{"more than there is", stripetest.Transaction{Type: "return_initiated", Currency: "eur", NetAmount: -11},
			"stripetest: AddTransaction: return_initiated needs 11 eur and 10 is available"},
		{"type", stripetest.Transaction{Type: "gifted", Currency: "eur", NetAmount: 5}, `the type is "gifted": it must be one of`},
		{"type, and all there is", stripetest.Transaction{Type: "gifted", Currency: "eur", NetAmount: -10}, `the type is "gifted": it must be one of`},
		{"funded", stripetest.Transaction{Type: "funded", Currency: "eur", NetAmount: 5}, "use Fund"},
		{"currency", stripetest.Transaction{Type: "return_canceled", Currency: "chf", NetAmount: 5}, `the currency is "chf"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.AddCustomer("cus_1")
			srv.Fund("cus_1", "eur", 10)
			assert.Contains(t, panicText(func() { srv.AddTransaction("cus_1", tt.row) }), tt.wantMessage)
			assert.Len(t, get(t, srv, "/v1/customers/cus_1/cash_balance_transactions").ids(), 1, "and nothing was written")
		})
	}
}

func panicText(f func()) (text string) {
	defer func() { text = fmt.Sprint(recover()) }()
	f()
	return ""
}

func TestTransactionList(t *testing.T) {
	at := time.Unix(1_700_000_000, 0) // all within one second
	srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return at }))
	srv.AddCustomer("cus_1")
	var want []string // newest first
	for range 25 {
		want = slices.Insert(want, 0, srv.Fund("cus_1", "eur", 1))
	}
	const path = "/v1/customers/cus_1/cash_balance_transactions"
	tests := []struct {
		name     string
		query    string
		wantIDs  []string
		wantMore bool
	}{
		{"default limit", "", want[:10], true},
		{"limit", "?limit=3", want[:3], true},
		{"all", "?limit=100", want, false},
		{"exactly all", "?limit=25", want, false},
		{"one less", "?limit=24", want[:24], true},
		{"after", "?limit=3&starting_after=" + want[9], want[10:13], true},
		{"after, to the end", "?starting_after=" + want[14], want[15:], false},
		{"after the last", "?starting_after=" + want[24], nil, false},
		{"before", "?limit=3&ending_before=" + want[9], want[6:9], true},
		{"before, to the start", "?ending_before=" + want[10], want[:10], false},
		{"before the first", "?ending_before=" + want[0], nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := get(t, srv, path+tt.query)
			assert.Equal(t, tt.wantIDs, got.ids())
			assert.Equal(t, tt.wantMore, got.Body["has_more"])
			assert.Equal(t, "list", got.Body["object"])
			assert.Equal(t, path, got.Body["url"])
			assert.NotNil(t, got.Body["data"], "an empty list is [], not null")
		})
	}
}

func TestTransactionListErrors(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.AddCustomer("cus_2")
	id, other := srv.Fund("cus_1", "eur", 1), srv.Fund("cus_2", "eur", 1)
	tests := []struct {
		name        string
		query       string
		wantCode    any
		wantParam   any
		wantMessage string
	}{
		{"limit 0", "limit=0", "parameter_invalid_integer", "limit", "This value must be greater than or equal to 1."},
		{"limit 101", "limit=101", "parameter_invalid_integer", "limit", "This value must be less than or equal to 100."},
		{"limit not a number", "limit=all", "parameter_invalid_integer", "limit", "Invalid integer: all"},
		{"a cursor that names nothing", "starting_after=ccsbtxn_404", "resource_missing", "starting_after",
			"No such customer_cash_balance_transaction: 'ccsbtxn_404'"},
		{"a cursor of another customer", "ending_before=" + other, "resource_missing", "ending_before",
			"No such customer_cash_balance_transaction: '" + other + "'"},
		{"both cursors", "starting_after=" + id + "&ending_before=" + id, nil, nil,
			"Received both starting_after and ending_before parameters. Please pass in only one."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := get(t, srv, "/v1/customers/cus_1/cash_balance_transactions?"+tt.query)
			assert.Equal(t, http.StatusBadRequest, got.Status)
			assert.Equal(t, tt.wantCode, got.errorField("code"))
			assert.Equal(t, tt.wantParam, got.errorField("param"))
			assert.Equal(t, tt.wantMessage, got.errorField("message"))
		})
	}
	got := get(t, srv, "/v1/customers/cus_1/cash_balance_transactions/"+other)
	assert.Equal(t, http.StatusNotFound, got.Status, "a transaction belongs to its customer")
	assert.Equal(t, "resource_missing", got.errorField("code"))
}

func TestLedgerHolds(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	currencies := []string{"eur", "usd", "gbp"}
	for i := range 60 {
		currency := currencies[i%3]
		srv.Fund("cus_1", stripecash.Currency(currency), int64(i+1))
		if i%4 == 3 {
			srv.AddTransaction("cus_1", stripetest.Transaction{Type: "funding_reversed", Currency: stripecash.Currency(currency), NetAmount: int64(-i)})
		}
	}
	sums := map[string]any{}
	data := get(t, srv, "/v1/customers/cus_1/cash_balance_transactions?limit=100").Body["data"].([]any)
	for _, item := range slices.Backward(data) {
		row := item.(map[string]any)
		currency := row["currency"].(string)
		sum, _ := sums[currency].(float64)
		sum += row["net_amount"].(float64)
		sums[currency] = sum
		assert.Equal(t, sum, row["ending_balance"], "chained per currency")
	}
	assert.Equal(t, sums, get(t, srv, "/v1/customers/cus_1/cash_balance").Body["available"])
}
