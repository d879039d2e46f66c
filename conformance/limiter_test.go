package conformance_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/time/rate"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// The limiter that most Go programs have is one of ours as it stands.
func TestRateLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := stripetest.NewServer()
		srv.AddCustomer("cus_1")
		balances := cashbalance.New(srv.Client(stripecash.WithLimiter(rate.NewLimiter(10, 1))))

		began := time.Now()
		for range 21 {
			_, err := balances.Get(t.Context(), "cus_1")
			require.NoError(t, err)
		}
		assert.InDelta(t, 2*time.Second, time.Since(began), float64(time.Millisecond), "20 waits of a tenth of a second")

		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		began = time.Now()
		_, err := balances.Get(ctx, "cus_1")
		require.ErrorContains(t, err, "would exceed context deadline")
		assert.Zero(t, time.Since(began), "it fails at once")
		assert.Len(t, srv.Requests(), 21, "and sends nothing")
	})
}
