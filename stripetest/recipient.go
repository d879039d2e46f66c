package stripetest

import (
	"slices"
	"strings"
)

// recipient is whom Stripe paid out to before there were connected accounts.
type recipient struct {
	ID          string        `json:"id"`
	Created     int64         `json:"created"`
	Cards       []*instrument `json:"cards,omitempty"` // oldest first
	DefaultCard string        `json:"default_card,omitempty"`
}

// recipientsGone is what the live API answers to everything about recipients, as observed; the status was not.
const recipientsGone = "Recipients have been deprecated and are no longer available. They have been replaced by Custom accounts " +
	"(see https://stripe.com/docs/connect/recipient-account-migrations), which you should use if you're creating a new platform. " +
	"Please reach out at https://support.stripe.com/contact if you have any questions."

// WithRecipients brings back recipients and their cards, which Stripe has retired. Without it requests to them are refused
// as the live API does.
func WithRecipients() Option {
	return func(c *config) { c.recipients = true }
}

func recipientRoutes(served bool) []route {
	const path, cards = "/v1/recipients/{recipient}", "/v1/recipients/{recipient}/cards"
	create := func() []param { return []param{open("card"), metadata()} }
	update := func() []param {
		return append(addressTexts(), text("exp_month", 5000), text("exp_year", 5000), metadata(), text("name", 5000))
	}
	routes := []route{
		{method: "GET", path: path, returns: "recipient", handle: getRecipient},
		{method: "POST", path: cards, params: create, returns: kindOfCard, handle: createRecipientCard},
		{method: "GET", path: cards, returns: kindOfCard, list: true, handle: listRecipientCards},
		{method: "GET", path: cards + "/{id}", returns: kindOfCard, handle: getRecipientCard},
		{method: "POST", path: cards + "/{id}", params: update, returns: kindOfCard, handle: updateRecipientCard},
		{method: "DELETE", path: cards + "/{id}", handle: deleteRecipientCard},
	}
	if served {
		return routes
	}
	routes = append(routes, route{method: "POST", path: "/v1/recipients"}, route{method: "GET", path: "/v1/recipients"})
	for i := range routes {
		routes[i].refusal = recipientsGone
	}
	return routes
}

// AddRecipient adds a recipient with that ID, "rp_…". It panics when the ID is not one, or taken, and without
// [WithRecipients].
func (a *Account) AddRecipient(id string) {
	a.setUp("AddRecipient", func(c *call) *apiError {
		switch {
		case !a.srv.cfg.recipients:
			return misuse("recipients are retired: bring them back with WithRecipients")
		case !strings.HasPrefix(id, "rp_") || strings.ContainsAny(id, "/?# "):
			return misuse("%q is not a recipient ID: it must begin with rp_ and have no space, slash, ? or #", id)
		case c.acct.Recipients[id] != nil:
			return misuse("there is a recipient %q already", id)
		}
		if c.acct.Recipients == nil {
			c.acct.Recipients = map[string]*recipient{}
		}
		c.acct.Recipients[id] = &recipient{ID: id, Created: c.now}
		return nil
	})
}

func (c *call) findRecipient() (*recipient, *apiError) {
	r := c.acct.Recipients[c.id("recipient")]
	if r == nil {
		return nil, noSuch("recipient", c.id("recipient"), "recipient")
	}
	return r, nil
}

func (c *call) findRecipientCard() (*recipient, *instrument, *apiError) {
	r, err := c.findRecipient()
	if err != nil {
		return nil, nil, err
	}
	i := findInstrument(r.Cards, c.id("id"))
	if i == nil {
		return nil, nil, noSuch("card", c.id("id"), "id")
	}
	return r, i, nil
}

func createRecipientCard(c *call) (object, *apiError) {
	r, err := c.findRecipient()
	if err != nil {
		return nil, err
	}
	o, err := c.readOffer("card")
	switch {
	case err != nil:
		return nil, err
	case o == nil:
		return nil, missing("card")
	case o.instrument.Card == nil:
		return nil, invalidRequest("", "card", "A recipient can only have cards here.")
	}
	merged, err := c.form.mergeMetadata(o.instrument.Card.Metadata)
	if err != nil {
		return nil, err
	}
	if err := o.instrument.Card.verify(); err != nil {
		return nil, err
	}
	i := c.take(o)
	i.Card.Metadata = merged
	r.Cards = append(r.Cards, i)
	if r.DefaultCard == "" {
		r.DefaultCard = i.id()
	}
	return c.showRecipientCard(r, i), nil
}

func listRecipientCards(c *call) (object, *apiError) {
	r, err := c.findRecipient()
	if err != nil {
		return nil, err
	}
	return answerList(c, r.Cards, kindOfCard, (*instrument).id, func(i *instrument) object { return c.showRecipientCard(r, i) })
}

func getRecipientCard(c *call) (object, *apiError) {
	r, i, err := c.findRecipientCard()
	if err != nil {
		return nil, err
	}
	return c.showRecipientCard(r, i), nil
}

func updateRecipientCard(c *call) (object, *apiError) {
	r, i, err := c.findRecipientCard()
	if err != nil {
		return nil, err
	}
	if err := c.changeInstrument(i); err != nil {
		return nil, err
	}
	return c.showRecipientCard(r, i), nil
}

func deleteRecipientCard(c *call) (object, *apiError) {
	r, i, err := c.findRecipientCard()
	if err != nil {
		return nil, err
	}
	r.Cards = slices.DeleteFunc(slices.Clone(r.Cards), func(other *instrument) bool { return other == i })
	if r.DefaultCard == i.id() {
		r.DefaultCard = ""
		if n := len(r.Cards); n > 0 {
			r.DefaultCard = r.Cards[n-1].id()
		}
	}
	return object{"id": i.id(), "object": kindOfCard, "deleted": true}, nil
}

func (c *call) showRecipientCard(r *recipient, i *instrument) object {
	return c.showInstrument(i, object{"customer": nil, "recipient": r.ID})
}

// getRecipient shows a recipient as far as its cards need.
func getRecipient(c *call) (object, *apiError) {
	r, err := c.findRecipient()
	if err != nil {
		return nil, err
	}
	return object{
		"id":           r.ID,
		"object":       "recipient",
		"created":      r.Created,
		"default_card": nullable(r.DefaultCard),
		"livemode":     false,
	}, nil
}
