// Command worker makes one measurement in a process of its own and prints it as JSON. Package benchmarks runs it.
//
//	worker call <task> <side>     works for a turn at each line on its standard input
//	worker first <task> <side>
//	worker walk|kept|load|fanout <side>
//	worker prefetch plain|ahead
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/ccb8c2b4/stripecash/benchmarks/sidebyside"
)

// metrics are what was measured, by name.
type metrics map[string]float64

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	measured, err := measure(ctx, args)
	if err != nil {
		return fmt.Errorf("%q: %w", args, err)
	}
	return json.NewEncoder(os.Stdout).Encode(measured)
}

func measure(ctx context.Context, args []string) (metrics, error) {
	if len(args) < 2 {
		return nil, errors.New("usage: worker <what> [<task>] <side>")
	}
	what, side := args[0], sidebyside.Side(args[len(args)-1])
	switch what {
	case "call", "first":
		for _, task := range sidebyside.Tasks() {
			if task.Name == args[1] {
				return perCall(ctx, what, task, side)
			}
		}
		return nil, errors.New("no such task")
	case "walk":
		return walk(ctx, side)
	case "kept":
		return kept(ctx, side)
	case "prefetch":
		return prefetch(ctx, side == "ahead")
	case "load":
		return load(ctx, side)
	case "fanout":
		return fanOut(ctx, side)
	}
	return nil, errors.New("no such measurement")
}
