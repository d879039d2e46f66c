package stripetest

import "slices"

func sourceUpdateParams() []param {
	return []param{integer("amount").between(1, maxTransfer), mandateParam(), metadata(), ownerParam(), sourceOrderParam()}
}

// mandateParam is the owner's permission to debit an account. Nothing that a source shows depends on it, so that it is
// checked and not kept.
func mandateParam() param {
	acceptance := hash("acceptance",
		integer("date"),
		text("ip", 5000),
		hash("offline", text("contact_email", 5000).require()),
		hash("online", integer("date"), text("ip", 5000), text("user_agent", 5000)),
		enum("status", "accepted", "pending", "refused", "revoked").require(),
		enum("type", "offline", "online"),
		text("user_agent", 5000),
	)
	return hash("mandate", acceptance, integer("amount").orEmpty(), text("currency", 5000),
		enum("interval", "one_time", "scheduled", "variable"),
		enum("notification_method", "deprecated_none", "email", "manual", "none", "stripe_email"))
}

func updateSource(c *call) (object, *apiError) {
	s, err := c.findSource()
	if err != nil {
		return nil, err
	}
	merged, err := c.form.mergeMetadata(s.Metadata)
	if err != nil {
		return nil, err
	}
	before := c.showSource(s)
	s.Metadata = merged
	s.Amount = c.form.integer("amount", s.Amount)
	s.Owner.change(c.form.at("owner"))
	s.Order = s.Order.change(c.form.at("source_order"))
	after := c.showSource(s)
	if s.Customer != "" {
		c.emitUpdate("customer.source.updated", before, after)
	}
	return after, nil
}

// maxCodeAttempts is how many codes may be tried. Stripe's number is not documented.
const maxCodeAttempts = 3

// verifySource compares the values with those of Stripe's test micro-deposits, 32 and 45, in either order. Which values verify
// a source in test mode is not documented, and neither are the wordings.
func verifySource(c *call) (object, *apiError) {
	s, err := c.findSource()
	if err != nil {
		return nil, err
	}
	v := s.Verification
	switch {
	case v == nil:
		return nil, newError(400, "", "", "This source does not need to be verified: its flow is %s.", s.Flow)
	case v.Status != "pending" || s.Status != sourcePending:
		return nil, newError(400, "", "", "This source cannot be verified any more: it is %s.", s.Status)
	}
	values := c.form.texts("values")
	slices.Sort(values)
	if slices.Equal(values, []string{"32", "45"}) {
		v.Status = "succeeded"
		c.become(s, sourceChargeable)
		return c.showSource(s), nil
	}
	v.Attempts-- // the one thing that a failing request may write: the attempt
	if v.Attempts == 0 {
		v.Status = "failed"
		c.become(s, sourceFailed)
	}
	return nil, newError(400, "", "values", "The values provided do not match. You have %d attempts left.", v.Attempts)
}
