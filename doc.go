// Package stripecash is a typed client for the money side of a Stripe customer: the cash balance, the transactions
// that move it, and the cards and sources that pay into it.
//
// This package is the part that all resources share: the [Client], its options, errors, lists and retries. What
// Stripe's API offers is in a package for each resource:
//
//   - cashbalance: a customer's cash balance and its settings
//   - transaction: what moved a cash balance
//   - card: cards of customers, connected accounts and legacy recipients
//   - source: the Sources API, deprecated by Stripe and still served
//   - paymentsource: what a customer has on file, whichever of these it is
//   - webhook: events that Stripe sends
//   - stripetest: an emulator of all this, in memory, for tests
//
// # Calls
//
// A client is made once, with [NewClient], and shared. A resource's package wraps it:
//
//	api, err := stripecash.NewClient(os.Getenv("STRIPE_SECRET_KEY"))
//	balance, err := cashbalance.New(api).Get(ctx, "cus_123")
//
// Every method takes a context, IDs, parameters (a pointer to a struct, nil for none) and options for this one call:
// [WithAccount], [WithIdempotencyKey], [WithExpand] and the others. Amounts are in the currency's smallest unit, times
// in Unix seconds, and a field is a pointer only where nil and zero mean different things.
//
// # Errors
//
// Bad input is refused before anything is sent. An answer that is not 2xx is an [*Error]; a call without an answer is a
// [*CallError]; an answer that is another object than promised is an [*ObjectError]. Sentinels such as [ErrNotFound]
// tell what an error is about, and [ErrOutcomeUnknown] whether the call may have had its effect all the same.
//
// # Retries
//
// A call is made again, twice unless [WithMaxRetries] says otherwise, when the connection failed, when the body of a 2xx
// is no JSON, and when the API answers 409, 429 or 5xx. About an answer that came whole, the API's own Stripe-Should-Retry
// header has the first word. Every POST carries an idempotency key, the same in all attempts, so that its effect happens
// once. Between attempts the call waits for a random time that grows, at least for a Retry-After, and never past the
// context's deadline.
//
// # Observing
//
// [WithLogger] logs every attempt, [WithTracer] tells a [Tracer] of every call and attempt; the module
// github.com/ccb8c2b4/stripecash/stripeotel makes OpenTelemetry spans and metrics of that. Neither is given the key or a
// parameter; a Tracer gets the error of a failed attempt, with the API's answer in it. [WithResponse] gives the answer to
// one call as it came.
//
// # Lists
//
// A method List asks for one page. A method All walks the whole list in a range loop, newest first, and asks for
// pages when the loop gets there.
package stripecash
