package docs_test

import (
	"go/doc"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// snippet is what a client does for a job. Both are called as in the guide: above the snippet, and above all of the job.
type snippet struct{ job, client, code string }

const (
	legacyClient  = "stripe-go, package-level"
	currentClient = "stripe-go, `stripe.Client`"
	ourClient     = "stripecash"
)

// notInAll are the jobs that stripe-go has no call for, and which client has one.
func notInAll() map[string][]string {
	return map[string][]string{
		"retrieve a mandate notification": {ourClient},
		"retrieve a source's transaction": {ourClient},
		"verify a source":                 {legacyClient, ourClient},
	}
}

// Each snippet of the migration guide is a part of the tests in conformance/migration, where it compiles and runs, and each
// part stands in the guide: done by stripe-go's package-level functions, by its newer Client, and by this module, in a row.
func TestMigrationGuideShowsWhatRan(t *testing.T) {
	var want []snippet
	jobs := make(map[string][]string) // who does them
	for _, client := range [][2]string{{legacyClient, "legacy"}, {currentClient, "current"}, {ourClient, "ours"}} {
		files, err := filepath.Glob("../conformance/migration/" + client[1] + "*_test.go")
		require.NoError(t, err)
		for _, file := range files {
			for _, part := range regexp.MustCompile(`(?ms)^\t*// begin: ([^\n]*)\n(.*?)^\t*// end\n`).FindAllStringSubmatch(read(t, file), -1) {
				want = append(want, snippet{part[1], client[0], dedent(part[2])})
				jobs[part[1]] = append(jobs[part[1]], client[0])
			}
		}
	}
	require.Greater(t, len(jobs), 30, "the parts were not found")
	shown := guideSnippets(t)
	assert.ElementsMatch(t, want, shown)

	exempt, inGuide := notInAll(), make(map[string][]string)
	for _, s := range shown {
		inGuide[s.job] = append(inGuide[s.job], s.client)
	}
	for job, clients := range jobs {
		assert.Equal(t, clients, inGuide[job], "the order of the snippets of %q", job)
		if len(clients) != 3 {
			assert.Equal(t, exempt[job], clients, "who does %q", job)
			delete(exempt, job)
		}
	}
	assert.Empty(t, exempt, "all three can do it")
}

// The guide calls each method of the clients of resources; see conformance/migration on those of stripe-go.
func TestMigrationGuideHasEveryMethod(t *testing.T) {
	var code strings.Builder
	for _, s := range guideSnippets(t) {
		if s.client == ourClient {
			code.WriteString(s.code)
		}
	}
	seen := 0
	for _, pkg := range importablePackages(t) {
		for _, typ := range pkg.Types {
			if typ.Name != "Client" || !slices.ContainsFunc(typ.Funcs, func(f *doc.Func) bool { return f.Name == "New" }) {
				continue
			}
			for _, method := range typ.Methods {
				seen++
				call := pkg.Name + ".New(api)." + method.Name + "("
				assert.True(t, regexp.MustCompile(`\b`+regexp.QuoteMeta(call)).MatchString(code.String()), "no stripecash snippet has %s", call)
			}
		}
	}
	require.Greater(t, seen, 30, "the methods were not found")
}

// guideSnippets are those of the migration guide, from top to bottom.
func guideSnippets(t *testing.T) []snippet {
	t.Helper()
	guide := read(t, "migrating-from-stripe-go.md")
	var all []snippet
	for section := range strings.SplitSeq(guide, "\n### ") {
		heading, _, _ := strings.Cut(section, "\n")
		job := strings.ToLower(heading[:1]) + heading[1:]
		for _, block := range regexp.MustCompile("(?ms)^([^\n]*):\n\n```go\n(.*?)^```").FindAllStringSubmatch(section, -1) {
			all = append(all, snippet{job, block[1], block[2]})
		}
	}
	require.Len(t, all, strings.Count(guide, "```go"), "each snippet stands under whose it is")
	return all
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
