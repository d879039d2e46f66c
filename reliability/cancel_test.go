package reliability_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// pipes is a network in memory: a listener whose connections synctest can see through.
type pipes struct {
	accept chan net.Conn
	closed chan struct{}
}

func newPipes() *pipes { return &pipes{accept: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.accept:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes"} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.accept <- theirs:
		return ours, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// forever waits for the end of a context.
type forever struct{}

func (forever) Wait(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

const page = `{"object":"list","url":"/v1/x","has_more":true,"data":[{"id":"ccsbtxn_1","object":"customer_cash_balance_transaction"}]}`

// TestCancellation gives a call up at every stage of its life, a second after it began.
func TestCancellation(t *testing.T) { //nolint:gocognit // a table of stages, and one way to drive them
	hold := func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server watch for the end of the connection
		<-r.Context().Done()
	}
	fund := func(ctx context.Context, c *transaction.Client) error {
		_, err := c.Fund(ctx, "cus_1", &transaction.FundParams{Amount: 100, Currency: stripecash.CurrencyEUR})
		return err
	}
	walk := func(ctx context.Context, c *transaction.Client) error {
		for _, err := range c.All(ctx, "cus_1", nil, stripecash.WithPrefetch()) {
			if err != nil {
				return err
			}
		}
		return errors.New("the list ended")
	}
	tests := []struct {
		name        string
		before      bool // given up before it began
		dial        func(ctx context.Context, network, addr string) (net.Conn, error)
		limiter     stripecash.Limiter
		handler     http.HandlerFunc
		call        func(context.Context, *transaction.Client) error
		wantUnknown bool

		answersFirst bool // a wait that would outlast a deadline is not begun
	}{
		{name: "before", before: true, call: fund},
		{name: "dialing", dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}, call: fund, wantUnknown: true},
		{name: "waiting for headers", handler: hold, call: fund, wantUnknown: true},
		{name: "inside the body", handler: func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"object":"customer_cash`)
			_ = http.NewResponseController(w).Flush()
			hold(w, r)
		}, call: fund, wantUnknown: true},
		{name: "in backoff", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "60")
			w.WriteHeader(http.StatusServiceUnavailable)
		}, call: fund, wantUnknown: true, answersFirst: true},
		{name: "in the limiter", limiter: forever{}, call: fund},
		{name: "in prefetch", handler: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Has("starting_after") {
				hold(w, r)
				return
			}
			_, _ = io.WriteString(w, page)
		}, call: walk},
	}
	ends := []struct {
		name    string
		context func(context.Context) (context.Context, context.CancelFunc)
		wantErr error
	}{
		{"canceled", func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(time.Second, cancel)
			return ctx, cancel
		}, context.Canceled},
		{"deadline", func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, time.Second)
		}, context.DeadlineExceeded},
	}
	for _, tt := range tests {
		for _, end := range ends {
			t.Run(tt.name+"/"+end.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					network := newPipes()
					var serving atomic.Int64
					server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						serving.Add(1)
						defer serving.Add(-1)
						tt.handler(w, r)
					})}
					go func() { _ = server.Serve(network) }()
					dial := tt.dial
					if dial == nil {
						dial = network.dial
					}
					opts := []stripecash.Option{
						stripecash.WithBaseURL("http://127.0.0.1"),
						stripecash.WithHTTPClient(&http.Client{Transport: &http.Transport{DialContext: dial}}),
					}
					if tt.limiter != nil {
						opts = append(opts, stripecash.WithLimiter(tt.limiter))
					}
					api, err := stripecash.NewClient("sk_test_x", opts...)
					require.NoError(t, err)

					ctx, cancel := end.context(t.Context())
					defer cancel()
					began := time.Now()
					if tt.before {
						<-time.After(time.Second)
						synctest.Wait()
					}
					err = tt.call(ctx, transaction.New(api))
					took := time.Since(began)
					if tt.answersFirst && end.name == "deadline" {
						assert.Zero(t, took)
						require.ErrorIs(t, err, stripecash.ErrServer)
					} else {
						assert.InDelta(t, time.Second, took, float64(5*time.Millisecond))
						require.ErrorIs(t, err, end.wantErr)
					}
					assert.Equal(t, tt.wantUnknown, errors.Is(err, stripecash.ErrOutcomeUnknown), "%v", err)

					synctest.Wait()
					assert.Zero(t, serving.Load(), "the server has noticed")
					// Whatever is left beside the server and its idle connections keeps the bubble from ending.
					api.CloseIdleConnections()
					require.NoError(t, server.Close())
				})
			})
		}
	}
}
