package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRunOnTheEmulator(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out, "", nil))

	assert.Regexp(t, `^STRIPE_SECRET_KEY is not set: this runs on the emulator, without a network\.

card_\w+ is a new card:         Visa 4242, \d\d/\d{4}, name ""
card_\w+ has a name now:        Visa 4242, \d\d/\d{4}, name "Jenny Rosen"
card_\w+ has none any more:     Visa 4242, \d\d/\d{4}, name ""

All cards of the customer, newest first:
  card_\w+  Visa 4242, \d\d/\d{4}, name ""

card_\w+ is deleted: true
$`, out.String())
}

func TestRunOnStripe(t *testing.T) {
	var out bytes.Buffer
	require.ErrorContains(t, run(t.Context(), &out, "sk_test_1", nil), "name the customer")
	require.ErrorContains(t, run(t.Context(), &out, "no key", []string{"cus_1"}), "the API key has white space")
	assert.Empty(t, out.String())
}
