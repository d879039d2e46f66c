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

// snippet is what a client does for a job. The client is called as it is in the guide, above the snippet.
type snippet struct{ client, code string }

// notInAll are the jobs that not all three can do, and why.
func notInAll() map[string]string {
	return map[string]string{
		"retrieve a mandate notification": "stripe-go has no call for it",
		"retrieve a source's transaction": "stripe-go has a call for the list alone",
		"verify a source":                 "stripe.Client has no call for it",
	}
}

// Each snippet of the migration guide is a part of the tests in conformance/migration, where it compiles and runs, and each
// part stands in the guide: done by stripe-go's package-level functions, by its newer Client, and by this module, in a row.
func TestMigrationGuideShowsWhatRan(t *testing.T) {
	jobs := make(map[snippet]string)
	want := make(map[string][]string) // by job, who does it
	for _, client := range [][2]string{
		{"stripe-go, package-level", "legacy*_test.go"}, {"stripe-go, `stripe.Client`", "current*_test.go"}, {"stripecash", "ours*_test.go"},
	} {
		files, err := filepath.Glob("../conformance/migration/" + client[1])
		require.NoError(t, err)
		for _, file := range files {
			for _, part := range regexp.MustCompile(`(?ms)^\t*// begin: ([^\n]*)\n(.*?)^\t*// end\n`).FindAllStringSubmatch(read(t, file), -1) {
				jobs[snippet{client[0], dedent(part[2])}] = part[1]
				want[part[1]] = append(want[part[1]], client[0])
			}
		}
	}
	require.Greater(t, len(want), 30, "the parts were not found")

	shown := make(map[string][]string)
	last := ""
	for _, s := range guideSnippets(t) {
		job := jobs[s]
		assert.NotEmpty(t, job, "the guide shows what did not run, of %s:\n%s", s.client, s.code)
		assert.True(t, job == last || shown[job] == nil, "the snippets of %q are not in a row", job)
		shown[job] = append(shown[job], s.client)
		last = job
	}
	exempt := notInAll()
	guide := read(t, "migrating-from-stripe-go.md")
	assert.Equal(t, len(want), strings.Count(guide, "\n### "), "each job has a heading")
	for job, clients := range want {
		assert.Contains(t, guide, "\n### "+strings.ToUpper(job[:1])+job[1:]+"\n")
		assert.Equal(t, clients, shown[job], "who does %q in the guide", job)
		if len(clients) != 3 {
			assert.NotEmpty(t, exempt[job], "%q is only done by %q", job, clients)
			delete(exempt, job)
		}
	}
	assert.Empty(t, exempt, "all three can do it")
}

// The guide calls each method of the clients of resources; see conformance/migration on those of stripe-go.
func TestMigrationGuideHasEveryMethod(t *testing.T) {
	var code strings.Builder
	for _, s := range guideSnippets(t) {
		if s.client == "stripecash" {
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
	for _, block := range regexp.MustCompile("(?ms)^([^\n]*):\n\n```go\n(.*?)^```").FindAllStringSubmatch(guide, -1) {
		all = append(all, snippet{block[1], block[2]})
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
