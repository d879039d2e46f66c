package conformance_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/conformance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// BenchmarkServing retrieves a cash balance over loopback, from the emulator and from stripe-mock, with the same client.
func BenchmarkServing(b *testing.B) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	mock, err := conformance.NewMock()
	require.NoError(b, err)
	for _, side := range []struct {
		name    string
		handler http.Handler
	}{{"stripetest", srv}, {"stripe-mock", mock}} {
		b.Run(side.name, func(b *testing.B) {
			listener := httptest.NewServer(side.handler)
			defer listener.Close()
			api, err := stripecash.NewClient("sk_test_123", stripecash.WithBaseURL(listener.URL))
			require.NoError(b, err)
			defer api.CloseIdleConnections()
			balances := cashbalance.New(api)
			b.ReportAllocs()
			for b.Loop() {
				_, err := balances.Get(b.Context(), "cus_1")
				require.NoError(b, err)
			}
		})
	}
}
