package stripecash

import (
	"encoding/json"
	"errors"
)

// Identify returns the fields "object" and "id" of a JSON object of the API; one that is missing is empty. It tells what
// data is before it is decoded, at a small part of the cost. It does not validate the rest of data; the error says that data
// is not a JSON object, or that one of the two fields can't be read.
func Identify(data []byte) (object, id string, err error) {
	o, i, err := identify(data, "")
	if err != nil {
		return "", "", errorf("stripecash: identifying an object: %w", err)
	}
	return string(o), string(i), nil
}

// identify reads the "object" and the "id" of a JSON object and nothing else. Every answer is checked with it before
// it is decoded: decoding everything twice would cost more than the call's own work, and a wrong object should be
// reported as such, not as whatever field of it happens not to fit. The API writes both keys first, so that this
// mostly looks at a few dozen bytes; lists and cash balances have no ID, so that it ends without one once the object is
// the wanted one. It does not validate what it passes over; decoding does that. What it returns may be part of data.
func identify(data []byte, want string) (object, id []byte, err error) {
	i := skipSpace(data, 0)
	if i == len(data) || data[i] != '{' {
		return nil, nil, errors.New("not a JSON object")
	}
	depth, key := 0, []byte(nil)
	var hasObject, hasID bool
	for i < len(data) && !(hasObject && (hasID || want != "" && string(object) == want)) {
		switch data[i] {
		case '{', '[':
			depth++
			i++
		case '}', ']':
			depth--
			i++
		case '"':
			end := stringEnd(data, i)
			text, isKey := data[i:end], false
			i = skipSpace(data, end)
			if depth == 1 && i < len(data) && data[i] == ':' {
				key, isKey = text, true
				i = skipSpace(data, i+1)
			}
			if depth != 1 || isKey {
				continue
			}
			switch string(key) {
			case `"object"`:
				object, err = unquote(text)
				hasObject = true
			case `"id"`:
				id, err = unquote(text)
				hasID = true
			}
			if err != nil {
				return nil, nil, err
			}
		default:
			i++
		}
	}
	return object, id, nil
}

func skipSpace(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\n' || data[i] == '\t' || data[i] == '\r') {
		i++
	}
	return i
}

// stringEnd is the index behind the string that begins at i, or the end of the data if nothing closes it.
func stringEnd(data []byte, i int) int {
	for i++; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(data)
}

// unquote is the value of a JSON string. IDs and object names are plain ASCII: they need no decoder and no copy.
func unquote(quoted []byte) ([]byte, error) {
	if len(quoted) >= 2 && quoted[len(quoted)-1] == '"' {
		inner := quoted[1 : len(quoted)-1]
		plain := true
		for _, b := range inner {
			plain = plain && b >= ' ' && b < 0x7f && b != '\\' && b != '"'
		}
		if plain {
			return inner, nil
		}
	}
	var s string
	err := json.Unmarshal(quoted, &s)
	return []byte(s), err
}
