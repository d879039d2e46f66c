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
// They come more than once, also at the same time, and in any order: the object is as it was when the event happened. To
// act on how things are now, get the object again; to ignore what is out of date, compare [Event.Created]. An event of a
// connected account names it, and so must the call; of your own account [Event.Account] is empty:
//
//	client := api // of this event alone: handlers run side by side
//	if event.Account != "" {
//		client = api.With(stripecash.WithAccount(event.Account))
//	}
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
