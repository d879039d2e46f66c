package paymentsource_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/source"
)

func TestUnion(t *testing.T) {
	tests := []struct {
		name        string
		json        string
		wantID      string
		wantObject  string
		wantDeleted bool
		wantCard    *card.Card
		wantSource  *source.Source
		wantBank    *paymentsource.BankAccount
	}{
		{
			name: "card", json: `{"id":"card_1","object":"card","last4":"4242","not_yet_known":{"a":[1,2.50]}}`,
			wantID: "card_1", wantObject: "card", wantCard: &card.Card{ID: "card_1", Object: "card", Last4: "4242"},
		},
		{
			name: "source", json: `{"id":"src_1","object":"source","type":"card","card":{"last4":"4242"}}`,
			wantID: "src_1", wantObject: "source",
			wantSource: &source.Source{
				ID: "src_1", Object: "source", Type: source.TypeCard, Card: &source.Card{Last4: "4242"},
			},
		},
		{
			name: "bank account", json: `{"object":"bank_account","id":"ba_1","last4":"6789"}`,
			wantID: "ba_1", wantObject: "bank_account",
			wantBank: &paymentsource.BankAccount{ID: "ba_1", Object: "bank_account", Last4: "6789"},
		},
		{
			name: "account", json: `{"id":"acct_1","object":"account","capabilities":{"transfers":"active"}}`,
			wantID: "acct_1", wantObject: "account",
		},
		{
			name: "something newer", json: `{"id":"x_1","object":"purse","coins":[1,2,3],"big":12345678901234567890}`,
			wantID: "x_1", wantObject: "purse",
		},
		{
			name: "deleted card", json: `{"id":"card_1","object":"card","deleted":true}`,
			wantID: "card_1", wantObject: "card", wantDeleted: true,
		},
		{
			name: "deleted bank account", json: `{"id":"ba_1","object":"bank_account","deleted":true,"currency":"usd"}`,
			wantID: "ba_1", wantObject: "bank_account", wantDeleted: true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var p paymentsource.PaymentSource
			require.NoError(t, json.Unmarshal([]byte(tt.json), &p))
			assert.Equal(t, tt.wantID, p.ID())
			assert.Equal(t, tt.wantID, p.ObjectID())
			assert.Equal(t, tt.wantObject, p.Object())
			assert.Equal(t, tt.wantDeleted, p.Deleted())

			c, isCard := p.AsCard()
			assert.Equal(t, tt.wantCard, c)
			assert.Equal(t, tt.wantCard != nil, isCard)
			s, isSource := p.AsSource()
			assert.Equal(t, tt.wantSource, s)
			assert.Equal(t, tt.wantSource != nil, isSource)
			b, isBank := p.AsBankAccount()
			assert.Equal(t, tt.wantBank, b)
			assert.Equal(t, tt.wantBank != nil, isBank)

			assert.Equal(t, tt.json, string(p.Raw()))
			for _, value := range []any{p, &p, []any{p}} {
				got, err := json.Marshal(value)
				require.NoError(t, err)
				assert.Equal(t, tt.json, string(bytes.Trim(got, "[]")))
			}
		})
	}
}

func TestUnionZero(t *testing.T) {
	var p paymentsource.PaymentSource
	got, err := json.Marshal(p)
	require.NoError(t, err)
	assert.Equal(t, "null", string(got))
	assert.Empty(t, p.ID())
	assert.Empty(t, p.Object())
	_, ok := p.AsCard()
	assert.False(t, ok)

	require.NoError(t, json.Unmarshal([]byte(`{"id":"card_1","object":"card"}`), &p))
	require.NoError(t, json.Unmarshal([]byte("null"), &p))
	assert.Equal(t, paymentsource.PaymentSource{}, p)
}

func TestUnionRefuses(t *testing.T) {
	tests := []struct{ name, json, want string }{
		{"an ID alone", `"card_1"`, "json: cannot unmarshal string"},
		{"a list", `[]`, "json: cannot unmarshal array"},
		{"no ID", `{"object":"card"}`, "the fields id and object are required"},
		{"no object", `{"id":"card_1"}`, "the fields id and object are required"},
		{"another type of field", `{"id":"card_1","object":"card","exp_month":"August"}`, `a card: json: cannot unmarshal string`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := unmarshal(t, `{"id":"ba_1","object":"bank_account"}`)
			p := before
			require.ErrorContains(t, json.Unmarshal([]byte(tt.json), &p), tt.want)
			assert.Equal(t, before, p, "what was refused must not be taken in by half")
		})
	}
}

func unmarshal(t *testing.T, text string) paymentsource.PaymentSource {
	t.Helper()
	var p paymentsource.PaymentSource
	require.NoError(t, json.Unmarshal([]byte(text), &p))
	return p
}

// What encoding/json does to any Marshaler's output is done to this one's, too. Raw, MarshalJSON itself and an encoder
// that is told not to escape show the bytes as they came.
func TestUnionBytes(t *testing.T) {
	const text = "{ \"id\": \"x_1\",\n  \"object\": \"purse\", \"name\": \"a<b & \\u003c \u2028\" }"
	p := unmarshal(t, text)
	assert.Equal(t, text, string(p.Raw())) //nolint:testifylint // the bytes are the point
	got, err := p.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, text, string(got)) //nolint:testifylint // the bytes are the point

	got, err = json.Marshal(p)
	require.NoError(t, err)
	assert.Equal(t, `{"id":"x_1","object":"purse","name":"a\u003cb \u0026 \u003c `+`\u2028"}`, string(got)) //nolint:testifylint // the bytes are the point
	assert.JSONEq(t, text, string(got))

	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	require.NoError(t, encoder.Encode(p))
	shown := strings.ReplaceAll(out.String(), `\u2028`, "\u2028")                                       // from Go 1.27 on it is an escape even then
	assert.Equal(t, "{\"id\":\"x_1\",\"object\":\"purse\",\"name\":\"a<b & \\u003c \u2028\"}\n", shown) //nolint:testifylint // the bytes are the point
}

func TestUnionKeepsNoHoldOnItsInput(t *testing.T) {
	data := []byte(`{"id":"card_1","object":"card"}`)
	var p paymentsource.PaymentSource
	require.NoError(t, p.UnmarshalJSON(data))
	clear(data)
	assert.Equal(t, `{"id":"card_1","object":"card"}`, string(p.Raw())) //nolint:testifylint // the bytes are the point
}

// An expanded default_source is a payment source as well.
func TestUnionExpanded(t *testing.T) {
	var customer struct {
		DefaultSource stripecash.Expandable[paymentsource.PaymentSource] `json:"default_source"`
	}
	const text = `{"default_source":{"id":"card_1","object":"card","brand":"Visa"}}`
	require.NoError(t, json.Unmarshal([]byte(text), &customer))
	c, ok := customer.DefaultSource.Object.AsCard()
	require.True(t, ok)
	assert.Equal(t, card.BrandVisa, c.Brand)
	got, err := json.Marshal(customer)
	require.NoError(t, err)
	assert.Equal(t, text, string(got)) //nolint:testifylint // the bytes are the point
}

func FuzzPaymentSource(f *testing.F) {
	for _, seed := range []string{
		`{"id":"card_1","object":"card"}`, `{"id":"src_1","object":"source","owner":{"address":null}}`,
		`{"id":"ba_1","object":"bank_account","requirements":{"errors":[{"code":"x"}]}}`, `{"id":"x","object":"y","z":"<"}`,
		`{"id":"card_1","object":"card","deleted":true}`, `null`, `"card_1"`, ` { } `, `{"id":5}`, `{"ID":"a","OBJECT":"card"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var p paymentsource.PaymentSource
		if json.Unmarshal(data, &p) != nil {
			return
		}
		want := bytes.TrimSpace(data)
		if p.Raw() == nil {
			assert.Equal(t, "null", string(want))
			return
		}
		assert.Equal(t, string(want), string(p.Raw()))
		assert.NotEmpty(t, p.ID())
		assert.NotEmpty(t, p.Object())

		known := 0
		if c, ok := p.AsCard(); ok {
			known++
			assert.Equal(t, p.ID(), c.ID)
		}
		if s, ok := p.AsSource(); ok {
			known++
			assert.Equal(t, p.ID(), s.ID)
		}
		if b, ok := p.AsBankAccount(); ok {
			known++
			assert.Equal(t, p.ID(), b.ID)
		}
		assert.LessOrEqual(t, known, 1)

		// Once more through encoding/json, and nothing changes but the spelling.
		text, err := json.Marshal(p)
		require.NoError(t, err)
		var again paymentsource.PaymentSource
		require.NoError(t, json.Unmarshal(text, &again))
		assert.Equal(t, p.ID(), again.ID())
		assert.Equal(t, p.Object(), again.Object())
		twice, err := json.Marshal(again)
		require.NoError(t, err)
		assert.Equal(t, string(text), string(twice))
	})
}

// Printed or logged, it is what it is called: what it holds can have a client secret in it.
func TestPaymentSourceInALog(t *testing.T) {
	var p paymentsource.PaymentSource
	assert.Equal(t, "nothing", p.String())
	require.NoError(t, json.Unmarshal([]byte(`{"id":"src_1","object":"source","client_secret":"src_client_secret_1"}`), &p))
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "value", p, "pointer", &p, "text", fmt.Sprint(p, &p))
	assert.Contains(t, log.String(), `"value":{"object":"source","id":"src_1"},"pointer":{"object":"source","id":"src_1"},"text":"source src_1 source src_1"`)
	assert.NotContains(t, log.String(), "src_client_secret_1")
}
