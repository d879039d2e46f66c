package conformance_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/paymentsource"
)

func suiteCustomerBank(t *testing.T, s *site) {
	owner := paymentsource.Customer(suiteCustomer)
	id := suiteBank(t, s, owner)
	b, err := paymentsource.New(s.api).VerifyBankAccount(t.Context(), suiteCustomer, id, &paymentsource.VerifyBankAccountParams{Amounts: [2]int64{32, 45}})
	require.NoError(t, err)
	if s.emulator != nil {
		assert.Equal(t, paymentsource.StatusVerified, b.Status)
	}
	_, err = card.New(s.api).Create(t.Context(), card.Customer(suiteCustomer), &card.CreateParams{Token: "tok_visa"})
	s.answered(t, err)
	suiteFile(t, s, owner, id)
}

func suiteAccountBank(t *testing.T, s *site) {
	owner := paymentsource.Account(suiteAccount)
	id := suiteBank(t, s, owner)
	_, err := card.New(s.api).Create(t.Context(), card.Account(suiteAccount), &card.CreateParams{Token: "tok_visa_debit", DefaultForCurrency: true})
	s.answered(t, err)
	suiteFile(t, s, owner, id)
}

// suiteBank adds a bank account and changes it.
func suiteBank(t *testing.T, s *site, owner paymentsource.Owner) (id string) {
	t.Helper()
	files := paymentsource.New(s.api)
	id = "ba_1"
	params := &paymentsource.CreateBankAccountParams{Token: "btok_us_verified"}
	if s.emulator != nil { // stripe-mock does not take details where the API does
		params = &paymentsource.CreateBankAccountParams{Details: &paymentsource.BankAccountDetails{
			AccountNumber: card.NewSecret("000123456789"), RoutingNumber: "110000000", Country: "US", Currency: "usd",
			AccountHolderName: "Jenny Rosen", AccountHolderType: paymentsource.HolderTypeIndividual,
		}}
	}
	b, err := files.CreateBankAccount(t.Context(), owner, params)
	if s.answered(t, err) {
		id = b.ID
		assert.Equal(t, "bank_account", b.Object)
	}
	b, err = files.UpdateBankAccount(t.Context(), owner, id, &paymentsource.UpdateBankAccountParams{
		AccountHolderName: new("Jane Roe"), Metadata: stripecash.Metadata{"order": "1"},
	})
	if s.answered(t, err) && s.emulator != nil {
		assert.Equal(t, "Jane Roe", b.AccountHolderName)
		assert.Equal(t, stripecash.Metadata{"order": "1"}, b.Metadata)
	}
	return id
}

// suiteFile reads what is on file, a card on top of a bank account, and deletes the bank account.
func suiteFile(t *testing.T, s *site, owner paymentsource.Owner, bank string) {
	t.Helper()
	files := paymentsource.New(s.api)
	p, err := files.Get(t.Context(), owner, bank)
	require.NoError(t, err)
	assert.Equal(t, bank, p.ID())
	page, err := files.List(t.Context(), owner, &stripecash.ListParams{Limit: 1})
	require.NoError(t, err)
	var objects []string
	for p, err := range files.All(t.Context(), owner, nil) {
		require.NoError(t, err)
		objects = append(objects, p.Object())
	}
	if s.emulator != nil {
		_, ok := p.AsBankAccount()
		assert.True(t, ok)
		assert.True(t, page.HasMore)
		assert.Equal(t, []string{"card", "bank_account"}, objects)
	}
	deleted, err := files.DeleteBankAccount(t.Context(), owner, bank)
	if s.answered(t, err) {
		assert.Equal(t, bank, deleted.ID)
	}
	_, err = files.Get(t.Context(), owner, bank)
	s.refused(t, err, stripecash.CodeResourceMissing)
}
