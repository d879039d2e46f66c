package stripecash

import (
	"bytes"
	"net/url"
	"sort"
)

// urlEncode writes values to the letter as [url.Values.Encode] does, sorted by name, but into one buffer: that makes two
// strings of every name with a bracket and every value with an at sign, a tenth of all allocations of a large call.
func urlEncode(values url.Values) []byte {
	names, size := make([]string, 0, len(values)), 0
	for name, list := range values {
		names = append(names, name)
		for _, value := range list {
			size += len(name) + len(value) + len("=&") + 2*len("%5B%5D") // room for some brackets
		}
	}
	sort.Strings(names)
	form := make([]byte, 0, size)
	for _, name := range names {
		for _, value := range values[name] {
			for i, part := range [...]string{name, value} {
				form = append(form, "&="[i])
				form = escape(form, part)
			}
		}
	}
	return bytes.TrimPrefix(form, []byte("&"))
}

// escape is [url.QueryEscape].
func escape(to []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.', c == '~':
			to = append(to, c)
		case c == ' ':
			to = append(to, '+')
		default:
			to = append(to, '%', hex[c>>4], hex[c&15])
		}
	}
	return to
}
