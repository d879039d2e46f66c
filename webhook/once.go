package webhook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

// settleTimeout is how long a Deduper may take to settle a claim. The request's own context can't say: it may have
// ended while the event was processed.
const settleTimeout = 10 * time.Second

// processOnce processes an event unless the Deduper knows that this was done, or is being done.
func (v Verifier) processOnce(ctx context.Context, event *Event, process func(context.Context, *Event) error) outcome {
	if process == nil {
		return failure(errors.New("webhook: Handler was given no function; without one every event would be lost"))
	}
	if v.Deduper != nil {
		claim, err := v.Deduper.Claim(ctx, event.ID)
		switch {
		case err != nil:
			return failure(fmt.Errorf("webhook: claim %s: %w", event.ID, err))
		case claim == Processed:
			return outcome{status: http.StatusOK, level: slog.LevelInfo, text: "webhook: the event was processed before"}
		case claim == Underway:
			// Not 200: Stripe would forget an event whose processing may yet fail.
			return outcome{status: http.StatusConflict, level: slog.LevelInfo, text: "webhook: the event is being processed"}
		case claim != Granted:
			return failure(fmt.Errorf("webhook: claim %s: the Deduper answered %d, which is not Granted, Underway or Processed", event.ID, claim))
		}
		process = v.settling(process)
	}
	if err := process(ctx, event); err != nil {
		return failure(err)
	}
	return outcome{status: http.StatusOK, level: slog.LevelDebug, text: "webhook: the event was processed"}
}

// settling adds to a function that it settles the claim, also when it panics.
func (v Verifier) settling(process func(context.Context, *Event) error) func(context.Context, *Event) error {
	return func(ctx context.Context, event *Event) (err error) {
		returned, processed, id := false, false, event.ID // the event is the function's to change
		defer func() {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
			defer cancel()
			failed := v.Deduper.Settle(ctx, id, processed)
			switch {
			case failed == nil:
			case !returned: // it panicked: nobody will hear the error, and deliveries are refused until the claim lapses
				v.log(ctx, nil, failure(fmt.Errorf("webhook: settle %s: %w", id, failed)))
			case err == nil:
				err = fmt.Errorf("webhook: settle %s: %w", id, failed)
			default:
				err = fmt.Errorf("%w; settle %s: %w", err, id, failed) // errors.Join would make two lines of it
			}
		}()
		err = process(ctx, event)
		returned, processed = true, err == nil
		return err
	}
}
