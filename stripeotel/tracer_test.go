package stripeotel_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	api "go.opentelemetry.io/otel/trace"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripeotel"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

const route = "/v1/customers/{customer}/cash_balance"

// observed is a client that the SDK's in-memory exporters watch.
type observed struct {
	*stripecash.Client
	spans  *tracetest.InMemoryExporter
	reader *metric.ManualReader
}

func observe(t *testing.T, transport http.RoundTripper, opts ...stripecash.Option) observed {
	t.Helper()
	o := observed{spans: tracetest.NewInMemoryExporter(), reader: metric.NewManualReader()}
	tracer, err := stripeotel.New(stripeotel.Config{
		TracerProvider: trace.NewTracerProvider(trace.WithSyncer(o.spans)),
		MeterProvider:  metric.NewMeterProvider(metric.WithReader(o.reader)),
	})
	require.NoError(t, err)
	o.Client, err = stripecash.NewClient("sk_test_x", append([]stripecash.Option{
		stripecash.WithTracer(tracer), stripecash.WithHTTPClient(&http.Client{Transport: transport}),
	}, opts...)...)
	require.NoError(t, err)
	return o
}

// metrics are the data of each instrument by its name.
func (o observed) metrics(t *testing.T) map[string]metricdata.Metrics {
	t.Helper()
	var all metricdata.ResourceMetrics
	require.NoError(t, o.reader.Collect(t.Context(), &all))
	byName := map[string]metricdata.Metrics{}
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			byName[m.Name] = m
		}
	}
	return byName
}

type answering func(*http.Request) (*http.Response, error)

func (a answering) RoundTrip(req *http.Request) (*http.Response, error) { return a(req) }

func answer(req *http.Request, status int, body string) (*http.Response, error) {
	return &http.Response{
		StatusCode: status, Header: http.Header{"Request-Id": {"req_" + body[:1]}}, Request: req,
		Body: io.NopCloser(strings.NewReader(body)),
	}, nil
}

func TestSpansAndMetricsOfACallThatIsRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		attempt := 0
		o := observe(t, answering(func(req *http.Request) (*http.Response, error) {
			<-time.After(300 * time.Millisecond)
			attempt++
			if attempt == 1 {
				return answer(req, http.StatusServiceUnavailable, "down")
			}
			return answer(req, http.StatusOK, `{"object":"cash_balance"}`)
		}))
		_, err := cashbalance.New(o.Client).Get(t.Context(), "cus_secret")
		require.NoError(t, err)

		base := []attribute.KeyValue{
			attribute.String("http.request.method", "GET"), attribute.String("url.template", route),
			attribute.String("server.address", "api.stripe.com"), attribute.Int("server.port", 443),
		}
		failed := []attribute.KeyValue{attribute.Int("http.response.status_code", 503), attribute.String("error.type", "503")}
		requestID := func(id string) attribute.KeyValue {
			return attribute.StringSlice("http.response.header.request-id", []string{id})
		}
		ok := attribute.Int("http.response.status_code", 200)
		spans := o.spans.GetSpans()
		require.Len(t, spans, 3)
		first, second, call := spans[0], spans[1], spans[2]
		for _, span := range spans {
			assert.Equal(t, "GET "+route, span.Name)
		}
		assert.Equal(t, []api.SpanKind{api.SpanKindClient, api.SpanKindClient, api.SpanKindInternal},
			[]api.SpanKind{first.SpanKind, second.SpanKind, call.SpanKind})
		assert.Equal(t, call.SpanContext.SpanID(), first.Parent.SpanID())
		assert.Equal(t, call.SpanContext.SpanID(), second.Parent.SpanID())
		assert.False(t, call.Parent.IsValid())
		assert.ElementsMatch(t, append(append(base[:4:4], failed...), requestID("req_d")), first.Attributes)
		assert.ElementsMatch(t, append(base[:4:4], ok, attribute.Int("http.request.resend_count", 1), requestID("req_{")), second.Attributes)
		assert.ElementsMatch(t, append(base[:4:4], ok, requestID("req_{")), call.Attributes)
		assert.Equal(t, trace.Status{Code: codes.Error}, first.Status)
		assert.Equal(t, trace.Status{}, second.Status)
		assert.Equal(t, trace.Status{}, call.Status)

		metrics := o.metrics(t)
		require.Len(t, metrics, 2)
		duration := metrics["http.client.request.duration"]
		assert.Equal(t, "s", duration.Unit)
		histogram, isHistogram := duration.Data.(metricdata.Histogram[float64])
		require.True(t, isHistogram)
		require.Len(t, histogram.DataPoints, 2)
		var sets []attribute.Set
		for _, point := range histogram.DataPoints {
			assert.EqualValues(t, 1, point.Count)
			assert.InDelta(t, 0.3, point.Sum, 1e-9)
			assert.Equal(t, []float64{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10}, point.Bounds)
			sets = append(sets, point.Attributes)
		}
		assert.ElementsMatch(t, []attribute.Set{
			attribute.NewSet(append(base[:4:4], failed...)...), attribute.NewSet(append(base[:4:4], ok)...),
		}, sets)
		retries, isSum := metrics["stripecash.client.retries"].Data.(metricdata.Sum[int64])
		require.True(t, isSum)
		require.Len(t, retries.DataPoints, 1)
		assert.EqualValues(t, 1, retries.DataPoints[0].Value)
	})
}

func TestSpansSayThatTheBudgetIsEmpty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := observe(t, answering(func(req *http.Request) (*http.Response, error) {
			return answer(req, http.StatusServiceUnavailable, "down")
		}))
		empty := attribute.Bool("stripecash.retry.budget_empty", true)
		for call := range 60 { // the first fifty have two retries each
			o.spans.Reset()
			_, err := cashbalance.New(o.Client).Get(t.Context(), "cus_1")
			require.ErrorIs(t, err, stripecash.ErrServer)
			spans := o.spans.GetSpans()
			require.NotEmpty(t, spans)
			for _, span := range spans {
				assert.Equal(t, call >= 50, slices.Contains(span.Attributes, empty), "call %d: %s", call, span.Name)
			}
		}
	})
}

// Each of two tracers ends its own spans, and one that is told of an end without a beginning ends nobody's.
func TestTwoTracers(t *testing.T) {
	both := [2]*tracetest.InMemoryExporter{tracetest.NewInMemoryExporter(), tracetest.NewInMemoryExporter()}
	var opts []stripecash.Option
	for _, spans := range both {
		tracer, err := stripeotel.New(stripeotel.Config{
			TracerProvider: trace.NewTracerProvider(trace.WithSyncer(spans)), MeterProvider: metric.NewMeterProvider(),
		})
		require.NoError(t, err)
		tracer.TraceEnd(t.Context(), stripecash.Operation{}, stripecash.Outcome{})
		opts = append(opts, stripecash.WithTracer(tracer))
	}
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	c, err := stripecash.NewClient("sk_test_x", append(opts, stripecash.WithHTTPClient(&http.Client{Transport: srv}))...)
	require.NoError(t, err)
	_, err = cashbalance.New(c).Get(t.Context(), "cus_1")
	require.NoError(t, err)
	for i, spans := range both {
		assert.Len(t, spans.GetSpans(), 2, "tracer %d", i)
	}
}

func TestErrorTypes(t *testing.T) {
	tests := []struct {
		name   string
		answer answering
		want   string
	}{
		{"an error of the API", func(req *http.Request) (*http.Response, error) {
			return answer(req, http.StatusNotFound, "no such customer")
		}, "404"},
		{"a refused request", func(req *http.Request) (*http.Response, error) {
			return answer(req, http.StatusBadRequest, "no")
		}, "400"},
		{"a timeout of the transport", func(*http.Request) (*http.Response, error) {
			return nil, &net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}
		}, "timeout"},
		{"a timeout that is no deadline", func(*http.Request) (*http.Response, error) {
			return nil, &net.DNSError{Err: "i/o timeout", IsTimeout: true}
		}, "timeout"},
		{"a type that was wrapped", func(*http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("proxy: %w", &net.OpError{Op: "read", Err: syscall.ECONNRESET})
		}, "*net.OpError"},
		{"wrapped, and without a type", func(*http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("proxy: %w", io.ErrUnexpectedEOF)
		}, "_OTHER"},
		{"a broken connection", func(*http.Request) (*http.Response, error) {
			return nil, &net.OpError{Op: "read", Err: syscall.ECONNRESET}
		}, "*net.OpError"},
		{"an error without a type", func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }, "_OTHER"},
		{"a timeout", func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		}, "timeout"},
		{"an answer that is no JSON", func(req *http.Request) (*http.Response, error) {
			return answer(req, http.StatusOK, "<html>")
		}, "*json.SyntaxError"},
		{"another object", func(req *http.Request) (*http.Response, error) {
			return answer(req, http.StatusOK, `{"object":"card"}`)
		}, "*stripecash.ObjectError"},
		{"a call that was given up", func(*http.Request) (*http.Response, error) { return nil, context.Canceled }, "canceled"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := observe(t, tt.answer, stripecash.WithMaxRetries(0))
				_, err := cashbalance.New(o.Client).Get(t.Context(), "cus_secret")
				require.Error(t, err)
				for _, span := range o.spans.GetSpans() {
					assert.Contains(t, span.Attributes, attribute.String("error.type", tt.want))
					assert.Equal(t, trace.Status{Code: codes.Error}, span.Status)
				}
			})
		})
	}
}

func TestServerIsThatOfTheBaseURL(t *testing.T) {
	tests := []struct {
		base, wantAddress string
		wantPort          int
	}{
		{"https://proxy.example.com", "proxy.example.com", 443},
		{"https://proxy.example.com:8443/stripe", "proxy.example.com", 8443},
		{"http://[::1]:12111", "::1", 12111},
	}
	for _, tt := range tests {
		t.Run(tt.base, func(t *testing.T) {
			o := observe(t, answering(func(req *http.Request) (*http.Response, error) {
				return answer(req, http.StatusOK, "{}")
			}), stripecash.WithBaseURL(tt.base))
			require.NoError(t, o.Do(t.Context(), stripecash.Request{Method: http.MethodGet, Path: "/v1/customers"}, nil))
			for _, span := range o.spans.GetSpans() {
				assert.Contains(t, span.Attributes, attribute.String("server.address", tt.wantAddress))
				assert.Contains(t, span.Attributes, attribute.Int("server.port", tt.wantPort))
			}
		})
	}
}

// Everything that is exported is searched for what must not leave the program.
func TestNothingIsToldOfCustomersOrKeys(t *testing.T) {
	errConnection := errors.New("connection to cus_secret broke")
	answers := []answering{
		stripetest.NewServer().RoundTrip,
		func(*http.Request) (*http.Response, error) { return nil, errConnection },
	}
	for _, a := range answers {
		o := observe(t, a, stripecash.WithMaxRetries(0))
		_, err := cashbalance.New(o.Client).Get(t.Context(), "cus_secret")
		require.ErrorContains(t, err, "cus_secret")
		for _, span := range o.spans.GetSpans() {
			assert.Empty(t, span.Events)
			for _, attr := range span.Attributes {
				assert.NotContains(t, attr.Value.String(), "secret")
				assert.NotContains(t, attr.Value.String(), "sk_test")
			}
			assert.NotContains(t, span.Name+span.Status.Description, "secret")
		}
	}
}
