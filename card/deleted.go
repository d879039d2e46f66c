package card

import (
	"errors"
	"strings"

	"github.com/ccb8c2b4/stripecash"
)

// Deleted is what is left of a card.
type Deleted struct {
	ID       string              `json:"id"`
	Object   string              `json:"object"`   // "card"
	Deleted  bool                `json:"deleted"`  // true
	Currency stripecash.Currency `json:"currency"` // of an account's card
}

// ObjectID is the ID that the card had.
func (d *Deleted) ObjectID() string { return d.ID }

// deleted turns the error of a repeated delete into the answer that was lost: an attempt may have deleted the card, and
// now it is gone.
func (o Owner) deleted(id string, answer *Deleted, err error) (*Deleted, error) {
	e, ok := errors.AsType[*stripecash.Error](err)
	if ok && e.Code == stripecash.CodeResourceMissing && e.OutcomeUnknown && !o.missing(id, e) {
		return &Deleted{ID: id, Object: "card", Deleted: true}, nil
	}
	return answer, err
}

// missing says whether it is the owner that does not exist, which tells nothing of the card.
func (o Owner) missing(id string, e *stripecash.Error) bool {
	return e.Param == o.param() || names(e.Message, o.id) && !names(e.Message, id)
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
