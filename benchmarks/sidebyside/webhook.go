package sidebyside

import (
	"context"
	"encoding/json"
	"time"

	"github.com/stripe/stripe-go/v85"
	official "github.com/stripe/stripe-go/v85/webhook"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/webhook"
)

const endpointSecret = "whsec_3KZ9Zx6cJm8aXqRdQvU1Yt0nbenchmark"

// verifyWebhook takes in an event of a source: its signature, the event, the source in it. Nobody sends a request here;
// the answer is the event's payload.
func verifyWebhook() Task {
	payload := event(answer("source"))
	t := Task{Name: "verify and decode a webhook event", Answer: payload}
	// The tolerance is five minutes on both sides, longer than a measurement.
	signed := func() string { return webhook.Sign(payload, endpointSecret, time.Now()) }
	t.Ours = func(*stripecash.Client) Call {
		verifier, header := webhook.Verifier{Secrets: []string{endpointSecret}}, signed()
		return func(context.Context) (any, error) {
			event, err := verifier.Verify(payload, header)
			if err != nil {
				return nil, err
			}
			return webhook.Decode[source.Source](event)
		}
	}
	t.Official = func(*stripe.Client) Call {
		header := signed()
		return func(context.Context) (any, error) {
			event, err := official.ConstructEvent(payload, header, endpointSecret)
			if err != nil {
				return nil, err
			}
			source := new(stripe.Source)
			return source, json.Unmarshal(event.Data.Raw, source)
		}
	}
	return t
}

// event wraps an object as Stripe delivers it.
func event(object []byte) []byte {
	return indent([]byte(`{"id": "evt_1NG8Du2eZvKYlo2CUI79vXWy", "object": "event", "api_version": "` + stripecash.APIVersion + `",
		"created": 1686089970, "data": {"object": ` + string(object) + `}, "livemode": false, "pending_webhooks": 1,
		"request": {"id": "req_Hn2DX8vzLQpo4T", "idempotency_key": "3bd0cf6c-a6c6-4ba7-8ab8-6b0e2ac9b3d7"}, "type": "source.chargeable"}`))
}
