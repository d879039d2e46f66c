package stripecash_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// IDs come from a database or from a user and may hold anything. The server must see one segment, or no request at all.
func TestHostileIDs(t *testing.T) {
	tests := []struct {
		name    string
		id      string
		refused string
		escaped string // of the segment, as it travels
	}{
		{name: "empty", id: "", refused: "the ID for {customer} is empty"},
		{name: "dot", id: ".", refused: `the ID for {customer} is "."`},
		{name: "two dots", id: "..", refused: `the ID for {customer} is ".."`},
		{name: "another resource", id: "../charges", escaped: "..%2Fcharges"},
		{name: "slash", id: "a/b", escaped: "a%2Fb"},
		{name: "slash at the end", id: "a/", escaped: "a%2F"},
		{name: "slash alone", id: "/", escaped: "%2F"},
		{name: "backslash", id: `..\charges`, escaped: "..%5Ccharges"},
		{name: "query", id: "a?b", escaped: "a%3Fb"},
		{name: "query and parameter", id: "a?limit=1&x=2", escaped: "a%3Flimit=1&x=2"},
		{name: "fragment", id: "a#b", escaped: "a%23b"},
		{name: "escaped dots", id: "%2e%2e", escaped: "%252e%252e"},
		{name: "escaped slash", id: "a%2fb", escaped: "a%252fb"},
		{name: "percent alone", id: "%", escaped: "%25"},
		{name: "space", id: "a b", escaped: "a%20b"},
		{name: "only a space", id: " ", escaped: "%20"},
		{name: "plus", id: "a+b", escaped: "a+b"},
		{name: "newline", id: "a\nHost: evil", escaped: "a%0AHost:%20evil"},
		{name: "carriage return", id: "a\r\n\r\nGET / HTTP/1.1", escaped: "a%0D%0A%0D%0AGET%20%2F%20HTTP%2F1.1"},
		{name: "NUL", id: "a\x00b", escaped: "a%00b"},
		{name: "invalid UTF-8", id: "a\xff", escaped: "a%FF"},
		{name: "other script", id: "顧客", escaped: "%E9%A1%A7%E5%AE%A2"},
		{name: "another brace", id: "{transaction}", escaped: "%7Btransaction%7D"},
		{name: "three dots", id: "...", escaped: "..."},
		{name: "semicolon", id: "a;b", escaped: "a%3Bb"},
		{name: "authority", id: "@evil.example.com", escaped: "@evil.example.com"},
	}
	for _, prefix := range []string{"", "/proxy/stripe"} {
		var seen []*http.Request
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			seen = append(seen, r)
			_, _ = w.Write([]byte(widgetJSON))
		}))
		t.Cleanup(srv.Close)
		c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(srv.URL+prefix), stripecash.WithMaxRetries(0))
		require.NoError(t, err)

		for _, tt := range tests {
			t.Run(prefix+" "+tt.name, func(t *testing.T) {
				seen = nil
				err := c.Do(t.Context(), stripecash.Request{
					Method: http.MethodGet,
					Path:   "/v1/customers/{customer}/cash_balance_transactions/{transaction}",
					IDs:    []string{tt.id, "ccsbtxn_1"},
				}, nil)
				if tt.refused != "" {
					require.ErrorContains(t, err, tt.refused)
					assert.Empty(t, seen)
					return
				}
				require.NoError(t, err)
				require.Len(t, seen, 1)
				before, after := prefix+"/v1/customers/", "/cash_balance_transactions/ccsbtxn_1"
				assert.Equal(t, before+tt.escaped+after, seen[0].URL.EscapedPath())
				assert.Equal(t, before+tt.id+after, seen[0].URL.Path)
				assert.Empty(t, seen[0].URL.RawQuery)
				assert.Equal(t, strings.TrimPrefix(srv.URL, "http://"), seen[0].Host)
			})
		}
	}
}

// Servers refuse a request line of that length; the client must neither choke on it nor repeat it in its error.
func TestHugeID(t *testing.T) {
	huge := strings.Repeat("a/", 1<<19)
	w := newWire(reply(http.StatusRequestURITooLong, ""))
	err := w.client(t).Do(t.Context(), stripecash.Request{
		Method: http.MethodGet, Path: widgetRoute, IDs: []string{huge},
	}, nil)
	require.Error(t, err)
	assert.Less(t, len(err.Error()), 500)
	u, err := url.Parse(w.only(t).URL)
	require.NoError(t, err)
	assert.Equal(t, "/v1/widgets/"+strings.Repeat("a%2F", 1<<19), u.EscapedPath())
}

func TestPathRefused(t *testing.T) {
	tests := []struct {
		name string
		path string
		ids  []string
		want string
	}{
		{"no path", "", nil, "does not begin with a slash"},
		{"no slash at the beginning", "v1/customers", nil, "does not begin with a slash"},
		{"another host", "@evil.example.com/", nil, "does not begin with a slash"},
		{"too few IDs", "/v1/customers/{customer}/sources/{id}", []string{"cus_1"}, "no ID for {id}"},
		{"no IDs", "/v1/customers/{customer}", nil, "no ID for {customer}"},
		{"too many IDs", "/v1/customers/{customer}", []string{"cus_1", "x", "y"}, "IDs given: 3, braces in the path: 1"},
		{"an ID and no place for it", "/v1/customers", []string{"cus_1"}, "IDs given: 1, braces in the path: 0"},
		{"second ID empty", "/v1/customers/{customer}/sources/{id}", []string{"cus_1", ""}, "the ID for {id} is empty"},
		{"brace not closed", "/v1/customers/{customer", []string{"cus_1"}, "a brace that is not closed"},
		{"query", "/v1/customers?limit=1", nil, "is not a plain one"},
		{"fragment", "/v1/customers#x", nil, "is not a plain one"},
		{"escape that is none", "/v1/%zz", nil, "is not a plain one"},
		{"space", "/v1/a b", nil, "is not a plain one"},
		{"newline", "/v1/a\nb", nil, "is not a plain one"},
		{"backslash", `/v1/customers/..\charges`, nil, "is not a plain one"},
		{"DEL", "/v1/a\x7fb", nil, "is not a plain one"},
		{"other script", "/v1/ü", nil, "is not a plain one"},
		{"an empty ID that was put in by hand", "/v1/customers//cash_balance", nil, "is not a plain one"},
		{"dots that were put in by hand", "/v1/customers/../charges", nil, "is not a plain one"},
		{"slash at the end", "/v1/customers/", nil, "is not a plain one"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := widgets()
			err := w.client(t).Do(t.Context(), stripecash.Request{Method: http.MethodGet, Path: tt.path, IDs: tt.ids}, nil)
			require.ErrorContains(t, err, tt.want)
			assert.NotContains(t, err.Error(), "\n")
			assert.Empty(t, w.requests())
		})
	}
}
