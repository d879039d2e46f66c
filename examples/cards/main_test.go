package main

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func TestRunOnTheEmulator(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out, "", nil))

	told := regexp.MustCompile(`card_\w+`).ReplaceAllString(out.String(), "card_…")
	told = regexp.MustCompile(`expires \d\d/\d{4}`).ReplaceAllString(told, "expires …")
	assert.Equal(t, `STRIPE_SECRET_KEY is not set: this runs on the emulator, without a network.
added    card_…: Visa ending in 4242, expires …, name ""
named    card_…: Visa ending in 4242, expires …, name "Jenny Rosen"
cleared  card_…: Visa ending in 4242, expires …, name ""
listed   card_…: Visa ending in 4242, expires …, name ""
deleted  card_…: true
`, told)
}

func TestRunWithAKey(t *testing.T) {
	var out bytes.Buffer
	require.ErrorContains(t, run(t.Context(), &out, "", []string{"cus_1"}), "set STRIPE_SECRET_KEY and name the customer")
	require.ErrorContains(t, run(t.Context(), &out, "sk_test_1", nil), "name the customer to add a card to")
	require.ErrorContains(t, run(t.Context(), &out, "sk_test_1", []string{""}), "name the customer")
	require.ErrorContains(t, run(t.Context(), &out, "sk_live_1", []string{"cus_1"}), "use a test key")
	require.ErrorContains(t, run(t.Context(), &out, "pk_test_1", []string{"cus_1"}), "publishable")
	assert.Empty(t, out.String())
}

// A customer that has cards keeps them: the program deletes only its own.
func TestTourLeavesOtherCards(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	cards, owner := card.New(srv.Client()), card.Customer("cus_1")
	kept, err := cards.Create(t.Context(), owner, &card.CreateParams{Token: "tok_amex"})
	require.NoError(t, err)

	var out bytes.Buffer
	require.NoError(t, tour(t.Context(), &out, srv.Client(), "cus_1"))
	assert.Contains(t, out.String(), "listed   "+kept.ID+": American Express ending in 0005")
	page, err := cards.List(t.Context(), owner, nil)
	require.NoError(t, err)
	require.Len(t, page.Data, 1)
	assert.Equal(t, kept.ID, page.Data[0].ID)

	require.ErrorIs(t, tour(t.Context(), &out, srv.Client(), "cus_2"), stripecash.ErrNotFound)
}
