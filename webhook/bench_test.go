package webhook_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/webhook"
)

func BenchmarkVerify(b *testing.B) {
	payload := fixture(b, "source_chargeable.json")
	header := nowSigned(payload)
	verifier := webhook.Verifier{Secrets: []string{secret}}
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := verifier.Verify(payload, header)
		require.NoError(b, err)
	}
}

func BenchmarkVerifyAndDecode(b *testing.B) {
	payload := fixture(b, "funds_available.json")
	header := nowSigned(payload)
	verifier := webhook.Verifier{Secrets: []string{secret}}
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		event, err := verifier.Verify(payload, header)
		require.NoError(b, err)
		_, err = webhook.Decode[cashbalance.CashBalance](event)
		require.NoError(b, err)
	}
}
