package stripecash_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// A mistake in the set-up shows when the client is made, not when the first customer pays.
func ExampleNewClient() {
	api, err := stripecash.NewClient("sk_test_123", stripecash.WithMaxRetries(3))
	fmt.Println(api, err)

	_, err = stripecash.NewClient("sk_test_123\n")
	fmt.Println(err)

	_, err = stripecash.NewClient("sk_test_123", stripecash.WithBaseURL("http://stripe.example.com"))
	fmt.Println(err)
	// Output:
	// stripecash.Client(https://api.stripe.com) <nil>
	// stripecash: the API key has white space, a control character or one that is not ASCII; was it pasted whole?
	// stripecash: base URL "http://stripe.example.com" would send the key in the clear; use https, plain http is for loopback addresses
}

// A platform makes a client for each connected account out of its own; they share their connections.
func ExampleClient_With() {
	srv := stripetest.NewServer()
	srv.Connect("acct_1").AddCustomer("cus_123")
	platform := srv.Client()
	account := platform.With(stripecash.WithAccount("acct_1"))

	ctx := context.Background()
	_, err := cashbalance.New(platform).Get(ctx, "cus_123")
	fmt.Println("the platform's:", errors.Is(err, stripecash.ErrNotFound))
	b, err := cashbalance.New(account).Get(ctx, "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("the account's:", b.Customer)
	// Output:
	// the platform's: true
	// the account's: cus_123
}

// Do makes the calls that this module has no method for, with all that a method has: escaping, retries, idempotency,
// errors.
func ExampleClient_Do() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	api := srv.Client()

	var customer struct {
		ID       string              `json:"id"`
		Metadata stripecash.Metadata `json:"metadata"`
	}
	err := api.Do(context.Background(), stripecash.Request{
		Method: http.MethodGet,
		Path:   "/v1/customers/{customer}",
		IDs:    []string{"cus_123"},
		Object: "customer",
	}, &customer)
	fmt.Println(customer.ID, err)

	err = api.Do(context.Background(), stripecash.Request{
		Method: http.MethodGet,
		Path:   "/v1/customers/{customer}",
		IDs:    []string{""},
	}, nil)
	fmt.Println(err)
	// Output:
	// cus_123 <nil>
	// stripecash: GET /v1/customers/{customer}: the ID for {customer} is empty
}

func ExampleError() {
	api := stripetest.NewServer(stripetest.WithSeed(1)).Client()

	_, err := cashbalance.New(api).Get(context.Background(), "cus_404")
	fmt.Println(err)
	if e, ok := errors.AsType[*stripecash.Error](err); ok && e.Code == stripecash.CodeResourceMissing {
		fmt.Println(e.Status, e.Type, e.Message)
	}
	fmt.Println(errors.Is(err, stripecash.ErrNotFound), errors.Is(err, stripecash.ErrRateLimited))
	// Output:
	// stripecash: GET /v1/customers/cus_404/cash_balance: 404: invalid_request_error (resource_missing): No such customer: 'cus_404' [req_q1pzKbpQki2kR2]
	// 404 invalid_request_error No such customer: 'cus_404'
	// true false
}

// A bank account's token makes a bank account, where a card was meant. The error says what is there now, so that it can
// be removed.
func ExampleObjectError() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	_, err := card.New(srv.Client()).Create(context.Background(), card.Customer("cus_123"), &card.CreateParams{Token: "btok_us"})
	if e, ok := errors.AsType[*stripecash.ObjectError](err); ok {
		fmt.Println("wanted:", e.Want, "got:", e.Got, "to undo:", e.ID != "")
	}
	// Output: wanted: card got: bank_account to undo: true
}

// The connection breaks behind the effect: the money is there, but no answer came. The same idempotency key finds out,
// and does not add it again.
func ExampleWithIdempotencyKey() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fail(stripetest.Fault{Method: http.MethodPost, Cut: stripetest.CutAfterEffect})
	ctx, api := context.Background(), srv.Client(stripecash.WithMaxRetries(0))

	params := &transaction.FundParams{Amount: 100_00, Currency: stripecash.CurrencyEUR}
	key := stripecash.WithIdempotencyKey("order-17-fund")
	_, err := transaction.New(api).Fund(ctx, "cus_123", params, key)
	fmt.Println("unknown:", errors.Is(err, stripecash.ErrOutcomeUnknown))

	var resp stripecash.Response
	_, err = transaction.New(api).Fund(ctx, "cus_123", params, key, stripecash.WithResponse(&resp))
	fmt.Println("replayed:", resp.Replayed, err)

	b, err := cashbalance.New(api).Get(ctx, "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(stripecash.CurrencyEUR.Format(b.Available["eur"]))
	// Output:
	// unknown: true
	// replayed: true <nil>
	// EUR 100.00
}

func ExampleWithResponse() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fail(stripetest.Fault{Status: http.StatusServiceUnavailable})

	var resp stripecash.Response
	_, err := cashbalance.New(srv.Client()).Get(context.Background(), "cus_123", stripecash.WithResponse(&resp))
	fmt.Println(err, resp.Status, resp.Attempts, resp.RequestID != "", len(resp.Body) > 0)
	// Output: <nil> 200 2 true true
}

func ExampleWithExpand() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	id := srv.Fund("cus_123", stripecash.CurrencyEUR, 100_00)

	t, err := transaction.New(srv.Client()).Get(context.Background(), "cus_123", id, stripecash.WithExpand("customer"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Customer.ID, len(t.Customer.Raw) > 0)
	// Output: cus_123 true
}

// A resource of your own is listed like those of this module.
func ExampleAll() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	for range 3 {
		srv.Fund("cus_123", stripecash.CurrencyEUR, 5_00)
	}

	request := stripecash.Request{
		Path: "/v1/customers/{customer}/cash_balance_transactions",
		IDs:  []string{"cus_123"},
	}
	for t, err := range stripecash.All[movement](context.Background(), srv.Client(), request, &stripecash.ListParams{Limit: 2}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(t.EndingBalance)
	}
	fmt.Println("pages:", len(srv.Requests()))
	// Output:
	// 1500
	// 1000
	// 500
	// pages: 2
}

// movement is of a cash balance transaction what [ExampleAll] wants to know.
type movement struct {
	ID            string `json:"id"`
	EndingBalance int64  `json:"ending_balance"`
}

// ObjectID implements [stripecash.Identified].
func (m *movement) ObjectID() string { return m.ID }

func ExampleMetadata() {
	for _, metadata := range []stripecash.Metadata{nil, {}, {"order": "17", "note": ""}} {
		form, err := stripecash.Encode(&struct {
			Metadata stripecash.Metadata `url:"metadata"`
		}{metadata})
		fmt.Println(form, err)
	}
	// Output:
	// map[] <nil>
	// map[metadata:[]] <nil>
	// map[metadata[note]:[] metadata[order]:[17]] <nil>
}

func ExampleCurrency_Format() {
	fmt.Println(stripecash.CurrencyEUR.Format(100_00), stripecash.CurrencyJPY.Format(500), stripecash.CurrencyUSD.Format(-5))
	// Output: EUR 100.00 JPY 500 USD -0.05
}

// A time that the API writes as null is the zero time.
func ExampleTimestamp_Time() {
	for _, answer := range []string{`{"created": 1767225600}`, `{"created": null}`} {
		var object struct {
			Created stripecash.Timestamp `json:"created"`
		}
		if err := json.Unmarshal([]byte(answer), &object); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(object.Created.Time(), object.Created.Time().IsZero())
	}
	// Output:
	// 2026-01-01 00:00:00 +0000 UTC false
	// 0001-01-01 00:00:00 +0000 UTC true
}
