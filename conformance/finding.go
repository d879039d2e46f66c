package conformance

import (
	"fmt"
	"maps"
	"slices"
)

// Exemptions are the names that may differ from the spec, each with the reason why.
type Exemptions map[string]string

// Tally counts what the spec has and what of it is in Go.
type Tally struct{ Spec, Go int }

// Audit collects where Go and the spec differ.
type Audit struct {
	Properties Tally // of the schemas given to Struct
	Parameters Tally // of the operations given to Call
	Values     Tally // of the enums that were met on the way

	spec     *Spec
	source   *Source
	exempt   Exemptions
	used     map[string]bool
	findings map[string]string // name to problem
	compared map[string]bool   // objects of unions; an object may be in several
	untyped  map[string]bool   // enums that are plain text in Go
	enums    map[enumType]*enumUse
}

// NewAudit begins an audit of the packages in source.
func NewAudit(spec *Spec, source *Source, exempt Exemptions) *Audit {
	return &Audit{
		spec: spec, source: source, exempt: exempt,
		used: map[string]bool{}, findings: map[string]string{}, compared: map[string]bool{}, untyped: map[string]bool{}, enums: map[enumType]*enumUse{},
	}
}

// Findings are what differs, as "name: problem", sorted. To the differences they add the exemptions that nothing needed.
func (a *Audit) Findings() []string {
	var list []string
	for name, problem := range a.findings {
		list = append(list, name+": "+problem)
	}
	for name := range a.exempt {
		if !a.used[name] {
			list = append(list, name+": exempted, but nothing is wrong with it")
		}
	}
	slices.Sort(list)
	return list
}

// Exempted are the exemptions that were needed, as "name: reason", sorted.
func (a *Audit) Exempted() []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(a.used)) {
		list = append(list, name+": "+a.exempt[name])
	}
	return list
}

func (a *Audit) find(name, format string, args ...any) {
	if reason, ok := a.exempt[name]; ok && reason != "" {
		a.used[name] = true
		return
	}
	a.findings[name] = fmt.Sprintf(format, args...)
}

const (
	missing  = "in the spec, not in Go"
	invented = "in Go, not in the spec"
)
