package stripetest

import "slices"

// reconcile moves new funds to the PaymentIntents that await them, in the order of Stripe's guide: the one whose reference
// the transfer carries; a group of one to five that needs exactly what was sent; the rest oldest first, partly at the end.
// Invoices, which would come before each, are not modeled. In manual mode nothing moves.
// See https://docs.stripe.com/payments/customer-balance/reconciliation.
func (c *call) reconcile(cus *customer, funding *transaction) {
	if cus.CashBalance.mode(c.acct) != modeAutomatic {
		return
	}
	open := c.awaiting(cus, funding.Currency)
	if pi := byReference(open, funding.BankTransfer.Reference); pi != nil {
		// What it doesn't need goes on to the others: that follows from the guide's last step, and is not verified.
		open = slices.Insert(slices.DeleteFunc(open, func(other *paymentIntent) bool { return other == pi }), 0, pi)
	} else if group := exactGroup(open, funding.NetAmount); group != nil {
		open = append(group, open...)
	}
	for _, pi := range open {
		amount := min(pi.remaining(), cus.CashBalance.Available[funding.Currency])
		if pi.Status == needsAction && amount > 0 {
			c.apply(cus, pi, amount)
		}
	}
}

// awaiting is the customer's PaymentIntents that wait for funds, oldest first, whenever they were confirmed.
func (c *call) awaiting(cus *customer, currency string) []*paymentIntent {
	var open []*paymentIntent
	for _, pi := range c.acct.PaymentIntents {
		if pi.Customer == cus.ID && pi.Currency == currency && pi.Status == needsAction {
			open = append(open, pi)
		}
	}
	return open
}

func byReference(open []*paymentIntent, reference string) *paymentIntent {
	for _, pi := range open {
		if reference != "" && pi.Reference == reference {
			return pi
		}
	}
	return nil
}

// Limits of the search for an exact group. The first is documented; the second is the emulator's, and bounds its work: it
// looks for groups of three and more among the oldest so many.
const (
	maxGroup      = 5
	maxCandidates = 40
)

// exactGroup finds the smallest group that needs exactly that amount; of several, the one with the oldest members.
func exactGroup(open []*paymentIntent, amount int64) []*paymentIntent {
	for size := 1; size <= maxGroup; size++ {
		if size > 2 {
			open = open[:min(len(open), maxCandidates)]
		}
		if group := groupOf(open, size, amount); group != nil {
			return group
		}
	}
	return nil
}

// groupOf finds the first group of a size, in order of age.
func groupOf(open []*paymentIntent, size int, amount int64) []*paymentIntent {
	for i, pi := range open {
		rest := amount - pi.remaining()
		if size == 1 && rest == 0 {
			return []*paymentIntent{pi}
		}
		if size > 1 && rest > 0 {
			if group := groupOf(open[i+1:], size-1, rest); group != nil {
				return append([]*paymentIntent{pi}, group...)
			}
		}
	}
	return nil
}
