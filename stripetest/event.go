package stripetest

import (
	"github.com/ccb8c2b4/stripecash"
)

// event is the record of one change, rendered when it happened: an event never changes.
type event struct {
	ID      string `json:"id"`
	Account string `json:"account"`
	Type    string `json:"type"`
	Created int64  `json:"created"`
	Body    string `json:"body"`
}

// emit records that something has happened to an object, as it is now. previous holds the old values of the attributes
// that an update changed; nil for other events.
func (c *call) emit(kind string, subject, previous object) {
	e := &event{ID: c.newID("evt_1", 23), Account: c.account, Type: kind, Created: c.now}
	data := object{"object": subject}
	if previous != nil {
		data["previous_attributes"] = previous
	}
	o := object{
		"id":               e.ID,
		"object":           "event",
		"api_version":      stripecash.APIVersion,
		"created":          e.Created,
		"data":             data,
		"livemode":         false,
		"pending_webhooks": 0,
		"request":          object{"id": nullable(c.requestID), "idempotency_key": nullable(c.idempotencyKey)},
		"type":             e.Type,
	}
	if c.account != c.srv.state.Platform {
		o["account"] = c.account
	}
	e.Body = string(render(o))
	c.srv.state.Events = append(c.srv.state.Events, e)
	select {
	case c.srv.happened <- struct{}{}:
	default: // it has been told, and has not looked yet
	}
}

// Event is a Stripe event that a change has made.
type Event struct {
	ID      string
	Type    string // "customer_cash_balance_transaction.created"
	Created int64  // Unix seconds
	Body    []byte // the event object in JSON, as a webhook endpoint gets it
}

// Events returns the account's events, oldest first.
func (a *Account) Events() []Event {
	a.srv.mu.Lock()
	defer a.srv.mu.Unlock()
	id := a.resolve()
	var events []Event
	for _, e := range a.srv.state.Events {
		if e.Account == id {
			events = append(events, Event{ID: e.ID, Type: e.Type, Created: e.Created, Body: []byte(e.Body)})
		}
	}
	return events
}
