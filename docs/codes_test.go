package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the emulator answers, users meet: its error codes have constants, but those about payments.
func TestCodesOfTheEmulatorHaveConstants(t *testing.T) {
	constants, err := os.ReadFile("../error.go")
	require.NoError(t, err)
	files, err := filepath.Glob("../stripetest/*.go")
	require.NoError(t, err)
	made := regexp.MustCompile(`\b(?:invalidRequest|newError)\((?:[\w.]+, )?"(\w+)"`)
	seen := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, match := range made.FindAllStringSubmatch(string(text), -1) {
			if code := match[1]; !strings.HasPrefix(code, "payment_intent_") {
				seen++
				assert.Contains(t, string(constants), ` ErrorCode = "`+code+`"`, file)
			}
		}
	}
	assert.Greater(t, seen, 15, "the emulator's source is read as it is written")
}
