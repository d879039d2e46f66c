package conformance_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSliceIsWhole looks for types with an ObjectName, clients and their packages that slice_test.go does not name, so that
// nothing held them against the spec.
func TestSliceIsWhole(t *testing.T) {
	compared := map[string]bool{}
	note := func(types map[string]reflect.Type) {
		for _, goType := range types {
			compared[goType.String()] = true
		}
	}
	note(schemas())
	for _, types := range unions() {
		note(types)
	}
	asked := map[string]bool{}
	for _, client := range clients() {
		asked[client.Elem().String()] = true
	}
	objects, clients, folders := resources(t)
	for _, object := range objects {
		assert.True(t, compared[object], "%s is in neither schemas nor unions of slice_test.go", object)
	}
	for _, client := range clients {
		assert.True(t, asked[client], "%s is not in clients of slice_test.go", client)
	}
	for _, folder := range folders {
		assert.Contains(t, packages(), folder, "packages of slice_test.go")
	}
}

// resources finds in the packages of the module the types that the API has as objects, their clients, and the folders of
// those packages.
func resources(t *testing.T) (objects, clients, folders []string) {
	t.Helper()
	entries, err := os.ReadDir("..")
	require.NoError(t, err)
	for _, entry := range entries {
		dir := filepath.Join("..", entry.Name())
		pkg, err := build.ImportDir(dir, 0)
		if err != nil { // no folder, or without Go
			continue
		}
		before := len(objects) + len(clients)
		for _, name := range pkg.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			for _, decl := range file.Decls {
				if name, ok := receiverOf(decl, "ObjectName"); ok {
					objects = append(objects, pkg.Name+"."+name)
				}
				if declares(decl, "Client") {
					clients = append(clients, pkg.Name+".Client")
				}
			}
		}
		if len(objects)+len(clients) > before {
			folders = append(folders, entry.Name())
		}
	}
	require.NotEmpty(t, objects)
	return objects, clients, folders
}

// receiverOf is the type that has a method of that name, if decl is one.
func receiverOf(decl ast.Decl, method string) (name string, ok bool) {
	f, ok := decl.(*ast.FuncDecl)
	if !ok || f.Recv == nil || f.Name.Name != method {
		return "", false
	}
	receiver := f.Recv.List[0].Type
	if pointer, ok := receiver.(*ast.StarExpr); ok {
		receiver = pointer.X
	}
	if id, ok := receiver.(*ast.Ident); ok {
		return id.Name, true
	}
	return "", false
}

func declares(decl ast.Decl, name string) bool {
	d, ok := decl.(*ast.GenDecl)
	return ok && slices.ContainsFunc(d.Specs, func(spec ast.Spec) bool {
		s, ok := spec.(*ast.TypeSpec)
		return ok && s.Name.Name == name
	})
}
