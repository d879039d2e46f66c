// Package gone is about deletes: what they must not take, and what a repeated one came to.
package gone

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ccb8c2b4/stripecash"
)

// Only are the params of a delete of one kind of object, told by how its IDs begin. Nothing of them is sent; they refuse the
// ID of another kind, which is under the same path and would be deleted too, for good.
type Only struct {
	owner      stripecash.Validator
	prefix, id string
}

// OnlyCard are the params of a card's delete.
func OnlyCard(owner stripecash.Validator, id string) Only { return Only{owner, "card_", id} }

// OnlyBankAccount are the params of a bank account's delete.
func OnlyBankAccount(owner stripecash.Validator, id string) Only { return Only{owner, "ba_", id} }

// OnlySource are the params of a source's detachment from a customer.
func OnlySource(id string) Only { return Only{nil, "src_", id} }

// Validate implements [stripecash.Validator].
func (o Only) Validate() error {
	if o.owner != nil {
		if err := o.owner.Validate(); err != nil {
			return err
		}
	}
	for _, kind := range [...]struct{ prefix, is, method string }{
		{"card_", "a card's", "card.Client.Delete"},
		{"ba_", "a bank account's", "paymentsource.Client.DeleteBankAccount"},
		{"src_", "a source's", "source.Client.Detach"},
	} {
		if kind.prefix != o.prefix && strings.HasPrefix(o.id, kind.prefix) {
			return fmt.Errorf("the ID for {id} is %.64q, %s; use %s", o.id, kind.is, kind.method)
		}
	}
	return nil
}

// Already says whether the error of a delete means that its work is done: an attempt whose answer was lost may have deleted
// the object, and a later one was told that it does not exist. That it never did would be told in the same words; either
// way the owner does not have it. That the owner does not exist tells nothing of the object.
// The param is what the API calls the owner in errors: "customer".
func Already(err error, param, owner, id string) bool {
	e, ok := errors.AsType[*stripecash.Error](err)
	return ok && e.Code == stripecash.CodeResourceMissing && e.OutcomeUnknown &&
		e.Param != param && (!names(e.Message, owner) || names(e.Message, id))
}

// names says whether a message has an ID among its words: "No such source: 'card_1'".
func names(message, id string) bool {
	for word := range strings.FieldsSeq(message) {
		if strings.Trim(word, `'".,;:`) == id {
			return true
		}
	}
	return false
}
