// Package docs_test compiles the Go snippets of the documentation, so that they can't rot.
package docs_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/ccb8c2b4/stripecash"

// importable are the packages that a snippet may use without showing the import. A snippet that is a whole file, from its
// package clause on, imports what it wants of them.
func importable(t *testing.T) []string {
	t.Helper()
	paths := []string{
		"bytes", "context", "crypto/tls", "crypto/x509", "database/sql", "encoding/json", "errors", "fmt", "io", "log", "log/slog",
		"net/http", "net/http/httptest", "net/url", "os", "slices", "strings", "sync", "testing", "testing/synctest", "time",
		"github.com/stretchr/testify/assert", "github.com/stretchr/testify/require", "gopkg.in/h2non/gock.v1",
	}
	for _, dir := range importableDirs(t) {
		paths = append(paths, strings.Replace(dir, "..", module, 1))
	}
	return paths
}

// surroundings are what a snippet of statements may take for granted.
const surroundings = `
var (
	ctx context.Context
	api *stripecash.Client
	t   *testing.T
)
`

func TestSnippetsCompile(t *testing.T) {
	exports := exportData(t)
	compiled := 0
	for _, file := range documents(t) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, at := range regexp.MustCompile("(?ms)^[ \t]*```go\n(.*?\n)[ \t]*```").FindAllSubmatchIndex(text, -1) {
			line := 1 + strings.Count(string(text[:at[2]]), "\n")
			t.Run(fmt.Sprintf("%s:%d", filepath.Base(file), line), func(t *testing.T) {
				for _, complaint := range check(t, exports, string(text[at[2]:at[3]])) {
					t.Error(complaint)
				}
			})
			compiled++
		}
	}
	require.Greater(t, compiled, 5, "the README alone has more")
}

// The check itself must be able to fail.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	exports := exportData(t)
	for name, code := range map[string]string{
		"a name that does not exist": `_ = cashbalance.NoSuchThing`,
		"a wrong type":               `_, err := cashbalance.New(api).Get(ctx, 17); _ = err`,
		"an unknown variable":        `fmt.Println(nobody)`,
	} {
		require.NotEmpty(t, check(t, exports, code), name)
	}
}

// documents are all pages whose snippets use this module alone.
func documents(t *testing.T) []string {
	t.Helper()
	elsewhere := []string{
		"../docs/migrating-from-stripe-go.md", // TestMigrationGuideShowsWhatRan
		"../stripeotel/README.md",             // TestReadmeShowsWhatWorks, in that module
	}
	return slices.DeleteFunc(repository(t), func(file string) bool {
		return filepath.Ext(file) != ".md" || slices.Contains(elsewhere, file)
	})
}

// check type-checks a snippet and returns what the compiler would say.
func check(t *testing.T, exports map[string]string, code string) (complaints []string) {
	t.Helper()
	fset := token.NewFileSet()
	conf := types.Config{
		Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }),
		Error: func(err error) {
			var e types.Error
			if ok := asTypesError(err, &e); !ok || !e.Soft { // soft: a variable that is shown and not used
				complaints = append(complaints, err.Error())
			}
		},
	}
	_, _ = conf.Check("snippet", fset, []*ast.File{parse(t, fset, code)}, nil) // conf.Error has its errors
	return complaints
}

func asTypesError(err error, target *types.Error) bool {
	e, ok := err.(types.Error) //nolint:errorlint // go/types hands over the value itself, unwrapped
	*target = e
	return ok
}

// parse makes a file of a snippet: of a whole file, of declarations, or of statements.
func parse(t *testing.T, fset *token.FileSet, code string) *ast.File {
	t.Helper()
	if strings.HasPrefix(code, "package ") {
		file, err := parser.ParseFile(fset, "snippet.go", code, 0)
		require.NoError(t, err)
		return file
	}
	body := surroundings + code
	if _, err := parser.ParseFile(token.NewFileSet(), "snippet.go", "package snippet\n"+body, 0); err != nil {
		body = surroundings + "func _() error {\n" + code + "\nreturn nil\n}\n"
	}
	draft, err := parser.ParseFile(token.NewFileSet(), "snippet.go", "package snippet\n"+body, 0)
	require.NoError(t, err)
	var imports strings.Builder
	for _, path := range importable(t) {
		name := strings.TrimSuffix(filepath.Base(path), ".v1")
		if slices.ContainsFunc(draft.Unresolved, func(id *ast.Ident) bool { return id.Name == name }) {
			fmt.Fprintf(&imports, "import %q\n", path)
		}
	}
	file, err := parser.ParseFile(fset, "snippet.go", "package snippet\n"+imports.String()+body, 0)
	require.NoError(t, err)
	return file
}

// exportData asks the go command to compile what snippets import, and where it put that.
func exportData(t *testing.T) map[string]string {
	t.Helper()
	args := append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}"}, importable(t)...)
	cmd := exec.CommandContext(t.Context(), "go", args...) //nolint:gosec // its arguments are in this file
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	exports := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = file
	}
	return exports
}
