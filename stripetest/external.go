package stripetest

import (
	"maps"
	"slices"
)

// externalRoutes are what connected accounts are paid to.
func externalRoutes() []route {
	const path = "/v1/accounts/{account}/external_accounts"
	const kind = "external_account"
	create := func() []param {
		return []param{open("external_account"), open("bank_account"), boolean("default_for_currency"), metadata()}
	}
	update := func() []param {
		return slices.Concat(addressTexts(), unmodelled("documents"), []param{
			text("account_holder_name", 5000), holderType().orEmpty(), accountType(), boolean("default_for_currency"),
			text("exp_month", 5000), text("exp_year", 5000), metadata(), text("name", 5000),
		})
	}
	filter := func() []param { return []param{enum("object", kindOfCard, kindOfBank)} }
	return []route{
		{method: "POST", path: path, params: create, returns: kind, handle: createExternal},
		{method: "GET", path: path, params: filter, returns: kind, list: true, handle: listExternals},
		{method: "GET", path: path + "/{id}", returns: kind, handle: getExternal},
		{method: "POST", path: path + "/{id}", params: update, returns: kind, handle: updateExternal},
		{method: "DELETE", path: path + "/{id}", handle: deleteExternal},
	}
}

func createExternal(outer *call) (object, *apiError) {
	c, err := outer.inAccount()
	if err != nil {
		return nil, err
	}
	o, err := c.readOffer("external_account", "bank_account")
	if err != nil && err.code == "resource_missing" {
		o, err = outer.readOffer("external_account", "bank_account") // a token may be the platform's as well
	}
	if err != nil {
		return nil, err
	}
	if o == nil {
		return nil, missing("external_account")
	}
	if err := o.admitToAccount(); err != nil {
		return nil, err
	}
	merged, err := c.form.mergeMetadata(c.metadataOf(o.instrument))
	if err != nil {
		return nil, err
	}
	i := c.take(o)
	c.setMetadata(i, merged)
	c.acct.ExternalAccounts = append(c.acct.ExternalAccounts, i)
	if c.acct.PayoutDefaults[i.currency()] == "" || c.form.text("default_for_currency") == "true" {
		c.makePayoutDefault(i)
	}
	c.emit("account.external_account.created", c.showExternal(i), nil)
	return c.showExternal(i), nil
}

// admitToAccount tells whether an account can be paid out to this. The code is documented, the wordings are not verified.
func (o *offer) admitToAccount() *apiError {
	k := o.instrument.Card
	switch {
	case o.instrument.Source != "":
		return noSuchParam("token", o.instrument.Source, o.param)
	case k == nil:
		return nil
	case k.Funding != "debit":
		return newError(400, "invalid_card_type", o.param, "The card provided as an external account is not a debit card. "+
			"Provide a non-prepaid debit card instead.")
	case k.Currency == "":
		return missing(o.param + "[currency]")
	default:
		return k.verify()
	}
}

// makePayoutDefault makes no event for the one that was the default, which is not verified.
func (c *call) makePayoutDefault(i *instrument) {
	if c.acct.PayoutDefaults == nil {
		c.acct.PayoutDefaults = map[string]string{}
	}
	c.acct.PayoutDefaults[i.currency()] = i.id()
}

func listExternals(c *call) (object, *apiError) {
	c, err := c.inAccount()
	if err != nil {
		return nil, err
	}
	return answerList(c, ofKind(c.acct.ExternalAccounts, c.form.text("object")), "external account", (*instrument).id, c.showExternal)
}

func getExternal(c *call) (object, *apiError) {
	c, i, err := c.findExternal()
	if err != nil {
		return nil, err
	}
	return c.showExternal(i), nil
}

func updateExternal(c *call) (object, *apiError) {
	c, i, err := c.findExternal()
	if err != nil {
		return nil, err
	}
	before := c.showExternal(i)
	if err := c.changeInstrument(i); err != nil {
		return nil, err
	}
	if c.form.text("default_for_currency") == "true" { // there is always one: false leaves it at that
		c.makePayoutDefault(i)
	}
	after := c.showExternal(i)
	c.emitUpdate("account.external_account.updated", before, after)
	return after, nil
}

// deleteExternal deletes what the account can do without. The rule is documented, the wording was observed, the status
// was not.
func deleteExternal(c *call) (object, *apiError) {
	c, i, err := c.findExternal()
	if err != nil {
		return nil, err
	}
	others := slices.DeleteFunc(slices.Clone(c.acct.ExternalAccounts), func(other *instrument) bool { return other == i })
	currency := i.currency()
	if c.acct.PayoutDefaults[currency] == i.id() {
		if currency == c.acct.payoutCurrency() || slices.ContainsFunc(others, func(other *instrument) bool { return other.currency() == currency }) {
			return nil, newError(400, "", "", "You cannot delete the default external account for your default currency. Please make "+
				"another external account the default using the `default_for_currency` param, and then delete this one.")
		}
		delete(c.acct.PayoutDefaults, currency)
	}
	gone := c.showExternal(i)
	c.acct.ExternalAccounts = others
	c.emit("account.external_account.deleted", gone, nil)
	return object{"id": i.id(), "object": i.kind(), "currency": currency, "deleted": true}, nil
}

// findExternal is what the path names, and the call inside its account.
func (c *call) findExternal() (*call, *instrument, *apiError) {
	c, err := c.inAccount()
	if err != nil {
		return nil, nil, err
	}
	i := findInstrument(c.acct.ExternalAccounts, c.id("id"))
	if i == nil {
		return nil, nil, noSuch("external account", c.id("id"), "id")
	}
	return c, i, nil
}

func (c *call) showExternal(i *instrument) object {
	owner := object{
		"account":                  expandable{id: c.account, load: c.showAccount},
		"available_payout_methods": []string{"standard", "instant"},
		"default_for_currency":     c.acct.PayoutDefaults[i.currency()] == i.id(),
	}
	if i.Card != nil {
		maps.Copy(owner, object{"currency": i.Card.Currency, "status": "new"})
	} else {
		maps.Copy(owner, object{
			"available_payout_methods": []string{"standard"},
			"future_requirements":      showRequirements(),
			"requirements":             showRequirements(),
			"status":                   bankNew, // verification is for customers' accounts
		})
	}
	return c.showInstrument(i, owner)
}

func showRequirements() object {
	return object{"currently_due": []string{}, "errors": []string{}, "past_due": []string{}, "pending_verification": []string{}}
}
