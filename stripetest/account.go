package stripetest

import "github.com/ccb8c2b4/stripecash"

func accountRoutes() []route {
	return []route{
		{method: "GET", path: "/v1/account", returns: "account", handle: getOwnAccount},
		{method: "GET", path: "/v1/accounts/{account}", returns: "account", handle: getAccount},
	}
}

func getOwnAccount(c *call) (object, *apiError) { return c.showAccount(), nil }

func getAccount(c *call) (object, *apiError) {
	inner, err := c.inAccount()
	if err != nil {
		return nil, err
	}
	return inner.showAccount(), nil
}

// inAccount is the call as if it were made to the account that the path names, so that what it does and the events of it
// belong there. Only the platform can name an account other than its own.
func (c *call) inAccount() (*call, *apiError) {
	inner := *c
	inner.account, inner.unnamed = c.id("account"), false
	if c.account != c.srv.state.Platform && c.account != inner.account {
		return nil, c.noAccess(inner.account)
	}
	acct, err := c.srv.enter(&inner)
	inner.acct = acct
	return &inner, err
}

// showAccount renders the account as far as payouts to it need.
func (c *call) showAccount() object {
	data := list{}
	for n := len(c.acct.ExternalAccounts) - 1; n >= 0 && len(data) < defaultLimit; n-- {
		data = append(data, c.showExternal(c.acct.ExternalAccounts[n]))
	}
	return object{
		"id":                c.account,
		"object":            "account",
		"charges_enabled":   true,
		"country":           "US",
		"default_currency":  c.acct.payoutCurrency(),
		"details_submitted": true,
		"email":             nil,
		"external_accounts": object{
			"object":   "list",
			"data":     data,
			"has_more": len(c.acct.ExternalAccounts) > len(data),
			"url":      "/v1/accounts/" + c.account + "/external_accounts",
		},
		"metadata":        object{},
		"payouts_enabled": true,
	}
}

// payoutCurrency is the currency that the account keeps its money in.
func (a *account) payoutCurrency() string {
	if a.DefaultCurrency == "" {
		return "usd"
	}
	return a.DefaultCurrency
}

// SetDefaultCurrency changes the account's default currency, which is usd at first. The default external account of that
// currency can't be deleted.
func (a *Account) SetDefaultCurrency(currency stripecash.Currency) {
	a.setUp("SetDefaultCurrency", func(c *call) *apiError {
		if !isCurrency(string(currency)) {
			return misuse("%q is not a currency: it must be three lower-case letters", currency)
		}
		c.acct.DefaultCurrency = string(currency)
		return nil
	})
}

func accountExpansions() expansions {
	return expansions{
		"account": {
			"business_profile": unmodelledKind, "capabilities": unmodelledKind, "company": unmodelledKind, "controller": unmodelledKind,
			"external_accounts": "external_account_list", "future_requirements": unmodelledKind, "groups": unmodelledKind,
			"individual": unmodelledKind, "requirements": unmodelledKind, "settings": unmodelledKind, "tos_acceptance": unmodelledKind,
		},
		"external_account_list": {"data": "external_account"},
	}
}
