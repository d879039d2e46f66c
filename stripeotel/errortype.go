package stripeotel

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"

	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"

	"github.com/ccb8c2b4/stripecash"
)

// errorType is error.type as the conventions want it: the status of an answer that is an error, else a word or a Go type.
// They are few, so that metrics can be split by them.
func errorType(outcome stripecash.Outcome) string {
	var timeout net.Error
	switch {
	case outcome.Status >= http.StatusBadRequest:
		return strconv.Itoa(outcome.Status)
	case errors.Is(outcome.Err, context.Canceled):
		return "canceled"
	case errors.Is(outcome.Err, context.DeadlineExceeded), errors.As(outcome.Err, &timeout) && timeout.Timeout():
		return "timeout"
	default:
		return cmp.Or(typeName(outcome.Err), semconv.ErrorTypeOther.Value.AsString())
	}
}

// typeName is the first type in a tree of errors that tells more than that errors were put together; "" if none does.
func typeName(err error) string {
	switch wrapped := err.(type) { //nolint:errorlint // it walks the tree itself
	case *stripecash.CallError:
		return typeName(wrapped.Err)
	case interface{ Unwrap() []error }:
		for _, err := range wrapped.Unwrap() {
			if name := typeName(err); name != "" {
				return name
			}
		}
		return ""
	}
	name := fmt.Sprintf("%T", err)
	if !strings.HasPrefix(name, "*fmt.") && !strings.HasPrefix(name, "*errors.") {
		return name
	}
	if inner := errors.Unwrap(err); inner != nil {
		return typeName(inner)
	}
	return ""
}
