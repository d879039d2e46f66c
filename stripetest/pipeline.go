package stripetest

import (
	"maps"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
)

// answer takes a request through every stage, in order. The first stage that has an answer, an error or not, ends it.
func (s *Server) answer(r *http.Request) *reply {
	s.made("answering " + r.Method)
	c := &call{srv: s, req: r, now: s.now(), version: stripecash.APIVersion}
	stages := [...]func(*call) *apiError{
		s.assignRequestID,
		s.limitHeaders,
		s.authenticate,
		s.chooseAccount,
		s.chooseVersion,
		s.limitRate,
		s.chooseRoute,
		s.readForm,
		s.strikeInFront,
		s.beginIdempotent,
		s.strikeInside,
		s.checkParams,
		s.execute,
	}
	defer s.endIdempotent(c) // also when a handler panics
	for _, stage := range stages {
		if err := stage(c); err != nil {
			c.fail(err)
		}
		if c.reply != nil {
			break
		}
	}
	s.endIdempotent(c)
	s.strikeBack(c)
	s.record(c)
	return c.reply
}

// execute runs the handler under the lock. Handlers check everything before they write anything, so that a request that
// fails has changed nothing.
func (s *Server) execute(c *call) *apiError {
	s.mu.Lock()
	defer s.mu.Unlock()
	acct, err := s.enter(c)
	if err != nil {
		return err
	}
	c.acct = acct
	if saved := acct.saved(c); c.reserved && saved != nil { // Restore has brought it since
		return c.replay(saved)
	}
	if c.req.Method != http.MethodGet {
		s.changes++
	}
	result, err := c.route.handle(c)
	if err != nil {
		c.fail(err)
	} else {
		c.expand(result)
		c.succeed(result)
	}
	if c.req.Method == http.MethodPost {
		// The work is done, well or badly: doing it again gives the same.
		c.reply.header.Set("Stripe-Should-Retry", "false")
	}
	if err == nil {
		c.failAfterEffect()
	}
	if err == nil || !err.invalid {
		c.remember()
	}
	return nil
}

func (c *call) succeed(result object) {
	c.reply = &reply{status: http.StatusOK, header: c.header(), body: render(result)}
}

func (c *call) fail(err *apiError) {
	header := c.header()
	maps.Copy(header, err.header)
	logURL := ""
	if c.key != "" && c.requestID != "" {
		logURL = "https://dashboard.stripe.com/test/logs/" + c.requestID
	}
	c.reply = &reply{status: err.status, header: header, body: render(err.render(logURL))}
}

// header is what every answer carries.
func (c *call) header() http.Header {
	h := http.Header{"Content-Type": {"application/json"}}
	if c.requestID != "" {
		h.Set("Request-Id", c.requestID)
	}
	if c.key != "" { // the caller is known
		h.Set("Stripe-Version", c.version)
		if account := c.req.Header.Get("Stripe-Account"); account != "" {
			h.Set("Stripe-Account", account)
		}
		if c.idempotencyKey != "" {
			h.Set("Idempotency-Key", c.idempotencyKey)
		}
	}
	return h
}
