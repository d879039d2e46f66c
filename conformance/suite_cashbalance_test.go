package conformance_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
)

func suiteCashBalance(t *testing.T, s *site) {
	balances := cashbalance.New(s.api)
	b, err := balances.Get(t.Context(), suiteCustomer)
	require.NoError(t, err)
	assert.Equal(t, suiteCustomer, b.Customer)
	if s.emulator != nil {
		assert.Nil(t, b.Available, "never funded")
		assert.True(t, b.Settings.UsingMerchantDefault)
	}

	for _, mode := range []cashbalance.ReconciliationMode{
		cashbalance.ReconciliationModeManual, cashbalance.ReconciliationModeMerchantDefault, cashbalance.ReconciliationModeAutomatic,
	} {
		_, err = balances.Update(t.Context(), suiteCustomer, &cashbalance.UpdateParams{
			Settings: &cashbalance.SettingsParams{ReconciliationMode: mode},
		})
		require.NoError(t, err)
		b, err = balances.Get(t.Context(), suiteCustomer)
		require.NoError(t, err)
		if s.emulator == nil {
			continue
		}
		merchant := mode == cashbalance.ReconciliationModeMerchantDefault
		assert.Equal(t, merchant, b.Settings.UsingMerchantDefault)
		if !merchant {
			assert.Equal(t, mode, b.Settings.ReconciliationMode)
		}
	}
	_, err = balances.Get(t.Context(), "cus_404")
	s.refused(t, err, stripecash.CodeResourceMissing)
}

func suiteTransactions(t *testing.T, s *site) {
	transactions, ids := transaction.New(s.api), []string(nil)
	for _, currency := range []stripecash.Currency{"eur", "gbp", "jpy", "mxn", "usd"} {
		funded, err := transactions.Fund(t.Context(), suiteCustomer, &transaction.FundParams{Amount: 100_00, Currency: currency, Reference: "INV-1"})
		require.NoError(t, err)
		assert.Equal(t, transaction.TypeFunded, funded.Type)
		ids = append([]string{funded.ID}, ids...)
		got, err := transactions.Get(t.Context(), suiteCustomer, funded.ID)
		require.NoError(t, err)
		if s.emulator != nil {
			assert.Equal(t, funded, got)
		}
	}
	if s.emulator != nil {
		every := everyTransaction(s)
		ids = append(every, ids...)
	}
	page, err := transactions.List(t.Context(), suiteCustomer, &stripecash.ListParams{Limit: 2})
	require.NoError(t, err)
	assert.NotEmpty(t, page.Data)
	var walked []string
	for each, err := range transactions.All(t.Context(), suiteCustomer, nil, stripecash.WithExpand("data.customer")) {
		require.NoError(t, err)
		walked = append(walked, each.ID)
	}
	if s.emulator != nil {
		assert.True(t, page.HasMore)
		assert.Equal(t, ids, walked, "newest first")
	}
	_, err = transactions.Get(t.Context(), suiteCustomer, "ccsbtxn_404")
	s.refused(t, err, stripecash.CodeResourceMissing)
	_, err = transactions.List(t.Context(), suiteCustomer, &stripecash.ListParams{StartingAfter: "ccsbtxn_404"})
	s.refused(t, err, stripecash.CodeResourceMissing)
}

// everyTransaction moves a cash balance in each way there is but funding, and gives the IDs, newest first.
func everyTransaction(s *site) []string {
	e, ids := s.emulator, []string(nil)
	add := func(id string) { ids = append([]string{id}, ids...) }
	returned := e.InitiateReturn(suiteCustomer, "eur", 10_00)
	add(returned)
	add(e.CancelReturn(returned))
	add(e.TransferToBalance(suiteCustomer, "eur", 10_00))
	add(e.AddTransaction(suiteCustomer, stripetest.Transaction{Type: "applied_to_payment", Currency: "eur", NetAmount: -5_00}))
	add(e.AddTransaction(suiteCustomer, stripetest.Transaction{Type: "unapplied_from_payment", Currency: "eur", NetAmount: 2_00}))
	add(e.AddTransaction(suiteCustomer, stripetest.Transaction{Type: "refunded_from_payment", Currency: "eur", NetAmount: 3_00}))
	spent := e.Fund(suiteCustomer, "usd", 50_00)
	add(spent)
	add(e.TransferToBalance(suiteCustomer, "usd", 150_00))
	add(e.ReverseFunding(spent))
	add(e.AdjustForOverdraft(suiteCustomer, "usd"))
	return ids
}
