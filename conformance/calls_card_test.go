package conformance_test

import (
	"context"
	"iter"
	"net/http"
	"strings"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
)

// cardPath is where the API keeps the cards of one kind of owner.
type cardPath struct {
	list, one   string
	unspecified bool
	mock        string // what stripe-mock answers with in place of a card
	owner       func(w *world) (owner card.Owner, id string)
}

func cardCalls() []call {
	var rows []call
	for _, path := range []cardPath{
		{
			list: "/v1/customers/{customer}/sources", one: "/v1/customers/{customer}/sources/{id}",
			mock:  `a "card" was expected, but the answer is a "account"`,
			owner: func(w *world) (card.Owner, string) { return card.Customer(w.customer), w.card },
		},
		{
			list: "/v1/accounts/{account}/external_accounts", one: "/v1/accounts/{account}/external_accounts/{id}",
			mock:  `a "card" was expected, but the answer is a "bank_account"`,
			owner: func(w *world) (card.Owner, string) { return card.Account(w.account), w.accountCard },
		},
		{
			list: "/v1/recipients/{recipient}/cards", one: "/v1/recipients/{recipient}/cards/{id}",
			unspecified: true,
			owner:       func(w *world) (card.Owner, string) { return card.Recipient(w.recipient), w.recipientCard },
		},
	} {
		rows = append(rows, path.writes()...)
		rows = append(rows, path.reads()...)
	}
	return rows
}

func (p cardPath) row(method, operation, mock string, do func(ctx context.Context, w *world, owner card.Owner, id string) error) call {
	return call{
		method: method, operation: operation, unspecified: p.unspecified, mock: mock,
		do: func(ctx context.Context, w *world) error {
			owner, id := p.owner(w)
			return do(ctx, w, owner, id)
		},
	}
}

func (p cardPath) account() bool { return strings.HasPrefix(p.list, "/v1/accounts/") }

func (p cardPath) writes() []call {
	return []call{
		p.row("card.Create", http.MethodPost+" "+p.list, p.mock, func(ctx context.Context, w *world, owner card.Owner, _ string) error {
			params := filled[card.CreateParams](w)
			params.Token, params.Details = "tok_visa", nil
			params.DefaultForCurrency = p.account()
			_, err := card.New(w.api).Create(ctx, owner, params)
			return err
		}),
		p.row("card.Create", http.MethodPost+" "+p.list, "value is not a string (Kind: map)", func(ctx context.Context, w *world, owner card.Owner, _ string) error {
			params := filled[card.CreateParams](w)
			params.Token, params.Details.ExpYear = "", 2099
			params.DefaultForCurrency = p.account()
			if !p.account() {
				params.Details.Currency = ""
			}
			_, err := card.New(w.api).Create(ctx, owner, params)
			return err
		}),
		p.row("card.Update", http.MethodPost+" "+p.one, p.mockUpdate(), func(ctx context.Context, w *world, owner card.Owner, id string) error {
			params := filled[card.UpdateParams](w)
			params.ExpYear, params.DefaultForCurrency = 2099, p.account()
			_, err := card.New(w.api).Update(ctx, owner, id, params)
			return err
		}),
		p.row("card.Delete", http.MethodDelete+" "+p.one, p.mock, func(ctx context.Context, w *world, owner card.Owner, id string) error {
			_, err := card.New(w.api).Delete(ctx, owner, id)
			return err
		}),
	}
}

// mockUpdate is nothing for a customer's card: that answer of stripe-mock is right.
func (p cardPath) mockUpdate() string {
	if p.account() {
		return p.mock
	}
	return ""
}

func (p cardPath) reads() []call {
	return []call{
		p.row("card.Get", http.MethodGet+" "+p.one, p.mock, func(ctx context.Context, w *world, owner card.Owner, id string) error {
			_, err := card.New(w.api).Get(ctx, owner, id)
			return err
		}),
		p.row("card.List", http.MethodGet+" "+p.list, "", func(ctx context.Context, w *world, owner card.Owner, id string) error {
			return pages(windows(w, id), func(params *stripecash.ListParams) (*stripecash.Page[card.Card], error) {
				return card.New(w.api).List(ctx, owner, params)
			})
		}),
		p.row("card.All", http.MethodGet+" "+p.list, "", func(ctx context.Context, w *world, owner card.Owner, id string) error {
			return walks(windows(w, id), func(params *stripecash.ListParams) iter.Seq2[*card.Card, error] {
				return card.New(w.api).All(ctx, owner, params)
			})
		}),
	}
}
