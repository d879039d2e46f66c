package stripecash_test

import (
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

func followWidgets(ctx context.Context, c *stripecash.Client, after string, opts ...stripecash.CallOption) iter.Seq2[*widget, error] {
	return stripecash.Follow[widget](ctx, c, widgetList(), after, opts...)
}

// up counts from one number to another.
func up(from, to int) []int {
	all := down(to, from)
	slices.Reverse(all)
	return all
}

func TestFollow(t *testing.T) {
	tests := []struct {
		name    string
		n       int
		after   string
		want    []int
		queries []string
	}{
		{"nothing", 0, "", nil, []string{"limit=100"}},
		{"from the beginning", 3, "", up(1, 3), []string{"limit=100"}},
		{"from the beginning of two pages", 101, "", up(1, 101), []string{"limit=100", "limit=100&starting_after=wid_2"}},
		{"nothing new", 9, "wid_9", nil, []string{"ending_before=wid_9&limit=100"}},
		{"one page", 9, "wid_4", up(5, 9), []string{"ending_before=wid_4&limit=100"}},
		{"a page that is just full", 104, "wid_4", up(5, 104), []string{"ending_before=wid_4&limit=100"}},
		{"three pages", 205, "wid_4", up(5, 205),
			[]string{"ending_before=wid_4&limit=100", "ending_before=wid_104&limit=100", "ending_before=wid_204&limit=100"}},
	}
	for _, tt := range tests {
		for _, opts := range [][]stripecash.CallOption{nil, {stripecash.WithPrefetch()}} {
			t.Run(tt.name+"/"+strconv.Itoa(len(opts)), func(t *testing.T) {
				s := newShelf(tt.n)
				seq := followWidgets(t.Context(), s.client(t), tt.after, opts...)
				assert.Empty(t, s.requests(), "nothing is sent before somebody ranges")
				assert.Equal(t, tt.want, numbers(t, seq))
				assert.Equal(t, tt.queries, s.queries())
				assert.Equal(t, tt.want, numbers(t, seq), "ranging again starts anew")
			})
		}
	}
}

// A follower that is killed at any place, at any time, and begins again after the last element it has noted, gets each
// element once and in order, even while the list grows.
func TestFollowGoesOn(t *testing.T) {
	for _, each := range []int{1, 99, 100, 101, 150, 1000} { // elements before it is killed
		s := newShelf(250)
		c := s.client(t)
		var got []int
		last := "wid_1"
		for range 300 {
			n := 0
			for w, err := range followWidgets(t.Context(), c, last) {
				require.NoError(t, err)
				got, last = append(got, number(w.ID)), w.ID
				if n++; n == each {
					break
				}
				if n == 2 && s.n < 260 {
					s.n++ // somebody adds one meanwhile
				}
			}
		}
		assert.Equal(t, up(2, s.n), got, "killed after %d", each)
	}
}

func TestFollowEndsWithItsError(t *testing.T) {
	const gone = `{"error":{"type":"invalid_request_error","code":"resource_missing","param":"ending_before","message":"No such widget: 'wid_0'"}}`
	tests := []struct {
		name    string
		after   string
		answers []answer
		want    []string
		err     string
	}{
		{"no such element", "wid_0", []answer{reply(400, gone)}, nil,
			"400: invalid_request_error (resource_missing): No such widget: 'wid_0'"},
		{"in the second page", "wid_1", []answer{reply(200, list(true, `{"id":"wid_3"}`, `{"id":"wid_2"}`)), reply(404, html)},
			[]string{"wid_2", "wid_3"}, "404: Not Found (no error object in the answer: 31 bytes of application/json)"},
		{"while it collects from the beginning", "", []answer{reply(200, list(true, `{"id":"wid_3"}`, `{"id":"wid_2"}`)), reply(404, html)},
			nil, "404: Not Found (no error object in the answer: 31 bytes of application/json)"},
		{"more after an empty page", "wid_1", []answer{reply(200, list(true))}, nil,
			"200: the list has more after an empty page, but no cursor to it"},
		{"a server that ignores the cursor", "wid_1",
			[]answer{reply(200, list(true, `{"id":"wid_3"}`)), reply(200, list(true, `{"id":"wid_3"}`))}, []string{"wid_3"},
			`200: the list after "wid_3" has that element too: the cursor was ignored`},
		{"one that ignores it and has but one page", "wid_1", []answer{reply(200, list(false, `{"id":"wid_2"}`, `{"id":"wid_1"}`))}, nil,
			`200: the list after "wid_1" has that element too: the cursor was ignored`},
		{"one that ignores a cursor as long as an answer", strings.Repeat("x", 300),
			[]answer{reply(200, list(false, `{"id":"`+strings.Repeat("x", 300)+`"}`))}, nil,
			`200: the list after "` + strings.Repeat("x", 200) + `…" has that element too: the cursor was ignored`},
		{"pages in a circle", "wid_1", []answer{
			reply(200, list(true, `{"id":"wid_3"}`)), reply(200, list(true, `{"id":"wid_4"}`)), reply(200, list(true, `{"id":"wid_3"}`)),
		}, []string{"wid_3", "wid_4", "wid_3"}, `200: the list has more, but its last element has no new ID to go on after: "wid_3"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWire(tt.answers...)
			var got []string
			var failure error
			for element, err := range followWidgets(t.Context(), w.client(t), tt.after, stripecash.WithMaxRetries(0)) {
				require.NoError(t, failure, "the error is the last")
				if err != nil {
					assert.Nil(t, element)
					failure = err
					continue
				}
				got = append(got, element.ID)
			}
			require.ErrorContains(t, failure, "stripecash: GET /v1/widgets: "+tt.err)
			assert.Equal(t, tt.want, got)
			assert.Len(t, w.requests(), len(tt.answers))
		})
	}
}
