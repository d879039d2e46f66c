package stripetest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What does not fit at confirmation is refused, also when all was chosen before.
func TestPaymentIntentChosenAnewAtConfirmation(t *testing.T) {
	srv := funded(t)
	srv.Fund("cus_1", "eur", 1000)
	created := post(t, srv, "/v1/payment_intents", intentForm()...)
	path := "/v1/payment_intents/" + created.Body["id"].(string)
	before := memory(t, srv)
	for _, tt := range []struct {
		name, value, wantParam string
	}{
		{"payment_method_data[type]", "card", "payment_method_data[type]"},
		{bankTransferOption + "[type]", "us_bank_transfer", bankTransferOption + "[type]"},
		{bankTransferOption + "[type]", "eu_bank_transfer", bankTransferOption + "[eu_bank_transfer][country]"},
	} {
		got := post(t, srv, path+"/confirm", tt.name, tt.value)
		assert.Equal(t, http.StatusBadRequest, got.Status, got.Text)
		assert.Equal(t, tt.wantParam, got.errorField("param"))
		assert.Equal(t, created.Body, get(t, srv, path).Body)
		assert.Equal(t, before, memory(t, srv))
	}
}

// What has succeeded stays so, and what it was paid with stays with it.
func TestCancelSucceededPaymentIntent(t *testing.T) {
	srv := funded(t)
	id := srv.AddPaymentIntent("cus_1", "eur", 1000)
	srv.Fund("cus_1", "eur", 1200)
	want := get(t, srv, "/v1/payment_intents/"+id).Body
	require.Equal(t, "succeeded", want["status"])
	before := memory(t, srv)

	got := post(t, srv, "/v1/payment_intents/"+id+"/cancel")
	assert.Equal(t, http.StatusBadRequest, got.Status, got.Text)
	assert.Equal(t, "payment_intent_unexpected_state", got.errorField("code"))
	assert.Contains(t, got.errorField("message"), "You cannot cancel this PaymentIntent because it has a status of succeeded.")
	assert.Equal(t, want, got.errorField("payment_intent"))
	assert.Equal(t, want, get(t, srv, "/v1/payment_intents/"+id).Body)
	assert.Equal(t, map[string]any{"eur": 200.0}, available(t, srv))
	assert.Equal(t, before, memory(t, srv))
}
