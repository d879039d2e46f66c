package conformance

import (
	"net/http"

	"github.com/stripe/stripe-mock/embedded"
	"github.com/stripe/stripe-mock/server"
)

// NewMock makes Stripe's own mock server: it checks requests against the spec and answers with fixtures.
func NewMock() (http.Handler, error) {
	spec, err := server.LoadSpec(embedded.OpenAPISpec, "")
	if err != nil {
		return nil, err
	}
	fixtures, err := server.LoadFixtures(embedded.OpenAPIFixtures, "")
	if err != nil {
		return nil, err
	}
	stub, err := server.NewStubServer(fixtures, spec, false, false)
	if err != nil {
		return nil, err
	}
	return &server.DoubleSlashFixHandler{Mux: http.HandlerFunc(stub.HandleRequest)}, nil
}
