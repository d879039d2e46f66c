package sidebyside_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/benchmarks/sidebyside"
)

// BenchmarkTasks is for profiles: go test -bench 'Tasks/create.*/stripecash' -cpuprofile cpu.out ./sidebyside.
func BenchmarkTasks(b *testing.B) {
	for _, task := range sidebyside.Tasks() {
		for _, side := range sides(task) {
			b.Run(task.Name+"/"+string(side), func(b *testing.B) {
				call, err := task.For(side, sidebyside.NewStub(task))
				require.NoError(b, err)
				b.ReportAllocs()
				for b.Loop() {
					if _, err := call(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
