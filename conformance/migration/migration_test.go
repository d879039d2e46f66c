// Package migration_test holds the pairs of docs/migrating-from-stripe-go.md: the same job done by stripe-go's
// package-level functions, by its newer Client, and by this module. All three run against the emulator and must find the
// same. The guide's snippets are the lines between "begin" and "end" here: TestMigrationGuideShowsWhatRan, in docs, compares.
package migration_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// world is what a test starts from, and what its jobs hand on to each other.
type world struct {
	srv     *stripetest.Server
	txn     string
	payload []byte // of an event
	card    string
	source  string
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

type jobs map[string]func(t *testing.T) any

// step is a job and what it finds.
type step struct {
	job   string
	finds any
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
		{"act for a connected account", int64(42)},
		{"add a card", "4242"},
		{"name a card", "Jenny Rosen"},
		{"clear a card's name", ""},
		{"list cards", 1},
		{"add a card to an account", "5556"},
		{"create a source", "receiver"},
		{"attach a source", "cus_123"},
		{"list everything on file", []string{"source", "card"}},
		{"detach a source", "consumed"},
		{"delete a card", true},
		{"tell errors apart", "No such customer: 'cus_404'"},
		{"verify a webhook", "customer_cash_balance_transaction.created"},
	}
}

func testJobs(t *testing.T, jobs jobs) {
	t.Helper()
	for _, step := range want() {
		t.Run(step.job, func(t *testing.T) {
			do, ok := jobs[step.job]
			require.True(t, ok, "nobody does this job")
			assert.Equal(t, step.finds, do(t))
		})
	}
	assert.Len(t, jobs, len(want()))
}
