package conformance

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// paramValue compares the type of a value with the spec, as far as the wire shows it.
func (a *Audit) paramValue(name string, f *Filler, schema *openapi3.Schema, value string) {
	switch {
	case schema.Type.Is(openapi3.TypeInteger):
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			a.find(name, "%q in Go; an integer in the spec", value)
		} else if (schema.Format == "unix-time") != (n == plainTime) {
			a.find(name, "%d in Go; the format is %q in the spec", n, schema.Format)
		}
	case schema.Type.Is(openapi3.TypeNumber):
		if _, err := strconv.ParseFloat(value, 64); err != nil {
			a.find(name, "%q in Go; a number in the spec", value)
		}
	case schema.Type.Is(openapi3.TypeBoolean):
		if value != "true" && value != "false" {
			a.find(name, "%q in Go; a boolean in the spec", value)
		}
	default:
		a.paramText(name, f, schema, value)
	}
}

func (a *Audit) paramText(name string, f *Filler, schema *openapi3.Schema, value string) {
	if t, ok := f.types[value]; ok {
		a.word(name, schema, t)
		return
	}
	if slices.Contains(enum(schema), value) {
		return // the caller has no choice: the method makes it
	}
	a.word(name, schema, reflect.TypeFor[string]())
}
