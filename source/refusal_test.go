package source_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/h2non/gock.v1"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestBadInput(t *testing.T) {
	create := func(params *source.CreateParams) func(context.Context, *source.Client) error {
		return func(ctx context.Context, c *source.Client) error {
			_, err := c.Create(ctx, params)
			return err
		}
	}
	update := func(id string, params *source.UpdateParams) func(context.Context, *source.Client) error {
		return func(ctx context.Context, c *source.Client) error {
			_, err := c.Update(ctx, id, params)
			return err
		}
	}
	verify := func(id string, params *source.VerifyParams) func(context.Context, *source.Client) error {
		return func(ctx context.Context, c *source.Client) error {
			_, err := c.Verify(ctx, id, params)
			return err
		}
	}
	attach := func(customer, id string) func(context.Context, *source.Client) error {
		return func(ctx context.Context, c *source.Client) error {
			_, err := c.Attach(ctx, customer, id)
			return err
		}
	}
	detach := func(customer, id string) func(context.Context, *source.Client) error {
		return func(ctx context.Context, c *source.Client) error {
			_, err := c.Detach(ctx, customer, id)
			return err
		}
	}
	const noType = "type is empty; it is required unless a token or an original_source is given"
	sepa := source.TypeSEPADebit

	tests := []struct {
		name string
		call func(context.Context, *source.Client) error
		want string
	}{
		{"create, no params", create(nil), noType},
		{"create, no type", create(&source.CreateParams{Currency: "eur"}), noType},
		{"create, negative amount", create(&source.CreateParams{Type: sepa, Amount: -1}), "amount is -1; it must be positive"},
		{"create, a redirect to nowhere", create(&source.CreateParams{Type: "ideal", Flow: source.FlowRedirect}),
			"redirect is missing; it is required with the flow redirect"},
		{"create, no return URL", create(&source.CreateParams{Type: "ideal", Redirect: &source.RedirectParams{}}),
			"redirect: return_url is empty; it is required"},
		{"create, no acceptance status",
			create(&source.CreateParams{Type: sepa, Mandate: &source.MandateParams{Acceptance: &source.AcceptanceParams{}}}),
			"mandate: acceptance: status is empty; it is required"},
		{"create, no contact",
			create(&source.CreateParams{Type: sepa, Mandate: &source.MandateParams{Acceptance: &source.AcceptanceParams{
				Status: source.AcceptanceStatusAccepted, Offline: &source.OfflineParams{},
			}}}),
			"mandate: acceptance: offline: contact_email is empty; it is required"},
		{"create, negative mandate",
			create(&source.CreateParams{Type: sepa, Mandate: &source.MandateParams{Amount: new(source.MandateAmount(-5))}}),
			"mandate: amount is -5; it must not be negative"},
		{"create, a long metadata key",
			create(&source.CreateParams{Type: sepa, Metadata: stripecash.Metadata{strings.Repeat("k", 41): "v"}}),
			"has 41 characters; at most 40 are allowed"},
		{"update, negative amount", update("src_1", &source.UpdateParams{Amount: -7}), "amount is -7; it must be positive"},
		{"update, no shipping address",
			update("src_1", &source.UpdateParams{SourceOrder: &source.OrderParams{Shipping: &source.ShippingParams{}}}),
			"source_order: shipping: address: line1 is empty; it is required"},
		{"update, a shipping address with an empty line",
			update("src_1", &source.UpdateParams{SourceOrder: &source.OrderParams{Shipping: &source.ShippingParams{
				Address: stripecash.AddressParams{Line1: new("")},
			}}}),
			"source_order: shipping: address: line1 is empty; it is required"},
		{"update, negative quantity",
			update("src_1", &source.UpdateParams{SourceOrder: &source.OrderParams{
				Items: stripecash.Indexed[source.OrderItemParams]{{}, {Quantity: -1}},
			}}),
			"source_order: items[1]: quantity is -1; it must not be negative"},
		{"update, no ID", update("", nil), "the ID for {source} is empty"},
		{"verify, no params", verify("src_1", nil), "values are empty; at least one is required"},
		{"verify, no values", verify("src_1", &source.VerifyParams{}), "values are empty; at least one is required"},
		{"verify, an empty value", verify("src_1", &source.VerifyParams{Values: []string{"32", ""}}), "values[1] is empty"},
		{"attach, no customer", attach("", "src_1"), "the ID for {customer} is empty"},
		{"attach, no source", attach("cus_1", ""), "the ID of the source is empty"},
		{"detach, no customer", detach("", "src_1"), "the ID for {customer} is empty"},
		{"detach, no source", detach("cus_1", ""), "the ID for {id} is empty"},
		{"get, no ID", func(ctx context.Context, c *source.Client) error {
			_, err := c.Get(ctx, "", nil)
			return err
		}, "the ID for {source} is empty"},
		{"detach, a card", detach("cus_1", "card_1"), `the ID for {id} begins with card_, as a card's; this call takes a source's`},
		{"detach, a bank account", detach("cus_1", "ba_1"),
			`the ID for {id} begins with ba_, as a bank account's; this call takes a source's`},
		{"update attached, a card", func(ctx context.Context, c *source.Client) error {
			_, err := c.UpdateAttached(ctx, "cus_1", "card_1", nil)
			return err
		}, `the ID for {id} begins with card_, as a card's; this call takes a source's`},
		{"transaction, no ID", func(ctx context.Context, c *source.Client) error {
			_, err := c.GetTransaction(ctx, "src_1", "")
			return err
		}, "the ID for {source_transaction} is empty"},
		{"notification, hostile ID", func(ctx context.Context, c *source.Client) error {
			_, err := c.GetMandateNotification(ctx, "src_1", "..")
			return err
		}, `the ID for {mandate_notification} is ".."`},
		{"list, no customer", func(ctx context.Context, c *source.Client) error {
			_, err := c.ListAttached(ctx, "", nil)
			return err
		}, "the ID for {customer} is empty"},
		{"list, both cursors", func(ctx context.Context, c *source.Client) error {
			_, err := c.ListTransactions(ctx, "src_1", &stripecash.ListParams{StartingAfter: "a", EndingBefore: "b"})
			return err
		}, `starting_after "a" and ending_before "b" exclude each other`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client := newClient(t, stripecash.WithHTTPClient(&http.Client{Transport: roundTripper(
				func(req *http.Request) (*http.Response, error) {
					t.Errorf("a request that should not be sent: %s %s", req.Method, req.URL)
					return nil, errors.New("unexpected request")
				})}))
			assert.ErrorContains(t, tt.call(t.Context(), client), tt.want)
		})
	}
}

func TestWrongObject(t *testing.T) {
	const body = `{"id":"card_1","object":"card","deleted":true}`
	tests := []struct {
		name   string
		method string
		target string
		body   string
		call   func(context.Context, *source.Client) (*source.Source, error)
	}{
		{
			name: "a card's token attached", method: http.MethodPost, target: "/v1/customers/cus_1/sources", body: "source=tok_visa",
			call: func(ctx context.Context, c *source.Client) (*source.Source, error) {
				return c.Attach(ctx, "cus_1", "tok_visa")
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(tt.method, tt.target, tt.body).BodyString(body)

			got, err := tt.call(t.Context(), newClient(t))
			assert.Nil(t, got)
			wrong, ok := errors.AsType[*stripecash.ObjectError](err)
			require.True(t, ok, err)
			assert.Equal(t, []string{"source", "card", "card_1"}, []string{wrong.Want, wrong.Got, wrong.ID})
			assert.True(t, gock.IsDone())
		})
	}
}

// A detach whose answer was lost leaves nothing to answer with, and must not look like one that never happened.
func TestDetachAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		attempts := 0
		client := newClient(t, stripecash.WithHTTPClient(&http.Client{Transport: roundTripper(
			func(*http.Request) (*http.Response, error) {
				attempts++
				if attempts == 1 {
					return nil, io.ErrUnexpectedEOF
				}
				return &http.Response{StatusCode: http.StatusNotFound, Body: io.NopCloser(strings.NewReader(
					`{"error":{"type":"invalid_request_error","code":"resource_missing","param":"id","message":"No such source: 'src_1'"}}`,
				))}, nil
			})}))

		got, err := client.Detach(t.Context(), "cus_1", "src_1")
		assert.Nil(t, got)
		require.ErrorIs(t, err, stripecash.ErrNotFound)
		require.ErrorIs(t, err, stripecash.ErrOutcomeUnknown)
		assert.Equal(t, 2, attempts)
	})
}
