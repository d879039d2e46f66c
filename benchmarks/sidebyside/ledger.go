package sidebyside

import (
	"context"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// Ledger is a network that answers with pages of a long list of transactions, as the API would: 10 to a page unless asked
// for more.
type Ledger struct {
	Length   int
	Delay    time.Duration // before each answer
	Requests atomic.Int64

	mu    sync.Mutex
	pages map[string][]byte
}

// NewLedger makes a ledger. Its pages are made when they are first asked for, and kept.
func NewLedger(length int) *Ledger { return &Ledger{Length: length, pages: make(map[string][]byte)} }

// RoundTrip implements [http.RoundTripper].
func (l *Ledger) RoundTrip(req *http.Request) (*http.Response, error) {
	l.Requests.Add(1)
	stub := Stub{Status: http.StatusOK, Answer: l.page(req), Header: http.Header{"Content-Type": {"application/json"}}}
	if l.Delay > 0 {
		select {
		case <-time.After(l.Delay):
		case <-req.Context().Done():
			return nil, req.Context().Err()
		}
	}
	return stub.RoundTrip(req)
}

func (l *Ledger) page(req *http.Request) []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	query := req.URL.Query()
	limit, skip := 10, 0
	if n, err := strconv.Atoi(query.Get("limit")); err == nil {
		limit = n
	}
	if after := query.Get("starting_after"); after != "" {
		last, _ := strconv.Atoi(strings.TrimLeft(strings.TrimPrefix(after, idPrefix), "0"))
		skip = last + 1
	}
	n := min(limit, l.Length-skip)
	if l.pages[req.URL.RawQuery] == nil {
		l.pages[req.URL.RawQuery] = page(skip, n, skip+n < l.Length)
	}
	return l.pages[req.URL.RawQuery]
}

// Forget drops the pages, so that what a client keeps of them can be seen.
func (l *Ledger) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.pages)
}

// WalkOurs is all transactions of the ledger's customer.
func WalkOurs(ctx context.Context, network http.RoundTripper, opts ...stripecash.CallOption) iter.Seq2[*transaction.Transaction, error] {
	api, err := stripecash.NewClient(Key, stripecash.WithHTTPClient(&http.Client{Transport: network}))
	if err != nil {
		return func(yield func(*transaction.Transaction, error) bool) { yield(nil, err) }
	}
	return transaction.New(api).All(ctx, customer, nil, opts...)
}

// WalkOfficial is the same with stripe-go.
func WalkOfficial(ctx context.Context, network http.RoundTripper) iter.Seq2[*stripe.CustomerCashBalanceTransaction, error] {
	sc := NewOfficial(&http.Client{Transport: network, Timeout: OfficialTimeout}, "https://api.stripe.com")
	list := sc.V1CustomerCashBalanceTransactions.List(ctx, &stripe.CustomerCashBalanceTransactionListParams{Customer: stripe.String(customer)})
	return iter.Seq2[*stripe.CustomerCashBalanceTransaction, error](list.All(ctx))
}
