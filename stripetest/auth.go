package stripetest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	maxHeaderBytes = 64 << 10
	maxURLBytes    = 16 << 10
)

func (s *Server) assignRequestID(c *call) *apiError {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.requestID = s.state.newID("req_", 14)
	return nil
}

// limitHeaders keeps what a request can cost before anything is known about it. Stripe's own limits and wordings here are
// not documented.
func (s *Server) limitHeaders(c *call) *apiError {
	size := 0
	for name, values := range c.req.Header {
		for _, value := range values {
			size += len(name) + len(value)
		}
	}
	if size > maxHeaderBytes {
		return invalidStatus(http.StatusRequestHeaderFieldsTooLarge, "The request's headers are too large.")
	}
	if len(c.req.URL.Path)+len(c.req.URL.RawQuery) > maxURLBytes {
		return invalidStatus(http.StatusRequestURITooLong, "The request's URL is too long.")
	}
	return nil
}

func invalidStatus(status int, message string) *apiError {
	err := invalidRequest("", "", "%s", message)
	err.status = status
	return err
}

func (s *Server) authenticate(c *call) *apiError {
	key := credential(c.req)
	if key == "" {
		return invalidStatus(http.StatusUnauthorized, "You did not provide an API key. You need to provide your API key in the "+
			"Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See "+
			"https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.")
	}
	if !s.knows(key) {
		return invalidStatus(http.StatusUnauthorized, "Invalid API Key provided: "+maskKey(key))
	}
	c.key = key
	return nil
}

// credential is the API key of a request: the Bearer token, or the user name of Basic with whatever password.
func credential(r *http.Request) string {
	if user, _, ok := r.BasicAuth(); ok {
		return user
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

func (s *Server) knows(key string) bool {
	if s.cfg.keys != nil {
		return slices.Contains(s.cfg.keys, key)
	}
	for _, prefix := range [...]string{"sk_test_", "rk_test_", "pk_test_"} {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			return rest != ""
		}
	}
	return false
}

// maskKey shows of a key what Stripe shows: the kind in front, the last four characters, and stars between.
func maskKey(key string) string {
	const head, tail = len("sk_test_"), 4
	if len(key) <= head+tail {
		return strings.Repeat("*", len(key))
	}
	return key[:head] + strings.Repeat("*", len(key)-head-tail) + key[len(key)-tail:]
}

func (s *Server) chooseAccount(c *call) *apiError {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.account = c.req.Header.Get("Stripe-Account")
	c.unnamed = c.account == ""
	_, err := s.enter(c)
	return err
}

// enter is the state of the call's account, if there is one; that of the platform if the request named none. Under the lock,
// and anew each time: Restore may come between, and bring another platform.
func (s *Server) enter(c *call) (*account, *apiError) {
	if c.unnamed {
		c.account = s.state.Platform
	}
	if acct := s.state.Accounts[c.account]; acct != nil {
		return acct, nil
	}
	return nil, c.noAccess(c.account)
}

func (c *call) noAccess(account string) *apiError {
	err := invalidRequest("account_invalid", "", "The provided key '%s' does not have access to account '%s' (or that "+
		"account does not exist). Application access may have been revoked.", maskKey(c.key), account)
	err.status = http.StatusForbidden
	return err
}

// chooseVersion takes any date as a version: what the emulator answers is the same for all. The wording is not verified.
func (s *Server) chooseVersion(c *call) *apiError {
	version := c.req.Header.Get("Stripe-Version")
	if version == "" {
		return nil
	}
	date, _, _ := strings.Cut(version, ".") // 2026-08-26.dahlia
	date, _, _ = strings.Cut(date, ";")     // 2020-08-27;some_beta=v1
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return invalidRequest("", "", "Invalid Stripe API version: %s", version)
	}
	c.version = version
	return nil
}
