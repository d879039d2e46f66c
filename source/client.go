// Package source is for Stripe's Sources API: payment methods of many kinds in one type, that are made, authenticated by
// their owner, and then charged once or attached to a customer.
//
//	sources := source.New(api)
//	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeSEPADebit, Currency: "eur"})
//	s, err = sources.Attach(ctx, "cus_123", s.ID)
//	s, err = sources.Detach(ctx, "cus_123", s.ID)
//
// # Deprecated by Stripe
//
// Stripe has deprecated this API and asks to use PaymentMethods instead: support for local payment methods is going away,
// that for cards stays. The API is still served, and customers have sources on file, which is what this package is for.
// The deprecation is said here only, in prose, so that tools don't warn of each use.
//
// # Kinds of sources
//
// [Type] names the kind, and the field of [Source] with the same name has what is particular to it. [Flow] says how the
// owner authenticates: at the page of a [Redirect], by a transfer to a [Receiver], with the values that
// a [CodeVerification] wants, or not at all.
//
// See https://docs.stripe.com/api/sources.
package source

import (
	"context"
	"iter"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
)

// Client creates, reads, changes, attaches and detaches sources.
type Client struct{ api *stripecash.Client }

// New makes a client on top of one that talks to the API.
func New(api *stripecash.Client) *Client { return &Client{api} }

// Create makes a source that is nobody's yet. What a kind of source needs of its own has no place in
// [CreateParams], since Stripe's specification does not name it; [stripecash.WithParam] sends it:
//
//	sources.Create(ctx, params, stripecash.WithParam("sepa_debit[iban]", iban))
func (c *Client) Create(ctx context.Context, params *CreateParams, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/sources",
		Params: params,
		Object: "source",
	}, opts...)
}

// Get retrieves a source, whoever's it is. Params are nil but for a client with a publishable key, which has to give
// the source's client secret.
func (c *Client) Get(ctx context.Context, id string, params *GetParams, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodGet,
		Path:   "/v1/sources/{source}",
		IDs:    []string{id},
		Params: params,
		Object: "source",
	}, opts...)
}

// Update changes a source and answers with the whole of it.
func (c *Client) Update(ctx context.Context, id string, params *UpdateParams, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/sources/{source}",
		IDs:    []string{id},
		Params: params,
		Object: "source",
	}, opts...)
}

// Verify authenticates a source whose [Flow] is [FlowCodeVerification]. Values that are wrong are an [*stripecash.Error]
// and cost one of the attempts that remain.
func (c *Client) Verify(ctx context.Context, id string, params *VerifyParams, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/sources/{source}/verify",
		IDs:    []string{id},
		Params: params,
		Object: "source",
	}, opts...)
}

// Attach gives a source to a customer, as its default if it had none. The source has to be reusable, and
// chargeable or still pending. The ID of a card's token makes a card all the same: the error is a [*stripecash.ObjectError]
// with the ID of what was made.
func (c *Client) Attach(ctx context.Context, customer, id string, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/customers/{customer}/sources",
		IDs:    []string{customer},
		Params: attachment{Source: id},
		Object: "source",
	}, opts...)
}

// UpdateAttached changes a source by way of the customer it is attached to, which has to be the one it belongs to, and answers
// with the whole of it. [Client.Update] asks for no customer and can change more. The ID of a card or bank account changes
// that one's metadata all the same: the error is a [*stripecash.ObjectError].
func (c *Client) UpdateAttached(ctx context.Context, customer, id string, params *UpdateAttachedParams, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/customers/{customer}/sources/{id}",
		IDs:    []string{customer, id},
		Params: params,
		Object: "source",
	}, opts...)
}

// Detach takes a source away from its customer, for good: it answers with the whole source, [StatusConsumed] now. The ID of
// a card or bank account deletes that all the same: the error is a [*stripecash.ObjectError].
//
// If the connection broke and the second attempt finds the source detached, the error is [stripecash.ErrNotFound] and
// [stripecash.ErrOutcomeUnknown], since there is no source to answer with; [Client.Get] has it.
func (c *Client) Detach(ctx context.Context, customer, id string, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodDelete,
		Path:   "/v1/customers/{customer}/sources/{id}",
		IDs:    []string{customer, id},
		Object: "source",
	}, opts...)
}

// ListAttached retrieves one page of a customer's sources, newest first: 10 unless params say otherwise. Cards and bank
// accounts are left out.
func (c *Client) ListAttached(ctx context.Context, customer string, params *stripecash.ListParams, opts ...stripecash.CallOption) (*stripecash.Page[Source], error) {
	return stripecash.List[Source](ctx, c.api, attached(customer), params, opts...)
}

// AllAttached walks a customer's sources, newest first, and asks for pages of 100 as the loop gets there; see
// [stripecash.All], also before you detach in the loop.
func (c *Client) AllAttached(ctx context.Context, customer string, params *stripecash.ListParams, opts ...stripecash.CallOption) iter.Seq2[*Source, error] {
	return stripecash.All[Source](ctx, c.api, attached(customer), params, opts...)
}

func attached(customer string) stripecash.Request {
	return stripecash.Request{
		Path: "/v1/customers/{customer}/sources", IDs: []string{customer}, Params: filter{Object: "source"},
	}
}
