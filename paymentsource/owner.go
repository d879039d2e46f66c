package paymentsource

import (
	"errors"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/internal/gone"
)

// Owner says who has something on file. [Customer] and [Account] return one; every call refuses the zero Owner.
type Owner struct {
	kind kind
	id   string
}

type kind int

const (
	customer kind = iota + 1
	account
)

// Customer returns the customer with that ID as the owner of cards, bank accounts and sources that they pay with.
func Customer(id string) Owner { return Owner{customer, id} }

// Account returns the connected account with that ID as the owner of bank accounts and debit cards that its payouts go to.
// The API calls them external accounts.
func Account(id string) Owner { return Owner{account, id} }

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
		return errors.New("owner: none given; use paymentsource.Customer or paymentsource.Account")
	}
	return nil
}

// all is the path of everything. That of the zero owner is never asked for; it stands in the error.
func (o Owner) all() string {
	switch o.kind {
	case customer:
		return "/v1/customers/{customer}/sources"
	case account:
		return "/v1/accounts/{account}/external_accounts"
	default:
		return "/v1/{owner}/sources"
	}
}

// one is the path of one thing.
func (o Owner) one() string {
	switch o.kind {
	case customer:
		return "/v1/customers/{customer}/sources/{id}"
	case account:
		return "/v1/accounts/{account}/external_accounts/{id}"
	default:
		return "/v1/{owner}/sources/{id}"
	}
}

func (o Owner) list() stripecash.Request {
	return stripecash.Request{Path: o.all(), IDs: []string{o.id}, Params: o}
}

// param is what the API calls the owner in errors.
func (o Owner) param() string {
	if o.kind == account {
		return "account"
	}
	return "customer"
}

// deleted turns the error of a repeated delete into the answer that was lost.
func (o Owner) deleted(id string, answer *Deleted, err error) (*Deleted, error) {
	if gone.Already(err, o.param(), o.id, id) {
		return &Deleted{ID: id, Object: "bank_account", Deleted: true}, nil
	}
	return answer, err
}
