package conformance

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ccb8c2b4/stripecash"
)

// enumType is a string type: its package's import path and its name.
type enumType struct{ path, name string }

func (e enumType) String() string { return e.path[strings.LastIndex(e.path, "/")+1:] + "." + e.name }

// enumUse is where a type was met and what the spec allows there.
type enumUse struct {
	values    map[string]bool
	described []string // what the spec says at places without an enum, where values are only told in prose
}

// word compares one string of the spec with its Go type, and remembers the values for [Audit.Enums].
func (a *Audit) word(name string, schema *openapi3.Schema, t reflect.Type) {
	values, currency := enum(schema), t == reflect.TypeFor[stripecash.Currency]()
	switch plain := t.PkgPath() == ""; {
	case schema.Format == "currency" && !currency:
		a.find(name, "%s in Go; the spec has a currency", t)
	case plain && len(values) > 0:
		if all := strings.Join(values, " "); !a.untyped[all] {
			a.untyped[all] = true
			a.Values.Spec += len(values)
		}
		a.find(name, "plain text in Go; the spec has an enum of %d values: %s", len(values), strings.Join(values[:min(10, len(values))], ", "))
	case plain || currency:
	default:
		key := enumType{t.PkgPath(), t.Name()}
		use := a.enums[key]
		if use == nil {
			use = &enumUse{values: map[string]bool{}}
			a.enums[key] = use
		}
		for _, value := range values {
			use.values[value] = true
		}
		if len(values) == 0 {
			use.described = append(use.described, schema.Description)
		}
	}
}

// Chosen says that a string type has those values of an array parameter's enum that a filter wants.
func (a *Audit) Chosen(operation, parameter string, t reflect.Type, want func(value string) bool) {
	op, err := a.spec.operation(operation)
	if err != nil {
		a.find(operation, "%v", err)
		return
	}
	list := parameters(op).Properties[parameter]
	if list == nil || list.Value.Items == nil {
		a.find(operation+" "+parameter, "no array in the spec")
		return
	}
	item := *list.Value.Items.Value
	item.Enum = slices.DeleteFunc(slices.Clone(item.Enum), func(v any) bool { s, _ := v.(string); return !want(s) })
	a.word(operation+" "+parameter, &item, t)
}

// Enums compares the constants of each string type in the source with the values that the spec has at all the places
// where Struct and Call met the type. Where the spec tells values in prose only, each constant must be in the prose.
func (a *Audit) Enums() {
	for key, constants := range a.source.enums {
		use := a.enums[key]
		if use == nil {
			a.find(key.String(), "met nowhere in the spec")
			continue
		}
		told := use.told()
		for value := range use.values {
			a.Values.Spec++
			if slices.Contains(constants, value) {
				a.Values.Go++
			} else {
				a.find(fmt.Sprintf("%s %q", key, value), missing)
			}
		}
		for value := range told {
			if slices.Contains(constants, value) {
				a.Values.Spec++ // not before: a marked word may be something else, with an exemption that says so
				a.Values.Go++
			} else {
				a.find(fmt.Sprintf("%s %q", key, value), "told in the spec, not in Go")
			}
		}
		for _, value := range constants {
			if !use.values[value] && !told[value] {
				a.find(fmt.Sprintf("%s %q", key, value), invented)
			}
		}
	}
	for key := range a.enums {
		if _, ok := a.source.enums[key]; !ok {
			a.find(key.String(), "a type without constants")
		}
	}
}

// told are the values that the prose marks as such and no enum has: `pending`, "pending".
func (u *enumUse) told() map[string]bool {
	marked, values := regexp.MustCompile("`([^`]+)`|\"([^\"]+)\""), map[string]bool{}
	for _, prose := range u.described {
		for _, match := range marked.FindAllStringSubmatch(prose, -1) {
			if value := match[1] + match[2]; !u.values[value] {
				values[value] = true
			}
		}
	}
	return values
}
