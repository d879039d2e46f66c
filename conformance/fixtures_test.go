package conformance_test

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/conformance"
)

// objects are the slice's objects, each of which has a schema of that name, and the types that they are decoded into.
func objects() map[string]reflect.Type {
	all := schemas()
	for _, types := range unions() {
		maps.Copy(all, types)
	}
	delete(all, "deleted_card") // they call themselves card and bank_account
	delete(all, "deleted_bank_account")
	return all
}

// TestFixturesAreWhole looks for properties of the spec that no fixture has, so that nothing would notice if they were not
// decoded. Each package compares what its own fixtures are decoded into with a whole struct. Those of others don't count:
// an event's fixture may hold an object that its tests never decode.
func TestFixturesAreWhole(t *testing.T) {
	for object, decoded := range objects() {
		pattern := filepath.Join("..", path.Base(decoded.PkgPath()), "testdata", "*.json")
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		seen := conformance.Seen{}
		for _, file := range files {
			body, err := os.ReadFile(file)
			require.NoError(t, err)
			require.NoError(t, seen.Add(body), file)
		}
		missing, err := theSpec(t).Missing(object, seen)
		require.NoError(t, err)
		assert.Empty(t, missing, "in no fixture of %s", pattern)
	}
}
