package webhook

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
)

// Handler serves an endpoint: it verifies each delivery and has process do something with the event. Only when process
// returns nil, and the [Deduper] has taken note, is the delivery acknowledged; otherwise Stripe delivers the event
// again, for days, at growing intervals. A nil process fails like one that returns an error.
//
//	200  the event has been processed, now or before
//	400  the delivery is refused: see the errors of [Verifier.Verify]
//	405  the method is not POST
//	409  the same event is being processed now; should that fail, the next delivery gets its turn
//	413  the body is larger than MaxBytes
//	500  process or the Deduper failed, or no secret is configured
//
// The answer to a refused delivery says why in a few fixed words, which Stripe's dashboard shows. Nothing of the payload
// or of an error from process is ever in an answer.
//
// The context that process gets ends when Stripe hangs up, which it does after some seconds: put what takes longer in a
// queue. Handler does not recover a panic of process, but first settles the claim, so that the event can be delivered again.
// It sets no deadlines: give your [http.Server] a ReadTimeout, as for any public endpoint.
func (v Verifier) Handler(process func(ctx context.Context, event *Event) error) http.Handler {
	v.Secrets = slices.Clone(v.Secrets)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		event, result := v.receive(w, r)
		if event != nil {
			result = v.processOnce(r.Context(), event, process)
		}
		v.log(r.Context(), event, result)
		if result.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", http.MethodPost)
		}
		if result.status == http.StatusOK {
			return // with nothing to say
		}
		http.Error(w, result.text, result.status)
	})
}

// outcome is what became of a delivery.
type outcome struct {
	status int
	level  slog.Level
	text   string // for the log, and for the caller unless the status is 200
	err    error  // for the log only: it may say what is nobody else's business
}

// receive reads and verifies a delivery. Without an event, the outcome says why.
func (v Verifier) receive(w http.ResponseWriter, r *http.Request) (*Event, outcome) {
	if r.Method != http.MethodPost {
		return nil, outcome{status: http.StatusMethodNotAllowed, level: slog.LevelWarn, text: "webhook: the method is not POST"}
	}
	body := http.MaxBytesReader(w, r.Body, cmp.Or(v.MaxBytes, DefaultMaxBytes))
	payload, err := io.ReadAll(body)
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, outcome{http.StatusRequestEntityTooLarge, slog.LevelWarn, "webhook: the body is too large", err}
	}
	if err != nil {
		return nil, outcome{http.StatusBadRequest, slog.LevelWarn, "webhook: the body broke off", err}
	}
	event, err := v.Verify(payload, r.Header.Get(SignatureHeader))
	if err != nil {
		return nil, refusal(err)
	}
	return event, outcome{}
}

// refusal is the outcome of a delivery that Verify refuses. Its text is the sentinel's own, without the details.
func refusal(err error) outcome {
	for _, reason := range []error{
		ErrNoSignature, ErrMalformedHeader, ErrSignatureMismatch, ErrExpired, ErrPayload, ErrAPIVersion,
	} {
		if errors.Is(err, reason) {
			return outcome{http.StatusBadRequest, slog.LevelWarn, reason.Error(), err}
		}
	}
	return failure(err) // no usable secret: the delivery may be genuine, and the fault is here
}

func failure(err error) outcome {
	return outcome{http.StatusInternalServerError, slog.LevelError, "webhook: the event could not be processed", err}
}

func (v Verifier) log(ctx context.Context, event *Event, result outcome) {
	if v.Logger == nil {
		return
	}
	attrs := []slog.Attr{slog.Int("status", result.status)}
	if event != nil {
		attrs = append(attrs, slog.Any("event", event))
	}
	text := result.text
	if event == nil && errors.Is(result.err, ErrNoSecret) { // which is nobody else's business
		text = ErrNoSecret.Error()
	}
	if result.err != nil {
		attrs = append(attrs, slog.Any("error", result.err))
	}
	v.Logger.LogAttrs(ctx, result.level, text, attrs...)
}
