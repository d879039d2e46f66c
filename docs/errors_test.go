package docs_test

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// chapter is a part of the page of errors: those that come from one place.
type chapter struct {
	title  string
	intro  string
	errors []said
}

// said is an error that was triggered, and what to do about it where the text itself does not say.
type said struct {
	err  error
	hint string
}

// failed is the error of a call with a result that nobody needs.
func failed[T any](_ T, err error) error { return err }

func chapters(t *testing.T) []chapter {
	return []chapter{
		clientErrors(), optionErrors(t), requestErrors(t), shapeErrors(t), listErrors(t), paramErrors(t), cardErrors(t), bankAccountErrors(t), sourceErrors(t),
		apiErrors(t), lostErrors(t), redirectErrors(t), answerErrors(t), decodeErrors(t), sentinels(),
		deliveryErrors(t), eventErrors(t), handlerErrors(t),
		faultErrors(t), emulatorErrors(t), accountErrors(t), moneyErrors(t), seedSourceErrors(t), snapshotErrors(t), snapshotSourceErrors(t),
	}
}

// errors.md has every error that the importable packages can give, as it reads. UPDATE=1 writes the page anew.
func TestErrorsPage(t *testing.T) {
	const file = "errors.md"
	page := render(chapters(t))
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(file, []byte(page), 0o600))
	}
	written, err := os.ReadFile(file)
	require.NoError(t, err)
	if page == string(written) {
		return
	}
	is, was := strings.Split(page, "\n"), strings.Split(string(written), "\n")
	for _, line := range is {
		if !slices.Contains(was, line) {
			t.Log("+ " + line)
		}
	}
	for _, line := range was {
		if !slices.Contains(is, line) {
			t.Log("- " + line)
		}
	}
	t.Error("errors.md is not what the tests here say; if the new texts read well: UPDATE=1 go test ./docs -run TestErrorsPage")
}

func render(all []chapter) string {
	var b strings.Builder
	b.WriteString("# Errors\n\nEvery error that this module gives, as it reads, by where it comes from, and what to do where that does not follow.\n" +
		"Names, numbers and IDs are examples. A test triggers each of them and writes this page.\n")
	for _, c := range all {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", c.title, c.intro)
		for _, e := range c.errors {
			fmt.Fprintf(&b, "- `%v`\n", e.err)
			if e.hint != "" {
				fmt.Fprintf(&b, "  %s\n", e.hint)
			}
		}
	}
	return b.String()
}

// ofParts is the chapter of errors that stand within others, which say where they come from.
const ofParts = "Decoding JSON of your own"

// An error is one line, in lower case, that begins with the package it comes from and says so once. A panic of the
// emulator's set-up does too.
func TestErrorsReadAlike(t *testing.T) {
	prefix := regexp.MustCompile(`\b(stripecash|webhook|paymentsource|stripetest): `)
	for _, c := range chapters(t) {
		for i, e := range c.errors {
			require.Error(t, e.err, "%s: number %d did not fail", c.title, i+1)
			text := e.err.Error()
			from := prefix.FindAllStringIndex(text, -1)
			if len(from) > 0 || c.title != ofParts {
				require.NotEmpty(t, from, "%s: %q does not say where it comes from", c.title, text)
				assert.Equal(t, 0, from[0][0], text)
				assert.Len(t, from, 1, "%q says more than once where it comes from", text)
			}
			assert.NotContains(t, text, "\n")
			assert.NotContains(t, text, "`", "the page quotes it")
			assert.NotRegexp(t, `[.!]$`, text)
			assert.NotContains(t, e.hint, "\n")
			if e.hint != "" {
				assert.Regexp(t, `[.?]$`, e.hint, "a hint is a sentence")
			}
		}
	}
}

// unsaid are the texts in the sources that no error on the page has, and why.
func unsaid() map[string]string {
	return map[string]string{
		"stripecash: the goroutine that asked for the next page was ended": "takes a transport that calls runtime.Goexit, as only a test's does",
		"repeated over and over by net/http":                               "takes a server that refuses each stream of HTTP/2 in frames of its own",
		"stripetest: … has no {…}":                                         "a mistake in the emulator's routes, which its tests would meet",
		"stripetest: cannot render: …":                                     "a mistake in the emulator's answers: no request can cause it",
	}
}

// Whoever adds an error triggers it above, so that it gets on the page: no text of an error in the sources is missing.
func TestErrorsPageIsComplete(t *testing.T) {
	exempt := unsaid()
	var all []string
	for _, c := range chapters(t) {
		for _, e := range c.errors {
			all = append(all, e.err.Error())
		}
	}
	texts := errorTexts(t)
	require.Greater(t, len(texts), 100, "the sources were not found")
	for _, text := range texts {
		if _, ok := exempt[text.literal]; ok {
			delete(exempt, text.literal)
			continue
		}
		assert.True(t, slices.ContainsFunc(all, text.pattern.MatchString), "%s: no error on the page reads %q", text.position, text.literal)
	}
	assert.Empty(t, exempt, "these need no exemption")
}

// errorText is what the sources say that an error reads.
type errorText struct {
	position string
	literal  string // with … for what is filled in
	pattern  *regexp.Regexp
}

// errorTexts are the arguments of errors.New and the formats of fmt.Errorf, the literals in methods named Error, and what
// the emulator's set-up methods panic with.
func errorTexts(t *testing.T) []errorText {
	t.Helper()
	var texts []errorText
	for _, dir := range packageDirs(t) {
		pkg, err := build.ImportDir(dir, 0)
		require.NoError(t, err)
		for _, name := range pkg.GoFiles {
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, filepath.Join(dir, name), nil, 0)
			require.NoError(t, err)
			whole, parts := spoken(file)
			for _, expr := range whole {
				texts = append(texts, newErrorText(fset.Position(expr.Pos()), words(expr), `(^|: |" )%s($|: |; the last attempt| after )`))
			}
			for _, expr := range parts {
				texts = append(texts, newErrorText(fset.Position(expr.Pos()), words(expr), "%s"))
			}
		}
	}
	return texts
}

func newErrorText(position token.Position, literal, within string) errorText {
	quoted := strings.Split(literal, "…")
	for i := range quoted {
		quoted[i] = regexp.QuoteMeta(quoted[i])
	}
	return errorText{
		position: fmt.Sprintf("%s:%d", strings.TrimPrefix(position.Filename, "../"), position.Line), literal: literal,
		pattern: regexp.MustCompile(fmt.Sprintf(within, strings.Join(quoted, ".*"))),
	}
}

// spoken are the expressions of a file that become the text of an error, and those that become a part of one.
func spoken(file *ast.File) (all, parts []ast.Expr) {
	inError := false // in a method of that name, which comes as a whole
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			inError = n.Name.Name == "Error" && n.Recv != nil
		case *ast.CallExpr:
			if isOf(n.Fun, "errors", "New") || isOf(n.Fun, "fmt", "Errorf") || is(n.Fun, "errorf") || is(n.Fun, "misuse") {
				all = append(all, n.Args[0])
				return false
			}
			if text := n.Args; is(n.Fun, "panic") {
				if format, ok := text[0].(*ast.CallExpr); ok && isOf(format.Fun, "fmt", "Sprintf") {
					text = format.Args
				}
				if words(text[0]) != "…" { // what is made by errors.New is met further down
					all = append(all, text[0])
					return false
				}
			}
		case *ast.BasicLit:
			if inError && n.Kind == token.STRING {
				parts = append(parts, n)
			}
		}
		return true
	})
	return all, parts
}

func is(expr ast.Expr, function string) bool {
	name, ok := expr.(*ast.Ident)
	return ok && name.Name == function
}

func isOf(expr ast.Expr, pkg, name string) bool {
	selector, ok := expr.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != name {
		return false
	}
	from, ok := selector.X.(*ast.Ident)
	return ok && from.Name == pkg
}

// words are the text of an expression, with … for each verb and for all that is not a literal.
func words(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(expr.Value); err == nil && expr.Kind == token.STRING {
			return regexp.MustCompile(`%[-+# 0-9.]*[a-zA-Z]`).ReplaceAllString(text, "…")
		}
	case *ast.BinaryExpr:
		return words(expr.X) + words(expr.Y)
	}
	return "…"
}
