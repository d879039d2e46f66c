package stripecash_test

import (
	"context"
	"fmt"
	"time"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// sharedLimiter keeps many machines below one limit. They have a store in common, Redis for one, where a call reserves
// its turn and learns how far off that is.
type sharedLimiter struct {
	reserve func(ctx context.Context) (time.Duration, error)
}

// Wait does not begin a wait that it can't finish, so that the call fails while there is time to do something else.
func (l sharedLimiter) Wait(ctx context.Context) error {
	wait, err := l.reserve(ctx)
	if err != nil {
		return err
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
		return fmt.Errorf("%w: the next turn is in %s", context.DeadlineExceeded, wait)
	}
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func ExampleWithLimiter_shared() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	busy := sharedLimiter{func(context.Context) (time.Duration, error) { return time.Hour, nil }}
	balances := cashbalance.New(srv.Client(stripecash.WithLimiter(busy)))

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err := balances.Get(ctx, "cus_123")
	fmt.Println(err)
	fmt.Println(len(srv.Requests()), "requests were sent")
	// Output:
	// stripecash: GET /v1/customers/cus_123/cash_balance: waiting for the limiter: context deadline exceeded: the next turn is in 1h0m0s
	// 0 requests were sent
}
