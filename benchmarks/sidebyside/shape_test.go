package sidebyside_test

import (
	"encoding/json"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/benchmarks/sidebyside"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// BenchmarkPageShape compares the two shapes that a page of a list could have: a slice of pointers, as it is, and a slice
// of values. kept-B is what stays in memory of a page of which the caller keeps one element.
func BenchmarkPageShape(b *testing.B) {
	var page []byte
	for _, task := range sidebyside.Tasks() {
		if task.Name == "list 100 transactions" {
			page = task.Answer
		}
	}
	b.Run("pointers", func(b *testing.B) {
		shape(b, func() *transaction.Transaction {
			var list struct{ Data []*transaction.Transaction }
			require.NoError(b, json.Unmarshal(page, &list))
			return list.Data[50]
		})
	})
	b.Run("values", func(b *testing.B) {
		shape(b, func() *transaction.Transaction {
			var list struct{ Data []transaction.Transaction }
			require.NoError(b, json.Unmarshal(page, &list))
			return &list.Data[50]
		})
	})
}

func shape(b *testing.B, decode func() *transaction.Transaction) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		decode()
	}
	const pages = 100
	kept := make([]*transaction.Transaction, pages)
	before := live()
	for i := range kept {
		kept[i] = decode()
	}
	b.ReportMetric((live()-before)/pages, "kept-B/page")
	runtime.KeepAlive(kept)
}

func live() float64 {
	for range 3 {
		runtime.GC()
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}
