// Package paymentsource reads all that a customer or a connected account has on file, in one list: cards, bank accounts,
// sources, or something newer. It also creates, changes, verifies and deletes bank accounts.
//
// A [PaymentSource] is one of them. One that the API returned has an ID and an object name. [PaymentSource.AsCard], AsSource and
// AsBankAccount return it as its own type, and [PaymentSource.Raw] is the JSON that it came from:
//
//	for p, err := range paymentsource.New(api).All(ctx, paymentsource.Customer("cus_123"), nil) {
//		if err != nil {
//			return err
//		}
//		if c, ok := p.AsCard(); ok {
//			fmt.Println(p.ID(), c.Brand, c.Last4)
//		}
//	}
//
// Cards and sources have packages of their own, [github.com/ccb8c2b4/stripecash/card] and
// [github.com/ccb8c2b4/stripecash/source]. Bank accounts live here.
//
// See https://docs.stripe.com/api/customer_bank_accounts and https://docs.stripe.com/api/external_accounts.
package paymentsource

import (
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/source"
)

// PaymentSource is a card, a bank account, a source, or an object that this module does not know. It comes from the API or
// from JSON; the zero PaymentSource is none of them.
type PaymentSource struct {
	id      string
	object  string
	deleted bool
	value   any // *card.Card, *BankAccount, *source.Source, or nil
	raw     json.RawMessage
}

// ID is the object's ID, whatever it is.
func (p PaymentSource) ID() string { return p.id }

// Object is what it calls itself in the API: "card", "bank_account", "source", or a name that this module does not know.
func (p PaymentSource) Object() string { return p.object }

// Deleted reports whether this is a card or a bank account that was deleted, of which only the ID and the object name are
// left. AsCard and AsBankAccount return false for it.
func (p PaymentSource) Deleted() bool { return p.deleted }

// String is the object and its ID, "card card_123". What it holds can be long, about a person, and have a client secret in it.
func (p PaymentSource) String() string {
	if p.id == "" {
		return "nothing"
	}
	return p.object + " " + p.id
}

// LogValue implements [slog.LogValuer]: the object and its ID. slog has no use for a nil pointer, as after an error.
func (p PaymentSource) LogValue() slog.Value {
	return slog.GroupValue(slog.String("object", p.object), slog.String("id", p.id))
}

// ObjectID is [PaymentSource.ID], as a cursor.
func (p PaymentSource) ObjectID() string { return p.id }

// AsCard returns the card, if it is one. It is the same pointer each time.
func (p PaymentSource) AsCard() (*card.Card, bool) {
	c, ok := p.value.(*card.Card)
	return c, ok
}

// AsSource returns the source, if it is one. It is the same pointer each time.
func (p PaymentSource) AsSource() (*source.Source, bool) {
	s, ok := p.value.(*source.Source)
	return s, ok
}

// AsBankAccount returns the bank account, if it is one. It is the same pointer each time.
func (p PaymentSource) AsBankAccount() (*BankAccount, bool) {
	b, ok := p.value.(*BankAccount)
	return b, ok
}

// Raw is the JSON that it came from, byte for byte. It is not to be changed.
func (p PaymentSource) Raw() json.RawMessage { return p.raw }

// MarshalJSON returns the JSON that it came from, byte for byte, or null for the zero PaymentSource. Changes to the object
// that AsCard and the others return are not in it. As with every Marshaler, [json.Marshal] then removes white space and
// escapes <, > and &; [PaymentSource.Raw] has the bytes as they came.
func (p PaymentSource) MarshalJSON() ([]byte, error) {
	if p.raw == nil {
		return []byte("null"), nil
	}
	return p.raw, nil
}

// UnmarshalJSON takes any object that has an ID and says what it is, or null.
func (p *PaymentSource) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*p = PaymentSource{}
		return nil
	}
	var head head
	if err := json.Unmarshal(data, &head); err != nil {
		return err
	}
	if head.ID == "" || head.Object == "" {
		return fmt.Errorf("the fields id and object are required; id is %q, object is %q", head.ID, head.Object)
	}
	value := newValue(head.Object)
	if head.Deleted {
		value = nil
	}
	if value != nil {
		if err := json.Unmarshal(data, value); err != nil {
			return fmt.Errorf("a %s: %w", head.Object, err)
		}
	}
	*p = PaymentSource{
		id: head.ID, object: head.Object, deleted: head.Deleted, value: value, raw: append(json.RawMessage(nil), data...),
	}
	return nil
}

// head is what every object has.
type head struct {
	ID      string `json:"id"`
	Object  string `json:"object"`
	Deleted bool   `json:"deleted"`
}

// newValue is what an object of a name is decoded into.
func newValue(object string) any {
	switch object {
	case "card":
		return new(card.Card)
	case "bank_account":
		return new(BankAccount)
	case "source":
		return new(source.Source)
	default:
		return nil
	}
}
