package stripetest

import "slices"

// maxBankFailures is how many wrong answers a bank account takes, as Stripe documents for micro-deposits.
const maxBankFailures = 10

func bankVerifyRoutes() []route {
	return []route{
		{method: "POST", path: "/v1/customers/{customer}/sources/{id}/verify", returns: kindOfBank,
			params: func() []param { return []param{array("amounts", integer("")).require()} }, handle: verifyBankAccount},
	}
}

// verifyBankAccount compares the amounts with those of Stripe's test micro-deposits, 32 and 45 cents, in either order. The
// answer to wrong ones was observed; the other wordings are not verified.
func verifyBankAccount(c *call) (object, *apiError) {
	cus, i, err := c.findCustomerSource(kindOfBank)
	if err != nil {
		return nil, err
	}
	amounts := c.form.texts("amounts")
	if len(amounts) != 2 {
		return nil, invalidRequest("", "amounts", "You must provide the amounts of both deposits.")
	}
	b := i.BankAccount
	switch b.Status {
	case bankVerified:
		return nil, newError(400, "", "", "This bank account has already been verified.")
	case bankFailed:
		return nil, newError(400, "bank_account_verification_failed", "", "This bank account cannot be verified: there were too "+
			"many failed attempts.")
	}
	before := c.showCustomerSource(cus, i)
	slices.Sort(amounts)
	if !slices.Equal(amounts, []string{"32", "45"}) {
		b.Failures++ // the one thing that a failing request may write: the attempt
		if b.Failures >= maxBankFailures {
			b.Status = bankFailed
			c.emitUpdate("customer.source.updated", before, c.showCustomerSource(cus, i))
		}
		return nil, newError(402, "bank_account_verification_failed", "", "The amounts provided do not match the amounts that "+
			"were sent to the bank account.")
	}
	b.Status = bankVerified
	after := c.showCustomerSource(cus, i)
	c.emitUpdate("customer.source.updated", before, after)
	return after, nil
}
