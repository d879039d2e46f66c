package stripecash_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// widgetParams has every shape that params of this module have.
type widgetParams struct {
	Amount   int64                     `url:"amount,omitempty"`
	Currency stripecash.Currency       `url:"currency,omitempty"`
	Name     *string                   `url:"name,omitempty"`
	Live     *bool                     `url:"live,omitempty"`
	Count    *int64                    `url:"count,omitempty"`
	Before   stripecash.Timestamp      `url:"before,omitempty"`
	Tags     []string                  `url:"tags,omitempty,brackets"`
	Owner    *ownerParams              `url:"owner,omitempty"`
	Items    stripecash.Indexed[item]  `url:"items"`
	Metadata stripecash.Metadata       `url:"metadata"`
	Address  *stripecash.AddressParams `url:"address,omitempty"`
}

type ownerParams struct {
	Email    *string                   `url:"email,omitempty"`
	Address  *stripecash.AddressParams `url:"address,omitempty"`
	Metadata stripecash.Metadata       `url:"metadata"`
}

type item struct {
	Type     string                   `url:"type,omitempty"`
	Amount   int64                    `url:"amount,omitempty"`
	Tags     []string                 `url:"tags,omitempty,brackets"`
	Owner    *ownerParams             `url:"owner,omitempty"`
	Parts    stripecash.Indexed[part] `url:"parts"`
	Metadata stripecash.Metadata      `url:"metadata"`
}

type part struct {
	SKU string `url:"sku"`
}

func TestEncode(t *testing.T) {
	tests := []struct {
		name   string
		params any
		want   string // unescaped, in the order of the body
	}{
		{"nothing", nil, ""},
		{"nil params", (*widgetParams)(nil), ""},
		{"empty params", &widgetParams{}, ""},
		{"a struct, not a pointer", widgetParams{Amount: 1}, "amount=1"},
		{"values", url.Values{"b": {"2"}, "a": {"1", "0"}}, "a=1&a=0&b=2"},
		{"nil values", url.Values(nil), ""},
		{"plain fields", &widgetParams{Amount: -5, Currency: stripecash.CurrencyEUR, Before: 1700000000},
			"amount=-5&before=1700000000&currency=eur"},
		{"pointers to something", &widgetParams{Name: new("Jenny"), Live: new(true), Count: new(int64(7))},
			"count=7&live=true&name=Jenny"},
		{"pointers to zero values are sent", &widgetParams{Name: new(""), Live: new(false), Count: new(int64(0))},
			"count=0&live=false&name="},
		{"a slice", &widgetParams{Tags: []string{"x", "y"}}, "tags[]=x&tags[]=y"},
		{"nested structs", &widgetParams{Owner: &ownerParams{Email: new("a@b.c"), Address: &stripecash.AddressParams{Line1: new("")}}},
			"owner[address][line1]=&owner[email]=a@b.c"},
		{"an empty nested struct", &widgetParams{Owner: &ownerParams{}}, ""},
		{"a whole address", &widgetParams{Address: &stripecash.AddressParams{
			City: new("Berlin"), Country: new("DE"), Line1: new("1 A"), Line2: new("2"), PostalCode: new("10115"), State: new("BE"),
		}}, "address[city]=Berlin&address[country]=DE&address[line1]=1 A&address[line2]=2&address[postal_code]=10115&address[state]=BE"},

		{"nil metadata is left alone", &widgetParams{Metadata: nil}, ""},
		{"empty metadata clears all", &widgetParams{Metadata: stripecash.Metadata{}}, "metadata="},
		{"an empty value clears one", &widgetParams{Metadata: stripecash.Metadata{"k": "", "l": "1"}}, "metadata[k]=&metadata[l]=1"},
		{"metadata keys that go-querystring's maps would corrupt", &widgetParams{Metadata: stripecash.Metadata{"a:b c&d=e": "f&g=h"}},
			"metadata[a:b c&d=e]=f&g=h"},
		{"metadata within", &widgetParams{Owner: &ownerParams{Metadata: stripecash.Metadata{"k": "v"}}}, "owner[metadata][k]=v"},
		{"metadata cleared within", &widgetParams{Owner: &ownerParams{Metadata: stripecash.Metadata{}}}, "owner[metadata]="},

		{"no items", &widgetParams{Items: stripecash.Indexed[item]{}}, ""},
		{"items", &widgetParams{Items: stripecash.Indexed[item]{{Type: "a", Amount: 1}, {Type: "b", Tags: []string{"x", "y"}}}},
			"items[0][amount]=1&items[0][type]=a&items[1][tags][]=x&items[1][tags][]=y&items[1][type]=b"},
		{"items of items", &widgetParams{Items: stripecash.Indexed[item]{{Parts: stripecash.Indexed[part]{{"p"}, {"q"}}}}},
			"items[0][parts][0][sku]=p&items[0][parts][1][sku]=q"},
		{"structs and metadata in items", &widgetParams{Items: stripecash.Indexed[item]{{
			Owner: &ownerParams{Email: new("e")}, Metadata: stripecash.Metadata{"k": "v"},
		}, {Metadata: stripecash.Metadata{}}}}, "items[0][metadata][k]=v&items[0][owner][email]=e&items[1][metadata]="},
		{"eleven items", &widgetParams{Items: append(make(stripecash.Indexed[item], 10), item{Amount: 1})}, "items[10][amount]=1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values, err := stripecash.Encode(tt.params)
			require.NoError(t, err)
			got, err := url.QueryUnescape(values.Encode())
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

// What writes itself adds to what others wrote under its names, as go-querystring does for all else: nothing is lost.
func TestAddressAdds(t *testing.T) {
	first, err := stripecash.Encode(&struct {
		City    string                    `url:"address[city]"`
		Address *stripecash.AddressParams `url:"address"`
	}{"x", &stripecash.AddressParams{City: new("y")}})
	require.NoError(t, err)
	assert.Equal(t, url.Values{"address[city]": {"x", "y"}}, first)
	last, err := stripecash.Encode(&struct {
		Address *stripecash.AddressParams `url:"address"`
		City    string                    `url:"address[city]"`
	}{&stripecash.AddressParams{City: new("y")}, "x"})
	require.NoError(t, err)
	assert.Equal(t, url.Values{"address[city]": {"y", "x"}}, last)
}

func TestEncodeRefuses(t *testing.T) {
	over := func(n int) stripecash.Metadata {
		m := stripecash.Metadata{}
		for i := range n {
			m[fmt.Sprint("k", i)] = "v"
		}
		return m
	}
	tests := []struct {
		name   string
		params any
		want   string
	}{
		{"a number", 5, "struct"},
		{"a map", map[string]string{"a": "b"}, "struct"},
		{"a map within", &struct {
			M map[string]string `url:"m"`
		}{}, ".M is a map, which can't be encoded; make it a Metadata"},
		{"51 metadata keys", &widgetParams{Metadata: over(51)}, "metadata: 51 keys; at most 50 are allowed"},
		{"empty metadata key", &widgetParams{Metadata: stripecash.Metadata{"": "v"}}, "metadata: a key is empty"},
		{"bracket in a metadata key", &widgetParams{Metadata: stripecash.Metadata{"a[b": "v"}}, `key "a[b" has a square bracket`},
		{"other bracket in a metadata key", &widgetParams{Metadata: stripecash.Metadata{"a]b": "v"}}, `key "a]b" has a square bracket`},
		{"metadata key of 41", &widgetParams{Metadata: stripecash.Metadata{strings.Repeat("ü", 41): "v"}}, "has 41 characters; at most 40"},
		{"metadata value of 501", &widgetParams{Metadata: stripecash.Metadata{"k": strings.Repeat("ü", 501)}}, `the value of "k" has 501 characters; at most 500`},
		{"metadata within", &widgetParams{Owner: &ownerParams{Metadata: stripecash.Metadata{"": "v"}}}, "owner[metadata]: a key is empty"},
		{"metadata in an item", &widgetParams{Items: stripecash.Indexed[item]{{}, {Metadata: stripecash.Metadata{"": "v"}}}}, "items[1]: metadata: a key is empty"},
		{"items that are no structs", &struct {
			Items stripecash.Indexed[int] `url:"items"`
		}{stripecash.Indexed[int]{1}}, "struct"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := stripecash.Encode(tt.params)
			require.ErrorContains(t, err, tt.want)

			w := widgets()
			_, err = postWidget(t.Context(), w.client(t), tt.params)
			require.ErrorContains(t, err, tt.want)
			assert.Empty(t, w.requests())
		})
	}
}

// Stripe counts characters; a limit in bytes would refuse what Stripe takes.
func TestMetadataLimitsAreCharacters(t *testing.T) {
	m := stripecash.Metadata{strings.Repeat("ü", 40): strings.Repeat("金", 500)}
	for i := range 49 {
		m[strconv.Itoa(i)] = ""
	}
	values, err := stripecash.Encode(&widgetParams{Metadata: m})
	require.NoError(t, err)
	assert.Len(t, values, 50)
}

// What Encode returns is the caller's to change, and so are the values that were given to it.
func TestEncodeCopiesValues(t *testing.T) {
	given := url.Values{"a": append(make([]string, 0, 8), "1")}
	got, err := stripecash.Encode(given)
	require.NoError(t, err)
	got.Add("a", "2")
	got["a"][0] = "changed"
	got.Set("b", "3")
	assert.Equal(t, url.Values{"a": {"1"}}, given)
	assert.Empty(t, given["a"][:2][1], "not even behind the slice's end")
}

func TestBody(t *testing.T) {
	type params struct {
		B string `url:"b,omitempty"`
		A string `url:"a,omitempty"`
	}
	tests := []struct {
		name   string
		params any
		opts   []stripecash.CallOption
		want   string
	}{
		{"no params", nil, nil, ""},
		{"nil params", (*params)(nil), nil, ""},
		{"keys are sorted", &params{"2", "1"}, nil, "a=1&b=2"},
		{"expand", nil, calls(stripecash.WithExpand("customer", "owner.x"), stripecash.WithExpand("z")),
			"expand[]=customer&expand[]=owner.x&expand[]=z"},
		{"expand nothing", nil, calls(stripecash.WithExpand()), ""},
		{"an extra parameter", &params{"2", "1"}, calls(stripecash.WithParam("aa[x]", "&=")), "a=1&aa[x]=&=&b=2"},
		{"extra parameters of one name", nil, calls(stripecash.WithParam("x[]", "1"), stripecash.WithParam("x[]", "2")), "x[]=1&x[]=2"},
		{"an extra expand", nil, calls(stripecash.WithExpand("a"), stripecash.WithParam("expand[]", "b")), "expand[]=b&expand[]=a"},
		{"a parameter that the params leave out", &params{B: "2"}, calls(stripecash.WithParam("a", "1")), "a=1&b=2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := widgets()
			c := w.client(t)
			for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodDelete} {
				_, err := callWidget(t.Context(), c, method, tt.params, tt.opts...)
				require.NoError(t, err)
			}
			requests := w.requests()
			body, err := url.QueryUnescape(requests[0].Body)
			require.NoError(t, err)
			assert.Equal(t, tt.want, body)
			assert.NotEmpty(t, requests[0].Header.Get("Idempotency-Key"))
			assert.NotContains(t, requests[0].URL, "?")
			for _, r := range requests[1:] {
				_, query, _ := strings.Cut(r.URL, "?")
				assert.Equal(t, requests[0].Body, query)
				assert.Empty(t, r.Body)
				assert.NotContains(t, r.Header, "Idempotency-Key")
			}
		})
	}
}

// A body says every byte as net/url does, in names and in values.
func TestBodyIsEscaped(t *testing.T) {
	values := url.Values{}
	for b := range 256 {
		values.Add("x"+string([]byte{byte(b)}), "y"+string([]byte{byte(b)}))
	}
	w := widgets()
	_, err := postWidget(t.Context(), w.client(t), values)
	require.NoError(t, err)
	assert.Equal(t, values.Encode(), w.only(t).Body)
}

func calls(opts ...stripecash.CallOption) []stripecash.CallOption { return opts }

// Two values for one parameter would leave it to the API which one counts.
func TestParamConflicts(t *testing.T) {
	tests := []struct {
		name   string
		params any
		param  string
	}{
		{"a field", &widgetParams{Amount: 1}, "amount"},
		{"a field within", &widgetParams{Owner: &ownerParams{Email: new("")}}, "owner[email]"},
		{"metadata", &widgetParams{Metadata: stripecash.Metadata{"k": "v"}}, "metadata[k]"},
		{"an item", &widgetParams{Items: stripecash.Indexed[item]{{Amount: 1}}}, "items[0][amount]"},
		{"a value", url.Values{"x": {"1"}}, "x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := widgets()
			_, err := postWidget(t.Context(), w.client(t), tt.params, stripecash.WithParam(tt.param, "x"))
			require.ErrorContains(t, err, fmt.Sprintf("WithParam sets %q", tt.param))
			assert.Empty(t, w.requests())
		})
	}
	t.Run("a list's own", func(t *testing.T) {
		w := widgets()
		_, err := stripecash.List[widget](t.Context(), w.client(t), stripecash.Request{Path: "/v1/widgets"},
			&stripecash.ListParams{Limit: 3}, stripecash.WithParam("limit", "5"))
		require.ErrorContains(t, err, `WithParam sets "limit"`)
		assert.Empty(t, w.requests())
	})
}
