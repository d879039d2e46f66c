package webhook

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/ccb8c2b4/stripecash"
)

// What a [Verifier] does unless told otherwise.
const (
	DefaultTolerance = 5 * time.Minute
	DefaultMaxBytes  = 1 << 20 // 1 MiB
)

// Verifier makes sure that an event was sent by Stripe. Only Secrets is required. It may be used by several goroutines at
// once as long as nobody changes it.
//
// No verb of fmt, nor slog, encoding/json or encoding/xml shows the secrets, with exceptions that a type can't prevent:
// fmt with a verb that does not apply (%w outside Errorf, say), fmt of a struct of yours that has a Verifier in an
// unexported field, and the diff of a failed testify assertion. In such a struct keep the result of [Verifier.Handler]
// instead, or the method value verifier.Verify: fmt shows nothing of a function.
type Verifier struct {
	// Secrets are the endpoint's signing secrets, "whsec_…". A payload that is signed with any of them is accepted:
	// while a secret is being replaced, name the old one and the new one.
	Secrets []string `json:"-" xml:"-"`

	// Tolerance is how far the time of a signature may be from now, in either direction; zero is [DefaultTolerance].
	// It bounds how long a recorded delivery can be replayed. A negative one accepts nothing.
	Tolerance time.Duration

	// APIVersion, unless empty, refuses events that were rendered with another version: [stripecash.APIVersion] makes
	// sure that their objects have the fields this module knows. Which version an endpoint gets is set in Stripe.
	APIVersion string

	// MaxBytes is the size of the largest body that [Verifier.Handler] reads; zero is [DefaultMaxBytes]. A negative one
	// accepts nothing.
	MaxBytes int64

	// Deduper, unless nil, keeps [Verifier.Handler] from processing an event twice. Handlers that do different things
	// with the same event need one each.
	Deduper Deduper

	// Logger, unless nil, is told by [Verifier.Handler] what became of each delivery: debug for an event that was
	// processed, info for one that was not needed again, warn for a refused delivery, error for a failure.
	Logger *slog.Logger
}

// Verify reads an event after making sure that Stripe sent it: that a signature in the header, which is the
// Stripe-Signature one of the request, was made with one of the secrets, over exactly these bytes, not long ago. The
// payload must be the request's body as it came; decoding and encoding it again breaks the signature.
//
// It does not tell a first delivery from a second: see [Deduper]. The errors are [ErrNoSecret], [ErrNoSignature],
// [ErrMalformedHeader], [ErrSignatureMismatch], [ErrExpired], [ErrPayload] and [ErrAPIVersion], for errors.Is.
func (v Verifier) Verify(payload []byte, header string) (*Event, error) {
	if err := v.Validate(); err != nil {
		return nil, err
	}
	seconds, unix, err := signedAt(header)
	if err != nil {
		return nil, err
	}
	if !v.signed(payload, header, seconds) {
		return nil, ErrSignatureMismatch
	}
	// The time is looked at last, when it is known to be Stripe's own, so that ErrExpired means a clock or a replay.
	now, at := time.Now().UTC(), time.Unix(unix, 0).UTC()
	if now.Sub(at).Abs() > v.tolerance() {
		return nil, fmt.Errorf("%w: it was signed at %s, the clock here says %s, %s are tolerated",
			ErrExpired, at.Format(time.RFC3339), now.Format(time.RFC3339), v.tolerance())
	}
	event := new(Event)
	if err := json.Unmarshal(payload, event); err != nil {
		if object, _, unclear := stripecash.Identify(payload); unclear == nil && object != "" && object != "event" {
			return nil, (&Event{Object: object}).validate() // a thin event has other fields, too
		}
		return nil, fmt.Errorf("%w: %s", ErrPayload, invalid(err))
	}
	if err := event.validate(); err != nil {
		return nil, err
	}
	if v.APIVersion != "" && v.APIVersion != event.APIVersion {
		return nil, fmt.Errorf("%w: %q instead of %q", ErrAPIVersion, clip(event.APIVersion), v.APIVersion)
	}
	return event, nil
}

// Validate says what is wrong with the secrets, by [ErrNoSecret], before the first delivery does: call it when the program
// starts. Every Verify makes the same check.
func (v Verifier) Validate() error {
	if len(v.Secrets) == 0 {
		return ErrNoSecret
	}
	for i, secret := range v.Secrets {
		if secret == "" {
			return fmt.Errorf("%w: Secrets[%d] is empty", ErrNoSecret, i)
		}
		if strings.TrimSpace(secret) != secret {
			return fmt.Errorf("%w: Secrets[%d] has white space around it", ErrNoSecret, i)
		}
	}
	return nil
}

func (v Verifier) signed(payload []byte, header, seconds string) bool {
	for _, secret := range v.Secrets {
		if holds(header, mac(payload, secret, seconds)) {
			return true
		}
	}
	return false
}

func (v Verifier) tolerance() time.Duration { return cmp.Or(v.Tolerance, DefaultTolerance) }

// String names the number of secrets, not the secrets.
func (v Verifier) String() string {
	return fmt.Sprintf("webhook.Verifier(%d secrets, tolerance %s)", len(v.Secrets), v.tolerance())
}

// Format implements [fmt.Formatter], so that %#v does not show the secrets either.
func (v Verifier) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, v.String()) }

// LogValue implements [slog.LogValuer].
func (v Verifier) LogValue() slog.Value { return slog.StringValue(v.String()) }
