package stripetest

import "slices"

// transaction is one movement of a cash balance.
type transaction struct {
	ID                 string        `json:"id"`
	Created            int64         `json:"created"`
	Type               string        `json:"type"`
	Currency           string        `json:"currency"`
	NetAmount          int64         `json:"net_amount"`
	EndingBalance      int64         `json:"ending_balance"`
	BankTransfer       *bankTransfer `json:"bank_transfer,omitempty"`
	PaymentIntent      string        `json:"payment_intent,omitempty"`
	Refund             string        `json:"refund,omitempty"`
	BalanceTransaction string        `json:"balance_transaction,omitempty"`
	LinkedTransaction  string        `json:"linked_transaction,omitempty"`
	Undone             bool          `json:"undone,omitempty"` // a return that was canceled, a funding that was reversed
}

const (
	txnFunded        = "funded"
	txnApplied       = "applied_to_payment"
	txnUnapplied     = "unapplied_from_payment"
	txnRefunded      = "refunded_from_payment"
	txnTransferred   = "transferred_to_balance"
	txnReturn        = "return_initiated"
	txnReturnUndone  = "return_canceled"
	txnReversed      = "funding_reversed"
	txnOverdraft     = "adjusted_for_overdraft"
	transactionKind  = "customer_cash_balance_transaction"
	transactionsPath = "/v1/customers/{customer}/cash_balance_transactions"
)

func transactionRoutes() []route {
	return []route{
		{method: "GET", path: transactionsPath, returns: transactionKind, list: true, handle: listTransactions},
		{method: "GET", path: transactionsPath + "/{transaction}", returns: transactionKind, handle: getTransaction},
		{method: "POST", path: "/v1/test_helpers/customers/{customer}/fund_cash_balance", returns: transactionKind,
			params: func() []param {
				return []param{
					integer("amount").require().between(1, maxTransfer),
					text("currency", 5000).require(),
					text("reference", 5000),
				}
			},
			handle: fundCashBalance},
	}
}

func listTransactions(c *call) (object, *apiError) {
	cus, err := c.findCustomer("customer")
	if err != nil {
		return nil, err
	}
	return answerList(c, cus.CashBalance.Transactions, transactionKind,
		func(t *transaction) string { return t.ID },
		func(t *transaction) object { return c.showTransaction(cus, t) })
}

func getTransaction(c *call) (object, *apiError) {
	cus, err := c.findCustomer("customer")
	if err != nil {
		return nil, err
	}
	t := cus.CashBalance.transaction(c.id("transaction"))
	if t == nil {
		return nil, noSuch(transactionKind, c.id("transaction"), "transaction")
	}
	return c.showTransaction(cus, t), nil
}

func (b *cashBalance) transaction(id string) *transaction {
	for _, t := range b.Transactions {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// overdrew is the ID of the last transaction that took funds back in a currency: the reversal that an adjustment is for.
// Without one it is the last transaction, and empty when there is none.
func (b *cashBalance) overdrew(currency string) string {
	last := ""
	for _, t := range slices.Backward(b.Transactions) {
		switch {
		case t.Currency != currency:
		case t.Type == txnReversed:
			return t.ID
		case last == "":
			last = t.ID
		}
	}
	return last
}

// transaction finds a transaction of any customer, and its customer.
func (a *account) transaction(id string) (*customer, *transaction) {
	for _, cus := range a.Customers {
		if t := cus.CashBalance.transaction(id); t != nil {
			return cus, t
		}
	}
	return nil, nil
}

// post writes a movement to the ledger. It is the only place that changes what is available, so that the balance is always
// the sum of its transactions.
func (c *call) post(cus *customer, t *transaction) {
	b := &cus.CashBalance
	if b.Available == nil {
		b.Available = map[string]int64{}
	}
	b.Available[t.Currency] += t.NetAmount
	t.ID = c.newID("ccsbtxn_1", 23)
	t.Created = c.now
	t.EndingBalance = b.Available[t.Currency]
	b.Transactions = append(b.Transactions, t)
	c.emit("customer_cash_balance_transaction.created", c.showTransaction(cus, t), nil)
}

func (c *call) showTransaction(cus *customer, t *transaction) object {
	o := object{
		"id":             t.ID,
		"object":         transactionKind,
		"created":        t.Created,
		"currency":       t.Currency,
		"customer":       c.customerRef(cus.ID),
		"ending_balance": t.EndingBalance,
		"livemode":       false,
		"net_amount":     t.NetAmount,
		"type":           t.Type,
	}
	switch t.Type {
	case txnFunded:
		o[t.Type] = object{"bank_transfer": t.BankTransfer.show()}
	case txnApplied, txnUnapplied:
		o[t.Type] = object{"payment_intent": c.intentRef(t.PaymentIntent)}
	case txnRefunded:
		o[t.Type] = object{"refund": expandable{id: t.Refund}}
	case txnTransferred:
		o[t.Type] = object{"balance_transaction": expandable{id: t.BalanceTransaction}}
	case txnOverdraft:
		o[t.Type] = object{
			"balance_transaction": expandable{id: t.BalanceTransaction},
			"linked_transaction": expandable{id: t.LinkedTransaction, load: func() object {
				if linked := cus.CashBalance.transaction(t.LinkedTransaction); linked != nil {
					return c.showTransaction(cus, linked)
				}
				return nil
			}},
		}
	}
	return o
}

func transactionExpansions() expansions {
	nested := func(txnType string) string { return transactionKind + "." + txnType }
	return expansions{
		transactionKind: {
			"customer":     "customer",
			txnOverdraft:   nested(txnOverdraft),
			txnApplied:     nested(txnApplied),
			txnFunded:      nested(txnFunded),
			txnRefunded:    nested(txnRefunded),
			txnTransferred: nested(txnTransferred),
			txnUnapplied:   nested(txnUnapplied),
		},
		nested(txnOverdraft):   {"balance_transaction": unmodelledKind, "linked_transaction": transactionKind},
		nested(txnApplied):     {"payment_intent": "payment_intent"},
		nested(txnFunded):      {"bank_transfer": ""},
		nested(txnRefunded):    {"refund": unmodelledKind},
		nested(txnTransferred): {"balance_transaction": unmodelledKind},
		nested(txnUnapplied):   {"payment_intent": "payment_intent"},
	}
}
