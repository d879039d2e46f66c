package webhook

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"
)

// What a [MemoryDeduper] keeps unless told otherwise.
const (
	DefaultMemoryEvents = 100_000            // some 15 MB
	DefaultMemoryAge    = 4 * 24 * time.Hour // Stripe delivers again for up to three days
)

// MemoryDeduper is a [Deduper] in memory, for an endpoint that is served by one process. It forgets everything when the
// process ends. The zero value is ready to use. It must not be copied, and its fields not changed, after first use.
type MemoryDeduper struct {
	// MaxEvents is how many events it remembers; zero means [DefaultMemoryEvents], and if it is negative every Claim fails.
	// When it is full it forgets the event that was processed first. Events under way count, but are never forgotten: if
	// there are MaxEvents of them, Claim fails.
	MaxEvents int

	// MaxAge is how long it remembers a processed event; zero means [DefaultMemoryAge]. If it is negative every Claim fails.
	MaxAge time.Duration

	mu        sync.Mutex
	events    map[string]bool // true: processed, false: under way
	processed []memory        // the processed ones, in the order in which they were
}

type memory struct {
	eventID string
	at      time.Time
}

// Claim implements [Deduper]. It only fails when MaxEvents events are under way, or when a field is negative.
func (d *MemoryDeduper) Claim(_ context.Context, eventID string) (Claim, error) {
	if d.MaxEvents < 0 || d.MaxAge < 0 {
		return 0, fmt.Errorf("webhook: a MemoryDeduper has MaxEvents %d and MaxAge %s; neither can be negative", d.MaxEvents, d.MaxAge)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.forget(d.isOld)
	processed, known := d.events[eventID]
	switch {
	case processed:
		return Processed, nil
	case known:
		return Underway, nil
	}
	d.forget(d.isFull)
	if d.isFull() {
		return 0, fmt.Errorf("webhook: MaxEvents of the MemoryDeduper is %d, and that many events are under way", len(d.events))
	}
	if d.events == nil {
		d.events = make(map[string]bool)
	}
	d.events[eventID] = false
	return Granted, nil
}

// Settle implements [Deduper]. It never fails; an event that is not under way stays as it is.
func (d *MemoryDeduper) Settle(_ context.Context, eventID string, processed bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if settled, known := d.events[eventID]; settled || !known {
		return nil
	}
	if !processed {
		delete(d.events, eventID)
		return nil
	}
	d.events[eventID] = true
	d.processed = append(d.processed, memory{eventID, time.Now()})
	return nil
}

// forget drops the events that were processed first, for as long as it must.
func (d *MemoryDeduper) forget(must func() bool) {
	for len(d.processed) > 0 && must() {
		delete(d.events, d.processed[0].eventID)
		d.processed[0] = memory{} // the array behind the slice lives on for a while, its strings need not
		d.processed = d.processed[1:]
	}
}

func (d *MemoryDeduper) isOld() bool {
	return time.Since(d.processed[0].at) > cmp.Or(d.MaxAge, DefaultMemoryAge)
}

func (d *MemoryDeduper) isFull() bool {
	return len(d.events) >= cmp.Or(d.MaxEvents, DefaultMemoryEvents)
}
