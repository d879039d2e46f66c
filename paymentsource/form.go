package paymentsource

import (
	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/internal/only"
)

// The API takes a new bank account as source or external_account, depending on its owner. Token and details share
// the name: of the two fields only one is ever set.
type (
	customerForm struct {
		creation
		Token    string              `url:"source,omitempty"`
		Details  *typedDetails       `url:"source,omitempty"`
		Metadata stripecash.Metadata `url:"metadata"`
	}
	accountForm struct {
		creation
		Token              string              `url:"external_account,omitempty"`
		Details            *typedDetails       `url:"external_account,omitempty"`
		DefaultForCurrency bool                `url:"default_for_currency,omitempty"`
		Metadata           stripecash.Metadata `url:"metadata"`
	}
)

// typedDetails say what they are details of; they could be a card's.
type typedDetails struct {
	Object              string `url:"object"`
	*BankAccountDetails `url:",omitempty"`
}

// creation is the part of a form that is not sent: what is asked whether the form may be.
type creation struct {
	owner  Owner
	params *CreateBankAccountParams
}

// Validate implements [stripecash.Validator].
func (c creation) Validate() error {
	if err := c.owner.Validate(); err != nil {
		return err
	}
	return c.params.validate(c.owner)
}

// create puts params into the owner's form.
func (o Owner) create(p *CreateBankAccountParams) any {
	check := creation{o, p}
	if p == nil {
		return check // refuses it
	}
	var typed *typedDetails
	if p.Details != nil {
		typed = &typedDetails{Object: "bank_account", BankAccountDetails: p.Details}
	}
	if o.kind == account {
		return &accountForm{check, p.Token, typed, p.DefaultForCurrency, p.Metadata}
	}
	return &customerForm{check, p.Token, typed, p.Metadata}
}

// update is what changes a bank account, and which one of whom.
func (o Owner) update(id string, p *UpdateBankAccountParams) change {
	return change{only.BankAccount(o, id), o, p}
}

type change struct {
	id                       only.ID
	owner                    Owner
	*UpdateBankAccountParams `url:",omitempty"` // without omitempty, nil params would be sent as a parameter of that name
}

// Validate implements [stripecash.Validator].
func (c change) Validate() error {
	if err := c.id.Validate(); err != nil {
		return err
	}
	return c.validate(c.owner)
}
