package stripetest

import "cmp"

func (c *call) showIntent(pi *paymentIntent) object {
	received := int64(0)
	if pi.Status == succeeded { // not verified: what it shows while it is partially funded
		received = pi.Funded
	}
	o := object{
		"id": pi.ID, "object": intentKind,
		"amount":                 pi.Amount,
		"amount_capturable":      0,
		"amount_details":         object{"tip": object{}},
		"amount_received":        received,
		"application":            nil,
		"application_fee_amount": nil,
		"canceled_at":            nil,
		"cancellation_reason":    nullable(pi.CancellationReason),
		"capture_method":         cmp.Or(pi.CaptureMethod, "automatic_async"),
		"client_secret":          pi.ClientSecret,
		"confirmation_method":    cmp.Or(pi.ConfirmationMethod, "automatic"),
		"created":                pi.Created,
		"currency":               pi.Currency,
		"customer":               c.customerRef(pi.Customer),
		"description":            nullable(pi.Description),
		"last_payment_error":     nil,
		"latest_charge":          expandable{id: pi.LatestCharge},
		"livemode":               false,
		"metadata":               showMetadata(pi.Metadata),
		"next_action":            nil,
		"on_behalf_of":           nil,
		"payment_method":         expandable{id: pi.PaymentMethod},
		"payment_method_options": object{methodCustomerBalance: pi.showOptions()},
		"payment_method_types":   []string{methodCustomerBalance},
		"processing":             nil,
		"receipt_email":          nil,
		"review":                 nil,
		"setup_future_usage":     nil,
		"shipping":               nil,
		"statement_descriptor":   nil,
		"status":                 pi.Status,
		"transfer_data":          nil,
		"transfer_group":         nil,
	}
	if pi.CanceledAt != 0 {
		o["canceled_at"] = pi.CanceledAt
	}
	if pi.Status == needsAction {
		o["next_action"] = object{
			"type":                               "display_bank_transfer_instructions",
			"display_bank_transfer_instructions": pi.showInstructions(),
		}
	}
	return o
}

func (pi *paymentIntent) showOptions() object {
	if pi.TransferType == "" {
		return object{}
	}
	transfer := object{"type": pi.TransferType}
	if pi.Country != "" {
		transfer["eu_bank_transfer"] = object{"country": pi.Country}
	}
	if pi.AddressTypes != nil {
		transfer["requested_address_types"] = pi.AddressTypes
	}
	return object{"bank_transfer": transfer, "funding_type": "bank_transfer"}
}

// showInstructions tells the customer where to send what is still missing.
func (pi *paymentIntent) showInstructions() object {
	return object{
		"amount_remaining":        pi.remaining(),
		"currency":                pi.Currency,
		"financial_addresses":     list{pi.showAddress()},
		"hosted_instructions_url": "https://payments.stripe.com/bank_transfers/instructions/test_" + pi.ID,
		"reference":               nullable(pi.Reference),
		"type":                    pi.TransferType,
	}
}

// showAddress is an invented bank account of the currency's first kind; what requested_address_types would add is left out.
func (pi *paymentIntent) showAddress() object {
	somewhere := func(country string) object {
		return object{"city": "Testville", "country": country, "line1": "1 Test Street", "line2": nil, "postal_code": "12345", "state": nil}
	}
	account := func(country string) object {
		return object{"account_holder_address": somewhere(country), "account_holder_name": "Stripe", "bank_address": somewhere(country)}
	}
	var kind string
	var networks []string
	var details object
	switch pi.Currency {
	case "eur":
		kind, networks, details = "iban", []string{"sepa"}, account(pi.Country)
		details["bic"], details["country"], details["iban"] = "BANKDEAAXXX", pi.Country, pi.Country+"11000000001234567890"
	case "gbp":
		kind, networks, details = "sort_code", []string{"bacs", "fps"}, account("GB")
		details["account_number"], details["sort_code"] = "12345678", "108800"
	case "jpy":
		kind, networks, details = "zengin", []string{"zengin"}, account("JP")
		details["account_number"], details["account_type"] = "1234567", "futsu"
		details["bank_code"], details["bank_name"] = "0001", "Test Bank"
		details["branch_code"], details["branch_name"] = "001", "Test Branch"
	case "mxn":
		kind, networks, details = "spei", []string{"spei"}, account("MX")
		details["bank_code"], details["bank_name"], details["clabe"] = "002", "Test Bank", "002000000000000008"
	case "usd":
		kind, networks, details = "aba", []string{"ach", "domestic_wire_us"}, account("US")
		details["account_number"], details["account_type"] = "11119987600453127", "checking"
		details["bank_name"], details["routing_number"] = "Test Bank", "999999999"
	}
	return object{"type": kind, "supported_networks": networks, kind: details}
}

// intentRef is the field of another object that names a PaymentIntent, which need not be there.
func (c *call) intentRef(id string) expandable {
	return expandable{id: id, load: func() object {
		if pi := c.acct.intent(id); pi != nil {
			return c.showIntent(pi)
		}
		return nil
	}}
}

func paymentIntentExpansions() expansions {
	fields := map[string]string{
		"amount_details": "", "customer": "customer", "last_payment_error": "", "next_action": "", "payment_method_options": "",
		"processing": "", "shipping": "", "transfer_data": "",
	}
	for _, name := range []string{
		"application", "automatic_payment_methods", "hooks", "latest_charge", "managed_payments", "on_behalf_of", "payment_details",
		"payment_method", "payment_method_configuration_details", "presentment_details", "review",
	} {
		fields[name] = unmodelledKind
	}
	return expansions{intentKind: fields}
}
