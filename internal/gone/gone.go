// Package gone tells what a repeated delete came to.
package gone

import (
	"errors"
	"strings"

	"github.com/ccb8c2b4/stripecash"
)

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
