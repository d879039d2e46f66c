package stripetest

// sourceChange is what the creation or the update of a customer does to its payment sources.
type sourceChange struct {
	offer  *offer
	chosen string // the new default among those it has
}

func sourceChangeParams() []param {
	return []param{open("source"), open("card"), open("bank_account"), text("default_source", 500).nonEmpty(),
		text("default_card", 500).nonEmpty(), text("default_bank_account", 500).nonEmpty()}
}

// readSourceChange checks the parameters that concern payment sources, and writes nothing.
func (c *call) readSourceChange(cus *customer) (*sourceChange, *apiError) {
	o, err := c.readOffer("source", "card", "bank_account")
	if err != nil {
		return nil, err
	}
	if o != nil {
		if err := c.admit(cus, o.instrument); err != nil {
			return nil, err
		}
	}
	change := &sourceChange{offer: o}
	for _, name := range [...]string{"default_source", "default_card", "default_bank_account"} {
		id := c.form.text(name)
		if id == "" {
			continue
		}
		i := findInstrument(cus.Sources, id)
		if i == nil || name == "default_card" && i.Card == nil || name == "default_bank_account" && i.BankAccount == nil {
			return nil, noSuchParam("source", id, name)
		}
		change.chosen = id
	}
	return change, nil
}

// apply writes the change. A source that comes with an update takes the place of the default, which is deleted; that
// Stripe's default_source wins over it when both are given is not verified.
func (change *sourceChange) apply(c *call, cus *customer) {
	if change.offer != nil {
		old := findInstrument(cus.Sources, cus.DefaultSource)
		fresh := c.take(change.offer)
		c.attach(cus, fresh)
		cus.DefaultSource = fresh.id()
		if old != nil && old.id() != change.chosen {
			c.detach(cus, old)
		}
	}
	if change.chosen != "" {
		cus.DefaultSource = change.chosen
	}
}

// defaultSourceRef is the field of the customer that names its default source.
func (c *call) defaultSourceRef(cus *customer) expandable {
	return expandable{id: cus.DefaultSource, load: func() object {
		if i := findInstrument(cus.Sources, cus.DefaultSource); i != nil {
			return c.showCustomerSource(cus, i)
		}
		return nil
	}}
}

// showSources renders the first page of a customer's payment sources, as a field of the customer.
func (c *call) showSources(cus *customer) object {
	data := list{}
	for n := len(cus.Sources) - 1; n >= 0 && len(data) < defaultLimit; n-- {
		data = append(data, c.showCustomerSource(cus, cus.Sources[n]))
	}
	return object{
		"object":   "list",
		"data":     data,
		"has_more": len(cus.Sources) > len(data),
		"url":      "/v1/customers/" + cus.ID + "/sources",
	}
}
