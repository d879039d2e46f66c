package webhook

import "context"

// Deduper remembers which events have been processed. Stripe delivers an event again when it got no answer in time,
// when the answer was not a 2xx, and now and then for no reason that shows; two deliveries may be under way at once.
//
// Between Claim, the function and Settle a process can die. A Deduper that outlives it must let a claim lapse some time
// after the function should have been done, and then the function may run twice. Where that must not happen, see
// "Exactly once" in the package's documentation.
type Deduper interface {
	// Claim asks for the right to process an event. Of all who ask at once, one gets [Granted]. An error means that
	// nobody can tell: the event is not processed now, and Stripe will deliver it again.
	Claim(ctx context.Context, eventID string) (Claim, error)

	// Settle ends a claim that was granted. If processed is true the event must not be granted again; if it is false the
	// next claim may be granted. It is called once for each granted claim, also when the function panicked or the
	// request's context has ended. If it returns an error the event is not acknowledged, since it may not be remembered.
	Settle(ctx context.Context, eventID string, processed bool) error
}

// Claim is a [Deduper]'s answer.
type Claim int

// The answers to a claim. The zero value is none of them, so that a Deduper can't grant by mistake.
const (
	_         Claim = iota
	Granted         // process the event, then settle the claim
	Underway        // somebody else is processing it and may fail: it is too early to acknowledge the event
	Processed       // it has been processed: acknowledge it
)
