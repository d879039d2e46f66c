package card

import (
	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/internal/only"
)

// The API takes a new card as source, external_account or card, depending on its owner. Token and details share
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
	recipientForm struct {
		creation
		Token    string              `url:"card,omitempty"`
		Details  *Details            `url:"card,omitempty"`
		Metadata stripecash.Metadata `url:"metadata"`
	}
)

// typedDetails say what they are details of, where it could be something else.
type typedDetails struct {
	Object   string `url:"object"`
	*Details `url:",omitempty"`
}

// creation is the part of a form that is not sent: what is asked whether the form may be.
type creation struct {
	owner  Owner
	params *CreateParams
}

// Validate implements [stripecash.Validator].
func (c creation) Validate() error {
	if err := c.owner.Validate(); err != nil {
		return err
	}
	return c.params.validate(c.owner)
}

// create puts params into the owner's form.
func (o Owner) create(p *CreateParams) any {
	check := creation{o, p}
	if p == nil {
		return check // refuses it
	}
	var typed *typedDetails
	if p.Details != nil {
		typed = &typedDetails{Object: "card", Details: p.Details}
	}
	switch o.kind {
	case account:
		return &accountForm{check, p.Token, typed, p.DefaultForCurrency, p.Metadata}
	case recipient:
		return &recipientForm{check, p.Token, p.Details, p.Metadata}
	default:
		return &customerForm{check, p.Token, typed, p.Metadata}
	}
}

// update is what changes a card, and which card of whom.
func (o Owner) update(id string, p *UpdateParams) change { return change{only.Card(o, id), o, p} }

type change struct {
	id            only.ID
	owner         Owner
	*UpdateParams `url:",omitempty"` // without omitempty, nil params would be sent as a parameter of that name
}

// Validate implements [stripecash.Validator].
func (c change) Validate() error {
	if err := c.id.Validate(); err != nil {
		return err
	}
	return c.validate(c.owner)
}
