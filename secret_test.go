package stripecash_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// hexTail is how a dumper that writes bytes in hexadecimal would spell the end of the key.
const hexTail = "64 34 65 35 66 36" // d4e5f6

// A client ends up in logs, in a panic's message and in the diff of a failed test. None may show the key, neither before
// nor after requests have gone through the client's buffers.
func TestKeyIsNeverShown(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(widgetJSON))
	}))
	defer srv.Close()
	c, err := stripecash.NewClient(testKey, stripecash.WithBaseURL(srv.URL))
	require.NoError(t, err)
	defer c.CloseIdleConnections()
	for range 2 {
		_, err = postWidget(t.Context(), c, nil)
		require.NoError(t, err)
	}

	type holder struct {
		Exported   *stripecash.Client
		ByValue    stripecash.Client
		unexported *stripecash.Client
		hidden     stripecash.Client
	}
	shown := map[string]any{
		"a pointer":          c,
		"a value":            *c,
		"a struct of both":   holder{c, *c, c, *c},
		"a pointer to one":   &holder{c, *c, c, *c},
		"a slice":            []*stripecash.Client{c},
		"a map":              map[string]stripecash.Client{"c": *c},
		"what With has made": c.With(stripecash.WithAccount("acct_1")),
	}
	for name, v := range shown {
		t.Run(name, func(t *testing.T) {
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
				noKey(t, verb, fmt.Sprintf(verb, v))
			}
			var text, object bytes.Buffer
			slog.New(slog.NewTextHandler(&text, nil)).Info("m", slog.Any("client", v))
			noKey(t, "slog text", text.String())
			slog.New(slog.NewJSONHandler(&object, nil)).Info("m", slog.Any("client", v))
			noKey(t, "slog JSON", object.String())
			if encoded, err := json.Marshal(v); err == nil {
				noKey(t, "json", string(encoded))
			}
			diff := failedDiff(v)
			require.Contains(t, diff, "stripecash.core", "the diff must have gone inside")
			noKey(t, "testify's diff", diff)
		})
	}
}

func noKey(t *testing.T, how, text string) {
	t.Helper()
	require.NotEmpty(t, text, how)
	for _, secret := range []string{testKey, "d4e5f6", hexTail, fmt.Sprintf("%x", testKey), fmt.Sprintf("%X", testKey)} {
		assert.NotContainsf(t, text, secret, "%s shows the key", how)
	}
}

// failedDiff is what testify prints when a comparison with v fails. It goes through every pointer and every
// unexported field.
func failedDiff(v any) string {
	var log testLog
	assert.Equal(&log, emptied(v), v)
	return log.String()
}

// emptied is the zero value of what v is, or points to: testify makes a diff of equal types only.
func emptied(v any) any {
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		return reflect.New(t.Elem()).Interface()
	}
	return reflect.Zero(t).Interface()
}

type testLog struct{ bytes.Buffer }

func (l *testLog) Errorf(format string, args ...any) { _, _ = fmt.Fprintf(l, format, args...) }

func TestClientShown(t *testing.T) {
	c, err := stripecash.NewClient(testKey)
	require.NoError(t, err)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		assert.Equal(t, "stripecash.Client(https://api.stripe.com)", fmt.Sprintf(verb, c))
		assert.Equal(t, "stripecash.Client(https://api.stripe.com)", fmt.Sprintf(verb, *c))
		assert.Equal(t, "stripecash.Client(not made by NewClient)", fmt.Sprintf(verb, stripecash.Client{}))
		assert.Contains(t, fmt.Sprintf(verb, (*stripecash.Client)(nil)), "nil")
	}
	assert.Equal(t, "stripecash.Client(https://api.stripe.com)", c.LogValue().String())
}

// A transport that logs requests may blot out a header where it stands, although it should do so in a copy.
func TestHeadersCanBeBlottedOut(t *testing.T) {
	w := newWire(func(r *http.Request) (*http.Response, error) {
		r.Header["Authorization"][0] = "Bearer ***"
		r.Header["Stripe-Account"][0] = "***"
		return reply(200, widgetJSON)(r)
	})
	c := w.client(t).With(stripecash.WithAccount("acct_1"))
	for range 2 {
		_, err := getWidget(t.Context(), c)
		require.NoError(t, err)
	}
	for _, sent := range w.requests() {
		assert.Equal(t, "Bearer "+testKey, sent.Header.Get("Authorization"))
		assert.Equal(t, "acct_1", sent.Header.Get("Stripe-Account"), "or the next call would act for another account")
	}
}
