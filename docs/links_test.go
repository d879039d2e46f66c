package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// What the pages link to, or name by its path, is there.
func TestLinksResolve(t *testing.T) {
	files, folders := repository(t), folders(t)
	links := 0
	for _, page := range files {
		if filepath.Ext(page) != ".md" {
			continue
		}
		text := read(t, page)
		for _, link := range regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(withoutCode(text), -1) {
			if strings.Contains(link[1], "://") {
				continue
			}
			links++
			path, anchor, _ := strings.Cut(link[1], "#")
			target := page
			if path != "" {
				target = filepath.Join(filepath.Dir(page), path)
			}
			if !assert.True(t, exists(target), "%s links to %s", page, link[1]) || anchor == "" {
				continue
			}
			assert.Contains(t, anchors(read(t, target)), anchor, "%s links to %s", page, link[1])
		}
		for _, path := range named(text, folders) {
			assert.True(t, exists(filepath.Join("..", path)), "%s names %s", page, path)
		}
	}
	assert.Positive(t, links)
}

// Tests that the pages name are there too.
func TestNamedTestsExist(t *testing.T) {
	files := repository(t)
	var sources strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			sources.WriteString(read(t, file))
		}
	}
	seen := 0
	for _, page := range files {
		if filepath.Ext(page) != ".md" {
			continue
		}
		for _, name := range regexp.MustCompile("`((?:Test|Fuzz|Example)[A-Z]\\w*)`").FindAllStringSubmatch(read(t, page), -1) {
			seen++
			assert.True(t, strings.Contains(sources.String(), "func "+name[1]+"("), "%s names %s", page, name[1]) //nolint:testifylint // it would print all tests
		}
	}
	assert.Positive(t, seen)
}

// README names the version of the API that the types follow.
func TestAPIVersionIsNamed(t *testing.T) {
	versions := regexp.MustCompile(`\b\d{4}-\d\d-\d\d\.[a-z]+`).FindAllString(read(t, "../README.md"), -1)
	assert.Equal(t, []string{stripecash.APIVersion}, versions)
}

// What is left to do is in issues, not in the sources.
func TestNothingIsLeftToDo(t *testing.T) {
	left := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`)
	for _, file := range repository(t) {
		for i, line := range strings.Split(read(t, file), "\n") {
			assert.NotRegexp(t, left, line, "%s:%d", file, i+1)
		}
	}
}

// repository are all files that people write.
func repository(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := strings.HasPrefix(entry.Name(), ".") && !slices.Contains([]string{"..", ".ci", ".github", ".golangci.yml"}, entry.Name())
		switch {
		case entry.IsDir() && (hidden || entry.Name() == "testdata"):
			return filepath.SkipDir
		case !entry.IsDir() && !hidden && filepath.Ext(path) != ".sum":
			files = append(files, path)
		}
		return nil
	})
	require.NoError(t, err)
	require.Contains(t, files, "../README.md")
	require.Contains(t, files, "../.ci/run")
	return files
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// withoutCode is a page without its blocks and spans of code, where brackets mean something else.
func withoutCode(page string) string {
	page = regexp.MustCompile("(?ms)^```.*?\n```").ReplaceAllString(page, "")
	return regexp.MustCompile("`[^`\n]*`").ReplaceAllString(page, "")
}

// anchors are the headings of a page, as links spell them: lower case, hyphens for spaces, no punctuation.
func anchors(page string) []string {
	var all []string
	for _, heading := range regexp.MustCompile(`(?m)^#+ +(.+)$`).FindAllStringSubmatch(page, -1) {
		name := strings.ToLower(regexp.MustCompile(`[^\pL\pN _-]`).ReplaceAllString(heading[1], ""))
		all = append(all, strings.ReplaceAll(name, " ", "-"))
	}
	return all
}

// folders are those of this repository, as a part of a regular expression.
func folders(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir("..")
	require.NoError(t, err)
	var names []string
	for _, entry := range entries {
		if entry.IsDir() && entry.Name() != ".git" {
			names = append(names, regexp.QuoteMeta(entry.Name()))
		}
	}
	return strings.Join(names, "|")
}

// named are the paths in a page, in its code too, that begin with a folder of this repository.
func named(page, folders string) []string {
	var paths []string
	for _, match := range regexp.MustCompile("(?m)(?:(?:^|\\s)\\./|[`(](?:\\./)?)((?:"+folders+")/[\\w./-]*)").FindAllStringSubmatch(page, -1) {
		paths = append(paths, strings.TrimRight(match[1], "./-"))
	}
	return paths
}
