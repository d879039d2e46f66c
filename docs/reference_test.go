package docs_test

import (
	"go/ast"
	"go/build"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shownElsewhere are the exported methods that need no Example of their own, and why.
func shownElsewhere() map[string]string {
	const format = "fmt calls it"
	return map[string]string{
		"card.Secret.Format":                     format,
		"stripecash.Client.CloseIdleConnections": "nothing can be seen of it",
		"stripecash.Client.Format":               format,
		"stripecash.Error.Format":                format,
		"stripecash.ObjectError.Format":          format,
		"stripeotel.Tracer.TraceEnd":             "the client calls it: ExampleNew",
		"stripeotel.Tracer.TraceStart":           "the client calls it: ExampleNew",
		"stripetest.Server.ServeWebhooks":        "it is Deliver in a loop: ExampleServer_Deliver",
		"stripetest.Server.Snapshot":             "ExampleServer_Restore makes one",
		"webhook.Verifier.Format":                format,
	}
}

// calledForYou are names of methods that users don't call, and who does, whatever the type. Format is not among them: that
// of a Currency is called.
func calledForYou() map[string]string {
	return map[string]string{
		"EncodeValues":  "go-querystring",
		"Error":         "fmt",
		"Is":            "errors.Is",
		"LogValue":      "slog",
		"MarshalJSON":   "encoding/json",
		"MarshalText":   "encoding/json and slog",
		"ObjectID":      "stripecash.All, for the next page",
		"ObjectName":    "webhook.Decode",
		"String":        "fmt",
		"UnmarshalJSON": "encoding/json",
		"Unwrap":        "errors.Is and errors.AsType",
		"Validate":      "the client, before it sends",
	}
}

// A reference page shows a call of each method that can be run, and its output.
func TestEveryMethodHasAnExample(t *testing.T) {
	exempt, plumbing := shownElsewhere(), calledForYou()
	seen, called := 0, map[string]string{} // called: what of plumbing there is
	for _, pkg := range importablePackages(t) {
		for _, typ := range pkg.Types {
			for _, method := range typ.Methods {
				seen++
				name := pkg.Name + "." + typ.Name + "." + method.Name
				if _, ok := exempt[name]; ok {
					delete(exempt, name)
					continue
				}
				if by, ok := plumbing[method.Name]; ok {
					called[method.Name] = by
					continue
				}
				checked := func(e *doc.Example) bool { return e.Output != "" }
				assert.True(t, slices.ContainsFunc(method.Examples, checked), "%s has no Example with an output", name)
			}
		}
	}
	require.Greater(t, seen, 150, "the methods were not found")
	assert.Empty(t, exempt, "there are no such methods")
	assert.Equal(t, plumbing, called, "no method has such a name")
}

// Every package and every exported name says what it is. In a list of constants a comment at the name will do, or one
// above the list.
func TestEveryNameIsDocumented(t *testing.T) {
	for _, pkg := range importablePackages(t) {
		assert.True(t, strings.HasPrefix(pkg.Doc, "Package "+pkg.Name+" "), "package %s has no comment that begins with its name", pkg.Name)
		documented := func(name, text string) { assert.NotEmpty(t, text, "%s.%s has no comment", pkg.Name, name) }
		values := func(list []*doc.Value) {
			for _, v := range list {
				for _, spec := range v.Decl.Specs {
					one := spec.(*ast.ValueSpec)
					for _, name := range one.Names {
						if name.IsExported() {
							documented(name.Name, v.Doc+one.Doc.Text()+one.Comment.Text())
						}
					}
				}
			}
		}
		functions := func(list []*doc.Func) {
			for _, f := range list {
				documented(f.Name, f.Doc)
			}
		}
		values(pkg.Consts)
		values(pkg.Vars)
		functions(pkg.Funcs)
		for _, typ := range pkg.Types {
			documented(typ.Name, typ.Doc)
			values(typ.Consts)
			values(typ.Vars)
			functions(typ.Funcs)
			functions(typ.Methods)
		}
	}
}

// README's table has a row for each of them.
func TestPackagesAreInReadme(t *testing.T) {
	readme := read(t, "../README.md")
	for _, dir := range importableDirs(t)[1:] { // the first is the root
		name := filepath.Base(dir)
		assert.Contains(t, readme, "\n| `"+name+"` | ", "the table of packages has no %s", name)
	}
}

// importablePackages are all packages that others can import, with their examples: those of this module, and stripeotel,
// which is a module of its own.
func importablePackages(t *testing.T) []*doc.Package {
	t.Helper()
	var packages []*doc.Package
	for _, dir := range append(importableDirs(t), "../stripeotel") {
		pkg, err := build.ImportDir(dir, 0)
		require.NoError(t, err)
		fset := token.NewFileSet()
		var files []*ast.File
		for _, name := range slices.Concat(pkg.GoFiles, pkg.TestGoFiles, pkg.XTestGoFiles) {
			file, err := parser.ParseFile(fset, filepath.Join(dir, name), nil, parser.ParseComments)
			require.NoError(t, err)
			files = append(files, file)
		}
		documented, err := doc.NewFromFiles(fset, files, dir)
		require.NoError(t, err)
		packages = append(packages, documented)
	}
	return packages
}

// importableDirs are the folders of those of this module.
func importableDirs(t *testing.T) []string {
	t.Helper()
	return slices.DeleteFunc(packageDirs(t), func(dir string) bool { return strings.HasPrefix(dir, "../internal/") })
}

// packageDirs are the folders of all packages of this module: not commands, not what consists of tests, not the other modules.
func packageDirs(t *testing.T) []string {
	t.Helper()
	var dirs []string
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		_, err = os.Stat(filepath.Join(path, "go.mod"))
		if path != ".." && (err == nil || strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if pkg, err := build.ImportDir(path, 0); err == nil && pkg.Name != "main" && len(pkg.GoFiles) > 0 {
			dirs = append(dirs, path)
		}
		return nil
	})
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(dirs), 8, dirs)
	return dirs
}
