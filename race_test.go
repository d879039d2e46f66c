package stripecash_test

import (
	"errors"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// One client, one params value and one list of options serve any number of goroutines: nothing of a caller's is ever
// written to. Under -race this finds who does.
func TestSharedByGoroutines(t *testing.T) {
	const goroutines, rounds = 64, 8
	spacious := append(make([]string, 0, 64), "owner") // room behind its end, where an append would write
	params := []any{
		&widgetParams{
			Name: new("Jenny"), Tags: []string{"x"}, Metadata: stripecash.Metadata{"k": "v", "l": ""},
			Owner: &ownerParams{Email: new(""), Metadata: stripecash.Metadata{}},
			Items: stripecash.Indexed[item]{{Amount: 1, Tags: []string{"y"}}},
		},
		url.Values{"expand[]": spacious},
		nil,
	}
	opts := []stripecash.CallOption{
		stripecash.WithExpand(spacious...), stripecash.WithExpand("customer"), stripecash.WithParam("extra[]", "1"), stripecash.WithParam("extra[]", "2"),
		stripecash.WithHeader("X-Shared", "x"), stripecash.WithAccount("acct_1"),
	}
	w := newWire(func(r *http.Request) (*http.Response, error) {
		r.Header.Add("Stripe-Version", "of a rude transport") // it may not, but must not harm others
		return reply(200, widgetJSON)(r)
	})
	c := w.client(t)
	window := &stripecash.ListParams{Limit: 2}
	shared := newShelf(3).client(t)

	round := func(c *stripecash.Client) (errs []error) {
		for _, p := range params {
			_, err := postWidget(t.Context(), c, p, opts...)
			errs = append(errs, err)
		}
		_, err := stripecash.List[widget](t.Context(), shared, widgetList(), window)
		errs = append(errs, err)
		for _, err := range allWidgets(t.Context(), shared, window) {
			errs = append(errs, err)
		}
		return errs
	}
	var wg sync.WaitGroup
	for i := range goroutines {
		wg.Go(func() {
			own := c.With(stripecash.WithMaxRetries(i))
			for range rounds {
				if err := errors.Join(round(own)...); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()

	requests := w.requests()
	require.Len(t, requests, goroutines*rounds*len(params))
	bodies, keys := map[string]int{}, map[string]bool{}
	for _, r := range requests {
		bodies[r.Body]++
		keys[r.Header.Get("Idempotency-Key")] = true
		assert.Equal(t, []string{stripecash.APIVersion}, r.Header["Stripe-Version"])
	}
	assert.Len(t, bodies, len(params), "the same params have the same body")
	for _, n := range bodies {
		assert.Equal(t, goroutines*rounds, n)
	}
	assert.Len(t, keys, len(requests), "every call has a key of its own")
}
