package stripecash

import (
	"fmt"
	"log/slog"
	"strconv"
	"strings"
)

// CallError is a call that ended without a usable answer: no connection, an answer that broke off or can't be read, a list
// that leads nowhere, a refused redirect, a limiter's error, a context that ended. It wraps the cause, so [errors.Is] finds
// [context.DeadlineExceeded] and [errors.As] a [net.Error]; if the context ended while the call waited to retry, it wraps
// the last attempt's error too. It matches [ErrOutcomeUnknown] when the call may have had its effect although it failed.
type CallError struct {
	Method    string // of the request
	Path      string // of the request, IDs included
	Status    int    // of the answer that was of no use; 0 without one
	RequestID string // of that answer
	Err       error

	IdempotencyKey string // of a POST: repeating the call with it does not repeat the effect, for at least 24 hours
	OutcomeUnknown bool   // the call may have had its effect although it failed; see ErrOutcomeUnknown
	Attempts       int    // how many attempts were made in all
	BudgetEmpty    bool   // another would have followed, but not enough was left of the budget of retries
}

// Error is the error in one line.
func (e *CallError) Error() string {
	s := head(e.Method, e.Path)
	if e.Status != 0 {
		s += strconv.Itoa(e.Status) + ": "
	}
	if e.Err != nil { // a user's own error for a test may have none
		s += oneLine(clipTo(maxText, e.Err.Error()))
	}
	return s + tail(e.RequestID, e.Attempts, e.BudgetEmpty)
}

// Unwrap gives the cause.
func (e *CallError) Unwrap() error { return e.Err }

// Is matches [ErrOutcomeUnknown].
func (e *CallError) Is(target error) bool { return target == ErrOutcomeUnknown && e.OutcomeUnknown }

// LogValue implements [slog.LogValuer].
func (e *CallError) LogValue() slog.Value {
	message := ""
	if e.Err != nil {
		message = e.Err.Error()
	}
	return logged(e.Method, e.Path, e.Attempts, e.Status, e.OutcomeUnknown, e.BudgetEmpty,
		"message", message, "request_id", e.RequestID, "idempotency_key", e.IdempotencyKey)
}

// pauseError is a call that ended between two attempts.
type pauseError struct {
	both []error // why it ended, and what the last attempt had come to
	said string  // the head of the second's text, which the error around this one says already
}

func (e *pauseError) Error() string {
	return e.both[0].Error() + "; the last attempt: " + strings.TrimPrefix(e.both[1].Error(), e.said)
}

func (e *pauseError) Unwrap() []error { return e.both }

// ObjectError is a 2xx answer that is an object other than expected, as when a bank account's token is given where a card's
// belongs. A POST or DELETE has had its effect on that object, which ID names: it was created, changed or deleted. If the
// answer lacks the one or the other, and so may not be Stripe's, OutcomeUnknown is true.
type ObjectError struct {
	Method    string // of the request
	Path      string // of the request, IDs included
	Want      string // the object that the call promises: "card"
	Got       string // the object that came: "bank_account"; empty if the answer named none
	ID        string // of the object that came
	RequestID string
	Body      []byte `json:"-"` // the answer, as it came; it can hold a client secret, and fmt and slog don't show it

	Status         int
	IdempotencyKey string // of the call
	OutcomeUnknown bool   // Got or ID is empty, so that the answer may not be Stripe's; false for a GET
	Attempts       int    // how many attempts were made in all
}

// Error names both objects and the ID.
func (e *ObjectError) Error() string {
	s := head(e.Method, e.Path) + fmt.Sprintf("a %q was expected, but the answer is ", e.Want)
	if e.Got == "" {
		s += `JSON without an "object" field`
	} else {
		s += fmt.Sprintf("a %q", clip(e.Got))
	}
	if e.ID != "" {
		s += fmt.Sprintf(" with the ID %q", clip(e.ID))
	}
	return s + tail(e.RequestID, e.Attempts, false)
}

// Format implements [fmt.Formatter]: every verb writes the one line of [ObjectError.Error].
func (e ObjectError) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(e.Error())) }

// Is matches [ErrOutcomeUnknown].
func (e *ObjectError) Is(target error) bool { return target == ErrOutcomeUnknown && e.OutcomeUnknown }

// LogValue implements [slog.LogValuer].
func (e *ObjectError) LogValue() slog.Value {
	return logged(e.Method, e.Path, e.Attempts, e.Status, e.OutcomeUnknown, false,
		"want", e.Want, "got", clip(e.Got), "id", clip(e.ID), "request_id", e.RequestID, "idempotency_key", e.IdempotencyKey)
}
