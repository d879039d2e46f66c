package stripecash_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
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
