// Package shape looks at what a caller gives to a call: whether params keep their own rules and have a form that the API can
// read, and whether an answer can be decoded into what is to be filled in. All reflection of this module is here, in a
// package of its own: it was a fifth of the compiler's work on the root package (docs/decisions.md).
package shape

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"time"
)

// Checker makes a function that is [Params], once for each type. What it keeps is in the function, since a field of those
// types, or an inlined copy of this, would bring reflection back to where it was taken from. A sync.Map costs as much.
//
//go:noinline
func Checker(isList func(any) bool) func(params any) error {
	var mu sync.Mutex
	known := make(map[reflect.Type]error)
	return func(params any) error {
		t := reflect.TypeOf(params)
		mu.Lock()
		err, ok := known[t]
		mu.Unlock()
		if !ok {
			err = Params(params, isList)
			mu.Lock()
			known[t] = err
			mu.Unlock()
		}
		return err
	}
}

// Params refuses params of a struct type that go-querystring would write otherwise than the API reads it, and not say so:
// a map as m=map[a:b], a struct in a slice as s[]={x}, a million as f=1e+06. A call that moves money must not be sent
// like that. It looks at types alone, so that what it found of one holds for all of its values. IsList says of a value
// whether it is a list of structs that writes its elements one by one; of others that write themselves nobody knows what
// they make of theirs.
func Params(params any, isList func(any) bool) error {
	t := reflect.TypeOf(params)
	l := look{isList: isList, seen: make(map[reflect.Type]bool)}
	if where, why := l.misfit(t); why != "" {
		return errors.New(t.String() + where + " " + why)
	}
	return nil
}

// look is one look at params.
type look struct {
	isList func(any) bool
	seen   map[reflect.Type]bool
}

// misfit finds the first field without a form in a struct, or in what it holds, and says why. It looks at each struct once,
// since one can hold itself.
func (l *look) misfit(t reflect.Type) (where, why string) {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == nil, l.seen[t], t == reflect.TypeFor[url.Values]():
		return "", ""
	case t.Kind() != reflect.Struct:
		return "", "is not a struct; give a pointer to one, or url.Values"
	}
	l.seen[t] = true
	for i := range t.NumField() { //nolint:modernize // the iterator is 2 kB in every program
		f := t.Field(i)
		tag := f.Tag.Get("url")
		if tag == "-" || f.PkgPath != "" && !f.Anonymous {
			continue
		}
		inner, why := l.unfit(&f, tag)
		if inner != nil {
			where, why = l.misfit(inner)
		}
		if why != "" {
			return "." + f.Name + where, why
		}
	}
	return "", ""
}

// unfit says why a field can't be encoded, or names the struct that is to be encoded in its place.
func (l *look) unfit(f *reflect.StructField, tag string) (inner reflect.Type, why string) {
	t := f.Type
	own := t.Kind() != reflect.Interface && t.Implements(reflect.TypeFor[encoder]())
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name, options, _ := strings.Cut(tag, ",")
	needed := strings.TrimSuffix(strings.TrimPrefix(options, "omitempty,"), ",omitempty")
	switch kind := t.Kind(); {
	case name == "" && !f.Anonymous:
		why = `has no name in its url tag; name it, or leave it out with url:"-"`
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
	case name == "":
		why = "is embedded without a name in its url tag; make it a field"
	case own && kind == reflect.Slice && l.isList(reflect.Zero(t).Interface()):
		return element(t.Elem(), false)
	case own, kind == reflect.Struct:
		return element(t, own)
	case kind == reflect.Slice || kind == reflect.Array:
		if !scalar(t.Elem()) {
			why = "is a slice of a type that can't be encoded; use strings, bools, integers or an Indexed of structs"
		} else if needed != "brackets" {
			why = `is a slice; give its url tag the option "brackets", and no other but omitempty`
		}
	case kind == reflect.Map:
		why = "is a map, which can't be encoded; make it a Metadata"
	case !scalar(t):
		why = "can't be encoded; make it a string, a bool, an integer, a struct or a slice"
	}
	return nil, why
}

// element is a struct that stands under a name. Without a field to write, all that it holds would be lost, and so it would
// beside an embedded struct whose EncodeValues it has for its own.
func element(t reflect.Type, own bool) (inner reflect.Type, why string) {
	if t.Kind() != reflect.Struct {
		return nil, "" // in a list, which refuses it by itself
	}
	for i := range t.NumField() { //nolint:modernize // as above
		f := t.Field(i)
		switch {
		case own && f.Anonymous && f.Type.Implements(reflect.TypeFor[encoder]()):
			return nil, "embeds a type with EncodeValues, which would leave out the rest; make it a named field"
		case !own && (f.PkgPath == "" || f.Anonymous):
			return t, ""
		}
	}
	if own {
		return nil, ""
	}
	return nil, "has no exported fields, so that nothing would be sent"
}

// encoder is what go-querystring asks how a value wants to be written.
type encoder interface {
	EncodeValues(key string, values *url.Values) error
}

// scalar says whether a value is written as it is: not a [time.Duration], which says "1m0s" of itself, nor a type that hides
// what it is.
func scalar(t reflect.Type) bool {
	kind := t.Kind()
	plain := kind == reflect.String || kind >= reflect.Bool && kind <= reflect.Uint64
	return plain && !t.Implements(reflect.TypeFor[fmt.Stringer]())
}
