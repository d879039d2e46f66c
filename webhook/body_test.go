package webhook_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ccb8c2b4/stripecash/webhook"
)

// endless is a body of as many bytes as it has left, made up as they are read.
type endless struct{ left, read int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), e.left)
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.left -= n
	e.read += n
	return int(n), nil
}

func TestHandlerReadsNoMoreThanItMust(t *testing.T) {
	tests := []struct {
		name     string
		maxBytes int64
		wantRead int64
	}{
		{"default", 0, webhook.DefaultMaxBytes},
		{"own", 1000, 1000},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			handler := webhook.Verifier{Secrets: []string{secret}, MaxBytes: tt.maxBytes}.Handler(nil)
			body := &endless{left: 100 << 20}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			w := deliver(handler, body, nowSigned(nil))
			runtime.ReadMemStats(&after)

			assert.Equal(t, http.StatusRequestEntityTooLarge, w.Code)
			assert.LessOrEqual(t, body.read, tt.wantRead+1, "one byte more tells that it is too large")
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(10*webhook.DefaultMaxBytes), "of a body of 100 MB")
		})
	}
}

// slow hands out one byte a time, after a while.
type slow struct {
	body  *bytes.Reader
	pause time.Duration
}

func (s slow) Read(p []byte) (int, error) {
	<-time.After(s.pause)
	return s.body.Read(p[:1])
}

func TestHandlerWithASlowBody(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	tests := []struct {
		name  string
		takes time.Duration
		want  int
	}{
		{"within the tolerance", 4 * time.Minute, http.StatusOK},
		{"past the tolerance", 6 * time.Minute, http.StatusBadRequest}, // the time is compared when all has been read
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				processed := 0
				handler := webhook.Verifier{Secrets: []string{secret}}.Handler(func(context.Context, *webhook.Event) error {
					processed++
					return nil
				})
				body := slow{bytes.NewReader(payload), tt.takes / time.Duration(len(payload))}
				w := deliver(handler, body, nowSigned(payload))
				assert.Equal(t, tt.want, w.Code, w.Body)
				assert.Equal(t, tt.want == http.StatusOK, processed == 1)
			})
		})
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestHandlerWithABodyThatBreaksOff(t *testing.T) {
	payload := fixture(t, "funds_available.json")
	handler := webhook.Verifier{Secrets: []string{secret}}.Handler(func(context.Context, *webhook.Event) error {
		t.Error("what did not come whole must not be processed")
		return nil
	})
	// All of the payload came, and its signature is right; but nobody has said that this was all.
	body := io.MultiReader(bytes.NewReader(payload), failing{errors.New("connection reset by private")})
	w := deliver(handler, body, nowSigned(payload))
	assert.Equal(t, http.StatusBadRequest, w.Code)
	assert.Equal(t, "webhook: the body broke off\n", w.Body.String())
}
