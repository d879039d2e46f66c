// Package stripeotel tells OpenTelemetry of the calls of a stripecash client, by the semantic conventions for HTTP clients.
//
//	tracer, err := stripeotel.New(stripeotel.Config{})
//	api, err := stripecash.NewClient(key, stripecash.WithTracer(tracer))
//
// A call is a span of kind internal, "POST /v1/customers/{customer}/cash_balance", and every attempt within it, retries
// included, one of kind client with the same name. Attempts are measured in the histogram http.client.request.duration,
// in seconds, and retries counted in stripecash.client.retries.
//
// Neither spans nor metrics have IDs of customers, cards or sources: url.full, which the conventions ask for, is left out
// in favor of url.template, and an error is reduced to its type, since its text names the path. Spans do have the ID of
// the request, which is what Stripe's support asks for. No trace context is sent to Stripe.
//
// See https://opentelemetry.io/docs/specs/semconv/http/.
package stripeotel

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/semconv/v1.43.0/httpconv"
	"go.opentelemetry.io/otel/trace"

	"github.com/ccb8c2b4/stripecash"
)

// Config says where spans and metrics go. The zero value is where the program's other instrumentation goes: the
// providers that [otel.SetTracerProvider] and [otel.SetMeterProvider] were given.
type Config struct {
	TracerProvider trace.TracerProvider
	MeterProvider  metric.MeterProvider
}

// Tracer is a [stripecash.Tracer]. It is safe for concurrent use, by several clients too.
type Tracer struct {
	tracer   trace.Tracer
	duration httpconv.ClientRequestDuration
	retries  metric.Int64Counter
}

const scope = "github.com/ccb8c2b4/stripecash/stripeotel"

// New makes a tracer. Its error is that of a meter provider that refuses an instrument.
func New(config Config) (*Tracer, error) {
	if config.TracerProvider == nil {
		config.TracerProvider = otel.GetTracerProvider()
	}
	if config.MeterProvider == nil {
		config.MeterProvider = otel.GetMeterProvider()
	}
	meter := config.MeterProvider.Meter(scope,
		metric.WithInstrumentationVersion(stripecash.Version), metric.WithSchemaURL(semconv.SchemaURL))
	duration, err := httpconv.NewClientRequestDuration(meter)
	if err != nil {
		return nil, fmt.Errorf("stripeotel: %w", err)
	}
	retries, err := meter.Int64Counter("stripecash.client.retries", metric.WithUnit("{retry}"),
		metric.WithDescription("Attempts that failed and were made again."))
	if err != nil {
		return nil, fmt.Errorf("stripeotel: %w", err)
	}
	return &Tracer{
		tracer: config.TracerProvider.Tracer(scope,
			trace.WithInstrumentationVersion(stripecash.Version), trace.WithSchemaURL(semconv.SchemaURL)),
		duration: duration,
		retries:  retries,
	}, nil
}

// TraceStart implements [stripecash.Tracer].
func (t *Tracer) TraceStart(ctx context.Context, op stripecash.Operation) context.Context {
	kind, attrs := trace.SpanKindInternal, describe(op)
	if op.Attempt > 0 {
		kind = trace.SpanKindClient
	}
	if op.Attempt > 1 {
		attrs = append(attrs, semconv.HTTPRequestResendCount(op.Attempt-1))
	}
	ctx, span := t.tracer.Start(ctx, op.Method+" "+op.Route, trace.WithSpanKind(kind), trace.WithAttributes(attrs...))
	return context.WithValue(ctx, spanOf{t}, span)
}

// spanOf is where a tracer keeps its span: the current one of the context may be another tracer's by the end.
type spanOf struct{ tracer *Tracer }

// TraceEnd implements [stripecash.Tracer].
func (t *Tracer) TraceEnd(ctx context.Context, op stripecash.Operation, outcome stripecash.Outcome) {
	result := conclude(outcome)
	span, ok := ctx.Value(spanOf{t}).(trace.Span)
	if !ok {
		return // not begun by this tracer
	}
	span.SetAttributes(result...)
	if outcome.RequestID != "" {
		span.SetAttributes(attribute.StringSlice("http.response.header.request-id", []string{outcome.RequestID}))
	}
	if outcome.BudgetEmpty {
		span.SetAttributes(attribute.Bool("stripecash.retry.budget_empty", true))
	}
	if outcome.Err != nil {
		span.SetStatus(codes.Error, "") // error.type says it; the error's text has IDs
	}
	span.End()
	if op.Attempt == 0 {
		return
	}
	attrs := metric.WithAttributes(append(describe(op), result...)...)
	t.duration.Inst().Record(ctx, outcome.Duration.Seconds(), attrs)
	if outcome.Retry {
		t.retries.Add(ctx, 1, attrs)
	}
}

// describe is what an operation is known by before it begins.
func describe(op stripecash.Operation) []attribute.KeyValue {
	return []attribute.KeyValue{
		semconv.HTTPRequestMethodKey.String(op.Method), semconv.URLTemplate(op.Route),
		semconv.ServerAddress(op.Host), semconv.ServerPort(op.Port),
	}
}

// conclude is how it ended, in few values.
func conclude(outcome stripecash.Outcome) []attribute.KeyValue {
	var attrs []attribute.KeyValue
	if outcome.Status != 0 {
		attrs = append(attrs, semconv.HTTPResponseStatusCode(outcome.Status))
	}
	if outcome.Err != nil {
		attrs = append(attrs, semconv.ErrorTypeKey.String(errorType(outcome)))
	}
	return attrs
}
