package stripecash

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/go-querystring/query"

	"github.com/ccb8c2b4/stripecash/internal/shape"
)

// Encode writes params the way the API reads them: settings[reconciliation_mode]=manual. It takes a pointer to a struct
// with `url` tags, [url.Values], or nil for no parameters at all. It does not call Validate.
//
// The tags are those of [github.com/google/go-querystring/query]. In structs of your own a slice needs the option
// "brackets", a map must be a [Metadata], a slice of structs an [Indexed], a time a [Timestamp] or tagged "unix", and a
// number an integer: go-querystring would write anything else wrongly, so that Encode refuses it. It refuses params
// that are encoded differently for each kind of owner, such as card.CreateParams: only the methods of their package
// encode them.
func Encode(params any) (url.Values, error) {
	if err := shape.Params(params, isList); err != nil {
		return nil, errorf("stripecash: %w", err)
	}
	values, err := encode(params)
	if err != nil {
		return nil, errorf("stripecash: %w", err)
	}
	return values, nil
}

// encode is Encode for params whose type has been looked at.
func encode(params any) (url.Values, error) {
	if values, ok := params.(url.Values); ok {
		own := make(url.Values, len(values))
		for name, list := range values {
			own[name] = slices.Clone(list)
		}
		return own, nil
	}
	return query.Values(params)
}

// Validator is implemented by params that check themselves. A call runs Validate before anything is sent and returns its
// error, wrapped. The error should name the parameter and the rule.
type Validator interface {
	Validate() error
}

// Metadata are up to 50 pairs of strings that Stripe keeps with an object. In an update nil leaves them alone, an
// empty Metadata clears all of them, and {"k": ""} clears one.
//
// See https://docs.stripe.com/api/metadata.
type Metadata map[string]string

// The limits that Stripe documents for metadata; lengths are in characters.
const (
	maxMetadata      = 50
	maxMetadataKey   = 40
	maxMetadataValue = 500
)

// EncodeValues implements [query.Encoder].
func (m Metadata) EncodeValues(key string, values *url.Values) error {
	if m != nil && len(m) == 0 {
		values.Set(key, "")
		return nil
	}
	if len(m) > maxMetadata {
		return errorf("%s: %d keys; at most %d are allowed", key, len(m), maxMetadata)
	}
	for name, value := range m {
		if err := validMetadata(name, value); err != nil {
			return errorf("%s: %w", key, err)
		}
		values.Set(key+"["+name+"]", value)
	}
	return nil
}

func validMetadata(key, value string) error {
	switch {
	case key == "":
		return errors.New("a key is empty; name it or leave it out")
	case strings.ContainsAny(key, "[]"):
		return errorf("key %q has a square bracket, which keys can't have", clip(key))
	case utf8.RuneCountInString(key) > maxMetadataKey:
		return errorf("key %q has %d characters; at most %d are allowed", clip(key), utf8.RuneCountInString(key), maxMetadataKey)
	case utf8.RuneCountInString(value) > maxMetadataValue:
		return errorf("the value of %q has %d characters; at most %d are allowed", key, utf8.RuneCountInString(value), maxMetadataValue)
	}
	return nil
}

// Indexed is a list of structs in params, which the API reads as items[0][amount]=1&items[1][amount]=2. Nil and empty send
// nothing.
type Indexed[T any] []T

// EncodeValues implements [query.Encoder].
func (s Indexed[T]) EncodeValues(key string, values *url.Values) error {
	for i := range s {
		prefix := key + "[" + strconv.Itoa(i) + "]"
		fields, err := query.Values(&s[i])
		if err != nil {
			return errorf("%s: %w", prefix, err)
		}
		for name, list := range fields {
			head, rest, _ := strings.Cut(name, "[")
			if rest != "" {
				rest = "[" + rest
			}
			(*values)[prefix+"["+head+"]"+rest] = list
		}
	}
	return nil
}

// isList says whether a value is an Indexed, whatever it holds.
func isList(v any) bool {
	_, ok := v.(interface{ isIndexed() })
	return ok
}

func (Indexed[T]) isIndexed() {}
