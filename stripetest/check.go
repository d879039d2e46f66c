package stripetest

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// checkParams holds the form against the route's declaration, so that handlers only meet what they declared.
func (s *Server) checkParams(c *call) *apiError {
	if err := checkHash(c.form, c.route.declared(), nil); err != nil {
		return err
	}
	return c.checkExpand()
}

func checkHash(f *form, fields []param, path []string) *apiError {
	if err := checkUnknown(f, fields, path); err != nil {
		return err
	}
	for _, field := range fields {
		child := f.children[field.name]
		at := append(slices.Clip(path), field.name)
		if child == nil {
			if field.required {
				return invalidRequest("parameter_missing", paramName(at), "Missing required param: %s.", paramName(at))
			}
			continue
		}
		if err := field.check(child, at); err != nil {
			return err
		}
	}
	return nil
}

func checkUnknown(f *form, fields []param, path []string) *apiError {
	var unknown []string
	for _, name := range f.order {
		if !slices.ContainsFunc(fields, func(p param) bool { return p.name == name }) {
			unknown = append(unknown, paramName(append(slices.Clip(path), name)))
		}
	}
	switch len(unknown) {
	case 0:
		return nil
	case 1:
		return invalidRequest("parameter_unknown", unknown[0], "Received unknown parameter: %s", unknown[0])
	default:
		return invalidRequest("parameter_unknown", unknown[0], "Received unknown parameters: %s", strings.Join(unknown, ", "))
	}
}

// check holds one parameter against its declaration.
func (p param) check(f *form, path []string) *apiError {
	name := paramName(path)
	if f.leaf && f.value == "" {
		return p.checkEmpty(name)
	}
	switch p.kind {
	case kindUnmodelled:
		return notModelled(name, "the parameter %s", name)
	case kindOpen:
		return nil
	case kindHash:
		if f.leaf && p.orText {
			return nil
		}
		if f.leaf {
			return invalidRequest("", name, "Invalid object")
		}
		return checkHash(f, p.fields, path)
	case kindArray:
		return p.checkArray(f, path)
	case kindMap:
		return p.checkMap(f, path)
	}
	if !f.leaf {
		shown, _ := json.Marshal(f.plain())
		return invalidRequest(p.typeCode(), name, "Invalid %s: %s", p.typeName(), shown)
	}
	return p.checkLeaf(f.value, name)
}

// checkEmpty judges the empty string, which unsets a text, a hash or an array, and is never a number.
func (p param) checkEmpty(name string) *apiError {
	if p.clears || !p.filled && p.kind != kindInteger && p.kind != kindBoolean {
		return nil
	}
	return invalidRequest("parameter_invalid_empty", name, "You passed an empty string for '%[1]s'. We assume empty values are "+
		"an attempt to unset a parameter; however '%[1]s' cannot be unset. You should remove '%[1]s' from your request or "+
		"supply a non-empty value.", name)
}

func (p param) checkArray(f *form, path []string) *apiError {
	if f.leaf {
		return invalidRequest("", paramName(path), "Invalid array")
	}
	numbers := make(map[string]uint64, len(f.order))
	for _, index := range f.order {
		number, err := strconv.ParseUint(index, 10, 16)
		if err != nil {
			return invalidRequest("", paramName(path), "Invalid array")
		}
		numbers[index] = number
	}
	slices.SortFunc(f.order, func(a, b string) int { return cmp.Compare(numbers[a], numbers[b]) })
	for _, index := range f.order {
		if err := p.fields[0].check(f.children[index], append(slices.Clip(path), index)); err != nil {
			return err
		}
	}
	return nil
}

// checkMap keeps the limits of metadata: 50 keys, 40 characters each, 500 a value. The wordings are not verified.
func (p param) checkMap(f *form, path []string) *apiError {
	if f.leaf || f.unnamed {
		return invalidRequest("", paramName(path), "Invalid object")
	}
	if len(f.order) > 50 {
		return invalidRequest("", paramName(path), "Metadata can have up to 50 keys")
	}
	for _, key := range f.order {
		at := append(slices.Clip(path), key)
		if len([]rune(key)) > 40 {
			return invalidRequest("", paramName(at), "Metadata keys can have up to 40 characters")
		}
		if err := text("", int(p.max)).check(f.children[key], at); err != nil {
			return err
		}
	}
	return nil
}

func (p param) checkLeaf(value, name string) *apiError {
	switch p.kind {
	case kindInteger:
		return p.checkInteger(value, name)
	case kindBoolean:
		if value != "true" && value != "false" {
			return invalidRequest("", name, "Invalid boolean: %s", value)
		}
	case kindText:
		if p.values != nil && !slices.Contains(p.values, value) {
			return invalidRequest("", name, "Invalid %s: must be one of %s", name, oneOf(p.values))
		}
		if n := len([]rune(value)); p.max > 0 && int64(n) > p.max {
			shown := []rune(value)
			return invalidRequest("", name, "Invalid string: %s...%s; must be at most %d characters",
				string(shown[:10]), string(shown[n-10:]), p.max)
		}
	}
	return nil
}

func (p param) checkInteger(value, name string) *apiError {
	n, err := strconv.ParseInt(value, 10, 64)
	switch {
	case err != nil:
		return invalidRequest("parameter_invalid_integer", name, "Invalid integer: %s", value)
	case p.bounded && n < p.min:
		return invalidRequest("parameter_invalid_integer", name, "This value must be greater than or equal to %d.", p.min)
	case p.bounded && n > p.max:
		return invalidRequest("parameter_invalid_integer", name, "This value must be less than or equal to %d.", p.max)
	}
	return nil
}

func (p param) typeName() string {
	switch p.kind {
	case kindInteger:
		return "integer"
	case kindBoolean:
		return "boolean"
	default:
		return "string"
	}
}

func (p param) typeCode() string {
	if p.kind == kindInteger {
		return "parameter_invalid_integer"
	}
	return ""
}

// oneOf joins values as Stripe does: "a, b, or c".
func oneOf(values []string) string {
	switch n := len(values); n {
	case 1:
		return values[0]
	case 2:
		return values[0] + " or " + values[1]
	default:
		return strings.Join(values[:n-1], ", ") + ", or " + values[n-1]
	}
}
