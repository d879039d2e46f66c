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
	Required    bool // of whoever gives the hash that it is in
	Always      bool // those hashes, if any, are required too
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
		is := slices.Contains(required, name)
		list = append(list, spell(Spelling{Name: name, Required: is, Always: is}, ref.Value)...)
	}
	slices.SortFunc(list, func(a, b Spelling) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value))
	})
	return list, nil
}

// spell gives a parameter its values, or names what is in it.
func spell(s Spelling, schema *openapi3.Schema) []Spelling {
	var list []Spelling
	with := func(value string) { list = append(list, Spelling{s.Name, value, s.Required, s.Always}) }
	for _, one := range alternatives(schema) {
		switch {
		case one.Type.Is(openapi3.TypeObject) && len(one.Properties) > 0:
			for name, ref := range one.Properties {
				is := slices.Contains(one.Required, name)
				inner := Spelling{Name: s.Name + "[" + name + "]", Required: is, Always: is && s.Always}
				list = append(list, spell(inner, ref.Value)...)
			}
		case one.Type.Is(openapi3.TypeObject): // a map, or a hash that nothing can be in
			list = append(list, Spelling{Name: s.Name + "[key]", Value: "x"})
		case one.Type.Is(openapi3.TypeArray):
			item := s
			item.Name += "[0]"
			list = append(list, spell(item, one.Items.Value)...)
		case one.Type.Is(openapi3.TypeBoolean):
			with("true")
		case one.Type.Is(openapi3.TypeInteger), one.Type.Is(openapi3.TypeNumber):
			with("5")
		case len(one.Enum) == 0:
			with("x")
		default:
			for _, value := range enum(one) {
				with(value)
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
