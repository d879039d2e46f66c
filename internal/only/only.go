// Package only keeps a call to one kind of object. Stripe has cards, bank accounts and sources under the same paths, and
// changes or deletes whatever the ID names: that its answer is another object comes too late.
package only

import (
	"fmt"
	"strings"

	"github.com/ccb8c2b4/stripecash"
)

// kind is a kind of object, by how its IDs begin.
type kind struct{ prefix, name string }

// ID is the ID of an object and whose it is, in the params of a call. It checks both, and nothing of it is sent.
type ID struct {
	kind  kind
	owner stripecash.Validator // may be nil
	id    string
}

func card() kind        { return kind{"card_", "card"} }
func bankAccount() kind { return kind{"ba_", "bank account"} }
func source() kind      { return kind{"src_", "source"} }

// Card is the ID of an owner's card.
func Card(owner stripecash.Validator, id string) ID { return ID{card(), owner, id} }

// BankAccount is the ID of an owner's bank account.
func BankAccount(owner stripecash.Validator, id string) ID { return ID{bankAccount(), owner, id} }

// Source is the ID of a source that is attached to a customer.
func Source(id string) ID { return ID{source(), nil, id} }

// Validate implements [stripecash.Validator]: it refuses an ID that is plainly one of another kind.
func (i ID) Validate() error {
	if i.owner != nil {
		if err := i.owner.Validate(); err != nil {
			return err
		}
	}
	for _, other := range [...]kind{card(), bankAccount(), source()} {
		if other != i.kind && strings.HasPrefix(i.id, other.prefix) {
			return fmt.Errorf("the ID for {id} begins with %s, as a %s's; this call takes a %s's", other.prefix, other.name, i.kind.name)
		}
	}
	return nil
}
