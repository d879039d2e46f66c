// Package migration_test holds the jobs of docs/migrating-from-stripe-go.md, each done by stripe-go's package-level functions,
// by its newer Client, and by this module, as far as they have a call for it. All run against the emulator and must find
// the same. The guide's snippets are the lines between "begin" and "end" here: TestMigrationGuideShowsWhatRan, in docs, compares.
package migration_test

import (
	"context"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// world is what a test starts from, and what its jobs hand on to each other.
type world struct {
	srv      *stripetest.Server
	txn      string
	payload  []byte // of an event
	card     string
	source   string
	received string // a transaction of the source
	bank     string
}

func newWorld() *world {
	w := &world{srv: stripetest.NewServer()}
	w.srv.AddCustomer("cus_123")
	w.srv.Connect("acct_123").AddCustomer("cus_456")
	w.srv.Connect("acct_123").Fund("cus_456", "usd", 42)
	w.txn = w.srv.Fund("cus_123", "eur", 100_00)
	w.payload = w.srv.Events()[0].Body
	return w
}

// coded makes a source whose owner is sent a code. The guide does not show that: the same client does it for all.
func (w *world) coded(ctx context.Context, t *testing.T) string {
	t.Helper()
	s, err := source.New(w.srv.Client()).Create(ctx, &source.CreateParams{
		Type: source.TypeACHDebit, Currency: "usd", Flow: source.FlowCodeVerification,
	})
	require.NoError(t, err)
	return s.ID
}

type jobs map[string]func(t *testing.T) any

// step is a job and what it finds.
type step struct {
	job   string
	finds any
}

// onePage is what there is to find in a page of a list.
type onePage struct {
	elements int
	more     bool
}

// want is what each job finds, whoever does it, in the order in which they are done.
func want() []step {
	return []step{
		{"retrieve a cash balance", int64(100_00)},
		{"update a cash balance", "manual"},
		{"retrieve a transaction", int64(100_00)},
		{"list transactions", int64(100_00)},
		{"fund a cash balance", int64(500)},
		{"choose an idempotency key", int64(700)},
		{"list a page of transactions", onePage{2, true}},
		{"follow the ledger", []int64{500, 700}},
		{"act for a connected account", int64(42)},
		{"add a card", "4242"},
		{"retrieve a card", "4242"},
		{"name a card", "Jenny Rosen"},
		{"clear a card's name", ""},
		{"list cards", 1},
		{"list a page of cards", onePage{1, false}},
		{"add a card to an account", "5556"},
		{"create a source", "receiver"},
		{"retrieve a source", "pending"},
		{"update a source", "17"},
		{"verify a source", "chargeable"},
		{"attach a source", "cus_123"},
		{"update an attached source", "+15555550123"},
		{"list sources", 1},
		{"list a page of sources", onePage{1, false}},
		{"list a source's transactions", int64(42_00)},
		{"list a page of a source's transactions", onePage{1, false}},
		{"retrieve a source's transaction", int64(42_00)},
		{"retrieve a mandate notification", "mandate_confirmed"},
		{"retrieve what is on file", "source"},
		{"list everything on file", []string{"source", "card"}},
		{"list a page of everything on file", onePage{2, false}},
		{"detach a source", "consumed"},
		{"delete a card", true},
		{"add a bank account", "new"},
		{"verify a bank account", "verified"},
		{"update a bank account", "Jenny Rosen"},
		{"list bank accounts", []string{"6789"}},
		{"delete a bank account", true},
		{"add a bank account to an account", "6789"},
		{"retrieve a bank account of an account", "6789"},
		{"tell errors apart", "No such customer: 'cus_404'"},
		{"verify a webhook", "customer_cash_balance_transaction.created"},
	}
}

// testJobs does all jobs but those that the client lacks a call for.
func testJobs(t *testing.T, w *world, lacks []string, parts ...jobs) {
	t.Helper()
	all, count := jobs{}, len(lacks)
	for _, part := range parts {
		maps.Copy(all, part)
		count += len(part)
	}
	for _, step := range want() {
		if slices.Contains(lacks, step.job) {
			continue
		}
		t.Run(step.job, func(t *testing.T) {
			do, ok := all[step.job]
			require.True(t, ok, "nobody does this job")
			assert.Equal(t, step.finds, do(t))
			if _, ok := step.finds.(onePage); ok { // which may be shorter than asked for
				requests := w.srv.Requests()
				assert.Equal(t, "2", requests[len(requests)-1].Form.Get("limit"))
			}
		})
	}
	assert.Len(t, want(), count)
}

// Whatever stripe.Client does with what this module is for, the guide shows.
func TestGuideHasEveryCallOfStripeGo(t *testing.T) {
	exempt := map[string]string{
		"V1PaymentSources.Delete": "there is one for each kind: V1Cards.Delete, V1BankAccounts.Delete, V1Sources.Detach",
	}
	guide, err := os.ReadFile("../../docs/migrating-from-stripe-go.md")
	require.NoError(t, err)
	client := reflect.TypeFor[stripe.Client]()
	for _, name := range []string{
		"V1BankAccounts", "V1Cards", "V1CashBalances", "V1CustomerCashBalanceTransactions", "V1PaymentSources", "V1Sources",
		"V1SourceTransactions", "V1TestHelpersCustomers",
	} {
		service, ok := client.FieldByName(name)
		require.True(t, ok, name)
		for method := range service.Type.Methods() {
			call := name + "." + method.Name
			shown := strings.Contains(string(guide), "sc."+call+"(")
			assert.Equal(t, exempt[call] == "", shown, "sc.%s is in the guide", call)
			delete(exempt, call)
		}
	}
	assert.Empty(t, exempt, "there are no such calls")
}
