package stripetest

type paramKind int

const (
	kindText paramKind = iota
	kindInteger
	kindBoolean
	kindHash
	kindArray
	kindMap  // a hash with any keys: metadata
	kindOpen // a text or a hash whose fields depend on one of them: the handler checks it
	kindUnmodelled
)

// param declares one parameter: its name, its kind and its limits.
type param struct {
	name     string
	kind     paramKind
	required bool
	filled   bool // the empty string, which unsets a parameter, is refused
	clears   bool // it is taken even of a number
	values   []string
	max      int64 // of a text its length, of an integer its value
	min      int64
	bounded  bool
	fields   []param // of a hash; of an array its one kind of item
	orText   bool    // a hash for which an ID or a token will do
}

func text(name string, maxLength int) param {
	return param{name: name, kind: kindText, max: int64(maxLength)}
}
func texts(name string) param {
	return param{name: name, kind: kindArray, fields: []param{text("", 5000)}}
}
func integer(name string) param { return param{name: name, kind: kindInteger} }
func boolean(name string) param { return param{name: name, kind: kindBoolean} }
func hash(name string, fields ...param) param {
	return param{name: name, kind: kindHash, fields: fields}
}
func array(name string, item param) param {
	return param{name: name, kind: kindArray, fields: []param{item}}
}
func metadata() param { return param{name: "metadata", kind: kindMap, max: 500} }

func open(name string) param { return param{name: name, kind: kindOpen, filled: true} }

// enum is a text with a closed list of values; the empty string is not one of them.
func enum(name string, values ...string) param {
	return param{name: name, kind: kindText, max: 5000, values: values, filled: true}
}

// unmodelled is a parameter that Stripe documents and the emulator refuses, saying so.
func unmodelled(names ...string) []param {
	params := make([]param, len(names))
	for i, name := range names {
		params[i] = param{name: name, kind: kindUnmodelled}
	}
	return params
}

// orText takes a text in place of the hash: source=tok_visa or source[object]=card.
func orText(p param) param { p.orText = true; return p }

func (p param) require() param { p.required, p.filled = true, true; return p }

// orEmpty takes the empty string after all.
func (p param) orEmpty() param { p.filled, p.clears = false, true; return p }

// nonEmpty refuses the empty string, which otherwise unsets a text.
func (p param) nonEmpty() param { p.filled = true; return p }

func (p param) between(least, most int64) param {
	p.bounded, p.min, p.max = true, least, most
	return p
}
