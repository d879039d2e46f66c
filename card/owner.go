package card

import (
	"errors"

	"github.com/ccb8c2b4/stripecash"
)

// Owner says whose card it is. [Customer], [Account] and [Recipient] return one; every call refuses the zero Owner.
type Owner struct {
	kind kind
	id   string
}

type kind int

const (
	customer kind = iota + 1
	account
	recipient
)

// Customer returns the customer with that ID as the owner of cards that they pay with.
func Customer(id string) Owner { return Owner{customer, id} }

// Account returns the connected account with that ID as the owner of debit cards that its payouts go to. The API calls
// such cards external accounts.
func Account(id string) Owner { return Owner{account, id} }

// Recipient returns the recipient with that ID as the owner of cards, under an API that Stripe has retired: it is gone from
// Stripe's reference, and today's live API refuses it ("Recipients have been deprecated…"). It is for accounts from before
// 2017 and for emulators; use [Account] instead.
func Recipient(id string) Owner { return Owner{recipient, id} }

// String says who it is: "customer cus_123".
func (o Owner) String() string {
	if o.kind == 0 {
		return "nobody"
	}
	return o.param() + " " + o.id
}

// Validate implements [stripecash.Validator].
func (o Owner) Validate() error {
	if o.kind == 0 {
		return errors.New("owner: none given; use card.Customer, card.Account or card.Recipient")
	}
	return nil
}

// param is what the API calls the owner in errors.
func (o Owner) param() string {
	switch o.kind {
	case customer:
		return "customer"
	case account:
		return "account"
	default:
		return "recipient"
	}
}

// cards is the path of an owner's cards. That of the zero owner is never asked for; it stands in the error.
func (o Owner) cards() string {
	switch o.kind {
	case customer:
		return "/v1/customers/{customer}/sources"
	case account:
		return "/v1/accounts/{account}/external_accounts"
	case recipient:
		return "/v1/recipients/{recipient}/cards"
	default:
		return "/v1/{owner}/cards"
	}
}

// card is the path of one card.
func (o Owner) card() string {
	switch o.kind {
	case customer:
		return "/v1/customers/{customer}/sources/{id}"
	case account:
		return "/v1/accounts/{account}/external_accounts/{id}"
	case recipient:
		return "/v1/recipients/{recipient}/cards/{id}"
	default:
		return "/v1/{owner}/cards/{id}"
	}
}

// list leaves out what is under the same path and is no card.
func (o Owner) list() stripecash.Request {
	only := filter{Owner: o, Object: "card"}
	if o.kind == recipient {
		only.Object = "" // recipients have their bank account elsewhere, and no such filter
	}
	return stripecash.Request{Path: o.cards(), IDs: []string{o.id}, Params: only}
}

type filter struct {
	Owner
	Object string `url:"object,omitempty"`
}
