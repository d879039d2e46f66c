// Package webhook takes in the events that Stripe sends: it verifies who sent them, decodes what they hold, and serves
// the endpoint they are sent to.
//
//	events := webhook.Verifier{Secrets: []string{os.Getenv("STRIPE_WEBHOOK_SECRET")}, Deduper: new(webhook.MemoryDeduper)}
//	http.Handle("/stripe", events.Handler(func(ctx context.Context, event *webhook.Event) error {
//		switch event.Type {
//		case webhook.CashBalanceFundsAvailable:
//			balance, err := webhook.Decode[cashbalance.CashBalance](event)
//			if err != nil {
//				return err // Stripe will deliver the event again
//			}
//			return book(ctx, balance)
//		default:
//			return nil // an event that is of no interest is acknowledged as well
//		}
//	}))
//
// Behind another router, or behind a queue, [Verifier.Verify] does the first step alone. Tests make deliveries of their
// own with [Sign].
//
// # What to expect of deliveries
//
// Stripe may deliver an event more than once, even twice at the same time, and events in any order. An event has its
// object as it was when the event happened: to act on the present state, get the object again. [Event.Created] tells
// which of two events is older, but only to the second. [Event.Account] names the connected account that an event is
// from, and is empty for your own; a call about the event's object must name the same account:
//
//	client := api // of this event alone: handlers run side by side
//	if event.Account != "" {
//		client = api.With(stripecash.WithAccount(event.Account))
//	}
//
// # What was missed
//
// Stripe tries to deliver an event for up to three days in live mode, and lists those of the last 30 days under /v1/events:
// with delivery_success=false those that an endpoint has not taken. After a longer outage [stripecash.Follow] gets them, from
// old to new, once for each connected account. Put them through the same check as deliveries, that each is processed once, since
// some may yet be delivered. See the example "catchUp", and https://docs.stripe.com/webhooks/process-undelivered-events.
//
// # Exactly once
//
// A [Deduper] sees to it that of all deliveries of an event one is processed, and another only if that one failed. What
// remains is the moment between the end of the work and the note that it was done: a process that dies right there has
// done work that will be done again. A service that keeps its own records can close this gap without a Deduper: by
// writing down the event in the same transaction as the work.
//
//	CREATE TABLE stripe_event (id text PRIMARY KEY)
//
//	INSERT INTO stripe_event (id) VALUES ($1) ON CONFLICT DO NOTHING -- no row was inserted: return nil, it is done
//	UPDATE …                                                         -- the work
//	COMMIT                                                           -- return its error
//
// The second of two simultaneous deliveries waits in its INSERT, on the primary key, until the first transaction ends.
// If that committed, the second inserts nothing and is done; if it rolled back, the second does the work. See the
// example "transaction" of [Verifier.Handler].
//
// See https://docs.stripe.com/webhooks.
package webhook
