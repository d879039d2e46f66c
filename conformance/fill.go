package conformance

import (
	"fmt"
	"reflect"

	"github.com/ccb8c2b4/stripecash"
)

// Filler makes params in which every field is set. With Marked, strings of a type of their own hold the name of that
// type, so that the wire shows which type a parameter has; without, the first constant of the type.
type Filler struct {
	Marked bool

	source *Source
	makers map[reflect.Type]reflect.Value
	types  map[string]reflect.Type // by mark
}

// Values that no parameter has by accident.
const (
	plainText = "text"
	plainTime = 1_700_000_000
	plainInt  = 12
)

// NewFiller makes a filler. Makers are functions without parameters that make what reflection can't, func() card.Secret.
func NewFiller(source *Source, marked bool, makers ...any) *Filler {
	f := &Filler{Marked: marked, source: source, makers: map[reflect.Type]reflect.Value{}, types: map[string]reflect.Type{}}
	for _, maker := range makers {
		v := reflect.ValueOf(maker)
		f.makers[v.Type().Out(0)] = v
	}
	return f
}

// Fill makes a T with everything in it set, one element in each slice and map.
func Fill[T any](f *Filler) *T {
	value := new(T)
	f.set(reflect.ValueOf(value).Elem())
	return value
}

func (f *Filler) set(v reflect.Value) {
	if maker, ok := f.makers[v.Type()]; ok {
		v.Set(maker.Call(nil)[0])
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.set(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				f.set(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		f.set(v.Index(0))
	case reflect.Array:
		for i := range v.Len() {
			f.set(v.Index(i))
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.set(key)
		f.set(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString(f.text(v.Type()))
	case reflect.Int, reflect.Int64:
		v.SetInt(plainInt)
		if v.Type() == reflect.TypeFor[stripecash.Timestamp]() {
			v.SetInt(plainTime)
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(plainInt)
	default:
		panic(fmt.Sprintf("fill: give a maker for %s", v.Type()))
	}
}

func (f *Filler) text(t reflect.Type) string {
	if t.PkgPath() == "" {
		return plainText
	}
	if f.Marked {
		mark := "‹" + t.String() + "›"
		f.types[mark] = t
		return mark
	}
	if t == reflect.TypeFor[stripecash.Currency]() {
		return string(stripecash.CurrencyEUR)
	}
	if constants := f.source.enums[enumType{t.PkgPath(), t.Name()}]; len(constants) > 0 {
		return constants[0]
	}
	return plainText
}
