package stripetest

import (
	"cmp"
	"strings"

	"github.com/ccb8c2b4/stripecash"
)

// bankTransfer is how funds came in.
type bankTransfer struct {
	Type      string            `json:"type"`
	Reference string            `json:"reference,omitempty"`
	Details   map[string]string `json:"details,omitempty"`
}

// maxTransfer keeps sums far from overflowing; Stripe's own limit is not documented.
const maxTransfer = 999_999_999_999

// region is what the bank transfers of a currency look like.
type region struct {
	kind    string   // of the transfer, and of its hash
	fields  []string // of that hash; Mexico's has none
	example map[string]string
}

// regionOf gives the region of a currency that a cash balance can hold.
func regionOf(currency string) (region, bool) {
	switch currency {
	case "eur":
		return region{"eu_bank_transfer", []string{"bic", "iban_last4", "sender_name"},
			map[string]string{"bic": "BANKDEAAXXX", "iban_last4": "7089", "sender_name": "Sample Business GmbH"}}, true
	case "gbp":
		return region{"gb_bank_transfer", []string{"account_number_last4", "sender_name", "sort_code"},
			map[string]string{"account_number_last4": "2345", "sender_name": "Sample Business Ltd", "sort_code": "108800"}}, true
	case "jpy":
		return region{"jp_bank_transfer", []string{"sender_bank", "sender_branch", "sender_name"},
			map[string]string{"sender_bank": "0001", "sender_branch": "001", "sender_name": "SAMPLE BUSINESS"}}, true
	case "mxn":
		return region{kind: "mx_bank_transfer"}, true
	case "usd":
		return region{"us_bank_transfer", []string{"network", "sender_name"},
			map[string]string{"network": "ach", "sender_name": "Sample Business Inc."}}, true
	default:
		return region{}, false
	}
}

func (b *bankTransfer) show() object {
	o := object{"type": b.Type, "reference": nullable(b.Reference)}
	if len(b.Details) > 0 {
		details := object{}
		for name, value := range b.Details {
			details[name] = nullable(value)
		}
		o[b.Type] = details
	}
	return o
}

func fundCashBalance(c *call) (object, *apiError) {
	cus, err := c.findCustomer("customer")
	if err != nil {
		return nil, err
	}
	t, err := c.receive(cus, BankTransfer{
		Currency:  stripecash.Currency(strings.ToLower(c.form.text("currency"))),
		Amount:    c.form.integer("amount", 0),
		Reference: c.form.text("reference"),
	})
	if err != nil {
		return nil, err
	}
	return c.showTransaction(cus, t), nil
}

// receive lets a bank transfer arrive in a customer's cash balance.
func (c *call) receive(cus *customer, transfer BankTransfer) (*transaction, *apiError) {
	place, ok := regionOf(string(transfer.Currency))
	if !ok {
		// The currencies are documented; the wording is not verified.
		return nil, invalidRequest("", "currency", "Invalid currency: %s. Cash balances can be held in eur, gbp, jpy, mxn, and usd.",
			transfer.Currency)
	}
	details := map[string]string{}
	for _, name := range place.fields {
		details[name] = cmp.Or(transfer.details()[name], place.example[name])
	}
	t := &transaction{
		Type:         txnFunded,
		Currency:     string(transfer.Currency),
		NetAmount:    transfer.Amount,
		BankTransfer: &bankTransfer{Type: place.kind, Reference: transfer.Reference, Details: details},
	}
	c.post(cus, t)
	c.reconcile(cus, t)
	if cus.CashBalance.mode(c.acct) == modeManual || cus.CashBalance.Available[t.Currency] > 0 {
		c.emit("cash_balance.funds_available", c.showCashBalance(cus), nil)
	}
	return t, nil
}
