package shape_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/internal/shape"
)

var errRule = errors.New("a rule")

// valued has rules that its value knows, pointed such as its pointer does.
type (
	valued  struct{ Good bool }
	pointed struct{ Good bool }
)

func (v valued) Validate() error {
	if !v.Good {
		return errRule
	}
	return nil
}

func (p *pointed) Validate() error {
	if p == nil || !p.Good {
		return errRule
	}
	return nil
}

func TestRules(t *testing.T) {
	for _, bad := range []any{valued{}, &valued{}, pointed{}, &pointed{}, (*pointed)(nil)} {
		assert.Equal(t, errRule, shape.Rules(bad), "%T %+v: the error is theirs as it is", bad, bad)
	}
	for _, good := range []any{nil, valued{true}, &valued{true}, pointed{true}, &pointed{true}, (*valued)(nil), struct{}{}, 17} {
		assert.NoError(t, shape.Rules(good), "%T %+v", good, good)
	}
}

func TestTarget(t *testing.T) {
	for _, bad := range []any{valued{}, map[string]any{}, (*valued)(nil), 17} {
		require.ErrorContains(t, shape.Target(bad), "give a pointer to a value, or nil to ignore it")
	}
	assert.NoError(t, shape.Target(nil))
	assert.NoError(t, shape.Target(new(valued)))
}
