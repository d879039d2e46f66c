package conformance_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/conformance"
)

// Every call says what it expects, and takes nothing else for it. What is on file may be of any kind: paymentsource.Get
// decodes it as it comes.
func TestAnotherObjectIsRefused(t *testing.T) {
	source := theSource(t)
	for _, c := range calls() {
		t.Run(c.method+" "+c.operation, func(t *testing.T) {
			other := canned{http.StatusOK, `{"id":"x_1","object":"something_else"}`}
			api := newClient(t, stripecash.WithHTTPClient(&http.Client{Transport: other}))
			err := c.do(t.Context(), newWorld(api, conformance.NewFiller(source, false, makers()...)))
			if c.method == "paymentsource.Get" {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
			both, ok := err.(interface{ Unwrap() []error })
			errs := []error{err}
			if ok {
				errs = both.Unwrap() // of a call with each cursor
			}
			for _, err := range errs {
				var wrong *stripecash.ObjectError
				require.ErrorAs(t, err, &wrong)
				assert.Equal(t, "something_else", wrong.Got)
			}
		})
	}
}
