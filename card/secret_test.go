package card_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
)

// Ways in which a program holds details, and may print them by accident.
type (
	byValue       struct{ Details card.Details }
	byPointer     struct{ Details *card.Details }
	hidden        struct{ details card.Details }
	hiddenPointer struct{ details *card.Details }
	embedded      struct{ card.Details }
	ofParams      struct{ params card.CreateParams }
	bare          struct{ number, cvc card.Secret }
)

func holders() map[string]any {
	d := details()
	d.CVC = card.NewSecret("cvc-of-nobody") // three digits might stand in an address, too
	params := &card.CreateParams{Details: d}
	return map[string]any{
		"secret":          d.Number,
		"secret pointer":  &d.Number,
		"details":         *d,
		"details pointer": d,
		"params":          *params,
		"params pointer":  params,
		"field":           byValue{*d},
		"field pointer":   byPointer{d},
		"hidden field":    hidden{*d},
		"hidden pointer":  hiddenPointer{d},
		"embedded":        embedded{*d},
		"hidden params":   ofParams{*params},
		"bare":            bare{d.Number, d.CVC},
		"slice":           []card.Secret{d.Number, d.CVC},
		"map":             map[string]*card.Details{"k": d},
		"any":             []any{d.Number, *d},
		"error":           fmt.Errorf("charging %v with %v", d.Number, *d),
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	for name, holder := range holders() {
		t.Run(name, func(t *testing.T) {
			var shown bytes.Buffer
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
				fmt.Fprintf(&shown, verb+"\n", holder)
			}
			text := slog.New(slog.NewTextHandler(&shown, nil))
			text.Info("text", slog.Any("holder", holder))
			text.Info("text", slog.Group("group", slog.Any("holder", holder)))
			slog.New(slog.NewJSONHandler(&shown, nil)).Info("json", slog.Any("holder", holder))
			if data, err := json.Marshal(holder); err == nil {
				shown.Write(data)
			}
			if data, err := xml.Marshal(holder); err == nil {
				shown.Write(data)
			}
			// A failing test prints both sides by reflection, down to fields that are not exported.
			assert.Equal(&recorder{&shown}, "another", holder)
			assert.Nil(&recorder{&shown}, holder)

			for _, secret := range []string{"4242424242424242", "34323432343234323432343234323432", "cvc-of-nobody"} {
				assert.NotContains(t, shown.String(), secret)
			}
		})
	}
}

// recorder is a test that fails, and what it says.
type recorder struct{ out *bytes.Buffer }

func (r *recorder) Errorf(format string, args ...any) { fmt.Fprintf(r.out, format, args...) }

func TestSecret(t *testing.T) {
	number := card.NewSecret("4242424242424242")
	assert.False(t, number.IsZero())
	assert.Equal(t, "[redacted]", number.String())
	assert.Equal(t, "[redacted]", fmt.Sprintf("%#v", number))
	assert.Equal(t, "[redacted]", number.LogValue().String())
	data, err := json.Marshal(number)
	require.NoError(t, err)
	assert.Equal(t, `"[redacted]"`, string(data))
	values, err := stripecash.Encode(&card.Details{Number: number})
	require.NoError(t, err)
	assert.Equal(t, url.Values{"number": {"4242424242424242"}, "exp_month": {"0"}, "exp_year": {"0"}}, values)

	for _, unset := range []card.Secret{{}, card.NewSecret(""), card.NewSecret(" \n")} {
		assert.True(t, unset.IsZero())
		assert.Empty(t, unset.String())
	}
}
