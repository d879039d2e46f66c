package stripetest

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits on what a request may carry. Stripe's own are not documented; these are far above what its API needs.
const (
	maxBodyBytes = 1 << 20
	maxDiscarded = 16 << 20
	maxFormKeys  = 1000
	maxFormDepth = 8
)

// form is a decoded form: a leaf with a value, or a node with children. The children of an array are named 0, 1, 2….
type form struct {
	value    string
	leaf     bool
	unnamed  bool     // the children came without names, as a[]
	order    []string // names of children, as they came
	children map[string]*form
}

// readForm reads the query, and the body of everything but GET, into one form.
func (s *Server) readForm(c *call) *apiError {
	body, err := readBody(c.req)
	if err != nil {
		return err
	}
	c.form = &form{}
	if err := c.form.parse(c.req.URL.RawQuery); err != nil {
		return err
	}
	if c.req.Method == http.MethodGet || body == "" {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(c.req.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return invalidRequest("", "", "Invalid request (check that your POST content type is application/x-www-form-urlencoded). "+
			"If you have any questions, we can help at https://support.stripe.com/.")
	}
	return c.form.parse(body)
}

func readBody(r *http.Request) (string, *apiError) {
	if r.Body == nil {
		return "", nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBodyBytes+1))
	if err != nil {
		return "", invalidRequest("", "", "The request's body could not be read: %s", err)
	}
	if len(body) > maxBodyBytes {
		_, _ = io.CopyN(io.Discard, r.Body, maxDiscarded) // a client that is still sending would not look at the answer
		return "", invalidStatus(http.StatusRequestEntityTooLarge, "The request's body is too large.")
	}
	return string(body), nil
}

// parse adds the pairs of a query string or a form body, in their order. The wordings of its refusals are not verified.
func (f *form) parse(encoded string) *apiError {
	if strings.Count(encoded, "&") >= maxFormKeys {
		return invalidRequest("", "", "The request has more than %d parameters.", maxFormKeys)
	}
	for pair := range strings.SplitSeq(encoded, "&") {
		if pair == "" {
			continue
		}
		rawKey, rawValue, _ := strings.Cut(pair, "=")
		key, keyErr := url.QueryUnescape(rawKey)
		value, valueErr := url.QueryUnescape(rawValue)
		if err := errors.Join(keyErr, valueErr); err != nil {
			return invalidRequest("", "", "The request's parameters are not valid percent-encoding: %s", pair[:min(len(pair), 40)])
		}
		if !utf8.ValidString(key) || !utf8.ValidString(value) {
			return invalidRequest("", "", "The request's parameters are not valid UTF-8: %s", pair[:min(len(pair), 40)])
		}
		if err := f.add(key, value); err != nil {
			return err
		}
	}
	return nil
}

// add puts a value at a key such as "a", "a[b]", "a[]" or "a[0][b]".
func (f *form) add(key, value string) *apiError {
	path, ok := splitKey(key)
	if !ok {
		return invalidRequest("", "", "Invalid parameter name: %s", key[:min(len(key), 40)])
	}
	if len(path) > maxFormDepth {
		return invalidRequest("", path[0], "The parameter %s is nested more than %d levels deep.", path[0], maxFormDepth)
	}
	node := f
	for i, name := range path {
		if node.leaf {
			return invalidRequest("", paramName(path[:i]), "Invalid hash") // a=1&a[b]=2
		}
		if node.children != nil && node.unnamed != (name == "") {
			return invalidRequest("", paramName(path[:i]), "Invalid array") // a[]=1&a[1]=2
		}
		node = node.child(name, path[i+1:])
	}
	if node.children != nil {
		return invalidRequest("", paramName(path), "Invalid string: the parameter %s is a hash as well", paramName(path))
	}
	node.leaf, node.value = true, value
	return nil
}

// child finds or makes a child. The name "" is the brackets of an array without a number: the next item, unless it
// continues the last one, as a[][x]=1&a[][y]=2 does.
func (f *form) child(name string, rest []string) *form {
	if name == "" {
		f.unnamed = true
		next := len(f.order)
		name = strconv.Itoa(next)
		if next > 0 && len(rest) > 0 {
			last := f.children[f.order[next-1]]
			if !last.leaf && last.children[rest[0]] == nil {
				return last
			}
		}
	}
	if f.children[name] == nil {
		if f.children == nil {
			f.children = map[string]*form{}
		}
		f.children[name] = &form{}
		f.order = append(f.order, name)
	}
	return f.children[name]
}

// splitKey splits "a[b][]" into a, b and "".
func splitKey(key string) (path []string, ok bool) {
	head, rest, nested := strings.Cut(key, "[")
	if head == "" || strings.Contains(head, "]") {
		return nil, false
	}
	path = []string{head}
	if !nested {
		return path, true
	}
	if !strings.HasSuffix(rest, "]") {
		return nil, false
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(rest, "]"), "][") {
		if strings.ContainsAny(name, "[]") || len(path) > maxFormDepth {
			return path, len(path) > maxFormDepth
		}
		path = append(path, name)
	}
	return path, true
}

// paramName is the inverse of splitKey.
func paramName(path []string) string {
	if len(path) == 1 {
		return path[0]
	}
	return path[0] + "[" + strings.Join(path[1:], "][") + "]"
}
