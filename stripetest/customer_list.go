package stripetest

import (
	"cmp"
	"slices"
)

// addCustomer puts a new customer behind those there are and were.
func (a *account) addCustomer(cus *customer) {
	cus.Number = len(a.Customers) + 1
	a.Customers[cus.ID] = cus
}

func customerFilter() []param {
	return append(unmodelled("test_clock"), createdParam(), text("email", 5000).nonEmpty())
}

func listCustomers(c *call) (object, *apiError) {
	created, err := c.createdFilter()
	if err != nil {
		return nil, err
	}
	email := c.form.text("email")
	var found []*customer
	for _, cus := range c.acct.Customers {
		wanted := (email == "" || cus.Email == email) && created(cus.Created)
		if !cus.Deleted && (wanted || c.isCursor(cus.ID)) {
			found = append(found, cus)
		}
	}
	slices.SortFunc(found, func(a, b *customer) int { return cmp.Compare(a.Number, b.Number) })
	return answerList(c, found, "customer", func(cus *customer) string { return cus.ID }, c.showCustomer)
}
