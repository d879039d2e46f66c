package stripetest_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

func TestServedIsListed(t *testing.T) {
	page, err := os.ReadFile("../docs/testing.md")
	require.NoError(t, err)
	_, list, found := strings.Cut(string(page), "\n## What it serves\n\n```text\n")
	require.True(t, found)
	list, _, _ = strings.Cut(list, "```")
	var listed []string
	for line := range strings.Lines(list) {
		words := strings.Fields(line)
		for _, method := range words[:len(words)-1] {
			listed = append(listed, method+" "+words[len(words)-1])
		}
	}
	assert.ElementsMatch(t, stripetest.Served(), listed, "the emulator serves the first, docs/testing.md lists the second")
}
