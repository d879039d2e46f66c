package card

import (
	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/internal/gone"
)

// Deleted is the answer to a delete: it confirms which card was deleted.
type Deleted struct {
	ID       string              `json:"id"`
	Object   string              `json:"object"`   // "card"
	Deleted  bool                `json:"deleted"`  // true; false if the answer did not say so
	Currency stripecash.Currency `json:"currency"` // of an account's card
}

// deleted turns the error of a repeated delete into the answer that was lost.
func (o Owner) deleted(id string, answer *Deleted, err error) (*Deleted, error) {
	if gone.Already(err, o.param(), o.id, id) {
		return &Deleted{ID: id, Object: "card", Deleted: true}, nil
	}
	return answer, err
}
