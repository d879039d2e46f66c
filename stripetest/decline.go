package stripetest

import "net/http"

// cardProblem is a card that can't be right, or isn't.
func cardProblem(code, param, message string) *apiError {
	return &apiError{status: http.StatusPaymentRequired, kind: kindCard, code: code, param: param, message: message}
}

// verify is the bank's answer when the card is attached to a customer or an account. Codes are documented, and so are the
// numbers that give them; which of them carry a decline code, and the wording of the rarer ones, is not verified.
func (k *card) verify() *apiError {
	switch k.Trait {
	case "expired_card":
		return cardProblem("expired_card", "exp_month", "Your card has expired.")
	case "incorrect_cvc":
		return cardProblem("incorrect_cvc", "cvc", "Your card's security code is incorrect.")
	case "processing_error":
		return cardProblem("processing_error", "", "An error occurred while processing your card. Try again in a little bit.")
	case "insufficient_funds":
		return k.declined("Your card has insufficient funds.")
	case "card_velocity_exceeded":
		return k.declined("Your card was declined for making repeated attempts too frequently or exceeding its amount limit.")
	case "generic_decline", "lost_card", "stolen_card", "fraudulent":
		return k.declined("Your card was declined.")
	default:
		return nil
	}
}

func (k *card) declined(message string) *apiError {
	err := cardProblem("card_declined", "", message)
	err.declineCode = k.Trait
	return err
}
