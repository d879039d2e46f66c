package webhook

import (
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/ccb8c2b4/stripecash"
)

// Event is something that happened in a Stripe account, with the object it happened to. Its JSON reads back as the same
// Event, so that one can be put in a queue; the JSON of its object has no white space then, and some characters escaped.
type Event struct {
	ID              string               `json:"id"`               // "evt_…", the same in every delivery of the event
	Object          string               `json:"object"`           // always "event"
	Type            EventType            `json:"type"`             // what happened
	Created         stripecash.Timestamp `json:"created"`          // Unix seconds
	Livemode        bool                 `json:"livemode"`         // false: in test mode
	Account         string               `json:"account"`          // the connected account where it happened; empty: in yours
	Context         string               `json:"context"`          // what to authenticate for to fetch the object; mostly empty
	APIVersion      string               `json:"api_version"`      // that Data was rendered with, whatever the client's is
	PendingWebhooks int                  `json:"pending_webhooks"` // endpoints that have not taken the event yet
	Request         Request              `json:"request"`          // the call that caused it
	Data            Data                 `json:"data"`             // the object, for [Decode]
}

// Data is the object of an event, as it was when the event happened: it may have changed since.
type Data struct {
	// Object is the JSON that Stripe sent, whatever this module knows of it. [Decode] makes it a struct.
	Object json.RawMessage `json:"object"`

	// PreviousAttributes are, in the events of an update, the fields that changed and what they were before. An array
	// is there whole. Nil in other events.
	PreviousAttributes json.RawMessage `json:"previous_attributes,omitempty"`
}

// Request is the API call that caused an event. It is empty when nobody's call did: a bank transfer came in.
type Request struct {
	ID             string `json:"id"`              // "req_…"
	IdempotencyKey string `json:"idempotency_key"` // that was sent with the call, if one was
}

// UnmarshalJSON takes an object, or null, or the bare ID that API versions before 2017-05-25 send.
func (r *Request) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &r.ID)
	}
	type plain Request
	return json.Unmarshal(data, (*plain)(r))
}

// ObjectID is the event's ID, by which [stripecash.All] and [stripecash.Follow] walk the list of events.
func (e *Event) ObjectID() string { return e.ID }

// LogValue implements [slog.LogValuer]: what tells the event from others, without the object, which is about a person.
func (e Event) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("id", e.ID), slog.String("type", string(e.Type)), slog.Time("created", e.Created.Time()),
		slog.Bool("livemode", e.Livemode), slog.String("account", e.Account), slog.String("request", e.Request.ID),
	)
}

// validate refuses what Stripe signs too but is no event with its object: above all the thin events of API v2.
func (e *Event) validate() error {
	switch {
	case e.Object != "event":
		return fmt.Errorf("%w: its object is %q; the endpoint must ask for snapshots, not for thin events",
			ErrPayload, clip(e.Object))
	case e.ID == "":
		return fmt.Errorf("%w: it has no id", ErrPayload)
	case e.Type == "":
		return fmt.Errorf("%w: it has no type", ErrPayload)
	case len(e.Data.Object) == 0 || e.Data.Object[0] != '{':
		return fmt.Errorf("%w: data.object is not an object", ErrPayload)
	}
	return nil
}
