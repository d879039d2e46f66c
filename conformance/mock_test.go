package conformance_test

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/conformance"
)

// TestStripeMock makes every call to Stripe's own mock, which checks the parameters and answers with fixtures.
func TestStripeMock(t *testing.T) {
	mock, err := conformance.NewMock()
	require.NoError(t, err)
	server := httptest.NewServer(mock)
	t.Cleanup(server.Close)
	source := theSource(t)
	for _, c := range calls() {
		if c.unspecified {
			continue
		}
		t.Run(c.method, func(t *testing.T) {
			api := newClient(t, stripecash.WithBaseURL(server.URL), stripecash.WithHTTPClient(server.Client()))
			err := c.do(t.Context(), newWorld(api, conformance.NewFiller(source, false, makers()...)))
			if c.mock == "" {
				assert.NoError(t, err)
			} else {
				assert.ErrorContains(t, err, c.mock)
			}
		})
	}
}
