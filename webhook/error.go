package webhook

import (
	"encoding/json"
	"errors"
	"fmt"
)

// The reasons to refuse a delivery, for errors.Is. They can be logged: no text of theirs holds a secret, a signature, or
// more of the delivery than the names of fields and objects, an ID, the API version and the time of the signature.
var (
	// ErrNoSecret means that the [Verifier] has no secret, or one that is empty or has white space around it. Anyone can sign
	// with an empty secret, which an unset environment variable gives: it is refused, not skipped.
	ErrNoSecret = errors.New("webhook: no usable secret is configured")

	// ErrNoSignature means that the Stripe-Signature header is missing, or holds no signature of the scheme v1.
	ErrNoSignature = errors.New("webhook: the delivery is not signed: its Stripe-Signature header is missing, or has no v1 signature")

	// ErrMalformedHeader means that the Stripe-Signature header can't be read: it has no time, two of them, one that is no
	// number, or an entry without an equals sign.
	ErrMalformedHeader = errors.New("webhook: malformed Stripe-Signature header")

	// ErrSignatureMismatch means that no signature was made with one of the secrets over exactly this payload and time.
	ErrSignatureMismatch = errors.New("webhook: the signature does not match")

	// ErrExpired means that the signature is right, but made too long ago, or too far in the future. Either somebody replays
	// an old delivery or a clock is wrong.
	ErrExpired = errors.New("webhook: the signature's time is outside the tolerance")

	// ErrPayload means that the payload is authentic, but not an event, or one with an object that [Decode] can't make a T of.
	ErrPayload = errors.New("webhook: the payload can't be read")

	// ErrAPIVersion means that the event was rendered with an API version other than the one in [Verifier.APIVersion].
	ErrAPIVersion = errors.New("webhook: the event has another API version")

	// ErrObject means that [Decode] was asked for an object other than the one in the event.
	ErrObject = errors.New("webhook: the event holds another object")
)

// invalid is what a JSON error says about the place, and nothing of what it says about the value found there.
func invalid(err error) string {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("invalid JSON at byte %d", syntax.Offset)
	}
	if mistyped, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && mistyped.Field != "" {
		return fmt.Sprintf("the field %s has the wrong type", mistyped.Field)
	}
	return "a value of it has the wrong type"
}

// clip keeps a name that came with the payload from filling an error with it.
func clip(name string) string {
	const most = 64
	if len(name) > most {
		return name[:most] + "…"
	}
	return name
}
