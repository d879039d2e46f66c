package paymentsource

import "github.com/ccb8c2b4/stripecash"

// BankAccount is a customer's bank account that can be debited, or a connected account's that is paid out to. What Stripe
// does not know, and what does not apply to the owner, is empty.
type BankAccount struct {
	ID       string              `json:"id"`       // "ba_…"
	Object   string              `json:"object"`   // "bank_account"
	Customer stripecash.Ref      `json:"customer"` // expandable; of a customer's
	Account  stripecash.Ref      `json:"account"`  // expandable; of a connected account's
	Metadata stripecash.Metadata `json:"metadata"`
	Status   Status              `json:"status"`

	AccountHolderName string              `json:"account_holder_name"`
	AccountHolderType HolderType          `json:"account_holder_type"`
	AccountType       AccountType         `json:"account_type"`
	BankName          string              `json:"bank_name"`
	Country           string              `json:"country"` // of the bank; two letters, ISO 3166-1 alpha-2
	Currency          stripecash.Currency `json:"currency"`
	Fingerprint       string              `json:"fingerprint"` // the same for every bank account of the same number
	Last4             string              `json:"last4"`
	RoutingNumber     string              `json:"routing_number"`

	// These are set only for the bank account of a connected account.
	AvailablePayoutMethods []PayoutMethod `json:"available_payout_methods"`
	DefaultForCurrency     bool           `json:"default_for_currency"`
	FutureRequirements     *Requirements  `json:"future_requirements"`
	Requirements           *Requirements  `json:"requirements"`
}

// ObjectID is the bank account's ID.
func (b *BankAccount) ObjectID() string { return b.ID }

// ObjectName is what a bank account calls itself in the API.
func (*BankAccount) ObjectName() string { return "bank_account" }

// Deleted is the answer to a delete: it confirms which bank account was deleted.
type Deleted struct {
	ID       string              `json:"id"`
	Object   string              `json:"object"`   // "bank_account"
	Deleted  bool                `json:"deleted"`  // true; false if the answer did not say so
	Currency stripecash.Currency `json:"currency"` // of an account's
}

// Requirements are what Stripe wants to know before it pays out, named as parameters of the account are.
type Requirements struct {
	CurrentlyDue        []string           `json:"currently_due"`
	Errors              []RequirementError `json:"errors"` // of those that are due again, because they were not right
	PastDue             []string           `json:"past_due"`
	PendingVerification []string           `json:"pending_verification"`
}

// RequirementError is why Stripe wants to know something again.
type RequirementError struct {
	Code        RequirementCode `json:"code"`   // for programs
	Reason      string          `json:"reason"` // for people
	Requirement string          `json:"requirement"`
}

// Status is what Stripe knows of a bank account.
type Status string

// The statuses of bank accounts.
const (
	StatusErrored            Status = "errored" // a payout failed, and scheduled ones are stopped
	StatusNew                Status = "new"
	StatusNumberDeactivated  Status = "tokenized_account_number_deactivated" // it must be verified again
	StatusValidated          Status = "validated"                            // it exists
	StatusVerificationFailed Status = "verification_failed"
	StatusVerified           Status = "verified" // it is the customer's own
)

// HolderType is who holds a bank account.
type HolderType string

// The types of holders.
const (
	HolderTypeCompany    HolderType = "company"
	HolderTypeIndividual HolderType = "individual"
)

// AccountType is the type of a bank account.
type AccountType string

// The types of bank accounts; the last two are Japanese.
const (
	AccountTypeChecking AccountType = "checking"
	AccountTypeSavings  AccountType = "savings"
	AccountTypeFutsu    AccountType = "futsu"
	AccountTypeToza     AccountType = "toza"
)

// PayoutMethod is how fast a payout can get to a bank account.
type PayoutMethod string

// The methods of payouts.
const (
	PayoutMethodInstant  PayoutMethod = "instant"
	PayoutMethodStandard PayoutMethod = "standard"
)
