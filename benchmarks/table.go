package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// unit is how values are written.
type unit int

const (
	count unit = iota
	nanoseconds
	bytes
	share
)

func (u unit) format(v float64) string {
	switch {
	case u == share:
		return fmt.Sprintf("%.3g %%", v*100)
	case u == nanoseconds && v >= 1e9:
		return fmt.Sprintf("%.3g s", v/1e9)
	case u == nanoseconds && v >= 1e6:
		return fmt.Sprintf("%.3g ms", v/1e6)
	case u == nanoseconds:
		return fmt.Sprintf("%.3g µs", v/1e3)
	case u == bytes && v >= 1e6:
		return fmt.Sprintf("%.3g MB", v/1e6)
	case u == bytes:
		return fmt.Sprintf("%.3g kB", v/1e3)
	}
	return fmt.Sprintf("%.0f", v)
}

// printTable writes the rows as Markdown. A result is the median of the runs' ratios, since the sides of a run met the same
// machine; behind it are the medians of each side, and what the ratios of the single runs were.
func printTable(w io.Writer, experiments []experiment, columns []*column) error {
	var b strings.Builder
	b.WriteString("| measure | goal |")
	for _, c := range columns {
		fmt.Fprintf(&b, " %s | medians | single runs |", c.toolchain)
	}
	b.WriteString("\n| --- | --- |" + strings.Repeat(" --- | --- | --- |", len(columns)) + "\n")
	for _, e := range experiments {
		for _, r := range e.rows {
			fmt.Fprintf(&b, "| %s | %s |", r.measure, r.goal)
			for _, c := range columns {
				b.WriteString(r.cells(c, e))
			}
			b.WriteByte('\n')
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r row) cells(c *column, e experiment) string {
	side, over := r.side, r.over
	if side == "" {
		side = ours
	}
	if over == "" {
		over = official
	}
	value := r.net(c, e, side)
	if over == none {
		m := median(value)
		return fmt.Sprintf(" %s%s | | %s |", r.unit.format(m), r.goal.mark(m, c.toolchain), r.spread(value, r.unit.format))
	}
	base := r.net(c, e, over)
	ratios := make([]float64, len(value))
	for i := range value {
		ratios[i] = value[i] / base[i]
	}
	ratio := median(ratios)
	return fmt.Sprintf(" %s%s | %s / %s | %s |", decimals(ratio), r.goal.mark(ratio, c.toolchain),
		r.unit.format(median(value)), r.unit.format(median(base)), r.spread(ratios, decimals))
}

// net is the row's metric of a side, run by run, less that of the side to take away.
func (r row) net(c *column, e experiment, side string) []float64 {
	values := c.values(e, side, r.metric)
	if r.minus != "" {
		for i, less := range c.values(e, r.minus, r.metric) {
			values[i] -= less
		}
	}
	return values
}

func (r row) spread(values []float64, format func(float64) string) string {
	least, most := format(slices.Min(values)), format(slices.Max(values))
	if least == most {
		return least
	}
	return least + " – " + most
}

// decimals writes a ratio with the digits that count.
func decimals(ratio float64) string { return strconv.FormatFloat(ratio, 'g', 3, 64) }

func (g goal) String() string {
	switch {
	case !g.set:
		return ""
	case g.least:
		return fmt.Sprintf("≥ %v", g.limit)
	case g.limit27 != 0:
		return fmt.Sprintf("≤ %v, %v with 1.27", g.limit, g.limit27)
	default:
		return fmt.Sprintf("≤ %v", g.limit)
	}
}

// mark says when a goal is missed.
func (g goal) mark(result float64, toolchain string) string {
	limit := g.limit
	if g.limit27 != 0 && toolchain >= "go1.27" {
		limit = g.limit27
	}
	if !g.set || g.least && result >= limit || !g.least && result <= limit {
		return ""
	}
	return " **missed**"
}
