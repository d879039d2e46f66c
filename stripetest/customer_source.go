package stripetest

import (
	"net/http"
	"slices"
)

// customerSourceRoutes are what customers pay with: under sources all of it, under the older cards only cards.
func customerSourceRoutes() []route {
	const sources, cards = "/v1/customers/{customer}/sources", "/v1/customers/{customer}/cards"
	create := func() []param {
		return append(unmodelled("alipay_account"), open("source"), open("card"), open("bank_account"), metadata())
	}
	update := func() []param {
		return append(addressTexts(), text("account_holder_name", 5000), holderType(), text("exp_month", 5000),
			text("exp_year", 5000), metadata(), text("name", 5000), ownerParam())
	}
	filter := func() []param { return []param{enum("object", kindOfCard, kindOfBank, kindOfSource)} }
	return []route{
		{method: "POST", path: sources, params: create, returns: "payment_source", handle: createCustomerSource(anyKind)},
		{method: "GET", path: sources, params: filter, returns: onFileKind, list: true, handle: listCustomerSources},
		{method: "GET", path: sources + "/{id}", returns: "payment_source", handle: getCustomerSource(anyKind)},
		{method: "POST", path: sources + "/{id}", params: update, returns: onFileKind, handle: updateCustomerSource(anyKind)},
		{method: "DELETE", path: sources + "/{id}", returns: "payment_source", handle: deleteCustomerSource(anyKind)},
		{method: "POST", path: cards, params: create, returns: "payment_source", handle: createCustomerSource(kindOfCard)},
		{method: "GET", path: cards, returns: kindOfCard, list: true, handle: listCustomerCards},
		{method: "GET", path: cards + "/{id}", returns: kindOfCard, handle: getCustomerSource(kindOfCard)},
		{method: "POST", path: cards + "/{id}", params: update, returns: onFileKind, handle: updateCustomerSource(kindOfCard)},
		{method: "DELETE", path: cards + "/{id}", returns: "payment_source", handle: deleteCustomerSource(kindOfCard)},
	}
}

func ownerParam() param {
	return hash("owner", addressParam("address"), text("email", 5000), text("name", 5000), text("phone", 5000))
}

func createCustomerSource(kind string) func(*call) (object, *apiError) {
	return func(c *call) (object, *apiError) {
		cus, err := c.findCustomer("customer")
		if err != nil {
			return nil, err
		}
		o, err := c.readOffer("source", "card", "bank_account")
		if err != nil {
			return nil, err
		}
		if o == nil {
			return nil, missing("source")
		}
		if len(ofKind([]*instrument{o.instrument}, kind)) == 0 { // the wording is not verified
			return nil, newError(http.StatusBadRequest, "", "source", "This endpoint takes only cards.")
		}
		merged, err := c.form.mergeMetadata(c.metadataOf(o.instrument))
		if err != nil {
			return nil, err
		}
		if err := c.admit(cus, o.instrument); err != nil {
			return nil, err
		}
		i := c.take(o)
		c.setMetadata(i, merged)
		c.attach(cus, i)
		return c.showCustomerSource(cus, i), nil
	}
}

func listCustomerSources(c *call) (object, *apiError) {
	return c.listSourcesOf(c.form.text("object"), "source")
}

func listCustomerCards(c *call) (object, *apiError) { return c.listSourcesOf(kindOfCard, "card") }

func (c *call) listSourcesOf(kind, called string) (object, *apiError) {
	cus, err := c.findCustomer("customer")
	if err != nil {
		return nil, err
	}
	return answerList(c, ofKind(cus.Sources, kind), called, (*instrument).id,
		func(i *instrument) object { return c.showCustomerSource(cus, i) })
}

func getCustomerSource(kind string) func(*call) (object, *apiError) {
	return func(c *call) (object, *apiError) {
		cus, i, err := c.findCustomerSource(kind)
		if err != nil {
			return nil, err
		}
		return c.showCustomerSource(cus, i), nil
	}
}

func updateCustomerSource(kind string) func(*call) (object, *apiError) {
	return func(c *call) (object, *apiError) {
		cus, i, err := c.findCustomerSource(kind)
		if err != nil {
			return nil, err
		}
		before := c.showCustomerSource(cus, i)
		if err := c.changeInstrument(i); err != nil {
			return nil, err
		}
		after := c.showCustomerSource(cus, i)
		c.emitUpdate("customer.source.updated", before, after)
		return after, nil
	}
}

func deleteCustomerSource(kind string) func(*call) (object, *apiError) {
	return func(c *call) (object, *apiError) {
		cus, i, err := c.findCustomerSource(kind)
		if err != nil {
			return nil, err
		}
		return c.detach(cus, i), nil
	}
}

// findCustomerSource is the customer and the payment source that the path names.
func (c *call) findCustomerSource(kind string) (*customer, *instrument, *apiError) {
	cus, err := c.findCustomer("customer")
	if err != nil {
		return nil, nil, err
	}
	i := findInstrument(ofKind(cus.Sources, kind), c.id("id"))
	if i == nil {
		return nil, nil, noSuch("source", c.id("id"), "id")
	}
	return cus, i, nil
}

func (c *call) showCustomerSource(cus *customer, i *instrument) object {
	return c.showInstrument(i, object{"customer": c.customerRef(cus.ID)})
}

// admit tells whether the customer can have this as a payment source. Cards are verified, as Stripe does on attaching.
func (c *call) admit(cus *customer, i *instrument) *apiError {
	switch {
	case i.Card != nil:
		return i.Card.verify()
	case i.Source != "":
		if k := c.acct.Sources[i.Source].Card; k != nil {
			return k.verify()
		}
		return nil
	}
	same := func(other *instrument) bool {
		return other.BankAccount != nil && other.BankAccount.Fingerprint == i.BankAccount.Fingerprint
	}
	if slices.ContainsFunc(cus.Sources, same) { // the wording is not verified
		return newError(400, "bank_account_exists", "", "A bank account with that routing number and account number already "+
			"exists for this customer.")
	}
	return nil
}

// attach adds a payment source to a customer. The first one becomes the default, later ones don't.
func (c *call) attach(cus *customer, i *instrument) {
	if i.Source != "" {
		s := c.acct.Sources[i.Source]
		s.Customer, s.Checked = cus.ID, true
	}
	cus.Sources = append(cus.Sources, i)
	if cus.DefaultSource == "" {
		cus.DefaultSource = i.id()
	}
	c.emit("customer.source.created", c.showCustomerSource(cus, i), nil)
}

// detach takes a payment source from a customer, and gives the answer to that: for a source the source, which can't be used
// any more. When it was the default, the most recently added of the others follows.
func (c *call) detach(cus *customer, i *instrument) object {
	cus.Sources = slices.DeleteFunc(slices.Clone(cus.Sources), func(other *instrument) bool { return other == i })
	if cus.DefaultSource == i.id() {
		cus.DefaultSource = ""
		if n := len(cus.Sources); n > 0 {
			cus.DefaultSource = cus.Sources[n-1].id()
		}
	}
	c.consume(i)
	gone := c.showCustomerSource(cus, i)
	c.emit("customer.source.deleted", gone, nil)
	if i.Source != "" {
		return gone
	}
	return object{"id": i.id(), "object": i.kind(), "deleted": true}
}

// consume ends a source's life with its customer.
func (c *call) consume(i *instrument) {
	if i.Source != "" {
		s := c.acct.Sources[i.Source]
		s.Customer, s.Status = "", sourceConsumed
	}
}
