package paymentsource

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
)

// CreateBankAccountParams are a new bank account: a token or raw details, one of the two.
type CreateBankAccountParams struct {
	Token   string // "btok_…", as Stripe.js makes it
	Details *BankAccountDetails

	// DefaultForCurrency makes it an account's default for its currency; the first one is that anyway.
	DefaultForCurrency bool
	Metadata           stripecash.Metadata
}

// BankAccountDetails are a bank account's raw details.
type BankAccountDetails struct {
	AccountNumber     card.Secret         `url:"account_number"`     // required; an IBAN, where there are IBANs
	Country           string              `url:"country"`            // of the bank; two letters, ISO 3166-1 alpha-2; required
	Currency          stripecash.Currency `url:"currency,omitempty"` // one of the country's
	AccountHolderName string              `url:"account_holder_name,omitempty"`
	AccountHolderType HolderType          `url:"account_holder_type,omitempty"`
	RoutingNumber     string              `url:"routing_number,omitempty"` // or sort code; not with an IBAN

	AccountType AccountType      `url:"account_type,omitempty"` // only if the owner is a connected account
	Documents   *DocumentsParams `url:"documents,omitempty"`    // only if the owner is a connected account
}

// DocumentsParams are documents about a bank account.
type DocumentsParams struct {
	OwnershipVerification *FilesParams `url:"bank_account_ownership_verification,omitempty"`
}

// FilesParams are files that were uploaded to Stripe.
type FilesParams struct {
	Files []string `url:"files,brackets"` // IDs, "file_…"
}

func (p *CreateBankAccountParams) validate(owner Owner) error {
	switch {
	case p == nil, p.Token == "" && p.Details == nil:
		return errors.New("neither token nor details are given; one of them is required")
	case p.Token != "" && p.Details != nil:
		return errors.New("token and details are given; they exclude each other, give one") // a number may stand in the token
	case p.Token != strings.TrimSpace(p.Token):
		return errors.New("token has white space around it; trim it")
	case p.Token != "" && !strings.ContainsFunc(p.Token, unicode.IsLetter): // the API's error would show it
		return errors.New("token is a number; an account's number goes into details")
	case owner.kind != account && p.DefaultForCurrency:
		return errors.New("default_for_currency is true; only an account's bank account can be a default for its currency")
	case p.Details != nil:
		return p.Details.validate(owner)
	}
	return nil
}

func (d *BankAccountDetails) validate(owner Owner) error {
	switch {
	case d.AccountNumber.IsZero():
		return errors.New("details: account_number is empty; it is required")
	case d.Country == "":
		return errors.New("details: country is empty; it is required")
	case owner.kind != account && d.AccountType != "":
		return fmt.Errorf("details: account_type is %q; only an account's bank account has one", d.AccountType)
	case owner.kind != account && d.Documents != nil:
		return errors.New("details: documents are given; only an account's bank account has them")
	}
	if err := d.Documents.validate(); err != nil {
		return fmt.Errorf("details: %w", err)
	}
	return nil
}

// validate refuses documents that say nothing: nothing would be sent, and the caller believe that something was.
func (d *DocumentsParams) validate() error {
	if d != nil && (d.OwnershipVerification == nil || len(d.OwnershipVerification.Files) == 0) {
		return errors.New("documents: no files are named; name them or leave documents out")
	}
	return nil
}

// UpdateBankAccountParams are what can be changed of a bank account. Nil leaves a text alone.
type UpdateBankAccountParams struct {
	AccountHolderName *string             `url:"account_holder_name,omitempty"`
	AccountHolderType *HolderType         `url:"account_holder_type,omitempty"` // an account's is cleared by an empty one
	Metadata          stripecash.Metadata `url:"metadata"`

	// These are only for the bank account of a connected account. DefaultForCurrency makes it the default for its currency;
	// false leaves it alone: to change the default, set it for another one.
	AccountType        AccountType      `url:"account_type,omitempty"` // empty leaves it alone
	DefaultForCurrency bool             `url:"default_for_currency,omitempty"`
	Documents          *DocumentsParams `url:"documents,omitempty"`
}

func (p *UpdateBankAccountParams) validate(owner Owner) error {
	switch {
	case p == nil:
		return nil
	case owner.kind == account:
		return p.Documents.validate()
	case p.AccountType != "":
		return fmt.Errorf("account_type is %q; only an account's bank account has one", p.AccountType)
	case p.DefaultForCurrency:
		return errors.New("default_for_currency is true; only an account's bank account can be a default for its currency")
	case p.Documents != nil:
		return errors.New("documents are given; only an account's bank account has them")
	}
	return nil
}

// VerifyBankAccountParams are the amounts that the customer found on the statement of the bank account.
type VerifyBankAccountParams struct {
	Amounts [2]int64 `url:"amounts,brackets"` // minor units
}

// Validate implements [stripecash.Validator].
func (p *VerifyBankAccountParams) Validate() error {
	if p == nil {
		return errors.New("no VerifyBankAccountParams: two amounts are required")
	}
	for i, amount := range p.Amounts {
		if amount < 1 {
			return fmt.Errorf("amounts[%d] is %d; it must be at least 1, in the currency's smallest unit", i, amount)
		}
	}
	return nil
}
