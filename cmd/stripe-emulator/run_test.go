package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHelp(t *testing.T) {
	for _, flag := range []string{"-h", "-help", "--help"} {
		var stdout, stderr bytes.Buffer
		assert.Zero(t, run(t.Context(), []string{flag}, &stdout, &stderr))
		assert.Equal(t, usage, stdout.String())
		assert.Empty(t, stderr.String())
	}
	for name := range strings.FieldsSeq("-addr -tls -tls-cert -seed -recipients -state -webhook -webhook-secret /_health /_state /_reset") {
		assert.Contains(t, usage, " "+name+" ")
	}
}

// What keeps the program from starting is one line on stderr and exit code 2.
func TestCannotStart(t *testing.T) {
	busy, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer busy.Close()
	dir := t.TempDir()
	damaged := filepath.Join(dir, "damaged.json")
	require.NoError(t, os.WriteFile(damaged, []byte(`{"version":1,`), 0o600))
	nowhere := filepath.Join(dir, "no", "such", "folder", "state.json")

	tests := []struct {
		name string
		args []string
		want string
	}{
		{"unknown flag", []string{"-port", "1"}, "flag provided but not defined: -port; -help lists the flags"},
		{"argument", []string{"serve"}, `unexpected argument "serve"; -help lists the flags`},
		{"bad seed", []string{"-seed", "-1"}, `invalid value "-1" for flag -seed: it must be a whole number, not negative; -help lists the flags`},
		{"bad address", []string{"-addr", "localhost"}, `-addr "localhost" is not HOST:PORT; -help lists the flags`},
		{"webhook without secret", []string{"-webhook", "http://localhost:1"}, "-webhook and -webhook-secret go together; -help lists the flags"},
		{"secret without webhook", []string{"-webhook-secret", "whsec_1"}, "-webhook and -webhook-secret go together; -help lists the flags"},
		{"no port", []string{"-addr", "localhost:"}, `-addr "localhost:" is not HOST:PORT; -help lists the flags`},
		{"webhook of another scheme", []string{"-webhook", "ftp://localhost:1", "-webhook-secret", "whsec_1"}, "-webhook is not an absolute URL"},
		{"webhook without a host", []string{"-webhook", "http:///stripe", "-webhook-secret", "whsec_1"}, "-webhook is not an absolute URL"},
		{"webhook that can't be read", []string{"-webhook", "http://[::1", "-webhook-secret", "whsec_1"}, "-webhook is not an absolute URL"},
		{"webhook that is no URL", []string{"-webhook", "localhost:1", "-webhook-secret", "whsec_1"}, "-webhook is not an absolute URL, http://… or https://…; -help lists the flags"},
		{"busy port", []string{"-addr", busy.Addr().String()}, "can't listen on " + busy.Addr().String() + ": address already in use"},
		{"damaged state", []string{"-state", damaged}, "the state file " + damaged + " can't be used and was left as it is: "},
		{"state in no folder", []string{"-state", nowhere}, "can't write the state file: "},
		{"state that is a folder", []string{"-state", dir}, "can't read the state file: " + dir + " is not a regular file"},
		{"state that is a device", []string{"-state", os.DevNull}, "can't read the state file: " + os.DevNull + " is not a regular file"},
		{"certificate in no folder", []string{"-tls-cert", nowhere}, "can't write the certificate: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			args := append([]string{"-addr", "127.0.0.1:0"}, tt.args...) // the last -addr wins
			assert.Equal(t, 2, run(t.Context(), args, &stdout, &stderr))
			assert.Empty(t, stdout.String())
			assert.True(t, strings.HasPrefix(stderr.String(), "stripe-emulator: "+tt.want), stderr.String())
			assert.Equal(t, 1, strings.Count(stderr.String(), "\n"), stderr.String())
		})
	}
	kept, err := os.ReadFile(damaged)
	require.NoError(t, err)
	assert.Equal(t, `{"version":1,`, string(kept), "a damaged file is left as it is")
}

func TestRunUntilASignal(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // the signal has come already: it starts, and stops in good order
	file := filepath.Join(t.TempDir(), "state.json")
	for _, has := range []string{newCustomer + " (new), " + fundedCustomer + " (EUR 100.00)", "those of " + file} {
		var stdout, stderr bytes.Buffer
		assert.Zero(t, run(ctx, []string{"-addr", "127.0.0.1:0", "-state", file}, &stdout, &stderr))
		assert.Regexp(t, `msg=serving url=http://127\.0\.0\.1:\d+ customers="`+regexp.QuoteMeta(has)+`"\n`, stderr.String())
		assert.Contains(t, stderr.String(), "msg=stopped")
		assert.FileExists(t, file)
	}
}

func TestServeOfAClosedListener(t *testing.T) {
	opts, err := parseFlags([]string{"-addr", "127.0.0.1:0"})
	require.NoError(t, err)
	e, err := start(t.Context(), opts, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	require.NoError(t, e.listener.Close())
	require.ErrorIs(t, e.serve(t.Context()), net.ErrClosed)
}

// What goes wrong at the end is one more line on stderr, and exit code 1.
func TestRunThatCannotSave(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	require.NoError(t, os.Mkdir(dir, 0o700))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // should it never serve
	defer cancel()
	read, stderr := io.Pipe()
	log := new(lockedBuffer)
	var other sync.WaitGroup
	other.Go(func() {
		var url string
		_, err := fmt.Fscanf(read, "time=%s level=INFO msg=serving url=%s", new(string), &url)
		other.Go(func() { _, _ = io.Copy(log, read) })
		defer cancel()
		assert.NoError(t, err)
		assert.NoError(t, os.RemoveAll(dir))
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/_reset", http.NoBody)
		if !assert.NoError(t, err) {
			return
		}
		resp, err := new(http.Transport).RoundTrip(req)
		if assert.NoError(t, err) {
			assert.Equal(t, http.StatusInternalServerError, resp.StatusCode)
			assert.NoError(t, resp.Body.Close())
		}
	})
	code := run(ctx, []string{"-addr", "127.0.0.1:0", "-state", filepath.Join(dir, "state.json")}, io.Discard, stderr)
	require.NoError(t, stderr.Close())
	other.Wait()
	assert.Equal(t, 1, code)
	assert.Contains(t, log.String(), "\nstripe-emulator: can't write the state file: ")
}

// Clients reach the emulator by the names of this machine, and by the one that it listens on.
func TestCertificate(t *testing.T) {
	for addr, host := range map[string]string{
		"127.0.0.1:0": "127.0.0.1", "[::1]:0": "::1", "10.1.2.3:0": "10.1.2.3", "emulator.test:0": "emulator.test", ":0": "localhost",
	} {
		t.Run(addr, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "cert.pem")
			made, err := newCertificate(addr, file)
			require.NoError(t, err)
			parsed, err := x509.ParseCertificate(made.Certificate[0])
			require.NoError(t, err)
			for _, name := range []string{host, "localhost", "127.0.0.1", "::1"} {
				assert.NoError(t, parsed.VerifyHostname(name))
			}
			assert.Error(t, parsed.VerifyHostname("example.com"))
			assert.NotContains(t, parsed.DNSNames, "")
			info, err := os.Stat(file)
			require.NoError(t, err)
			assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		})
	}
}
