package shape_test

import (
	"errors"
	"net/url"
	"sync"
	"sync/atomic"
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

// list writes itself, so that whoever looks at it asks whether it is one of those that are looked into.
type list []fragment

func (list) EncodeValues(string, *url.Values) error { return nil }

// A type is looked at once, also when it was refused, and what is said of it stays with it.
func TestCheckerLooksOnce(t *testing.T) {
	var looks atomic.Int32
	check := shape.Checker(func(any) bool {
		looks.Add(1)
		return true
	})
	type good struct {
		L list `url:"l"`
	}
	type bad struct {
		L list           `url:"l"`
		M map[string]int `url:"m"`
	}
	for range 3 {
		require.NoError(t, check(&good{}))
		require.ErrorContains(t, check(&bad{}), ".M is a map")
		require.NoError(t, check(nil))
	}
	assert.EqualValues(t, 2, looks.Load())
	require.NoError(t, check(good{}), "not the type that was looked at")
	assert.EqualValues(t, 3, looks.Load())
}

// A panic while a type is looked at leaves no lock held, and many may ask at once.
func TestCheckerIsNotHeldUp(t *testing.T) {
	panics := true
	check := shape.Checker(func(any) bool {
		if panics {
			panic("theirs")
		}
		return false
	})
	params := &struct {
		L list `url:"l"`
	}{}
	require.Panics(t, func() { _ = check(params) })
	panics = false
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() { assert.NoError(t, check(params)) })
	}
	all.Wait()
}
