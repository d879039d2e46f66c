// Command benchmarks measures this module beside stripe-go and prints one table of ratios. README.md says what the rows
// mean and how to repeat them.
//
//	go run ./benchmarks                                  # everything, a quarter of an hour
//	go run ./benchmarks -rows 'retrieve|list' -runs 9    # some rows, more often
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"strings"
)

func main() {
	if len(os.Args) > 2 && os.Args[1] == peakCommand {
		os.Exit(peak(os.Args[2], os.Args[3:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmarks:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	var (
		runs       = flag.Int("runs", 5, "how often everything is measured; the table has medians")
		toolchains = flag.String("go", "go1.26.8,go1.27.4", "toolchains, as in GOTOOLCHAIN")
		rows       = flag.String("rows", "", "a regular expression: only experiments of such a name")
		module     = flag.String("module", "benchmarks", "the directory of this module")
	)
	flag.Parse()
	only, err := regexp.Compile(*rows)
	if err != nil {
		return err
	}
	var columns []*column
	defer func() {
		for _, c := range columns {
			c.close()
		}
	}()
	for name := range strings.SplitSeq(*toolchains, ",") {
		c, err := newColumn(ctx, name, *module)
		if err != nil {
			return err
		}
		columns = append(columns, c)
	}
	var chosen []experiment
	for _, e := range experiments() {
		if only.MatchString(e.name) {
			chosen = append(chosen, e)
		}
	}
	for i := range *runs {
		for _, e := range chosen {
			for _, c := range columns {
				fmt.Fprintf(os.Stderr, "run %d of %d, %s: %s\n", i+1, *runs, c.toolchain, e.name)
				if err := c.measure(ctx, e); err != nil {
					return fmt.Errorf("%s: %s: %w", c.toolchain, e.name, err)
				}
			}
		}
	}
	return printTable(os.Stdout, chosen, columns)
}
