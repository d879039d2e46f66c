package webhook_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/webhook"
)

// FuzzVerify holds three promises against any payload and header: nothing is accepted that the secret did not sign, the
// errors are the documented ones, and what is signed is refused for its payload alone.
func FuzzVerify(f *testing.F) {
	payload := fixture(f, "funds_available.json")
	f.Add(payload, webhook.Sign(payload, secret, time.Now()))
	f.Add(payload, "t=1767225600,v1=00,v0=,v1="+strings.Repeat("0", 64))
	f.Add([]byte(`{"object":"event","id":"e","type":"t","request":"r","data":{"object":{"object":7}}}`), "t=,v1=")
	f.Add([]byte(`{"object":"event","id":"e","type":"t","data":{"object":{"object":"\ud800`), "t=-1,t=+1,v1")
	f.Add([]byte{}, "")

	verifier := webhook.Verifier{Secrets: []string{secret}, Tolerance: 1<<63 - 1}
	signing := []error{webhook.ErrNoSignature, webhook.ErrMalformedHeader, webhook.ErrSignatureMismatch, webhook.ErrExpired}
	f.Fuzz(func(t *testing.T, payload []byte, header string) {
		refused := func(err error) bool {
			return slices.ContainsFunc(signing, func(reason error) bool { return errors.Is(err, reason) })
		}
		if _, err := verifier.Verify(payload, header); !refused(err) && !signedByHeader(payload, header) {
			t.Fatalf("a forgery was accepted, or refused for another reason: %v", err)
		}
		event, err := verifier.Verify(payload, webhook.Sign(payload, secret, time.Now()))
		if err != nil {
			if !errors.Is(err, webhook.ErrPayload) || event != nil {
				t.Fatalf("a payload that is signed was refused: %v, event %v", err, event)
			}
			return
		}
		if event.ID == "" || event.Type == "" {
			t.Fatal("an event without ID or type was accepted")
		}
		_, err = webhook.Decode[cashbalance.CashBalance](event)
		if err != nil && !errors.Is(err, webhook.ErrObject) && !errors.Is(err, webhook.ErrPayload) {
			t.Fatalf("undocumented error: %v", err)
		}
	})
}

// signedByHeader is a second opinion, in as few words as can be: some time of the header, signed, is in the header.
func signedByHeader(payload []byte, header string) bool {
	for entry := range strings.SplitSeq(header, ",") {
		if seconds, isTime := strings.CutPrefix(entry, "t="); isTime {
			if strings.Contains(strings.ToLower(header), "v1="+signature(payload, secret, seconds)) {
				return true
			}
		}
	}
	return false
}
