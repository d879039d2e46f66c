package webhook_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/webhook"
)

func TestHandler(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	thin := []byte(`{"id":"evt_private","object":"v2.core.event"}`)
	expired := webhook.Sign(payload, secret, time.Now().Add(-time.Hour))
	succeed := func(context.Context, *webhook.Event) error { return nil }
	fail := func(_ context.Context, event *webhook.Event) error {
		return fmt.Errorf("the ledger is down: %s", event.Data.Object)
	}
	decodeWrong := func(_ context.Context, event *webhook.Event) error {
		_, err := webhook.Decode[struct{ Customer int }](event)
		return err
	}

	tests := []struct {
		name      string
		verifier  webhook.Verifier
		process   func(context.Context, *webhook.Event) error
		method    string
		payload   []byte
		header    string
		want      int
		wantBody  string
		wantLevel slog.Level
	}{
		{
			name: "processed", process: succeed, payload: payload, header: nowSigned(payload),
			want: http.StatusOK, wantLevel: slog.LevelDebug,
		},
		{
			name: "process fails", process: fail, payload: payload, header: nowSigned(payload),
			want: http.StatusInternalServerError, wantBody: "webhook: the event could not be processed\n", wantLevel: slog.LevelError,
		},
		{
			name: "process fails as Verify does", process: decodeWrong, payload: payload, header: nowSigned(payload),
			want: http.StatusInternalServerError, wantBody: "webhook: the event could not be processed\n", wantLevel: slog.LevelError,
		},
		{
			name: "unsigned", payload: payload,
			want: http.StatusBadRequest, wantBody: "webhook: the delivery is not signed: its Stripe-Signature header is missing, or has no v1 signature\n", wantLevel: slog.LevelWarn,
		},
		{
			name: "malformed header", payload: payload, header: "t=private",
			want: http.StatusBadRequest, wantBody: "webhook: malformed Stripe-Signature header\n", wantLevel: slog.LevelWarn,
		},
		{
			name: "forged", payload: payload, header: webhook.Sign(payload, oldSecret, time.Now()),
			want: http.StatusBadRequest, wantBody: "webhook: the signature does not match\n", wantLevel: slog.LevelWarn,
		},
		{
			name: "replayed", payload: payload, header: expired,
			want: http.StatusBadRequest, wantBody: "webhook: the signature's time is outside the tolerance\n", wantLevel: slog.LevelWarn,
		},
		{
			name: "a thin event", payload: thin, header: nowSigned(thin),
			want: http.StatusBadRequest, wantBody: "webhook: the payload can't be read\n", wantLevel: slog.LevelWarn,
		},
		{
			name: "another API version", verifier: webhook.Verifier{APIVersion: "2020-01-01"}, payload: payload, header: nowSigned(payload),
			want: http.StatusBadRequest, wantBody: "webhook: the event has another API version\n", wantLevel: slog.LevelWarn,
		},
		{
			name: "an empty secret", verifier: webhook.Verifier{Secrets: []string{""}}, payload: payload, header: webhook.Sign(payload, "", time.Now()),
			want: http.StatusInternalServerError, wantBody: "webhook: the event could not be processed\n", wantLevel: slog.LevelError,
		},
		{
			name: "just small enough", verifier: webhook.Verifier{MaxBytes: int64(len(payload))}, process: succeed, payload: payload, header: nowSigned(payload),
			want: http.StatusOK, wantLevel: slog.LevelDebug,
		},
		{
			name: "a byte too large", verifier: webhook.Verifier{MaxBytes: int64(len(payload)) - 1}, payload: payload, header: nowSigned(payload),
			want: http.StatusRequestEntityTooLarge, wantBody: "webhook: the body is too large\n", wantLevel: slog.LevelWarn,
		},
		{
			name: "GET", method: http.MethodGet, payload: payload, header: nowSigned(payload),
			want: http.StatusMethodNotAllowed, wantBody: "webhook: the method is not POST\n", wantLevel: slog.LevelWarn,
		},
		{
			name: "PUT", method: http.MethodPut, payload: payload, header: nowSigned(payload),
			want: http.StatusMethodNotAllowed, wantBody: "webhook: the method is not POST\n", wantLevel: slog.LevelWarn,
		},
		{
			name: "OPTIONS", method: http.MethodOptions, payload: payload, header: nowSigned(payload),
			want: http.StatusMethodNotAllowed, wantBody: "webhook: the method is not POST\n", wantLevel: slog.LevelWarn,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.process == nil {
				tt.process = func(context.Context, *webhook.Event) error {
					t.Error("a refused delivery must not be processed")
					return nil
				}
			}
			if tt.method == "" {
				tt.method = http.MethodPost
			}
			if tt.verifier.Secrets == nil {
				tt.verifier.Secrets = []string{secret}
			}
			var log recorder
			tt.verifier.Logger = slog.New(&log)

			r := httptest.NewRequestWithContext(t.Context(), tt.method, "/stripe", bytes.NewReader(tt.payload))
			r.Header.Set(webhook.SignatureHeader, tt.header)
			w := httptest.NewRecorder()
			tt.verifier.Handler(tt.process).ServeHTTP(w, r)

			assert.Equal(t, tt.want, w.Code)
			assert.Equal(t, tt.wantBody, w.Body.String())
			if tt.want == http.StatusMethodNotAllowed {
				assert.Equal(t, http.MethodPost, w.Header().Get("Allow"))
			} else {
				assert.Empty(t, w.Header().Values("Allow"))
			}

			require.Len(t, log.records, 1)
			assert.Equal(t, tt.wantLevel, log.records[0].Level)
			line := log.text()
			assert.Contains(t, line, fmt.Sprintf("status=%d", tt.want))
			assert.NotContains(t, line, secret)
			if tt.name != "process fails" { // what process says of the object is its own affair
				assert.NotContains(t, line, "cus_9s6XKzkNRiz8i3")
			}

			tt.verifier.Logger = nil
			silent := deliver(tt.verifier.Handler(succeed), bytes.NewReader(tt.payload), tt.header)
			assert.NotZero(t, silent.Code, "without a logger nothing is logged, and nothing breaks")
		})
	}
}

// What went wrong is worth little without the event that it went wrong with, and an empty attribute is noise.
func TestHandlerLogsTheEventAndTheError(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	const id = "evt_1PqR5tLkdIwHu7ixFunds001"
	tests := []struct {
		name      string
		header    string
		fails     error
		wantEvent string
		wantError string
	}{
		{"processed", nowSigned(payload), nil, id, ""},
		{"process fails", nowSigned(payload), errors.New("the database is down"), id, "the database is down"},
		{"not signed", "", nil, "", webhook.ErrNoSignature.Error()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var log recorder
			verifier := webhook.Verifier{Secrets: []string{secret}, Logger: slog.New(&log)}
			process := func(context.Context, *webhook.Event) error { return tt.fails }
			deliver(verifier.Handler(process), bytes.NewReader(payload), tt.header)

			require.Len(t, log.records, 1)
			var eventID, text string
			log.records[0].Attrs(func(a slog.Attr) bool {
				switch a.Key {
				case "event":
					for _, field := range a.Value.Resolve().Group() {
						if field.Key == "id" {
							eventID = field.Value.String()
						}
					}
				case "error":
					text = a.Value.String()
				}
				return true
			})
			assert.Equal(t, tt.wantEvent, eventID)
			assert.Equal(t, tt.wantError, text)
			assert.Equal(t, tt.wantError != "", strings.Contains(log.text(), " error="))
			assert.Equal(t, tt.wantEvent != "", strings.Contains(log.text(), " event."))
		})
	}
}

// A service that lacks its secret says so where its owner looks, and to nobody else.
func TestHandlerLogsThatItHasNoSecret(t *testing.T) {
	var log recorder
	handler := webhook.Verifier{Secrets: []string{""}, Logger: slog.New(&log)}.Handler(nil)
	answer := deliver(handler, strings.NewReader("{}"), "t=1,v1=0")

	assert.Equal(t, "webhook: the event could not be processed\n", answer.Body.String())
	require.Len(t, log.records, 1)
	assert.Equal(t, webhook.ErrNoSecret.Error(), log.records[0].Message)
	assert.Contains(t, log.text(), `error="webhook: no usable secret is configured: Secrets[0] is empty"`)
}

// What process says is its own affair, even if it calls a Verifier that has no secret.
func TestHandlerLogsWhatProcessSaysOfASecret(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	var log recorder
	verifier := webhook.Verifier{Secrets: []string{secret}, Logger: slog.New(&log)}
	deliver(verifier.Handler(func(context.Context, *webhook.Event) error { return webhook.ErrNoSecret }), bytes.NewReader(payload), nowSigned(payload))
	require.Len(t, log.records, 1)
	assert.Equal(t, "webhook: the event could not be processed", log.records[0].Message)
}

// recorder keeps log records and renders them as slog's own handler does.
type recorder struct{ records []slog.Record }

func (*recorder) Enabled(context.Context, slog.Level) bool { return true }

func (r *recorder) Handle(_ context.Context, record slog.Record) error {
	r.records = append(r.records, record)
	return nil
}

func (r *recorder) WithAttrs([]slog.Attr) slog.Handler { return r }
func (r *recorder) WithGroup(string) slog.Handler      { return r }

func (r *recorder) text() string {
	var text strings.Builder
	for _, record := range r.records {
		_ = slog.NewTextHandler(&text, nil).Handle(context.Background(), record)
	}
	return text.String()
}

func TestHandlerGivesTheEventAndTheContext(t *testing.T) {
	type key struct{}
	payload := fixture(t, "funds_available.json")
	var got *cashbalance.CashBalance
	handler := webhook.Verifier{Secrets: []string{secret}}.Handler(func(ctx context.Context, event *webhook.Event) (err error) {
		assert.Equal(t, "of the request", ctx.Value(key{}))
		got, err = webhook.Decode[cashbalance.CashBalance](event)
		return err
	})
	ctx := context.WithValue(t.Context(), key{}, "of the request")
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/stripe", bytes.NewReader(payload))
	r.Header.Set(webhook.SignatureHeader, nowSigned(payload))
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	assert.Equal(t, int64(10000), got.Available["eur"])
}

func TestHandlerKeepsTheSecretsItWasMadeWith(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	secrets := []string{secret}
	handler := webhook.Verifier{Secrets: secrets}.Handler(func(context.Context, *webhook.Event) error { return nil })
	secrets[0] = "changed later"
	assert.Equal(t, http.StatusOK, deliver(handler, bytes.NewReader(payload), nowSigned(payload)).Code)
}

func TestHandlerServes(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	broken := errors.New("not yet")
	failures := 1
	server := httptest.NewServer(webhook.Verifier{Secrets: []string{secret}}.Handler(func(context.Context, *webhook.Event) error {
		if failures > 0 {
			failures--
			return broken
		}
		return nil
	}))
	defer server.Close()

	for _, want := range []int{http.StatusInternalServerError, http.StatusOK} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, bytes.NewReader(payload))
		require.NoError(t, err)
		r.Header.Set(webhook.SignatureHeader, nowSigned(payload))
		response, err := server.Client().Do(r)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		assert.Equal(t, want, response.StatusCode)
	}
}
