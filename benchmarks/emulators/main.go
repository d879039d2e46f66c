// Command emulators measures how long it takes to start an API to test against: a stripetest server, or stripe-mock within
// the process. It is a command of its own because stripe-mock carries Stripe's whole specification.
//
//	emulators stripetest|stripe-mock
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/stripe/stripe-mock/embedded"
	"github.com/stripe/stripe-mock/server"

	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "emulators:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	start := ours
	if len(args) == 1 && args[0] == "stripe-mock" {
		start = stripeMock
	}
	stdout := os.Stdout
	os.Stdout = os.Stderr // stripe-mock tells it what it does
	began := time.Now()
	use, err := start()
	elapsed := time.Since(began)
	if err != nil {
		return err
	}
	if err := use(ctx); err != nil {
		return err
	}
	return json.NewEncoder(stdout).Encode(map[string]float64{"ns": float64(elapsed.Nanoseconds())})
}

const customer = "cus_OaCLf8Fi1nbFpJ"

// ours makes a server with a customer. What it returns shows that the server works.
func ours() (func(context.Context) error, error) {
	srv := stripetest.NewServer()
	srv.AddCustomer(customer)
	return func(ctx context.Context) error {
		_, err := cashbalance.New(srv.Client()).Get(ctx, customer)
		return err
	}, nil
}

func stripeMock() (func(context.Context) error, error) {
	spec, err := server.LoadSpec(embedded.OpenAPISpec, "")
	if err != nil {
		return nil, err
	}
	fixtures, err := server.LoadFixtures(embedded.OpenAPIFixtures, "")
	if err != nil {
		return nil, err
	}
	stub, err := server.NewStubServer(fixtures, spec, false, false)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		req := httptest.NewRequestWithContext(ctx, http.MethodGet, "/v1/customers/"+customer+"/cash_balance", nil)
		req.Header.Set("Authorization", "Bearer sk_test_123")
		recorder := httptest.NewRecorder()
		stub.HandleRequest(recorder, req)
		if recorder.Code != http.StatusOK {
			return fmt.Errorf("stripe-mock answers %d: %s", recorder.Code, recorder.Body)
		}
		return nil
	}, nil
}
