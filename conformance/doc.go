// Package conformance holds the client and the emulator against what Stripe publishes: the OpenAPI spec and stripe-mock,
// both from the module github.com/stripe/stripe-mock, whose version in go.mod is the version of the spec.
//
// # The client
//
// [Audit.Struct] compares a Go type with a schema of the spec, both ways and to the last nested hash, and [Audit.Union]
// a schema that is one of several objects. [Audit.Call] compares the parameters that a call puts on the wire with those
// of its operation; what counts is the wire, not the struct, so that an encoding of one's own is held to the spec too.
// [Audit.Enums] compares the constants in the source with the values at all the places where their types were met. What
// is found has a name and is wrong until it is fixed or exempted, with a reason; an exemption that is not needed is
// wrong as well.
//
// # The emulator
//
// A [Validator] stands between a client and the emulator, and holds each answer against the schema for its endpoint and
// status.
//
// # The tests
//
// They are rows: one for each schema, one for each call. slice_test.go says what the slice is, exemptions_test.go where
// it differs from the spec on purpose. TestSuiteOnStripeMock and TestSuiteOnEmulator do what a user does on both servers. A
// table of what is covered comes with
//
//	go test -v -run TestCoverageTable ./conformance
package conformance
