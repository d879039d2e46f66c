package stripego_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
)

// card makes a card of a customer from a token.
func (w world) card(t *testing.T, customer, token string) *stripe.Card {
	t.Helper()
	made, err := w.sc.V1Cards.Create(t.Context(), &stripe.CardCreateParams{Customer: &customer, Token: &token})
	require.NoError(t, err)
	return made
}

// defaultSource is what a customer pays with.
func (w world) defaultSource(t *testing.T, customer string) string {
	t.Helper()
	got, err := w.sc.V1Customers.Retrieve(t.Context(), customer, nil)
	require.NoError(t, err)
	if got.DefaultSource == nil {
		return ""
	}
	return got.DefaultSource.ID
}

func customerCards(t *testing.T, w world) {
	customer := w.customer(t)
	made, err := w.sc.V1Cards.Create(t.Context(), &stripe.CardCreateParams{
		Customer: &customer, Number: new("4242424242424242"), ExpMonth: new("8"), ExpYear: new("2034"), CVC: new("123"), Name: new("Åsa"),
		AddressLine1: new("l1"), AddressZip: new("z"), Metadata: map[string]string{"a": "1"}, Expand: []*string{new("customer")},
	})
	require.NoError(t, err)
	assert.Equal(t, "customer", made.Customer.Object, "expanded")
	read := func(id string) *stripe.Card {
		t.Helper()
		got, err := w.sc.V1Cards.Retrieve(t.Context(), id, &stripe.CardRetrieveParams{Customer: &customer})
		require.NoError(t, err)
		return got
	}
	got := read(made.ID)
	assert.Equal(t, []any{stripe.CardBrandVisa, "4242", int64(8), int64(2034), "Åsa", customer, "US"},
		[]any{got.Brand, got.Last4, got.ExpMonth, got.ExpYear, got.Name, got.Customer.ID, got.Country})
	assert.Equal(t, []any{stripe.CardCVCCheckPass, stripe.CardAddressLine1CheckPass, stripe.CardAddressZipCheckPass},
		[]any{got.CVCCheck, got.AddressLine1Check, got.AddressZipCheck})
	assert.Equal(t, map[string]string{"a": "1"}, got.Metadata)

	changed, err := w.sc.V1Cards.Update(t.Context(), made.ID, &stripe.CardUpdateParams{
		Customer: &customer, Name: new(""), ExpMonth: new("12"), ExpYear: new("2035"), AddressCity: new("Malmö"),
		Metadata: map[string]string{"a": "", "b": "2"},
	})
	require.NoError(t, err)
	got = read(made.ID)
	assert.Equal(t, []any{"", int64(12), int64(2035), "Malmö", "l1"}, []any{got.Name, got.ExpMonth, got.ExpYear, got.AddressCity, got.AddressLine1})
	assert.Equal(t, map[string]string{"b": "2"}, got.Metadata)
	assert.Equal(t, changed.Metadata, got.Metadata)
	_, err = w.sc.V1Cards.Update(t.Context(), made.ID, &stripe.CardUpdateParams{
		Customer: &customer, UnsetFields: []stripe.CardUpdateParamsUnsetField{stripe.CardUpdateParamsUnsetFieldMetadata},
	})
	require.NoError(t, err)
	assert.Empty(t, read(made.ID).Metadata)

	same := w.card(t, customer, "tok_visa")
	other := w.card(t, customer, "tok_amex")
	assert.Equal(t, made.Fingerprint, same.Fingerprint)
	assert.NotEqual(t, made.Fingerprint, other.Fingerprint)
	list := w.sc.V1Cards.List(t.Context(), &stripe.CardListParams{Customer: &customer, ListParams: stripe.ListParams{Limit: new(int64(1))}})
	assert.Equal(t, []string{other.ID, same.ID, made.ID}, ids(t, list.All(t.Context()), cardID))

	gone, err := w.sc.V1Cards.Delete(t.Context(), same.ID, &stripe.CardDeleteParams{Customer: &customer})
	require.NoError(t, err)
	assert.Equal(t, []any{same.ID, true}, []any{gone.ID, gone.Deleted})
	_, err = w.sc.V1Cards.Retrieve(t.Context(), same.ID, &stripe.CardRetrieveParams{Customer: &customer})
	refused(t, err, http.StatusNotFound, stripe.ErrorCodeResourceMissing, "id")
	_, err = w.sc.V1Cards.Retrieve(t.Context(), made.ID, &stripe.CardRetrieveParams{Customer: new(w.customer(t))})
	refused(t, err, http.StatusNotFound, stripe.ErrorCodeResourceMissing, "id")
}

func defaultSources(t *testing.T, w world) {
	customer := w.customer(t)
	assert.Empty(t, w.defaultSource(t, customer))
	first, second, third := w.card(t, customer, "tok_visa"), w.card(t, customer, "tok_mastercard"), w.card(t, customer, "tok_jcb")
	assert.Equal(t, first.ID, w.defaultSource(t, customer), "the first one")

	_, err := w.sc.V1Customers.Update(t.Context(), customer, &stripe.CustomerUpdateParams{DefaultSource: &second.ID})
	require.NoError(t, err)
	assert.Equal(t, second.ID, w.defaultSource(t, customer), "the chosen one")
	_, err = w.sc.V1Customers.Update(t.Context(), customer, &stripe.CustomerUpdateParams{DefaultSource: new("card_404")})
	refused(t, err, http.StatusBadRequest, stripe.ErrorCodeResourceMissing, "default_source")

	remove := func(id string) {
		t.Helper()
		_, err := w.sc.V1PaymentSources.Delete(t.Context(), id, &stripe.PaymentSourceDeleteParams{Customer: &customer})
		require.NoError(t, err)
	}
	remove(second.ID)
	assert.Equal(t, third.ID, w.defaultSource(t, customer), "the one that was added last")
	remove(third.ID)
	remove(first.ID)
	assert.Empty(t, w.defaultSource(t, customer))

	_, err = w.sc.V1Customers.Update(t.Context(), customer, &stripe.CustomerUpdateParams{Source: new("tok_visa")})
	require.NoError(t, err)
	got, err := w.sc.V1Customers.Retrieve(t.Context(), customer, &stripe.CustomerRetrieveParams{
		Expand: []*string{new("default_source"), new("sources")},
	})
	require.NoError(t, err)
	assert.Equal(t, "4242", got.DefaultSource.Card.Last4)
	require.Len(t, got.Sources.Data, 1)
	assert.Equal(t, got.DefaultSource.ID, got.Sources.Data[0].ID)
}

func declines(t *testing.T, w world) {
	customer := w.customer(t)
	card := func(number, month, year string) *stripe.CardCreateParams {
		return &stripe.CardCreateParams{Customer: &customer, Number: &number, ExpMonth: &month, ExpYear: &year, CVC: new("123")}
	}
	token := func(name string) *stripe.CardCreateParams {
		return &stripe.CardCreateParams{Customer: &customer, Token: &name}
	}
	tests := []struct {
		name        string
		params      *stripe.CardCreateParams
		want        stripe.ErrorCode
		wantDecline stripe.DeclineCode
		wantParam   string
	}{
		{name: "declined", params: token("tok_chargeDeclined"), want: stripe.ErrorCodeCardDeclined, wantDecline: stripe.DeclineCodeGenericDecline},
		{name: "declined by number", params: card("4000000000000002", "8", "2034"), want: stripe.ErrorCodeCardDeclined, wantDecline: stripe.DeclineCodeGenericDecline},
		{name: "no funds", params: token("tok_chargeDeclinedInsufficientFunds"), want: stripe.ErrorCodeCardDeclined, wantDecline: stripe.DeclineCodeInsufficientFunds},
		{name: "lost", params: token("tok_visa_chargeDeclinedLostCard"), want: stripe.ErrorCodeCardDeclined, wantDecline: stripe.DeclineCodeLostCard},
		{name: "stolen", params: token("tok_visa_chargeDeclinedStolenCard"), want: stripe.ErrorCodeCardDeclined, wantDecline: stripe.DeclineCodeStolenCard},
		{name: "fraud", params: token("tok_chargeDeclinedFraudulent"), want: stripe.ErrorCodeCardDeclined, wantDecline: stripe.DeclineCodeFraudulent},
		{name: "expired", params: card("4000000000000069", "8", "2034"), want: stripe.ErrorCodeExpiredCard, wantParam: "exp_month"},
		{name: "wrong CVC", params: card("4000000000000127", "8", "2034"), want: stripe.ErrorCodeIncorrectCVC, wantParam: "cvc"},
		{name: "no answer", params: card("4000000000000119", "8", "2034"), want: stripe.ErrorCodeProcessingError},
		{name: "Luhn", params: card("4242424242424241", "8", "2034"), want: stripe.ErrorCodeIncorrectNumber, wantParam: "number"},
		{name: "month 13", params: card("4242424242424242", "13", "2034"), want: stripe.ErrorCodeInvalidExpiryMonth, wantParam: "exp_month"},
		{name: "long ago", params: card("4242424242424242", "8", "1999"), want: stripe.ErrorCodeInvalidExpiryYear, wantParam: "exp_year"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := w.sc.V1Cards.Create(t.Context(), tt.params)
			refused(t, err, http.StatusPaymentRequired, tt.want, tt.wantParam)
			e := apiError(t, err)
			assert.Equal(t, []any{stripe.ErrorTypeCard, tt.wantDecline}, []any{e.Type, e.DeclineCode})
		})
	}
	list := w.sc.V1Cards.List(t.Context(), &stripe.CardListParams{Customer: &customer})
	assert.Empty(t, ids(t, list.All(t.Context()), cardID), "none was attached")
	w.card(t, customer, "tok_chargeCustomerFail")
	assert.Equal(t, stripe.CardCVCCheckFail, w.card(t, customer, "tok_cvcCheckFail").CVCCheck)
}

func tokens(t *testing.T, w world) {
	made, err := w.sc.V1Tokens.Create(t.Context(), &stripe.TokenCreateParams{Card: &stripe.CardParams{
		Number: new("5555555555554444"), ExpMonth: new("8"), ExpYear: new("2034"), CVC: new("123"), Name: new("Åsa"),
	}})
	require.NoError(t, err)
	read := func() *stripe.Token {
		t.Helper()
		got, err := w.sc.V1Tokens.Retrieve(t.Context(), made.ID, nil)
		require.NoError(t, err)
		return got
	}
	got := read()
	assert.Equal(t, []any{stripe.TokenTypeCard, false, "4444", "Åsa"}, []any{got.Type, got.Used, got.Card.Last4, got.Card.Name})
	customer := w.customer(t)
	assert.Equal(t, got.Card.ID, w.card(t, customer, made.ID).ID)
	assert.True(t, read().Used)
	_, err = w.sc.V1Cards.Create(t.Context(), &stripe.CardCreateParams{Customer: &customer, Token: &made.ID})
	refused(t, err, http.StatusBadRequest, stripe.ErrorCodeTokenAlreadyUsed, "source")
	_, err = w.sc.V1Cards.Create(t.Context(), &stripe.CardCreateParams{Customer: &customer, Token: new("tok_404")})
	refused(t, err, http.StatusBadRequest, stripe.ErrorCodeResourceMissing, "source")
	_, err = w.sc.V1Tokens.Retrieve(t.Context(), "tok_404", nil)
	refused(t, err, http.StatusNotFound, stripe.ErrorCodeResourceMissing, "token")
}

func accountCards(t *testing.T, w world) {
	account := w.srv.Connect("acct_1").ID()
	add := func(token string) *stripe.Card {
		t.Helper()
		made, err := w.sc.V1Cards.Create(t.Context(), &stripe.CardCreateParams{Account: &account, Token: &token})
		require.NoError(t, err)
		return made
	}
	read := func(id string) *stripe.Card {
		t.Helper()
		got, err := w.sc.V1Cards.Retrieve(t.Context(), id, &stripe.CardRetrieveParams{Account: &account})
		require.NoError(t, err)
		return got
	}
	first, second := add("tok_visa_debit"), add("tok_mastercard_debit")
	got := read(first.ID)
	assert.Equal(t, []any{"5556", stripe.CardFundingDebit, stripe.CurrencyUSD, true, account},
		[]any{got.Last4, got.Funding, got.Currency, got.DefaultForCurrency, got.Account.ID})
	assert.Contains(t, got.AvailablePayoutMethods, stripe.CardAvailablePayoutMethodInstant)
	assert.False(t, read(second.ID).DefaultForCurrency)

	_, err := w.sc.V1Cards.Delete(t.Context(), first.ID, &stripe.CardDeleteParams{Account: &account})
	refused(t, err, http.StatusBadRequest, "", "")
	_, err = w.sc.V1Cards.Update(t.Context(), second.ID, &stripe.CardUpdateParams{
		Account: &account, DefaultForCurrency: new(true), Name: new("Åsa"), Metadata: map[string]string{"a": "1"},
	})
	require.NoError(t, err)
	got = read(second.ID)
	assert.Equal(t, []any{true, "Åsa", "1"}, []any{got.DefaultForCurrency, got.Name, got.Metadata["a"]})
	assert.False(t, read(first.ID).DefaultForCurrency)
	list := func() []string {
		return ids(t, w.sc.V1Cards.List(t.Context(), &stripe.CardListParams{Account: &account}).All(t.Context()), cardID)
	}
	assert.Equal(t, []string{second.ID, first.ID}, list())
	gone, err := w.sc.V1Cards.Delete(t.Context(), first.ID, &stripe.CardDeleteParams{Account: &account})
	require.NoError(t, err)
	assert.True(t, gone.Deleted)
	assert.Equal(t, []string{second.ID}, list())

	_, err = w.sc.V1Cards.Create(t.Context(), &stripe.CardCreateParams{Account: &account, Token: new("tok_visa")})
	refused(t, err, http.StatusBadRequest, "invalid_card_type", "external_account") // a credit card
	_, err = w.sc.V1Cards.Create(t.Context(), &stripe.CardCreateParams{
		Account: &account, Number: new("4000056655665556"), ExpMonth: new("1"), ExpYear: new("2034"), Currency: new("usd"),
	})
	refused(t, err, http.StatusBadRequest, stripe.ErrorCodeParameterUnknown, "source") // stripe-go's fault, see TestRawCardOfAnAccount
}
