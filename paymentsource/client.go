package paymentsource

import (
	"context"
	"iter"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
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
// The token of a card makes a card all the same: the error is a [*stripecash.ObjectError] with the ID of what was made.
func (c *Client) CreateBankAccount(ctx context.Context, owner Owner, params *CreateBankAccountParams, opts ...stripecash.CallOption) (*BankAccount, error) {
	return stripecash.Call[BankAccount](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   owner.all(),
		IDs:    []string{owner.id},
		Params: owner.create(params),
		Object: "bank_account",
	}, opts...)
}

// UpdateBankAccount changes a bank account and answers with the whole of it.
func (c *Client) UpdateBankAccount(ctx context.Context, owner Owner, id string, params *UpdateBankAccountParams, opts ...stripecash.CallOption) (*BankAccount, error) {
	return stripecash.Call[BankAccount](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   owner.one(),
		IDs:    []string{owner.id, id},
		Params: owner.update(params),
		Object: "bank_account",
	}, opts...)
}

// VerifyBankAccount proves that a bank account is a customer's own, by the two amounts that Stripe sent there. Amounts that
// are wrong are an [*stripecash.Error], and too many of them make the bank account [StatusVerificationFailed]. In test mode
// the amounts are 32 and 45.
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

// DeleteBankAccount removes a bank account from its owner. An account's default of a currency can't be deleted while the
// account has another external account of that currency, nor if the currency is the account's default.
//
// If the answer to an attempt was lost, or a 5xx, and a later one finds no such bank account, it is taken to be deleted by
// the earlier: that is a success, too. The API's answer would be the same for an ID that this owner never had.
func (c *Client) DeleteBankAccount(ctx context.Context, owner Owner, id string, opts ...stripecash.CallOption) (*Deleted, error) {
	deleted, err := stripecash.Call[Deleted](ctx, c.api, stripecash.Request{
		Method: http.MethodDelete,
		Path:   owner.one(),
		IDs:    []string{owner.id, id},
		Params: owner,
		Object: "bank_account",
	}, opts...)
	return owner.deleted(id, deleted, err)
}
