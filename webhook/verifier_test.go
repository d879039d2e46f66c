package webhook_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/webhook"
)

func TestVerify(t *testing.T) {
	tests := []struct {
		name    string
		fixture string
		want    webhook.Event // without the raw JSON, which is compared with what is in the file
	}{
		{
			name:    "nobody's call",
			fixture: "funds_available.json",
			want: webhook.Event{
				ID: "evt_1PqR5tLkdIwHu7ixFunds001", Object: "event", Type: webhook.CashBalanceFundsAvailable,
				Created: 1767225600, Livemode: true, APIVersion: stripecash.APIVersion, PendingWebhooks: 2,
			},
		},
		{
			name:    "an update on a connected account, by another API version",
			fixture: "card_updated.json",
			want: webhook.Event{
				ID: "evt_1PqR5tLkdIwHu7ixCard0001", Object: "event", Type: webhook.CustomerSourceUpdated,
				Created: 1767225601, Account: "acct_1032D82eZvKYlo2C", Context: "acct_1032D82eZvKYlo2C",
				APIVersion: "2025-03-31.basil",
				Request:    webhook.Request{ID: "req_8rqbjQ1WbOLjzX", IdempotencyKey: "5f2c9d1e-6a7b-4c3d-9e8f-0a1b2c3d4e5f"},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			payload := fixture(t, tt.fixture)
			var sent struct {
				Data struct {
					Object   json.RawMessage `json:"object"`
					Previous json.RawMessage `json:"previous_attributes"`
				} `json:"data"`
			}
			require.NoError(t, json.Unmarshal(payload, &sent))

			got, err := webhook.Verifier{Secrets: []string{secret}}.Verify(payload, nowSigned(payload))
			require.NoError(t, err)
			clear(payload) // the event must not live in the caller's buffer
			tt.want.Data = webhook.Data{Object: sent.Data.Object, PreviousAttributes: sent.Data.Previous}
			assert.Equal(t, &tt.want, got)
		})
	}
}

func TestVerifyRefusesTampering(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	honest := nowSigned(payload)
	now, later := unix(time.Now()), unix(time.Now().Add(time.Second))
	right := signature(payload, secret, now)
	verifier := webhook.Verifier{Secrets: []string{secret}}

	tests := []struct {
		name    string
		payload []byte
		header  string
		want    error
	}{
		{"another amount", bytes.Replace(payload, []byte("10000"), []byte("90000"), 1), honest, webhook.ErrSignatureMismatch},
		{"another byte at the end", append(bytes.Clone(payload), '\n'), honest, webhook.ErrSignatureMismatch},
		{"a byte less", payload[:len(payload)-1], honest, webhook.ErrSignatureMismatch},
		{"no body", nil, honest, webhook.ErrSignatureMismatch},
		{"another encoding of the same JSON", compact(t, payload), honest, webhook.ErrSignatureMismatch},
		{"a newer time", payload, "t=" + later + ",v1=" + right, webhook.ErrSignatureMismatch},
		{"a zero before the time", payload, "t=0" + now + ",v1=" + right, webhook.ErrSignatureMismatch},
		{"another secret", payload, webhook.Sign(payload, oldSecret, time.Now()), webhook.ErrSignatureMismatch},
		{"an empty secret", payload, webhook.Sign(payload, "", time.Now()), webhook.ErrSignatureMismatch},
		{"a prefix of the signature", payload, "t=" + now + ",v1=" + right[:62], webhook.ErrSignatureMismatch},
		{"more than the signature", payload, "t=" + now + ",v1=" + right + "00", webhook.ErrSignatureMismatch},
		{"an empty signature", payload, "t=" + now + ",v1=", webhook.ErrSignatureMismatch},
		{"no hexadecimal digits", payload, "t=" + now + ",v1=" + strings.Repeat("zz", 32), webhook.ErrSignatureMismatch},
		{"a signature that goes on after =", payload, "t=" + now + ",v1=" + right + "=", webhook.ErrSignatureMismatch},

		{"no header", payload, "", webhook.ErrNoSignature},
		{"a time only", payload, "t=" + now, webhook.ErrNoSignature},
		{"the right signature by another scheme", payload, "t=" + now + ",v0=" + right, webhook.ErrNoSignature},
		{"the right signature by another scheme, beside a wrong one", payload, "t=" + now + ",v1=" + strings.Repeat("00", 32) + ",v0=" + right,
			webhook.ErrSignatureMismatch},
		{"a scheme in capitals", payload, "t=" + now + ",V1=" + right, webhook.ErrNoSignature},
		{"a space before the scheme", payload, "t=" + now + ", v1=" + right, webhook.ErrNoSignature},

		{"no time", payload, "v1=" + right, webhook.ErrMalformedHeader},
		{"an empty time", payload, "t=,v1=" + right, webhook.ErrMalformedHeader},
		{"two times", payload, honest + ",t=" + now, webhook.ErrMalformedHeader},
		{"a negative time", payload, "t=-" + now + ",v1=" + signature(payload, secret, "-"+now), webhook.ErrMalformedHeader},
		{"a plus sign", payload, "t=+" + now + ",v1=" + signature(payload, secret, "+"+now), webhook.ErrMalformedHeader},
		{"a fraction", payload, "t=" + now + ".5,v1=" + signature(payload, secret, now+".5"), webhook.ErrMalformedHeader},
		{"a time that is no number", payload, "t=yesterday,v1=" + right, webhook.ErrMalformedHeader},
		{"a time past int64", payload, "t=9223372036854775808,v1=" + right, webhook.ErrMalformedHeader},
		{"a time of 100,000 digits", payload, "t=" + strings.Repeat("9", 100_000) + ",v1=" + right, webhook.ErrMalformedHeader},
		{"an entry without =", payload, honest + ",v1", webhook.ErrMalformedHeader},
		{"a comma at the end", payload, honest + ",", webhook.ErrMalformedHeader},
		{"garbage", payload, "\x00\xff", webhook.ErrMalformedHeader},

		{"the beginning of time", payload, "t=0,v1=" + signature(payload, secret, "0"), webhook.ErrExpired},
		{
			"the end of time", payload,
			"t=9223372036854775807,v1=" + signature(payload, secret, "9223372036854775807"), webhook.ErrExpired,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			event, err := verifier.Verify(tt.payload, tt.header)
			assert.Nil(t, event)
			require.ErrorIs(t, err, tt.want)
			assert.NotContains(t, err.Error(), right[:8])
			assert.NotContains(t, err.Error(), "cus_9s6XKzkNRiz8i3")
			assert.NotContains(t, err.Error(), secret)
		})
	}

	_, err := verifier.Verify(payload, honest)
	require.NoError(t, err, "what was tampered with above is accepted when nobody tampers with it")
}

func compact(t *testing.T, payload []byte) []byte {
	t.Helper()
	var buffer bytes.Buffer
	require.NoError(t, json.Compact(&buffer, payload))
	return buffer.Bytes()
}

func TestVerifyRefusesEveryFlippedBit(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	now := unix(time.Now())
	right, err := hex.DecodeString(signature(payload, secret, now))
	require.NoError(t, err)
	verifier := webhook.Verifier{Secrets: []string{secret}}

	for bit := range 8 * len(right) {
		right[bit/8] ^= 1 << (bit % 8)
		_, err := verifier.Verify(payload, "t="+now+",v1="+hex.EncodeToString(right))
		require.ErrorIs(t, err, webhook.ErrSignatureMismatch, "bit %d of the signature", bit)
		right[bit/8] ^= 1 << (bit % 8)
	}
	header := "t=" + now + ",v1=" + hex.EncodeToString(right)
	for bit := range 8 * len(payload) {
		payload[bit/8] ^= 1 << (bit % 8)
		_, err := verifier.Verify(payload, header)
		require.ErrorIs(t, err, webhook.ErrSignatureMismatch, "bit %d of the payload", bit)
		payload[bit/8] ^= 1 << (bit % 8)
	}
	_, err = verifier.Verify(payload, header)
	require.NoError(t, err)
}

func TestVerifyTolerance(t *testing.T) {
	tests := []struct {
		name      string
		tolerance time.Duration
		signed    time.Duration // from now
		late      time.Duration // how long the delivery takes
		want      error
	}{
		{"default, a second short of too old", 0, -299 * time.Second, 0, nil},
		{"default, just not too old", 0, -300 * time.Second, 0, nil},
		{"default, a nanosecond too old", 0, -300 * time.Second, time.Nanosecond, webhook.ErrExpired},
		{"default, a second too old", 0, -301 * time.Second, 0, webhook.ErrExpired},
		{"default, now", 0, 0, 0, nil},
		{"default, a second short of too early", 0, 299 * time.Second, 0, nil},
		{"default, just not too early", 0, 300 * time.Second, 0, nil},
		{"default, a second too early", 0, 301 * time.Second, 0, webhook.ErrExpired},
		{"own, just not too old", time.Hour, -time.Hour, 0, nil},
		{"own, a second too old", time.Hour, -time.Hour - time.Second, 0, webhook.ErrExpired},
		{"own, just not too early", time.Hour, time.Hour, 0, nil},
		{"own, a second too early", time.Hour, time.Hour + time.Second, 0, webhook.ErrExpired},
		{"as long as can be said", 1<<63 - 1, -10 * 365 * 24 * time.Hour, 0, nil},
		{"negative", -time.Second, 0, 0, webhook.ErrExpired},
		{"as negative as can be said", -1 << 63, 10 * 365 * 24 * time.Hour, 0, webhook.ErrExpired},
		{"later than can be said", 1<<63 - 1, 1<<63 - 1, 0, nil},
	}
	payload := fixture(t, "funds_available.json")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				header := webhook.Sign(payload, secret, time.Now().Add(tt.signed))
				<-time.After(tt.late)
				_, err := webhook.Verifier{Secrets: []string{secret}, Tolerance: tt.tolerance}.Verify(payload, header)
				require.ErrorIs(t, err, tt.want)

				_, err = webhook.Verifier{Secrets: []string{oldSecret}, Tolerance: tt.tolerance}.Verify(payload, header)
				assert.ErrorIs(t, err, webhook.ErrSignatureMismatch, "a forged time is not called expired")
			})
		})
	}
}

func TestVerifyRotation(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	now := unix(time.Now())
	newOne, oldOne := "v1="+signature(payload, secret, now), "v1="+signature(payload, oldSecret, now)
	stranger := "v1=" + signature(payload, "whsec_of_somebody_else", now)

	tests := []struct {
		name    string
		secrets []string
		entries string
		want    error
	}{
		{"the first secret", []string{secret, oldSecret}, newOne, nil},
		{"the second secret", []string{secret, oldSecret}, oldOne, nil},
		{"both sign, both are known", []string{secret, oldSecret}, newOne + "," + oldOne, nil},
		{"both sign, the first is known", []string{secret}, newOne + "," + oldOne, nil},
		{"both sign, the second is known", []string{oldSecret}, newOne + "," + oldOne, nil},
		{"among schemes to come", []string{secret}, "v0=1,v2=,x=y=z," + newOne + ",v3=1", nil},
		{"after one that is no signature", []string{secret}, "v1=," + newOne, nil},
		{"in capitals", []string{secret}, "v1=" + strings.ToUpper(newOne[3:]), nil},
		{"neither", []string{secret, oldSecret}, stranger, webhook.ErrSignatureMismatch},
		{"retired", []string{secret}, oldOne, webhook.ErrSignatureMismatch},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := webhook.Verifier{Secrets: tt.secrets}.Verify(payload, "t="+now+","+tt.entries)
			require.ErrorIs(t, err, tt.want)
			_, err = webhook.Verifier{Secrets: tt.secrets}.Verify(payload, tt.entries+",t="+now)
			require.ErrorIs(t, err, tt.want, "the time may come last")
		})
	}
}

func TestVerifyWithThousandsOfSignatures(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	one := nowSigned(payload)
	stamp, right, _ := strings.Cut(one, ",")
	many := stamp + strings.Repeat(",v1="+strings.Repeat("0", 64), 10_000) + "," + right
	verifier := webhook.Verifier{Secrets: []string{oldSecret, secret}}

	cost := func(header string) float64 {
		least := math.Inf(1) // under the race detector sync.Pool forgets at random, which costs some runs more
		for range 20 {
			least = min(least, testing.AllocsPerRun(1, func() {
				_, err := verifier.Verify(payload, header)
				require.NoError(t, err)
			}))
		}
		return least
	}
	assert.InDelta(t, cost(one), cost(many), 2, "a header's length must not cost memory")
}

func TestVerifyWithoutUsableSecret(t *testing.T) {
	tests := []struct {
		name    string
		secrets []string
		signer  string
		want    string
	}{
		{"none", nil, "", "webhook: no usable secret is configured"},
		{"an unset variable", []string{""}, "", "webhook: no usable secret is configured: Secrets[0] is empty"},
		{"one of two unset", []string{secret, ""}, secret, "webhook: no usable secret is configured: Secrets[1] is empty"},
		{
			"a file's last line", []string{secret + "\n"}, secret,
			"webhook: no usable secret is configured: Secrets[0] has white space around it",
		},
	}
	payload := fixture(t, "funds_available.json")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			event, err := webhook.Verifier{Secrets: tt.secrets}.Verify(payload, webhook.Sign(payload, tt.signer, time.Now()))
			assert.Nil(t, event)
			require.ErrorIs(t, err, webhook.ErrNoSecret)
			assert.EqualError(t, err, tt.want)
		})
	}
}

func TestVerifyAPIVersion(t *testing.T) {
	payload := fixture(t, "card_updated.json")
	_, err := webhook.Verifier{Secrets: []string{secret}, APIVersion: "2025-03-31.basil"}.Verify(payload, nowSigned(payload))
	require.NoError(t, err)

	_, err = webhook.Verifier{Secrets: []string{secret}, APIVersion: stripecash.APIVersion}.Verify(payload, nowSigned(payload))
	require.ErrorIs(t, err, webhook.ErrAPIVersion)
	assert.EqualError(t, err,
		`webhook: the event has another API version: "2025-03-31.basil" instead of "`+stripecash.APIVersion+`"`)
}

func TestVerifierHidesItsSecrets(t *testing.T) {
	verifier := webhook.Verifier{Secrets: []string{secret, oldSecret}}
	type service struct {
		Events  webhook.Verifier
		Pointer *webhook.Verifier
		Any     any
		List    []webhook.Verifier
		ByName  map[string]webhook.Verifier

		handler http.Handler // what the documentation advises for unexported fields
		verify  func([]byte, string) (*webhook.Event, error)
	}
	nested := service{
		verifier, &verifier, verifier, []webhook.Verifier{verifier}, map[string]webhook.Verifier{"a": verifier},
		verifier.Handler(func(context.Context, *webhook.Event) error { return nil }), verifier.Verify,
	}

	assert.Equal(t, "webhook.Verifier(2 secrets, tolerance 5m0s)", fmt.Sprintf("%#v", verifier))
	var log bytes.Buffer
	for _, value := range []any{verifier, &verifier, nested, &nested} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
			fmt.Fprintf(&log, verb+"\n", value)
		}
		slog.New(slog.NewTextHandler(&log, nil)).Info("text", slog.Any("value", value))
		slog.New(slog.NewJSONHandler(&log, nil)).Info("json", slog.Any("value", value))
		encoded, err := json.Marshal(value)
		require.NoError(t, err)
		log.Write(encoded)
	}
	encoded, err := xml.Marshal(webhook.Verifier{Secrets: verifier.Secrets})
	require.NoError(t, err)
	log.Write(encoded)
	for _, hidden := range []string{secret, oldSecret} {
		for line := range strings.Lines(log.String()) {
			assert.NotContains(t, line, hidden)
			assert.NotContains(t, line, hex.EncodeToString([]byte(hidden)))
		}
	}
	assert.Equal(t, "webhook.Verifier(2 secrets, tolerance 5m0s)", verifier.String())
}
