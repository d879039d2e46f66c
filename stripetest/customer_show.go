package stripetest

import (
	"cmp"
	"slices"
)

// showCustomer renders a customer, deleted ones too.
func (c *call) showCustomer(cus *customer) object {
	if cus.Deleted {
		return object{"id": cus.ID, "object": "customer", "deleted": true}
	}
	o := object{
		"id":             cus.ID,
		"object":         "customer",
		"address":        showAddress(cus.Address),
		"balance":        cus.Balance,
		"cash_balance":   expandable{hidden: true, load: func() object { return c.showCashBalance(cus) }},
		"created":        cus.Created,
		"currency":       nil,
		"default_source": c.defaultSourceRef(cus),
		"delinquent":     false,
		"description":    nullable(cus.Description),
		"discount":       nil,
		"email":          nullable(cus.Email),
		"invoice_prefix": nil,
		"invoice_settings": object{
			"custom_fields": nil, "default_payment_method": nil, "footer": nil, "rendering_options": nil,
		},
		"livemode":              false,
		"metadata":              showMetadata(cus.Metadata),
		"name":                  nullable(cus.Name),
		"next_invoice_sequence": 1,
		"phone":                 nullable(cus.Phone),
		"preferred_locales":     slices.Concat([]string{}, cus.Locales),
		"shipping":              nil,
		"sources":               expandable{hidden: true, load: func() object { return c.showSources(cus) }},
		"tax_exempt":            cmp.Or(cus.TaxExempt, "none"),
		"test_clock":            nil,
	}
	for name, value := range map[string]string{"business_name": cus.BusinessName, "individual_name": cus.IndividualName} {
		if value != "" { // left out, not null, in the spec
			o[name] = value
		}
	}
	return o
}

// customerRef is the field of another object that names this customer.
func (c *call) customerRef(id string) expandable {
	return expandable{id: id, load: func() object {
		if cus := c.acct.Customers[id]; cus != nil {
			return c.showCustomer(cus)
		}
		return nil
	}}
}

// customerExpansions have hashes too that are always there: the spec lists them as expandable.
func customerExpansions() expansions {
	return expansions{
		"customer": {
			"address":          "",
			"cash_balance":     "cash_balance",
			"default_source":   "payment_source",
			"discount":         "",
			"invoice_settings": "",
			"shipping":         "",
			"sources":          "payment_source_list",
			"subscriptions":    unmodelledKind,
			"tax":              unmodelledKind,
			"tax_ids":          unmodelledKind,
			"test_clock":       "",
		},
		"cash_balance": {"settings": ""},
	}
}
