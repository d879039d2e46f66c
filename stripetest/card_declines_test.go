package stripetest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCardDeclines(t *testing.T) {
	tests := []struct {
		number, tokens  string
		wantCode        any
		wantDeclineCode any
		wantParam       any
		wantMessage     string
	}{
		{"4000000000000002", "tok_chargeDeclined tok_visa_chargeDeclined", "card_declined", "generic_decline", nil, "Your card was declined."},
		{"4000000000009995", "tok_chargeDeclinedInsufficientFunds tok_visa_chargeDeclinedInsufficientFunds",
			"card_declined", "insufficient_funds", nil, "Your card has insufficient funds."},
		{"4000000000009987", "tok_visa_chargeDeclinedLostCard", "card_declined", "lost_card", nil, "Your card was declined."},
		{"4000000000009979", "tok_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card", nil, "Your card was declined."},
		{"4000000000006975", "tok_visa_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded", nil,
			"Your card was declined for making repeated attempts too frequently or exceeding its amount limit."},
		{"4100000000000019", "tok_chargeDeclinedFraudulent tok_visa_chargeDeclinedFraudulent tok_radarBlock",
			"card_declined", "fraudulent", nil, "Your card was declined."},
		{"4000000000000069", "tok_chargeDeclinedExpiredCard tok_visa_chargeDeclinedExpiredCard",
			"expired_card", nil, "exp_month", "Your card has expired."},
		{"4000000000000127", "tok_chargeDeclinedIncorrectCvc tok_visa_chargeDeclinedIncorrectCvc",
			"incorrect_cvc", nil, "cvc", "Your card's security code is incorrect."},
		{"4000000000000119", "tok_chargeDeclinedProcessingError tok_visa_chargeDeclinedProcessingError", "processing_error", nil, nil,
			"An error occurred while processing your card. Try again in a little bit."},
	}
	for _, tt := range tests {
		t.Run(tt.number, func(t *testing.T) {
			srv := in2026()
			made := post(t, srv, "/v1/tokens", rawToken(tt.number)...)
			require.Equal(t, http.StatusOK, made.Status, "a token is no attempt")
			refused := []answer{
				post(t, srv, sourcesPath, rawCard("source", tt.number)...),
				post(t, srv, sourcesPath, "source", made.Body["id"].(string)),
				post(t, srv, "/v1/customers/cus_1/cards", rawCard("card", tt.number)...),
			}
			for token := range strings.FieldsSeq(tt.tokens) {
				refused = append(refused,
					post(t, srv, sourcesPath, "source", token),
					post(t, srv, "/v1/customers/cus_1", "source", token, "name", "half done"),
					post(t, srv, "/v1/customers", "source", token))
			}
			for _, got := range refused {
				assert.Equal(t, http.StatusPaymentRequired, got.Status)
				assert.Equal(t, "card_error", got.errorField("type"))
				assert.Equal(t, tt.wantCode, got.errorField("code"))
				assert.Equal(t, tt.wantDeclineCode, got.errorField("decline_code"))
				assert.Equal(t, tt.wantParam, got.errorField("param"))
				assert.Equal(t, tt.wantMessage, got.errorField("message"))
			}
			assert.Empty(t, get(t, srv, sourcesPath).ids())
			assert.Nil(t, get(t, srv, "/v1/customers/cus_1").Body["name"])
		})
	}
	t.Run("tok_chargeCustomerFail attaches", func(t *testing.T) {
		assert.Equal(t, "0341", post(t, in2026(), sourcesPath, "source", "tok_chargeCustomerFail").Body["last4"])
	})
}
