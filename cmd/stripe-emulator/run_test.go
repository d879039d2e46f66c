package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
		{"webhook that is no URL", []string{"-webhook", "localhost:1", "-webhook-secret", "whsec_1"}, "-webhook is not an absolute URL, http://… or https://…; -help lists the flags"},
		{"busy port", []string{"-addr", busy.Addr().String()}, "can't listen on " + busy.Addr().String() + ": address already in use"},
		{"damaged state", []string{"-state", damaged}, "the state file " + damaged + " can't be used and was left as it is: "},
		{"state in no folder", []string{"-state", nowhere}, "can't write the state file: "},
		{"state that is a folder", []string{"-state", dir}, "can't read the state file: "},
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
	var stdout, stderr bytes.Buffer
	file := filepath.Join(t.TempDir(), "state.json")
	assert.Zero(t, run(ctx, []string{"-addr", "127.0.0.1:0", "-state", file}, &stdout, &stderr))
	assert.Contains(t, stderr.String(), "msg=stopped")
	assert.FileExists(t, file)
}
