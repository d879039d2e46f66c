// Package card creates, reads, changes and deletes the cards of customers, connected accounts and legacy recipients.
//
// A customer's cards are what they pay with, an account's debit cards are where its payouts go. Stripe has them under
// three paths with three spellings of the same parameters; here the [Owner] selects one, and everything else is the
// same:
//
//	cards := card.New(api)
//	c, err := cards.Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"})
//	c, err = cards.Update(ctx, card.Customer("cus_123"), c.ID, &card.UpdateParams{Name: new("Jenny Rosen")})
//	d, err := cards.Delete(ctx, card.Customer("cus_123"), c.ID)
//
// Bank accounts and sources live under the same paths. Package
// [github.com/ccb8c2b4/stripecash/paymentsource] reads all of them, whichever they are.
//
// See https://docs.stripe.com/api/cards and https://docs.stripe.com/api/external_account_cards.
package card

import (
	"context"
	"iter"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/internal/only"
)

// Client creates, reads, changes and deletes cards.
type Client struct{ api *stripecash.Client }

// New makes a client on top of one that talks to the API.
func New(api *stripecash.Client) *Client { return &Client{api} }

// Create adds a card to its owner, from a token or from the card's raw details. It becomes the default source of a
// customer that has none, and the default of an account that has none for the card's currency. To make another card an
// account's default, set DefaultForCurrency, here or in [UpdateParams]; a customer's default is a parameter of the customer,
// see the example DefaultSource.
//
// A card that the issuer does not accept is [stripecash.ErrCardDeclined]. If the token is a bank account's, Stripe adds a
// bank account instead: the error is a [*stripecash.ObjectError] with the ID of that bank account.
func (c *Client) Create(ctx context.Context, owner Owner, params *CreateParams, opts ...stripecash.CallOption) (*Card, error) {
	return stripecash.Call[Card](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   owner.cards(),
		IDs:    []string{owner.id},
		Params: owner.create(params),
		Object: "card",
	}, opts...)
}

// Get retrieves one card of an owner. One that does not exist, or is another owner's, is [stripecash.ErrNotFound].
func (c *Client) Get(ctx context.Context, owner Owner, id string, opts ...stripecash.CallOption) (*Card, error) {
	return stripecash.Call[Card](ctx, c.api, stripecash.Request{
		Method: http.MethodGet,
		Path:   owner.card(),
		IDs:    []string{owner.id, id},
		Params: owner,
		Object: "card",
	}, opts...)
}

// Update changes a card and returns the updated one. The number can't be changed: a card that was replaced is a
// new card. The ID of a bank account (ba_…) or source (src_…) is refused, since Stripe would change that.
func (c *Client) Update(ctx context.Context, owner Owner, id string, params *UpdateParams, opts ...stripecash.CallOption) (*Card, error) {
	return stripecash.Call[Card](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   owner.card(),
		IDs:    []string{owner.id, id},
		Params: owner.update(id, params),
		Object: "card",
	}, opts...)
}

// Delete removes a card from its owner. If it was a customer's default source, the payment source that was added last
// becomes the default. A card that is an account's default for a currency can't be deleted while the account has another
// card or bank account in that currency, nor at all if that is the account's own default currency. The ID of a bank account
// (ba_…) or source (src_…) is refused, since Stripe would delete that.
//
// If the answer to an attempt was lost, was a 5xx or no answer of the API's, and a later attempt finds no such card, Delete
// assumes that the earlier attempt deleted it and returns no error. An ID that this owner never had can't be told from
// that.
func (c *Client) Delete(ctx context.Context, owner Owner, id string, opts ...stripecash.CallOption) (*Deleted, error) {
	deleted, err := stripecash.Call[Deleted](ctx, c.api, stripecash.Request{
		Method: http.MethodDelete,
		Path:   owner.card(),
		IDs:    []string{owner.id, id},
		Params: only.Card(owner, id),
		Object: "card",
	}, opts...)
	return owner.deleted(id, deleted, err)
}

// List retrieves one page of an owner's cards, newest first: 10 unless params say otherwise. Bank accounts and sources
// are left out.
func (c *Client) List(ctx context.Context, owner Owner, params *stripecash.ListParams, opts ...stripecash.CallOption) (*stripecash.Page[Card], error) {
	return stripecash.List[Card](ctx, c.api, owner.list(), params, opts...)
}

// All walks an owner's cards, newest first, and asks for pages of 100 as the loop gets there; see [stripecash.All], and read
// there why a loop must not delete cards.
func (c *Client) All(ctx context.Context, owner Owner, params *stripecash.ListParams, opts ...stripecash.CallOption) iter.Seq2[*Card, error] {
	return stripecash.All[Card](ctx, c.api, owner.list(), params, opts...)
}
