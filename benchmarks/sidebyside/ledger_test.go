package sidebyside_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/benchmarks/sidebyside"
)

func TestSidesWalkTheSameLedger(t *testing.T) {
	const length = 205
	var want []string
	for i := range length {
		want = append(want, fmt.Sprintf("ccsbtxn_1NGTaT2eZvKYlo2C%08d", i))
	}

	ledger := sidebyside.NewLedger(length)
	for range 2 { // the second time its pages are there already
		var ours []string
		for element, err := range sidebyside.WalkOurs(t.Context(), ledger, stripecash.WithPrefetch()) {
			require.NoError(t, err)
			ours = append(ours, element.ID)
		}
		assert.Equal(t, want, ours)
	}
	assert.EqualValues(t, 2*3, ledger.Requests.Load(), "pages of 100")

	ledger = sidebyside.NewLedger(length)
	var official []string
	for element, err := range sidebyside.WalkOfficial(t.Context(), ledger) {
		require.NoError(t, err)
		official = append(official, element.ID)
	}
	assert.Equal(t, want, official)
	assert.EqualValues(t, 21, ledger.Requests.Load(), "pages of 10")
}
