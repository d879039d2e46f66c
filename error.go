package stripecash

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrorType is the family of an API error.
type ErrorType string

// The types of errors that the API answers with.
const (
	ErrorTypeAPI            ErrorType = "api_error"
	ErrorTypeCard           ErrorType = "card_error"
	ErrorTypeIdempotency    ErrorType = "idempotency_error"
	ErrorTypeInvalidRequest ErrorType = "invalid_request_error"
)

// ErrorCode says what went wrong, for programs. The constants are codes that this slice of the API answers with; any other
// passes through.
//
// See https://docs.stripe.com/error-codes.
type ErrorCode string

// Error codes of this slice of the API.
const (
	CodeAccountInvalid                ErrorCode = "account_invalid"
	CodeAccountNumberInvalid          ErrorCode = "account_number_invalid"
	CodeBankAccountExists             ErrorCode = "bank_account_exists"
	CodeBankAccountVerificationFailed ErrorCode = "bank_account_verification_failed"
	CodeCardDeclined                  ErrorCode = "card_declined"
	CodeCountryCodeInvalid            ErrorCode = "country_code_invalid"
	CodeExpiredCard                   ErrorCode = "expired_card"
	CodeIdempotencyKeyInUse           ErrorCode = "idempotency_key_in_use"
	CodeIncorrectCVC                  ErrorCode = "incorrect_cvc"
	CodeIncorrectNumber               ErrorCode = "incorrect_number"
	CodeIncorrectZip                  ErrorCode = "incorrect_zip"
	CodeInvalidCardType               ErrorCode = "invalid_card_type"
	CodeInvalidCVC                    ErrorCode = "invalid_cvc"
	CodeInvalidExpiryMonth            ErrorCode = "invalid_expiry_month"
	CodeInvalidExpiryYear             ErrorCode = "invalid_expiry_year"
	CodeInvalidNumber                 ErrorCode = "invalid_number"
	CodeLockTimeout                   ErrorCode = "lock_timeout"
	CodeParameterInvalidEmpty         ErrorCode = "parameter_invalid_empty"
	CodeParameterInvalidInteger       ErrorCode = "parameter_invalid_integer"
	CodeParameterMissing              ErrorCode = "parameter_missing"
	CodeParameterUnknown              ErrorCode = "parameter_unknown"
	CodeParametersExclusive           ErrorCode = "parameters_exclusive"
	CodeProcessingError               ErrorCode = "processing_error"
	CodeRateLimit                     ErrorCode = "rate_limit"
	CodeResourceMissing               ErrorCode = "resource_missing"
	CodeRoutingNumberInvalid          ErrorCode = "routing_number_invalid"
	CodeSecretKeyRequired             ErrorCode = "secret_key_required"
	CodeTokenAlreadyUsed              ErrorCode = "token_already_used"
	CodeURLInvalid                    ErrorCode = "url_invalid"
)

// What an error is about, for [errors.Is]. One error can match several: a customer that does not exist is
// both ErrNotFound and ErrInvalidRequest.
//
// ErrInvalidRequest matches what a call refuses before it sends anything, and the API's type invalid_request_error, but not
// 401, 403, 409, 429 and 5xx, which have that type too. ErrNotFound matches each 404: before a program acts on what is not
// there, it should ask for CodeResourceMissing, which a proxy or a wrong base URL does not answer.
var (
	ErrNotFound       = errors.New("stripecash: not found")              // 404, or code resource_missing; of what, Error.Param may say
	ErrAuthentication = errors.New("stripecash: not authenticated")      // 401
	ErrPermission     = errors.New("stripecash: not permitted")          // 403
	ErrRateLimited    = errors.New("stripecash: rate limited")           // 429, lock timeouts included
	ErrConflict       = errors.New("stripecash: conflict")               // 409
	ErrIdempotency    = errors.New("stripecash: idempotency key misuse") // key reused otherwise, or in use just now
	ErrCardDeclined   = errors.New("stripecash: card declined")          // type card_error
	ErrInvalidRequest = errors.New("stripecash: invalid request")        // refused here, before it was sent, or by the API
	ErrServer         = errors.New("stripecash: server error")           // any 5xx

	// ErrOutcomeUnknown matches when the call failed and yet may have had its effect: the connection broke after the request
	// was sent, the server failed while it worked, or something other than the API answered. To find out about a POST, make it
	// again with the error's IdempotencyKey ([WithIdempotencyKey]) while the API remembers that key, for at least 24 hours;
	// later it would be a new call. [WithResponse] gives the key whatever type the error has. If the answer is a 5xx that the
	// key remembers ([Response.Replayed], or "true" in the error's header Idempotent-Replayed), or the call was a DELETE, which
	// has no key, read the object, or the list that it would be in. A GET never matches.
	//
	// Ask for it before the others: an attempt may have been lost before one that met a 401 or a 429.
	ErrOutcomeUnknown = errors.New("stripecash: outcome unknown")
)

// Error is an answer that is not 2xx, of the API or of a proxy: fields that its body does not give are empty. Body, and
// objects such as PaymentIntent, can hold a client secret: fmt, slog and encoding/json leave them out.
//
// See https://docs.stripe.com/api/errors.
type Error struct {
	Method string // of the request
	Path   string // of the request, IDs included

	Status             int
	Type               ErrorType
	Code               ErrorCode
	DeclineCode        string // why the issuer declined, with card errors
	Message            string // for developers; for card errors it can be shown to the card's owner
	Param              string // the parameter that the error is about
	DocURL             string
	RequestID          string
	RequestLogURL      string
	Charge             string // ID of the charge that failed
	PaymentIntent      Ref    `json:"-"` // with card errors of payments
	SetupIntent        Ref    `json:"-"`
	PaymentMethod      Ref    `json:"-"`
	PaymentMethodType  string
	Source             Ref    `json:"-"`
	AdviceCode         string // what the issuer advises after it declined: "try_again_later"
	NetworkAdviceCode  string // what the card network advises: two digits
	NetworkDeclineCode string // why the card network declined

	IdempotencyKey string // of a POST: repeating the call with it does not repeat the effect, for at least 24 hours

	OutcomeUnknown bool // the call may have had its effect although it failed; see ErrOutcomeUnknown
	Attempts       int  // how many attempts were made in all
	BudgetEmpty    bool // another would have followed, but not enough was left of the budget of retries

	Header http.Header `json:"-"` // of the last answer
	Body   []byte      `json:"-"` // of the last answer, as it came; of more than 8 MiB the first 64 KiB

	broken error // why the body is not whole
}

// errorBody is what the API writes under "error".
type errorBody struct {
	Type               ErrorType `json:"type"`
	Code               ErrorCode `json:"code"`
	DeclineCode        string    `json:"decline_code"`
	Message            string    `json:"message"`
	Param              string    `json:"param"`
	DocURL             string    `json:"doc_url"`
	RequestLogURL      string    `json:"request_log_url"`
	Charge             string    `json:"charge"`
	PaymentIntent      looseRef  `json:"payment_intent"`
	SetupIntent        looseRef  `json:"setup_intent"`
	PaymentMethod      looseRef  `json:"payment_method"`
	PaymentMethodType  string    `json:"payment_method_type"`
	Source             looseRef  `json:"source"`
	AdviceCode         string    `json:"advice_code"`
	NetworkAdviceCode  string    `json:"network_advice_code"`
	NetworkDeclineCode string    `json:"network_decline_code"`
}

// looseRef is a Ref that is empty when it can't be read. Its error would end the decoding of what comes after it.
type looseRef Ref

// UnmarshalJSON takes anything.
func (r *looseRef) UnmarshalJSON(data []byte) error {
	_ = (*Ref)(r).UnmarshalJSON(data)
	return nil
}

// newError makes an error of an answer. Proxies answer too, so a body that is no error object is not a failure
// here: status and header are enough.
func newError(method, path string, status int, header http.Header, body []byte) *Error {
	var envelope struct {
		Error errorBody `json:"error"`
	}
	_ = json.Unmarshal(body, &envelope) // one field that is not what it should be leaves the others as they are
	b := &envelope.Error
	return &Error{
		Method: method, Path: path,
		Status: status, Header: header, Body: body, RequestID: header.Get("Request-Id"),
		Type: b.Type, Code: b.Code, DeclineCode: b.DeclineCode, Message: b.Message, Param: b.Param,
		DocURL: b.DocURL, RequestLogURL: b.RequestLogURL, Charge: b.Charge,
		PaymentIntent: Ref(b.PaymentIntent), SetupIntent: Ref(b.SetupIntent),
		PaymentMethod: Ref(b.PaymentMethod), PaymentMethodType: b.PaymentMethodType, Source: Ref(b.Source),
		AdviceCode: b.AdviceCode, NetworkAdviceCode: b.NetworkAdviceCode, NetworkDeclineCode: b.NetworkDeclineCode,
	}
}

// Error is the error in one line: the request, the status, type and codes, the message, and the request ID that
// Stripe's support asks for.
func (e *Error) Error() string {
	return fmt.Sprintf("%s%d: %s%s", head(e.Method, e.Path), e.Status, oneLine(clipTo(maxText, e.summary())), tail(e.RequestID, e.Attempts, e.BudgetEmpty))
}

// head is how the text of every error about a request begins.
func head(method, path string) string { return "stripecash: " + method + " " + clip(path) + ": " }

// tail is how it ends.
func tail(requestID string, attempts int, budgetEmpty bool) string {
	s := ""
	if requestID != "" {
		s = " [" + oneLine(clip(requestID)) + "]"
	}
	if attempts > 1 {
		s += fmt.Sprintf(" after %d attempts", attempts)
	}
	if budgetEmpty {
		s += " (the budget has no retry left)"
	}
	return s
}

// Format implements [fmt.Formatter]: every verb writes the one line of [Error.Error], so that %#v does not show the body.
func (e Error) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(e.Error())) }

// summary is type (code, decline code): message. Where the body has none of these, it says what there is.
func (e *Error) summary() string {
	s := string(e.Type)
	switch {
	case s == "" && e.Message == "":
		s = fmt.Sprintf("%s (no error object in the answer: %d bytes of %s)", http.StatusText(e.Status), len(e.Body), contentType(e.Header))
		if e.broken != nil {
			s += ": " + e.broken.Error()
		}
	case e.Code != "" && e.DeclineCode != "":
		s += " (" + string(e.Code) + ", " + e.DeclineCode + ")"
	case e.Code != "":
		s += " (" + string(e.Code) + ")"
	}
	s = strings.TrimPrefix(s, " ") // of a status that has no text, a code that has no type
	if e.Message == "" {
		return s
	}
	if s != "" {
		s += ": "
	}
	return s + e.Message
}

// Unwrap gives why the body broke off, if it did: the context's end, a cut connection.
func (e *Error) Unwrap() error { return e.broken }

// Is makes the sentinels of this package match.
func (e *Error) Is(target error) bool {
	switch target {
	case ErrNotFound:
		return e.Status == http.StatusNotFound || e.Code == CodeResourceMissing
	case ErrAuthentication:
		return e.Status == http.StatusUnauthorized
	case ErrPermission:
		return e.Status == http.StatusForbidden
	case ErrRateLimited:
		return e.Status == http.StatusTooManyRequests
	case ErrConflict:
		return e.Status == http.StatusConflict
	case ErrIdempotency:
		return e.Type == ErrorTypeIdempotency || e.Code == CodeIdempotencyKeyInUse
	case ErrCardDeclined:
		return e.Type == ErrorTypeCard
	case ErrInvalidRequest:
		return e.Type == ErrorTypeInvalidRequest && e.aboutRequest()
	case ErrServer:
		return e.Status >= http.StatusInternalServerError
	case ErrOutcomeUnknown:
		return e.OutcomeUnknown
	default:
		return false
	}
}

// aboutRequest says whether the status is about the request itself, and not about who sent it, what went on beside it, or
// the server.
func (e *Error) aboutRequest() bool {
	switch e.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusConflict, http.StatusTooManyRequests:
		return false
	default:
		return e.Status < http.StatusInternalServerError
	}
}

// LogValue implements [slog.LogValuer]: the fields that are set, but for the URL of the request's log, the objects about a
// payment, the header and the body.
func (e *Error) LogValue() slog.Value {
	return logged(e.Method, e.Path, e.Attempts, e.Status, e.OutcomeUnknown, e.BudgetEmpty,
		"type", string(e.Type), "code", string(e.Code), "decline_code", e.DeclineCode, "message", e.Message, "param", e.Param,
		"advice_code", e.AdviceCode, "network_advice_code", e.NetworkAdviceCode, "network_decline_code", e.NetworkDeclineCode,
		"charge", e.Charge, "doc_url", e.DocURL, "request_id", e.RequestID, "idempotency_key", e.IdempotencyKey)
}

// logged is what every error about a request tells slog, and then its own [texts].
func logged(method, path string, attempts, status int, outcomeUnknown, budgetEmpty bool, own ...string) slog.Value {
	attrs := append(texts("method", method, "path", clip(path)), slog.Int("attempts", attempts))
	if status != 0 {
		attrs = append(attrs, slog.Int("status", status))
	}
	attrs = append(attrs, texts(own...)...)
	if outcomeUnknown {
		attrs = append(attrs, slog.Bool("outcome_unknown", true))
	}
	if budgetEmpty {
		attrs = append(attrs, slog.Bool("budget_empty", true))
	}
	return slog.GroupValue(attrs...)
}

// texts are attributes, given as names and texts in turn; what is empty is left out, what is too long is cut. It is not to be
// copied into each call.
//
//go:noinline
func texts(pairs ...string) []slog.Attr {
	var attrs []slog.Attr
	for i := 1; i < len(pairs); i += 2 {
		if pairs[i] != "" {
			attrs = append(attrs, slog.String(pairs[i-1], clipTo(maxText, pairs[i])))
		}
	}
	return attrs
}

func contentType(h http.Header) string {
	if t := h.Get("Content-Type"); t != "" {
		return clip(t)
	}
	return "no content type"
}

// oneLine keeps what others wrote from breaking a log line, or from rearranging it on a terminal.
func oneLine(s string) string { return strings.Map(printable, s) }

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return ' '
}

// maxText is more than any text of the API has.
const maxText = 2000

// errorf is [fmt.Errorf], which Go 1.26 would copy half of into each of fifty places: 2 kB in every program.
//
//go:noinline
func errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }

// clip shortens what others wrote to what a line of log can bear. It is not to be copied into each of twenty calls.
//
//go:noinline
func clip(s string) string { return clipTo(200, s) }

func clipTo(most int, s string) string {
	if len(s) <= most {
		return s
	}
	end := most
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
