// Package conformance holds the client against what Stripe publishes: the OpenAPI spec and stripe-mock, both from the
// module github.com/stripe/stripe-mock.
//
// [Audit.Struct] compares a Go type with a schema of the spec, both ways and to the last nested hash. [Audit.Call]
// compares the parameters that a call puts on the wire with those of its operation; what counts is the wire, not the
// struct, so that an encoding of one's own is held to the spec too. [Audit.Enums] compares the constants in the
// source with the values at all the places where their types were met. What is found has a name and is wrong until
// it is fixed or exempted, with a reason; an exemption that is not needed is wrong as well.
//
// The tests of this package are the rows: one for each schema and one for each call. The spec version is that of
// the stripe-mock in go.mod.
package conformance
