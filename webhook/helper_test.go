package webhook_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/webhook"
)

const (
	secret    = "whsec_8fQk2LmZp4Xn"
	oldSecret = "whsec_1aBcDeFgHiJk"
)

func fixture(tb testing.TB, name string) []byte {
	tb.Helper()
	payload, err := os.ReadFile("testdata/" + name)
	require.NoError(tb, err)
	return payload
}

// signature is computed apart from Sign, over a time in any spelling.
func signature(payload []byte, secret, seconds string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(seconds + "." + string(payload)))
	return hex.EncodeToString(mac.Sum(nil))
}

func unix(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

func nowSigned(payload []byte) string { return webhook.Sign(payload, secret, time.Now()) }

// deliver posts a body to a handler as Stripe does, and returns the answer.
func deliver(handler http.Handler, body io.Reader, header string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/stripe", body)
	r.Header.Set(webhook.SignatureHeader, header)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}
