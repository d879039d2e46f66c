package stripetest

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"time"
)

// randomFaults is the soak-test mode.
type randomFaults struct {
	seed   uint64
	source *rand.Rand
	byKey  map[string]*rand.Rand
	rate   float64
	kinds  []Fault
}

// FailRandomly lets requests go wrong at random from now on, each with a probability of rate, 0 to 1, in a way that a
// client should survive: 409, 429, 500, 502 and 503, with JSON or HTML, before the effect or after it, a cut connection,
// a body that is broken or not JSON, a delay of 100 ms. With the same seed, the same requests in the same order fail the
// same way. Requests with an idempotency key do so in any order, so that a test with many goroutines can be repeated. A
// rate of 0 ends it. Faults given to [Server.Fail] come first.
func (s *Server) FailRandomly(seed uint64, rate float64) {
	if !(rate >= 0 && rate <= 1) {
		panic(fmt.Sprintf("stripetest: FailRandomly: the rate is %v: it must be from 0 to 1", rate))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.random = randomFaults{
		seed: seed, source: rand.New(rand.NewPCG(seed, 0)), //nolint:gosec // faults are repeatable, not secret
		byKey: map[string]*rand.Rand{}, rate: rate, kinds: survivable(),
	}
}

func survivable() []Fault {
	return []Fault{
		{Status: http.StatusInternalServerError},
		{Status: http.StatusServiceUnavailable},
		{Status: http.StatusServiceUnavailable, AfterEffect: true},
		{Status: http.StatusBadGateway, Body: "<html><body>502 Bad Gateway</body></html>"},
		{Status: http.StatusConflict, Message: "There was a conflict; try again."},
		{Status: http.StatusTooManyRequests, RateLimitedReason: "global-rate"},
		{Status: http.StatusTooManyRequests, Code: "lock_timeout"},
		{Cut: CutBeforeEffect},
		{Cut: CutAfterEffect},
		{Cut: CutInBody},
		{Truncate: true},
		{Body: "<html><body>Welcome to the proxy</body></html>"},
		{Delay: 100 * time.Millisecond},
	}
}

// draw decides about one request. Under the lock.
func (r *randomFaults) draw(idempotencyKey string) *Fault {
	if r.rate == 0 {
		return nil
	}
	source := r.source
	if idempotencyKey != "" {
		source = r.of(idempotencyKey)
	}
	if source.Float64() >= r.rate {
		return nil
	}
	return &r.kinds[source.IntN(len(r.kinds))]
}

// of is the source for the requests with this key.
func (r *randomFaults) of(idempotencyKey string) *rand.Rand {
	source := r.byKey[idempotencyKey]
	if source == nil {
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(idempotencyKey))
		source = rand.New(rand.NewPCG(r.seed, hash.Sum64())) //nolint:gosec // faults are repeatable, not secret
		r.byKey[idempotencyKey] = source
	}
	return source
}
