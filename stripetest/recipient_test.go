package stripetest_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func TestRecipientsAreGone(t *testing.T) {
	srv := stripetest.NewServer()
	for _, got := range []answer{
		post(t, srv, "/v1/recipients", "name", "Jenny"),
		get(t, srv, "/v1/recipients"),
		get(t, srv, "/v1/recipients/rp_1"),
		get(t, srv, "/v1/recipients/rp_1/cards?color=red"),
		post(t, srv, "/v1/recipients/rp_1/cards", "card", "tok_visa_debit"),
		get(t, srv, "/v1/recipients/rp_1/cards/card_1"),
		post(t, srv, "/v1/recipients/rp_1/cards/card_1", "name", "x"),
		del(t, srv, "/v1/recipients/rp_1/cards/card_1"),
	} {
		assert.Equal(t, http.StatusBadRequest, got.Status)
		assert.Equal(t, "invalid_request_error", got.errorField("type"))
		assert.Contains(t, got.errorField("message"), "Recipients have been deprecated and are no longer available.")
	}
	assert.Contains(t, panicText(func() { srv.AddRecipient("rp_1") }), "stripetest: AddRecipient: recipients are retired")
}

func TestRecipientCards(t *testing.T) {
	srv := in2026(stripetest.WithRecipients())
	srv.AddRecipient("rp_1")
	defaultCard := func() any { return get(t, srv, "/v1/recipients/rp_1").Body["default_card"] }
	cards, owner := card.New(srv.Client()), card.Recipient("rp_1")
	first, err := cards.Create(t.Context(), owner, &card.CreateParams{Token: "tok_visa_debit", Metadata: stripecash.Metadata{"a": "1"}})
	require.NoError(t, err)
	second, err := cards.Create(t.Context(), owner, &card.CreateParams{
		Details: &card.Details{Number: card.NewSecret("5200828282828210"), ExpMonth: 8, ExpYear: 2030, CVC: card.NewSecret("123")}})
	require.NoError(t, err)
	assert.Equal(t, "8210", second.Last4)
	assert.Equal(t, first.ID, defaultCard())
	updated, err := cards.Update(t.Context(), owner, first.ID, &card.UpdateParams{Name: new("Jenny"), ExpMonth: 9, ExpYear: 2031,
		Metadata: stripecash.Metadata{}})
	require.NoError(t, err)
	assert.Equal(t, "Jenny", updated.Name)
	assert.Equal(t, "9/2031", fmt.Sprintf("%d/%d", updated.ExpMonth, updated.ExpYear))
	assert.Empty(t, updated.Metadata)
	assert.Equal(t, []string{second.ID, first.ID}, get(t, srv, "/v1/recipients/rp_1/cards").ids())
	shown := get(t, srv, "/v1/recipients/rp_1/cards/"+first.ID).Body
	assert.Equal(t, "rp_1", shown["recipient"])
	assert.Contains(t, shown, "customer")

	_, err = cards.Create(t.Context(), owner, &card.CreateParams{Token: "tok_chargeDeclined"})
	require.ErrorIs(t, err, stripecash.ErrCardDeclined)
	for _, tt := range []struct {
		pairs    []string
		wantCode any
	}{
		{nil, "parameter_missing"}, {[]string{"source", "tok_visa"}, "parameter_unknown"},
		{[]string{"card", "btok_us"}, nil}, {[]string{"card", "tok_x"}, "resource_missing"},
	} {
		got := post(t, srv, "/v1/recipients/rp_1/cards", tt.pairs...)
		assert.Equal(t, http.StatusBadRequest, got.Status)
		assert.Equal(t, tt.wantCode, got.errorField("code"), got.Text)
		if tt.wantCode != "parameter_unknown" {
			assert.Equal(t, "card", got.errorField("param"))
		}
	}
	spare, err := cards.Create(t.Context(), owner, &card.CreateParams{Token: "tok_visa_debit"})
	require.NoError(t, err)
	_, err = cards.Delete(t.Context(), owner, spare.ID)
	require.NoError(t, err)
	assert.Equal(t, first.ID, defaultCard(), "another one was deleted")
	gone, err := cards.Delete(t.Context(), owner, first.ID)
	require.NoError(t, err)
	assert.True(t, gone.Deleted)
	assert.Equal(t, first.ID, gone.ID)
	assert.Equal(t, second.ID, defaultCard())
	_, err = cards.Get(t.Context(), owner, first.ID)
	require.ErrorIs(t, err, stripecash.ErrNotFound)
	_, err = cards.Delete(t.Context(), owner, second.ID)
	require.NoError(t, err)
	assert.Nil(t, defaultCard())
	assert.Equal(t, http.StatusNotFound, get(t, srv, "/v1/recipients/rp_2/cards").Status)
	assert.Contains(t, panicText(func() { srv.AddRecipient("rp_1") }), `there is a recipient "rp_1" already`)
	assert.Contains(t, panicText(func() { srv.AddRecipient("cus_1") }), `"cus_1" is not a recipient ID`)
	assert.Contains(t, panicText(func() { srv.AddRecipient("rp_a/b") }), `"rp_a/b" is not a recipient ID`)
	srv.AddRecipient("rp_2")
	for _, id := range []string{"rp_1", "rp_2"} {
		assert.Equal(t, map[string]any{"id": id, "object": "recipient", "created": 1.7877456e9, "default_card": nil, "livemode": false},
			get(t, srv, "/v1/recipients/"+id).Body)
	}
}
