package stripetest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ccb8c2b4/stripecash"
)

// BankTransfer is a bank transfer that a customer sends, for [Account.FundBy]. What is left empty is filled with an
// example; what the currency's region doesn't have is ignored.
type BankTransfer struct {
	Currency  stripecash.Currency // eur, gbp, jpy, mxn or usd
	Amount    int64               // in minor units
	Reference string              // what the sender wrote; empty is null

	SenderName         string // all but mxn
	BIC                string // eur
	IBANLast4          string // eur
	AccountNumberLast4 string // gbp
	SortCode           string // gbp
	SenderBank         string // jpy
	SenderBranch       string // jpy
	Network            string // usd: ach, domestic_wire_us or swift
}

func (b BankTransfer) details() map[string]string {
	return map[string]string{
		"sender_name":          b.SenderName,
		"bic":                  b.BIC,
		"iban_last4":           b.IBANLast4,
		"account_number_last4": b.AccountNumberLast4,
		"sort_code":            b.SortCode,
		"sender_bank":          b.SenderBank,
		"sender_branch":        b.SenderBranch,
		"network":              b.Network,
	}
}

// Fund lets a bank transfer of that amount, in minor units, arrive in a customer's cash balance, and returns the ID of the
// transaction.
func (a *Account) Fund(customer string, currency stripecash.Currency, amount int64) string {
	return a.fund("Fund", customer, BankTransfer{Currency: currency, Amount: amount})
}

// FundBy is [Account.Fund] with all that a bank transfer can tell.
func (a *Account) FundBy(customer string, transfer BankTransfer) string {
	return a.fund("FundBy", customer, transfer)
}

func (a *Account) fund(method, customer string, transfer BankTransfer) (id string) {
	a.setUp(method, func(c *call) *apiError {
		cus, err := c.mustCustomer(customer)
		if err != nil {
			return err
		}
		if err := transferable(transfer.Amount, transfer.Currency); err != nil {
			return err
		}
		t, err := c.receive(cus, transfer)
		if err != nil {
			return err
		}
		id = t.ID
		return nil
	})
	return id
}

// transferable refuses what no bank transfer can bring.
func transferable(amount int64, currency stripecash.Currency) *apiError {
	if amount < 1 || amount > maxTransfer {
		return misuse("the amount is %d: it must be from 1 to %d", amount, int64(maxTransfer))
	}
	return held(currency)
}

// held refuses a currency that no cash balance can hold.
func held(currency stripecash.Currency) *apiError {
	if _, ok := regionOf(string(currency)); !ok {
		return misuse("the currency is %q: it must be eur, gbp, jpy, mxn or usd", currency)
	}
	return nil
}

func (c *call) mustCustomer(id string) (*customer, *apiError) {
	cus := c.acct.Customers[id]
	if cus == nil || cus.Deleted {
		return nil, misuse("there is no customer %q: add it with AddCustomer", id)
	}
	return cus, nil
}

// Transaction is a cash balance transaction to be written as it is, for [Account.AddTransaction].
type Transaction struct {
	Type      string              // any of Stripe's nine but funded, which [Account.Fund] makes
	Currency  stripecash.Currency // eur, gbp, jpy, mxn or usd
	NetAmount int64               // in minor units; its sign must fit the type

	PaymentIntent      string // applied_to_payment and unapplied_from_payment; invented when empty
	Refund             string // refunded_from_payment; invented when empty
	BalanceTransaction string // transferred_to_balance and adjusted_for_overdraft; invented when empty
	LinkedTransaction  string // adjusted_for_overdraft: the transaction that overdrew the balance; by default the latest funding_reversed
}

// AddTransaction writes a movement to a customer's cash balance and returns its ID. It panics when the amount's sign
// doesn't fit the type, and when the balance doesn't suffice, which only funding_reversed may ignore.
func (a *Account) AddTransaction(customer string, t Transaction) string {
	return a.move("AddTransaction", func(c *call) (*transaction, *apiError) { return c.addTransaction(customer, t) })
}

func (c *call) addTransaction(customer string, t Transaction) (*transaction, *apiError) {
	cus, err := c.mustCustomer(customer)
	if err != nil {
		return nil, err
	}
	if err := t.check(&cus.CashBalance); err != nil {
		return nil, err
	}
	row := &transaction{
		Type:               t.Type,
		Currency:           string(t.Currency),
		NetAmount:          t.NetAmount,
		PaymentIntent:      c.invent(t.PaymentIntent, "pi_3", t.Type, txnApplied, txnUnapplied),
		Refund:             c.invent(t.Refund, "re_3", t.Type, txnRefunded),
		BalanceTransaction: c.invent(t.BalanceTransaction, "txn_1", t.Type, txnTransferred, txnOverdraft),
	}
	if t.Type == txnOverdraft {
		row.LinkedTransaction = cmp.Or(t.LinkedTransaction, cus.CashBalance.overdrew(row.Currency))
	}
	c.post(cus, row)
	return row, nil
}

// invent gives the ID that the types need: the caller's, or a new one.
func (c *call) invent(id, prefix, txnType string, types ...string) string {
	switch {
	case !slices.Contains(types, txnType):
		return ""
	case id != "":
		return id
	default:
		return c.newID(prefix, 23)
	}
}

func outgoingTypes() []string { return []string{txnApplied, txnTransferred, txnReturn, txnReversed} }
func incomingTypes() []string {
	return []string{txnUnapplied, txnRefunded, txnReturnUndone, txnOverdraft}
}

func (t Transaction) check(b *cashBalance) *apiError {
	outgoing, incoming := outgoingTypes(), incomingTypes()
	if err := held(t.Currency); err != nil {
		return err
	}
	switch {
	case slices.Contains(outgoing, t.Type) && t.NetAmount >= 0:
		return misuse("the net amount of %s is %d: it must be negative", t.Type, t.NetAmount)
	case slices.Contains(incoming, t.Type) && t.NetAmount <= 0:
		return misuse("the net amount of %s is %d: it must be positive", t.Type, t.NetAmount)
	case t.Type == txnOverdraft && t.NetAmount == -b.Available[string(t.Currency)]:
		return nil // whatever several reversals came to
	case t.NetAmount > maxTransfer || t.NetAmount < -maxTransfer:
		return misuse("the net amount is %d: it must be from -%d to %d", t.NetAmount, int64(maxTransfer), int64(maxTransfer))
	case t.Type == txnFunded:
		return misuse("use Fund for a transaction of type funded")
	case !slices.Contains(outgoing, t.Type) && !slices.Contains(incoming, t.Type):
		return misuse("the type is %q: it must be one of %s", t.Type, strings.Join(append(outgoing, incoming...), ", "))
	case t.NetAmount < 0 && t.Type != txnReversed && b.Available[string(t.Currency)]+t.NetAmount < 0:
		return misuse("%s needs %d %s and %d is available", t.Type, -t.NetAmount, t.Currency, b.Available[string(t.Currency)])
	default:
		return nil
	}
}
