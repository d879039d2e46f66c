package conformance

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Violations are where a JSON object breaks the schema of that name, as "items.0.amount: value must be an integer".
func (s *Spec) Violations(schema string, body []byte) []string {
	wanted, err := s.schema(schema)
	if err != nil {
		return []string{err.Error()}
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return []string{"not JSON: " + err.Error()}
	}
	return violations(wanted, value)
}

// Missing are the properties of the schema of that name, those of its hashes too, that nothing of what was seen has.
func (s *Spec) Missing(schema string, seen Seen) ([]string, error) {
	wanted, err := s.schema(schema)
	if err != nil {
		return nil, err
	}
	missing := seen.missing(schema, wanted)
	slices.Sort(missing)
	return slices.Compact(missing), nil
}

// Seen are properties that were met in JSON, as "cash_balance.settings.reconciliation_mode": the name that the object gives
// itself, and the way from there.
type Seen map[string]bool

// missing looks for the properties of a hash, and of the hashes in those that were met. Objects with a name are looked for
// by that name.
func (s Seen) missing(name string, hash *openapi3.Schema) []string {
	var missing []string
	for property, ref := range hash.Properties {
		path := name + "." + property
		if !s[path] {
			missing = append(missing, path)
			continue
		}
		for _, one := range alternatives(ref.Value) {
			if one.Items != nil {
				one = one.Items.Value
			}
			if objectName(one) == "" {
				missing = append(missing, s.missing(path, one)...)
			}
		}
	}
	return missing
}

// Add notes the objects in a JSON value, however deep.
func (s Seen) Add(body []byte) error {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return err
	}
	s.add("", value)
	return nil
}

// add notes what is in a value that was met at a path.
func (s Seen) add(path string, value any) {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			s.add(path, element)
		}
	case map[string]any:
		if name, ok := value["object"].(string); ok {
			path = name
		}
		for property, inner := range value {
			s[path+"."+property] = true
			s.add(path+"."+property, inner)
		}
	}
}

// violations are where a value breaks its schema, as "data.0.last4: value must be a string".
func violations(schema *openapi3.Schema, value any, at ...string) []string {
	err := schema.VisitJSON(value, openapi3.MultiErrors())
	if err == nil {
		return nil
	}
	var list []string
	for _, err := range flatten(err) {
		broken, ok := errors.AsType[*openapi3.SchemaError](err)
		if !ok {
			list = append(list, err.Error())
			continue
		}
		path := slices.Concat(at, broken.JSONPointer())
		if broken.SchemaField == "anyOf" {
			if option := pick(broken.Schema, broken.Value); option != nil {
				if below := violations(option, broken.Value, path...); len(below) > 0 {
					list = append(list, below...)
					continue
				}
			}
		}
		list = append(list, strings.TrimPrefix(strings.Join(path, ".")+": "+broken.Reason, ": "))
	}
	return list
}

func flatten(err error) []error {
	var list []error
	if several, ok := errors.AsType[openapi3.MultiError](err); ok {
		for _, err := range several {
			list = append(list, flatten(err)...)
		}
		return list
	}
	return []error{err}
}

// pick finds the alternative that a value was meant to be, since "none of them" says nothing about what is wrong: the
// one of the value's kind, and among objects the one that has its name.
func pick(schema *openapi3.Schema, value any) *openapi3.Schema {
	object, ok := value.(map[string]any)
	if !ok {
		return nil
	}
	_, deleted := object["deleted"]
	for _, option := range alternatives(schema) {
		if _, marks := option.Properties["deleted"]; marks == deleted && objectName(option) == object["object"] {
			return option
		}
	}
	return nil
}

// closeObjects makes a property that a schema does not have a violation. In the spec, additional properties are
// allowed by not being mentioned; in an answer they would be a name that is wrong.
func closeObjects(schema *openapi3.Schema, seen map[*openapi3.Schema]bool) {
	if schema == nil || seen[schema] {
		return
	}
	seen[schema] = true
	if len(schema.Properties) > 0 && schema.AdditionalProperties.Schema == nil {
		schema.AdditionalProperties.Has = new(false)
	}
	refs := slices.Concat(schema.AnyOf, openapi3.SchemaRefs{schema.Items, schema.AdditionalProperties.Schema})
	for _, property := range schema.Properties {
		refs = append(refs, property)
	}
	for _, ref := range refs {
		if ref != nil {
			closeObjects(ref.Value, seen)
		}
	}
}
