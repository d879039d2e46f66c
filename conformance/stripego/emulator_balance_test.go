package stripego_test

import (
	"net/http"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

func customers(t *testing.T, w world) {
	made, err := w.sc.V1Customers.Create(t.Context(), &stripe.CustomerCreateParams{
		Name: new("Åsa"), Email: new("a@example.com"), Phone: new("+46 1"), Description: new("d"), Balance: new(int64(-5)),
		PreferredLocales: []*string{new("sv"), new("en")}, Metadata: map[string]string{"a": "1", "b": "2"},
		Address:     &stripe.AddressParams{City: new("Malmö"), Country: new("SE")},
		CashBalance: &stripe.CustomerCreateCashBalanceParams{Settings: &stripe.CustomerCreateCashBalanceSettingsParams{ReconciliationMode: new("manual")}},
	})
	require.NoError(t, err)
	read := func(expand ...*string) *stripe.Customer {
		t.Helper()
		got, err := w.sc.V1Customers.Retrieve(t.Context(), made.ID, &stripe.CustomerRetrieveParams{Expand: expand})
		require.NoError(t, err)
		return got
	}
	got := read(new("cash_balance"))
	assert.Equal(t, []any{"Åsa", "a@example.com", "+46 1", "d", int64(-5)}, []any{got.Name, got.Email, got.Phone, got.Description, got.Balance})
	assert.Equal(t, []string{"sv", "en"}, got.PreferredLocales)
	assert.Equal(t, map[string]string{"a": "1", "b": "2"}, got.Metadata)
	assert.Equal(t, stripe.Address{City: "Malmö", Country: "SE"}, *got.Address)
	assert.Equal(t, stripe.CashBalanceSettingsReconciliationModeManual, got.CashBalance.Settings.ReconciliationMode)

	changed, err := w.sc.V1Customers.Update(t.Context(), made.ID, &stripe.CustomerUpdateParams{
		Name: new(""), Metadata: map[string]string{"a": "", "c": "3"},
		UnsetFields: []stripe.CustomerUpdateParamsUnsetField{stripe.CustomerUpdateParamsUnsetFieldAddress},
	})
	require.NoError(t, err)
	got = read()
	assert.Equal(t, changed.Metadata, got.Metadata)
	assert.Equal(t, []any{"", "a@example.com"}, []any{got.Name, got.Email})
	assert.Equal(t, map[string]string{"b": "2", "c": "3"}, got.Metadata)
	assert.Nil(t, got.Address)

	gone, err := w.sc.V1Customers.Delete(t.Context(), made.ID, nil)
	require.NoError(t, err)
	assert.True(t, gone.Deleted)
	assert.True(t, read().Deleted)
	_, err = w.sc.V1Customers.Update(t.Context(), made.ID, &stripe.CustomerUpdateParams{Name: new("x")})
	refused(t, err, http.StatusNotFound, stripe.ErrorCodeResourceMissing, "id")

	rich := w.customer(t)
	w.fund(t, rich, 1, "eur")
	_, err = w.sc.V1Customers.Delete(t.Context(), rich, nil)
	refused(t, err, http.StatusBadRequest, "", "")
	assert.Equal(t, map[string]int64{"eur": 1}, w.balance(t, rich))
}

func cashBalances(t *testing.T, w world) {
	customer := w.customer(t)
	params := &stripe.CashBalanceRetrieveParams{Customer: &customer}
	got, err := w.sc.V1CashBalances.Retrieve(t.Context(), params)
	require.NoError(t, err)
	assert.Nil(t, got.Available)
	assert.Equal(t, customer, got.Customer)
	assert.Equal(t, &stripe.CashBalanceSettings{ReconciliationMode: "automatic", UsingMerchantDefault: true}, got.Settings)

	modes := []struct {
		mode string
		want stripe.CashBalanceSettings
	}{
		{mode: "manual", want: stripe.CashBalanceSettings{ReconciliationMode: "manual"}},
		{mode: "automatic", want: stripe.CashBalanceSettings{ReconciliationMode: "automatic"}},
		{mode: "merchant_default", want: stripe.CashBalanceSettings{ReconciliationMode: "automatic", UsingMerchantDefault: true}},
	}
	for _, m := range modes {
		changed, err := w.sc.V1CashBalances.Update(t.Context(), &stripe.CashBalanceUpdateParams{
			Customer: &customer, Settings: &stripe.CashBalanceUpdateSettingsParams{ReconciliationMode: &m.mode},
		})
		require.NoError(t, err)
		assert.Equal(t, m.want, *changed.Settings)
		got, err = w.sc.V1CashBalances.Retrieve(t.Context(), params)
		require.NoError(t, err)
		assert.Equal(t, m.want, *got.Settings)
	}
	_, err = w.sc.V1CashBalances.Update(t.Context(), &stripe.CashBalanceUpdateParams{
		Customer: &customer, Settings: &stripe.CashBalanceUpdateSettingsParams{ReconciliationMode: new("by_hand")},
	})
	refused(t, err, http.StatusBadRequest, "", "settings[reconciliation_mode]")

	first := w.fund(t, customer, 1000, "eur")
	second := w.fund(t, customer, 500, "eur")
	w.fund(t, customer, 7, "jpy")
	assert.Equal(t, map[string]int64{"eur": 1500, "jpy": 7}, w.balance(t, customer))
	assert.Equal(t, []int64{1000, 1500}, []int64{first.EndingBalance, second.EndingBalance})

	read, err := w.sc.V1CustomerCashBalanceTransactions.Retrieve(t.Context(), first.ID, &stripe.CustomerCashBalanceTransactionRetrieveParams{
		Customer: &customer, Expand: []*string{new("customer")},
	})
	require.NoError(t, err)
	assert.Equal(t, []any{int64(1000), stripe.CustomerCashBalanceTransactionTypeFunded}, []any{read.NetAmount, read.Type})
	assert.Equal(t, first.Funded, read.Funded)
	assert.Equal(t, "customer", read.Customer.Object, "expanded")
	assert.Equal(t, stripe.CustomerCashBalanceTransactionFundedBankTransferTypeEUBankTransfer, read.Funded.BankTransfer.Type)
	assert.NotEmpty(t, read.Funded.BankTransfer.EUBankTransfer.IBANLast4)
}

func transactions(t *testing.T, w world) {
	customer := w.customer(t)
	funded := w.srv.FundBy(customer, stripetest.BankTransfer{Currency: "usd", Amount: 1000, Network: "swift", SenderName: "S", Reference: "R"})
	canceled := w.srv.InitiateReturn(customer, "usd", 300)
	w.srv.CancelReturn(canceled)
	w.srv.TransferToBalance(customer, "usd", 400)
	w.srv.ReverseFunding(funded)
	w.srv.AdjustForOverdraft(customer, "usd")
	list := w.sc.V1CustomerCashBalanceTransactions.List(t.Context(), &stripe.CustomerCashBalanceTransactionListParams{
		Customer: &customer, Expand: []*string{new("data.adjusted_for_overdraft.linked_transaction")},
	})
	assert.Equal(t, []string{
		"adjusted_for_overdraft", "funding_reversed", "transferred_to_balance", "return_canceled", "return_initiated", "funded",
	}, ids(t, list.All(t.Context()), transactionTypes))
	assert.Equal(t, []string{customer}, slices.Compact(ids(t, list.All(t.Context()), func(t *stripe.CustomerCashBalanceTransaction) string { return t.Customer.ID })))
	data := list.Data()
	overdraft, reversed, transferred := data[0].AdjustedForOverdraft, data[1], data[2].TransferredToBalance
	assert.Equal(t, []any{reversed.ID, int64(-1000)}, []any{overdraft.LinkedTransaction.ID, overdraft.LinkedTransaction.NetAmount}, "expanded")
	assert.NotEmpty(t, overdraft.BalanceTransaction.ID)
	assert.NotEmpty(t, transferred.BalanceTransaction.ID)
	transfer := data[5].Funded.BankTransfer
	assert.Equal(t, "R", transfer.Reference)
	assert.Equal(t, stripe.CustomerCashBalanceTransactionFundedBankTransferUSBankTransfer{Network: "swift", SenderName: "S"}, *transfer.USBankTransfer)
	balance := int64(0)
	for _, found := range slices.Backward(data) {
		balance += found.NetAmount
		assert.Equal(t, balance, found.EndingBalance, found.Type)
	}
	assert.Zero(t, balance)
}

// lists25 pages through 25 transactions with each cursor. stripe-go turns the pages before a cursor around.
func lists25(t *testing.T, w world) {
	customer := w.customer(t)
	var all []string // newest first
	for range 25 {
		all = slices.Insert(all, 0, w.fund(t, customer, 1, "eur").ID)
	}
	up := slices.Clone(all)
	slices.Reverse(up)
	tests := []struct {
		name         string
		params       stripe.ListParams
		want         []string
		wantRequests int
	}{
		{name: "the default", want: all, wantRequests: 3},
		{name: "all at once", params: stripe.ListParams{Limit: new(int64(100))}, want: all, wantRequests: 1},
		{name: "one by one", params: stripe.ListParams{Limit: new(int64(1))}, want: all, wantRequests: 25},
		{name: "pages that fit", params: stripe.ListParams{Limit: new(int64(5))}, want: all, wantRequests: 5},
		{name: "after", params: stripe.ListParams{Limit: new(int64(7)), StartingAfter: &all[3]}, want: all[4:], wantRequests: 3},
		{name: "after the oldest", params: stripe.ListParams{StartingAfter: &all[24]}, wantRequests: 1},
		{name: "before", params: stripe.ListParams{Limit: new(int64(7)), EndingBefore: &all[20]}, want: up[5:], wantRequests: 3},
		{name: "before the newest", params: stripe.ListParams{EndingBefore: &all[0]}, wantRequests: 1},
		{name: "one page", params: stripe.ListParams{Single: true}, want: all[:10], wantRequests: 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := len(w.srv.Requests())
			list := w.sc.V1CustomerCashBalanceTransactions.List(t.Context(), &stripe.CustomerCashBalanceTransactionListParams{
				Customer: &customer, ListParams: tt.params,
			})
			assert.Equal(t, tt.want, ids(t, list.All(t.Context()), transactionID))
			assert.Len(t, w.srv.Requests(), before+tt.wantRequests)
			assert.Equal(t, "/v1/customers/"+customer+"/cash_balance_transactions", list.Meta().URL)
		})
	}
	for _, wrong := range []struct {
		params stripe.ListParams
		code   stripe.ErrorCode
		param  string
	}{
		{params: stripe.ListParams{StartingAfter: new("ccsbtxn_0")}, code: stripe.ErrorCodeResourceMissing, param: "starting_after"},
		{params: stripe.ListParams{EndingBefore: new("ccsbtxn_0")}, code: stripe.ErrorCodeResourceMissing, param: "ending_before"},
		{params: stripe.ListParams{Limit: new(int64(101))}, code: stripe.ErrorCodeParameterInvalidInteger, param: "limit"},
	} {
		list := w.sc.V1CustomerCashBalanceTransactions.List(t.Context(), &stripe.CustomerCashBalanceTransactionListParams{
			Customer: &customer, ListParams: wrong.params,
		})
		refused(t, list.Err(), http.StatusBadRequest, wrong.code, wrong.param)
	}
}

func idempotency(t *testing.T, w world) {
	customer := w.customer(t)
	fund := func(key string, amount int64) (*stripe.CustomerCashBalanceTransaction, error) {
		return w.sc.V1TestHelpersCustomers.FundCashBalance(t.Context(), customer, &stripe.TestHelpersCustomerFundCashBalanceParams{
			Amount: &amount, Currency: new("eur"), Params: stripe.Params{IdempotencyKey: &key},
		})
	}
	first, err := fund("order-1", 10)
	require.NoError(t, err)
	assert.Empty(t, first.LastResponse.Header.Get("Idempotent-Replayed"))
	assert.Equal(t, "order-1", first.LastResponse.IdempotencyKey)

	again, err := fund("order-1", 10)
	require.NoError(t, err)
	assert.Equal(t, first.ID, again.ID)
	assert.Equal(t, string(first.LastResponse.RawJSON), string(again.LastResponse.RawJSON))
	assert.Equal(t, "true", again.LastResponse.Header.Get("Idempotent-Replayed"))
	assert.Equal(t, first.LastResponse.RequestID, again.LastResponse.Header.Get("Original-Request"))
	assert.NotEqual(t, first.LastResponse.RequestID, again.LastResponse.RequestID)

	_, err = fund("order-1", 11)
	refused(t, err, http.StatusBadRequest, "", "")
	assert.Equal(t, stripe.ErrorTypeIdempotency, apiError(t, err).Type)
	_, err = w.sc.V1Cards.Create(t.Context(), &stripe.CardCreateParams{
		Customer: &customer, Token: new("tok_visa"), Params: stripe.Params{IdempotencyKey: new("order-1")},
	})
	assert.Equal(t, stripe.ErrorTypeIdempotency, apiError(t, err).Type)
	assert.Equal(t, map[string]int64{"eur": 10}, w.balance(t, customer))

	decline := func() *stripe.Error {
		t.Helper()
		_, err := w.sc.V1Cards.Create(t.Context(), &stripe.CardCreateParams{
			Customer: &customer, Token: new("tok_chargeDeclined"), Params: stripe.Params{IdempotencyKey: new("order-2")},
		})
		refused(t, err, http.StatusPaymentRequired, stripe.ErrorCodeCardDeclined, "")
		return apiError(t, err)
	}
	assert.Empty(t, decline().LastResponse.Header.Get("Idempotent-Replayed"))
	assert.Equal(t, "true", decline().LastResponse.Header.Get("Idempotent-Replayed"))

	_, err = fund("order-3", 0)
	refused(t, err, http.StatusBadRequest, stripe.ErrorCodeParameterInvalidInteger, "amount")
	_, err = fund("order-3", 5)
	require.NoError(t, err, "what fails validation is not kept")
	assert.Equal(t, map[string]int64{"eur": 15}, w.balance(t, customer))
}

// TestLostAnswer: stripe-go asks again under the same key when a connection breaks, and the money comes once.
func TestLostAnswer(t *testing.T) {
	for _, cut := range []stripetest.Cut{stripetest.CutBeforeEffect, stripetest.CutAfterEffect, stripetest.CutInBody} {
		t.Run(string(cut), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := stripetest.NewServer()
				w := world{srv, theirs(srv)}
				customer := w.customer(t)
				srv.Fail(stripetest.Fault{Cut: cut})
				made := w.fund(t, customer, 10, "eur")
				assert.Equal(t, cut != stripetest.CutBeforeEffect, made.LastResponse.Header.Get("Idempotent-Replayed") == "true")
				assert.Equal(t, map[string]int64{"eur": 10}, w.balance(t, customer))
			})
		})
	}
}

func accountsAreApart(t *testing.T, w world) {
	w.srv.Connect("acct_1")
	there, err := w.sc.V1Customers.Create(t.Context(), &stripe.CustomerCreateParams{Params: stripe.Params{StripeAccount: new("acct_1")}})
	require.NoError(t, err)
	assert.Equal(t, "acct_1", there.LastResponse.Header.Get("Stripe-Account"))
	_, err = w.sc.V1Customers.Retrieve(t.Context(), there.ID, nil)
	refused(t, err, http.StatusNotFound, stripe.ErrorCodeResourceMissing, "id")
	_, err = w.sc.V1Customers.Retrieve(t.Context(), there.ID, &stripe.CustomerRetrieveParams{Params: stripe.Params{StripeAccount: new("acct_1")}})
	require.NoError(t, err)

	self, err := w.sc.V1Accounts.Retrieve(t.Context(), nil)
	require.NoError(t, err)
	assert.Equal(t, w.srv.ID(), self.ID)
	connected, err := w.sc.V1Accounts.GetByID(t.Context(), "acct_1", nil)
	require.NoError(t, err)
	assert.Equal(t, "acct_1", connected.ID)
}

func refusals(t *testing.T, w world) {
	customer := w.customer(t)
	_, err := w.sc.V1CashBalances.Retrieve(t.Context(), &stripe.CashBalanceRetrieveParams{Customer: new("cus_404")})
	refused(t, err, http.StatusNotFound, stripe.ErrorCodeResourceMissing, "customer")
	missing := apiError(t, err)
	assert.Equal(t, stripe.ErrorTypeInvalidRequest, missing.Type)
	assert.Equal(t, "No such customer: 'cus_404'", missing.Msg)
	assert.Equal(t, "https://stripe.com/docs/error-codes/resource-missing", missing.DocURL)

	_, err = w.sc.V1TestHelpersCustomers.FundCashBalance(t.Context(), customer, nil)
	refused(t, err, http.StatusBadRequest, stripe.ErrorCodeParameterMissing, "amount")
	params := &stripe.CustomerUpdateParams{}
	params.AddExtra("color", "red")
	_, err = w.sc.V1Customers.Update(t.Context(), customer, params)
	refused(t, err, http.StatusBadRequest, stripe.ErrorCodeParameterUnknown, "color")
	_, err = w.sc.V1CashBalances.Retrieve(t.Context(), &stripe.CashBalanceRetrieveParams{Customer: &customer, Expand: []*string{new("settings.x")}})
	require.Error(t, err)
	_, err = w.sc.V1CashBalances.Retrieve(t.Context(), nil) // which asks for /v1/customers//cash_balance
	refused(t, err, http.StatusNotFound, "", "")

	live := stripe.NewClient("sk_live_1234", stripe.WithBackends(stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		HTTPClient: &http.Client{Transport: w.srv}, LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull},
	})))
	_, err = live.V1Customers.Retrieve(t.Context(), customer, nil)
	refused(t, err, http.StatusUnauthorized, "", "")

	w.srv.Fail(stripetest.Fault{Status: http.StatusInternalServerError})
	_, err = w.sc.V1Customers.Retrieve(t.Context(), customer, nil)
	refused(t, err, http.StatusInternalServerError, "", "")
	assert.Equal(t, stripe.ErrorTypeAPI, apiError(t, err).Type)
	w.srv.Fail(stripetest.Fault{Status: http.StatusTooManyRequests, RateLimitedReason: "global-rate"})
	_, err = w.sc.V1Customers.Retrieve(t.Context(), customer, nil)
	limited := apiError(t, err)
	assert.Equal(t, []any{http.StatusTooManyRequests, ""}, []any{limited.HTTPStatusCode, limited.RequestID})
	assert.Equal(t, "global-rate", limited.LastResponse.Header.Get("Stripe-Rate-Limited-Reason"))
}
