package stripetest

import (
	"slices"
	"strings"
)

// offer is what a request offers to pay with or to be paid to, read and not yet taken: reading writes nothing.
type offer struct {
	instrument *instrument
	token      *token // to be used up; nil for raw details and for Stripe's own test tokens
	param      string // what the request called it
}

// readOffer reads what the request gives by one of these names; nil when it gives none. A value is a token, a source or
// the raw details of a card or a bank account.
func (c *call) readOffer(names ...string) (*offer, *apiError) {
	given := slices.DeleteFunc(names, func(name string) bool { return !c.form.has(name) })
	switch len(given) {
	case 0:
		return nil, nil
	case 1:
	default:
		return nil, exclusive(given)
	}
	name := given[0]
	node := c.form.at(name)
	if !node.leaf {
		return c.readDetails(name, node)
	}
	switch prefix, _, _ := strings.Cut(node.value, "_"); prefix {
	case "src":
		return c.readSource(name, node.value)
	case "pm":
		return nil, invalidRequest("", name, "You cannot use a PaymentMethod as a source for Customers. Instead, use the "+
			"PaymentMethods API to Attach a Customer to a PaymentMethod. See https://stripe.com/docs/api/payment_methods/attach")
	default:
		return c.readToken(name, node.value)
	}
}

func exclusive(names []string) *apiError {
	return invalidRequest("parameters_exclusive", names[0], "You may only specify one of these parameters: %s.",
		strings.Join(names, ", "))
}

// readDetails reads a card or a bank account that is given raw. The names "card" and "bank_account" say which by themselves.
func (c *call) readDetails(name string, f *form) (*offer, *apiError) {
	object := f.text("object")
	if name == kindOfCard || name == kindOfBank {
		object = name
	}
	switch object {
	case kindOfCard:
		if err := checkHash(f, sourceCardFields(), []string{name}); err != nil {
			return nil, err
		}
		k, err := c.readCard(f)
		if err != nil {
			return nil, err
		}
		return &offer{instrument: &instrument{Card: k}, param: name}, nil
	case kindOfBank:
		if err := checkHash(f, sourceBankFields(), []string{name}); err != nil {
			return nil, err
		}
		b, err := c.readBankAccount(f)
		if err != nil {
			return nil, err
		}
		return &offer{instrument: &instrument{BankAccount: b}, param: name}, nil
	case "":
		return nil, missing(name + "[object]")
	default:
		return nil, invalidRequest("", name, "'%s' is not a supported source object.", object)
	}
}

func sourceCardFields() []param {
	others := append(unmodelled("encrypted", "network_token", "swipe_data"),
		enum("object", kindOfCard), text("currency", 5000), metadata())
	return cardFields(others...)
}

func sourceBankFields() []param {
	return bankFields(append(unmodelled("documents"), enum("object", kindOfBank), accountType(), metadata())...)
}

// take makes the offer the request's own: its token is used up, and it gets an ID if it has none.
func (c *call) take(o *offer) *instrument {
	if o.token != nil {
		o.token.Used = true
	}
	switch i := o.instrument; {
	case i.Card != nil && i.Card.ID == "":
		i.Card.ID = c.newID("card_1", 23)
	case i.BankAccount != nil && i.BankAccount.ID == "":
		i.BankAccount.ID = c.newID("ba_1", 23)
	}
	return o.instrument
}
