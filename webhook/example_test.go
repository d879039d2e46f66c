package webhook_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
	"github.com/ccb8c2b4/stripecash/webhook"
)

const fundsAvailable = `{
	"id": "evt_1", "object": "event", "type": "cash_balance.funds_available", "created": 1767225600,
	"data": {"object": {"object": "cash_balance", "customer": "cus_123", "available": {"eur": 10000}}}
}`

func ExampleVerifier_Verify() {
	verifier := webhook.Verifier{Secrets: []string{"whsec_new", "whsec_old"}} // the old one is being replaced

	payload := []byte(fundsAvailable)
	for _, secret := range []string{"whsec_new", "whsec_old", "whsec_guessed"} {
		header := webhook.Sign(payload, secret, time.Now()) // as Stripe signs a request's body
		event, err := verifier.Verify(payload, header)
		if err != nil {
			fmt.Println(err, errors.Is(err, webhook.ErrSignatureMismatch))
			continue
		}
		fmt.Println(event.ID, event.Type, event.Created.Time())
	}
	// Output:
	// evt_1 cash_balance.funds_available 2026-01-01 00:00:00 +0000 UTC
	// evt_1 cash_balance.funds_available 2026-01-01 00:00:00 +0000 UTC
	// webhook: the signature does not match true
}

func ExampleVerifier_Handler() {
	endpoint := webhook.Verifier{
		Secrets: []string{"whsec_test"},
		Deduper: new(webhook.MemoryDeduper),
	}.Handler(func(_ context.Context, event *webhook.Event) error {
		switch event.Type {
		case webhook.CashBalanceFundsAvailable:
			balance, err := webhook.Decode[cashbalance.CashBalance](event)
			if err != nil {
				return err
			}
			fmt.Println(balance.Customer, "has", stripecash.CurrencyEUR.Format(balance.Available["eur"]))
			return nil
		default:
			return nil // an event that is of no interest is acknowledged as well
		}
	})

	for _, header := range []string{
		webhook.Sign([]byte(fundsAvailable), "whsec_test", time.Now()),
		webhook.Sign([]byte(fundsAvailable), "whsec_test", time.Now()), // delivered again
		webhook.Sign([]byte(fundsAvailable), "whsec_guessed", time.Now()),
	} {
		request := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/stripe", strings.NewReader(fundsAvailable))
		request.Header.Set(webhook.SignatureHeader, header)
		answer := httptest.NewRecorder()
		endpoint.ServeHTTP(answer, request)
		fmt.Println(strings.TrimSpace(fmt.Sprintln(answer.Code, answer.Body)))
	}
	// Output:
	// cus_123 has EUR 100.00
	// 200
	// 200
	// 400 webhook: the signature does not match
}

// The event and what it causes are written in one transaction: both or neither, however often and in whatever order
// events are delivered. No Deduper is needed.
//
//nolint:testableexamples // it takes a database
func ExampleVerifier_Handler_transaction() {
	var db *sql.DB // with the table stripe_event (id text PRIMARY KEY)

	endpoint := webhook.Verifier{Secrets: []string{"whsec_test"}}.Handler(func(ctx context.Context, event *webhook.Event) error {
		if event.Type != webhook.CustomerCashBalanceTransactionCreated {
			return nil // an error would make Stripe deliver it again
		}
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }() // of no effect after Commit

		// Should the same event be processed elsewhere right now, this waits until that has ended, one way or the other.
		result, err := tx.ExecContext(ctx, `INSERT INTO stripe_event (id) VALUES ($1) ON CONFLICT DO NOTHING`, event.ID)
		if err != nil {
			return err
		}
		if inserted, err := result.RowsAffected(); err != nil || inserted == 0 {
			return err // nil: it has been processed
		}
		if err := book(ctx, tx, event); err != nil {
			return err
		}
		return tx.Commit()
	})
	http.Handle("/stripe", endpoint)
}

// book is what the service does with an event, in the transaction.
func book(ctx context.Context, tx *sql.Tx, event *webhook.Event) error {
	t, err := webhook.Decode[transaction.Transaction](event)
	if err != nil {
		return err
	}
	// What is added must be added once, whatever comes first. A balance that is set would be set back by a late event.
	_, err = tx.ExecContext(ctx, `UPDATE account SET cash = cash + $3 WHERE stripe_customer = $1 AND currency = $2`,
		t.Customer.ID, t.Currency, t.NetAmount)
	return err
}

// A service that has been down for longer than Stripe tries to deliver asks for the events that it has missed, and puts them
// through what its Handler does with an event.
func Example_catchUp() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	down := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	srv.AddWebhook(stripetest.Webhook{
		URL: "https://example.com/stripe", Handler: down, Secrets: []string{"whsec_test"}, Retries: []time.Duration{},
		Types: []webhook.EventType{webhook.CustomerCashBalanceTransactionCreated},
	})
	srv.Fund("cus_123", "eur", 100_00)
	srv.Fund("cus_123", "eur", 7_00)
	srv.Deliver(context.Background())

	processed := map[string]bool{} // the table of the example "transaction" of Handler
	process := func(event *webhook.Event) error {
		if processed[event.ID] {
			return nil // it may have been delivered after all
		}
		t, err := webhook.Decode[transaction.Transaction](event)
		if err != nil {
			return err
		}
		fmt.Println(t.Type, t.NetAmount)
		processed[event.ID] = true
		return nil
	}

	missed := stripecash.Request{Path: "/v1/events", Params: url.Values{"delivery_success": {"false"}}}
	for event, err := range stripecash.Follow[webhook.Event](context.Background(), srv.Client(), missed, "") {
		if err == nil {
			err = process(event)
		}
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	// Output:
	// funded 10000
	// funded 700
}

func ExampleDecode() {
	event := &webhook.Event{ID: "evt_1", Data: webhook.Data{Object: []byte(`{"id": "card_1", "object": "card"}`)}}

	_, err := webhook.Decode[cashbalance.CashBalance](event)
	fmt.Println(errors.Is(err, webhook.ErrObject), err)

	// A type of your own takes what this module does not model. Without an ObjectName method it takes any object.
	type invoice struct{ ID string }
	object, err := webhook.Decode[invoice](event)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(object.ID)
	// Output:
	// true webhook: the event holds another object: evt_1 has a "card" with the ID "card_1", not a "cash_balance"
	// card_1
}

// An environment variable that is not set stops the program when it starts, and not each delivery later on.
func ExampleVerifier_Validate() {
	verifier := webhook.Verifier{Secrets: []string{"whsec_test", ""}}
	fmt.Println(verifier.Validate())
	// Output: webhook: no usable secret is configured: Secrets[1] is empty
}

func ExampleSign() {
	fmt.Println(webhook.Sign([]byte(`{"id":"evt_1"}`), "whsec_test", time.Unix(1767225600, 0)))
	// Output: t=1767225600,v1=45b40331de0325606dc5400202ade162460fbe48daf9401adfdcd0d7b4f35470
}

func ExampleMemoryDeduper() {
	ctx := context.Background()
	deduper := &webhook.MemoryDeduper{MaxEvents: 10_000, MaxAge: 24 * time.Hour}

	for _, processed := range []bool{false, true} {
		claim, _ := deduper.Claim(ctx, "evt_1")
		again, _ := deduper.Claim(ctx, "evt_1") // delivered twice at the same time
		fmt.Println(claim == webhook.Granted, again == webhook.Underway)
		_ = deduper.Settle(ctx, "evt_1", processed)
	}
	claim, _ := deduper.Claim(ctx, "evt_1")
	fmt.Println(claim == webhook.Processed)
	// Output:
	// true true
	// true true
	// true
}

// An event that is under way may still fail: whoever asks meanwhile leaves it to be delivered again.
func ExampleMemoryDeduper_Claim() {
	ctx := context.Background()
	deduper := new(webhook.MemoryDeduper)

	for range 2 {
		switch claim, err := deduper.Claim(ctx, "evt_1"); claim {
		case webhook.Granted:
			fmt.Println("process it")
		case webhook.Underway:
			fmt.Println("answer 409")
		case webhook.Processed:
			fmt.Println("answer 200")
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// process it
	// answer 409
}

// An event that could not be processed can be claimed again, one that was processed can't.
func ExampleMemoryDeduper_Settle() {
	ctx := context.Background()
	deduper := new(webhook.MemoryDeduper)

	for _, processed := range []bool{false, true} {
		claim, _ := deduper.Claim(ctx, "evt_1")
		fmt.Println(claim == webhook.Granted, deduper.Settle(ctx, "evt_1", processed))
	}
	claim, _ := deduper.Claim(ctx, "evt_1")
	fmt.Println(claim == webhook.Granted)
	// Output:
	// true <nil>
	// true <nil>
	// false
}
