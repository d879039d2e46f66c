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
//   - paymentsource: everything a customer or connected account has on file; bank accounts
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
// Every method takes a context, what it is about (IDs, or an owner), parameters (a pointer to a struct; nil where none is
// required) and options for this one call: [WithAccount], [WithIdempotencyKey], [WithExpand] and the others. Amounts are in
// the currency's smallest unit, times in Unix seconds, and a field is a pointer only where nil and zero mean different
// things.
//
// # Errors
//
// Bad input is refused before anything is sent, with an error that matches [ErrInvalidRequest]. A status that is not 2xx
// is an [*Error]; a call without a usable answer, such as one whose redirect was refused, is a [*CallError]; a 2xx with
// an object other than expected is an [*ObjectError]. Sentinels such as [ErrNotFound] tell what an error is about.
// [ErrOutcomeUnknown] tells that the call may have had its effect although it failed.
//
// # Retries
//
// A failed call is made again, at most twice unless [WithMaxRetries] says otherwise, when the connection failed (but not
// for a certificate that isn't trusted), when an attempt took too long, when the body of a 2xx is not JSON, and when the
// API answers 409, 429 or 5xx. If a complete answer that is not 2xx has the header Stripe-Should-Retry, that decides
// instead. Every POST carries an idempotency key, the same in all attempts, so that its effect happens once. Between
// attempts the call waits for a random time, up to 0.5 s at first and 5 s at most, but not less than Retry-After. If
// Retry-After is over two minutes, or the wait would outlast the context's deadline, the call fails at once. All calls of
// a client share a budget of retries: in an outage most calls get one attempt.
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
// pages when the loop gets there. [Follow] walks from old to new, and goes on where the last walk ended.
package stripecash
