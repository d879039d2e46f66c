package stripetest

import "fmt"

const (
	modeAutomatic = "automatic"
	modeManual    = "manual"
	modeDefault   = "merchant_default" // in requests only
)

// cashBalance is the money that a customer has sent and not spent. Every customer has one; it is empty until it is funded.
type cashBalance struct {
	Mode         string           `json:"mode,omitempty"`      // empty: the merchant's default
	Available    map[string]int64 `json:"available,omitempty"` // nil: never funded
	Transactions []*transaction   `json:"transactions,omitempty"`
}

func cashBalanceParams() []param { return []param{cashBalanceSettings()} }

func cashBalanceRoutes() []route {
	const path = "/v1/customers/{customer}/cash_balance"
	return []route{
		{method: "GET", path: path, returns: "cash_balance", handle: getCashBalance},
		{method: "POST", path: path, params: cashBalanceParams, returns: "cash_balance", handle: updateCashBalance},
	}
}

func cashBalanceSettings() param {
	return hash("settings", enum("reconciliation_mode", modeAutomatic, modeManual, modeDefault))
}

func getCashBalance(c *call) (object, *apiError) {
	cus, err := c.findCustomer("customer")
	if err != nil {
		return nil, err
	}
	return c.showCashBalance(cus), nil
}

func updateCashBalance(c *call) (object, *apiError) {
	cus, err := c.findCustomer("customer")
	if err != nil {
		return nil, err
	}
	cus.CashBalance.change(c.form)
	return c.showCashBalance(cus), nil
}

// change writes the settings of a form that has them. Choosing a mode by name, even the merchant's, ends following the
// merchant's default; for automatic this is not verified.
func (b *cashBalance) change(f *form) {
	switch mode := f.text("settings", "reconciliation_mode"); mode {
	case "":
	case modeDefault:
		b.Mode = ""
	default:
		b.Mode = mode
	}
}

// mode is how funds are reconciled now.
func (b *cashBalance) mode(acct *account) string {
	if b.Mode == "" {
		return acct.ReconciliationMode
	}
	return b.Mode
}

// showCashBalance renders a cash balance. The spec's customer_account is left out, as the example in Stripe's
// reference does, although it may be null: it is for customers that are accounts, which the emulator doesn't model.
func (c *call) showCashBalance(cus *customer) object {
	return object{
		"object":    "cash_balance",
		"available": toObject(cus.CashBalance.Available),
		"customer":  cus.ID,
		"livemode":  false,
		"settings": object{
			"reconciliation_mode":    cus.CashBalance.mode(c.acct),
			"using_merchant_default": cus.CashBalance.Mode == "",
		},
	}
}

// SetReconciliationMode changes the account's default reconciliation mode, "automatic" or "manual".
func (a *Account) SetReconciliationMode(mode string) {
	mustMode("SetReconciliationMode", mode)
	a.setUp("SetReconciliationMode", func(c *call) *apiError {
		c.acct.ReconciliationMode = mode
		return nil
	})
}

func mustMode(method, mode string) {
	if mode != modeAutomatic && mode != modeManual {
		panic(fmt.Sprintf("stripetest: %s: the mode is %q: it must be automatic or manual", method, mode))
	}
}
