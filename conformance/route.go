package conformance

import (
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// route is one operation of the spec and the paths that it answers.
type route struct {
	method, template string
	pattern          *regexp.Regexp
	operation        *openapi3.Operation
}

// routes lists the operations so that the first one that fits a path is the right one: those with more words of their
// own first, since /v1/customers/search is no customer.
func (s *Spec) routes() []route {
	var list []route
	for template, item := range s.doc.Paths.Map() {
		for method, operation := range item.Operations() {
			list = append(list, route{method, template, pathPattern(template), operation})
		}
	}
	slices.SortFunc(list, func(a, b route) int {
		if d := strings.Count(a.template, "{") - strings.Count(b.template, "{"); d != 0 {
			return d
		}
		return strings.Compare(a.template, b.template)
	})
	return list
}

// pathPattern matches the paths of a template.
func pathPattern(template string) *regexp.Regexp {
	braces := regexp.MustCompile(`\\\{[^/]*\\\}`)
	return regexp.MustCompile("^" + braces.ReplaceAllString(regexp.QuoteMeta(template), `[^/]+`) + "$")
}

// response is the schema of an operation's answer with a status, else of its errors.
func response(op *openapi3.Operation, status int) *openapi3.Schema {
	ref := op.Responses.Status(status)
	if ref == nil {
		ref = op.Responses.Default()
	}
	if ref == nil || ref.Value.Content.Get("application/json") == nil {
		return nil
	}
	return ref.Value.Content.Get("application/json").Schema.Value
}
