package stripecash

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"time"
)

// encodable refuses a struct type that go-querystring would write otherwise than the API reads it, and not say so: a map as
// m=map[a:b], a struct in a slice as s[]={x}, a million as f=1e+06. A call that moves money must not be sent like that.
// It looks at types alone, so that what it found of one holds for all of its values.
func encodable(t reflect.Type) error {
	if where, why := misfit(t, make(map[reflect.Type]bool)); why != "" {
		return errors.New(t.String() + where + " " + why)
	}
	return nil
}

// shapes are the types of params that were looked at. A sync.Map would be a quarter of the compiled package (docs/decisions.md).
type shapes struct {
	mu    sync.Mutex
	known map[reflect.Type]error // what encodable said
}

// encodable is [encodable], once for each type.
func (s *shapes) encodable(t reflect.Type) error {
	s.mu.Lock()
	err, ok := s.known[t]
	s.mu.Unlock()
	if !ok {
		err = encodable(t)
		s.mu.Lock()
		s.known[t] = err
		s.mu.Unlock()
	}
	return err
}

// misfit finds the first field without a form in a struct, or in what it holds, and says why. It looks at each struct once,
// since one can hold itself.
func misfit(t reflect.Type, seen map[reflect.Type]bool) (where, why string) {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == nil, seen[t], t == reflect.TypeFor[url.Values]():
		return "", ""
	case t.Kind() != reflect.Struct:
		return "", "is no struct; give a pointer to one, or url.Values"
	}
	seen[t] = true
	for i := range t.NumField() { //nolint:modernize // the iterator is 2 kB in every program
		f := t.Field(i)
		tag := f.Tag.Get("url")
		if tag == "-" || f.PkgPath != "" && !f.Anonymous {
			continue
		}
		inner, why := unfit(&f, tag)
		if inner != nil {
			where, why = misfit(inner, seen)
		}
		if why != "" {
			return "." + f.Name + where, why
		}
	}
	return "", ""
}

// unfit says why a field has no form, or names the struct that its form is made of.
func unfit(f *reflect.StructField, tag string) (inner reflect.Type, why string) {
	t := f.Type
	own := t.Kind() != reflect.Interface && t.Implements(reflect.TypeFor[encoder]())
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name, options, _ := strings.Cut(tag, ",")
	needed := strings.TrimSuffix(strings.TrimPrefix(options, "omitempty,"), ",omitempty")
	switch kind := t.Kind(); {
	case t == reflect.TypeFor[time.Time]():
		if f.Anonymous || needed != "unix" {
			why = `is a time, which is not written in Unix seconds; make it a Timestamp, or give its url tag the option "unix"`
		}
	case f.Anonymous && kind == reflect.Struct && name == "":
		if f.Type != t && options != "omitempty" {
			return nil, `is an embedded pointer; give its url tag the option "omitempty"`
		}
		return t, "" // its fields are taken, whatever it says of itself
	case f.PkgPath != "":
		why = "is embedded and not exported; make it a field"
	case own && kind == reflect.Slice && t.Implements(reflect.TypeFor[indexed]()):
		return element(t.Elem(), false)
	case own, kind == reflect.Struct:
		return element(t, own)
	case kind == reflect.Slice || kind == reflect.Array:
		if !scalar(t.Elem()) {
			why = "is a slice of what has no form in one; use strings, bools, integers or an Indexed of structs"
		} else if needed != "brackets" {
			why = `is a slice; give its url tag the option "brackets", and no other but omitempty`
		}
	case kind == reflect.Map:
		why = "is a map, which has no form; make it a Metadata"
	case !scalar(t):
		why = "has no form; make it a string, a bool, an integer, a struct or a slice"
	}
	return nil, why
}

// element is a struct that stands under a name. Without a field to write, all that it holds would be lost, and so it would
// beside an embedded struct whose EncodeValues it has for its own.
func element(t reflect.Type, own bool) (inner reflect.Type, why string) {
	if t.Kind() != reflect.Struct {
		return nil, "" // in an Indexed, which refuses it by itself
	}
	for i := range t.NumField() { //nolint:modernize // as above
		f := t.Field(i)
		switch {
		case own && f.Anonymous && f.Type.Implements(reflect.TypeFor[encoder]()):
			return nil, "embeds what writes itself, and nothing else would be sent; make that a field"
		case !own && (f.PkgPath == "" || f.Anonymous):
			return t, ""
		}
	}
	if own {
		return nil, ""
	}
	return nil, "has no exported field to write"
}

// encoder is what go-querystring asks how a value wants to be written.
type encoder interface {
	EncodeValues(key string, values *url.Values) error
}

// indexed is an [Indexed], whatever it holds.
type indexed interface{ isIndexed() }

func (Indexed[T]) isIndexed() {}

// scalar says whether a value is written as it is: not a [time.Duration], which says "1m0s" of itself, nor a type that hides
// what it is.
func scalar(t reflect.Type) bool {
	kind := t.Kind()
	plain := kind == reflect.String || kind >= reflect.Bool && kind <= reflect.Uint64
	return plain && !t.Implements(reflect.TypeFor[fmt.Stringer]())
}
