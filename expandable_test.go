package stripecash_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

func TestExpandable(t *testing.T) {
	tests := []struct {
		name    string
		in      string
		want    stripecash.Expandable[customer]
		wantRef stripecash.Ref
		out     string // what it marshals to; in, if empty
		outRef  string
	}{
		{name: "null", in: `null`},
		{name: "an ID", in: `"cus_1"`, want: stripecash.Expandable[customer]{ID: "cus_1"}, wantRef: stripecash.Ref{ID: "cus_1"}},
		{name: "an ID in escapes", in: `"c\u0075s_\n\"\u00e9"`,
			want: stripecash.Expandable[customer]{ID: "cus_\n\"é"}, wantRef: stripecash.Ref{ID: "cus_\n\"é"}, out: `"cus_\n\"é"`},
		{name: "an object", in: `{"id":"cus_1","email":"a@b.c"}`,
			want:    stripecash.Expandable[customer]{ID: "cus_1", Object: &customer{ID: "cus_1", Email: "a@b.c"}},
			wantRef: stripecash.Ref{ID: "cus_1", Raw: json.RawMessage(`{"id":"cus_1","email":"a@b.c"}`)}},
		{name: "an object with more than the type has", in: `{"email":"a@b.c","extra":{"id":"x"},"id":"cus_1"}`,
			want:    stripecash.Expandable[customer]{ID: "cus_1", Object: &customer{ID: "cus_1", Email: "a@b.c"}},
			wantRef: stripecash.Ref{ID: "cus_1", Raw: json.RawMessage(`{"email":"a@b.c","extra":{"id":"x"},"id":"cus_1"}`)},
			out:     `{"id":"cus_1","email":"a@b.c"}`},
		{name: "an object without an ID", in: `{}`,
			want: stripecash.Expandable[customer]{Object: &customer{}}, wantRef: stripecash.Ref{Raw: json.RawMessage(`{}`)},
			out: `{"id":"","email":""}`, outRef: `{}`},
		{name: "the empty string", in: `""`, out: `null`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := stripecash.Expandable[customer]{ID: "of before", Object: &customer{ID: "of before"}}
			require.NoError(t, json.Unmarshal([]byte(tt.in), &got))
			assert.Equal(t, tt.want, got)
			ref := stripecash.Ref{ID: "of before", Raw: json.RawMessage("{}")}
			require.NoError(t, json.Unmarshal([]byte(tt.in), &ref))
			assert.Equal(t, tt.wantRef, ref)

			out, outRef := tt.out, tt.outRef
			if out == "" {
				out = tt.in
			}
			if outRef == "" {
				outRef = out
				if tt.wantRef.Raw != nil {
					outRef = tt.in
				}
			}
			encoded, err := json.Marshal(got)
			require.NoError(t, err)
			assert.JSONEq(t, out, string(encoded))
			encoded, err = json.Marshal(ref)
			require.NoError(t, err)
			assert.JSONEq(t, outRef, string(encoded))
		})
	}
}

func TestExpandableRefuses(t *testing.T) {
	for in, kind := range map[string]string{`5`: "a number", `-1`: "a number", `true`: "a boolean", `[]`: "an array", `["cus_1"]`: "an array"} {
		want := "an ID or an object was expected, not " + kind // and not what it holds, which may be secret
		var e stripecash.Expandable[customer]
		require.EqualError(t, json.Unmarshal([]byte(in), &e), want)
		var r stripecash.Ref
		require.EqualError(t, json.Unmarshal([]byte(in), &r), want)
	}
	var e stripecash.Expandable[customer]
	require.Error(t, json.Unmarshal([]byte(`{"id":"cus_1","email":5}`), &e))
	require.Error(t, e.UnmarshalJSON(nil))
	require.Error(t, new(stripecash.Ref).UnmarshalJSON(nil))
}

// A type that holds itself is decoded once more at each level. An answer can't make that take minutes.
func TestExpandableIsBounded(t *testing.T) {
	type chain struct {
		ID   string                         `json:"id"`
		Next *stripecash.Expandable[*chain] `json:"next"`
	}
	links := func(n int) []byte {
		return []byte(strings.Repeat(`{"id":"x","pad":"}}]","next":`, n) + `null` + strings.Repeat("}", n))
	}
	var got stripecash.Expandable[chain]
	require.NoError(t, json.Unmarshal(links(32), &got))
	require.EqualError(t, json.Unmarshal(links(33), &got), "an expanded object is nested more than 32 levels deep")
	require.Error(t, json.Unmarshal(links(9_000), &got))
	require.NoError(t, json.Unmarshal([]byte(`{"id":"x","list":[`+strings.Repeat("{},[],", 100)+`{}]}`), &got), "side by side is not deep")
	require.EqualError(t, json.Unmarshal([]byte(`{"id":"x","list":`+strings.Repeat("[", 32)+strings.Repeat("]", 32)+`}`), &got),
		"an expanded object is nested more than 32 levels deep", "lists count")
}

// Printed, alone or in an object, both are their ID: what came with it can hold a client secret.
func TestExpandableString(t *testing.T) {
	var both struct {
		E stripecash.Expandable[customer]
		R stripecash.Ref
	}
	in := `{"E":{"id":"cus_1","email":"of the object"},"R":{"id":"pi_1","client_secret":"of the object"}}`
	require.NoError(t, json.Unmarshal([]byte(in), &both))
	assert.Equal(t, "cus_1 pi_1", fmt.Sprint(both.E, both.R))
	assert.Equal(t, "{E:cus_1 R:pi_1}", fmt.Sprintf("%+v", both))
	assert.Equal(t, "cus_1 pi_1", fmt.Sprint(&both.E, &both.R))
	var out bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info("m", "e", both.E, "r", both.R, "to_e", &both.E, "to_r", &both.R)
	}
	assert.Equal(t, 4, bytes.Count(out.Bytes(), []byte("cus_1")))
	assert.Equal(t, 4, bytes.Count(out.Bytes(), []byte("pi_1")))
	assert.NotContains(t, out.String(), "of the object")
	assert.Equal(t, "{ }", fmt.Sprint(struct {
		E stripecash.Expandable[customer]
		R stripecash.Ref
	}{}))
}

// A Ref keeps its object after the buffer that it was decoded from is used for something else.
func TestRefKeepsItsOwnCopy(t *testing.T) {
	buffer := []byte(`{"id":"cus_1"}`)
	var r stripecash.Ref
	require.NoError(t, json.Unmarshal(buffer, &r))
	copy(buffer, `{"id":"XXXXX"}`)
	assert.Equal(t, stripecash.Ref{ID: "cus_1", Raw: json.RawMessage(`{"id":"cus_1"}`)}, r)
}

func TestTimestamp(t *testing.T) {
	assert.Equal(t, time.Date(2023, 11, 14, 22, 13, 20, 0, time.UTC), stripecash.Timestamp(1700000000).Time())
	assert.True(t, stripecash.Timestamp(0).Time().IsZero())
	assert.Equal(t, time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC), stripecash.Timestamp(-1).Time())
}

func TestCurrencyFormat(t *testing.T) {
	tests := []struct {
		currency stripecash.Currency
		amount   int64
		want     string
	}{
		{stripecash.CurrencyEUR, 10000, "EUR 100.00"},
		{stripecash.CurrencyUSD, 0, "USD 0.00"},
		{stripecash.CurrencyGBP, 5, "GBP 0.05"},
		{stripecash.CurrencyGBP, -5, "GBP -0.05"},
		{stripecash.CurrencyMXN, 99, "MXN 0.99"},
		{stripecash.CurrencyMXN, -12345, "MXN -123.45"},
		{stripecash.CurrencyJPY, 500, "JPY 500"},
		{stripecash.CurrencyJPY, -1, "JPY -1"},
		{stripecash.CurrencyJPY, 0, "JPY 0"},
		{"JPY", 500, "JPY 500"},
		{"kwd", 5, "KWD 0.005"},
		{"kwd", 123456, "KWD 123.456"},
		{"isk", 500, "ISK 5.00"},
		{"ugx", 500, "UGX 5.00"},
		{"eur", -9223372036854775808, "EUR -92233720368547758.08"},
		{"eur", 9223372036854775807, "EUR 92233720368547758.07"},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			assert.Equal(t, tt.want, tt.currency.Format(tt.amount))
		})
	}
	for currency := range strings.FieldsSeq("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf") {
		assert.Equal(t, strings.ToUpper(currency)+" 500", stripecash.Currency(currency).Format(500))
	}
	for currency := range strings.FieldsSeq("bhd jod kwd omr tnd") {
		assert.Equal(t, strings.ToUpper(currency)+" 0.500", stripecash.Currency(currency).Format(500))
	}
}
