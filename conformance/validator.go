package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// Validator is a transport that holds each answer of another one against the spec's schema for the endpoint and the
// status. A property that the schema does not have, or that it requires and is not there, is wrong too.
type Validator struct {
	next   http.RoundTripper
	report func(violation string)
	routes []route
	others map[string]Unspecified
	seen   map[string]bool
	mu     sync.Mutex
}

// Unspecified is what is known of an operation that the spec does not have.
type Unspecified struct {
	Same string // an operation whose answers are the same
	More string // but for a property of this name
}

// NewValidator makes a validator of what next answers. It tells violations to report, by endpoint and property. Others
// are operations that the spec does not have, by name.
func NewValidator(spec *Spec, next http.RoundTripper, others map[string]Unspecified, report func(violation string)) *Validator {
	return &Validator{next: next, report: report, routes: spec.routes(), others: others, seen: map[string]bool{}}
}

// Answered lists the operations, as "GET /v1/sources/{source}", that have given a valid 2xx.
func (v *Validator) Answered() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Sorted(maps.Keys(v.seen))
}

// RoundTrip implements [http.RoundTripper].
func (v *Validator) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := v.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if err := resp.Body.Close(); err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	operation, found := v.check(req, resp.StatusCode, body)
	for _, violation := range found {
		v.report(fmt.Sprintf("%s %d: %s", operation, resp.StatusCode, violation))
	}
	if len(found) == 0 && resp.StatusCode < http.StatusMultipleChoices {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.seen[operation] = true
	}
	return resp, nil
}

// check names the operation of a request and what is wrong with its answer.
func (v *Validator) check(req *http.Request, status int, body []byte) (operation string, found []string) {
	operation, op := v.find(req)
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return operation, []string{"not JSON: " + err.Error()}
	}
	if op == nil {
		if status < http.StatusMultipleChoices {
			return operation, []string{"answered, but not in the spec"}
		}
		op = v.routes[0].operation // all operations have the same errors
	}
	schema := response(op, status)
	if schema == nil {
		return operation, []string{"the spec has no such status"}
	}
	found = violations(schema, value)
	if more := v.others[operation].More; more != "" {
		found = slices.DeleteFunc(found, func(violation string) bool {
			return strings.HasSuffix(violation, fmt.Sprintf("property %q is unsupported", more))
		})
	}
	return operation, found
}

func (v *Validator) find(req *http.Request) (string, *openapi3.Operation) {
	for name, other := range v.others {
		if method, template, _ := strings.Cut(name, " "); method == req.Method && pathPattern(template).MatchString(req.URL.Path) {
			method, template, _ := strings.Cut(other.Same, " ")
			for _, r := range v.routes {
				if r.method == method && r.template == template {
					return name, r.operation
				}
			}
		}
	}
	for _, r := range v.routes {
		if r.method == req.Method && r.pattern.MatchString(req.URL.Path) {
			return r.method + " " + r.template, r.operation
		}
	}
	return req.Method + " " + req.URL.Path, nil
}
