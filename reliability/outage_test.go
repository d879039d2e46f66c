package reliability_test

import (
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// breaker stands between clients and the API, and decides whether there is one.
type breaker struct {
	api      http.RoundTripper
	down     func(*http.Request) (*http.Response, error)
	isDown   atomic.Bool
	requests atomic.Int64
}

func (b *breaker) RoundTrip(req *http.Request) (*http.Response, error) {
	b.requests.Add(1)
	if b.isDown.Load() {
		return b.down(req)
	}
	return b.api.RoundTrip(req)
}

func unavailable(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusServiceUnavailable, Header: make(http.Header), Body: http.NoBody, Request: req}, nil
}

func refused(*http.Request) (*http.Response, error) {
	return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
}

func silent(req *http.Request) (*http.Response, error) {
	<-req.Context().Done()
	return nil, req.Context().Err()
}

// phase is what happened to the calls that began within a span of time.
type phase struct{ calls, failed, requests int64 }

// TestOutage lets a service make 100 calls a second while the API is up for a minute, down for a minute and up again.
func TestOutage(t *testing.T) {
	tests := []struct {
		name          string
		down          func(*http.Request) (*http.Response, error)
		clientPerCall bool    // so that no budget is shared: what it would be like without
		wantAtLeast   float64 // requests sent per call in the outage
		wantLess      float64
	}{
		{"answers 503", unavailable, false, 1, 1.2},
		{"refuses connections", refused, false, 1, 1.2},
		{"says nothing", silent, false, 1, 1.2},
		{"answers 503, without a budget", unavailable, true, 2.9, 3.1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := stripetest.NewServer()
				srv.AddCustomer("cus_1")
				b := &breaker{api: srv, down: tt.down}
				newClient := func() *stripecash.Client {
					return srv.Client(stripecash.WithHTTPClient(&http.Client{Transport: b}), stripecash.WithTimeout(5*time.Second))
				}
				shared := newClient()
				// load makes 100 calls a second and waits for the last of them to end.
				load := func(d time.Duration) phase {
					var p phase
					var failed atomic.Int64
					var calls sync.WaitGroup
					before := b.requests.Load()
					for range d / (10 * time.Millisecond) {
						p.calls++
						calls.Go(func() {
							api := shared
							if tt.clientPerCall {
								api = newClient()
							}
							if _, err := cashbalance.New(api).Get(t.Context(), "cus_1"); err != nil {
								failed.Add(1)
							}
						})
						<-time.After(10 * time.Millisecond)
					}
					calls.Wait()
					p.requests, p.failed = b.requests.Load()-before, failed.Load()
					return p
				}

				up := load(time.Minute)
				require.Equal(t, phase{calls: 6000, requests: 6000}, up)

				b.isDown.Store(true)
				outage := load(time.Minute)
				perCall := float64(outage.requests) / float64(outage.calls)
				t.Logf("outage: %d calls, %d requests: %.3f each", outage.calls, outage.requests, perCall)
				assert.Equal(t, outage.calls, outage.failed)
				assert.GreaterOrEqual(t, perCall, tt.wantAtLeast)
				assert.Less(t, perCall, tt.wantLess)

				b.isDown.Store(false)
				assert.Equal(t, phase{calls: 500, requests: 500}, load(5*time.Second), "every call succeeds as soon as the API does")

				b.isDown.Store(true)
				assert.Equal(t, outage.requests, load(time.Minute).requests, "5 s of success have filled the budget again")
			})
		})
	}
}
