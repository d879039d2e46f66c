package stripetest

import "fmt"

// rateLimit counts the requests of each account in the current second.
type rateLimit struct {
	perSecond int
	second    int64
	seen      map[string]int
}

// LimitRate lets each account make that many requests in a second of the server's clock, and answers the others with 429
// and the reason global-rate. Stripe allows 25 in test mode and 100 in live mode. 0 ends it.
func (s *Server) LimitRate(perSecond int) {
	if perSecond < 0 {
		panic(fmt.Sprintf("stripetest: LimitRate: %d is negative", perSecond))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit = rateLimit{perSecond: perSecond}
}

func (s *Server) limitRate(c *call) *apiError {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := &s.limit
	if l.perSecond == 0 {
		return nil
	}
	if l.second != c.now || l.seen == nil {
		l.second, l.seen = c.now, map[string]int{}
	}
	l.seen[c.account]++
	if l.seen[c.account] > l.perSecond {
		c.requestID = ""
		return rateLimited("global-rate")
	}
	return nil
}
