package stripetest

import (
	"bytes"
	"encoding/json"
	"slices"
)

// object is a JSON object under construction. Values are strings, numbers, booleans, nil, objects, slices, expandables and
// raw JSON.
type object map[string]any

// list is a JSON array of objects.
type list []object

// expandable is a field that is an ID until expand[] asks for the object. An empty ID is null.
type expandable struct {
	id     string
	hidden bool          // left out, not an ID, until it is asked for
	load   func() object // nil, or answering nil: there is nothing behind the ID, which then stays
}

// render writes a value the way Stripe prints it: two spaces of indentation, id and object first, the rest by name.
func render(v any) []byte {
	var b bytes.Buffer
	renderTo(&b, v, "\n")
	return b.Bytes()
}

func renderTo(b *bytes.Buffer, v any, indent string) {
	switch v := v.(type) {
	case object:
		renderObject(b, v, indent)
	case list:
		renderArray(b, v, indent)
	case []any:
		renderArray(b, v, indent)
	case []string:
		renderArray(b, v, indent)
	case expandable:
		renderTo(b, nullable(v.id), indent)
	case json.RawMessage: // of an event
		_ = json.Indent(b, v, indent[1:], "  ")
	default:
		text, err := json.Marshal(v)
		if err != nil {
			panic("stripetest: cannot render: " + err.Error()) // a bug: no request can cause it
		}
		b.Write(text)
	}
}

func renderObject(b *bytes.Buffer, v object, indent string) {
	if v == nil {
		b.WriteString("null")
		return
	}
	b.WriteByte('{')
	deeper, first := indent+"  ", true
	for _, key := range sortedKeys(v) {
		if e, ok := v[key].(expandable); ok && e.hidden {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.WriteString(deeper)
		renderTo(b, key, deeper)
		b.WriteString(": ")
		renderTo(b, v[key], deeper)
	}
	if !first {
		b.WriteString(indent)
	}
	b.WriteByte('}')
}

func renderArray[T any](b *bytes.Buffer, v []T, indent string) {
	b.WriteByte('[')
	for i, item := range v {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(indent + "  ")
		renderTo(b, item, indent+"  ")
	}
	if len(v) > 0 {
		b.WriteString(indent)
	}
	b.WriteByte(']')
}

func sortedKeys(v object) []string {
	keys := make([]string, 0, len(v))
	for _, first := range [...]string{"id", "object"} {
		if _, ok := v[first]; ok {
			keys = append(keys, first)
		}
	}
	head := len(keys)
	for key := range v {
		if key != "id" && key != "object" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys[head:])
	return keys
}

func toObject[V any](m map[string]V) object {
	if m == nil {
		return nil
	}
	o := make(object, len(m))
	for key, value := range m {
		o[key] = value
	}
	return o
}

// nullable renders an empty string as null.
func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}
