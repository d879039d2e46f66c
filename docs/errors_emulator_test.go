package docs_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// panicked is what a function panics with, as an error.
func panicked(f func()) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = errors.New(fmt.Sprint(v))
		}
	}()
	f()
	return nil
}

func faultErrors(*testing.T) chapter {
	srv := stripetest.NewServer()
	fail := func(fault stripetest.Fault) said { return said{err: panicked(func() { srv.Fail(fault) })} }
	return chapter{
		"Faults of the emulator", "`Server.Fail` panics with these, as a test's set-up should.",
		[]said{
			fail(stripetest.Fault{}), fail(stripetest.Fault{Status: 200}), fail(stripetest.Fault{Delay: -time.Second}),
			fail(stripetest.Fault{Cut: "soon"}), fail(stripetest.Fault{Cut: stripetest.CutInBody, Status: 500}),
			fail(stripetest.Fault{Status: 500, RateLimitedReason: "global-rate"}), fail(stripetest.Fault{Stored: true, Delay: 1}),
			fail(stripetest.Fault{Cut: stripetest.CutBeforeEffect, AfterEffect: true}), fail(stripetest.Fault{Delay: 1, Code: "card_declined"}),
			fail(stripetest.Fault{Status: 500, Path: "/v1/["}), fail(stripetest.Fault{Status: 402, Type: "cart_error"}),
			fail(stripetest.Fault{Status: 500, Path: "/v1/customer/*"}),
			{panicked(func() { srv.FailRandomly(1, 1.5) }), ""}, {panicked(func() { srv.LimitRate(-1) }), ""},
		},
	}
}

func emulatorErrors(t *testing.T) chapter {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	panics := func(f func()) said { return said{err: panicked(f)} }
	hook := stripetest.Webhook{URL: "https://example.com", Secrets: []string{secret}}
	hook.Handler = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a mistake") })
	srv.AddWebhook(hook)
	hook.Handler = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { runtime.Goexit() })
	srv.AddWebhook(hook)
	srv.Fund("cus_123", "eur", 1)
	deliveries := srv.Deliver(t.Context())
	return chapter{
		"The emulator", "Set-up panics; the last three are errors, of RoundTrip and of two deliveries.",
		[]said{
			panics(func() { stripetest.NewServer(stripetest.WithClock(nil)) }), panics(func() { stripetest.NewServer(stripetest.WithKeys()) }), panics(func() { stripetest.NewServer(nil) }),
			panics(func() { srv.Client(stripecash.WithMaxRetries(-1)) }),
			panics(func() { srv.AddWebhook(stripetest.Webhook{URL: "/stripe"}) }),
			panics(func() { srv.Resend("evt_404") }),
			panics(func() { srv.AddWebhook(stripetest.Webhook{URL: "https://example.com"}) }),
			panics(func() {
				srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Secrets: []string{secret}, Retries: []time.Duration{0}})
			}),
			panics(func() {
				srv.Connect("acct_1").AddWebhook(stripetest.Webhook{URL: "https://example.com", Secrets: []string{secret}, Connect: true})
			}),
			{failed(srv.RoundTrip(new(http.Request))), ""}, //nolint:bodyclose // there is none
			{deliveries[0].Err, ""}, {deliveries[len(deliveries)-1].Err, ""},
		},
	}
}

// at walks into decoded JSON.
func at(value any, path ...any) map[string]any {
	for _, key := range path {
		switch key := key.(type) {
		case string:
			value = value.(map[string]any)[key]
		case int:
			value = value.([]any)[key]
		}
	}
	return value.(map[string]any)
}

// restoring gives a function that restores a snapshot after changing it. It is of a server where something has happened.
func restoring(t *testing.T) func(change func(state, account map[string]any)) said {
	t.Helper()
	ctx, srv := t.Context(), stripetest.NewServer(stripetest.WithSeed(1), stripetest.WithRecipients())
	srv.AddCustomer("cus_123")
	srv.AddRecipient("rp_1")
	srv.AddPaymentIntent("cus_123", "eur", 50_00)
	_, err := transaction.New(srv.Client()).Fund(ctx, "cus_123", &transaction.FundParams{Amount: 100_00, Currency: "eur"},
		stripecash.WithIdempotencyKey("order-17"))
	require.NoError(t, err)
	require.NoError(t, srv.Client().Do(ctx, stripecash.Request{Method: http.MethodPost, Path: "/v1/tokens", Params: url.Values{
		"bank_account[country]": {"US"}, "bank_account[account_number]": {"000123456789"}, "bank_account[routing_number]": {"110000000"},
	}}, nil))
	sources := source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeSEPADebit, Currency: "eur"})
	require.NoError(t, err)
	srv.NotifyMandate(s.ID, 5)
	require.NoError(t, failed(sources.Attach(ctx, "cus_123", s.ID)))
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	require.NoError(t, srv.Restore(snapshot), "it is sound")
	return func(change func(state, account map[string]any)) said {
		var state map[string]any
		require.NoError(t, json.Unmarshal(snapshot, &state))
		change(state, at(state, "accounts", state["platform"]))
		changed, err := json.Marshal(state)
		require.NoError(t, err)
		return said{err: srv.Restore(changed)}
	}
}

func snapshotErrors(t *testing.T) chapter {
	restore := restoring(t)
	account := func(change func(account map[string]any)) said {
		return restore(func(_, account map[string]any) { change(account) })
	}
	balance := func(change func(balance map[string]any)) said {
		return account(func(a map[string]any) { change(at(a, "customers", "cus_123", "cash_balance")) })
	}
	entry := func(change func(entry map[string]any)) said {
		return balance(func(b map[string]any) { change(at(b, "transactions", 0)) })
	}
	srv := stripetest.NewServer()
	return chapter{
		"Snapshots", "`Server.Restore` takes what `Server.Snapshot` gave, and leaves the server alone when it refuses.",
		[]said{
			{srv.Restore([]byte(`{`)), ""}, {srv.Restore([]byte(`{}{}`)), ""},
			restore(func(s, _ map[string]any) { s["version"] = 1 }), restore(func(s, _ map[string]any) { s["seed"] = "" }),
			account(func(a map[string]any) { a["id"] = "acct_2" }), restore(func(s, _ map[string]any) { s["events"].([]any)[0] = nil }),
			account(func(a map[string]any) { a["reconciliation_mode"] = "by hand" }), account(func(a map[string]any) { a["customers"] = nil }),
			account(func(a map[string]any) { at(a, "idempotency")["order-17"] = nil }),
			account(func(a map[string]any) { at(a, "payment_intents", 0)["customer"] = "cus_404" }),
			account(func(a map[string]any) { at(a, "customers", "cus_123")["id"] = "cus_404" }),
			account(func(a map[string]any) { at(a, "customers", "cus_123")["number"] = 0 }),
			account(func(a map[string]any) { at(a, "customers", "cus_123")["default_source"] = "card_404" }),
			entry(func(e map[string]any) { e["type"] = "lent" }),
			balance(func(b map[string]any) { b["transactions"] = []any{nil} }), entry(func(e map[string]any) { delete(e, "bank_transfer") }),
			entry(func(e map[string]any) { e["ending_balance"] = 1 }), balance(func(b map[string]any) { at(b, "available")["gbp"] = 0 }),
			balance(func(b map[string]any) { at(b, "available")["eur"] = 5 }),
		},
	}
}

func snapshotSourceErrors(t *testing.T) chapter {
	restore := restoring(t)
	one := func(kind string, change func(object map[string]any)) said {
		return restore(func(_, account map[string]any) {
			for id := range at(account, kind) {
				change(at(account, kind, id))
			}
		})
	}
	return chapter{
		"Sources in snapshots", "The same, for tokens, sources, recipients and what is on file.",
		[]said{
			one("tokens", func(tok map[string]any) { tok["id"] = "btok_2" }), one("sources", func(s map[string]any) { s["id"] = "src_2" }),
			one("sources", func(s map[string]any) { s["type"] = "cow" }), one("sources", func(s map[string]any) { s["type"] = "card" }),
			one("sources", func(s map[string]any) { s["flow"] = "receiver" }), one("sources", func(s map[string]any) { s["transactions"] = []any{nil} }),
			one("sources", func(s map[string]any) { s["notifications"] = []any{nil} }),
			restore(func(_, a map[string]any) { at(a, "customers", "cus_123")["sources"] = []any{nil} }),
			one("recipients", func(r map[string]any) { r["id"] = "rp_2" }), one("recipients", func(r map[string]any) { r["cards"] = []any{nil} }),
			restore(func(_, a map[string]any) {
				at(a, "recipients", "rp_1")["cards"] = at(a, "customers", "cus_123")["sources"]
			}),
			restore(func(_, a map[string]any) { a["external_accounts"] = at(a, "customers", "cus_123")["sources"] }),
		},
	}
}
