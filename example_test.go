package stripecash_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// A service makes one client, at its start. Here the emulator takes the place of the network.
func Example() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", stripecash.CurrencyEUR, 100_00)

	api, err := stripecash.NewClient("sk_test_123", stripecash.WithHTTPClient(&http.Client{Transport: srv}))
	if err != nil {
		fmt.Println(err)
		return
	}
	balance, err := cashbalance.New(api).Get(context.Background(), "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(stripecash.CurrencyEUR.Format(balance.Available[stripecash.CurrencyEUR]))
	// Output: EUR 100.00
}

// What can be seen to be wrong is an error at the start, not at the first call.
func ExampleNewClient() {
	_, err := stripecash.NewClient("sk_test_123\n")
	fmt.Println(err)

	api, err := stripecash.NewClient("sk_test_123", stripecash.WithMaxRetries(3), stripecash.WithTimeout(20*time.Second))
	fmt.Println(api, err)
	// Output:
	// stripecash: the API key has white space, a control character or one that is not ASCII; was it pasted whole?
	// stripecash.Client(https://api.stripe.com) <nil>
}

func ExampleClient_With() {
	srv := stripetest.NewServer()
	srv.Connect("acct_1").AddCustomer("cus_123")
	api := srv.Client()

	shop := api.With(stripecash.WithAccount("acct_1")) // speaks for acct_1; api is untouched
	balance, err := cashbalance.New(shop).Get(context.Background(), "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(balance.Customer)
	// Output: cus_123
}

// What this module does not model is called by its path.
func ExampleClient_Do() {
	srv := stripetest.NewServer()
	api := srv.Client()

	var customer struct{ ID, Email string }
	err := api.Do(context.Background(), stripecash.Request{
		Method: http.MethodPost, Path: "/v1/customers", Params: url.Values{"email": {"jenny@example.com"}},
	}, &customer)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(customer.Email)
	// Output: jenny@example.com
}

// No verb shows the key.
func ExampleClient_String() {
	api, err := stripecash.NewClient("sk_test_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%v %+v %#v\n", api, api, *api)
	// Output: stripecash.Client(https://api.stripe.com) stripecash.Client(https://api.stripe.com) stripecash.Client(https://api.stripe.com)
}

func ExampleCall() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")

	type customer struct {
		ID       string `json:"id"`
		Livemode bool   `json:"livemode"`
	}
	c, err := stripecash.Call[customer](context.Background(), srv.Client(), stripecash.Request{
		Method: http.MethodGet,
		Path:   "/v1/customers/{customer}",
		IDs:    []string{"cus_123"}, // escaped, and refused when empty
		Object: "customer",          // what the answer must be
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.ID, c.Livemode)
	// Output: cus_123 false
}

func ExampleError() {
	srv := stripetest.NewServer(stripetest.WithSeed(1))

	_, err := cashbalance.New(srv.Client()).Get(context.Background(), "cus_404")
	fmt.Println(err)
	if e, ok := errors.AsType[*stripecash.Error](err); ok {
		fmt.Println(e.Status, e.Code, e.Param)
	}
	fmt.Println(errors.Is(err, stripecash.ErrNotFound), errors.Is(err, stripecash.ErrOutcomeUnknown))
	// Output:
	// stripecash: GET /v1/customers/cus_404/cash_balance: 404: invalid_request_error (resource_missing): No such customer: 'cus_404' [req_q1pzKbpQki2kR2]
	// 404 resource_missing customer
	// true false
}

// The connection breaks each time after the work was done. Nothing was lost: the same call with the same key finds out.
func ExampleCallError() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fail(stripetest.Fault{Cut: stripetest.CutAfterEffect})
	ctx, transactions := context.Background(), transaction.New(srv.Client(stripecash.WithMaxRetries(0)))
	fund := func() (*transaction.Transaction, error) {
		return transactions.Fund(ctx, "cus_123", &transaction.FundParams{Amount: 100, Currency: "eur"},
			stripecash.WithIdempotencyKey("order-17"))
	}

	_, err := fund()
	fmt.Println(err)
	if errors.Is(err, stripecash.ErrOutcomeUnknown) {
		t, err := fund()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(t.EndingBalance)
	}
	// Output:
	// stripecash: POST /v1/test_helpers/customers/cus_123/fund_cash_balance: read tcp: connection reset by peer
	// 100
}

// The token of a bank account was given where a card's belongs: the answer is what was made of it.
func ExampleObjectError() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")

	_, err := card.New(srv.Client()).Create(context.Background(), card.Customer("cus_123"), &card.CreateParams{Token: "btok_us"})
	if e, ok := errors.AsType[*stripecash.ObjectError](err); ok {
		fmt.Println(e.Want, e.Got, e.ID != "")
	}
	// Output: card bank_account true
}

func ExampleWithExpand() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	id := srv.Fund("cus_123", "eur", 100_00)
	ctx, transactions := context.Background(), transaction.New(srv.Client())

	for _, opts := range [][]stripecash.CallOption{nil, {stripecash.WithExpand("customer")}} {
		t, err := transactions.Get(ctx, "cus_123", id, opts...)
		if err != nil {
			fmt.Println(err)
			return
		}
		object, _, _ := stripecash.Identify(t.Customer.Raw) // empty, unless expanded
		fmt.Printf("%s %q\n", t.Customer.ID, object)
	}
	// Output:
	// cus_123 ""
	// cus_123 "customer"
}

func ExampleWithIdempotencyKey() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, transactions := context.Background(), transaction.New(srv.Client())

	var resp stripecash.Response
	for range 2 { // say, the program was killed and runs once more
		t, err := transactions.Fund(ctx, "cus_123", &transaction.FundParams{Amount: 5_00, Currency: "eur"},
			stripecash.WithIdempotencyKey("order-17-fund"), stripecash.WithResponse(&resp))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(t.EndingBalance, resp.Replayed)
	}
	// Output:
	// 500 false
	// 500 true
}

func ExampleWithResponse() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")

	var resp stripecash.Response
	if _, err := cashbalance.New(srv.Client()).Get(context.Background(), "cus_123", stripecash.WithResponse(&resp)); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(resp.Status, resp.Header.Get("Stripe-Version"), resp.Attempts)
	// Output: 200 2026-08-26.dahlia 1
}

func ExampleWithLogger() {
	srv := stripetest.NewServer()
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			switch a.Key {
			case slog.TimeKey, "duration", "request_id": // these differ from run to run
				return slog.Attr{}
			}
			return a
		},
	}))

	_, err := cashbalance.New(srv.Client(stripecash.WithLogger(logger))).Get(context.Background(), "cus_404")
	fmt.Println(err != nil)
	// Output:
	// level=DEBUG msg="stripe request" method=GET route=/v1/customers/{customer}/cash_balance attempt=1 status=404 status_text="Not Found" error.type=invalid_request_error error.code=resource_missing error.param=customer
	// true
}

// stopwatch is a Tracer that tells how calls end.
type stopwatch struct{}

func (stopwatch) TraceStart(ctx context.Context, _ stripecash.Operation) context.Context { return ctx }

func (stopwatch) TraceEnd(_ context.Context, op stripecash.Operation, outcome stripecash.Outcome) {
	if op.Attempt == 0 {
		fmt.Println(op.Method, op.Route, outcome.Status, outcome.Duration >= 0)
	}
}

func ExampleWithTracer() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	api := srv.Client(stripecash.WithTracer(stopwatch{}))

	if _, err := cashbalance.New(api).Get(context.Background(), "cus_123"); err != nil {
		fmt.Println(err)
	}
	// Output: GET /v1/customers/{customer}/cash_balance 200 true
}

func ExampleCurrency_Format() {
	fmt.Println(stripecash.CurrencyEUR.Format(100_00), stripecash.CurrencyJPY.Format(500))
	// Output: EUR 100.00 JPY 500
}
