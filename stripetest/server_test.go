package stripetest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// TestParallelServers is 200 tests at once, each with a server of its own and the same customer in it.
func TestParallelServers(t *testing.T) {
	for i := range 200 {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			srv := stripetest.NewServer()
			srv.AddCustomer("cus_1")
			srv.Fail(stripetest.Fault{Method: "DELETE", Status: 503})
			for range 3 {
				post(t, srv, fundPath, "amount", strconv.Itoa(i+1), "currency", "eur")
			}
			assert.Equal(t, map[string]any{"eur": float64(3 * (i + 1))}, available(t, srv))
			assert.Len(t, srv.Requests(), 4)
		})
	}
}

// TestOneServerForMany lets goroutines share a server: every transfer counts once, and the ledger chains.
func TestOneServerForMany(t *testing.T) {
	srv := funded(t)
	var wg sync.WaitGroup
	for worker := range 16 {
		wg.Go(func() {
			for i := range 10 {
				postKey(t, srv, fmt.Sprintf("key_%d_%d", worker/2, i), fundPath, "amount=5&currency=eur") // each key is used twice
				get(t, srv, "/v1/customers/cus_1/cash_balance_transactions")
				srv.Fund("cus_1", "eur", 1)
				srv.Requests()
				srv.Events()
			}
		})
	}
	wg.Wait()
	assert.Equal(t, map[string]any{"eur": float64(8*10*5 + 16*10)}, available(t, srv))
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	assert.NoError(t, stripetest.NewServer().Restore(snapshot), "the ledger adds up")
}

// goroutines are the stacks of all goroutines by their names. One that has ended is not among them, while
// runtime.NumGoroutine may go on counting it for a moment.
func goroutines() map[string]string {
	text := make([]byte, 1<<20)
	text = text[:runtime.Stack(text, true)]
	stacks := map[string]string{}
	for stack := range strings.SplitSeq(string(text), "\n\n") {
		name, _, _ := strings.Cut(stack, " [")
		stacks[name] = stack
	}
	return stacks
}

func TestServerLeavesNothingBehind(t *testing.T) {
	work := func(t *testing.T) {
		srv := funded(t)
		srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: newEndpoint(secret), Secrets: []string{secret}})
		srv.Fund("cus_1", "eur", 1)
		assert.Len(t, srv.Deliver(t.Context()), 2)
		srv.Fail(stripetest.Fault{Delay: time.Hour})
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		_, err := srv.RoundTrip(fundRequest(t, "").WithContext(ctx))
		assert.ErrorIs(t, err, context.DeadlineExceeded)
	}
	synctest.Test(t, work) // fails by itself when a goroutine of the bubble stays

	before := goroutines()
	work(t)
	var left map[string]string
	for until := time.Now().Add(10 * time.Second); ; runtime.Gosched() { // one that is only about to end may do so
		left = goroutines()
		maps.DeleteFunc(left, func(name, _ string) bool { return before[name] != "" })
		if len(left) == 0 || time.Now().After(until) {
			break
		}
	}
	assert.Empty(t, slices.Collect(maps.Values(left)))
}

func TestClient(t *testing.T) {
	srv := stripetest.NewServer(stripetest.WithKeys("pk_test_public", "sk_test_secret"))
	srv.AddCustomer("cus_1")
	shop := srv.Connect("acct_shop")
	shop.AddCustomer("cus_2")

	_, err := cashbalance.New(srv.Client()).Get(t.Context(), "cus_1")
	require.NoError(t, err)
	_, err = cashbalance.New(shop.Client()).Get(t.Context(), "cus_2")
	require.NoError(t, err)
	log := srv.Requests()
	assert.Equal(t, srv.ID(), log[0].Account)
	assert.Equal(t, "acct_shop", log[1].Account)
	assert.Equal(t, "acct_shop", shop.ID())
	assert.Equal(t, "Bearer sk_test_**cret", log[0].Header.Get("Authorization"))

	var response stripecash.Response
	_, err = cashbalance.New(srv.Client(stripecash.WithAPIVersion("2024-06-20"))).Get(t.Context(), "cus_1", stripecash.WithResponse(&response))
	require.NoError(t, err)
	assert.Equal(t, "2024-06-20", response.Header.Get("Stripe-Version"))
	assert.Contains(t, panicText(func() { srv.Client(stripecash.WithMaxRetries(-1)) }), "stripetest: Client: ")
}

// TestSoak repeats each request under its key until it succeeds, through every kind of failure: all happen once.
func TestSoak(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := funded(t)
		srv.FailRandomly(42, 0.5)
		for i := range 200 {
			for attempt := 0; ; attempt++ {
				require.Less(t, attempt, 50)
				req := newRequest(t, http.MethodPost, fundPath, "amount=1&currency=eur")
				req.Header.Set("Idempotency-Key", fmt.Sprint("key_", i))
				if got := try(t, srv.RoundTrip, req); got.Status == http.StatusOK && got.JSON && got.BodyErr == nil {
					break
				}
			}
		}
		srv.FailRandomly(0, 0)
		assert.Equal(t, map[string]any{"eur": 200.0}, available(t, srv))
	})
}

func TestLongLogsAreCut(t *testing.T) {
	srv := stripetest.NewServer()
	for range 10_100 {
		_, err := srv.RoundTrip(newRequest(t, http.MethodGet, "/v1/nowhere", ""))
		require.NoError(t, err)
	}
	assert.Len(t, srv.Requests(), 10_000)
}

func TestStateSurvivesJSON(t *testing.T) {
	srv := funded(t)
	id := srv.AddPaymentIntent("cus_1", "eur", 1000)
	srv.Fund("cus_1", "eur", 400)
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	require.True(t, json.Valid(snapshot))
	other := stripetest.NewServer()
	require.NoError(t, other.Restore(snapshot))
	other.Fund("cus_1", "eur", 600)
	assert.Equal(t, "succeeded", get(t, other, "/v1/payment_intents/"+id).Body["status"])
	assert.Equal(t, "requires_action", get(t, srv, "/v1/payment_intents/"+id).Body["status"], "and the first is untouched")
}

// A Server that NewServer did not make says so where a test begins.
func TestServerThatWasNotMade(t *testing.T) {
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v1/customers/cus_1", http.NoBody)
	for _, first := range []func(*stripetest.Server){
		func(s *stripetest.Server) { s.AddCustomer("cus_1") },
		func(s *stripetest.Server) { s.Client() },
		func(s *stripetest.Server) { s.Resend("evt_1") },
		func(s *stripetest.Server) { s.Connect("acct_1") },
		func(s *stripetest.Server) { s.ServeHTTP(httptest.NewRecorder(), r) },
		func(s *stripetest.Server) { _, _ = s.RoundTrip(r) }, //nolint:bodyclose // there is none
		func(s *stripetest.Server) { s.Account = new(stripetest.Account); s.Fund("cus_1", "eur", 1) },
		func(s *stripetest.Server) {
			s.AddWebhook(stripetest.Webhook{URL: "https://example.com/", Secrets: []string{"whsec_1"}})
		},
		func(s *stripetest.Server) { s.Deliver(t.Context()) },
		func(s *stripetest.Server) { s.ServeWebhooks(t.Context(), nil) },
		func(s *stripetest.Server) { s.Events() },
		func(s *stripetest.Server) { _ = s.ID() },
		func(s *stripetest.Server) { s.Fail(stripetest.Fault{Status: http.StatusInternalServerError}) },
		func(s *stripetest.Server) { _, _ = s.Snapshot() },
		func(s *stripetest.Server) { _ = s.Restore(nil) },
	} {
		func() {
			defer func() { assert.Contains(t, recover(), "the server was not made by NewServer") }()
			first(new(stripetest.Server))
		}()
	}
}

// A request whose body does not end ends with its context, as with net/http's transport.
func TestRoundTripOfABodyWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := funded(t)
		body, _ := io.Pipe()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.stripe.com/v1/customers/cus_1", body)
		require.NoError(t, err)
		req.SetBasicAuth("sk_test_123", "")
		_, err = srv.RoundTrip(req) //nolint:bodyclose // there is none
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}
