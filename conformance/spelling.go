package conformance

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Spelling is a parameter as a form has it, and a value that fits its type: owner[address][city]=x.
type Spelling struct {
	Name, Value string
	Required    bool // without it the request is refused, whatever else is in it
}

// Spellings are all parameters of an operation, those in hashes and arrays too, sorted by name. An enum has one for each of
// its values.
func (s *Spec) Spellings(operation string) ([]Spelling, error) {
	op, err := s.operation(operation)
	if err != nil {
		return nil, err
	}
	var list []Spelling
	params := parameters(op)
	required := params.Required
	if op.RequestBody != nil {
		for _, media := range op.RequestBody.Value.Content {
			required = append(required, media.Schema.Value.Required...)
		}
	}
	for name, ref := range params.Properties {
		list = append(list, spell(name, ref.Value, slices.Contains(required, name))...)
	}
	slices.SortFunc(list, func(a, b Spelling) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value))
	})
	return list, nil
}

func spell(name string, schema *openapi3.Schema, required bool) []Spelling {
	var list []Spelling
	for _, one := range alternatives(schema) {
		switch {
		case one.Type.Is(openapi3.TypeObject):
			if len(one.Properties) == 0 { // a map, or a hash that nothing can be in
				list = append(list, Spelling{name + "[key]", "x", required})
			}
			for inner, ref := range one.Properties {
				list = append(list, spell(name+"["+inner+"]", ref.Value, required && slices.Contains(one.Required, inner))...)
			}
		case one.Type.Is(openapi3.TypeArray):
			list = append(list, spell(name+"[0]", one.Items.Value, required)...)
		case one.Type.Is(openapi3.TypeBoolean):
			list = append(list, Spelling{name, "true", required})
		case one.Type.Is(openapi3.TypeInteger), one.Type.Is(openapi3.TypeNumber):
			list = append(list, Spelling{name, "5", required})
		case len(one.Enum) == 0:
			list = append(list, Spelling{name, "x", required})
		default:
			for _, value := range enum(one) {
				list = append(list, Spelling{name, value, required})
			}
		}
	}
	return list
}

// Expandable are the fields of an operation's answer that expand[] may name, as it names them: "data.customer" in a list.
func (s *Spec) Expandable(operation string) ([]string, error) {
	op, err := s.operation(operation)
	if err != nil {
		return nil, err
	}
	var fields []string
	prefix := ""
	answer := response(op, http.StatusOK)
	if data := answer.Properties["data"]; data != nil && objectName(answer) == "list" {
		prefix, answer = "data.", data.Value.Items.Value
	}
	for _, one := range alternatives(answer) {
		names, _ := one.Extensions["x-expandableFields"].([]any)
		for _, name := range names {
			text, _ := name.(string)
			fields = append(fields, prefix+text)
		}
	}
	slices.Sort(fields)
	return slices.Compact(fields), nil
}
