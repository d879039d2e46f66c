package stripego_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
	"github.com/stripe/stripe-go/v85/paymentsource"
)

// bankToken makes a token of an American bank account.
func (w world) bankToken(t *testing.T, number string) string {
	t.Helper()
	made, err := w.sc.V1Tokens.Create(t.Context(), &stripe.TokenCreateParams{BankAccount: &stripe.BankAccountParams{
		Country: new("US"), Currency: new("usd"), RoutingNumber: new("110000000"), AccountNumber: &number,
		AccountHolderName: new("Jane"), AccountHolderType: new("individual"),
	}})
	require.NoError(t, err)
	assert.Equal(t, []any{stripe.TokenTypeBankAccount, "Jane"}, []any{made.Type, made.BankAccount.AccountHolderName})
	return made.ID
}

func customerBankAccounts(t *testing.T, w world) {
	customer := w.customer(t)
	made, err := w.sc.V1BankAccounts.Create(t.Context(), &stripe.BankAccountCreateParams{
		Customer: &customer, Token: new(w.bankToken(t, "000123456789")), Metadata: map[string]string{"a": "1"},
	})
	require.NoError(t, err)
	read := func() *stripe.BankAccount {
		t.Helper()
		got, err := w.sc.V1BankAccounts.Retrieve(t.Context(), made.ID, &stripe.BankAccountRetrieveParams{Customer: &customer})
		require.NoError(t, err)
		return got
	}
	got := read()
	assert.Equal(t, []any{"6789", "Jane", stripe.BankAccountStatusNew, customer, "1", "110000000"},
		[]any{got.Last4, got.AccountHolderName, got.Status, got.Customer.ID, got.Metadata["a"], got.RoutingNumber})

	verify := func(amounts [2]int64) (*stripe.PaymentSource, error) {
		return w.sc.V1PaymentSources.Verify(t.Context(), made.ID, &stripe.PaymentSourceVerifyParams{Customer: &customer, Amounts: amounts})
	}
	_, err = verify([2]int64{1, 2})
	require.Error(t, err)
	assert.Equal(t, stripe.BankAccountStatusNew, read().Status)
	verified, err := verify([2]int64{32, 45})
	require.NoError(t, err)
	assert.Equal(t, stripe.BankAccountStatusVerified, verified.BankAccount.Status)
	assert.Equal(t, stripe.BankAccountStatusVerified, read().Status)

	_, err = w.sc.V1BankAccounts.Update(t.Context(), made.ID, &stripe.BankAccountUpdateParams{
		Customer: &customer, AccountHolderName: new("John"), AccountHolderType: new("company"), Metadata: map[string]string{"a": "", "b": "2"},
	})
	require.NoError(t, err)
	got = read()
	assert.Equal(t, []any{"John", stripe.BankAccountAccountHolderTypeCompany}, []any{got.AccountHolderName, got.AccountHolderType})
	assert.Equal(t, map[string]string{"b": "2"}, got.Metadata)

	second, err := w.sc.V1BankAccounts.Create(t.Context(), &stripe.BankAccountCreateParams{
		Customer: &customer, Country: new("DE"), Currency: new("eur"), AccountNumber: new("DE89370400440532013000"),
	})
	require.NoError(t, err)
	w.card(t, customer, "tok_visa")
	list := w.sc.V1BankAccounts.List(t.Context(), &stripe.BankAccountListParams{Customer: &customer})
	assert.Equal(t, []string{second.ID, made.ID}, ids(t, list.All(t.Context()), bankAccountID))
	_, err = w.sc.V1BankAccounts.Create(t.Context(), &stripe.BankAccountCreateParams{
		Customer: &customer, Token: new(w.bankToken(t, "000123456789")),
	})
	refused(t, err, http.StatusBadRequest, stripe.ErrorCodeBankAccountExists, "")

	gone, err := w.sc.V1BankAccounts.Delete(t.Context(), made.ID, &stripe.BankAccountDeleteParams{Customer: &customer})
	require.NoError(t, err)
	assert.True(t, gone.Deleted)
	_, err = w.sc.V1BankAccounts.Retrieve(t.Context(), made.ID, &stripe.BankAccountRetrieveParams{Customer: &customer})
	refused(t, err, http.StatusNotFound, stripe.ErrorCodeResourceMissing, "id")
}

func accountBankAccounts(t *testing.T, w world) {
	account := w.srv.Connect("acct_1").ID()
	made, err := w.sc.V1BankAccounts.Create(t.Context(), &stripe.BankAccountCreateParams{
		Account: &account, Country: new("US"), Currency: new("usd"), RoutingNumber: new("110000000"), AccountNumber: new("000123456789"),
	})
	require.NoError(t, err)
	euro, err := w.sc.V1BankAccounts.Create(t.Context(), &stripe.BankAccountCreateParams{
		Account: &account, Country: new("DE"), Currency: new("eur"), AccountNumber: new("DE89370400440532013000"),
	})
	require.NoError(t, err)
	changed, err := w.sc.V1BankAccounts.Update(t.Context(), made.ID, &stripe.BankAccountUpdateParams{
		Account: &account, AccountHolderName: new("Jane"), AccountType: new("savings"),
	})
	require.NoError(t, err)
	got, err := w.sc.V1BankAccounts.Retrieve(t.Context(), made.ID, &stripe.BankAccountRetrieveParams{Account: &account})
	require.NoError(t, err)
	assert.Equal(t, []any{changed.AccountHolderName, "savings", true, account}, []any{got.AccountHolderName, got.AccountType, got.DefaultForCurrency, got.Account.ID})
	assert.NotNil(t, got.Requirements)
	list := func() []string {
		return ids(t, w.sc.V1BankAccounts.List(t.Context(), &stripe.BankAccountListParams{Account: &account}).All(t.Context()), bankAccountID)
	}
	assert.Equal(t, []string{euro.ID, made.ID}, list())
	gone, err := w.sc.V1BankAccounts.Delete(t.Context(), euro.ID, &stripe.BankAccountDeleteParams{Account: &account})
	require.NoError(t, err)
	assert.Equal(t, []any{true, stripe.CurrencyEUR}, []any{gone.Deleted, gone.Currency})
	assert.Equal(t, []string{made.ID}, list())
}

// paymentSources are a card, a bank account and a source in one list.
func paymentSources(t *testing.T, w world) {
	customer := w.customer(t)
	add := func(token string) *stripe.PaymentSource {
		t.Helper()
		made, err := w.sc.V1PaymentSources.Create(t.Context(), &stripe.PaymentSourceCreateParams{
			Customer: &customer, Source: &stripe.PaymentSourceSourceParams{Token: &token}, Metadata: map[string]string{"a": "1"},
		})
		require.NoError(t, err)
		return made
	}
	reusable, err := w.sc.V1Sources.Create(t.Context(), &stripe.SourceCreateParams{Type: new("card"), Token: new("tok_visa")})
	require.NoError(t, err)
	card, bank, source := add("tok_visa"), add(w.bankToken(t, "000123456789")), add(reusable.ID)
	assert.Equal(t, []any{"4242", "6789", stripe.SourceStatusChargeable}, []any{card.Card.Last4, bank.BankAccount.Last4, source.Source.Status})
	assert.Equal(t, []string{"1", "1", "1"}, []string{card.Card.Metadata["a"], bank.BankAccount.Metadata["a"], source.Source.Metadata["a"]})

	list := func(object *string) []string {
		t.Helper()
		return ids(t, w.sc.V1PaymentSources.List(t.Context(), &stripe.PaymentSourceListParams{
			Customer: &customer, Object: object, ListParams: stripe.ListParams{Limit: new(int64(2))},
		}).All(t.Context()), paymentSourceID)
	}
	assert.Equal(t, []string{source.ID, bank.ID, card.ID}, list(nil))
	assert.Equal(t, []string{source.ID}, list(new("source")))
	assert.Equal(t, []string{bank.ID}, list(new("bank_account")))
	assert.Equal(t, []string{card.ID}, list(new("card")))

	_, err = w.sc.V1PaymentSources.Update(t.Context(), card.ID, &stripe.PaymentSourceUpdateParams{Customer: &customer, Name: new("Åsa")})
	require.NoError(t, err)
	_, err = w.sc.V1PaymentSources.Update(t.Context(), source.ID, &stripe.PaymentSourceUpdateParams{
		Customer: &customer, Owner: &stripe.PaymentSourceUpdateOwnerParams{Email: new("a@example.com")},
	})
	require.NoError(t, err)
	read := func(id string) *stripe.PaymentSource {
		t.Helper()
		got, err := w.sc.V1PaymentSources.Retrieve(t.Context(), id, &stripe.PaymentSourceRetrieveParams{Customer: &customer})
		require.NoError(t, err)
		return got
	}
	assert.Equal(t, "Åsa", read(card.ID).Card.Name)
	assert.Equal(t, "a@example.com", read(source.ID).Source.Owner.Email)

	for _, id := range []string{card.ID, bank.ID} {
		gone, err := w.sc.V1PaymentSources.Delete(t.Context(), id, &stripe.PaymentSourceDeleteParams{Customer: &customer})
		require.NoError(t, err)
		assert.True(t, gone.Deleted)
	}
	detached, err := w.sc.V1PaymentSources.Delete(t.Context(), source.ID, &stripe.PaymentSourceDeleteParams{Customer: &customer})
	require.NoError(t, err)
	assert.Equal(t, stripe.SourceStatusConsumed, detached.Source.Status)
	assert.Empty(t, list(nil))
}

func sources(t *testing.T, w world) {
	customer := w.customer(t)
	params := &stripe.SourceCreateParams{
		Type: new("sepa_debit"), Currency: new("eur"), StatementDescriptor: new("Shop 7"), Metadata: map[string]string{"a": "1"},
		Owner: &stripe.SourceCreateOwnerParams{
			Name: new("Åsa"), Email: new("a@example.com"), Address: &stripe.AddressParams{City: new("Malmö")},
		},
		Mandate: &stripe.SourceCreateMandateParams{NotificationMethod: new("manual")},
	}
	params.AddExtra("sepa_debit[iban]", "DE89370400440532013000")
	made, err := w.sc.V1Sources.Create(t.Context(), params)
	require.NoError(t, err)
	read := func(params *stripe.SourceRetrieveParams) *stripe.Source {
		t.Helper()
		got, err := w.sc.V1Sources.Retrieve(t.Context(), made.ID, params)
		require.NoError(t, err)
		return got
	}
	got := read(&stripe.SourceRetrieveParams{ClientSecret: &made.ClientSecret})
	assert.Equal(t, []any{stripe.SourceStatusChargeable, stripe.SourceFlowNone, stripe.SourceUsageReusable, stripe.CurrencyEUR, "sepa_debit"},
		[]any{got.Status, got.Flow, got.Usage, got.Currency, got.Type})
	assert.Equal(t, []any{"3000", "DE"}, []any{got.SEPADebit.Last4, got.SEPADebit.Country})
	assert.Equal(t, []any{"Åsa", "a@example.com", "Malmö"}, []any{got.Owner.Name, got.Owner.Email, got.Owner.Address.City})
	assert.Equal(t, map[string]string{"a": "1"}, got.Metadata)
	assert.Equal(t, "Shop 7", got.StatementDescriptor)

	_, err = w.sc.V1Sources.Update(t.Context(), made.ID, &stripe.SourceUpdateParams{
		Owner: &stripe.SourceUpdateOwnerParams{Email: new("b@example.com")}, Metadata: map[string]string{"a": "", "b": "2"},
	})
	require.NoError(t, err)
	got = read(nil)
	assert.Equal(t, []any{"Åsa", "b@example.com"}, []any{got.Owner.Name, got.Owner.Email})
	assert.Equal(t, map[string]string{"b": "2"}, got.Metadata)

	attach := func() (*stripe.PaymentSource, error) {
		return w.sc.V1PaymentSources.Create(t.Context(), &stripe.PaymentSourceCreateParams{
			Customer: &customer, Source: &stripe.PaymentSourceSourceParams{Token: &made.ID},
		})
	}
	_, err = attach()
	require.NoError(t, err)
	assert.Equal(t, customer, read(nil).Customer)
	assert.Equal(t, made.ID, w.defaultSource(t, customer))
	detached, err := w.sc.V1Sources.Detach(t.Context(), made.ID, &stripe.SourceDetachParams{Customer: &customer})
	require.NoError(t, err)
	assert.Equal(t, []any{made.ID, stripe.SourceStatusConsumed, "3000"}, []any{detached.ID, detached.Status, detached.SEPADebit.Last4})
	got = read(nil)
	assert.Equal(t, []any{stripe.SourceStatusConsumed, ""}, []any{got.Status, got.Customer})
	_, err = attach()
	require.Error(t, err)
	_, err = w.sc.V1Sources.Detach(t.Context(), made.ID, &stripe.SourceDetachParams{Customer: &customer})
	refused(t, err, http.StatusNotFound, stripe.ErrorCodeResourceMissing, "id")
	_, err = w.sc.V1Sources.Retrieve(t.Context(), "src_404", nil)
	refused(t, err, http.StatusNotFound, stripe.ErrorCodeResourceMissing, "source")
}

func receivers(t *testing.T, w world) {
	made, err := w.sc.V1Sources.Create(t.Context(), &stripe.SourceCreateParams{
		Type: new("ach_credit_transfer"), Currency: new("usd"), Owner: &stripe.SourceCreateOwnerParams{Email: new("amount_4242@example.com")},
	})
	require.NoError(t, err)
	second := w.srv.ReceiveFunds(made.ID, 58)
	got, err := w.sc.V1Sources.Retrieve(t.Context(), made.ID, nil)
	require.NoError(t, err)
	assert.Equal(t, []any{stripe.SourceStatusChargeable, int64(4300), int64(4300)}, []any{got.Status, got.Receiver.AmountReceived, got.Amount})
	assert.NotEmpty(t, got.ACHCreditTransfer.AccountNumber)

	list := w.sc.V1SourceTransactions.List(t.Context(), &stripe.SourceTransactionListParams{
		Source: &made.ID, ListParams: stripe.ListParams{Limit: new(int64(1))},
	})
	var amounts []int64
	for transaction, err := range list.All(t.Context()) {
		require.NoError(t, err)
		assert.Equal(t, []any{made.ID, "ach_credit_transfer", stripe.CurrencyUSD}, []any{transaction.Source, transaction.Type, transaction.Currency})
		assert.NotEmpty(t, transaction.ACHCreditTransfer.Last4)
		amounts = append(amounts, transaction.Amount)
	}
	assert.Equal(t, []int64{58, 4242}, amounts)
	newer := w.sc.V1SourceTransactions.List(t.Context(), &stripe.SourceTransactionListParams{
		Source: &made.ID, ListParams: stripe.ListParams{EndingBefore: &second},
	})
	require.NoError(t, newer.Err())
	assert.Empty(t, newer.Data())
}

func redirects(t *testing.T, w world) {
	create := func() *stripe.Source {
		t.Helper()
		made, err := w.sc.V1Sources.Create(t.Context(), &stripe.SourceCreateParams{
			Type: new("bancontact"), Currency: new("eur"), Amount: new(int64(500)),
			Redirect: &stripe.SourceCreateRedirectParams{ReturnURL: new("https://example.com/back")},
		})
		require.NoError(t, err)
		assert.Equal(t, []any{stripe.SourceStatusPending, stripe.SourceFlowRedirect, stripe.SourceUsageSingleUse, stripe.SourceRedirectStatusPending},
			[]any{made.Status, made.Flow, made.Usage, made.Redirect.Status})
		assert.NotEmpty(t, made.Redirect.URL)
		return made
	}
	read := func(id string) *stripe.Source {
		t.Helper()
		got, err := w.sc.V1Sources.Retrieve(t.Context(), id, nil)
		require.NoError(t, err)
		return got
	}
	paid, failed, abandoned := create(), create(), create()
	w.srv.AuthorizeSource(paid.ID)
	w.srv.FailSource(failed.ID, "declined")
	w.srv.CancelSource(abandoned.ID)
	got := read(paid.ID)
	assert.Equal(t, []any{stripe.SourceStatusChargeable, stripe.SourceRedirectStatusSucceeded}, []any{got.Status, got.Redirect.Status})
	got = read(failed.ID)
	assert.Equal(t, []any{stripe.SourceStatusFailed, stripe.SourceRedirectStatusFailed, stripe.SourceRedirectFailureReasonDeclined},
		[]any{got.Status, got.Redirect.Status, got.Redirect.FailureReason})
	assert.Equal(t, stripe.SourceStatusCanceled, read(abandoned.ID).Status)

	customer := w.customer(t)
	_, err := w.sc.V1PaymentSources.Create(t.Context(), &stripe.PaymentSourceCreateParams{
		Customer: &customer, Source: &stripe.PaymentSourceSourceParams{Token: &paid.ID},
	})
	require.Error(t, err, "for single use")
	_, err = w.sc.V1Sources.Create(t.Context(), &stripe.SourceCreateParams{Type: new("bancontact"), Currency: new("eur"), Amount: new(int64(500))})
	refused(t, err, http.StatusBadRequest, stripe.ErrorCodeParameterMissing, "redirect[return_url]")
}

// codes verifies sources as stripe-go's older client does: stripe.Client knows the path of bank accounts alone.
func codes(t *testing.T, w world) {
	older := paymentsource.Client{B: w.sc.V1PaymentSources.B, Key: key}
	create := func() string {
		t.Helper()
		made, err := w.sc.V1Sources.Create(t.Context(), &stripe.SourceCreateParams{
			Type: new("ach_debit"), Currency: new("usd"), Flow: new("code_verification"),
		})
		require.NoError(t, err)
		assert.Equal(t, []any{stripe.SourceStatusPending, stripe.SourceFlowCodeVerification}, []any{made.Status, made.Flow})
		return made.ID
	}
	verify := func(id string, values ...string) (*stripe.PaymentSource, error) {
		return older.Verify(id, &stripe.PaymentSourceVerifyParams{Values: stripe.StringSlice(values)}) //nolint:staticcheck // what it is deprecated in favor of can't do it
	}
	read := func(id string) []any {
		t.Helper()
		got, err := w.sc.V1Sources.Retrieve(t.Context(), id, nil)
		require.NoError(t, err)
		return []any{got.Status, got.CodeVerification.Status, got.CodeVerification.AttemptsRemaining}
	}
	good, bad := create(), create()
	_, err := verify(good, "1", "2")
	refused(t, err, http.StatusBadRequest, "", "values")
	assert.Equal(t, []any{stripe.SourceStatusPending, stripe.SourceCodeVerificationStatusPending, int64(2)}, read(good))
	verified, err := verify(good, "32", "45")
	require.NoError(t, err)
	assert.Equal(t, []any{good, stripe.SourceStatusChargeable}, []any{verified.ID, verified.Source.Status})
	assert.Equal(t, []any{stripe.SourceStatusChargeable, stripe.SourceCodeVerificationStatusSucceeded, int64(2)}, read(good))

	for range 3 {
		_, err = verify(bad, "1", "2")
		refused(t, err, http.StatusBadRequest, "", "values")
	}
	assert.Equal(t, []any{stripe.SourceStatusFailed, stripe.SourceCodeVerificationStatusFailed, int64(0)}, read(bad))

	_, err = w.sc.V1PaymentSources.Verify(t.Context(), create(), &stripe.PaymentSourceVerifyParams{Values: stripe.StringSlice([]string{"32", "45"})})
	refused(t, err, http.StatusNotFound, "", "") // of /v1/customers//sources
}
