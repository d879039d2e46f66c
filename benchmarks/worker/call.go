package main

import (
	"context"
	"runtime"
	"slices"
	"time"

	"github.com/ccb8c2b4/stripecash/benchmarks/sidebyside"
)

const (
	warmUp = 300                    // calls; after them decoders are built and pools are filled
	window = 250 * time.Millisecond // of measuring
	batch  = 300 * time.Microsecond // of calls, between two looks at the clock
)

// perCall measures a task: every call but the first ones, or the first one of the process.
func perCall(ctx context.Context, what string, task sidebyside.Task, side sidebyside.Side) (metrics, error) {
	call, err := task.For(side, sidebyside.NewStub(task))
	if err != nil {
		return nil, err
	}
	if what == "first" {
		return firstCall(ctx, call)
	}
	began := time.Now()
	if err := repeat(ctx, call, warmUp); err != nil {
		return nil, err
	}
	size := 1 + int(batch*warmUp/time.Since(began))
	return manyCalls(ctx, call, size)
}

func firstCall(ctx context.Context, call sidebyside.Call) (metrics, error) {
	return allocations(func() (int, metrics, error) {
		began := time.Now()
		err := repeat(ctx, call, 1)
		return 1, metrics{"ns": float64(time.Since(began).Nanoseconds())}, err
	})
}

// manyCalls measures batches of calls. The time of a call is that of the median batch: short batches are mostly not
// interrupted, so that other processes of the machine are seen less in it than in a mean.
func manyCalls(ctx context.Context, call sidebyside.Call, size int) (metrics, error) {
	times := make([]float64, 0, 1+2*window/batch)
	return allocations(func() (int, metrics, error) {
		for start := time.Now(); time.Since(start) < window; {
			began := time.Now()
			if err := repeat(ctx, call, size); err != nil {
				return 0, nil, err
			}
			times = append(times, float64(time.Since(began).Nanoseconds())/float64(size))
		}
		slices.Sort(times)
		return len(times) * size, metrics{"ns": times[len(times)/2]}, nil
	})
}

func repeat(ctx context.Context, call sidebyside.Call, n int) error {
	for range n {
		if _, err := call(ctx); err != nil {
			return err
		}
	}
	return nil
}

// allocations adds to what work measures what it allocates, by each of the calls that it says it made.
func allocations(work func() (int, metrics, error)) (metrics, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	calls, measured, err := work()
	runtime.ReadMemStats(&after)
	if err != nil {
		return nil, err
	}
	measured["allocs"] = float64(after.Mallocs-before.Mallocs) / float64(calls)
	measured["bytes"] = float64(after.TotalAlloc-before.TotalAlloc) / float64(calls)
	return measured, nil
}
