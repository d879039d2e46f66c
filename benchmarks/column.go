package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// The sides, as the worker names them. The programs' directories have the same names, but for the last.
const (
	ours     = "stripecash"
	official = "stripe-go"
	untimed  = "stripe-go without its timeout"
	byHand   = "net/http"
	plain    = "plain"
	ahead    = "ahead"
	fresh    = "stripetest"
	mock     = "stripe-mock"
)

// metrics are what one measurement found, by name.
type metrics map[string]float64

// column is everything measured with one toolchain.
type column struct {
	toolchain string
	module    string // directory
	dir       string // of binaries and caches
	results   map[string][]metrics

	warm string // a build cache that has the standard library, once it was asked for
}

func newColumn(ctx context.Context, toolchain, module string) (*column, error) {
	dir, err := os.MkdirTemp("", "benchmarks-")
	if err != nil {
		return nil, err
	}
	c := &column{toolchain: toolchain, module: module, dir: dir, results: make(map[string][]metrics)}
	for _, command := range []string{"worker", "emulators", "programs/" + ours, "programs/" + official, "programs/nethttp"} {
		if _, err := os.Stat(filepath.Join(module, command)); err != nil {
			return nil, fmt.Errorf("run this at the repository's root, or say -module: %w", err)
		}
		out := filepath.Join(dir, filepath.Base(command))
		if _, err := c.goCommand(ctx, nil, "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./"+command); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *column) close() { _ = os.RemoveAll(c.dir) }

// goCommand runs the go command of the column's toolchain and gives its output.
func (c *column) goCommand(ctx context.Context, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...) //nolint:gosec // the arguments are this program's own
	cmd.Dir = c.module
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+c.toolchain, "GOWORK=off", "GOFLAGS=-buildvcs=false")
	cmd.Env = append(cmd.Env, env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %q: %w", args, err)
	}
	return out, nil
}

// measure makes an experiment once.
func (c *column) measure(ctx context.Context, e experiment) error {
	all, err := e.measure(ctx, c, e.sides)
	if err != nil {
		return err
	}
	for i, side := range e.sides {
		c.results[key(e, side)] = append(c.results[key(e, side)], all[i])
	}
	return nil
}

// oneByOne measures one side after the other.
func oneByOne(one func(ctx context.Context, c *column, side string) (metrics, error)) measure {
	return func(ctx context.Context, c *column, sides []string) ([]metrics, error) {
		all := make([]metrics, len(sides))
		for i, side := range sides {
			m, err := one(ctx, c, side)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", side, err)
			}
			all[i] = m
		}
		return all, nil
	}
}

func key(e experiment, side string) string { return e.name + "/" + side }

// values are what the runs of a side found of a metric.
func (c *column) values(e experiment, side, metric string) []float64 {
	var found []float64
	for _, m := range c.results[key(e, side)] {
		found = append(found, m[metric])
	}
	return found
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// worker runs a measurement of a command in a process of its own.
func worker(command string, args ...string) measure {
	return oneByOne(func(ctx context.Context, c *column, side string) (metrics, error) {
		cmd := exec.CommandContext(ctx, filepath.Join(c.dir, command), append(slices.Clone(args), side)...) //nolint:gosec // they are this program's own
		out, err := cmd.Output()
		if err != nil {
			if exit, ok := errors.AsType[*exec.ExitError](err); ok {
				err = fmt.Errorf("%w: %s", err, exit.Stderr)
			}
			return nil, err
		}
		var m metrics
		err = json.Unmarshal(out, &m)
		return m, err
	})
}
