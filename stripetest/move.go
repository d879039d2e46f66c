package stripetest

import "github.com/ccb8c2b4/stripecash"

// The methods below are what happens to money without a request: in the Dashboard, at a bank, by time.

// AddPaymentIntent creates and confirms a PaymentIntent of type customer_balance, and returns its ID. In automatic mode it
// takes what it needs from the customer's cash balance at once.
func (a *Account) AddPaymentIntent(customer string, currency stripecash.Currency, amount int64) (id string) {
	a.setUp("AddPaymentIntent", func(c *call) *apiError {
		if _, err := c.mustCustomer(customer); err != nil {
			return err
		}
		if err := transferable(amount, currency); err != nil {
			return err
		}
		place, _ := regionOf(string(currency))
		pi := &paymentIntent{Created: c.now, Customer: customer, Amount: amount, Currency: string(currency), Status: needsConfirm,
			PaymentMethod: "pm_", TransferType: place.kind}
		if currency == "eur" {
			pi.Country = "DE"
		}
		c.addIntent(pi)
		c.confirm(pi)
		id = pi.ID
		return nil
	})
	return id
}

// RefundToBalance refunds a succeeded PaymentIntent, or part of it, to the customer's cash balance, and returns the ID of the
// transaction, of type refunded_from_payment.
func (a *Account) RefundToBalance(paymentIntent string, amount int64) string {
	return a.move("RefundToBalance", func(c *call) (*transaction, *apiError) {
		pi, cus, err := c.mustIntent(paymentIntent)
		if err != nil {
			return nil, err
		}
		if pi.Status != succeeded || amount < 1 || amount > pi.Funded-pi.Refunded {
			return nil, misuse("PaymentIntent %s is %s, and %d of it can be refunded, not %d", pi.ID, pi.Status, pi.Funded-pi.Refunded, amount)
		}
		pi.Refunded += amount
		t := &transaction{Type: txnRefunded, Currency: pi.Currency, NetAmount: amount, Refund: c.newID("re_3", 23)}
		c.post(cus, t)
		return t, nil
	})
}

// Unapply takes funds back from a PaymentIntent that is partially funded, and returns the ID of the transaction, of type
// unapplied_from_payment.
func (a *Account) Unapply(paymentIntent string, amount int64) string {
	return a.move("Unapply", func(c *call) (*transaction, *apiError) {
		pi, cus, err := c.mustIntent(paymentIntent)
		if err != nil {
			return nil, err
		}
		if pi.Status == succeeded || amount < 1 || amount > pi.Funded {
			return nil, misuse("PaymentIntent %s is %s and funded with %d: %d can't be unapplied", pi.ID, pi.Status, pi.Funded, amount)
		}
		return c.unapply(cus, pi, amount), nil
	})
}

// InitiateReturn sends funds of a cash balance back to the customer's bank, and returns the ID of the transaction, of type
// return_initiated.
func (a *Account) InitiateReturn(customer string, currency stripecash.Currency, amount int64) string {
	return a.withdraw("InitiateReturn", customer, Transaction{Type: txnReturn, Currency: currency, NetAmount: -amount})
}

// TransferToBalance moves funds of a cash balance to the account's own Stripe balance, and returns the ID of the transaction,
// of type transferred_to_balance.
func (a *Account) TransferToBalance(customer string, currency stripecash.Currency, amount int64) string {
	return a.withdraw("TransferToBalance", customer, Transaction{Type: txnTransferred, Currency: currency, NetAmount: -amount})
}

func (a *Account) withdraw(method, customer string, t Transaction) string {
	return a.move(method, func(c *call) (*transaction, *apiError) { return c.addTransaction(customer, t) })
}

// CancelReturn undoes a return: its funds come back to the cash balance. It takes the ID of the transaction of type
// return_initiated, and returns that of type return_canceled.
func (a *Account) CancelReturn(transaction string) string {
	return a.undo("CancelReturn", transaction, txnReturn, txnReturnUndone)
}

// ReverseFunding takes back what a bank transfer brought, as the sender's bank may do, and leaves the balance negative when it
// is spent. It takes the ID of the transaction of type funded, and returns that of type funding_reversed.
func (a *Account) ReverseFunding(transaction string) string {
	return a.undo("ReverseFunding", transaction, txnFunded, txnReversed)
}

// AdjustForOverdraft fills a negative cash balance up to zero from the account's own Stripe balance, and returns the ID of the
// transaction, of type adjusted_for_overdraft.
func (a *Account) AdjustForOverdraft(customer string, currency stripecash.Currency) string {
	return a.move("AdjustForOverdraft", func(c *call) (*transaction, *apiError) {
		cus, err := c.mustCustomer(customer)
		if err != nil {
			return nil, err
		}
		overdraft := -cus.CashBalance.Available[string(currency)]
		if overdraft <= 0 {
			return nil, misuse("customer %s has no overdraft in %s", customer, currency)
		}
		return c.addTransaction(customer, Transaction{Type: txnOverdraft, Currency: currency, NetAmount: overdraft})
	})
}

// undo writes the opposite of a transaction, once.
func (a *Account) undo(method, id, from, to string) string {
	return a.move(method, func(c *call) (*transaction, *apiError) {
		cus, done := c.acct.transaction(id)
		if done == nil || done.Type != from || done.Undone {
			return nil, misuse("there is no transaction %q of type %s that can be undone", id, from)
		}
		done.Undone = true
		t := &transaction{Type: to, Currency: done.Currency, NetAmount: -done.NetAmount}
		c.post(cus, t)
		return t, nil
	})
}

func (a *Account) move(method string, work func(*call) (*transaction, *apiError)) (id string) {
	a.setUp(method, func(c *call) *apiError {
		t, err := work(c)
		if err == nil {
			id = t.ID
		}
		return err
	})
	return id
}

func (c *call) mustIntent(id string) (*paymentIntent, *customer, *apiError) {
	pi := c.acct.intent(id)
	if pi == nil {
		return nil, nil, misuse("there is no PaymentIntent %q", id)
	}
	return pi, c.acct.Customers[pi.Customer], nil
}
