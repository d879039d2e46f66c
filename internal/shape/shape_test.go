package shape_test

import (
	"math/big"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-querystring/query"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/internal/shape"
)

type (
	fragment struct {
		A string `url:"a"`
	}
	hidden string
	Kind   string
	circle struct {
		A    string  `url:"a"`
		Next *circle `url:"next,omitempty"`
	}
)

// lines write themselves, whatever they hold.
type lines []wayward

func (lines) EncodeValues(key string, values *url.Values) error {
	values.Set(key, "x")
	return nil
}

// wayward writes itself, unless it is embedded.
type wayward struct {
	M map[string]string `url:"m"`
}

func (wayward) EncodeValues(key string, values *url.Values) error {
	values.Set(key, "x")
	return nil
}

// proud writes itself, and so does what it holds.
type proud struct {
	fragment
	W wayward
}

func (proud) EncodeValues(key string, values *url.Values) error {
	values.Set(key, "x")
	return nil
}

// Each row is a shape that go-querystring corrupts, and the refusal that keeps it from the wire. The root package asks.
func TestEncodeRefusesShapes(t *testing.T) {
	const brackets = `is a slice; give its url tag the option "brackets", and no other but omitempty`
	const noForm = ` can't be encoded; make it a string, a bool, an integer, a struct or a slice`
	tests := []struct {
		name   string
		params any
		sent   string // by go-querystring, which says nothing
		want   string
	}{
		{"a map", &struct {
			M map[string]string `url:"m"`
		}{map[string]string{"a": "b"}}, "m=map[a:b]", ".M is a map, which can't be encoded; make it a Metadata"},
		{"a nil map", &struct {
			M map[string]string `url:"m"`
		}{}, "m=map[]", ".M is a map"},
		{"a slice of structs", struct {
			S []fragment `url:"s,brackets"`
		}{[]fragment{{"x"}}}, "s[]={x}", ".S is a slice of a type that can't be encoded; use strings, bools, integers or an Indexed of structs"},
		{"a slice of slices", struct {
			S [][]string `url:"s,brackets"`
		}{[][]string{{"x", "y"}}}, "s[]=[x y]", ".S is a slice of a type that can't be encoded"},
		{"a slice without brackets", struct {
			S []string `url:"s,omitempty"`
		}{[]string{"x"}}, "s=x", ".S " + brackets},
		{"a numbered slice", struct {
			S []string `url:"s,numbered"`
		}{[]string{"x"}}, "s0=x", ".S " + brackets},
		{"a slice with brackets and commas", struct {
			S []string `url:"s,brackets,comma"`
		}{[]string{"x", "y"}}, "s=x,y", ".S " + brackets},
		{"a slice with commas and brackets", struct {
			S []string `url:"s,comma,brackets"`
		}{[]string{"x", "y"}}, "s=x,y", ".S " + brackets},
		{"a slice with numbers and brackets", struct {
			S []string `url:"s,numbered,brackets"`
		}{[]string{"x"}}, "s[]0=x", ".S " + brackets},
		{"a big integer", struct {
			B big.Int `url:"b"`
		}{*big.NewInt(5)}, "", ".B has no exported fields, so that nothing would be sent"},
		{"times in a list", struct {
			I stripecash.Indexed[time.Time] `url:"i"`
		}{stripecash.Indexed[time.Time]{time.Unix(5, 0)}}, "", ".I has no exported fields, so that nothing would be sent"},
		{"an embedded time", struct{ time.Time }{time.Unix(5, 0)}, "", ".Time is a time"},
		{"an embedded time with a unit and no name", struct {
			time.Time `url:",unix"`
		}{time.Unix(5, 0)}, "", ".Time is a time"},
		{"an array of structs", struct {
			A [1]fragment `url:"a,brackets"`
		}{[1]fragment{{"x"}}}, "a[]={x}", ".A is a slice of a type that can't be encoded"},
		{"an array without brackets", struct {
			A [1]string `url:"a"`
		}{[1]string{"x"}}, "a=x", ".A " + brackets},
		{"no tag", struct{ Amount int }{5}, "Amount=5", ".Amount has no name in its url tag; name it, or leave it out with url:\"-\""},
		{"a tag without a name", struct {
			Amount int `url:",omitempty"`
		}{5}, "Amount=5", ".Amount has no name in its url tag"},
		{"a time without a name", struct {
			Created time.Time `url:",unix"`
		}{time.Unix(5, 0)}, "Created=5", ".Created has no name in its url tag"},
		{"an embedded string without a name", struct{ Kind }{"x"}, "Kind=x", ".Kind is embedded without a name in its url tag; make it a field"},
		{"a duration", struct {
			D time.Duration `url:"d"`
		}{time.Minute}, "d=1m0s", ".D" + noForm},
		{"months", struct {
			M []time.Month `url:"m,brackets"`
		}{[]time.Month{5}}, "m[]=May", ".M is a slice of a type that can't be encoded"},
		{"a slice with brackets and numbers", struct {
			S []string `url:"s,numbered,brackets,numbered"`
		}{[]string{"x"}}, "s[]0=x", ".S " + brackets},
		{"a time", struct {
			T time.Time `url:"t"`
		}{time.Unix(0, 0).UTC()}, "t=1970-01-01T00:00:00Z", ".T is a time, which is not written in Unix seconds"},
		{"a time in milliseconds", struct {
			T time.Time `url:"t,unixmilli"`
		}{time.Unix(1, 0).UTC()}, "t=1000", ".T is a time"},
		{"a large amount as a float", struct {
			F float64 `url:"f"`
		}{1_000_000}, "f=1e+06", ".F" + noForm},
		{"an interface", struct {
			I any `url:"i"`
		}{}, "i=<nil>", ".I" + noForm},
		{"an encoder that is not there", struct {
			E query.Encoder `url:"e,omitempty"`
		}{}, "", ".E can't be encoded"},
		{"a function", struct {
			F func() `url:"f"`
		}{}, "f=<nil>", ".F" + noForm},
		{"embedded, where nobody asks it how", struct{ wayward }{}, "m=map[]", ".wayward.M is a map"},
		{"beside an embedded struct that writes itself", struct {
			A struct {
				stripecash.AddressParams
				Zone string `url:"zone"`
			} `url:"a"`
		}{struct {
			stripecash.AddressParams
			Zone string `url:"zone"`
		}{stripecash.AddressParams{City: new("x")}, "north"}}, "a[city]=x", ".A embeds a type with EncodeValues, which would leave out the rest; make it a named field"},
		{"an embedded list", struct {
			A struct{ stripecash.Indexed[fragment] } `url:"a"`
		}{struct{ stripecash.Indexed[fragment] }{stripecash.Indexed[fragment]{{"x"}}}}, "a[0][a]=x", ".A embeds a type with EncodeValues"},
		{"embedded by a pointer", struct{ *fragment }{}, "fragment=", ".fragment is an embedded pointer; give its url tag the option \"omitempty\""},
		{"within a struct, by a pointer", struct {
			P **struct {
				M map[string]int `url:"m"`
			} `url:"p,omitempty"`
		}{}, "", ".P.M is a map"},
		{"within a list", struct {
			I stripecash.Indexed[struct {
				P *struct {
					F float64 `url:"f"`
				} `url:"p,omitempty"`
			}] `url:"i"`
		}{}, "", ".I.P.F can't be encoded"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values, err := query.Values(tt.params)
			require.NoError(t, err)
			sent, err := url.QueryUnescape(values.Encode())
			require.NoError(t, err)
			require.Equal(t, tt.sent, sent)

			_, err = stripecash.Encode(tt.params)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

// An embedded field that nobody can read makes go-querystring panic.
func TestEncodeRefusesHiddenFields(t *testing.T) {
	_, err := stripecash.Encode(struct{ hidden }{"x"})
	require.ErrorContains(t, err, ".hidden is embedded and not exported; make it a field")
	_, err = stripecash.Encode(struct {
		wayward `url:"w"`
	}{})
	require.ErrorContains(t, err, ".wayward is embedded and not exported; make it a field")
	_, err = stripecash.Encode(struct {
		fragment `url:"f,omitempty"`
	}{})
	require.ErrorContains(t, err, ".fragment is embedded and not exported; make it a field")
}

func TestEncodeTakesShapes(t *testing.T) {
	tests := []struct {
		name   string
		params any
		want   string
	}{
		{"values", url.Values{"a": {"x"}}, "a=x"},
		{"an array", struct {
			A [2]string `url:"a,brackets"`
		}{[2]string{"x", "y"}}, "a[]=x&a[]=y"},
		{"a struct of embedded parts", struct {
			A struct{ fragment } `url:"a"`
		}{struct{ fragment }{fragment{"x"}}}, "a[a]=x"},
		{"a struct that holds what writes itself", struct {
			A struct {
				W wayward `url:"w"`
			} `url:"a"`
		}{}, "a[w]=x"},
		{"what writes itself, whatever it holds and embeds", struct {
			P proud `url:"p"`
		}{}, "p=x"},
		{"a time in Unix seconds", struct {
			T time.Time `url:"t,unix"`
		}{time.Unix(17, 0)}, "t=17"},
		{"numbers of every size", struct {
			A []int8  `url:"a,brackets"`
			B *uint64 `url:"b,omitempty"`
		}{[]int8{1, -1}, new(uint64(1 << 63))}, "a[]=1&a[]=-1&b=9223372036854775808"},
		{"a struct that can hold itself", circle{"x", &circle{A: "y"}}, "a=x&next[a]=y"},
		{"what is not sent", struct {
			M map[string]string `url:"-"`
			m map[string]string
		}{}, ""},
		{"what writes itself", struct {
			W wayward `url:"w"`
		}{}, "w=x"},
		{"a list that writes itself", struct {
			L lines `url:"l"`
		}{lines{{}}}, "l=x"},
		{"a slice that may be left out", struct {
			S []string `url:"s,omitempty,brackets"`
		}{[]string{"x"}}, "s[]=x"},
		{"embedded by a pointer that is left out", struct {
			*fragment `url:",omitempty"`
		}{}, ""},
		{"embedded parts", struct{ fragment }{fragment{"x"}}, "a=x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values, err := stripecash.Encode(tt.params)
			require.NoError(t, err)
			got, err := url.QueryUnescape(values.Encode())
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

// A type is looked at once, also when it was refused, and what is said of it stays with it.
func TestCheckerLooksOnce(t *testing.T) {
	var looks atomic.Int32
	check := shape.Checker(func(any) bool {
		looks.Add(1)
		return false
	})
	type good struct {
		L lines `url:"l"`
	}
	type bad struct {
		L lines          `url:"l"`
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
		L lines `url:"l"`
	}{}
	require.Panics(t, func() { _ = check(params) })
	panics = false
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() { assert.NoError(t, check(params)) })
	}
	all.Wait()
}
