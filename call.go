package stripecash

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ccb8c2b4/stripecash/internal/shape"
)

// call is one call under way: what it asks for, and how far it got.
type call struct {
	core *core
	settings
	method string
	route  string // the template of the path
	path   string // with IDs
	query  string // of GET and DELETE
	form   []byte // of POST
	object string

	idempotencyKey string
	expand         []string
	extra          url.Values
	header         []headerField // of WithHeader
	response       *Response

	attempts int
	sent     resends // in the first attempt
	last     answer
	wait     time.Duration // before the next attempt, or noRetry, or noBudget
	paid     int64         // from the budget, for the last retry
	maybe    bool          // an attempt may have had its effect, and nothing since has told
}

// The waits after the last attempt are negative.
const (
	noRetry  time.Duration = -1
	noBudget time.Duration = -2 // another attempt would follow, but not enough is left of the budget
)

// prepare refuses everything that can be refused without asking the API.
func (c *Client) prepare(ctx context.Context, r Request, out any, opts []CallOption) (*call, error) {
	switch {
	case c == nil || c.core == nil:
		return nil, errors.New("no client; NewClient makes one")
	case c.err != nil:
		return nil, c.err
	case ctx == nil:
		return nil, errors.New("no context; context.Background() is one")
	}
	if err := shape.Target(out); err != nil {
		return nil, err
	}
	call := &call{core: c.core, settings: c.settings, method: r.Method, route: r.Path, object: r.Object}
	for i, opt := range opts {
		if opt == nil {
			return nil, errorf("option %d of the call is nil; leave it out", i+1)
		}
		if err := opt.applyCall(call); err != nil {
			return nil, err
		}
	}
	// Params come first: where they hold who is meant, they can say better than the path what is missing.
	form, err := call.encode(r)
	if err != nil {
		return nil, err
	}
	path, err := fillPath(r.Path, r.IDs)
	if err != nil {
		return nil, err
	}
	call.path = path
	switch r.Method {
	case http.MethodPost:
		call.form = form
		if call.idempotencyKey == "" {
			call.idempotencyKey = rand.Text()
		}
	case http.MethodGet, http.MethodDelete:
		call.query = string(form)
		call.idempotencyKey = "" // the method is idempotent by itself
	default:
		return nil, errorf("the method is %q; it must be GET, POST or DELETE", clip(r.Method))
	}
	return call, nil
}

// encode is all parameters of the call: the request's own, those of a list, and those of options. Its keys are sorted,
// so that a call with the same parameters has the same body.
func (c *call) encode(r Request) ([]byte, error) {
	if r.Params == nil && r.page == nil && c.extra == nil && c.expand == nil {
		return nil, nil // as most GETs
	}
	values, err := c.core.encodeValid(r.Params)
	if err != nil {
		return nil, err
	}
	if r.page != nil {
		if err := r.page.Validate(); err != nil {
			return nil, err
		}
		r.page.write(values)
	}
	for name, list := range c.extra {
		if r.page != nil && (name == "limit" || name == "starting_after" || name == "ending_before") {
			return nil, errorf("WithParam sets %q; ListParams has it", name)
		}
		if other, ok := overlap(values, name); ok {
			return nil, errorf("WithParam sets %q, and %q is set too; drop one of the two", clip(name), clip(other))
		}
		values[name] = list
	}
	if len(c.expand) > 0 {
		values["expand[]"] = append(values["expand[]"], c.expand...)
	}
	return urlEncode(values), nil
}

// overlap finds a parameter of that name, or one of its parts, or one that it is a part of.
func overlap(values url.Values, name string) (other string, ok bool) {
	for other := range values {
		if other == name || strings.HasPrefix(name, other+"[") || strings.HasPrefix(other, name+"[") {
			return other, true
		}
	}
	return "", false
}

// encodeValid asks params for their own rules, then whether they have a form.
func (c *core) encodeValid(params any) (url.Values, error) {
	if err := shape.Rules(params); err != nil {
		return nil, err
	}
	if params == nil {
		return make(url.Values), nil
	}
	if err := c.checked(params); err != nil {
		return nil, err
	}
	return encode(params)
}

// pause is a call that ended between attempts: why, and what the last of them had come to. The retry that it had paid for
// was not made.
func (c *call) pause(err, last error) error {
	c.core.budget.give(c.paid)
	if last != nil {
		err = &pauseError{both: []error{err, last}, said: head(c.method, c.path)}
	}
	return c.failure(err, answer{})
}

// useless is a call that ended well, with an answer that turns out to be of no use.
func (c *call) useless(err error) *CallError { return c.failure(err, c.last) }

// failure is a call that ends without an answer, or with one that is of no use.
func (c *call) failure(err error, a answer) *CallError {
	return &CallError{
		Method: c.method, Path: c.path, Attempts: c.attempts, Err: err, IdempotencyKey: c.idempotencyKey,
		Status: a.status, RequestID: a.header.Get("Request-Id"),
		OutcomeUnknown: c.maybe && c.method != http.MethodGet,
	}
}
