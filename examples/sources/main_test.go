package main

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func TestRunOnTheEmulator(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out, "", nil))

	told := regexp.MustCompile(`src_\w+`).ReplaceAllString(out.String(), "src_…")
	assert.Equal(t, `STRIPE_SECRET_KEY is not set: this runs on the emulator, without a network.
created   src_…: sepa_debit ending in 3000 of "Jenny Rosen", chargeable, customer ""
attached  src_…: sepa_debit ending in 3000 of "Jenny Rosen", chargeable, customer "cus_NffrFeUfNV2Hib"
listed    src_…: sepa_debit ending in 3000 of "Jenny Rosen", chargeable, customer "cus_NffrFeUfNV2Hib"
detached  src_…: sepa_debit ending in 3000 of "Jenny Rosen", consumed, customer ""
`, told)
}

func TestRunWithAKey(t *testing.T) {
	var out bytes.Buffer
	require.ErrorContains(t, run(t.Context(), &out, "", []string{"cus_1"}), "set STRIPE_SECRET_KEY and name the customer")
	require.ErrorContains(t, run(t.Context(), &out, "sk_test_1", nil), "name the customer to attach a source to")
	require.ErrorContains(t, run(t.Context(), &out, "sk_test_1", []string{""}), "name the customer")
	require.ErrorContains(t, run(t.Context(), &out, "sk_live_1", []string{"cus_1"}), "use a test key")
	require.ErrorContains(t, run(t.Context(), &out, "pk_test_1", []string{"cus_1"}), "publishable")
	assert.Empty(t, out.String())
}

// A customer that has sources, of other types even, keeps them: the program detaches only its own.
func TestTourLeavesOtherSources(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	sources := source.New(srv.Client())
	kept, err := sources.Create(t.Context(), &source.CreateParams{Type: source.TypeCard, Token: "tok_visa"})
	require.NoError(t, err)
	_, err = sources.Attach(t.Context(), "cus_1", kept.ID)
	require.NoError(t, err)

	var out bytes.Buffer
	require.NoError(t, tour(t.Context(), &out, srv.Client(), "cus_1"))
	assert.Contains(t, out.String(), "listed    "+kept.ID+": card, chargeable, customer \"cus_1\"\n")
	page, err := sources.ListAttached(t.Context(), "cus_1", nil)
	require.NoError(t, err)
	require.Len(t, page.Data, 1)
	assert.Equal(t, kept.ID, page.Data[0].ID)

	require.ErrorIs(t, tour(t.Context(), &out, srv.Client(), "cus_2"), stripecash.ErrNotFound)
}
