package reliability_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
)

const balance = `{"object":"cash_balance","available":{"eur":10000},"customer":"cus_1","customer_account":null,` +
	`"livemode":false,"settings":{"reconciliation_mode":"automatic","using_merchant_default":true}}`

// TestLoad makes 100,000 calls from 256 goroutines over loopback.
func TestLoad(t *testing.T) {
	const goroutines, tenths = 256, 10
	calls := 100_000
	if raced {
		calls = 10_000
	}
	var opened atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, balance)
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	api, err := stripecash.NewClient("sk_test_x", stripecash.WithBaseURL(server.URL))
	require.NoError(t, err)
	defer api.CloseIdleConnections()
	balances := cashbalance.New(api)

	began := time.Now()
	var heap [tenths]uint64
	for tenth := range tenths {
		var left, failed atomic.Int64
		left.Store(int64(calls / tenths))
		var workers sync.WaitGroup
		for range goroutines {
			workers.Go(func() {
				for left.Add(-1) >= 0 {
					b, err := balances.Get(t.Context(), "cus_1")
					if err != nil || b.Available["eur"] != 10000 {
						failed.Add(1)
					}
				}
			})
		}
		workers.Wait()
		require.Zero(t, failed.Load())
		heap[tenth] = liveHeap()
	}
	took := time.Since(began)
	t.Logf("%d calls in %s, %.0f a second; %d connections; live heap after each tenth: %d KiB",
		calls, took.Round(time.Millisecond), float64(calls)/took.Seconds(), opened.Load(), heap)
	// On a machine with time to spare it is 256 exactly. Where the scheduler lets a connection's writer wait for 50 ms,
	// net/http drops the connection, and one more is opened in its place.
	most := int64(goroutines + calls/1000)
	assert.LessOrEqual(t, opened.Load(), most)
	assert.InEpsilon(t, float64(heap[0]), float64(heap[tenths-1]), 0.10, "the heap is steady")
}

// liveHeap is what is still reachable, in KiB. The second collection takes what pools gave up in the first.
func liveHeap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc >> 10
}
