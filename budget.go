package stripecash

import (
	"net"
	"sync/atomic"
)

// The retry budget.
//
// A policy for one call knows nothing of the others: in an outage every one of them would be made three times, and
// the API, as it comes back, would meet three times the load that it went down under. So all calls of a client pay for
// their retries from one bucket of tokens, as in the standard retry mode of AWS's SDKs, with its numbers. A retry costs
// tokens; a call that succeeds after a retry gives back what its last one cost; a call that succeeds at once gives one.
// When the bucket is empty, calls still get their first attempt, and its error. Nothing is to be reset afterwards: the
// calls that succeed again fill the bucket.
const (
	budgetCapacity = 500
	costRetry      = 5
	costTimeout    = 10 // a timeout has kept the API, and the caller, busy for longest
	giveSuccess    = 1
)

type budget struct{ spent atomic.Int64 } // so that its zero value is a full bucket

// take pays for a retry, or says that there is not enough left.
func (b *budget) take(cost int64) bool {
	for {
		spent := b.spent.Load()
		if spent+cost > budgetCapacity {
			return false
		}
		if b.spent.CompareAndSwap(spent, spent+cost) {
			return true
		}
	}
}

// give puts tokens back. In good times the bucket is full and this is one read.
func (b *budget) give(tokens int64) {
	for {
		spent := b.spent.Load()
		if spent == 0 || b.spent.CompareAndSwap(spent, max(0, spent-tokens)) {
			return
		}
	}
}

func timedOut(err error) bool {
	e, ok := err.(net.Error) //nolint:errorlint // wraps unwraps it
	return ok && e.Timeout()
}

// retryCost is the price of trying again after an attempt that ended with this.
func retryCost(lost error) int64 {
	if wraps(lost, timedOut) {
		return costTimeout
	}
	return costRetry
}
