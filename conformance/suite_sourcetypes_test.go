package conformance_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
)

// suiteSourceTypes makes a source of each type, so that each hash is held against the spec, and reads it back.
func suiteSourceTypes(t *testing.T, s *site) {
	currencies := map[source.Type]stripecash.Currency{
		source.TypeACHCreditTransfer: "usd", source.TypeACHDebit: "usd", source.TypeACSSDebit: "cad", source.TypeAUBECSDebit: "aud",
	}
	for _, kind := range []source.Type{
		source.TypeACHCreditTransfer, source.TypeACHDebit, source.TypeACSSDebit, source.TypeAlipay, source.TypeAUBECSDebit,
		source.TypeBancontact, source.TypeEPS, source.TypeGiropay, source.TypeIDEAL, source.TypeKlarna,
		source.TypeMultibanco, source.TypeP24, source.TypeSEPADebit, source.TypeSofort, source.TypeWeChat,
	} {
		params := &source.CreateParams{Type: kind, Currency: "eur", Redirect: &source.RedirectParams{ReturnURL: "https://example.com/back"}}
		if currency, ok := currencies[kind]; ok {
			params.Currency = currency
		}
		switch kind {
		case source.TypeACHCreditTransfer, source.TypeACHDebit, source.TypeACSSDebit, source.TypeAUBECSDebit, source.TypeSEPADebit:
			params.Redirect = nil
		default:
			params.Amount = 10_00
		}
		created, err := source.New(s.api).Create(t.Context(), params)
		require.NoError(t, err, kind)
		if s.emulator == nil {
			continue
		}
		assert.Equal(t, kind, created.Type)
		got, err := source.New(s.api).Get(t.Context(), created.ID, nil)
		require.NoError(t, err, kind)
		assert.Equal(t, created, got, kind)
	}
}

// suiteCardSources makes a source of a card, one that authenticates it, and one with an order.
func suiteCardSources(t *testing.T, s *site) {
	sources, redirect := source.New(s.api), &source.RedirectParams{ReturnURL: "https://example.com/back"}
	address := &stripecash.AddressParams{Line1: new("1 Test Street"), City: new("Berlin"), Country: new("DE")}
	ofCard, err := sources.Create(t.Context(), &source.CreateParams{Type: source.TypeCard, Token: "tok_visa"})
	require.NoError(t, err)
	ordered, err := sources.Create(t.Context(), &source.CreateParams{Type: source.TypeKlarna, Currency: "eur", Amount: 10_00, Redirect: redirect,
		Owner: &source.OwnerParams{Address: address},
		SourceOrder: &source.OrderParams{
			Items:    stripecash.Indexed[source.OrderItemParams]{{Amount: new(int64(10_00)), Description: "a chair", Quantity: 1}},
			Shipping: &source.ShippingParams{Address: *address, Name: "Jenny Rosen"},
		}})
	require.NoError(t, err)
	if s.emulator == nil {
		return
	}
	assert.Equal(t, "4242", ofCard.Card.Last4)
	assert.Equal(t, "a chair", ordered.SourceOrder.Items[0].Description)
	// Stripe documents the parameter; its specification, and so its mock, does not have it.
	secure, err := sources.Create(t.Context(), &source.CreateParams{Type: source.TypeThreeDSecure, Currency: "eur", Amount: 10_00, Redirect: redirect},
		stripecash.WithParam("three_d_secure[card]", ofCard.ID))
	require.NoError(t, err)
	assert.Equal(t, ofCard.ID, secure.ThreeDSecure.Card)
}

// suiteVerification verifies a source with the values of Stripe's test deposits, after a wrong attempt.
func suiteVerification(t *testing.T, s *site) {
	sources := source.New(s.api)
	created, err := sources.Create(t.Context(), &source.CreateParams{Type: source.TypeACHDebit, Currency: "usd", Flow: source.FlowCodeVerification})
	require.NoError(t, err)
	_, err = sources.Verify(t.Context(), created.ID, &source.VerifyParams{Values: []string{"1", "2"}})
	if s.emulator != nil {
		require.ErrorIs(t, err, stripecash.ErrInvalidRequest)
	}
	verified, err := sources.Verify(t.Context(), created.ID, &source.VerifyParams{Values: []string{"32", "45"}})
	require.NoError(t, err)
	if s.emulator != nil {
		assert.Equal(t, source.StatusChargeable, verified.Status)
		assert.Equal(t, source.VerificationStatusSucceeded, verified.CodeVerification.Status)
	}
}

// suiteMandate reads what Stripe told the owner of a mandate.
func suiteMandate(t *testing.T, s *site) {
	sources, notifications := source.New(s.api), []string{"srcmn_1"}
	created, err := sources.Create(t.Context(), &source.CreateParams{
		Type: source.TypeSEPADebit, Currency: "eur", Owner: &source.OwnerParams{Name: new("Jenny Rosen")},
		Mandate: &source.MandateParams{NotificationMethod: source.NotificationMethodManual},
	})
	require.NoError(t, err)
	if s.emulator != nil {
		notifications = []string{s.emulator.NotifyMandate(created.ID, 0), s.emulator.NotifyMandate(created.ID, 10_00)}
	}
	for _, id := range notifications {
		got, err := sources.GetMandateNotification(t.Context(), created.ID, id)
		require.NoError(t, err)
		assert.Equal(t, id, got.ID)
	}
}
