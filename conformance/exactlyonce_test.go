package conformance_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// requests counts what a client sends.
type requests struct {
	api http.RoundTripper
	n   atomic.Int64
}

func (r *requests) RoundTrip(req *http.Request) (*http.Response, error) {
	r.n.Add(1)
	return r.api.RoundTrip(req)
}

// funder makes one call, under an idempotency key that is also its reference.
type funder func(ctx context.Context, amount int64, key string) error

func stripecashFunder(t *testing.T, transport http.RoundTripper) funder {
	api, err := stripecash.NewClient("sk_test_x", stripecash.WithHTTPClient(&http.Client{Transport: transport}))
	require.NoError(t, err)
	transactions := transaction.New(api)
	return func(ctx context.Context, amount int64, key string) error {
		params := &transaction.FundParams{Amount: amount, Currency: stripecash.CurrencyEUR, Reference: key}
		_, err := transactions.Fund(ctx, "cus_1", params, stripecash.WithIdempotencyKey(key))
		return err
	}
}

func stripeGoFunder(_ *testing.T, transport http.RoundTripper) funder {
	client := stripe.NewClient("sk_test_x", stripe.WithBackends(stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		HTTPClient:      &http.Client{Transport: transport},
		LeveledLogger:   &stripe.LeveledLogger{Level: stripe.LevelNull},
		EnableTelemetry: new(false),
	})))
	return func(ctx context.Context, amount int64, key string) error {
		params := &stripe.TestHelpersCustomerFundCashBalanceParams{Amount: &amount, Currency: new("eur"), Reference: &key}
		params.SetIdempotencyKey(key)
		_, err := client.V1TestHelpersCustomers.FundCashBalance(ctx, "cus_1", params)
		return err
	}
}

// tally is how 10,000 calls came out.
type tally struct {
	succeeded, lost    int // lost: without effect although the call succeeded
	failed, moved      int // moved: with effect although the call failed
	warned             int // how many of those errors say that the effect is unknown
	doubled            int
	perCall            float64
	median, ninetyNine time.Duration
}

func (r *tally) count(err error, effects int) {
	if effects > 1 {
		r.doubled++
	}
	if err == nil {
		r.succeeded++
		r.lost += 1 - min(effects, 1)
		return
	}
	r.failed++
	r.moved += min(effects, 1)
	if effects > 0 && errors.Is(err, stripecash.ErrOutcomeUnknown) {
		r.warned++
	}
}

// TestExactlyOnceSideBySide is the experiment of the package reliability, with both clients: the same calls, the same
// faults for each of them, fake time.
func TestExactlyOnceSideBySide(t *testing.T) {
	const calls, goroutines, seed = 10_000, 64, 1
	tests := []struct {
		name string
		make func(*testing.T, http.RoundTripper) funder
	}{
		{"stripecash", stripecashFunder},
		{"stripe-go " + stripe.ClientVersion, stripeGoFunder},
	}
	results := make([]tally, len(tests))
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := stripetest.NewServer(stripetest.WithSeed(seed))
				srv.AddCustomer("cus_1")
				srv.FailRandomly(seed, 0.3)
				counted := &requests{api: srv}
				fund := tt.make(t, counted)
				errs, took := make([]error, calls), make([]time.Duration, calls)
				var next atomic.Int64
				var workers sync.WaitGroup
				for range goroutines {
					workers.Go(func() {
						for n := next.Add(1) - 1; n < calls; n = next.Add(1) - 1 {
							began := time.Now()
							errs[n] = fund(t.Context(), n+1, fmt.Sprintf("call-%d", n))
							took[n] = time.Since(began)
						}
					})
				}
				workers.Wait()
				srv.FailRandomly(seed, 0)

				booked := map[string]int{}
				for tx, err := range transaction.New(srv.Client()).All(t.Context(), "cus_1", nil) {
					require.NoError(t, err)
					booked[tx.Funded.BankTransfer.Reference]++
				}
				r := &results[i]
				r.perCall = float64(counted.n.Load()) / calls
				r.median, r.ninetyNine = percentile(took, 50), percentile(took, 99)
				for n, err := range errs {
					effects := booked[fmt.Sprintf("call-%d", n)]
					r.count(err, effects)
				}
				t.Logf("%d calls: %d succeeded (%d without effect), %d failed (%d with effect, of which %d say so), %d doubled; "+
					"%.2f requests a call; median %s, 99 %% within %s", calls, r.succeeded, r.lost, r.failed, r.moved, r.warned,
					r.doubled, r.perCall, r.median.Round(time.Millisecond), r.ninetyNine.Round(time.Millisecond))
			})
		})
	}
	ours, theirs := results[0], results[1]
	assert.Zero(t, ours.lost+ours.doubled)
	assert.Equal(t, ours.moved, ours.warned, "no error of ours hides that money has moved")
	assert.Greater(t, ours.succeeded, theirs.succeeded)
}

func percentile(all []time.Duration, p int) time.Duration {
	return slices.Sorted(slices.Values(all))[len(all)*p/100]
}
