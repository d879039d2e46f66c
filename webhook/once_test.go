package webhook_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/webhook"
)

func TestHandlerProcessesOneOfManyDuplicates(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	broken := errors.New("not yet")
	tests := []struct {
		name          string
		first         error // what processing the first delivery comes to
		wantFirst     int
		wantProcessed int32
	}{
		{"the first succeeds", nil, http.StatusOK, 1},
		{"the first fails", broken, http.StatusInternalServerError, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const deliveries = 100
				var processed atomic.Int32
				result := make(chan error)
				verifier := webhook.Verifier{Secrets: []string{secret}, Deduper: new(webhook.MemoryDeduper)}
				handler := verifier.Handler(func(context.Context, *webhook.Event) error {
					if processed.Add(1) == 1 {
						return <-result
					}
					return nil
				})
				statuses := make(chan int, deliveries)
				var wg sync.WaitGroup
				for range deliveries {
					wg.Go(func() { statuses <- deliver(handler, bytes.NewReader(payload), nowSigned(payload)).Code })
				}

				synctest.Wait() // one is being processed, all others have been answered
				require.Equal(t, int32(1), processed.Load())
				require.Len(t, statuses, deliveries-1)
				for range deliveries - 1 {
					assert.Equal(t, http.StatusConflict, <-statuses, "nobody may acknowledge what may yet fail")
				}
				result <- tt.first
				wg.Wait()
				assert.Equal(t, tt.wantFirst, <-statuses)

				for range 3 {
					assert.Equal(t, http.StatusOK, deliver(handler, bytes.NewReader(payload), nowSigned(payload)).Code)
				}
				assert.Equal(t, tt.wantProcessed, processed.Load())
			})
		})
	}
}

// Deliveries that keep coming until each is acknowledged, as Stripe's do, while processing fails now and then.
func TestHandlerUnderAStormOfDuplicates(t *testing.T) {
	const events, senders = 20, 100
	var done [events]atomic.Int32
	var calls atomic.Int32
	verifier := webhook.Verifier{Secrets: []string{secret}, Deduper: new(webhook.MemoryDeduper)}
	handler := verifier.Handler(func(_ context.Context, event *webhook.Event) error {
		if calls.Add(1)%3 == 0 {
			return errors.New("now and then")
		}
		var number int
		_, err := fmt.Sscanf(event.ID, "evt_%d", &number)
		done[number].Add(1)
		return err
	})
	var wg sync.WaitGroup
	for sender := range senders {
		wg.Go(func() {
			for i := range events {
				payload := fmt.Appendf(nil, `{"object":"event","id":"evt_%d","type":"t","data":{"object":{}}}`, (sender+i)%events)
				for status := 0; status != http.StatusOK; {
					status = deliver(handler, bytes.NewReader(payload), nowSigned(payload)).Code
				}
			}
		})
	}
	wg.Wait()
	for i := range done {
		assert.Equal(t, int32(1), done[i].Load(), "event %d", i)
	}
}

func TestHandlerPanics(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	calls := 0
	verifier := webhook.Verifier{Secrets: []string{secret}, Deduper: new(webhook.MemoryDeduper)}
	handler := verifier.Handler(func(context.Context, *webhook.Event) error {
		calls++
		if calls == 1 {
			panic("a bug")
		}
		return nil
	})
	assert.PanicsWithValue(t, "a bug", func() { deliver(handler, bytes.NewReader(payload), nowSigned(payload)) })
	assert.Equal(t, http.StatusOK, deliver(handler, bytes.NewReader(payload), nowSigned(payload)).Code)
	assert.Equal(t, 2, calls, "the event was let go, and processed when it came again")
}

// The event belongs to the function, which may change it: the claim is on what was delivered.
func TestHandlerSettlesWhatItClaimed(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	for want, result := range map[int]error{http.StatusOK: nil, http.StatusInternalServerError: errors.New("not yet")} {
		calls := 0
		verifier := webhook.Verifier{Secrets: []string{secret}, Deduper: new(webhook.MemoryDeduper)}
		handler := verifier.Handler(func(_ context.Context, event *webhook.Event) error {
			calls++
			*event = webhook.Event{ID: "evt_other"}
			return result
		})
		assert.Equal(t, want, deliver(handler, bytes.NewReader(payload), nowSigned(payload)).Code)
		assert.Equal(t, want, deliver(handler, bytes.NewReader(payload), nowSigned(payload)).Code)
		assert.Equal(t, want == http.StatusOK, calls == 1)
	}
}

func TestHandlerWithoutFunction(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	verifier := webhook.Verifier{Secrets: []string{secret}, Deduper: new(webhook.MemoryDeduper)}
	for range 2 {
		got := deliver(verifier.Handler(nil), bytes.NewReader(payload), nowSigned(payload))
		assert.Equal(t, http.StatusInternalServerError, got.Code, "the event is not lost: it will come again")
	}
}

// scripted is a Deduper that answers as it is told and keeps what it was asked.
type scripted struct {
	claim     webhook.Claim
	claimErr  error
	settleErr error
	settled   []string
	settle    func(context.Context)
}

func (s *scripted) Claim(context.Context, string) (webhook.Claim, error) { return s.claim, s.claimErr }

func (s *scripted) Settle(ctx context.Context, eventID string, processed bool) error {
	s.settled = append(s.settled, fmt.Sprint(eventID, " ", processed))
	if s.settle != nil {
		s.settle(ctx)
	}
	return s.settleErr
}

func TestHandlerHeedsItsDeduper(t *testing.T) {
	const id = "evt_1PqR5tLkdIwHu7ixFunds001"
	broken, unplugged := errors.New("the ledger is down"), errors.New("unplugged")
	tests := []struct {
		name        string
		deduper     scripted
		process     error
		want        int
		wantCalls   int
		wantSettled []string
		wantLog     []string
	}{
		{
			name: "granted", deduper: scripted{claim: webhook.Granted},
			want: http.StatusOK, wantCalls: 1, wantSettled: []string{id + " true"}, wantLog: []string{"level=DEBUG"},
		},
		{
			name: "granted, fails", deduper: scripted{claim: webhook.Granted}, process: broken,
			want: http.StatusInternalServerError, wantCalls: 1, wantSettled: []string{id + " false"},
			wantLog: []string{"level=ERROR", "the ledger is down"},
		},
		{
			name: "under way", deduper: scripted{claim: webhook.Underway},
			want: http.StatusConflict, wantLog: []string{"level=INFO", "being processed"},
		},
		{
			name: "processed", deduper: scripted{claim: webhook.Processed},
			want: http.StatusOK, wantLog: []string{"level=INFO", "processed before"},
		},
		{
			name: "can't tell", deduper: scripted{claimErr: unplugged, claim: webhook.Granted},
			want: http.StatusInternalServerError, wantLog: []string{"level=ERROR", "claim " + id + ": unplugged"},
		},
		{
			name: "no answer", deduper: scripted{},
			want: http.StatusInternalServerError, wantLog: []string{"level=ERROR", "answered 0, which is not Granted, Underway or Processed"},
		},
		{
			name: "can't note success", deduper: scripted{claim: webhook.Granted, settleErr: unplugged},
			want: http.StatusInternalServerError, wantCalls: 1, wantSettled: []string{id + " true"},
			wantLog: []string{"level=ERROR", `error="webhook: settle ` + id + `: unplugged"`},
		},
		{
			name: "can't note failure", deduper: scripted{claim: webhook.Granted, settleErr: unplugged}, process: broken,
			want: http.StatusInternalServerError, wantCalls: 1, wantSettled: []string{id + " false"},
			wantLog: []string{"level=ERROR", "the ledger is down", "settle " + id + ": unplugged"},
		},
	}
	payload := fixture(t, "funds_available.json")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls := 0
			var log recorder
			verifier := webhook.Verifier{Secrets: []string{secret}, Deduper: &tt.deduper, Logger: slog.New(&log)}
			w := deliver(verifier.Handler(func(context.Context, *webhook.Event) error {
				calls++
				return tt.process
			}), bytes.NewReader(payload), nowSigned(payload))
			assert.Equal(t, tt.want, w.Code)
			assert.NotContains(t, w.Body.String(), "unplugged")
			assert.Equal(t, tt.wantCalls, calls)
			assert.Equal(t, tt.wantSettled, tt.deduper.settled)
			for _, want := range tt.wantLog {
				assert.Contains(t, log.text(), want)
			}
		})
	}
}

func TestHandlerSettlesAfterStripeHungUp(t *testing.T) {
	type key struct{}
	payload := fixture(t, "funds_available.json")
	ctx, hangUp := context.WithCancel(context.WithValue(t.Context(), key{}, "of the request"))
	deduper := &scripted{claim: webhook.Granted, settle: func(ctx context.Context) {
		assert.NoError(t, ctx.Err())
		assert.Equal(t, "of the request", ctx.Value(key{}))
		deadline, limited := ctx.Deadline()
		assert.True(t, limited, "a Deduper that hangs must not keep the goroutine for ever")
		assert.Positive(t, time.Until(deadline))
	}}
	handler := webhook.Verifier{Secrets: []string{secret}, Deduper: deduper}.Handler(
		func(ctx context.Context, _ *webhook.Event) error {
			hangUp()
			return ctx.Err()
		})
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/stripe", bytes.NewReader(payload))
	r.Header.Set(webhook.SignatureHeader, nowSigned(payload))
	handler.ServeHTTP(httptest.NewRecorder(), r)
	assert.Len(t, deduper.settled, 1)
}

// After a panic nobody hears an error: that the claim could not be settled is logged.
func TestPanicAndAFailedSettle(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	var log bytes.Buffer
	verifier := webhook.Verifier{
		Secrets: []string{secret}, Deduper: unsettled{}, Logger: slog.New(slog.NewTextHandler(&log, nil)),
	}
	handler := verifier.Handler(func(context.Context, *webhook.Event) error { panic("a bug") })
	assert.PanicsWithValue(t, "a bug", func() { deliver(handler, bytes.NewReader(payload), nowSigned(payload)) })
	assert.Contains(t, log.String(), "level=ERROR")
	assert.Contains(t, log.String(), "the store is down")
}

// unsettled grants every claim, and can't settle one.
type unsettled struct{}

func (unsettled) Claim(context.Context, string) (webhook.Claim, error) { return webhook.Granted, nil }
func (unsettled) Settle(context.Context, string, bool) error           { return errors.New("the store is down") }
