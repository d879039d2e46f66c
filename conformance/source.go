package conformance

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"strings"
)

// module is the path of the module that is held against the spec.
const module = "github.com/ccb8c2b4/stripecash"

// Source is what reflection can't see of the packages: the constants of their string types.
type Source struct{ enums map[enumType][]string }

// LoadSource reads packages of the module, named by their folders in the module whose root is given.
func LoadSource(root string, folders ...string) (*Source, error) {
	s := &Source{enums: map[enumType][]string{}}
	for _, folder := range folders {
		if err := s.load(filepath.Join(root, folder), path.Join(module, folder)); err != nil {
			return nil, fmt.Errorf("read %s: %w", folder, err)
		}
	}
	return s, nil
}

func (s *Source) load(folder, importPath string) error {
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return err
	}
	fset, files := token.NewFileSet(), []*ast.File(nil)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return fmt.Errorf("no Go files in %s", folder)
	}
	// Nothing is imported: constants of a package's own string types need nothing, and the errors about the rest
	// are of no interest, since the compiler has seen it.
	config := types.Config{Error: func(error) {}, IgnoreFuncBodies: true}
	pkg, _ := config.Check(importPath, fset, files, nil)
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		c, ok := scope.Lookup(name).(*types.Const)
		if !ok || c.Val().Kind() != constant.String {
			continue
		}
		if named, ok := c.Type().(*types.Named); ok && named.Obj().Pkg() == pkg {
			key := enumType{importPath, named.Obj().Name()}
			s.enums[key] = append(s.enums[key], constant.StringVal(c.Val()))
		}
	}
	return nil
}
