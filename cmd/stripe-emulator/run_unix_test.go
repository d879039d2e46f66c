//go:build unix

package main

import (
	"bytes"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Nobody writes to the pipe: reading it would never end.
func TestStateThatIsAPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	var stderr bytes.Buffer
	assert.Equal(t, 2, run(t.Context(), []string{"-addr", "127.0.0.1:0", "-state", pipe}, &stderr, &stderr))
	assert.Equal(t, "stripe-emulator: can't read the state file: "+pipe+" is not a regular file\n", stderr.String())
}
