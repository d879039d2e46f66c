package conformance

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ccb8c2b4/stripecash"
)

// Struct compares a schema of the spec with the Go type that an answer of that schema is decoded into.
func (a *Audit) Struct(schema string, t reflect.Type) {
	s, err := a.spec.schema(schema)
	if err != nil {
		a.find(schema, "%v", err)
		return
	}
	a.value(schema, s, t)
}

// Union compares a schema that is one of several objects with the Go types that there are for them, by object name.
func (a *Audit) Union(schema string, types map[string]reflect.Type) {
	s, err := a.spec.schema(schema)
	if err != nil {
		a.find(schema, "%v", err)
		return
	}
	seen := map[string]bool{}
	for _, option := range alternatives(s) {
		object := objectName(option)
		switch t, ok := types[object]; {
		case !ok:
			a.find(schema+" "+object, missing)
		case !a.compared[object]:
			a.compared[object] = true
			a.value(object, option, t)
		}
		seen[object] = true
	}
	for object := range types {
		if !seen[object] {
			a.find(schema+" "+object, invented)
		}
	}
}

// value compares the schema of one value with its Go type.
func (a *Audit) value(name string, schema *openapi3.Schema, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if expandable(schema) {
		a.expandable(name, schema, t)
		return
	}
	options := alternatives(schema)
	if len(options) > 1 {
		a.find(name, "one of %d schemas; compare each with a type of its own", len(options))
		return
	}
	schema = options[0]
	switch {
	case schema.Type.Is(openapi3.TypeObject) && schema.AdditionalProperties.Schema != nil:
		if a.kind(name, t, reflect.Map) {
			a.value(name+"[]", schema.AdditionalProperties.Schema.Value, t.Elem())
		}
	case schema.Type.Is(openapi3.TypeObject):
		if a.kind(name, t, reflect.Struct) {
			a.fields(name, schema, t)
		}
	case schema.Type.Is(openapi3.TypeArray):
		if a.kind(name, t, reflect.Slice) {
			a.value(name+"[]", schema.Items.Value, t.Elem())
		}
	case schema.Type.Is(openapi3.TypeString):
		a.text(name, schema, t)
	case schema.Type.Is(openapi3.TypeInteger):
		if a.kind(name, t, reflect.Int64, reflect.Int) && (schema.Format == "unix-time") != (t == reflect.TypeFor[stripecash.Timestamp]()) {
			a.find(name, "the format is %q in the spec; the type is %s in Go", schema.Format, t)
		}
	case schema.Type.Is(openapi3.TypeNumber):
		a.kind(name, t, reflect.Float64)
	case schema.Type.Is(openapi3.TypeBoolean):
		a.kind(name, t, reflect.Bool)
	default:
		a.find(name, "this comparison does not know the type %v", schema.Type.Slice())
	}
}

// kind says whether a Go type can hold what the spec describes.
func (a *Audit) kind(name string, t reflect.Type, want ...reflect.Kind) bool {
	for _, kind := range want {
		if t.Kind() == kind {
			return true
		}
	}
	a.find(name, "%s in Go; the spec needs %s", t, want[0])
	return false
}

// fields compares a hash with a struct.
func (a *Audit) fields(name string, schema *openapi3.Schema, t reflect.Type) {
	fields := jsonFields(t)
	for property, ref := range schema.Properties {
		a.Properties.Spec++
		field, ok := fields[property]
		if !ok {
			a.find(name+"."+property, missing)
			continue
		}
		a.Properties.Go++
		a.value(name+"."+property, ref.Value, field.Type)
	}
	for property := range fields {
		if _, ok := schema.Properties[property]; !ok {
			a.find(name+"."+property, invented)
		}
	}
}

// jsonFields are the fields of a struct by the names that encoding/json gives them.
func jsonFields(t reflect.Type) map[string]reflect.StructField {
	fields := map[string]reflect.StructField{}
	for _, field := range reflect.VisibleFields(t) {
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case tag == "-", !field.IsExported(), field.Anonymous && tag == "":
		case tag == "":
			fields[field.Name] = field // never what the API calls it, so it is found
		default:
			fields[tag] = field
		}
	}
	return fields
}

// expandable wants a type that takes an ID and an object, and in an Expandable the object that the spec names.
func (a *Audit) expandable(name string, schema *openapi3.Schema, t reflect.Type) {
	if t == reflect.TypeFor[stripecash.Ref]() {
		return
	}
	object, ok := reflect.StructField{}, false
	if t.Kind() == reflect.Struct && t.Implements(reflect.TypeFor[json.Marshaler]()) {
		object, ok = t.FieldByName("Object")
	}
	if !ok {
		a.find(name, "%s in Go; the spec has an ID or an object", t)
		return
	}
	named, ok := reflect.TypeAssert[interface{ ObjectName() string }](reflect.Zero(object.Type))
	if !ok {
		a.find(name, "%s has no ObjectName", object.Type)
		return
	}
	for _, option := range alternatives(schema) {
		if objectName(option) == named.ObjectName() {
			return
		}
	}
	a.find(name, "holds a %s in Go, which the spec does not name", named.ObjectName())
}

// text compares a string. One with an enum wants a type of its own; one that is an object's name does not.
func (a *Audit) text(name string, schema *openapi3.Schema, t reflect.Type) {
	if !a.kind(name, t, reflect.String) {
		return
	}
	if strings.HasSuffix(name, ".object") && len(schema.Enum) == 1 {
		return
	}
	a.word(name, schema, t)
}
