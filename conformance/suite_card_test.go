package conformance_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
)

func suiteCustomerCards(t *testing.T, s *site) {
	suiteCards(t, s, card.Customer(suiteCustomer), "tok_visa", &card.Details{
		Number: card.NewSecret("4242424242424242"), CVC: card.NewSecret("123"), ExpMonth: 12, ExpYear: goodYear(), Name: "Jenny Rosen",
	})
	_, err := card.New(s.api).Create(t.Context(), card.Customer(suiteCustomer), &card.CreateParams{Token: "tok_chargeDeclined"})
	s.refused(t, err, stripecash.CodeCardDeclined)
}

func suiteAccountCards(t *testing.T, s *site) {
	suiteCards(t, s, card.Account(suiteAccount), "tok_visa_debit", &card.Details{
		Number: card.NewSecret("4000056655665556"), CVC: card.NewSecret("123"), ExpMonth: 12, ExpYear: goodYear(), Currency: "usd",
	})
}

func suiteRecipientCards(t *testing.T, s *site) {
	if s.emulator == nil {
		t.Skip("Stripe's spec has no recipients any more, nor has stripe-mock")
	}
	suiteCards(t, s, card.Recipient(suiteRecipient), "tok_visa_debit", &card.Details{
		Number: card.NewSecret("4000056655665556"), CVC: card.NewSecret("123"), ExpMonth: 12, ExpYear: goodYear(),
	})
}

// suiteCards adds two cards, changes one, walks both and deletes one.
func suiteCards(t *testing.T, s *site, owner card.Owner, token string, details *card.Details) {
	t.Helper()
	cards, id := card.New(s.api), "card_1"
	c, err := cards.Create(t.Context(), owner, &card.CreateParams{Token: token, Metadata: stripecash.Metadata{"order": "1"}})
	if s.answered(t, err) {
		id = c.ID
		assert.Equal(t, stripecash.Metadata{"order": "1"}, c.Metadata)
	}
	second := id
	if s.emulator != nil { // stripe-mock does not take a card's details where the API does
		c, err = cards.Create(t.Context(), owner, &card.CreateParams{Details: details})
		require.NoError(t, err)
		second = c.ID
	}
	c, err = cards.Update(t.Context(), owner, id, &card.UpdateParams{Name: new("Jane Roe"), ExpMonth: 7, ExpYear: goodYear() - 1, Metadata: stripecash.Metadata{}})
	if s.answered(t, err) && s.emulator != nil {
		assert.Equal(t, "Jane Roe", c.Name)
		assert.Equal(t, 7, c.ExpMonth)
		assert.Empty(t, c.Metadata)
	}
	c, err = cards.Update(t.Context(), owner, id, &card.UpdateParams{Name: new("")})
	if s.answered(t, err) && s.emulator != nil {
		assert.Empty(t, c.Name)
	}
	c, err = cards.Get(t.Context(), owner, id, stripecash.WithExpand("customer"))
	if s.answered(t, err) {
		assert.Equal(t, id, c.ID)
	}
	suiteCardLists(t, s, owner, id)

	deleted, err := cards.Delete(t.Context(), owner, second)
	if s.answered(t, err) {
		assert.Equal(t, second, deleted.ID)
		assert.True(t, deleted.Deleted)
	}
	_, err = cards.Get(t.Context(), owner, second)
	s.refused(t, err, stripecash.CodeResourceMissing)
}

func suiteCardLists(t *testing.T, s *site, owner card.Owner, oldest string) {
	t.Helper()
	page, err := card.New(s.api).List(t.Context(), owner, &stripecash.ListParams{Limit: 1})
	require.NoError(t, err)
	var last string
	for c, err := range card.New(s.api).All(t.Context(), owner, nil) {
		require.NoError(t, err)
		last = c.ID
	}
	if s.emulator != nil {
		assert.True(t, page.HasMore)
		assert.Equal(t, oldest, last)
	}
}

// goodYear is when a card can expire that is still good.
func goodYear() int { return time.Now().Year() + 3 }
