package stripecash

import (
	"errors"
	"net/url"
	"strings"
)

// fillPath puts IDs into a route template: "/v1/customers/{customer}" and "cus_1" make "/v1/customers/cus_1". IDs
// come from a user's database or a user's user and are not trusted: an ID stays one segment of the path, whatever is in
// it, and one that would make the path mean another resource is refused.
func fillPath(template string, ids []string) (string, error) {
	switch {
	case !strings.HasPrefix(template, "/"):
		return "", errors.New("the path does not begin with a slash")
	case !plain(template):
		return "", errors.New("the path is not a plain one; IDs go into its braces, a query into Params")
	}
	var filled strings.Builder
	filled.Grow(len(template) + roomForIDs)
	rest, given := template, ids
	for {
		before, after, found := strings.Cut(rest, "{")
		filled.WriteString(before)
		if !found {
			break
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed {
			return "", errors.New("the path has a brace that is not closed")
		}
		if len(given) == 0 {
			return "", errorf("no ID for {%s}; IDs fill the braces in their order", name)
		}
		if err := validID(name, given[0]); err != nil {
			return "", err
		}
		filled.WriteString(url.PathEscape(given[0]))
		given, rest = given[1:], tail
	}
	if len(given) > 0 {
		return "", errorf("IDs given: %d, braces in the path: %d; each brace takes one", len(ids), len(ids)-len(given))
	}
	return filled.String(), nil
}

// roomForIDs is how much longer than its template a path mostly is at most: Stripe's IDs have up to 30 characters.
const roomForIDs = 64

// plain says whether a path is printable ASCII, without a query, a fragment, an escape or a backslash, and none of its
// segments is empty or begins with a dot.
func plain(path string) bool {
	before := byte(0)
	for i := range len(path) {
		switch c := path[i]; {
		case c <= ' ', c >= 0x7f, c == '?', c == '#', c == '%', c == '\\', before == '/' && (c == '/' || c == '.'):
			return false
		default:
			before = c
		}
	}
	return before != '/'
}

func validID(name, id string) error {
	switch id {
	case "":
		return errorf("the ID for {%s} is empty", name)
	case ".", "..":
		return errorf("the ID for {%s} is %q, which would name another path", name, id)
	}
	return nil
}
