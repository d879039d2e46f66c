package stripetest_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"

	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/webhook"
)

// An event that comes while ServeWebhooks is starting other deliveries is delivered right after, though they all hang. They
// are so many that, on more than one processor, it is still at it when the first endpoint causes that event.
func TestServeWebhooksLooksAgainAtOnce(t *testing.T) {
	for range 5 {
		synctest.Test(t, func(t *testing.T) {
			srv := funded(t)
			var once sync.Once
			hanging := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				once.Do(func() { srv.AddPaymentIntent("cus_1", "gbp", 100) })
				<-r.Context().Done()
			})
			for range 300 {
				srv.AddWebhook(stripetest.Webhook{URL: "https://example.com/hangs", Handler: hanging, Secrets: []string{secret},
					Types: []webhook.EventType{"cash_balance.funds_available"}})
			}
			end := newEndpoint(secret)
			srv.AddWebhook(stripetest.Webhook{URL: "https://example.com/works", Handler: end, Secrets: []string{secret},
				Types: []webhook.EventType{"payment_intent.created"}})
			ctx, cancel := context.WithCancel(t.Context())
			var served sync.WaitGroup
			served.Go(func() { srv.ServeWebhooks(ctx, nil) })
			synctest.Wait()
			srv.Fund("cus_1", "eur", 100)
			synctest.Wait() // no time passes, so that no other delivery ends
			assert.Equal(t, []webhook.EventType{"payment_intent.created"}, end.types())
			cancel()
			served.Wait()
		})
	}
}
