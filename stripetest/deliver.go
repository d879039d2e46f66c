package stripetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/ccb8c2b4/stripecash/webhook"
)

// Delivery is one try to deliver an event.
type Delivery struct {
	EventID   string
	EventType webhook.EventType
	URL       string
	Attempt   int           // 1 for the first
	Status    int           // that the endpoint answered; 0 without an answer
	Err       error         // why there was no answer
	Next      time.Duration // the pause before the next try; 0 when there will be none
}

// OK says whether the endpoint accepted the event: any status of 2xx does, a redirect does not.
func (d Delivery) OK() bool { return d.Err == nil && d.Status >= 200 && d.Status < 300 }

// Deliver tries each delivery that is due by the server's clock once, and returns what came of it. To one webhook it
// delivers events in their order, those sent again last; several webhooks get theirs at the same time. A delivery that
// fails is due again after a pause: move the clock and call Deliver again. Deliver waits for an endpoint to answer, up to
// 20 seconds, but never for a pause; a Handler has to look at its request's context itself. It skips a webhook that another
// Deliver or ServeWebhooks is serving at that moment: what is due there is left to that call, or to the next.
func (s *Server) Deliver(ctx context.Context) []Delivery {
	s.made("Deliver")
	due := s.takeDue()
	made := make([][]Delivery, len(due))
	var all sync.WaitGroup
	for i, parcels := range due {
		all.Go(func() { s.deliver(ctx, parcels, func(d Delivery) { made[i] = append(made[i], d) }) })
	}
	all.Wait()
	return slices.Concat(made...)
}

// deliver makes deliveries to one webhook, one after the other. When the context ends, the others are as if they had not
// been taken.
func (s *Server) deliver(ctx context.Context, parcels []*parcel, observe func(Delivery)) {
	defer s.served(parcels[0].hook)
	for _, p := range parcels {
		if ctx.Err() != nil {
			return
		}
		if s.wanted(p) {
			observe(s.try(ctx, p))
		}
	}
}

// wanted says whether a parcel that was taken is still to be delivered: not when Restore has come between.
func (s *Server) wanted(p *parcel) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !p.done
}

// ServeWebhooks keeps delivering, new events at once and failed ones after their pauses, until the context ends. A webhook
// that hangs does not keep the others waiting. It tells observe of each try, one at a time, unless that is nil. In a
// testing/synctest bubble the pauses take no time.
func (s *Server) ServeWebhooks(ctx context.Context, observe func(Delivery)) {
	s.made("ServeWebhooks")
	var all sync.WaitGroup
	defer all.Wait()
	var one sync.Mutex
	tell := func(d Delivery) {
		one.Lock()
		defer one.Unlock()
		if observe != nil {
			observe(d)
		}
	}
	for ctx.Err() == nil {
		for _, parcels := range s.takeDue() {
			all.Go(func() { s.deliver(ctx, parcels, tell) })
		}
		timer := time.NewTimer(s.untilDue())
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-s.happened:
		}
		timer.Stop()
	}
}

// takeDue picks the parcels whose time has come, webhook by webhook. What it picks from is served from now on, so that
// nobody else does that too.
func (s *Server) takeDue() [][]*parcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.cfg.clock()
	var due [][]*parcel
	for _, h := range s.hooks {
		h.collect(s.state, now)
		if h.serving {
			continue
		}
		var parcels []*parcel
		for _, p := range h.pending {
			if !p.due.After(now) {
				parcels = append(parcels, p)
			}
		}
		if parcels != nil {
			h.serving = true
			due = append(due, parcels)
		}
	}
	return due
}

// served ends what takeDue began, takes what is done off the shelf, and lets ServeWebhooks look at what has come in the
// meantime.
func (s *Server) served(h *hook) {
	s.mu.Lock()
	h.serving = false
	h.pending = slices.DeleteFunc(h.pending, func(p *parcel) bool { return p.done })
	s.mu.Unlock()
	s.wake()
}

// untilDue is how long nothing will have to be delivered, unless something happens.
func (s *Server) untilDue() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	wait := time.Hour
	now := s.cfg.clock()
	for _, h := range s.hooks {
		for _, p := range h.pending {
			if !h.serving {
				wait = min(wait, p.due.Sub(now))
			}
		}
	}
	return max(0, wait)
}

// try makes one delivery. The server's lock is not held: the endpoint may well ask the server something.
func (s *Server) try(ctx context.Context, p *parcel) Delivery {
	p.attempts++
	d := Delivery{EventID: p.event.ID, EventType: p.event.Type, URL: p.hook.URL, Attempt: p.attempts}
	d.Status, d.Err = p.hook.send(ctx, []byte(p.event.Body), s.cfg.clock())
	s.mu.Lock()
	defer s.mu.Unlock()
	d.Next = p.settle(d, s.cfg.clock())
	return d
}

func (h *hook) send(ctx context.Context, payload []byte, at time.Time) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, endpointTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(payload))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("Stripe-Signature", h.signature(payload, at))
	req.Header.Set("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
	if h.Handler != nil {
		return handle(h.Handler, req)
	}
	client := h.client()
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	return resp.StatusCode, err
}

// endpointTimeout is how long an endpoint may take. Stripe does not publish its own bound.
const endpointTimeout = 20 * time.Second

// client keeps no connection, so that a server that is dropped leaves nothing behind, and follows no redirect.
func (h *hook) client() *http.Client {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	if h.Client != nil {
		client = *h.Client
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}

// handle lets a handler answer a request without a connection. As with net/http's server, a panic is no answer, and it
// has a goroutine of its own, which it may end. What it answers too late, nobody hears.
func handle(handler http.Handler, req *http.Request) (status int, err error) {
	var handling sync.WaitGroup
	handling.Go(func() {
		err = errors.New("stripetest: the webhook's handler ended its goroutine")
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("stripetest: the webhook's handler panicked: %v", v)
			}
		}()
		w := statusWriter{header: http.Header{}}
		req.RequestURI = req.URL.RequestURI()
		handler.ServeHTTP(&w, req)
		w.WriteHeader(http.StatusOK) // unless it has said otherwise
		status, err = w.status, req.Context().Err()
	})
	handling.Wait()
	if err != nil {
		return 0, err
	}
	return status, nil
}

// statusWriter keeps of an answer what a delivery looks at.
type statusWriter struct {
	header http.Header
	status int
}

func (w *statusWriter) Header() http.Header { return w.header }

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
}

func (w *statusWriter) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return len(p), nil
}
