package docs_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each snippet of the migration guide is a part of the tests in conformance/migration, where it compiles and runs, and each
// part stands in the guide: done by stripe-go's package-level functions, by its newer Client, and by this module.
func TestMigrationGuideShowsWhatRan(t *testing.T) {
	var shown []string
	for _, block := range regexp.MustCompile("(?ms)^```go\n(.*?)^```").FindAllStringSubmatch(read(t, "migrating-from-stripe-go.md"), -1) {
		shown = append(shown, block[1])
	}
	ran := make(map[string]string)
	var jobs [][]string
	for _, file := range []string{"legacy_test.go", "current_test.go", "ours_test.go"} {
		var names []string
		source := read(t, "../conformance/migration/"+file)
		for _, part := range regexp.MustCompile(`(?ms)^\t*// begin: ([^\n]*)\n(.*?)^\t*// end\n`).FindAllStringSubmatch(source, -1) {
			code := dedent(part[2])
			ran[code] = file
			names = append(names, part[1])
			assert.Contains(t, shown, code, "%s: %q is not in the guide", file, part[1])
		}
		jobs = append(jobs, names)
	}
	require.Greater(t, len(jobs[0]), 15, "the parts were not found")
	assert.ElementsMatch(t, jobs[0], jobs[1], "the same jobs")
	assert.ElementsMatch(t, jobs[0], jobs[2], "the same jobs")
	for _, code := range shown {
		assert.NotEmpty(t, ran[code], "the guide shows what did not run:\n%s", code)
	}
}

// dedent takes away the tabs that all lines begin with.
func dedent(code string) string {
	lines := strings.Split(code, "\n")
	least := 99
	for _, line := range lines {
		if line != "" {
			least = min(least, len(line)-len(strings.TrimLeft(line, "\t")))
		}
	}
	for i, line := range slices.Clone(lines) {
		lines[i] = line[min(least, len(line)):]
	}
	return strings.Join(lines, "\n")
}
