package stripetest

import (
	"cmp"
	"maps"
	"net/http"
	"time"
)

// The stages below are the places where a fault can strike: in front of the API, inside it, and on the way back.

// strikeInFront is the fault of a request that never runs.
func (s *Server) strikeInFront(c *call) *apiError {
	c.fault = s.takeFault(c)
	f := c.fault
	if f == nil || f.AfterEffect || f.Stored || f.Status == 0 && f.Cut != CutBeforeEffect {
		return nil
	}
	if !c.wait() {
		return nil
	}
	if f.Cut != "" {
		c.reply = &reply{header: http.Header{}}
		return nil
	}
	if f.RateLimitedReason != "" {
		c.requestID = "" // as Stripe's rate limiter, which runs before a request has one
	}
	return f.apiError()
}

// strikeInside is the fault of a request that runs: it waits while it holds its idempotency key, and it may be that it
// fails for good.
func (s *Server) strikeInside(c *call) *apiError {
	f := c.fault
	if f == nil || f.AfterEffect || !c.wait() || !f.Stored {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	acct, err := s.enter(c)
	if err != nil {
		return err
	}
	c.acct = acct
	s.changes++
	c.fail(f.apiError())
	c.remember()
	return nil
}

// failAfterEffect is the fault of a request that did its work and failed for good, so that its key remembers the failure.
func (c *call) failAfterEffect() {
	if f := c.fault; f != nil && f.AfterEffect && f.Stored {
		c.fail(f.apiError())
	}
}

// strikeBack spoils an answer on its way to the client.
func (s *Server) strikeBack(c *call) {
	f := c.fault
	if f == nil || !c.wait() {
		return
	}
	if f.AfterEffect && f.Status != 0 && !f.Stored {
		c.fail(f.apiError())
	}
	maps.Copy(c.reply.header, f.Header)
	if f.Body != "" {
		c.reply.body = []byte(f.Body)
		c.reply.header.Set("Content-Type", cmp.Or(f.Header.Get("Content-Type"), "text/html"))
	}
	if f.Truncate {
		c.reply.body = c.reply.body[:len(c.reply.body)/2]
	}
	c.reply.cut = f.Cut
	if f.Cut == CutBeforeEffect || f.Cut == CutAfterEffect {
		c.reply.status = 0
	}
}

// wait is the fault's delay, once. It tells whether the request is still wanted, which a context that is over says it is not.
func (c *call) wait() bool {
	if c.waited || c.fault.Delay == 0 {
		return c.reply == nil || c.reply.err == nil
	}
	c.waited = true
	timer := time.NewTimer(c.fault.Delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		c.now = c.srv.now()
		return true
	case <-c.req.Context().Done():
		c.reply = &reply{err: c.req.Context().Err()}
		return false
	}
}

// apiError is the fault's answer. The wordings are not verified.
func (f *Fault) apiError() *apiError {
	err := newError(f.Status, f.Code, f.Param, "%s", f.Message)
	err.declineCode = f.DeclineCode
	message := "The emulator was told to fail this request."
	switch {
	case f.Status >= 500:
		err.kind = kindAPI
		message = "Sorry! There was an error while talking to one of our backends. If you have any questions, we can help at " +
			"https://support.stripe.com/."
	case f.Status == http.StatusPaymentRequired:
		err.kind = kindCard
		if f.DeclineCode != "" {
			err.code = cmp.Or(f.Code, "card_declined")
		}
	case f.Code == "idempotency_key_in_use":
		err.kind = kindIdempotency
	case f.Status == http.StatusTooManyRequests && f.RateLimitedReason != "":
		limited := rateLimited(f.RateLimitedReason)
		err.code, err.header, message = cmp.Or(f.Code, limited.code), limited.header, limited.message
	case f.Status == http.StatusTooManyRequests:
		err.code = cmp.Or(f.Code, "lock_timeout")
		message = "This object cannot be accessed right now because another API request or Stripe process is currently " +
			"accessing it."
	}
	err.kind = cmp.Or(f.Type, err.kind)
	err.message = cmp.Or(f.Message, message)
	return err
}

// rateLimited is the answer of Stripe's rate limiter.
func rateLimited(reason string) *apiError {
	err := newError(http.StatusTooManyRequests, "rate_limit", "",
		"Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.")
	err.header = http.Header{"Stripe-Rate-Limited-Reason": {reason}}
	return err
}
