package stripego_test

import (
	"net/http"
	"net/url"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// These are faults of stripe-go v85.0.0 in what it sends. Each test says what it does, and that this client does it right.

// TestRawCardOfAnAccount: the parameter of a connected account is external_account, and stripe-go sends source.
func TestRawCardOfAnAccount(t *testing.T) {
	s := always(http.StatusBadRequest, refusal)
	_, err := theirs(s).V1Cards.Create(t.Context(), &stripe.CardCreateParams{
		Account: new("acct_1"), Number: new("4000056655665556"), ExpMonth: new("1"), ExpYear: new("2034"), Currency: new("usd"),
	})
	require.Error(t, err)
	assert.Equal(t, url.Values{
		"source[object]": {"card"}, "source[number]": {"4000056655665556"}, "source[exp_month]": {"1"}, "source[exp_year]": {"2034"},
		"source[currency]": {"usd"},
	}, request(t, s).Pairs)

	s = always(http.StatusBadRequest, refusal)
	_, err = card.New(ours(t, s)).Create(t.Context(), card.Account("acct_1"), &card.CreateParams{Details: &card.Details{
		Number: card.NewSecret("4000056655665556"), ExpMonth: 1, ExpYear: 2034, Currency: stripecash.CurrencyUSD,
	}})
	require.Error(t, err)
	assert.Equal(t, url.Values{
		"external_account[object]": {"card"}, "external_account[number]": {"4000056655665556"}, "external_account[exp_month]": {"1"},
		"external_account[exp_year]": {"2034"}, "external_account[currency]": {"usd"},
	}, request(t, s).Pairs)
}

// TestRawBankAccount: stripe-go sends a currency that was not given as an empty one, default_for_currency inside the hash,
// where the spec does not have it, and no documents.
func TestRawBankAccount(t *testing.T) {
	s := always(http.StatusBadRequest, refusal)
	_, err := theirs(s).V1BankAccounts.Create(t.Context(), &stripe.BankAccountCreateParams{
		Account: new("acct_1"), AccountNumber: new("000123456789"), Country: new("US"), DefaultForCurrency: new(true),
		Documents: &stripe.BankAccountCreateDocumentsParams{
			BankAccountOwnershipVerification: &stripe.BankAccountCreateDocumentsBankAccountOwnershipVerificationParams{
				Files: []*string{new("file_1")},
			},
		},
	})
	require.Error(t, err)
	assert.Equal(t, url.Values{
		"external_account[object]": {"bank_account"}, "external_account[account_number]": {"000123456789"},
		"external_account[country]": {"US"}, "external_account[currency]": {""}, "external_account[default_for_currency]": {"true"},
	}, request(t, s).Pairs)

	s = always(http.StatusBadRequest, refusal)
	_, err = paymentsource.New(ours(t, s)).CreateBankAccount(t.Context(), paymentsource.Account("acct_1"), &paymentsource.CreateBankAccountParams{
		DefaultForCurrency: true,
		Details: &paymentsource.BankAccountDetails{
			AccountNumber: card.NewSecret("000123456789"), Country: "US",
			Documents: &paymentsource.DocumentsParams{OwnershipVerification: &paymentsource.FilesParams{Files: []string{"file_1"}}},
		},
	})
	require.Error(t, err)
	assert.Equal(t, url.Values{
		"external_account[object]": {"bank_account"}, "external_account[account_number]": {"000123456789"},
		"external_account[country]": {"US"}, "default_for_currency": {"true"},
		"external_account[documents][bank_account_ownership_verification][files][]": {"file_1"},
	}, request(t, s).Pairs)
}

// TestClearingMetadata: an empty map says nothing to stripe-go, which has another way to say it.
func TestClearingMetadata(t *testing.T) {
	s := always(http.StatusBadRequest, refusal)
	_, err := theirs(s).V1Cards.Update(t.Context(), "card_1", &stripe.CardUpdateParams{Customer: new("cus_1"), Metadata: map[string]string{}})
	require.Error(t, err)
	assert.Empty(t, request(t, s).Pairs)

	s = always(http.StatusBadRequest, refusal)
	_, err = card.New(ours(t, s)).Update(t.Context(), card.Customer("cus_1"), "card_1", &card.UpdateParams{Metadata: stripecash.Metadata{}})
	require.Error(t, err)
	assert.Equal(t, url.Values{"metadata": {""}}, request(t, s).Pairs)
}

// TestExpandingACard: a card and a bank account can't be retrieved with an expansion.
func TestExpandingACard(t *testing.T) {
	s := always(http.StatusBadRequest, refusal)
	params := &stripe.CardRetrieveParams{Customer: new("cus_1")}
	params.AddExpand("customer")
	_, err := theirs(s).V1Cards.Retrieve(t.Context(), "card_1", params)
	require.ErrorContains(t, err, "You cannot specify both")
	assert.Empty(t, s.sent)

	_, err = card.New(ours(t, s)).Get(t.Context(), card.Customer("cus_1"), "card_1", stripecash.WithExpand("customer"))
	require.Error(t, err)
	assert.Equal(t, url.Values{"expand[]": {"customer"}}, request(t, s).Pairs)
}

// TestMissingID: an ID that is missing makes another URL, and so does one that is not an ID.
func TestMissingID(t *testing.T) {
	tests := []struct {
		name     string
		customer *string
		wantPath string
	}{
		{name: "none", wantPath: "/v1/customers//cash_balance"},
		{name: "empty", customer: new(""), wantPath: "/v1/customers//cash_balance"},
		{name: "the folder above", customer: new(".."), wantPath: "/v1/customers/../cash_balance"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := always(http.StatusBadRequest, refusal)
			_, err := theirs(s).V1CashBalances.Retrieve(t.Context(), &stripe.CashBalanceRetrieveParams{Customer: tt.customer})
			require.Error(t, err)
			assert.Equal(t, tt.wantPath, request(t, s).Path)

			s = always(http.StatusBadRequest, refusal)
			_, err = cashbalance.New(ours(t, s)).Get(t.Context(), stripe.StringValue(tt.customer))
			require.ErrorContains(t, err, "customer")
			assert.Empty(t, s.sent)
		})
	}
}

// TestSpaceInID: stripe-go escapes paths as queries are escaped, so that a space becomes a plus.
func TestSpaceInID(t *testing.T) {
	s := always(http.StatusBadRequest, refusal)
	_, err := theirs(s).V1CashBalances.Retrieve(t.Context(), &stripe.CashBalanceRetrieveParams{Customer: new("a b")})
	require.Error(t, err)
	assert.Equal(t, "/v1/customers/a+b/cash_balance", request(t, s).Path)

	s = always(http.StatusBadRequest, refusal)
	_, err = cashbalance.New(ours(t, s)).Get(t.Context(), "a b")
	require.Error(t, err)
	assert.Equal(t, "/v1/customers/a%20b/cash_balance", request(t, s).Path)
}

// TestNilParams: where stripe-go has the customer in its params, there may be none, and it looks.
func TestNilParams(t *testing.T) {
	sc := theirs(always(http.StatusBadRequest, refusal))
	assert.Panics(t, func() { _, _ = sc.V1Sources.Detach(t.Context(), "src_1", nil) })
	assert.Panics(t, func() { sc.V1Cards.List(t.Context(), nil) })
	assert.Panics(t, func() { sc.V1BankAccounts.List(t.Context(), nil) })
	noOwner := sc.V1Cards.List(t.Context(), new(stripe.CardListParams))
	require.Error(t, noOwner.Err())
	assert.Panics(t, func() { noOwner.All(t.Context())(func(*stripe.Card, error) bool { return true }) })

	s := always(http.StatusBadRequest, refusal)
	api := ours(t, s)
	_, err := source.New(api).Detach(t.Context(), "", "src_1")
	require.ErrorContains(t, err, "customer")
	_, err = card.New(api).List(t.Context(), card.Owner{}, nil)
	require.ErrorContains(t, err, "owner")
	for _, err := range card.New(api).All(t.Context(), card.Owner{}, nil) {
		require.ErrorContains(t, err, "owner")
	}
	assert.Empty(t, s.sent)
}

// TestParamsAreWritten: stripe-go keeps the context of a call in the params, so that calls that share them race.
func TestParamsAreWritten(t *testing.T) {
	s := always(http.StatusBadRequest, refusal)
	their := &stripe.TestHelpersCustomerFundCashBalanceParams{Amount: new(int64(1)), Currency: new("eur")}
	_, err := theirs(s).V1TestHelpersCustomers.FundCashBalance(t.Context(), "cus_1", their)
	require.Error(t, err)
	assert.NotNil(t, their.Context)

	our := &transaction.FundParams{Amount: 1, Currency: "eur"}
	_, err = transaction.New(ours(t, s)).Fund(t.Context(), "cus_1", our)
	require.Error(t, err)
	assert.Equal(t, &transaction.FundParams{Amount: 1, Currency: "eur"}, our)
}

// TestMissingMethods: what stripe.Client has no method for.
func TestMissingMethods(t *testing.T) {
	has := func(service any, method string) bool {
		_, ok := reflect.TypeOf(service).MethodByName(method)
		return ok
	}
	var sc stripe.Client
	assert.False(t, has(sc.V1Sources, "Verify"))
	assert.False(t, has(sc.V1SourceTransactions, "Retrieve"))
	for _, service := range []string{"V1SourceMandateNotifications", "V1Recipients"} {
		_, ok := reflect.TypeFor[stripe.Client]().FieldByName(service)
		assert.False(t, ok, service)
	}
	api := source.New(nil)
	for _, method := range []string{"Verify", "GetTransaction", "GetMandateNotification"} {
		assert.True(t, has(api, method), method)
	}
}
