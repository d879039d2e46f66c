package transaction

import "github.com/ccb8c2b4/stripecash"

// Transaction is one movement of a customer's cash balance. Of the fields after Type at most one is set, the one named like
// the type; funding_reversed, return_canceled and return_initiated have none.
type Transaction struct {
	ID              string               `json:"id"`     // "ccsbtxn_…"
	Object          string               `json:"object"` // "customer_cash_balance_transaction"
	Created         stripecash.Timestamp `json:"created"`
	Currency        stripecash.Currency  `json:"currency"`
	Customer        stripecash.Ref       `json:"customer"`         // expandable
	CustomerAccount string               `json:"customer_account"` // ID of the account that is the customer, if one is
	NetAmount       int64                `json:"net_amount"`       // minor units; negative when funds left the balance
	EndingBalance   int64                `json:"ending_balance"`   // minor units, in Currency, after this transaction
	Livemode        bool                 `json:"livemode"`
	Type            Type                 `json:"type"`

	AdjustedForOverdraft *AdjustedForOverdraft `json:"adjusted_for_overdraft,omitempty"`
	AppliedToPayment     *AppliedToPayment     `json:"applied_to_payment,omitempty"`
	Funded               *Funded               `json:"funded,omitempty"`
	RefundedFromPayment  *RefundedFromPayment  `json:"refunded_from_payment,omitempty"`
	TransferredToBalance *TransferredToBalance `json:"transferred_to_balance,omitempty"`
	UnappliedFromPayment *UnappliedFromPayment `json:"unapplied_from_payment,omitempty"`
}

// ObjectID is the transaction's ID.
func (t *Transaction) ObjectID() string { return t.ID }

// ObjectName is what a transaction calls itself in the API.
func (*Transaction) ObjectName() string { return "customer_cash_balance_transaction" }

// Type is why a cash balance changed. Stripe may add types.
//
// See https://docs.stripe.com/payments/customer-balance#types.
type Type string

// The types of transactions.
const (
	TypeAdjustedForOverdraft Type = "adjusted_for_overdraft" // your Stripe balance made up for a reversed funding
	TypeAppliedToPayment     Type = "applied_to_payment"     // a payment intent took funds
	TypeFunded               Type = "funded"                 // a bank transfer landed
	TypeFundingReversed      Type = "funding_reversed"       // a funding was reversed by the bank
	TypeRefundedFromPayment  Type = "refunded_from_payment"  // a payment was refunded into the balance
	TypeReturnCanceled       Type = "return_canceled"        // a return to the customer's bank did not happen
	TypeReturnInitiated      Type = "return_initiated"       // funds are on the way back to the customer's bank
	TypeTransferredToBalance Type = "transferred_to_balance" // funds went to your Stripe balance
	TypeUnappliedFromPayment Type = "unapplied_from_payment" // a payment intent gave funds back
)

// AdjustedForOverdraft tells of a funding that was reversed after its funds had been used.
type AdjustedForOverdraft struct {
	BalanceTransaction stripecash.Ref                     `json:"balance_transaction"` // expandable; of your Stripe balance
	LinkedTransaction  stripecash.Expandable[Transaction] `json:"linked_transaction"`  // the reversal that caused it
}

// AppliedToPayment tells which payment intent took the funds.
type AppliedToPayment struct {
	PaymentIntent stripecash.Ref `json:"payment_intent"` // expandable
}

// RefundedFromPayment tells which refund went into the balance.
type RefundedFromPayment struct {
	Refund stripecash.Ref `json:"refund"` // expandable
}

// TransferredToBalance tells where in your Stripe balance the funds arrived.
type TransferredToBalance struct {
	BalanceTransaction stripecash.Ref `json:"balance_transaction"` // expandable
}

// UnappliedFromPayment tells which payment intent gave the funds back.
type UnappliedFromPayment struct {
	PaymentIntent stripecash.Ref `json:"payment_intent"` // expandable
}
