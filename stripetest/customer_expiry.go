package stripetest

import "time"

// ExpireCards lets Stripe announce the cards of a customer that expire at the end of the clock's month, with the event
// customer.source.expiring for each, oldest first, and returns how many there are.
func (a *Account) ExpireCards(customer string) (announced int) {
	a.setUp("ExpireCards", func(c *call) *apiError {
		cus, err := c.mustCustomer(customer)
		if err != nil {
			return err
		}
		today := time.Unix(c.now, 0).UTC()
		for _, i := range cus.Sources {
			k := i.Card
			if i.Source != "" {
				k = c.acct.Sources[i.Source].Card
			}
			if k == nil || k.ExpYear != int64(today.Year()) || k.ExpMonth != int64(today.Month()) {
				continue
			}
			c.emit("customer.source.expiring", c.showCustomerSource(cus, i), nil)
			announced++
		}
		return nil
	})
	return announced
}
