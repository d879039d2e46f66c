package conformance_test

import "github.com/ccb8c2b4/stripecash/conformance"

// exemptions are where Go differs from the spec on purpose, each with its reason. One that is not needed fails.
func exemptions() conformance.Exemptions {
	const (
		field       = "the prose of the spec names a field or another type's value here"
		single      = "a token goes into source or external_account"
		alipay      = "a token, and no payment source of the spec is what it would make; the Alipay of today is a source"
		other       = "an example of the spec's, from another slice of the API"
		raw         = "any object of the API: it is kept as it came, and webhook.Decode reads it"
		account     = "Stripe retired accounts as payment sources; a PaymentSource keeps one as it came"
		metadata    = "the metadata of a new card are given beside it"
		unspecified = "the API takes a card here, and answers with one; the spec only has the hash of a bank account"
	)
	const (
		attach = "POST /v1/customers/{customer}/sources "
		add    = "POST /v1/accounts/{account}/external_accounts "
	)
	return conformance.Exemptions{
		`card.Check "address_line1"`:                     field,
		`card.Check "address_zip"`:                       field,
		`source.FailureReason "failed"`:                  field,
		`source.Flow "flow"`:                             field,
		`source.Type "customer"`:                         field,
		`source.Type "original_source"`:                  field,
		`source.Type "type"`:                             field,
		`source.VerificationStatus "attempts_remaining"`: field,

		`webhook.EventType "charge.refunded"`: other,
		`webhook.EventType "invoice.created"`: other,
		"event.data.object":                   raw,
		"event.data.previous_attributes":      raw,

		"payment_source account": account,

		attach + "alipay_account":    alipay,
		attach + "bank_account":      single,
		attach + "card":              single,
		attach + "card[metadata][*]": metadata,

		add + "bank_account":                single,
		add + "card[address_city]":          unspecified,
		add + "card[address_country]":       unspecified,
		add + "card[address_line1]":         unspecified,
		add + "card[address_line2]":         unspecified,
		add + "card[address_state]":         unspecified,
		add + "card[address_zip]":           unspecified,
		add + "card[currency]":              unspecified,
		add + "card[cvc]":                   unspecified,
		add + "card[encrypted]":             unspecified,
		add + "card[exp_month]":             unspecified,
		add + "card[exp_year]":              unspecified,
		add + "card[name]":                  unspecified,
		add + "card[network_token][number]": unspecified,
		add + "card[number]":                unspecified,
		add + "card[object]":                unspecified,
		add + "card[swipe_data]":            unspecified,
	}
}
