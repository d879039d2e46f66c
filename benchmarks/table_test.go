package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTable(t *testing.T) {
	e := experiment{name: "work", sides: []string{ours, official, byHand}, rows: []row{
		{measure: "time", metric: "ns", unit: nanoseconds, goal: atMost(0.5)},
		{measure: "rate", metric: "rate", unit: count, goal: atLeast(2)},
		{measure: "less by hand", metric: "ns", unit: nanoseconds, minus: byHand},
		{measure: "floor", metric: "ns", unit: nanoseconds, over: byHand, goal: atMostBy(5, 3)},
		{measure: "own", metric: "share", unit: share, over: none, goal: atMost(0)},
	}}
	results := map[string][]metrics{ // the median of three ratios, not their mean, and the least and the greatest in the last column
		key(e, ours):     {{"ns": 4000, "rate": 10}, {"ns": 9000, "rate": 10}, {"ns": 5000, "rate": 10, "share": 0.5}},
		key(e, official): {{"ns": 10000, "rate": 4}, {"ns": 10000, "rate": 5}, {"ns": 9000, "rate": 6}},
		key(e, byHand):   {{"ns": 1000}, {"ns": 1000}, {"ns": 1000}},
	}
	var b strings.Builder
	columns := []*column{{toolchain: "go1.26.8", results: results}, {toolchain: "go1.27.4", results: results}}
	require.NoError(t, printTable(&b, []experiment{e}, columns))
	rows := strings.Split(b.String(), "\n")
	cell := " 0.556 **missed** | 5 µs / 10 µs | 0.4 – 0.9 |"
	assert.Equal(t, "| time | ≤ 0.5 |"+cell+cell, rows[2])
	cell = " 2 | 10 / 5 | 1.67 – 2.5 |"
	assert.Equal(t, "| rate | ≥ 2 |"+cell+cell, rows[3])
	cell = " 0.5 | 4 µs / 9 µs | 0.333 – 0.889 |"
	assert.Equal(t, "| less by hand |  |"+cell+cell, rows[4])
	assert.Equal(t, "| floor | ≤ 5, 3 with 1.27 | 5 | 5 µs / 1 µs | 4 – 9 | 5 **missed** | 5 µs / 1 µs | 4 – 9 |", rows[5])
	cell = " 0 % | | 0 % – 50 % |"
	assert.Equal(t, "| own | ≤ 0 |"+cell+cell, rows[6])
}
