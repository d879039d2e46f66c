package paymentsource

import (
	"context"
	"iter"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/internal/only"
)

// Client reads what owners have on file, and creates, changes, verifies and deletes their bank accounts.
type Client struct{ api *stripecash.Client }

// New makes a client on top of one that talks to the API.
func New(api *stripecash.Client) *Client { return &Client{api} }

// Get retrieves what an owner has under an ID. An ID that does not exist, or is another owner's, is
// [stripecash.ErrNotFound].
func (c *Client) Get(ctx context.Context, owner Owner, id string, opts ...stripecash.CallOption) (*PaymentSource, error) {
	return stripecash.Call[PaymentSource](ctx, c.api, stripecash.Request{
		Method: http.MethodGet,
		Path:   owner.one(),
		IDs:    []string{owner.id, id},
		Params: owner,
	}, opts...)
}

// List retrieves one page of what an owner has on file, newest first: 10 unless params say otherwise. For bank accounts
// only, add [stripecash.WithParam]("object", "bank_account").
func (c *Client) List(ctx context.Context, owner Owner, params *stripecash.ListParams, opts ...stripecash.CallOption) (*stripecash.Page[PaymentSource], error) {
	return stripecash.List[PaymentSource](ctx, c.api, owner.list(), params, opts...)
}

// All walks what an owner has on file, newest first, and asks for pages of 100 as the loop gets there; see
// [stripecash.All], also before you delete in the loop.
func (c *Client) All(ctx context.Context, owner Owner, params *stripecash.ListParams, opts ...stripecash.CallOption) iter.Seq2[*PaymentSource, error] {
	return stripecash.All[PaymentSource](ctx, c.api, owner.list(), params, opts...)
}

// CreateBankAccount adds a bank account to its owner, from a token or from raw details. A customer's is
// [StatusNew] until it is verified.
//
// If the token is a card's, Stripe adds a card instead: the error is a [*stripecash.ObjectError] with the ID of that card.
func (c *Client) CreateBankAccount(ctx context.Context, owner Owner, params *CreateBankAccountParams, opts ...stripecash.CallOption) (*BankAccount, error) {
	return stripecash.Call[BankAccount](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   owner.all(),
		IDs:    []string{owner.id},
		Params: owner.create(params),
		Object: "bank_account",
	}, opts...)
}

// UpdateBankAccount changes a bank account and returns the updated one. The ID of a card (card_…) or source (src_…)
// is refused, since Stripe would change that.
func (c *Client) UpdateBankAccount(ctx context.Context, owner Owner, id string, params *UpdateBankAccountParams, opts ...stripecash.CallOption) (*BankAccount, error) {
	return stripecash.Call[BankAccount](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   owner.one(),
		IDs:    []string{owner.id, id},
		Params: owner.update(id, params),
		Object: "bank_account",
	}, opts...)
}

// VerifyBankAccount proves that a bank account is a customer's own, by the two amounts that Stripe sent there. If the
// amounts are wrong the error is an [*stripecash.Error]; after too many wrong tries the bank account is
// [StatusVerificationFailed]. In test mode the amounts are 32 and 45.
//
// Bank accounts of connected accounts are verified by Stripe.
func (c *Client) VerifyBankAccount(ctx context.Context, customer, id string, params *VerifyBankAccountParams, opts ...stripecash.CallOption) (*BankAccount, error) {
	return stripecash.Call[BankAccount](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/customers/{customer}/sources/{id}/verify",
		IDs:    []string{customer, id},
		Params: params,
		Object: "bank_account",
	}, opts...)
}

// DeleteBankAccount removes a bank account from its owner. An account's default for a currency can't be deleted while the
// account has another card or bank account in that currency, nor at all if that is the account's own default currency. The
// ID of a card (card_…) or source (src_…) is refused, since Stripe would delete that.
//
// If the answer to an attempt was lost, was a 5xx or no answer of the API's, and a later attempt finds no such bank account,
// DeleteBankAccount assumes that the earlier attempt deleted it and returns no error. An ID that this owner never had can't
// be told from that.
func (c *Client) DeleteBankAccount(ctx context.Context, owner Owner, id string, opts ...stripecash.CallOption) (*Deleted, error) {
	deleted, err := stripecash.Call[Deleted](ctx, c.api, stripecash.Request{
		Method: http.MethodDelete,
		Path:   owner.one(),
		IDs:    []string{owner.id, id},
		Params: only.BankAccount(owner, id),
		Object: "bank_account",
	}, opts...)
	return owner.deleted(id, deleted, err)
}
