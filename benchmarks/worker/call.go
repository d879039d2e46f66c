package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/ccb8c2b4/stripecash/benchmarks/sidebyside"
)

const (
	warmUp = 300                    // calls; after them decoders are built and pools are filled
	window = 25 * time.Millisecond  // of measuring, in a turn
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
	return manyCalls(ctx, call, bufio.NewScanner(os.Stdin))
}

func firstCall(ctx context.Context, call sidebyside.Call) (metrics, error) {
	return allocations(func() (int, metrics, error) {
		began := time.Now()
		err := repeat(ctx, call, 1)
		return 1, metrics{"ns": float64(time.Since(began).Nanoseconds())}, err
	})
}

// manyCalls measures calls: for a turn at each line of turns but the first, which is for warming up. The time of a call is the
// mean of a turn, since collecting garbage is a part of what a client costs, and the median of the turns, which other
// processes of the machine disturb.
func manyCalls(ctx context.Context, call sidebyside.Call, turns *bufio.Scanner) (metrics, error) {
	turns.Scan()
	began := time.Now()
	if err := repeat(ctx, call, warmUp); err != nil {
		return nil, err
	}
	size := 1 + int(batch*warmUp/time.Since(began))
	fmt.Println()
	var times []float64
	return allocations(func() (int, metrics, error) {
		all := 0
		for turns.Scan() {
			calls, began := 0, time.Now()
			for ; time.Since(began) < window; calls += size {
				if err := repeat(ctx, call, size); err != nil {
					return 0, nil, err
				}
			}
			times = append(times, float64(time.Since(began).Nanoseconds())/float64(calls))
			all += calls
			fmt.Println()
		}
		if len(times) == 0 {
			return 0, nil, errors.New("no turn after the one to warm up")
		}
		slices.Sort(times)
		return all, metrics{"ns": times[len(times)/2]}, turns.Err()
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
