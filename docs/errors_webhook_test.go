package docs_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/webhook"
)

const secret = "whsec_123"

func deliveryErrors(t *testing.T) chapter {
	payload := []byte(`{}`)
	verify := func(header string, secrets ...string) error {
		return failed(webhook.Verifier{Secrets: secrets}.Verify(payload, header))
	}
	late := func() (err error) {
		synctest.Test(t, func(*testing.T) {
			err = verify(webhook.Sign(payload, secret, time.Now().Add(-time.Hour)), secret)
		})
		return err
	}
	return chapter{
		"Deliveries that are refused", "From `webhook.Verifier`, for `errors.Is`. Handler answers with the sentinel's text, without the details; for a missing secret with 500 and no reason.",
		[]said{
			{verify("t=1,v1=0"), "Secrets are what Stripe shows for the endpoint, whsec_…."},
			{verify("t=1,v1=0", secret, ""), "Is the environment variable set where the program runs?"},
			{verify("t=1,v1=0", secret+"\n"), ""},
			{verify("", secret), "Somebody else called, or a proxy drops the header Stripe-Signature."},
			{verify("v1", secret), "Somebody else called, or a proxy changes the header Stripe-Signature."},
			{verify(webhook.Sign(payload, "whsec_456", time.Now()), secret),
				"The secret is another endpoint's, or another mode's; or the body was decoded, or read by a middleware, before it was verified."},
			{late(), "A clock is wrong, or an old delivery is replayed."},
		},
	}
}

func eventErrors(*testing.T) chapter {
	verify := func(payload string) error {
		header := webhook.Sign([]byte(payload), secret, time.Now())
		return failed(webhook.Verifier{Secrets: []string{secret}, APIVersion: stripecash.APIVersion}.Verify([]byte(payload), header))
	}
	decode := func(object string) error {
		return failed(webhook.Decode[cashbalance.CashBalance](&webhook.Event{ID: "evt_1", Data: webhook.Data{Object: []byte(object)}}))
	}
	return chapter{
		"Events that can't be read", "From `Verifier.Verify` and `webhook.Decode`. Of the payload they name IDs, types and versions at most.",
		[]said{
			{verify(`{`), ""}, {verify(`{"id": 17}`), ""}, {verify(`[]`), ""},
			{verify(`{"object":"v2.core.event"}`), ""},
			{verify(`{"object":"event"}`), ""}, {verify(`{"object":"event","id":"evt_1"}`), ""},
			{verify(`{"object":"event","id":"evt_1","type":"invoice.paid","data":{"object":[]}}`), ""},
			{verify(`{"object":"event","id":"evt_1","type":"invoice.paid","data":{"object":{}},"api_version":"2024-06-20"}`),
				"The version of an endpoint is set in Stripe, when it is made."},
			{decode(`{"object":"card","id":"card_1"}`), "Ask for what the event's Type holds."},
			{decode(`{"object":"cash_balance","available":[]}`), "Is it of an API version that this module was not written for?"},
			{decode(`[]`), ""}, {failed(webhook.Decode[cashbalance.CashBalance](nil)), ""},
		},
	}
}

// deduper fails as it is told.
type deduper struct {
	claim         webhook.Claim
	claimed, kept error
}

func (d deduper) Claim(context.Context, string) (webhook.Claim, error) { return d.claim, d.claimed }
func (d deduper) Settle(context.Context, string, bool) error           { return d.kept }

// logged is a slog.Handler that keeps the last error that it is told of.
type logged struct {
	slog.Handler
	err *error
}

func (logged) Enabled(context.Context, slog.Level) bool { return true }

func (l logged) Handle(_ context.Context, record slog.Record) error {
	record.Attrs(func(a slog.Attr) bool {
		if err, ok := a.Value.Any().(error); ok {
			*l.err = err
		}
		return true
	})
	return nil
}

func handlerErrors(t *testing.T) chapter {
	const payload = `{"object":"event","id":"evt_1","type":"invoice.paid","data":{"object":{}}}`
	serve := func(d webhook.Deduper, process func(context.Context, *webhook.Event) error) (told error) {
		verifier := webhook.Verifier{Secrets: []string{secret}, Deduper: d, Logger: slog.New(logged{slog.DiscardHandler, &told})}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(payload))
		r.Header.Set(webhook.SignatureHeader, webhook.Sign([]byte(payload), secret, time.Now()))
		verifier.Handler(process).ServeHTTP(httptest.NewRecorder(), r)
		return told
	}
	deliver := func(d webhook.Deduper, processed error) error {
		return serve(d, func(context.Context, *webhook.Event) error { return processed })
	}
	full := webhook.MemoryDeduper{MaxEvents: 1}
	require.NoError(t, failed(full.Claim(t.Context(), "evt_1")))
	negative := webhook.MemoryDeduper{MaxAge: -time.Hour}
	down := errors.New("the store is down")
	return chapter{
		"Events that are processed", "`Verifier.Handler` gives these to its Logger, and answers 500, so that Stripe delivers the event again.",
		[]said{
			{serve(nil, nil), ""},
			{deliver(deduper{claimed: down}, nil), "The Deduper's own error comes last."},
			{deliver(deduper{claim: 17}, nil), ""},
			{deliver(deduper{claim: webhook.Granted, kept: down}, nil), "The work was done, and will be done again."},
			{deliver(deduper{claim: webhook.Granted, kept: down}, stripecash.ErrServer), "The function failed, and then the Deduper too."},
			{failed(full.Claim(t.Context(), "evt_2")), "Either deliveries hang, or MaxEvents is too small."},
			{failed(negative.Claim(t.Context(), "evt_2")), ""},
		},
	}
}
