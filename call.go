package stripecash

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"
)

// call is one call under way: what it asks for, and how far it got.
type call struct {
	core *core
	settings
	method string
	route  string // the template of the path
	path   string // with IDs
	query  string // of GET and DELETE
	form   string // of POST
	object string

	idempotencyKey string
	expand         []string
	extra          url.Values
	header         http.Header
	response       *Response

	attempts int
	sent     resends
	last     answer
	wait     time.Duration // before the next attempt, or noRetry
	paid     int64         // from the budget, for the last retry
	maybe    bool          // an attempt may have had its effect, and nothing since has told
}

// noRetry is the wait after the last attempt.
const noRetry time.Duration = -1

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
	if err := fillable(out); err != nil {
		return nil, err
	}
	call := &call{core: c.core, settings: c.settings, method: r.Method, route: r.Path, object: r.Object}
	for i, opt := range opts {
		if opt == nil {
			return nil, fmt.Errorf("option %d of the call is nil; leave it out", i+1)
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
		call.query = form
		call.idempotencyKey = "" // the method is idempotent by itself
	default:
		return nil, fmt.Errorf("the method is %q; it must be GET, POST or DELETE", clip(r.Method))
	}
	return call, nil
}

// fillable refuses what an answer can't be decoded into, which would come out only when the work is done.
func fillable(out any) error {
	if v := reflect.ValueOf(out); out != nil && (v.Kind() != reflect.Pointer || v.IsNil()) {
		return fmt.Errorf("the answer can't be decoded into %T; give a pointer to a value, or nil to ignore it", out)
	}
	return nil
}

// encode is all parameters of the call: the request's own, those of a list, and those of options. Its keys are sorted,
// so that a call with the same parameters has the same body.
func (c *call) encode(r Request) (string, error) {
	if r.Params == nil && r.page == nil && c.extra == nil && c.expand == nil {
		return "", nil // as most GETs
	}
	values, err := encodeValid(r.Params)
	if err != nil {
		return "", err
	}
	if r.page != nil {
		page, err := encodeValid(r.page)
		if err != nil {
			return "", err
		}
		maps.Copy(values, page)
	}
	for name, list := range c.extra {
		if overlaps(values, name) {
			return "", fmt.Errorf("WithParam sets %q, which the call's own parameters set too; drop one of the two", clip(name))
		}
		values[name] = list
	}
	if len(c.expand) > 0 {
		values["expand[]"] = append(values["expand[]"], c.expand...)
	}
	return urlEncode(values), nil
}

// overlaps says whether a parameter of that name is there already, or one of its parts, or one that it is a part of.
func overlaps(values url.Values, name string) bool {
	if values.Has(name) {
		return true
	}
	for other := range values {
		if strings.HasPrefix(name, other+"[") || strings.HasPrefix(other, name+"[") {
			return true
		}
	}
	return false
}

func encodeValid(params any) (url.Values, error) {
	if v, ok := params.(Validator); ok {
		if err := v.Validate(); err != nil {
			return nil, err
		}
	}
	values, err := Encode(params)
	if values == nil {
		values = make(url.Values)
	}
	return values, err
}

// because says why a call ended between attempts, and what the last of them had come to.
func (c *call) because(err, last error) error {
	if last == nil {
		return err
	}
	return &pauseError{err: err, last: last, said: head(c.method, c.path)}
}

// failure is a call that ends without an answer.
func (c *call) failure(err error) *CallError {
	return &CallError{
		Method: c.method, Path: c.path, Attempts: c.attempts, Err: err, IdempotencyKey: c.idempotencyKey,
		OutcomeUnknown: c.maybe && c.method != http.MethodGet,
	}
}
