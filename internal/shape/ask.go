package shape

import (
	"fmt"
	"reflect"
)

// validator is what params with rules of their own are.
type validator interface{ Validate() error }

// Rules asks params for their own rules. Params that are given by value may have those of their pointer; a nil pointer to
// params whose rules are their value's has none.
func Rules(params any) error {
	v := reflect.ValueOf(params)
	valid, ok := params.(validator)
	if !ok && v.Kind() == reflect.Struct {
		whole := reflect.New(v.Type())
		whole.Elem().Set(v)
		pointer := whole.Interface()
		valid, ok = pointer.(validator)
	}
	if !ok || nilOfValue(v) {
		return nil
	}
	return valid.Validate()
}

// nilOfValue says whether v is a nil pointer to a type that has rules of its own: nobody can ask nothing for them.
func nilOfValue(v reflect.Value) bool {
	return v.Kind() == reflect.Pointer && v.IsNil() && v.Type().Elem().Implements(reflect.TypeFor[validator]())
}

// Target refuses what an answer can't be decoded into, which would come out only when the work is done.
func Target(out any) error {
	if v := reflect.ValueOf(out); out != nil && (v.Kind() != reflect.Pointer || v.IsNil()) {
		return fmt.Errorf("the answer can't be decoded into %T; give a pointer to a value, or nil to ignore it", out)
	}
	return nil
}
