// Package stripetest is an emulator of the part of Stripe's API that stripecash uses. It keeps state, refuses what Stripe
// documents as refused, and lives in memory: a test that uses it needs no network, no key and no cleaning up.
//
// # In a test
//
// A [Server] is a [net/http.RoundTripper]. [Account.Client] is a client that uses it:
//
//	srv := stripetest.NewServer()
//	srv.AddCustomer("cus_123")
//	srv.Fund("cus_123", "eur", 100_00)
//	balance, err := cashbalance.New(srv.Client()).Get(ctx, "cus_123") // balance.Available["eur"] is 10000
//
// Each test makes a server of its own; that costs a fraction of a millisecond, and no goroutine. Any other client of
// Stripe's API can use it as well, through a [net/http.Client] with the server as its Transport. Every key that begins
// with sk_test_, rk_test_ or pk_test_ is accepted, unless [WithKeys] says otherwise.
//
// What happens without a request, in the Dashboard or at a bank, is done by methods of [Account]: [Account.Fund],
// [Account.InitiateReturn], [Account.ReverseFunding] and others. A Server embeds the Account that its keys belong to;
// [Server.Connect] gives the accounts connected to it, each with a state of its own. Setting up panics when it is misused,
// and says why: these methods, those of Server, and the With functions. [Server.Requests] has the requests received, with
// secrets masked, and [Account.Events] the events that they and the methods caused.
//
// # When things go wrong
//
// [Server.Fail] lets chosen requests fail, before their effect or after it: with a status, a broken connection, a broken
// body or a delay. [Server.FailRandomly] does it at random for soak tests, [Server.ClearFaults] ends both, and
// [Server.LimitRate] limits requests.
// Idempotency keys behave as Stripe documents them, so that a test can check that a retried call took effect once.
//
// # Time, IDs and state
//
// The clock is [time.Now], which in a testing/synctest bubble is the bubble's, unless [WithClock] sets another. IDs are
// random, unless [WithSeed] determines them. [Server.Snapshot] and [Server.Restore] save the state as JSON and bring it
// back.
//
// # Over a port
//
// A Server is a [net/http.Handler] too, for programs that are not written in Go. The command stripe-emulator serves one.
//
// # What it is not
//
// It is written after Stripe's documents and its OpenAPI description, and checked against both, not against Stripe itself.
// Parameters that Stripe documents and the emulator doesn't know are refused with a message that says so: "stripetest does
// not model the parameter…". Invoices, charges, refunds by request and live mode are not emulated, nor differences between
// API versions. On the following points the documents say nothing or not enough. The emulator does what is said here, and
// its code has a comment where it does:
//
//   - the wording of many messages, and the codes of some, above all for refusals of PaymentIntents, for deleting a customer
//     that has a cash balance, and for requests that are too large or malformed;
//   - a limit outside 1 to 100, which is refused here; Stripe has been seen to clamp it;
//   - that idempotency keys are kept per account, and for 24 hours exactly; and the type of the error when a key is in use,
//     which is idempotency_error here;
//   - that choosing the mode automatic by name ends following the merchant's default;
//   - where the rest goes when a transfer's reference names a PaymentIntent that needs less: here to the others,
//     oldest first;
//   - whether a PaymentIntent's age counts from its creation, as here, or from its confirmation; and to find a group of three
//     to five that needs exactly what was sent, only the forty oldest are tried;
//   - that a source of a card's token needs no type;
//   - that the cursor of a list need not be what the list's filter lets through, unless that is a customer; and what an
//     asterisk in the type of the events to list stands for, which is any text here;
//   - that an update of one part of an address, of a customer's or of a source's owner, leaves the others as they are;
//   - whether deleting a customer makes events for its payment sources: here none;
//   - whether an external account that ceases to be the default for its currency gets an event: here not;
//   - amount_received while a PaymentIntent is partially funded: here 0;
//   - the status of a PaymentIntent that was partially funded before it was confirmed: here requires_confirmation;
//   - that only bank transfers are reconciled and cause cash_balance.funds_available; funds that come back from a
//     return or a refund do not.
package stripetest
