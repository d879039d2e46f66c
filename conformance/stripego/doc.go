// Package stripego holds this module against stripe-go, Stripe's own client for Go. It has tests only:
//
//   - Both clients decode the same answers and agree with the JSON, field by field.
//   - Both make the same requests of the same parameters, method by method.
//   - What stripe-go gets wrong and this client does not has one test for each fault.
//   - stripe-go drives the emulator of package stripetest, and finds there what it wrote.
//   - Each verifies the webhooks that the other signs.
//
// Where the two differ, a table says why, and an entry that is not needed any more fails. The version of stripe-go is
// that of go.mod. The package is apart from conformance because stripe-go takes long to compile.
package stripego
