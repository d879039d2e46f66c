package stripetest

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"unicode/utf8"
)

// savedAnswer is what an idempotency key remembers. Keys are kept per account, which is not verified.
type savedAnswer struct {
	Created   int64  `json:"created"`
	Path      string `json:"path"`
	Params    string `json:"params"` // a digest: parameters may hold secrets
	RequestID string `json:"request_id"`
	Status    int    `json:"status"`
	Body      string `json:"body"`
}

const (
	maxKeyLength = 255
	keyLifetime  = 24 * 60 * 60 // seconds; Stripe promises at least that
)

// beginIdempotent answers a POST whose key has been used before, and reserves a new key while the request runs.
func (s *Server) beginIdempotent(c *call) *apiError {
	if c.req.Method != http.MethodPost || c.req.Header.Get("Idempotency-Key") == "" {
		return nil
	}
	c.idempotencyKey = c.req.Header.Get("Idempotency-Key")
	if len(c.idempotencyKey) > maxKeyLength { // the wording is not verified
		return invalidRequest("", "", "Idempotency keys can have up to %d characters.", maxKeyLength)
	}
	if !utf8.ValidString(c.idempotencyKey) { // Stripe's answer is not verified; a snapshot could not hold the key
		return invalidRequest("", "", "Idempotency keys must be valid UTF-8.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	acct, err := s.enter(c)
	if err != nil {
		return err
	}
	c.lockName = acct.ID + " " + c.idempotencyKey
	if s.running[c.lockName] { // the type of this error is not verified
		err := keyError(http.StatusConflict, "There is currently another in-progress request using this Idempotent Key (that "+
			"probably means you submitted twice, and the other request is still going through): "+c.idempotencyKey+
			". Please try again later.")
		err.code = "idempotency_key_in_use"
		return err
	}
	if saved := acct.saved(c); saved != nil {
		return c.replay(saved)
	}
	s.running[c.lockName] = true
	c.reserved = true
	return nil
}

// saved is what was answered to the call's key, if the account remembers it.
func (a *account) saved(c *call) *savedAnswer {
	if saved := a.Idempotency[c.idempotencyKey]; saved != nil && c.now-saved.Created < keyLifetime {
		return saved
	}
	return nil
}

// replay answers what was answered before, if the request is the same.
func (c *call) replay(saved *savedAnswer) *apiError {
	instead := ". Try using a key other than '" + c.idempotencyKey + "' if you meant to execute a different request."
	if path := c.req.URL.Path; saved.Path != path {
		return keyError(http.StatusBadRequest, "Keys for idempotent requests can only be used for the same endpoint they were "+
			"first used for ('"+path+"' vs '"+saved.Path+"')"+instead)
	}
	if saved.Params != c.digest() {
		return keyError(http.StatusBadRequest, "Keys for idempotent requests can only be used with the same parameters they "+
			"were first used with"+instead)
	}
	c.reply = &reply{status: saved.Status, header: c.header(), body: []byte(saved.Body)}
	c.reply.header.Set("Idempotent-Replayed", "true")
	c.reply.header.Set("Original-Request", saved.RequestID)
	c.reply.header.Set("Stripe-Should-Retry", "false")
	return nil
}

func keyError(status int, message string) *apiError {
	return &apiError{status: status, kind: kindIdempotency, message: message, invalid: true}
}

// remember keeps the answer of a request that was executed. Under the lock, together with the request's effect.
func (c *call) remember() {
	if !c.reserved {
		return
	}
	if c.acct.Idempotency == nil {
		c.acct.Idempotency = map[string]*savedAnswer{}
	}
	c.reply.header.Set("Original-Request", c.requestID) // the first answer has it too
	if len(c.acct.Idempotency)%1024 == 1023 {           // now and then
		maps.DeleteFunc(c.acct.Idempotency, func(_ string, saved *savedAnswer) bool { return c.now-saved.Created >= keyLifetime })
	}
	c.acct.Idempotency[c.idempotencyKey] = &savedAnswer{
		Created:   c.now,
		Path:      c.req.URL.Path,
		Params:    c.digest(),
		RequestID: c.requestID,
		Status:    c.reply.status,
		Body:      string(c.reply.body),
	}
}

// endIdempotent frees the key for others, remembered or not.
func (s *Server) endIdempotent(c *call) {
	if !c.reserved {
		return
	}
	c.reserved = false
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.running, c.lockName)
}

// digest stands for the request's parameters, in whatever order they came.
func (c *call) digest() string {
	flat := url.Values{}
	c.form.flatten(nil, flat)
	sum := sha256.Sum256([]byte(flat.Encode()))
	return hex.EncodeToString(sum[:])
}
