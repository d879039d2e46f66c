package stripetest

import (
	"maps"
	"strings"
)

// showSource renders a source. What belongs to another flow or type is left out, as in Stripe's examples.
func (c *call) showSource(s *source) object {
	o := object{
		"id":                   s.ID,
		"object":               kindOfSource,
		"allow_redisplay":      "unspecified",
		"amount":               nil,
		"client_secret":        s.ClientSecret,
		"created":              s.Created,
		"currency":             nullable(s.Currency),
		"flow":                 s.Flow,
		"livemode":             false,
		"metadata":             showMetadata(s.Metadata),
		"owner":                s.Owner.show(),
		"statement_descriptor": nullable(s.Descriptor),
		"status":               s.Status,
		"type":                 s.Type,
		"usage":                s.Usage,
		s.Type:                 s.showDetails(),
	}
	if s.Amount != 0 {
		o["amount"] = s.Amount
	}
	if s.Customer != "" {
		o["customer"] = s.Customer
	}
	if s.Redirect != nil {
		o["redirect"] = object{
			"failure_reason": nullable(s.Redirect.FailureReason),
			"return_url":     s.Redirect.ReturnURL,
			"status":         s.Redirect.Status,
			"url":            "https://hooks.stripe.com/redirect/authenticate/" + s.ID + "?client_secret=" + s.ClientSecret,
		}
	}
	if s.Receiver != nil {
		o["receiver"] = object{
			"address":                  s.Receiver.Address,
			"amount_charged":           0,
			"amount_received":          s.Receiver.Received,
			"amount_returned":          0,
			"refund_attributes_method": s.Receiver.RefundMethod,
			"refund_attributes_status": s.Receiver.RefundStatus,
		}
	}
	if s.Verification != nil {
		o["code_verification"] = object{"attempts_remaining": s.Verification.Attempts, "status": s.Verification.Status}
	}
	if s.Order != nil {
		o["source_order"] = s.Order.show(s)
	}
	return o
}

func (owner *sourceOwner) show() object {
	return object{
		"address":          showAddress(owner.Address),
		"email":            nullable(owner.Email),
		"name":             nullable(owner.Name),
		"phone":            nullable(owner.Phone),
		"verified_address": nil,
		"verified_email":   nil,
		"verified_name":    nil,
		"verified_phone":   nil,
	}
}

// showDetails renders the hash of the source's type.
func (s *source) showDetails() object {
	if s.Card != nil {
		return s.showSourceCard()
	}
	o := object{}
	kind, _ := sourceTypeOf(s.Type)
	for _, field := range kind.fields {
		name, optional := strings.CutPrefix(field, "*")
		if value := s.Details[name]; value != "" || !optional {
			o[name] = nullable(value)
		}
	}
	return o
}

// showSourceCard renders the card of a source, whose checks are made when it is attached.
func (s *source) showSourceCard() object {
	whole, o := showCard(s.Card), object{}
	for _, name := range [...]string{"address_line1_check", "address_zip_check", "brand", "country", "cvc_check", "dynamic_last4",
		"exp_month", "exp_year", "fingerprint", "funding", "last4", "name", "tokenization_method"} {
		o[name] = whole[name]
		if strings.HasSuffix(name, "_check") && whole[name] != nil && !s.Checked {
			o[name] = "unchecked"
		}
	}
	o["three_d_secure"] = "optional"
	if s.Type == typeSecure {
		maps.Copy(o, object{"authenticated": s.Status == sourceChargeable, "card": s.Details["card"], "customer": nil})
	}
	return o
}

func sourceExpansions() expansions {
	data := map[string]string{"ach_credit_transfer": "", "chf_credit_transfer": "", "gbp_credit_transfer": "", "paper_check": "",
		"sepa_credit_transfer": ""}
	return expansions{
		kindOfSource:          {"code_verification": "", "owner": "", "receiver": "", "redirect": "", "source_order": ""},
		sourceTransactionKind: data,
		notificationKind:      {"acss_debit": "", "bacs_debit": "", "sepa_debit": "", "source": kindOfSource},
	}
}
