package conformance_test

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/conformance"
)

// call is a row for each method, and one more where a method has several operations.
type call struct {
	method    string // as Go spells it: package.Method
	operation string // as the spec spells it
	// unspecified operations are not in the spec and not in stripe-mock.
	unspecified bool
	// mock is what stripe-mock makes of a right call, where it knows no better: a part of the error.
	mock string
	do   func(ctx context.Context, w *world) error
}

// calls are all the rows; each package has its own.
func calls() []call {
	return slices.Concat(
		cashBalanceCalls(),
		transactionCalls(),
		cardCalls(),
		sourceCalls(),
		paymentSourceCalls(),
	)
}

// world is what calls are made in: against a server, with the IDs of what is there.
type world struct {
	api  *stripecash.Client
	fill *conformance.Filler

	customer, transaction            string
	account, recipient               string
	card, accountCard, recipientCard string
	source, attached                 string
	sourceTransaction                string
	mandateNotification              string
	bankAccount, accountBank         string
}

// newWorld has IDs that say what they are, for servers that know nothing by ID.
func newWorld(api *stripecash.Client, fill *conformance.Filler) *world {
	return &world{
		api: api, fill: fill,
		customer: "cus_1", transaction: "ccsbtxn_1", account: "acct_1", recipient: "rp_1",
		card: "card_1", accountCard: "card_2", recipientCard: "card_3", source: "src_1", attached: "src_2",
		sourceTransaction: "srctxn_1", mandateNotification: "srcmn_1",
		bankAccount: "ba_1", accountBank: "ba_2",
	}
}

// filled is params with everything set.
func filled[T any](w *world) *T { return conformance.Fill[T](w.fill) }

// windows are list params with everything set, twice since the cursors exclude each other.
func windows(w *world, id string) []*stripecash.ListParams {
	limit := filled[stripecash.ListParams](w).Limit
	return []*stripecash.ListParams{{Limit: limit, StartingAfter: id}, {Limit: limit, EndingBefore: id}}
}

// pages asks for a page of each window.
func pages[T any](windows []*stripecash.ListParams, list func(*stripecash.ListParams) (*stripecash.Page[T], error)) error {
	var errs []error
	for _, params := range windows {
		_, err := list(params)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// walks takes one element of each window; the iterators' own tests are elsewhere.
func walks[T any](windows []*stripecash.ListParams, all func(*stripecash.ListParams) iter.Seq2[*T, error]) error {
	var errs []error
	for _, params := range windows {
		for _, err := range all(params) {
			errs = append(errs, err)
			break
		}
	}
	return errors.Join(errs...)
}
