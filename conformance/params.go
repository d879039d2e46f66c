package conformance

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Call compares what calls of one operation sent, together, with the operation's parameters. The calls must have been
// made with params of a marked filler. Spell gives the name that the spec has for a key of a request, where that is
// another one than the API reads; nil leaves all of them as they are.
func (a *Audit) Call(operation string, f *Filler, sent []Sent, spell func(key string, form url.Values) string) {
	op, err := a.spec.operation(operation)
	if err != nil {
		a.find(operation, "%v", err)
		return
	}
	if len(sent) == 0 {
		a.find(operation, "nothing was sent")
	}
	tree, seen := parameters(op), map[string]bool{}
	for _, s := range sent {
		if !matches(operation, s) {
			a.find(operation, "the call went to %s %s", s.Method, s.Path)
		}
		for key, values := range s.Values {
			if key == "expand[]" {
				continue
			}
			if spell != nil {
				key = spell(key, s.Values)
			}
			a.param(operation, f, tree, key, values, seen)
		}
	}
	for name := range leaves(tree, "") {
		a.Parameters.Spec++
		if seen[name] {
			a.Parameters.Go++
		} else {
			a.find(operation+" "+name, missing)
		}
	}
}

// matches says whether a request fits the operation's template.
func matches(operation string, s Sent) bool {
	method, path, _ := strings.Cut(operation, " ")
	return s.Method == method && pathPattern(path).MatchString(s.Path)
}

// param finds one key of a request in the tree of parameters and compares its values with what stands there.
func (a *Audit) param(operation string, f *Filler, tree *openapi3.Schema, key string, values []string, seen map[string]bool) {
	head, rest, _ := strings.Cut(key, "[")
	segments := []string{head}
	if rest != "" {
		segments = append(segments, strings.Split(strings.TrimSuffix(rest, "]"), "][")...)
	}
	schemas, name := []*openapi3.Schema{tree}, ""
	for _, segment := range segments {
		schemas, name = step(schemas, segment, name)
	}
	if len(schemas) == 0 {
		a.find(operation+" "+key, invented)
		return
	}
	seen[name] = true
	for _, schema := range schemas {
		if scalar(schema) && (len(schemas) == 1 || !clears(schema)) {
			for _, value := range values {
				a.paramValue(operation+" "+name, f, schema, value)
			}
			return
		}
	}
	a.find(operation+" "+name, "a value in Go; a hash or an array in the spec")
}

// step goes one segment of a key down, in all the shapes that the parameter may have.
func step(schemas []*openapi3.Schema, segment, name string) (next []*openapi3.Schema, below string) {
	below = name + "[" + segment + "]"
	if name == "" {
		below = segment
	}
	for _, schema := range schemas {
		ref, ok := schema.Properties[segment]
		_, err := strconv.Atoi(segment)
		switch isArray := schema.Type.Is(openapi3.TypeArray); {
		case ok:
		case isArray && (segment == "" || err == nil):
			ref, below = schema.Items, name+"[]"
		case schema.AdditionalProperties.Schema != nil:
			ref, below = schema.AdditionalProperties.Schema, name+"[*]"
		default:
			continue
		}
		next = append(next, alternatives(ref.Value)...)
	}
	return next, below
}

func scalar(schema *openapi3.Schema) bool {
	return !schema.Type.Is(openapi3.TypeObject) && !schema.Type.Is(openapi3.TypeArray)
}

// leaves are the names of all parameters in a tree that hold a value.
func leaves(schema *openapi3.Schema, name string) map[string]bool {
	found := map[string]bool{}
	var walk func(schema *openapi3.Schema, name string)
	walk = func(schema *openapi3.Schema, name string) {
		options := alternatives(schema)
		for _, s := range options {
			switch {
			case scalar(s):
				if len(options) == 1 || !clears(s) {
					found[name] = true
				}
			case s.Type.Is(openapi3.TypeArray):
				walk(s.Items.Value, name+"[]")
			case s.AdditionalProperties.Schema != nil:
				walk(s.AdditionalProperties.Schema.Value, name+"[*]")
			default:
				for property, ref := range s.Properties {
					below := name + "[" + property + "]"
					if name == "" {
						below = property
					}
					walk(ref.Value, below)
				}
			}
		}
	}
	walk(schema, name)
	return found
}

// clears tells the alternative that is there to empty a hash.
func clears(schema *openapi3.Schema) bool { return len(schema.Enum) == 1 && schema.Enum[0] == "" }
