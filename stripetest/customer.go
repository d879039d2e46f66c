package stripetest

import (
	"fmt"
	"strings"
)

// customer is the state of one customer. A deleted one keeps its ID and nothing else.
type customer struct {
	ID             string            `json:"id"`
	Number         int               `json:"number"` // of the account's, in order of creation
	Created        int64             `json:"created"`
	Deleted        bool              `json:"deleted,omitempty"`
	Address        map[string]string `json:"address,omitempty"`
	Balance        int64             `json:"balance"`
	BusinessName   string            `json:"business_name,omitempty"`
	DefaultSource  string            `json:"default_source,omitempty"`
	Sources        []*instrument     `json:"sources,omitempty"` // oldest first
	Description    string            `json:"description,omitempty"`
	Email          string            `json:"email,omitempty"`
	IndividualName string            `json:"individual_name,omitempty"`
	Locales        []string          `json:"preferred_locales,omitempty"`
	Metadata       map[string]string `json:"metadata,omitempty"`
	Name           string            `json:"name,omitempty"`
	Phone          string            `json:"phone,omitempty"`
	TaxExempt      string            `json:"tax_exempt,omitempty"`
	CashBalance    cashBalance       `json:"cash_balance"`
}

func customerRoutes() []route {
	const path = "/v1/customers/{customer}"
	create := func() []param {
		return append(customerParams("payment_method", "tax_id_data", "test_clock"), open("source"))
	}
	update := func() []param { return append(customerParams("default_alipay_account"), sourceChangeParams()...) }
	return []route{
		{method: "GET", path: "/v1/customers", returns: "customer", list: true, params: customerFilter, handle: listCustomers},
		{method: "POST", path: "/v1/customers", params: create, returns: "customer", handle: createCustomer},
		{method: "GET", path: path, returns: "customer", handle: getCustomer},
		{method: "POST", path: path, params: update, returns: "customer", handle: updateCustomer},
		{method: "DELETE", path: path, handle: deleteCustomer},
	}
}

func customerParams(others ...string) []param {
	params := []param{
		addressParam("address"),
		integer("balance"),
		text("business_name", 150),
		hash("cash_balance", cashBalanceSettings()),
		text("description", 5000),
		text("email", 512),
		text("individual_name", 150),
		metadata(),
		text("name", 256),
		text("phone", 20),
		texts("preferred_locales"),
		enum("tax_exempt", "exempt", "none", "reverse").orEmpty(),
	}
	params = append(params, unmodelled("invoice_prefix", "invoice_settings", "next_invoice_sequence", "shipping", "tax")...)
	return append(params, unmodelled(others...)...)
}

func addressParam(name string) param {
	return hash(name, text("city", 5000), text("country", 5000), text("line1", 5000), text("line2", 5000),
		text("postal_code", 5000), text("state", 5000))
}

// address is the old one with the parts that were given: as with every update, what was not given stays as it is. Nil says
// that there is none, or that it was unset whole. That this holds for the parts of an address is not verified.
func (f *form) address(name string, old map[string]string) map[string]string {
	node := f.at(name)
	switch {
	case node == nil:
		return old
	case node.leaf:
		return nil
	}
	return node.over(old)
}

func showAddress(address map[string]string) any {
	if address == nil {
		return nil
	}
	o := object{}
	for _, field := range [...]string{"city", "country", "line1", "line2", "postal_code", "state"} {
		o[field] = nullable(address[field])
	}
	return o
}

func createCustomer(c *call) (object, *apiError) {
	cus := &customer{Created: c.now}
	change, err := c.readSourceChange(cus)
	if err != nil {
		return nil, err
	}
	if err := cus.change(c); err != nil {
		return nil, err
	}
	cus.ID = c.newID("cus_", 14)
	c.acct.addCustomer(cus)
	change.apply(c, cus)
	return c.showCustomer(cus), nil
}

func getCustomer(c *call) (object, *apiError) {
	cus := c.acct.Customers[c.id("customer")]
	if cus == nil {
		return nil, noSuch("customer", c.id("customer"), "id")
	}
	return c.showCustomer(cus), nil
}

func updateCustomer(c *call) (object, *apiError) {
	cus, err := c.findCustomer("id")
	if err != nil {
		return nil, err
	}
	change, err := c.readSourceChange(cus)
	if err != nil {
		return nil, err
	}
	if err := cus.change(c); err != nil {
		return nil, err
	}
	change.apply(c, cus)
	return c.showCustomer(cus), nil
}

func deleteCustomer(c *call) (object, *apiError) {
	cus, err := c.findCustomer("id")
	if err != nil {
		return nil, err
	}
	if cus.CashBalance.Available != nil {
		// That it is refused is documented, also when nothing is left in it; the status and the wording are not.
		return nil, newError(400, "", "", "You cannot delete a customer that has a cash balance: %s", cus.ID)
	}
	for _, i := range cus.Sources {
		c.consume(i) // that its sources can't be used any more is not verified
	}
	*cus = customer{ID: cus.ID, Created: cus.Created, Deleted: true}
	return c.showCustomer(cus), nil
}

// findCustomer is the customer that the path names; a deleted one is not there. param is what Stripe calls it: "customer",
// or "id" on the customer's own endpoints.
func (c *call) findCustomer(param string) (*customer, *apiError) {
	id := c.id("customer")
	cus := c.acct.Customers[id]
	if cus == nil || cus.Deleted {
		return nil, noSuch("customer", id, param)
	}
	return cus, nil
}

// change writes the request's parameters, all or none.
func (cus *customer) change(c *call) *apiError {
	merged, err := c.form.mergeMetadata(cus.Metadata)
	if err != nil {
		return err
	}
	cus.Metadata = merged
	f := c.form
	f.set("business_name", &cus.BusinessName)
	f.set("description", &cus.Description)
	f.set("email", &cus.Email)
	f.set("individual_name", &cus.IndividualName)
	f.set("name", &cus.Name)
	f.set("phone", &cus.Phone)
	f.set("tax_exempt", &cus.TaxExempt)
	cus.Balance = f.integer("balance", cus.Balance)
	cus.Address = f.address("address", cus.Address)
	if f.has("preferred_locales") {
		cus.Locales = f.texts("preferred_locales")
	}
	cus.CashBalance.change(f.at("cash_balance"))
	return nil
}

// AddCustomer adds a customer with that ID. It panics when the ID does not begin with "cus_", has a space, a slash,
// a ? or a #, or is taken.
func (a *Account) AddCustomer(id string) {
	a.setUp("AddCustomer", func(c *call) *apiError {
		if !strings.HasPrefix(id, "cus_") || strings.ContainsAny(id, "/?# ") {
			return misuse("%q is not a customer ID: it must begin with cus_ and have no space, slash, ? or #", id)
		}
		if c.acct.Customers[id] != nil {
			return misuse("there is a customer %q already", id)
		}
		c.acct.addCustomer(&customer{ID: id, Created: c.now})
		return nil
	})
}

// misuse is the error of a set-up method.
func misuse(format string, args ...any) *apiError {
	return &apiError{message: fmt.Sprintf(format, args...)}
}
