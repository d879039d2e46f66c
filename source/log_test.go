package source_test

import (
	"bytes"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ccb8c2b4/stripecash/source"
)

// A log has nothing of a source that must not be there, wherever it stands.
func TestSourceInALog(t *testing.T) {
	s := &source.Source{
		ID: "src_1", Type: source.TypeSEPADebit, Status: source.StatusChargeable,
		ClientSecret: "src_client_secret_1", Owner: &source.Owner{Name: "Jenny Rosen"},
	}
	const told = `"got":{"id":"src_1","type":"sepa_debit","status":"chargeable"}`
	notice := source.MandateNotification{ID: "srcmn_1", Reason: source.NotificationReasonDebitInitiated, Status: source.NotificationStatusPending, Source: s}
	const toldOfNotice = `"got":{"id":"srcmn_1","reason":"debit_initiated","status":"pending","source":"src_1"}`
	for value, want := range map[any]string{s: told, &notice: toldOfNotice, &source.MandateNotification{ID: "srcmn_2"}: `"source":""`} {
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "got", value)
		assert.Contains(t, log.String(), want)
		assert.NotContains(t, log.String(), "src_client_secret_1", "%T", value)
		assert.NotContains(t, log.String(), "Jenny", "%T", value)
	}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "got", *s)
	assert.Contains(t, log.String(), told)
}
