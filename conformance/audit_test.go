package conformance_test

import (
	"fmt"
	"net/http"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/conformance"
	"github.com/ccb8c2b4/stripecash/webhook"
)

// loadSpec reads the spec once for all tests; it is only read after that.
var loadSpec = sync.OnceValues(conformance.LoadSpec) //nolint:gochecknoglobals // 8 MB, a second

func theSpec(t *testing.T) *conformance.Spec {
	t.Helper()
	spec, err := loadSpec()
	require.NoError(t, err)
	return spec
}

func theSource(t *testing.T) *conformance.Source {
	t.Helper()
	source, err := conformance.LoadSource("..", packages()...)
	require.NoError(t, err)
	return source
}

// audit holds the whole slice against the spec.
func audit(t *testing.T) *conformance.Audit {
	t.Helper()
	source := theSource(t)
	a := conformance.NewAudit(theSpec(t), source, exemptions())
	for schema, goType := range schemas() {
		a.Struct(schema, goType)
	}
	for schema, goTypes := range unions() {
		a.Union(schema, goTypes)
	}
	fill := conformance.NewFiller(source, true, makers()...)
	sent := map[string][]conformance.Sent{}
	for _, c := range calls() {
		recorder := &conformance.Recorder{}
		api := newClient(t, stripecash.WithHTTPClient(&http.Client{Transport: recorder}))
		require.Error(t, c.do(t.Context(), newWorld(api, fill)), "%s: the recorder answers nothing of use", c.method)
		assert.NotEmpty(t, recorder.Sent, "%s sent nothing", c.method)
		if c.unspecified {
			continue
		}
		sent[c.operation] = append(sent[c.operation], recorder.Sent...)
	}
	for operation, requests := range sent {
		a.Call(operation, fill, requests, spell)
	}
	a.Chosen("POST /v1/webhook_endpoints", "enabled_events", reflect.TypeFor[webhook.EventType](), announced)
	a.Enums()
	return a
}

func newClient(t *testing.T, opts ...stripecash.Option) *stripecash.Client {
	t.Helper()
	api, err := stripecash.NewClient("sk_test_123", opts...)
	require.NoError(t, err)
	return api
}

func TestSpecVersion(t *testing.T) {
	assert.Equal(t, stripecash.APIVersion, theSpec(t).Version(), "move the constant and go through the names that fail then")
}

// TestAudit fails with the name of everything in which Go and the spec differ.
func TestAudit(t *testing.T) {
	for _, finding := range audit(t).Findings() {
		t.Error(finding)
	}
}

// TestEveryMethodIsCalled finds methods without a row.
func TestEveryMethodIsCalled(t *testing.T) {
	called := map[string]bool{}
	for _, c := range calls() {
		called[c.method] = true
	}
	for _, client := range clients() {
		for method := range client.Methods() {
			name := path.Base(client.Elem().PkgPath()) + "." + method.Name
			assert.True(t, called[name], "%s has no row in calls", name)
			delete(called, name)
		}
	}
	assert.Empty(t, called, "rows for methods that do not exist")
}

// TestEveryOperationIsCalled finds operations of the slice without a method.
func TestEveryOperationIsCalled(t *testing.T) {
	called := map[string]bool{}
	for _, c := range calls() {
		called[c.operation] = true
	}
	operations := theSpec(t).Operations(ours)
	for _, operation := range operations {
		assert.True(t, called[operation], "%s has no row in calls", operation)
	}
	for _, c := range calls() {
		assert.True(t, c.unspecified || slices.Contains(operations, c.operation), "%s: %s is not in the slice: see ours in slice_test.go", c.method, c.operation)
	}
}

// TestCoverageTable prints what of the slice is in Go: go test -v -run TestCoverageTable.
func TestCoverageTable(t *testing.T) {
	a, called := audit(t), map[string]bool{}
	for _, c := range calls() {
		called[c.operation] = true
	}
	endpoints := conformance.Tally{}
	for _, operation := range theSpec(t).Operations(ours) {
		endpoints.Spec++
		if called[operation] {
			endpoints.Go++
		}
	}
	var table strings.Builder
	fmt.Fprintf(&table, "\nAPI %s\n%-12s %7s %7s %7s\n", theSpec(t).Version(), "", "in spec", "in Go", "exempt")
	for _, row := range []struct {
		name string
		conformance.Tally
	}{{"endpoints", endpoints}, {"properties", a.Properties}, {"parameters", a.Parameters}, {"enum values", a.Values}} {
		fmt.Fprintf(&table, "%-12s %7d %7d %7d\n", row.name, row.Spec, row.Go, row.Spec-row.Go)
		assert.Positive(t, row.Spec, row.name)
	}
	for _, exempted := range a.Exempted() {
		fmt.Fprintf(&table, "exempt: %s\n", exempted)
	}
	t.Log(table.String())
}
