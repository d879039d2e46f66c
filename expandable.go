package stripecash

import (
	"encoding/json"
	"errors"
	"log/slog"
)

// Expandable is a field that holds an ID or, when the call asked for it with [WithExpand], the object itself. The
// zero value is what the API writes as null.
type Expandable[T any] struct {
	ID     string
	Object *T // nil unless expanded
}

// UnmarshalJSON takes a string, an object, whose ID it keeps, or null.
func (e *Expandable[T]) UnmarshalJSON(data []byte) error {
	id, object, err := idOrObject(data)
	if err != nil || !object {
		*e = Expandable[T]{ID: id}
		return err
	}
	if deep(data) {
		return errorf("an expanded object is nested more than %d levels deep", maxDepth)
	}
	value := new(T)
	if err := json.Unmarshal(data, value); err != nil {
		return err
	}
	*e = Expandable[T]{ID: id, Object: value}
	return nil
}

// String is the ID. What came with it can be long, and hold a client secret.
func (e Expandable[T]) String() string { return e.ID }

// LogValue implements [slog.LogValuer]: the ID.
func (e Expandable[T]) LogValue() slog.Value { return slog.StringValue(e.ID) }

// MarshalJSON writes the object, else the ID, else null.
func (e Expandable[T]) MarshalJSON() ([]byte, error) {
	switch {
	case e.Object != nil:
		return json.Marshal(e.Object)
	case e.ID != "":
		return json.Marshal(e.ID)
	default:
		return []byte("null"), nil
	}
}

// Ref is an [Expandable] whose object this module does not model: a customer, a payment intent. The object is kept
// as it came.
type Ref struct {
	ID  string
	Raw json.RawMessage // nil unless expanded
}

// UnmarshalJSON takes a string, an object, whose ID it keeps, or null.
func (r *Ref) UnmarshalJSON(data []byte) error {
	id, object, err := idOrObject(data)
	*r = Ref{ID: id}
	if object && err == nil {
		r.Raw = append(json.RawMessage(nil), data...)
	}
	return err
}

// String is the ID. What came with it can be long, and hold a client secret.
func (r Ref) String() string { return r.ID }

// LogValue implements [slog.LogValuer]: the ID.
func (r Ref) LogValue() slog.Value { return slog.StringValue(r.ID) }

// MarshalJSON writes the object, else the ID, else null.
func (r Ref) MarshalJSON() ([]byte, error) {
	switch {
	case r.Raw != nil:
		return r.Raw, nil
	case r.ID != "":
		return json.Marshal(r.ID)
	default:
		return []byte("null"), nil
	}
}

// maxDepth is several times what the API expands. A type may hold itself, and each level is decoded once more with all that is
// below it: without a bound one answer could take minutes, which nothing would interrupt.
const maxDepth = 32

// deep says whether a JSON value is nested deeper than maxDepth.
func deep(data []byte) bool {
	depth := 0
	for i := 0; i < len(data) && depth <= maxDepth; i++ {
		switch data[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			i = stringEnd(data, i) - 1
		}
	}
	return depth > maxDepth
}

// kindOf names a JSON value by how it begins. Its text may be secret.
func kindOf(first byte) string {
	switch first {
	case '[':
		return "an array"
	case 't', 'f':
		return "a boolean"
	default:
		return "a number"
	}
}

// idOrObject reads the ID of either shape. encoding/json only hands over one whole, valid value, so the first byte
// tells its kind.
func idOrObject(data []byte) (id string, object bool, err error) {
	if len(data) == 0 {
		return "", false, errors.New("an ID or an object was expected, but the JSON is empty")
	}
	switch data[0] {
	case 'n':
		return "", false, nil
	case '"':
		id, err := unquote(data)
		return string(id), false, err
	case '{':
		_, id, err := identify(data, "")
		return string(id), true, err
	default:
		return "", false, errors.New("an ID or an object was expected, not " + kindOf(data[0]))
	}
}
