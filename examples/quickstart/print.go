package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/ccb8c2b4/stripecash"
)

// money writes a balance as a person reads it.
func money(available map[stripecash.Currency]int64) string {
	var parts []string
	for _, currency := range slices.Sorted(maps.Keys(available)) {
		parts = append(parts, currency.Format(available[currency]))
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// indent lays out the JSON of an answer.
func indent(body []byte) string {
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		return string(body)
	}
	return b.String()
}
