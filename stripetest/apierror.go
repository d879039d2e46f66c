package stripetest

import (
	"fmt"
	"net/http"
	"strings"
)

// apiError is an answer that is not 2xx. Its fields are those of Stripe's error object.
type apiError struct {
	status        int
	kind          string
	code          string
	declineCode   string
	message       string
	param         string
	paymentIntent object
	header        http.Header
	invalid       bool // the request failed validation: no idempotency key remembers it
}

const (
	kindAPI         = "api_error"
	kindCard        = "card_error"
	kindIdempotency = "idempotency_error"
	kindInvalid     = "invalid_request_error"
)

// newError is an invalid_request_error that came out of executing the request.
func newError(status int, code, param, format string, args ...any) *apiError {
	return &apiError{status: status, kind: kindInvalid, code: code, param: param, message: fmt.Sprintf(format, args...)}
}

// invalidRequest is a 400 that came out of validating the request, before anything began.
func invalidRequest(code, param, format string, args ...any) *apiError {
	err := newError(http.StatusBadRequest, code, param, format, args...)
	err.invalid = true
	return err
}

// noSuch is the 404 for an object in the path that isn't there.
func noSuch(object, id, param string) *apiError {
	return newError(http.StatusNotFound, "resource_missing", param, "No such %s: '%s'", object, id)
}

// noSuchParam is the 400 for an object named by a parameter that isn't there.
func noSuchParam(object, id, param string) *apiError {
	return newError(http.StatusBadRequest, "resource_missing", param, "No such %s: '%s'", object, id)
}

// notModelled says honestly that Stripe would take this and the emulator can't.
func notModelled(param, format string, args ...any) *apiError {
	return invalidRequest("", param, "stripetest does not model "+format, args...)
}

// maxMessage keeps what a request has sent from coming back at length.
const maxMessage = 1000

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "..."
}

// render gives the error object, without the fields that are empty, as Stripe leaves them out.
func (e *apiError) render(logURL string) object {
	fields := object{"type": e.kind, "message": clip(e.message, maxMessage)}
	for name, value := range map[string]string{
		"code":            e.code,
		"decline_code":    e.declineCode,
		"param":           clip(e.param, maxMessage),
		"request_log_url": logURL,
	} {
		if value != "" {
			fields[name] = value
		}
	}
	if e.code != "" {
		fields["doc_url"] = "https://stripe.com/docs/error-codes/" + strings.ReplaceAll(e.code, "_", "-")
	}
	if e.paymentIntent != nil {
		fields["payment_intent"] = e.paymentIntent
	}
	return object{"error": fields}
}
