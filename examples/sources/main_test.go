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

src_\w+ is a new source:  sepa_debit, chargeable, DE ending in 3000
src_\w+ is attached:      sepa_debit, chargeable, DE ending in 3000

All sources of the customer, newest first:
  src_\w+  sepa_debit, chargeable, DE ending in 3000

src_\w+ is detached:      sepa_debit, consumed, DE ending in 3000
$`, out.String())
}

func TestRunOnStripe(t *testing.T) {
	var out bytes.Buffer
	require.ErrorContains(t, run(t.Context(), &out, "sk_test_1", nil), "name the customer")
	require.ErrorContains(t, run(t.Context(), &out, "no key", []string{"cus_1"}), "the API key has white space")
	assert.Empty(t, out.String())
}
