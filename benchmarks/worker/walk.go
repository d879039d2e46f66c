package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/benchmarks/sidebyside"
)

const ledgerLength = 10_000

// walk counts the requests that a walk of the ledger takes with default parameters.
func walk(ctx context.Context, side sidebyside.Side) (metrics, error) {
	ledger := sidebyside.NewLedger(ledgerLength)
	if _, err := collect(ctx, side, ledger); err != nil {
		return nil, err
	}
	return metrics{"requests": float64(ledger.Requests.Load())}, nil
}

// kept measures the memory of a ledger's transactions in a slice, when nothing else of the walk is left.
func kept(ctx context.Context, side sidebyside.Side) (metrics, error) {
	before := live()
	ledger := sidebyside.NewLedger(ledgerLength)
	slice, err := collect(ctx, side, ledger)
	if err != nil {
		return nil, err
	}
	ledger.Forget()
	after := live()
	runtime.KeepAlive(slice)
	return metrics{"bytes": after - before}, nil
}

// live is the heap that is in use. It takes several collections until pools are empty.
func live() float64 {
	for range 3 {
		runtime.GC()
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}

func collect(ctx context.Context, side sidebyside.Side, ledger *sidebyside.Ledger) (any, error) {
	if side == sidebyside.Official {
		return gather(sidebyside.WalkOfficial(ctx, ledger))
	}
	return gather(sidebyside.WalkOurs(ctx, ledger))
}

func gather[T any](walk func(func(T, error) bool)) ([]T, error) {
	all := make([]T, 0, ledgerLength)
	for element, err := range walk {
		if err != nil {
			return nil, err
		}
		all = append(all, element)
	}
	if len(all) != ledgerLength {
		return nil, fmt.Errorf("%d elements, not %d", len(all), ledgerLength)
	}
	return all, nil
}

const (
	serverDelay = 20 * time.Millisecond
	elementWork = 200 * time.Microsecond
)

// prefetch times a walk whose loop works as long on a page as the server does.
func prefetch(ctx context.Context, ahead bool) (metrics, error) {
	ledger := sidebyside.NewLedger(ledgerLength)
	for _, err := range sidebyside.WalkOurs(ctx, ledger) { // so that the pages are made
		if err != nil {
			return nil, err
		}
	}
	ledger.Delay = serverDelay
	var opts []stripecash.CallOption
	if ahead {
		opts = append(opts, stripecash.WithPrefetch())
	}
	start := time.Now()
	for _, err := range sidebyside.WalkOurs(ctx, ledger, opts...) {
		if err != nil {
			return nil, err
		}
		_ = spin(elementWork)
	}
	return metrics{"ns": float64(time.Since(start).Nanoseconds())}, nil
}

// spin works, and says how much. A sleep of so short a time would take five times as long.
func spin(d time.Duration) (turns int) {
	for start := time.Now(); time.Since(start) < d; {
		turns++
	}
	return turns
}
