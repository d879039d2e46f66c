package stripego_test

import (
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-mock/embedded"
)

// schema is as much of a schema in Stripe's OpenAPI spec as it takes to write an object.
type schema struct {
	Ref                  string            `json:"$ref"`
	Type                 string            `json:"type"`
	Enum                 []any             `json:"enum"` // of booleans, too
	Nullable             bool              `json:"nullable"`
	Properties           map[string]schema `json:"properties"`
	Items                *schema           `json:"items"`
	AnyOf                []schema          `json:"anyOf"`
	AdditionalProperties json.RawMessage   `json:"additionalProperties"`
	Expansion            struct {
		OneOf []schema `json:"oneOf"`
	} `json:"x-expansionResources"`
}

// loadSchemas reads the spec once for all tests.
var loadSchemas = sync.OnceValues(func() (map[string]schema, error) { //nolint:gochecknoglobals // 8 MB
	var spec struct {
		Components struct {
			Schemas map[string]schema `json:"schemas"`
		} `json:"components"`
	}
	err := json.Unmarshal(embedded.OpenAPISpec, &spec)
	return spec.Components.Schemas, err
})

// writer writes objects that have all properties of their schema, each with a value of its own.
type writer struct {
	schemas  map[string]schema
	expanded bool // objects, where they can be asked for in place of IDs
	null     bool // null, where it can be
	count    int
}

func newWriter(t *testing.T) *writer {
	t.Helper()
	schemas, err := loadSchemas()
	require.NoError(t, err)
	return &writer{schemas: schemas}
}

func (w *writer) object(name string) map[string]any {
	s, ok := w.schemas[name]
	if !ok {
		panic("the spec has no schema " + name)
	}
	return w.properties(s)
}

func (w *writer) properties(s schema) map[string]any {
	object := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		object[name] = w.value(name, s.Properties[name])
	}
	return object
}

func (w *writer) value(name string, s schema) any {
	w.count++
	switch {
	case w.null && s.Nullable:
		return nil
	case len(s.Expansion.OneOf) > 0:
		return w.expandable(name, s.Expansion.OneOf[0])
	case s.Ref != "":
		return w.object(path.Base(s.Ref))
	case len(s.AnyOf) > 0:
		return w.value(name, s.AnyOf[0])
	case s.Type == "object" && len(s.Properties) == 0:
		var values schema
		if err := json.Unmarshal(s.AdditionalProperties, &values); err != nil {
			panic(name + ": " + err.Error())
		}
		return map[string]any{"eur": w.value("eur", values), "usd": w.value("usd", values)}
	case s.Type == "object":
		return w.properties(s)
	case s.Type == "array":
		return []any{w.value(name, *s.Items), w.value(name, *s.Items)}
	case s.Type == "integer":
		return w.count
	case s.Type == "boolean":
		return true
	case len(s.Enum) > 0:
		return s.Enum[0]
	default:
		return name + " " + strconv.Itoa(w.count)
	}
}

// expandable is an ID, or an object: one of this module whole, but for what could be expanded in turn, of any other
// what its ID is and what it calls itself.
func (w *writer) expandable(name string, s schema) any {
	if !w.expanded {
		return name + "_" + strconv.Itoa(w.count)
	}
	object := path.Base(s.Ref)
	if foreignName(object) {
		return map[string]any{"id": name + "_" + strconv.Itoa(w.count), "object": object, "livemode": true}
	}
	w.expanded = false
	defer func() { w.expanded = true }()
	return w.object(object)
}

// kinds are the values that a schema's type can have, of those that it has a hash for.
func (w *writer) kinds(name string) []string {
	return slices.DeleteFunc(w.types(name), func(kind string) bool {
		_, hash := w.schemas[name].Properties[kind]
		return !hash
	})
}

// types are all the values that a schema's type can have.
func (w *writer) types(name string) []string {
	var types []string
	for _, value := range w.schemas[name].Properties["type"].Enum {
		types = append(types, value.(string))
	}
	return types
}

// only makes an object that has every kind's hash one of a kind.
func only(object map[string]any, kind string, kinds []string) map[string]any {
	object = maps.Clone(object)
	object["type"] = kind
	maps.DeleteFunc(object, func(name string, _ any) bool {
		return name != kind && slices.Contains(kinds, name)
	})
	return object
}
