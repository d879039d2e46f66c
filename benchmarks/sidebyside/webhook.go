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

// verifyEvent takes in an event of a source: the signature and the event, which holds the source's JSON. Nobody sends a
// request here; the answer is the event's payload.
func verifyEvent() Task {
	payload := event(answer("source"))
	return webhookTask("verify and decode a webhook event", payload,
		func(event *webhook.Event) (any, error) { return event, nil },
		func(event *stripe.Event) (any, error) { return event, nil })
}

// verifySource goes on to the source in the event.
func verifySource() Task {
	payload := event(answer("source"))
	return webhookTask("verify a webhook event and decode its object", payload,
		func(event *webhook.Event) (any, error) { return webhook.Decode[source.Source](event) },
		func(event *stripe.Event) (any, error) {
			object := new(stripe.Source)
			return object, json.Unmarshal(event.Data.Raw, object)
		})
}

func webhookTask(name string, payload []byte, ours func(*webhook.Event) (any, error), theirs func(*stripe.Event) (any, error)) Task {
	t := Task{Name: name, Answer: payload}
	// The signature is good for five minutes, which is longer than a measurement.
	signed := func() string { return webhook.Sign(payload, endpointSecret, time.Now()) }
	t.Ours = func(*stripecash.Client) Call {
		verifier, header := webhook.Verifier{Secrets: []string{endpointSecret}}, signed()
		return func(context.Context) (any, error) {
			event, err := verifier.Verify(payload, header)
			if err != nil {
				return nil, err
			}
			return ours(event)
		}
	}
	t.Official = func(*stripe.Client) Call {
		header := signed()
		return func(context.Context) (any, error) {
			event, err := official.ConstructEvent(payload, header, endpointSecret)
			if err != nil {
				return nil, err
			}
			return theirs(&event)
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
