package stripecash_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// FuzzEncode holds that the API reads what the caller wrote, whatever is in it: no value gets into another's place.
func FuzzEncode(f *testing.F) {
	for _, seed := range [][3]string{
		{"Jenny", "order", "17"}, {"", "", ""}, {"a&b=c", "k]", "v"}, {"x[y]", "a[b", "c]"}, {"map[a:b]", "a:b c", "&="},
		{"\x00\n", "\xff", "é金"}, {"%2e", "+", " "}, {"{1 2}", "k", strings.Repeat("ü", 501)}, {"…", strings.Repeat("ü", 40), ""},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, text, key, value string) {
		params := &widgetParams{
			Name: new(text), Tags: []string{text, value}, Metadata: stripecash.Metadata{key: value},
			Items: stripecash.Indexed[item]{{Amount: 1}, {Type: text, Metadata: stripecash.Metadata{key: value}}},
		}
		values, err := stripecash.Encode(params)
		allowed := key != "" && !strings.ContainsAny(key, "[]") && utf8.RuneCountInString(key) <= 40 && utf8.RuneCountInString(value) <= 500
		if !allowed {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		got, err := url.ParseQuery(values.Encode())
		require.NoError(t, err)
		want := url.Values{
			"name": {text}, "tags[]": {text, value}, "metadata[" + key + "]": {value},
			"items[0][amount]": {"1"}, "items[1][metadata][" + key + "]": {value},
		}
		if text != "" {
			want["items[1][type]"] = []string{text}
		}
		require.Equal(t, want, got)
	})
}

// FuzzBody holds that a body is what net/url makes of the same values, whatever is in them.
func FuzzBody(f *testing.F) {
	for _, seed := range [][3]string{
		{"settings[reconciliation_mode]", "manual", ""}, {"a", "b", "c"}, {"b", "", "\x00"}, {"\xff", "é金", "a b+c"}, {"&=", "%", "~-._*"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, name, value, other string) {
		values := url.Values{name: {value, other}, other: {name}, "amount": {"1"}}
		w := widgets()
		require.NoError(t, w.client(t).Do(t.Context(),
			stripecash.Request{Method: http.MethodPost, Path: "/v1/widgets", Params: values}, nil))
		require.Equal(t, values.Encode(), w.only(t).Body)
	})
}

// FuzzID holds that an ID is refused or stays one segment, behind whatever stands before it.
func FuzzID(f *testing.F) {
	for _, id := range []string{"cus_1", "", ".", "..", "../charges", "a/b", "a?b", "a#b", "%2e%2e", "a b", "\n", "\x00", "\xff", "{id}", "//", "@", ":", ";", "*"} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		w := widgets()
		err := w.client(t).Do(t.Context(), stripecash.Request{
			Method: http.MethodGet, Path: "/v1/customers/{customer}/cash_balance", IDs: []string{id},
		}, nil)
		if id == "" || id == "." || id == ".." {
			require.Error(t, err)
			require.Empty(t, w.requests())
			return
		}
		require.NoError(t, err)
		u, err := url.Parse(w.only(t).URL)
		require.NoError(t, err)
		segments := strings.Split(u.EscapedPath(), "/")
		require.Len(t, segments, 5)
		got, err := url.PathUnescape(segments[3])
		require.NoError(t, err)
		require.Equal(t, id, got)
		require.NotContains(t, []string{"", ".", ".."}, segments[3])
		require.Equal(t, "cash_balance", segments[4])
		require.Equal(t, "api.stripe.com", u.Host)
		require.Empty(t, u.RawQuery+u.Fragment)
	})
}

// FuzzExpandable holds an Expandable and a Ref against encoding/json: they take what is null, a string or an object,
// find its ID, and write it back as it was.
func FuzzExpandable(f *testing.F) {
	for _, seed := range []string{
		`null`, `"cus_1"`, `""`, `"\u0063us"`, `"\ud800"`, `"é"`, "\"\xff\"", `{}`, `{"id":"cus_1","email":"a"}`, `{"email":"a","id":"cus_1"}`,
		`{"id":5}`, `{"id":null}`, `{"id":{"id":"x"}}`, `{"a":{"id":"x"},"id":"y"}`, `{"a":["id","x"],"b":"id","id":"y"}`,
		`{"a":"\"id\":\"x\"","id":"y"}`, `{"a":"\\","id":"y"}`, `{"id":"a\"b"}`, `{"id":"\/"}`, ` {"id" : "y" } `, `5`, `true`, `[]`, `nul`, `{"id":"x"`, `"`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var ref stripecash.Ref
		refErr := json.Unmarshal(data, &ref)
		var full stripecash.Expandable[json.RawMessage]
		fullErr := json.Unmarshal(data, &full)
		trimmed := bytes.TrimLeft(data, " \t\r\n")
		if !json.Valid(data) || !bytes.ContainsAny(trimmed[:1], `n"{`) {
			require.Error(t, refErr)
			require.Error(t, fullErr)
			return
		}
		require.NoError(t, refErr)
		require.NoError(t, fullErr)
		require.Equal(t, ref.ID, full.ID)

		var id string
		switch trimmed[0] {
		case '"':
			require.NoError(t, json.Unmarshal(data, &id))
		case '{':
			_, id = readObject(t, data, "")
			require.JSONEq(t, string(data), string(ref.Raw))
			require.JSONEq(t, string(data), string(*full.Object))
		}
		require.Equal(t, id, ref.ID)

		for _, v := range []any{ref, full} {
			encoded, err := json.Marshal(v)
			require.NoError(t, err)
			var again stripecash.Ref
			require.NoError(t, json.Unmarshal(encoded, &again))
			require.Equal(t, ref.ID, again.ID)
			require.Equal(t, ref.Raw == nil, again.Raw == nil)
		}
	})
}

// readObject is the "object" and the "id" of a JSON object as encoding/json's own decoder finds them, up to where it has
// both, or the wanted object. Names written in escapes, as no API does, do not count.
func readObject(t *testing.T, data []byte, want string) (object, id string) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	_, err := decoder.Token()
	require.NoError(t, err)
	var hasObject, hasID bool
	for decoder.More() && !(hasObject && (hasID || want != "" && object == want)) {
		before := decoder.InputOffset()
		_, err := decoder.Token()
		require.NoError(t, err)
		name := string(bytes.TrimLeft(data[before:decoder.InputOffset()], " \t\r\n,"))
		var raw json.RawMessage
		require.NoError(t, decoder.Decode(&raw))
		if raw[0] != '"' {
			continue
		}
		switch name {
		case `"object"`:
			hasObject = true
			require.NoError(t, json.Unmarshal(raw, &object))
		case `"id"`:
			hasID = true
			require.NoError(t, json.Unmarshal(raw, &id))
		}
	}
	return object, id
}

// FuzzObject holds that a 2xx succeeds when it is one whole JSON object that is the right one, and that anything else is
// an error which says what came, as encoding/json reads it.
func FuzzObject(f *testing.F) {
	for _, seed := range []string{
		widgetJSON, `{"object":"widget"}`, `{"object":"card","id":"card_1"}`, `{"id":"x"}`, `{}`, `[]`, `null`, `""`, ``, `{`, `{"object":"widget"`,
		`{"object":"widget"}}`, `{"object":"widget"}{}`, `{"object":"widget" "id"}`, `{"a":{"object":"widget"}}`, `{"object":{"object":"widget"}}`,
		`{"a":"\\\"","object":"widget"}`, `{"object":"wid\u0067et"}`, `{"object":"widget","object":"card"}`, `{"object":5,"id":5,"object":"widget"}`,
		"\xef\xbb\xbf{\"object\":\"widget\"}", "{\"object\":\"widget\",\"id\":\"\n\"}", html,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		w := newWire(reply(http.StatusOK, string(body)))
		var out json.RawMessage
		err := w.client(t, stripecash.WithMaxRetries(0)).Do(t.Context(), stripecash.Request{
			Method: http.MethodPost, Path: "/v1/widgets", Object: "widget",
		}, &out)
		trimmed := bytes.TrimLeft(body, " \t\r\n")
		if !json.Valid(body) || trimmed[0] != '{' && trimmed[0] != 'n' {
			_, ok := errors.AsType[*stripecash.CallError](err)
			require.True(t, ok, "%v", err)
			oneLine(t, err)
			return
		}
		var object, id string
		if trimmed[0] == '{' {
			object, id = readObject(t, body, "")
			gotObject, gotID, err := stripecash.Identify(body)
			require.NoError(t, err)
			require.Equal(t, [2]string{object, id}, [2]string{gotObject, gotID})
			object, id = readObject(t, body, "widget")
		}
		if object == "widget" {
			require.NoError(t, err)
			require.JSONEq(t, string(body), string(out))
			return
		}
		e, ok := errors.AsType[*stripecash.ObjectError](err)
		require.True(t, ok, "%v", err)
		require.Equal(t, object, e.Got)
		require.Equal(t, id, e.ID)
		oneLine(t, err)
	})
}

// FuzzError holds that every answer that is not 2xx is an error that keeps the body, fits in a line, and has what
// encoding/json finds in it.
func FuzzError(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `[]`, `null`, `{"error":null}`, `{"error":"invalid_grant"}`, html, `{"error":{"type":"card_err`,
		apiError(`"type":"card_error","code":"card_declined","decline_code":"lost_card","message":"m"`),
		apiError(`"type":"api_error","message":"one\ntwo\u2028three\u0000"`), apiError(`"message":"no type"`), apiError(`"code":"only_a_code"`),
		apiError(`"type":5,"message":"m"`), apiError(`"charge":{"id":"ch_1"},"type":"card_error"`), apiError(`"payment_intent":{"id":"pi_1"}`),
		apiError(`"payment_intent":5,"message":"m"`), "\xff\xfe", strings.Repeat(`{"error":`, 100),
	} {
		f.Add(400, []byte(seed), "req_1", "application/json")
	}
	f.Add(503, []byte(nil), "", "")
	f.Add(520, []byte(html), "req\x1b[2J", "text/html\u2028")
	f.Fuzz(func(t *testing.T, status int, body []byte, requestID, contentType string) {
		if status < 300 || status > 999 {
			return
		}
		w := newWire(reply(status, string(body), "Request-Id", requestID, "Content-Type", contentType))
		_, err := postWidget(t.Context(), w.client(t, stripecash.WithMaxRetries(0)), nil)
		e, ok := errors.AsType[*stripecash.Error](err)
		require.True(t, ok, "%v", err)
		require.Equal(t, status, e.Status)
		require.Equal(t, requestID, e.RequestID)
		require.Equal(t, string(body), string(e.Body))
		require.Equal(t, status >= 500, errors.Is(err, stripecash.ErrServer))
		require.Equal(t, status == 429, errors.Is(err, stripecash.ErrRateLimited))
		oneLine(t, err)
		require.NotPanics(t, func() { _ = e.LogValue() })

		require.Equal(t, e.Type == stripecash.ErrorTypeCard, errors.Is(err, stripecash.ErrCardDeclined))

		var envelope struct {
			Error map[string]string `json:"error"`
		}
		odd := regexp.MustCompile(`[^a-z]null|[A-Z\\]|[^\x00-\x7f]`) // where struct and map read names or null differently
		if !odd.Match(body) && json.Unmarshal(body, &envelope) == nil {
			got := map[string]string{"type": string(e.Type), "code": string(e.Code), "message": e.Message, "param": e.Param, "charge": e.Charge}
			for name, text := range envelope.Error {
				if field, known := got[name]; known {
					require.Equal(t, text, field, name)
				}
			}
		}
	})
}

// oneLine is what an error's text must be for a log.
func oneLine(t *testing.T, err error) {
	t.Helper()
	require.True(t, strings.HasPrefix(err.Error(), "stripecash: POST /v1/"), err.Error())
	require.True(t, utf8.ValidString(err.Error()))
	require.NotRegexp(t, `[\p{Cc}\p{Zl}\p{Zp}]`, err.Error())
}
