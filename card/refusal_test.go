package card_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/h2non/gock.v1"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
)

// answer is what a transport gives: a response, or with status 0 none, because the connection broke.
type answer struct {
	status int
	body   string
}

// answers is a transport that gives one answer after the other and fails the test when asked for more.
func answers(t *testing.T, left ...answer) stripecash.Option {
	t.Helper()
	t.Cleanup(func() { assert.Empty(t, left, "answers that nobody asked for") })
	return stripecash.WithHTTPClient(&http.Client{Transport: roundTripper(func(req *http.Request) (*http.Response, error) {
		if len(left) == 0 {
			t.Errorf("a request that should not be sent: %s %s", req.Method, req.URL)
			return nil, errors.New("unexpected request")
		}
		next := left[0]
		left = left[1:]
		if next.status == 0 {
			return nil, io.ErrUnexpectedEOF
		}
		return &http.Response{
			StatusCode: next.status, Header: http.Header{"Request-Id": {"req_1"}}, Body: io.NopCloser(strings.NewReader(next.body)),
		}, nil
	})})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func create(owner card.Owner, params *card.CreateParams) func(context.Context, *card.Client) error {
	return func(ctx context.Context, c *card.Client) error {
		_, err := c.Create(ctx, owner, params)
		return err
	}
}

func update(owner card.Owner, params *card.UpdateParams) func(context.Context, *card.Client) error {
	return func(ctx context.Context, c *card.Client) error {
		_, err := c.Update(ctx, owner, "card_1", params)
		return err
	}
}

func remove(owner card.Owner, id string) func(context.Context, *card.Client) error {
	return func(ctx context.Context, c *card.Client) error {
		_, err := c.Delete(ctx, owner, id)
		return err
	}
}

func raw(change func(*card.Details)) *card.CreateParams {
	d := details()
	change(d)
	return &card.CreateParams{Details: d}
}

func TestBadInput(t *testing.T) {
	customer := card.Customer("cus_1")
	token := &card.CreateParams{Token: "tok_visa"}
	many := stripecash.Metadata{}
	for i := range 51 {
		many["k"+strconv.Itoa(i)] = "v"
	}
	const zero = "owner: none given; use card.Customer, card.Account or card.Recipient"

	tests := []struct {
		name string
		call func(context.Context, *card.Client) error
		want string
	}{
		{"create, zero owner", create(card.Owner{}, token), zero},
		{"create, zero owner, nil params", create(card.Owner{}, nil), zero},
		{"get, zero owner", func(ctx context.Context, c *card.Client) error {
			_, err := c.Get(ctx, card.Owner{}, "card_1")
			return err
		}, zero},
		{"update, zero owner", update(card.Owner{}, nil), zero},
		{"delete, zero owner", remove(card.Owner{}, "card_1"), zero},
		{"delete, a customer's bank account", remove(customer, "ba_1"),
			`the ID for {id} begins with ba_, as a bank account's; this call takes a card's`},
		{"delete, an account's bank account", remove(card.Account("acct_1"), "ba_1"), `the ID for {id} begins with ba_, as a bank account's`},
		{"delete, a source", remove(customer, "src_1"), `the ID for {id} begins with src_, as a source's; this call takes a card's`},
		{"list, zero owner", func(ctx context.Context, c *card.Client) error {
			_, err := c.List(ctx, card.Owner{}, nil)
			return err
		}, zero},
		{"all, zero owner", func(ctx context.Context, c *card.Client) error {
			for _, err := range c.All(ctx, card.Owner{}, nil) {
				return err
			}
			return nil
		}, zero},
		{"token with white space", create(customer, &card.CreateParams{Token: "tok_visa\n"}), "token has white space around it; trim it"},
		{"number in the token's place", create(customer, &card.CreateParams{Token: "4242 4242-4242 4242"}), "token is a number; a card's number goes into details"},
		{"blank token", create(customer, &card.CreateParams{Token: " "}), "token has white space around it; trim it"},
		{"blank number", create(customer, &card.CreateParams{Details: &card.Details{Number: card.NewSecret("  "), ExpMonth: 8, ExpYear: 2034}}),
			"details: number is empty; it is required"},
		{"empty customer", create(card.Customer(""), token), "the ID for {customer} is empty"},
		{"empty account", create(card.Account(""), token), "the ID for {account} is empty"},
		{"empty recipient", create(card.Recipient(""), token), "the ID for {recipient} is empty"},
		{"hostile customer", create(card.Customer(".."), token), `the ID for {customer} is ".."`},
		{"get, empty card", func(ctx context.Context, c *card.Client) error {
			_, err := c.Get(ctx, customer, "")
			return err
		}, "the ID for {id} is empty"},
		{"delete, empty card", func(ctx context.Context, c *card.Client) error {
			_, err := c.Delete(ctx, customer, "")
			return err
		}, "the ID for {id} is empty"},
		{"list, limit", func(ctx context.Context, c *card.Client) error {
			_, err := c.List(ctx, customer, &stripecash.ListParams{Limit: 101})
			return err
		}, "limit is 101; it must be 1 to 100"},

		{"no params", create(customer, nil), "neither token nor details are given; one of them is required"},
		{"neither token nor details", create(customer, &card.CreateParams{}), "neither token nor details are given"},
		{"token and details", create(customer, &card.CreateParams{Token: "tok_visa", Details: details()}),
			`token and details are given; they exclude each other`},
		{"no number", create(customer, raw(func(d *card.Details) { d.Number = card.Secret{} })),
			"details: number is empty; it is required"},
		{"no month", create(customer, raw(func(d *card.Details) { d.ExpMonth = 0 })), "exp_month is 0; it must be 1 to 12"},
		{"month 13", create(customer, raw(func(d *card.Details) { d.ExpMonth = 13 })), "exp_month is 13; it must be 1 to 12"},
		{"five-digit year", create(customer, raw(func(d *card.Details) { d.ExpYear = 10000 })),
			"exp_year is 10000; it must have four digits"},
		{"three-digit year", create(customer, raw(func(d *card.Details) { d.ExpYear = 999 })),
			"exp_year is 999; it must have four digits"},
		{"a customer's card with a currency", create(customer, raw(func(d *card.Details) { d.Currency = "usd" })),
			`details: currency is "usd"; only an account's card has one`},
		{"a customer's card as a currency's default",
			create(customer, &card.CreateParams{Token: "tok_visa", DefaultForCurrency: true}),
			"default_for_currency is true; only an account's card can be a default for its currency"},
		{"51 metadata", create(customer, &card.CreateParams{Token: "tok_visa", Metadata: many}),
			"metadata: 51 keys; at most 50 are allowed"},
		{"a long key", create(customer, &card.CreateParams{Token: "tok_visa", Metadata: stripecash.Metadata{strings.Repeat("k", 41): ""}}),
			"has 41 characters; at most 40 are allowed"},
		{"a long value", create(customer, &card.CreateParams{Token: "tok_visa", Metadata: stripecash.Metadata{"k": strings.Repeat("v", 501)}}),
			`the value of "k" has 501 characters; at most 500 are allowed`},

		{"update, a bank account", func(ctx context.Context, c *card.Client) error {
			_, err := c.Update(ctx, card.Account("acct_1"), "ba_1", &card.UpdateParams{DefaultForCurrency: true})
			return err
		}, `the ID for {id} begins with ba_, as a bank account's; this call takes a card's`},
		{"update, month 13", update(customer, &card.UpdateParams{ExpMonth: 13}), "exp_month is 13; it must be 1 to 12"},
		{"update, month -1", update(customer, &card.UpdateParams{ExpMonth: -1}), "exp_month is -1; it must be 1 to 12"},
		{"update, five-digit year", update(customer, &card.UpdateParams{ExpYear: 20340}), "exp_year is 20340; it must have four digits"},
		{"update, a customer's card as a currency's default", update(customer, &card.UpdateParams{DefaultForCurrency: true}),
			"default_for_currency is true; only an account's card can be a default for its currency"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.call(t.Context(), newClient(t, answers(t)))
			require.ErrorContains(t, err, tt.want)
			assert.NotContains(t, err.Error(), "\n")
			assert.NotContains(t, err.Error(), "4242424242424242")
		})
	}
}

// Params are only read: the same ones serve many calls at once, and owners of every kind. The race detector sees more
// of it than the comparison.
func TestParamsAreOnlyRead(t *testing.T) {
	params := &card.CreateParams{Details: details(), Metadata: stripecash.Metadata{"k": "v"}}
	metadata := maps.Clone(params.Metadata)
	var requests atomic.Int32
	client := newClient(t, stripecash.WithHTTPClient(&http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) {
		requests.Add(1)
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(`{"id":"card_1","object":"card"}`))}, nil
	})}))

	var wg sync.WaitGroup
	for range 16 {
		for _, owner := range []card.Owner{card.Customer("cus_1"), card.Account("acct_1"), card.Recipient("rp_1")} {
			wg.Go(func() {
				_, err := client.Create(t.Context(), owner, params)
				assert.NoError(t, err)
			})
		}
	}
	wg.Wait()
	assert.EqualValues(t, 48, requests.Load())
	assert.Equal(t, metadata, params.Metadata)
	assert.Equal(t, card.CreateParams{Details: params.Details, Metadata: metadata}, *params)
}

func TestWrongObject(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodPost, "/v1/customers/cus_1/sources", "source=btok_us").BodyString(fixture(t, "bank_account.json"))

	got, err := newClient(t).Create(t.Context(), card.Customer("cus_1"), &card.CreateParams{Token: "btok_us"})
	assert.Nil(t, got)
	wrong, ok := errors.AsType[*stripecash.ObjectError](err)
	require.True(t, ok, err)
	assert.Equal(t, "card", wrong.Want)
	assert.Equal(t, "bank_account", wrong.Got)
	assert.Equal(t, "ba_1NAinP2eZvKYlo2C7vqBz1zT", wrong.ID)
	assert.Contains(t, err.Error(), `a "card" was expected, but the answer is a "bank_account" with the ID "ba_1NAinP2eZvKYlo2C7vqBz1zT"`)
}

func TestDeclined(t *testing.T) {
	client := newClient(t, answers(t, answer{http.StatusPaymentRequired,
		`{"error":{"type":"card_error","code":"card_declined","decline_code":"generic_decline","message":"Your card was declined."}}`,
	}))

	_, err := client.Create(t.Context(), card.Customer("cus_1"), &card.CreateParams{Details: details()})
	require.ErrorIs(t, err, stripecash.ErrCardDeclined)
	assert.NotContains(t, err.Error(), "4242424242424242")
}

func TestDeleteAgain(t *testing.T) {
	missing := func(param string) answer {
		return answer{http.StatusNotFound,
			`{"error":{"type":"invalid_request_error","code":"resource_missing","message":"No such thing","param":"` + param + `"}}`}
	}
	said := func(message string) answer {
		return answer{http.StatusNotFound, `{"error":{"type":"invalid_request_error","code":"resource_missing","message":"` + message + `","param":"id"}}`}
	}
	lost, broken, cut := answer{}, answer{status: http.StatusInternalServerError}, answer{http.StatusOK, `{"id":"card_1",`}
	limited := answer{http.StatusTooManyRequests, `{"error":{"type":"invalid_request_error","code":"rate_limit"}}`}
	foreign := answer{http.StatusNotFound, "<html>"}
	deleted := &card.Deleted{ID: "card_1", Object: "card", Deleted: true}
	tests := []struct {
		name    string
		owner   string // cus_1, if empty
		answers []answer
		want    *card.Deleted
		wantErr error
	}{
		{name: "lost, then not linked", answers: []answer{lost, said("Customer cus_1 does not have a linked source with ID card_1.")}, want: deleted},
		{name: "lost, then no such customer, by its message", answers: []answer{lost, said("No such customer: 'cus_1'")}, wantErr: stripecash.ErrNotFound},
		{name: "lost, then no such customer, whose ID has the card's in it", owner: "cus_card_1x",
			answers: []answer{lost, said("No such customer: 'cus_card_1x'")}, wantErr: stripecash.ErrNotFound},
		{name: "the first answer is lost", answers: []answer{lost, missing("id")}, want: deleted},
		{name: "the first answer is a 500", answers: []answer{broken, missing("id")}, want: deleted},
		{name: "the first answer is cut", answers: []answer{cut, missing("id")}, want: deleted},
		{name: "never there", answers: []answer{missing("id")}, wantErr: stripecash.ErrNotFound},
		{name: "a proxy's no, perhaps to the answer, then not there", answers: []answer{{http.StatusTooManyRequests, "<html>"}, missing("id")}, want: deleted},
		{name: "turned away, then not there", answers: []answer{limited, missing("id")}, wantErr: stripecash.ErrNotFound},
		{name: "lost, then no such customer", answers: []answer{lost, missing("customer")}, wantErr: stripecash.ErrNotFound},
		{name: "lost, then a 404 of a proxy", answers: []answer{lost, foreign}, wantErr: stripecash.ErrNotFound},
		{name: "lost, then refused", answers: []answer{lost, {status: http.StatusUnauthorized}}, wantErr: stripecash.ErrAuthentication},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got, err := newClient(t, answers(t, tt.answers...)).Delete(t.Context(), card.Customer(cmp.Or(tt.owner, "cus_1")), "card_1")
				require.ErrorIs(t, err, tt.wantErr)
				assert.Equal(t, tt.want, got)
			})
		})
	}
}

func TestOwnerSaysWhoItIs(t *testing.T) {
	assert.Equal(t, "customer cus_1, account acct_1, recipient rp_1, nobody",
		fmt.Sprintf("%v, %v, %v, %v", card.Customer("cus_1"), card.Account("acct_1"), card.Recipient("rp_1"), card.Owner{}))
}
