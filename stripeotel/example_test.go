package stripeotel_test

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripeotel"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// The emulator breaks the connection once; the call is made again and both attempts are seen.
func ExampleNew() {
	spans := tracetest.NewInMemoryExporter() // in a program, leave Config empty
	tracer, err := stripeotel.New(stripeotel.Config{TracerProvider: trace.NewTracerProvider(trace.WithSyncer(spans))})
	if err != nil {
		fmt.Println(err)
		return
	}
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fail(stripetest.Fault{Cut: stripetest.CutBeforeEffect})
	api := srv.Client(stripecash.WithTracer(tracer))
	if _, err := cashbalance.New(api).Get(context.Background(), "cus_123"); err != nil {
		fmt.Println(err)
		return
	}
	for _, span := range spans.GetSpans() {
		fmt.Println(span.SpanKind, span.Name)
	}
	// Output:
	// client GET /v1/customers/{customer}/cash_balance
	// client GET /v1/customers/{customer}/cash_balance
	// internal GET /v1/customers/{customer}/cash_balance
}
