package stripetest

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ccb8c2b4/stripecash/webhook"
)

// Webhook is an endpoint that an account's events are delivered to; see [Account.AddWebhook].
type Webhook struct {
	URL     string              // absolute; with a Handler it need not lead anywhere
	Handler http.Handler        // takes deliveries in place of the network, if set
	Secrets []string            // "whsec_…"; with several, while one is replaced, each signs
	Types   []webhook.EventType // the events it wants; all of them, if empty; also some that the emulator never makes
	Connect bool                // wants the events of connected accounts, in place of the platform's own
	Client  *http.Client        // sends deliveries, if set; for TLS with a certificate of a test's own

	// Retries are the pauses before a delivery that failed is made again. If nil they are 5 minutes, 30 minutes and 2
	// hours: Stripe makes three in its test mode, in a few hours, and does not publish the single pauses. If empty, there
	// is no retry.
	Retries []time.Duration
}

// hook is a webhook and what is on its way there. The server's lock guards it.
type hook struct {
	Webhook
	account string // empty: the platform's, whatever Restore makes that
	seen    int    // how many of the state's events have been looked at
	pending []*parcel
	lost    map[string]bool // IDs of events that no try is left for
	serving bool            // deliveries are being made: nobody else makes some
}

// parcel is an event on its way.
type parcel struct {
	hook     *hook
	event    *event
	attempts int
	due      time.Time
	done     bool // delivered, given up, or dropped by Restore; served takes it off the shelf
}

// AddWebhook registers an endpoint for the events that happen from now on. Nothing is sent by itself: [Server.Deliver] or
// [Server.ServeWebhooks] does that.
func (a *Account) AddWebhook(w Webhook) {
	a.made("AddWebhook")
	if u, err := url.Parse(w.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		panic(fmt.Sprintf("stripetest: AddWebhook: the URL %q is not absolute", w.URL))
	}
	if err := (webhook.Verifier{Secrets: w.Secrets}).Validate(); err != nil {
		panic("stripetest: AddWebhook: " + strings.TrimPrefix(err.Error(), "webhook: "))
	}
	for _, pause := range w.Retries {
		if pause <= 0 {
			panic(fmt.Sprintf("stripetest: AddWebhook: a pause of %s: it must be positive", pause))
		}
	}
	if w.Retries == nil {
		w.Retries = []time.Duration{5 * time.Minute, 30 * time.Minute, 2 * time.Hour}
	}
	a.srv.mu.Lock()
	defer a.srv.mu.Unlock()
	if w.Connect && a.resolve() != a.srv.state.Platform {
		panic("stripetest: AddWebhook: only the platform's webhooks can be for connected accounts")
	}
	w.Secrets, w.Types, w.Retries = slices.Clone(w.Secrets), slices.Clone(w.Types), slices.Clone(w.Retries)
	a.srv.hooks = append(a.srv.hooks, &hook{Webhook: w, account: a.id, seen: len(a.srv.state.Events)})
}

// Resend puts an event on its way once more, to each webhook that wants it, as Stripe may deliver an event more than
// once. [Server.Deliver] or [Server.ServeWebhooks] delivers it. It panics when the account has no event with that ID;
// those that it has are in [Account.Events].
func (a *Account) Resend(eventID string) {
	a.made("Resend")
	s := a.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	account := a.resolve()
	i := slices.IndexFunc(s.state.Events, func(e *event) bool { return e.ID == eventID && e.Account == account })
	if i < 0 {
		panic(fmt.Sprintf("stripetest: Resend: the account has no event %q", eventID))
	}
	now := s.cfg.clock()
	for _, h := range s.hooks {
		h.collect(s.state, now) // the first time comes before the second
		h.put(s.state, s.state.Events[i], now)
	}
	s.wake()
}

// wants says whether an event goes to this webhook.
func (h *hook) wants(s *state, e *event) bool {
	mine := e.Account == cmp.Or(h.account, s.Platform)
	return mine != h.Connect && (len(h.Types) == 0 || slices.Contains(h.Types, e.Type))
}

// collect makes parcels of the events that came since it last looked.
func (h *hook) collect(s *state, now time.Time) {
	for _, e := range s.Events[h.seen:] {
		h.put(s, e, now)
	}
	h.seen = len(s.Events)
}

// drop clears the shelf, also of what was taken from it.
func (h *hook) drop() {
	for _, p := range h.pending {
		p.done = true
	}
	h.pending, h.lost = nil, nil
}

// owes says whether an event is still to be delivered, or never was.
func (h *hook) owes(e *event) bool {
	return h.lost[e.ID] || slices.ContainsFunc(h.pending, func(p *parcel) bool { return p.event == e && !p.done })
}

// put makes a parcel of an event, if the webhook wants it.
func (h *hook) put(s *state, e *event, now time.Time) {
	if h.wants(s, e) {
		h.pending = append(h.pending, &parcel{hook: h, event: e, due: now})
	}
}

// settle notes how a try ended, and gives the pause before the next one: a parcel that failed stays on the shelf for so
// long, if it has a retry left and Restore has not cleared the shelf.
func (p *parcel) settle(d Delivery, now time.Time) time.Duration {
	h := p.hook
	switch {
	case p.done: // dropped by Restore
		return 0
	case d.OK():
		p.done = true
		delete(h.lost, p.event.ID) // had it been, and was sent again
		return 0
	case p.attempts > len(h.Retries):
		if p.done = true; h.lost == nil {
			h.lost = map[string]bool{}
		}
		h.lost[p.event.ID] = true
		return 0
	}
	pause := h.Retries[p.attempts-1]
	p.due = now.Add(pause)
	return pause
}

// signature is the header of a delivery. Every secret signs the same time.
func (h *hook) signature(payload []byte, at time.Time) string {
	return webhook.Sign(payload, h.Secrets[0], at, h.Secrets[1:]...)
}
