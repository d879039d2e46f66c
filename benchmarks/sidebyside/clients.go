// Package sidebyside is work that this module's client, stripe-go and a client written by hand all do: the same request,
// the same answer, the same values read from it. Package benchmarks measures them; the tests here see to it that the
// three are comparable.
package sidebyside

import (
	"context"
	"net/http"
	"time"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
)

// Side is who does the work.
type Side string

// The sides.
const (
	Ours     Side = "stripecash"
	Official Side = "stripe-go"
	ByHand   Side = "net/http"
	Untimed  Side = "stripe-go without its timeout" // see OfficialTimeout
)

// Key is what all sides authenticate with.
const Key = "sk_test_51NGTaTbenchmark"

// Call does the work once and returns what it decoded.
type Call func(context.Context) (any, error)

// Task is one call of the API, as each side makes it.
type Task struct {
	Name   string
	Status int
	Answer []byte

	Ours     func(*stripecash.Client) Call
	Official func(*stripe.Client) Call
	ByHand   func(*HandWritten) Call // nil: not written
}

// For is the task on a side, with the RoundTripper as its network.
func (t Task) For(side Side, network http.RoundTripper) (Call, error) {
	switch side {
	case Official, Untimed:
		timeout := OfficialTimeout
		if side == Untimed {
			timeout = 0
		}
		return t.Official(NewOfficial(&http.Client{Transport: network, Timeout: timeout}, "https://api.stripe.com")), nil
	case ByHand:
		return t.ByHand(NewHandWritten(network)), nil
	default:
		api, err := stripecash.NewClient(Key, stripecash.WithHTTPClient(&http.Client{Transport: network}))
		if err != nil {
			return nil, err
		}
		return t.Ours(api), nil
	}
}

// OfficialTimeout is what stripe-go's own HTTP client has. Behind a RoundTripper that is not net/http's own (a stub, and
// in production one that traces or signs) it costs a goroutine and 18 allocations per call; behind net/http's own it
// costs next to nothing. Untimed is stripe-go without it, for whoever would rather compare with that.
const OfficialTimeout = 80 * time.Second

// NewOfficial makes stripe-go's client with its defaults, except that it does not log. With a nil client it uses its own.
func NewOfficial(client *http.Client, base string) *stripe.Client {
	return stripe.NewClient(Key, stripe.WithBackends(stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		HTTPClient:    client,
		URL:           stripe.String(base),
		LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull},
	})))
}
