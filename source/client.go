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
// Stripe has deprecated this API and asks integrations to use PaymentMethods instead: support for local payment methods is
// going away, that for cards stays. The API is still served, and customers have sources on file, which is what this package
// is for. There is no "Deprecated:" paragraph in this package, so that tools don't warn of each use.
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
	"github.com/ccb8c2b4/stripecash/internal/only"
)

// Client creates, reads, changes, attaches and detaches sources.
type Client struct{ api *stripecash.Client }

// New makes a client on top of one that talks to the API.
func New(api *stripecash.Client) *Client { return &Client{api} }

// Create makes a source that belongs to no customer yet. [CreateParams] has no fields for what only one type of source
// needs, such as an IBAN, since Stripe's specification does not name them; send those with [stripecash.WithParam]:
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

// Get retrieves a source, attached to a customer or not; one that does not exist is [stripecash.ErrNotFound]. Pass nil
// params, unless the client has a publishable key: then they must give the source's client secret.
func (c *Client) Get(ctx context.Context, id string, params *GetParams, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodGet,
		Path:   "/v1/sources/{source}",
		IDs:    []string{id},
		Params: params,
		Object: "source",
	}, opts...)
}

// Update changes a source and returns the updated one.
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
// and cost one of the attempts that remain: [CodeVerification]. The emulator takes 32 and 45.
func (c *Client) Verify(ctx context.Context, id string, params *VerifyParams, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/sources/{source}/verify",
		IDs:    []string{id},
		Params: params,
		Object: "source",
	}, opts...)
}

// Attach attaches a source to a customer, and makes it the default source of a customer that has none. The source has to be
// reusable, and chargeable or still pending. If id is a card's token, Stripe adds a card instead: the error is a
// [*stripecash.ObjectError] with the ID of that card.
func (c *Client) Attach(ctx context.Context, customer, id string, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/customers/{customer}/sources",
		IDs:    []string{customer},
		Params: attachment{Source: id},
		Object: "source",
	}, opts...)
}

// UpdateAttached changes a source that is attached to the given customer, and returns the whole source. [Client.Update]
// needs no customer and can change more. The ID of a card (card_…) or bank account (ba_…) is refused, since Stripe would
// change that.
func (c *Client) UpdateAttached(ctx context.Context, customer, id string, params *UpdateAttachedParams, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/customers/{customer}/sources/{id}",
		IDs:    []string{customer, id},
		Params: attachedChange{only.Source(id), params},
		Object: "source",
	}, opts...)
}

// Detach detaches a source from its customer, for good: it returns the whole source, which is [StatusConsumed] now. The ID
// of a card (card_…) or bank account (ba_…) is refused, since Stripe would delete that.
//
// If the answer to an attempt was lost, was a 5xx or no answer of the API's, and a later attempt finds the source detached,
// the error matches [stripecash.ErrNotFound] and [stripecash.ErrOutcomeUnknown], since the API gives no source to return;
// [Client.Get] still retrieves it.
func (c *Client) Detach(ctx context.Context, customer, id string, opts ...stripecash.CallOption) (*Source, error) {
	return stripecash.Call[Source](ctx, c.api, stripecash.Request{
		Method: http.MethodDelete,
		Path:   "/v1/customers/{customer}/sources/{id}",
		IDs:    []string{customer, id},
		Params: only.Source(id),
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
