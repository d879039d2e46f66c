package stripetest

import (
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// Cut is where in a request's life the connection breaks.
type Cut string

// The places where a connection can break.
const (
	CutBeforeEffect Cut = "before the effect" // the request never ran
	CutAfterEffect  Cut = "after the effect"  // it ran, and its answer is lost
	CutInBody       Cut = "in the body"       // it ran, and half of its answer arrives
)

// Fault is something that goes wrong with a request that is authenticated and has a URL that exists. The zero values match
// any request, once. Without AfterEffect and Stored, a fault with a Status stands in front of the API: the request never
// ran, and its idempotency key remembers nothing. To a 4xx AfterEffect give a Body, as a proxy would: without it the answer is
// the API's own error, which tells clients that nothing was done.
type Fault struct {
	Method string // "" is any
	Path   string // a route's template, or a pattern of [path.Match] for the URL's path: "/v1/customers/*"; "" is any. It must fit some URL of the API
	Nth    int    // the first matching request that fails: 3 lets two pass; 0 is 1
	Times  int    // how many matching requests fail from there on; 0 is 1, -1 is all

	Delay             time.Duration // how long to wait: before the effect, unless AfterEffect; ends with the context
	Status            int           // of the answer, 300 to 599
	Type              string        // of the error object, as the next four fields; if empty, the usual one for Status and Code
	Code              string        // if empty, with Status 429: "lock_timeout", or "rate_limit" with a RateLimitedReason; with 402 and a DeclineCode: "card_declined"
	DeclineCode       string
	Param             string
	Message           string
	RateLimitedReason string      // the header Stripe-Rate-Limited-Reason, with Status 429; such answers have no Request-Id
	Header            http.Header // added to the answer
	Body              string      // instead of the JSON; text/html unless Header has a Content-Type
	Truncate          bool        // half of the body arrives, as if it were all
	Cut               Cut         // breaks the connection
	AfterEffect       bool        // Status and Delay come after the effect; the key remembers the real answer, unless Stored
	Stored            bool        // Status is the API's own answer, which the key remembers; no effect unless AfterEffect
}

// Fail lets requests go wrong: srv.Fail(stripetest.Fault{Status: 503}) fails exactly the next one. Of several faults that
// match a request, the one that was given first comes first. [Server.ClearFaults] takes them back.
func (s *Server) Fail(fault Fault) {
	s.made("Fail")
	if err := fault.check(s.routes); err != nil {
		panic("stripetest: Fail: " + err.Error())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &armedFault{Fault: fault, left: max(fault.Times, 1), wait: max(fault.Nth, 1) - 1})
}

// ClearFaults takes back what [Server.Fail] gave and ends [Server.FailRandomly]: requests that come now don't fail, but for
// [Server.LimitRate]. It returns the faults that still waited for requests, as they were given, those with Times -1 among
// them, so that a test can see whether all of its own came to pass.
func (s *Server) ClearFaults() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	var left []Fault
	for _, armed := range s.faults {
		left = append(left, armed.Fault)
	}
	s.faults, s.random = nil, randomFaults{}
	return left
}

func (f *Fault) check(routes *routes) error {
	_, patternErr := path.Match(f.Path, "/")
	switch {
	case f.Delay == 0 && f.Status == 0 && f.Header == nil && f.Body == "" && !f.Truncate && f.Cut == "":
		return errors.New("the fault does nothing: set Status, Delay, Cut, Truncate, Body or Header")
	case f.Status != 0 && (f.Status < 300 || f.Status > 599):
		return fmt.Errorf("the status is %d: it must be from 300 to 599", f.Status)
	case f.Delay < 0 || f.Nth < 0 || f.Times < -1:
		return fmt.Errorf("the fault has Delay %s, Nth %d and Times %d: the first two can't be negative, the third not below -1", f.Delay, f.Nth, f.Times)
	case f.Cut != "" && f.Cut != CutBeforeEffect && f.Cut != CutAfterEffect && f.Cut != CutInBody:
		return fmt.Errorf("the cut is %q: it must be one of the Cut constants", f.Cut)
	case f.Cut != "" && f.Status != 0:
		return fmt.Errorf("the status is %d and the cut %q: a fault has one of them", f.Status, f.Cut)
	case f.Cut == CutBeforeEffect && f.AfterEffect:
		return errors.New("CutBeforeEffect and AfterEffect exclude each other: choose one")
	case f.Status == 0 && f.Type+f.Code+f.DeclineCode+f.Param+f.Message != "":
		return errors.New("the fault has a Type, Code, DeclineCode, Param or Message, which need a Status")
	case f.Type != "" && !slices.Contains([]string{kindAPI, kindCard, kindIdempotency, kindInvalid}, f.Type):
		return fmt.Errorf("the type is %q: it must be %s, %s, %s or %s", f.Type, kindAPI, kindCard, kindIdempotency, kindInvalid)
	case f.RateLimitedReason != "" && f.Status != http.StatusTooManyRequests:
		return fmt.Errorf("the fault's RateLimitedReason %q needs Status 429", f.RateLimitedReason)
	case f.Stored && (f.Status == 0 || f.Status == http.StatusUnauthorized || f.Status == http.StatusTooManyRequests):
		return fmt.Errorf("the fault is Stored and its Status is %d: Stored needs one, and no key remembers 401 and 429", f.Status)
	case patternErr != nil:
		return fmt.Errorf("the path %q: %w", f.Path, patternErr)
	case !strings.ContainsAny(f.Path, `[\`) && !routes.reached(f.Method, f.Path): // a class can hold a slash, and is taken on trust
		return fmt.Errorf("the method %q and the path %q match no URL of the emulated API, so that the fault would never take effect", f.Method, f.Path)
	default:
		return nil
	}
}

// armedFault is a fault that waits for its requests.
type armedFault struct {
	Fault
	wait int // matching requests to let pass
	left int // matching requests to fail after that
}

// takeFault finds what goes wrong with this request.
func (s *Server) takeFault(c *call) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	var taken *Fault
	kept := s.faults[:0]
	for _, armed := range s.faults {
		if armed.matches(c) {
			if armed.wait > 0 {
				armed.wait--
			} else if taken == nil {
				taken = &armed.Fault
				if armed.Times >= 0 {
					armed.left--
				}
			}
		}
		if armed.left > 0 {
			kept = append(kept, armed)
		}
	}
	s.faults = kept
	if taken == nil {
		taken = s.random.draw(c.req.Header.Get("Idempotency-Key"))
	}
	return taken
}

func (f *Fault) matches(c *call) bool {
	if f.Method != "" && f.Method != c.req.Method {
		return false
	}
	ok, _ := path.Match(f.Path, c.req.URL.Path)
	return ok || f.Path == "" || f.Path == c.route.path
}
