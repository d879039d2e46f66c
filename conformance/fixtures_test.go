package conformance_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/conformance"
)

// objects are the names of the slice's objects, each of which has a schema of that name.
func objects() []string {
	names := slices.Collect(maps.Keys(schemas()))
	for _, types := range unions() {
		names = slices.AppendSeq(names, maps.Keys(types))
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool {
		return name == "deleted_card" || name == "deleted_bank_account" // they call themselves card and bank_account
	})
}

// TestFixturesAreWhole looks for properties of the spec that no fixture has, so that nothing would notice if they were not
// decoded. Each package compares what its fixtures are decoded into with a whole struct.
func TestFixturesAreWhole(t *testing.T) {
	files, err := filepath.Glob("../*/testdata/*.json")
	require.NoError(t, err)
	seen := conformance.Seen{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, seen.Add(body), file)
	}
	for _, object := range objects() {
		missing, err := theSpec(t).Missing(object, seen)
		require.NoError(t, err)
		assert.Empty(t, missing, "in no fixture")
	}
}
