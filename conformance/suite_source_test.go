package conformance_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
)

func suiteSources(t *testing.T, s *site) {
	sources := source.New(s.api)
	created, err := sources.Create(t.Context(), &source.CreateParams{
		Type: source.TypeSEPADebit, Currency: "eur", Metadata: stripecash.Metadata{"order": "1"},
		Owner: &source.OwnerParams{Name: new("Jenny Rosen"), Email: new("jenny@example.com")},
	})
	require.NoError(t, err)
	got, err := sources.Get(t.Context(), created.ID, &source.GetParams{ClientSecret: created.ClientSecret})
	require.NoError(t, err)
	updated, err := sources.Update(t.Context(), created.ID, &source.UpdateParams{
		Owner: &source.OwnerParams{Email: new("jane@example.com")}, Metadata: stripecash.Metadata{},
	})
	require.NoError(t, err)
	if s.emulator != nil {
		assert.Equal(t, created, got)
		assert.Equal(t, "Jenny Rosen", updated.Owner.Name, "left alone")
		assert.Equal(t, "jane@example.com", updated.Owner.Email)
		assert.Empty(t, updated.Metadata)
	}
	suiteAttached(t, s, created.ID)
	_, err = sources.Get(t.Context(), "src_404", nil)
	s.refused(t, err, stripecash.CodeResourceMissing)
}

// suiteAttached attaches a source, lists it and detaches it.
func suiteAttached(t *testing.T, s *site, id string) {
	t.Helper()
	sources := source.New(s.api)
	attached, err := sources.Attach(t.Context(), suiteCustomer, id)
	if s.answered(t, err) {
		assert.Equal(t, suiteCustomer, attached.Customer)
	}
	page, err := sources.ListAttached(t.Context(), suiteCustomer, nil)
	require.NoError(t, err)
	var walked []string
	for each, err := range sources.AllAttached(t.Context(), suiteCustomer, nil) {
		require.NoError(t, err)
		walked = append(walked, each.ID)
	}
	if s.emulator != nil {
		assert.Len(t, page.Data, 1)
		assert.Equal(t, []string{id}, walked)
	}
	changed, err := sources.UpdateAttached(t.Context(), suiteCustomer, id, &source.UpdateAttachedParams{
		Owner: &source.OwnerParams{Phone: new("+49301234")}, Metadata: stripecash.Metadata{"seen": "yes"},
	})
	if s.answered(t, err) {
		assert.Equal(t, "+49301234", changed.Owner.Phone)
		assert.Equal(t, stripecash.Metadata{"seen": "yes"}, changed.Metadata)
	}
	detached, err := sources.Detach(t.Context(), suiteCustomer, id)
	if s.answered(t, err) {
		assert.Equal(t, id, detached.ID)
		assert.Equal(t, source.StatusConsumed, detached.Status)
	}
}

// suiteReceiver makes a source that funds come to at once, and reads its transactions.
func suiteReceiver(t *testing.T, s *site) {
	sources, transactionID := source.New(s.api), "srctxn_1"
	created, err := sources.Create(t.Context(), &source.CreateParams{
		Type: source.TypeACHCreditTransfer, Currency: "usd", Owner: &source.OwnerParams{Email: new("amount_4242@example.com")},
	})
	require.NoError(t, err)
	page, err := sources.ListTransactions(t.Context(), created.ID, &stripecash.ListParams{Limit: 1})
	require.NoError(t, err)
	if s.emulator != nil {
		require.Len(t, page.Data, 1)
		assert.Equal(t, int64(4242), page.Data[0].Amount)
		transactionID = page.Data[0].ID
	}
	for each, err := range sources.AllTransactions(t.Context(), created.ID, nil) {
		require.NoError(t, err)
		assert.Equal(t, "source_transaction", each.Object)
	}
	got, err := sources.GetTransaction(t.Context(), created.ID, transactionID)
	require.NoError(t, err)
	assert.Equal(t, transactionID, got.ID)
}
