package card

import (
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
)

// Secret is a value that must not be shown: a card's number, its CVC, a bank account's number. It goes to the API and
// nowhere else: every verb of fmt, slog and JSON show "[redacted]", or nothing for the zero Secret, which is unset.
//
// The value is not in a field but captured by a function: packages that print values can read any field, exported or not,
// without calling String or Format, but not what a function has captured.
type Secret struct{ reveal func() string }

// NewSecret hides a value. A value that is empty or only white space gives the zero Secret.
func NewSecret(value string) Secret {
	if strings.TrimSpace(value) == "" {
		return Secret{}
	}
	return Secret{func() string { return value }}
}

// IsZero says whether the secret is unset.
func (s Secret) IsZero() bool { return s.reveal == nil }

// String is "[redacted]".
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return "[redacted]"
}

// Format implements [fmt.Formatter], so that %#v does not show the value either.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue implements [slog.LogValuer].
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText implements [encoding.TextMarshaler], which JSON, XML and slog ask.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// EncodeValues is how the value gets into a request; see [stripecash.Encode].
func (s Secret) EncodeValues(key string, values *url.Values) error {
	if !s.IsZero() {
		values.Set(key, s.reveal())
	}
	return nil
}
