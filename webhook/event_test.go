package webhook_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/webhook"
)

func TestSign(t *testing.T) {
	got := webhook.Sign([]byte(`{"id":"evt_1"}`), "whsec_test", time.Unix(1767225600, 999))
	// by openssl dgst -sha256 -hmac
	assert.Equal(t, "t=1767225600,v1=45b40331de0325606dc5400202ade162460fbe48daf9401adfdcd0d7b4f35470", got)

	_, second, _ := strings.Cut(webhook.Sign([]byte(`{"id":"evt_1"}`), "whsec_new", time.Unix(1767225600, 0)), ",")
	assert.Equal(t, got+","+second, webhook.Sign([]byte(`{"id":"evt_1"}`), "whsec_test", time.Unix(1767225600, 0), "whsec_new"))
}

func TestVerifyPayload(t *testing.T) {
	const rest = `"created":1,"data":{"object":{"id":"x"}}`
	tests := []struct {
		name    string
		payload string
		want    string // after ErrPayload's text
	}{
		{"empty", ``, ": invalid JSON at byte 0"},
		{"no JSON", `id=evt_1`, ": invalid JSON at byte 1"},
		{"cut off", `{"id":"evt_1","object":"event"`, ": invalid JSON at byte 30"},
		{"two values", `{"id":"evt_1"}{}`, ": invalid JSON at byte 15"},
		{"a list", `["evt_private"]`, ": a value of it has the wrong type"},
		{"a wrong type", `{"id":"evt_1","created":"private"}`, ": the field created has the wrong type"},
		{"a huge number", `{"id":"evt_1","created":987654321987654321987654321}`, ": the field created has the wrong type"},
		{"null", `null`, `: its object is ""; the endpoint must ask for snapshots, not for thin events`},
		{
			"a thin event as it comes", `{"id":"evt_1","object":"v2.core.event","type":"v1.customer.created","created":"2026-11-27T03:00:44.000Z"}`,
			`: its object is "v2.core.event"; the endpoint must ask for snapshots, not for thin events`,
		},
		{
			"a thin event", `{"id":"evt_1","object":"v2.core.event","type":"v1.customer.created"}`,
			`: its object is "v2.core.event"; the endpoint must ask for snapshots, not for thin events`,
		},
		{
			"an endless name", `{"object":"` + strings.Repeat("a", 1000) + `"}`,
			`: its object is "` + strings.Repeat("a", 64) + `…"; the endpoint must ask for snapshots, not for thin events`,
		},
		{"no id", `{"object":"event","type":"source.failed",` + rest + `}`, ": it has no id"},
		{"no type", `{"object":"event","id":"evt_1",` + rest + `}`, ": it has no type"},
		{"no data", `{"object":"event","id":"evt_1","type":"source.failed"}`, ": data.object is not an object"},
		{"no object", `{"object":"event","id":"evt_1","type":"t","data":{}}`, ": data.object is not an object"},
		{"null for an object", `{"object":"event","id":"evt_1","type":"t","data":{"object":null}}`, ": data.object is not an object"},
		{"an ID for an object", `{"object":"event","id":"evt_1","type":"t","data":{"object":"private"}}`, ": data.object is not an object"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			payload := []byte(tt.payload)
			event, err := webhook.Verifier{Secrets: []string{secret}}.Verify(payload, nowSigned(payload))
			assert.Nil(t, event)
			require.ErrorIs(t, err, webhook.ErrPayload)
			assert.EqualError(t, err, webhook.ErrPayload.Error()+tt.want)
		})
	}
}

func TestVerifyPayloadWithAWrongRequest(t *testing.T) {
	for _, request := range []string{`987654321`, `{"id":987654321}`, `["987654321"]`} {
		payload := []byte(`{"object":"event","id":"evt_1","type":"t","data":{"object":{}},"request":` + request + `}`)
		_, err := webhook.Verifier{Secrets: []string{secret}}.Verify(payload, nowSigned(payload))
		require.ErrorIs(t, err, webhook.ErrPayload)
		assert.NotContains(t, err.Error(), "987654321") // the releases of Go differ in what else they say
	}
}

func TestEventOfAnOldAPIVersion(t *testing.T) {
	payload := []byte(`{"object":"event","id":"evt_1","type":"some.thing_new","data":{"object":{}},"request":"req_1","api_version":null}`)
	event, err := webhook.Verifier{Secrets: []string{secret}}.Verify(payload, nowSigned(payload))
	require.NoError(t, err)
	assert.Equal(t, webhook.Request{ID: "req_1"}, event.Request)
	assert.Equal(t, webhook.EventType("some.thing_new"), event.Type)
}

func TestEventSurvivesAQueue(t *testing.T) {
	for _, name := range []string{"funds_available.json", "card_updated.json", "source_chargeable.json"} {
		t.Run(name, func(t *testing.T) {
			var event, again webhook.Event
			require.NoError(t, json.Unmarshal(compact(t, fixture(t, name)), &event))
			queued, err := json.Marshal(event)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(queued, &again))
			assert.Equal(t, event, again)
		})
	}
}

func TestEventLogsNoObject(t *testing.T) {
	var event webhook.Event
	require.NoError(t, json.Unmarshal(fixture(t, "card_updated.json"), &event))
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	logger.Info("got", slog.Any("event", &event))
	assert.Equal(t, `level=INFO msg=got event.id=evt_1PqR5tLkdIwHu7ixCard0001 event.type=customer.source.updated `+
		`event.created=2026-01-01T00:00:01.000Z event.livemode=false event.account=acct_1032D82eZvKYlo2C `+
		`event.request=req_8rqbjQ1WbOLjzX`+"\n", log.String())
	event.Livemode = true
	assert.Contains(t, event.LogValue().String(), "livemode=true")
}
