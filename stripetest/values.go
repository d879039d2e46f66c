package stripetest

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// The readers below may trust the form: checkParams has held it against the route's declaration.

// at walks down to a nested form; nil when it was not given. All readers may be called on nil.
func (f *form) at(path ...string) *form {
	for _, name := range path {
		if f == nil {
			return nil
		}
		f = f.children[name]
	}
	return f
}

// has tells whether a parameter was given, empty or not.
func (f *form) has(path ...string) bool { return f.at(path...) != nil }

// text is a parameter's value; "" when it was not given.
func (f *form) text(path ...string) string {
	if f = f.at(path...); f == nil {
		return ""
	}
	return f.value
}

// set writes a text to where it belongs, if it was given.
func (f *form) set(name string, to *string) {
	if f.has(name) {
		*to = f.text(name)
	}
}

// integer is a parameter's value, or a default when it was not given.
func (f *form) integer(name string, otherwise int64) int64 {
	n, err := strconv.ParseInt(f.text(name), 10, 64)
	if err != nil {
		return otherwise
	}
	return n
}

// isCurrency tells a code of three lower-case letters. Which of them are currencies is not for the emulator to know.
func isCurrency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "abcdefghijklmnopqrstuvwxyz") == ""
}

// texts are the values of an array.
func (f *form) texts(name string) []string {
	node := f.at(name)
	if node == nil {
		return nil
	}
	values := make([]string, 0, len(node.order))
	for _, index := range node.order {
		values = append(values, node.children[index].value)
	}
	return values
}

// mergeMetadata applies metadata as Stripe does: keys are added, an empty value removes its key, an empty metadata all.
func (f *form) mergeMetadata(old map[string]string) (map[string]string, *apiError) {
	node := f.at("metadata")
	if node == nil {
		return old, nil
	}
	merged := map[string]string{}
	if node.leaf {
		return merged, nil
	}
	maps.Copy(merged, old)
	for key, value := range node.children {
		if value.value == "" {
			delete(merged, key)
		} else {
			merged[key] = value.value
		}
	}
	if len(merged) > 50 {
		return nil, invalidRequest("", "metadata", "Metadata can have up to 50 keys")
	}
	return merged, nil
}

// showMetadata renders metadata: an empty hash when there is none.
func showMetadata(metadata map[string]string) object {
	if metadata == nil {
		return object{}
	}
	return toObject(metadata)
}

// plain is the form as JSON would show it.
func (f *form) plain() any {
	if f.leaf {
		return f.value
	}
	o := map[string]any{}
	for name, child := range f.children {
		o[name] = child.plain()
	}
	return o
}

// flatten gives the form back as flat pairs, with its keys in one spelling.
func (f *form) flatten(path []string, into url.Values) {
	if f.leaf {
		into.Add(paramName(path), f.value)
	}
	for _, name := range f.order {
		f.children[name].flatten(append(slices.Clip(path), name), into)
	}
}
