package stripecash_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/url"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-querystring/query"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// paramTypes are all params of this module that go to the API by their tags, but for those that are a part of another.
func paramTypes() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[stripecash.AddressParams](),
		reflect.TypeFor[stripecash.ListParams](),
		reflect.TypeFor[card.Details](),
		reflect.TypeFor[card.UpdateParams](),
		reflect.TypeFor[cashbalance.UpdateParams](),
		reflect.TypeFor[paymentsource.BankAccountDetails](),
		reflect.TypeFor[paymentsource.UpdateBankAccountParams](),
		reflect.TypeFor[paymentsource.VerifyBankAccountParams](),
		reflect.TypeFor[source.CreateParams](),
		reflect.TypeFor[source.GetParams](),
		reflect.TypeFor[source.UpdateAttachedParams](),
		reflect.TypeFor[source.UpdateParams](),
		reflect.TypeFor[source.VerifyParams](),
		reflect.TypeFor[transaction.FundParams](),
	}
}

// No params of this module may have a shape that go-querystring would write otherwise than the API reads it, or that
// would send what the caller left alone.
func TestParamShapes(t *testing.T) {
	walk := newParamWalk()
	for _, typ := range paramTypes() {
		walk.visit(typ, typ.String())
	}
	assert.Empty(t, walk.faults)

	for _, declared := range declaredParams(t) {
		assert.True(t, walk.seen[declared], "%s has url tags and is not walked; add it to paramTypes", declared)
	}
}

// Every field of every params struct arrives at the API under a name that the API can read, with its value and once.
func TestParamsArrive(t *testing.T) {
	for _, typ := range paramTypes() {
		t.Run(typ.String(), func(t *testing.T) {
			params := reflect.New(typ)
			want := fill(params.Elem())
			require.NotEmpty(t, want)
			values, err := stripecash.Encode(params.Interface())
			require.NoError(t, err)
			var got []string
			for name, list := range values {
				assert.Regexp(t, `^[a-z][a-z0-9_]*(\[([a-z][a-z0-9_]*|[0-9]+|)\])*$`, name)
				got = append(got, list...)
			}
			assert.ElementsMatch(t, want, got)
			parsed, err := url.ParseQuery(values.Encode())
			require.NoError(t, err)
			assert.Equal(t, values, parsed)
		})
	}
}

// fill sets every field to a value of its own, and says how they are written.
func fill(v reflect.Value) (values []string) {
	next := 1
	var set func(reflect.Value)
	set = func(v reflect.Value) {
		var text string
		switch v.Kind() {
		case reflect.String:
			text = "s" + strconv.Itoa(next)
			v.SetString(text)
		case reflect.Bool:
			text = "true"
			v.SetBool(true)
		case reflect.Int, reflect.Int64:
			text = strconv.Itoa(1_000_000 + next) // where a float would begin to write exponents
			v.SetInt(int64(1_000_000 + next))
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			set(v.Elem())
			return
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			set(v.Index(0))
			set(v.Index(1))
			return
		case reflect.Array:
			for i := range v.Len() {
				set(v.Index(i))
			}
			return
		case reflect.Map:
			text = "m" + strconv.Itoa(next)
			v.Set(reflect.ValueOf(stripecash.Metadata{"k": text}))
		case reflect.Struct:
			for f := range v.Type().Fields() {
				if f.IsExported() && f.Tag.Get("url") != "-" {
					set(v.FieldByIndex(f.Index))
				}
			}
			return
		default:
			panic("no value for a " + v.Type().String())
		}
		next++
		values = append(values, text)
	}
	set(v)
	return values
}

// declaredParams are the exported structs with url tags in the module's source, as reflection names them.
func declaredParams(t *testing.T) (names []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if nested, _ := filepath.Glob(filepath.Join(path, "go.mod")); path != "." && len(nested) > 0 {
				return filepath.SkipDir
			}
			return nil
		case filepath.Ext(path) != ".go", strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for node := range ast.Preorder(file) {
			spec, ok := node.(*ast.TypeSpec)
			if !ok || !spec.Name.IsExported() {
				continue
			}
			if structure, ok := spec.Type.(*ast.StructType); ok && slices.ContainsFunc(structure.Fields.List, hasURLTag) {
				names = append(names, file.Name.Name+"."+spec.Name.Name)
			}
		}
		return nil
	}))
	require.Contains(t, names, "stripecash.ListParams")
	return names
}

func hasURLTag(f *ast.Field) bool { return f.Tag != nil && strings.Contains(f.Tag.Value, `url:"`) }

// paramWalk looks for what go-querystring would corrupt in a params struct, and in all that it holds.
type paramWalk struct {
	seen   map[string]bool // types, by name
	faults []string
}

func newParamWalk() *paramWalk { return &paramWalk{seen: map[string]bool{}} }

func (w *paramWalk) fault(at, format string, args ...any) {
	w.faults = append(w.faults, at+": "+fmt.Sprintf(format, args...))
}

// visit checks the fields of a struct; at is how a fault names it.
func (w *paramWalk) visit(t reflect.Type, at string) {
	if w.seen[t.String()] {
		return
	}
	w.seen[t.String()] = true
	plainName := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	used := map[string]bool{}
	for f := range t.Fields() {
		at := at + "." + f.Name
		name, rest, _ := strings.Cut(f.Tag.Get("url"), ",")
		options := strings.Split(rest, ",")
		omitEmpty := slices.Contains(options, "omitempty")
		switch {
		case name == "-", !f.IsExported() && !f.Anonymous:
			continue
		case f.Anonymous && name == "":
			embedded := f.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
				if !omitEmpty {
					w.fault(at, "is embedded by a pointer without omitempty: nil would be sent as a parameter %s", f.Name)
				}
			}
			w.visit(embedded, at)
			continue
		case name == "":
			w.fault(at, "has no name in its url tag and would be sent as %s", f.Name)
		case !plainName.MatchString(name):
			w.fault(at, "is named %q", name)
		case used[name]:
			w.fault(at, "is the second %q", name)
		}
		used[name] = true
		for _, unknown := range options {
			if unknown != "" && unknown != "omitempty" && unknown != "brackets" {
				w.fault(at, "has the option %q", unknown)
			}
		}
		w.field(f, at, omitEmpty, slices.Contains(options, "brackets"))
	}
}

func (w *paramWalk) field(f reflect.StructField, at string, omitEmpty, brackets bool) {
	t := f.Type
	if t.Implements(reflect.TypeFor[query.Encoder]()) {
		switch {
		case t.Kind() == reflect.Map && omitEmpty:
			w.fault(at, "has omitempty: an empty %s could not clear", t)
		case t.Kind() == reflect.Slice:
			w.visit(t.Elem(), at)
		case t.Kind() == reflect.Pointer && !omitEmpty:
			w.fault(at, "is a pointer without omitempty: nil would be sent as a value")
		case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct: // it writes itself, as its tags say
			w.visit(t.Elem(), at)
		}
		return
	}
	if t.Kind() == reflect.Pointer {
		if t = t.Elem(); !omitEmpty && t.Kind() != reflect.Struct {
			w.fault(at, "is a pointer without omitempty: nil would be sent as an empty value, which clears")
		} else if !omitEmpty {
			w.fault(at, "is a pointer without omitempty: nil would be sent as a value")
		}
	}
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64:
	case reflect.Struct:
		if t == reflect.TypeFor[time.Time]() {
			w.fault(at, "is a time.Time, which is sent as RFC 3339; the API reads Unix seconds")
			return
		}
		w.visit(t, at)
	case reflect.Slice, reflect.Array:
		w.slice(t, at, brackets, f.Tag.Get("del"))
	default:
		w.fault(at, "is a %s, which is no kind of parameter", cmp.Or(t.Name(), t.String()))
	}
}

func (w *paramWalk) slice(t reflect.Type, at string, brackets bool, delimiter string) {
	switch t.Elem().Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64:
		if !brackets || delimiter != "" {
			w.fault(at, "is a slice without the option brackets")
		}
	default:
		w.fault(at, "is a slice of %s; only an Indexed can hold structs", t.Elem())
	}
}

// The walk is worth what it finds: each row is a shape, what go-querystring would make of it, and the fault.
func TestParamWalkFinds(t *testing.T) {
	type inner struct {
		A string `url:"a"`
	}
	tests := []struct {
		name   string
		params any
		sent   string // the corruption
		fault  string
	}{
		{"a map", struct {
			M map[string]string `url:"m"`
		}{map[string]string{"a": "b"}}, "m=map[a:b]", ".M: is a map[string]string, which is no kind of parameter"},
		{"a slice of structs", struct {
			S []inner `url:"s,brackets"`
		}{[]inner{{"x"}}}, "s[]={x}", ".S: is a slice of stripecash_test.inner; only an Indexed can hold structs"},
		{"a slice of pointers", struct {
			S []*string `url:"s,brackets"`
		}{[]*string{nil}}, "s[]=", ".S: is a slice of *string; only an Indexed can hold structs"},
		{"a slice without brackets", struct {
			S []string `url:"s"`
		}{[]string{"x"}}, "s=x", ".S: is a slice without the option brackets"},
		{"a numbered slice", struct {
			S []string `url:"s,numbered"`
		}{[]string{"x"}}, "s0=x", `.S: has the option "numbered"`},
		{"a slice with commas", struct {
			S []string `url:"s,comma"`
		}{[]string{"x", "y"}}, "s=x,y", `.S: has the option "comma"`},
		{"a slice with a delimiter", struct {
			S []string `url:"s,brackets" del:"|"`
		}{[]string{"x", "y"}}, "s[]=x&s[]=y", ".S: is a slice without the option brackets"},
		{"a pointer without omitempty", struct {
			P *string `url:"p"`
		}{}, "p=", ".P: is a pointer without omitempty: nil would be sent as an empty value, which clears"},
		{"a pointer to a struct without omitempty", struct {
			P *inner `url:"p"`
		}{}, "p=", ".P: is a pointer without omitempty: nil would be sent as a value"},
		{"an embedded pointer", struct{ *inner }{}, "inner=", ".inner: is embedded by a pointer without omitempty: nil would be sent as a parameter inner"},
		{"metadata that can't be cleared", struct {
			M stripecash.Metadata `url:"m,omitempty"`
		}{stripecash.Metadata{}}, "", ".M: has omitempty: an empty stripecash.Metadata could not clear"},
		{"a time", struct {
			T time.Time `url:"t"`
		}{time.Unix(0, 0).UTC()}, "t=1970-01-01T00:00:00Z", ".T: is a time.Time, which is sent as RFC 3339; the API reads Unix seconds"},
		{"a float", struct {
			F float64 `url:"f"`
		}{1e21}, "f=1e+21", ".F: is a float64, which is no kind of parameter"},
		{"an interface", struct {
			I any `url:"i"`
		}{[]string{"x", "y"}}, "i=[x y]", ".I: is a interface {}, which is no kind of parameter"},
		{"a pointer to a pointer", struct {
			P **string `url:"p,omitempty"`
		}{new(new("x"))}, "p=x", ".P: is a *string, which is no kind of parameter"},
		{"a bool as a number", struct {
			B bool `url:"b,int"`
		}{true}, "b=1", `.B: has the option "int"`},
		{"no tag", struct{ Amount int }{1}, "Amount=1", ".Amount: has no name in its url tag and would be sent as Amount"},
		{"a name in the wrong case", struct {
			A int `url:"accountID"`
		}{1}, "accountID=1", `.A: is named "accountID"`},
		{"two of one name", struct {
			A int `url:"a"`
			B int `url:"a"`
		}{1, 2}, "a=1&a=2", `.B: is the second "a"`},
		{"within a struct within a list", struct {
			I stripecash.Indexed[struct {
				P *struct {
					F float64 `url:"f"`
				} `url:"p,omitempty"`
			}] `url:"i"`
		}{}, "", ".I.P.F: is a float64, which is no kind of parameter"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			walk := newParamWalk()
			walk.visit(reflect.TypeOf(tt.params), "")
			assert.Contains(t, walk.faults, tt.fault)

			values, err := query.Values(tt.params)
			require.NoError(t, err)
			got, err := url.QueryUnescape(values.Encode())
			require.NoError(t, err)
			assert.Equal(t, tt.sent, got)
		})
	}
}
