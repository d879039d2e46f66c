package source

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/internal/only"
)

// CreateParams are a new source: its Type and what goes with it, or a token, or an OriginalSource to copy.
type CreateParams struct {
	Type     Type                `url:"type,omitempty"`
	Amount   int64               `url:"amount,omitempty"` // minor units; required for single use; among receivers only multibanco takes it
	Currency stripecash.Currency `url:"currency,omitempty"`
	Usage    Usage               `url:"usage,omitempty"` // only if the type allows a choice
	Flow     Flow                `url:"flow,omitempty"`  // only if the type allows a choice

	Token          string `url:"token,omitempty"`           // "tok_…"; what it holds overrides the other params
	OriginalSource string `url:"original_source,omitempty"` // ID of a source, or of a customer's card, to copy to a connected account
	Customer       string `url:"customer,omitempty"`        // ID of the customer that OriginalSource is attached to; for a card it is required

	Metadata            stripecash.Metadata `url:"metadata"`
	Owner               *OwnerParams        `url:"owner,omitempty"`
	StatementDescriptor string              `url:"statement_descriptor,omitempty"` // on the customer's statement
	Mandate             *MandateParams      `url:"mandate,omitempty"`
	Receiver            *ReceiverParams     `url:"receiver,omitempty"`
	Redirect            *RedirectParams     `url:"redirect,omitempty"`
	SourceOrder         *OrderParams        `url:"source_order,omitempty"`
}

// ReceiverParams are a receiver in a request.
type ReceiverParams struct {
	RefundAttributesMethod RefundAttributesMethod `url:"refund_attributes_method,omitempty"`
}

// RedirectParams say where a redirect leads back to; [FlowRedirect] requires them.
type RedirectParams struct {
	ReturnURL string `url:"return_url"` // yours, where the owner comes back to; required
}

// Validate implements [stripecash.Validator].
func (p *CreateParams) Validate() error {
	switch {
	case p == nil, p.Type == "" && p.Token == "" && p.OriginalSource == "":
		return errors.New("type is empty; it is required unless a token or an original_source is given")
	case p.Flow == FlowRedirect && p.Redirect == nil:
		return errors.New("redirect is missing; it is required with the flow redirect")
	case p.Redirect != nil && p.Redirect.ReturnURL == "":
		return errors.New("redirect: return_url is empty; it is required")
	}
	return cmp.Or(validAmount(p.Amount), validMandate(p.Mandate), p.SourceOrder.validate())
}

// UpdateParams are what can be changed of a source.
type UpdateParams struct {
	Amount      int64               `url:"amount,omitempty"` // minor units; 0 leaves it alone
	Metadata    stripecash.Metadata `url:"metadata"`
	Mandate     *MandateParams      `url:"mandate,omitempty"`
	Owner       *OwnerParams        `url:"owner,omitempty"`
	SourceOrder *OrderParams        `url:"source_order,omitempty"`
}

// Validate implements [stripecash.Validator].
func (p *UpdateParams) Validate() error {
	if p == nil {
		return nil
	}
	return cmp.Or(validAmount(p.Amount), validMandate(p.Mandate), p.SourceOrder.validate())
}

// UpdateAttachedParams are what can be changed of a customer's source.
type UpdateAttachedParams struct {
	Metadata stripecash.Metadata `url:"metadata"`
	Owner    *OwnerParams        `url:"owner,omitempty"`
}

// attachedChange is what changes a customer's source, and which.
type attachedChange struct {
	id                    only.ID
	*UpdateAttachedParams `url:",omitempty"` // without omitempty, nil params would be sent as a parameter of that name
}

// Validate implements [stripecash.Validator].
func (c attachedChange) Validate() error { return c.id.Validate() }

func validAmount(amount int64) error {
	if amount < 0 {
		return fmt.Errorf("amount is %d; it must be positive, in the currency's smallest unit", amount)
	}
	return nil
}

// GetParams are what a client with a publishable key needs to read a source.
type GetParams struct {
	ClientSecret string `url:"client_secret,omitempty"` // of the source
}

// VerifyParams are the values that the owner of a source received and has given to you.
type VerifyParams struct {
	Values []string `url:"values,brackets"` // required
}

// Validate implements [stripecash.Validator].
func (p *VerifyParams) Validate() error {
	if p == nil || len(p.Values) == 0 {
		return errors.New("values are empty; at least one is required")
	}
	for i, value := range p.Values {
		if value == "" {
			return fmt.Errorf("values[%d] is empty; fill it in or leave it out", i)
		}
	}
	return nil
}

type attachment struct {
	Source string `url:"source"`
}

func (a attachment) Validate() error {
	if a.Source == "" {
		return errors.New("the ID of the source is empty; it is required")
	}
	return nil
}

type filter struct {
	Object string `url:"object"`
}
