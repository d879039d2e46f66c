package conformance

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stripe/stripe-mock/embedded"
)

// Spec is Stripe's OpenAPI description of its API.
type Spec struct{ doc *openapi3.T }

// LoadSpec reads the spec that is embedded in stripe-mock: 8 MB, about a second. Share it.
func LoadSpec() (*Spec, error) { return ParseSpec(embedded.OpenAPISpec) }

// ParseSpec reads a spec.
func ParseSpec(data []byte) (*Spec, error) {
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return nil, fmt.Errorf("read the spec: %w", err)
	}
	seen := map[*openapi3.Schema]bool{}
	for _, ref := range doc.Components.Schemas {
		closeObjects(ref.Value, seen)
	}
	for _, r := range (&Spec{doc}).routes() {
		closeObjects(response(r.operation, http.StatusOK), seen)
	}
	return &Spec{doc}, nil
}

// Version is the version of the API that the spec describes.
func (s *Spec) Version() string { return s.doc.Info.Version }

// Operations lists the operations whose path template the filter wants, as "GET /v1/sources/{source}", sorted.
func (s *Spec) Operations(want func(path string) bool) []string {
	var list []string
	for path, item := range s.doc.Paths.Map() {
		if want(path) {
			for method := range item.Operations() {
				list = append(list, method+" "+path)
			}
		}
	}
	slices.Sort(list)
	return list
}

// schema finds a schema by name.
func (s *Spec) schema(name string) (*openapi3.Schema, error) {
	ref, ok := s.doc.Components.Schemas[name]
	if !ok {
		return nil, fmt.Errorf("the spec has no schema %q", name)
	}
	return ref.Value, nil
}

// operation finds an operation by its method and path template.
func (s *Spec) operation(name string) (*openapi3.Operation, error) {
	method, path, _ := strings.Cut(name, " ")
	if item := s.doc.Paths.Value(path); item != nil {
		if op := item.GetOperation(method); op != nil {
			return op, nil
		}
	}
	return nil, fmt.Errorf("the spec has no operation %q", name)
}

// parameters are an operation's parameters in the query and the form, as one hash. Those in the path are not among
// them, and neither is expand, which every operation has and callers give by an option.
func parameters(op *openapi3.Operation) *openapi3.Schema {
	all := openapi3.NewObjectSchema()
	all.Properties = openapi3.Schemas{}
	for _, p := range op.Parameters {
		if p.Value.In == openapi3.ParameterInQuery {
			all.Properties[p.Value.Name] = p.Value.Schema
		}
	}
	if op.RequestBody != nil {
		for _, media := range op.RequestBody.Value.Content {
			maps.Copy(all.Properties, media.Schema.Value.Properties)
		}
	}
	delete(all.Properties, "expand")
	return all
}

// alternatives are the schemas that a value may have: those of its anyOf, else the schema itself.
func alternatives(schema *openapi3.Schema) []*openapi3.Schema {
	if len(schema.AnyOf) == 0 {
		return []*openapi3.Schema{schema}
	}
	list := make([]*openapi3.Schema, 0, len(schema.AnyOf))
	for _, ref := range schema.AnyOf {
		list = append(list, alternatives(ref.Value)...)
	}
	return list
}

// expandable tells a field that holds an ID or, when asked for, the object.
func expandable(schema *openapi3.Schema) bool {
	_, ok := schema.Extensions["x-expansionResources"]
	return ok && len(schema.AnyOf) > 0
}

// objectName is what an object of the schema calls itself; empty if it is none.
func objectName(schema *openapi3.Schema) string {
	if ref, ok := schema.Properties["object"]; ok {
		if names := enum(ref.Value); len(names) == 1 {
			return names[0]
		}
	}
	return ""
}

// enum is the values of a schema's enum, without the empty string: that is how a parameter is cleared.
func enum(schema *openapi3.Schema) []string {
	var values []string
	for _, value := range schema.Enum {
		if text, ok := value.(string); ok && text != "" {
			values = append(values, text)
		}
	}
	return values
}
