package stripecash

import (
	"net/url"
	"sort"
	"strings"
)

// urlEncode writes values to the letter as [url.Values.Encode] does, sorted by name, but into one buffer: that makes two
// strings of every name with a bracket and every value with an at sign, a tenth of all allocations of a large call.
func urlEncode(values url.Values) string {
	names, size := make([]string, 0, len(values)), 0
	for name, list := range values {
		names = append(names, name)
		for _, value := range list {
			size += len(name) + len(value) + len("=&") + 2*len("%5B%5D") // room for some brackets
		}
	}
	sort.Strings(names)
	var b strings.Builder
	b.Grow(size)
	for _, name := range names {
		for _, value := range values[name] {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			escapeInto(&b, name)
			b.WriteByte('=')
			escapeInto(&b, value)
		}
	}
	return b.String()
}

// escapeInto is [url.QueryEscape].
func escapeInto(b *strings.Builder, s string) {
	const hex = "0123456789ABCDEF"
	for i := range len(s) {
		c := s[i]
		escaped := [...]byte{'%', hex[c>>4], hex[c&15]}
		out := escaped[:]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.', c == '~':
			escaped[0], out = c, out[:1]
		case c == ' ':
			escaped[0], out = '+', out[:1]
		}
		b.Write(out)
	}
}
