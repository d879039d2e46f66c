package reliability_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// seed is what the faults and amounts of an experiment come from: 1, or STRIPECASH_SEED.
func seed(t *testing.T) uint64 {
	t.Helper()
	text := os.Getenv("STRIPECASH_SEED")
	if text == "" {
		text = "1"
	}
	n, err := strconv.ParseUint(text, 10, 64)
	require.NoError(t, err, "STRIPECASH_SEED")
	t.Logf("repeat with STRIPECASH_SEED=%d", n)
	return n
}

// funding is one call of the experiment, and what its caller learned from it.
type funding struct {
	params transaction.FundParams
	got    *transaction.Transaction
	err    error
}

// fundings are calls whose references tell them apart in the ledger.
func fundings(seed uint64, n int) []funding {
	random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // it must be repeatable, not secret
	all := make([]funding, n)
	currencies := []stripecash.Currency{
		stripecash.CurrencyEUR, stripecash.CurrencyGBP, stripecash.CurrencyJPY, stripecash.CurrencyMXN, stripecash.CurrencyUSD,
	}
	for i := range all {
		all[i].params = transaction.FundParams{
			Amount: 1 + random.Int64N(100_000), Currency: currencies[random.IntN(len(currencies))],
			Reference: fmt.Sprintf("call-%d", i),
		}
	}
	return all
}

// run makes the calls from so many goroutines.
func run(ctx context.Context, api *stripecash.Client, calls []funding, goroutines int) {
	var next atomic.Int64
	var workers sync.WaitGroup
	transactions := transaction.New(api)
	for range goroutines {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(calls)); i = next.Add(1) - 1 {
				c := &calls[i]
				c.got, c.err = transactions.Fund(ctx, "cus_1", &c.params, stripecash.WithIdempotencyKey(c.params.Reference))
			}
		})
	}
	workers.Wait()
}

// settle compares what the callers learned with what the API has in its books. It says how many calls succeeded, and how
// many failed for sure.
func settle(t *testing.T, srv *stripetest.Server, calls []funding) (succeeded, failed int) {
	t.Helper()
	srv.FailRandomly(0, 0)
	api := srv.Client(stripecash.WithMaxRetries(0))
	booked := map[string][]*transaction.Transaction{}
	sums := map[stripecash.Currency]int64{}
	for tx, err := range transaction.New(api).All(t.Context(), "cus_1", nil) {
		require.NoError(t, err)
		require.NotNil(t, tx.Funded)
		booked[tx.Funded.BankTransfer.Reference] = append(booked[tx.Funded.BankTransfer.Reference], tx)
		sums[tx.Currency] += tx.NetAmount
	}
	balance, err := cashbalance.New(api).Get(t.Context(), "cus_1")
	require.NoError(t, err)
	available := maps.Clone(sums)
	for currency := range available {
		available[currency] = balance.Available[currency]
	}
	assert.Equal(t, sums, available, "the ledger's sum is the balance")
	assert.Len(t, balance.Available, len(sums))

	var unknown, unknownWithEffect int
	for i := range calls {
		c := &calls[i]
		effects := booked[c.params.Reference]
		delete(booked, c.params.Reference)
		require.LessOrEqual(t, len(effects), 1, "%s was done twice", c.params.Reference)
		switch {
		case c.err == nil:
			succeeded++
			require.Len(t, effects, 1, "%s succeeded and is not in the books", c.params.Reference)
			require.Equal(t, effects[0].ID, c.got.ID)
			require.Equal(t, c.params.Amount, c.got.NetAmount)
			require.Equal(t, c.params.Currency, c.got.Currency)
		case errors.Is(c.err, stripecash.ErrOutcomeUnknown):
			unknown++
			unknownWithEffect += len(effects)
		default:
			failed++
			require.Empty(t, effects, "%s failed with %q, which does not say that it may have had its effect", c.params.Reference, c.err)
		}
	}
	assert.Empty(t, slices.Collect(maps.Keys(booked)), "nothing is in the books that nobody asked for")
	t.Logf("%d calls: %d succeeded; %d failed without effect; %d failed with the outcome unknown, %d of which had their effect",
		len(calls), succeeded, failed, unknown, unknownWithEffect)
	assert.NotZero(t, unknownWithEffect, "the experiment has lost answers")
	findOut(t, api, calls)
	return succeeded, failed
}

// reasons counts the failures whose last answer was no JSON, and those that no retry followed because the budget was empty.
func reasons(calls []funding) (unreadable, refused int) {
	for _, c := range calls {
		if e, ok := errors.AsType[*stripecash.CallError](c.err); ok && e.Status == http.StatusOK {
			unreadable++
		} else if e, ok := errors.AsType[*stripecash.Error](c.err); ok && e.Attempts < 3 {
			refused++
		}
	}
	return unreadable, refused
}

// findOut makes the calls that failed once more, under the same idempotency keys, as a program does after its restart.
func findOut(t *testing.T, api *stripecash.Client, calls []funding) {
	t.Helper()
	again := slices.DeleteFunc(slices.Clone(calls), func(c funding) bool { return c.err == nil })
	run(t.Context(), api, again, 64)
	for i := range again {
		require.NoError(t, again[i].err)
	}
	references := map[string]bool{}
	transactions := 0
	for tx, err := range transaction.New(api).All(t.Context(), "cus_1", nil) {
		require.NoError(t, err)
		references[tx.Funded.BankTransfer.Reference] = true
		transactions++
	}
	assert.Equal(t, len(calls), transactions, "every call has had its effect once")
	assert.Len(t, references, len(calls))
}

func newFaulty(t *testing.T) (srv *stripetest.Server, n uint64) {
	t.Helper()
	n = seed(t)
	srv = stripetest.NewServer(stripetest.WithSeed(n))
	srv.AddCustomer("cus_1")
	srv.FailRandomly(n, 0.3)
	return srv, n
}

// timeouts is a tracer that counts attempts which ran into their timeout.
type timeouts struct{ atomic.Int64 }

func (*timeouts) TraceStart(ctx context.Context, _ stripecash.Operation) context.Context { return ctx }

func (n *timeouts) TraceEnd(_ context.Context, op stripecash.Operation, outcome stripecash.Outcome) {
	if op.Attempt > 0 && errors.Is(outcome.Err, context.DeadlineExceeded) {
		n.Add(1)
	}
}

// TestExactlyOnce funds a cash balance 10,000 times while 30 % of the requests go wrong, in every way that the emulator
// knows. In memory time is fake, so that backoff costs nothing; over sockets more goroutines share the waiting.
func TestExactlyOnce(t *testing.T) {
	t.Parallel()
	calls := 10_000
	if raced {
		calls = 2_000
	}
	t.Run("in memory", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			srv, n := newFaulty(t)
			all := fundings(n, calls)
			run(t.Context(), srv.Client(), all, 64)
			succeeded, _ := settle(t, srv, all)
			assert.Greater(t, succeeded, calls*9/10)
			unreadable, refused := reasons(all)
			t.Logf("failed with an answer that is no JSON: %d; without the retries they had left, for want of budget: %d", unreadable, refused)
		})
	})
	t.Run("in memory without retries", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			srv, n := newFaulty(t)
			all := fundings(n, calls)
			run(t.Context(), srv.Client(stripecash.WithMaxRetries(0)), all, 64)
			_, failed := settle(t, srv, all)
			assert.Greater(t, failed, calls/100, "409 and 429 say for sure that nothing was done")
		})
	})
	sockets := []struct {
		name  string
		major int // of the protocol
		start func(*httptest.Server)
	}{
		{"HTTP/1.1", 1, (*httptest.Server).Start},
		{"HTTP/2 over TLS", 2, func(s *httptest.Server) { s.EnableHTTP2 = true; s.StartTLS() }},
	}
	for _, tt := range sockets {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv, n := newFaulty(t)
			var otherwise atomic.Int64
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.ProtoMajor != tt.major {
					otherwise.Add(1)
				}
				srv.ServeHTTP(w, r)
			}))
			tt.start(server)
			defer server.Close()
			client := server.Client()
			transport, ok := client.Transport.(*http.Transport)
			require.True(t, ok)
			transport.MaxIdleConnsPerHost, transport.MaxConnsPerHost = 256, 256
			var hung timeouts
			api := srv.Client(stripecash.WithBaseURL(server.URL), stripecash.WithHTTPClient(client), stripecash.WithTracer(&hung))
			defer api.CloseIdleConnections()
			defer func() { assert.Zero(t, hung.Load(), "attempts that nobody answered") }()

			all := fundings(n, calls)
			run(t.Context(), api, all, 512)
			succeeded, _ := settle(t, srv, all)
			assert.Greater(t, succeeded, calls*9/10)
			assert.Zero(t, otherwise.Load(), "requests over another protocol")
		})
	}
}
