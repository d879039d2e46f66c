package stripetest

import (
	"slices"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/webhook"
)

// event is the record of one change, rendered when it happened: an event never changes.
type event struct {
	ID      string            `json:"id"`
	Account string            `json:"account"`
	Type    webhook.EventType `json:"type"`
	Created int64             `json:"created"`
	Body    string            `json:"body"`
}

// emit records that something has happened to an object, as it is now. previous holds the old values of the attributes
// that an update changed; nil for other events.
func (c *call) emit(kind webhook.EventType, subject, previous object) {
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
	c.srv.forgetEvents(c.now - eventLifetime)
	c.srv.state.Events = append(c.srv.state.Events, e)
	c.srv.wake()
}

// eventLifetime is how long Stripe gives out an event, in seconds.
const eventLifetime = 30 * 24 * 60 * 60

// forgetEvents drops the events from before a time. Under the lock.
func (s *Server) forgetEvents(before int64) {
	old := 0
	for old < len(s.state.Events) && s.state.Events[old].Created < before {
		old++
	}
	if old == 0 {
		return
	}
	for _, h := range s.hooks { // what they want of them is on its way to them first
		h.collect(s.state, s.cfg.clock())
		h.seen -= old
	}
	s.state.Events = slices.Delete(s.state.Events, 0, old)
}

// wake tells ServeWebhooks that there may be something to do.
func (s *Server) wake() {
	select {
	case s.happened <- struct{}{}:
	default: // it has been told, and has not looked yet
	}
}

// Event is a Stripe event that a change has made.
type Event struct {
	ID      string
	Type    webhook.EventType // "customer_cash_balance_transaction.created"
	Created stripecash.Timestamp
	Body    []byte // the event object in JSON, as a webhook endpoint gets it
}

// Events returns the account's events, oldest first. Those of more than 30 days ago are forgotten when there are new ones.
func (a *Account) Events() []Event {
	a.made("Events")
	a.srv.mu.Lock()
	defer a.srv.mu.Unlock()
	id := a.resolve()
	var events []Event
	for _, e := range a.srv.state.Events {
		if e.Account == id {
			events = append(events, Event{ID: e.ID, Type: e.Type, Created: stripecash.Timestamp(e.Created), Body: []byte(e.Body)})
		}
	}
	return events
}
