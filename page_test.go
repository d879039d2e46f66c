package stripecash_test

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// shelf answers like a list of the API: widgets wid_n to wid_1, newest first, by limit and cursor.
type shelf struct {
	*wire

	n int
}

func newShelf(n int) *shelf {
	s := &shelf{n: n}
	s.wire = newWire(s.page)
	return s
}

func (s *shelf) page(req *http.Request) (*http.Response, error) {
	query := req.URL.Query()
	limit := 10
	if given := query.Get("limit"); given != "" {
		limit, _ = strconv.Atoi(given)
	}
	var window []int // numbers of widgets
	var more bool
	switch after, before := number(query.Get("starting_after")), number(query.Get("ending_before")); {
	case query.Has("ending_before"):
		for i := before + 1; i <= s.n && len(window) < limit; i++ {
			window = append(window, i)
		}
		slices.Reverse(window)
		more = before+limit < s.n
	default:
		if !query.Has("starting_after") {
			after = s.n + 1
		}
		for i := after - 1; i >= 1 && len(window) < limit; i-- {
			window = append(window, i)
		}
		more = after-1 > limit
	}
	var data []string
	for _, i := range window {
		data = append(data, fmt.Sprintf(`{"id":"wid_%d","object":"widget","amount":%d}`, i, i))
	}
	return reply(http.StatusOK, list(more, data...))(req)
}

func number(id string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(id, "wid_"))
	return n
}

func list(more bool, data ...string) string {
	return fmt.Sprintf(`{"object":"list","url":"/v1/widgets","has_more":%t,"data":[%s]}`, more, strings.Join(data, ","))
}

// queries are what was asked for, unescaped and in order.
func (w *wire) queries() []string {
	got := []string{}
	for _, r := range w.requests() {
		_, query, _ := strings.Cut(r.URL, "?")
		query, _ = url.QueryUnescape(query)
		got = append(got, query)
	}
	return got
}

func widgetList() stripecash.Request { return stripecash.Request{Path: "/v1/widgets"} }

func allWidgets(ctx context.Context, c *stripecash.Client, params *stripecash.ListParams, opts ...stripecash.CallOption) iter.Seq2[*widget, error] {
	return stripecash.All[widget](ctx, c, widgetList(), params, opts...)
}

// numbers ranges over a list to its end.
func numbers(t *testing.T, list iter.Seq2[*widget, error]) []int {
	t.Helper()
	var got []int
	for w, err := range list {
		require.NoError(t, err)
		got = append(got, number(w.ID))
	}
	return got
}

// down counts from one number to another.
func down(from, to int) []int {
	var all []int
	for i := from; i >= to; i-- {
		all = append(all, i)
	}
	return all
}

func TestList(t *testing.T) {
	tests := []struct {
		name   string
		params *stripecash.ListParams
		query  string
		want   []int
		more   bool
	}{
		{"nil params: the API's own limit", nil, "", down(25, 16), true},
		{"empty params", &stripecash.ListParams{}, "", down(25, 16), true},
		{"limit", &stripecash.ListParams{Limit: 3}, "limit=3", down(25, 23), true},
		{"the largest limit", &stripecash.ListParams{Limit: 100}, "limit=100", down(25, 1), false},
		{"starting after", &stripecash.ListParams{StartingAfter: "wid_8"}, "starting_after=wid_8", down(7, 1), false},
		{"ending before", &stripecash.ListParams{Limit: 2, EndingBefore: "wid_8"}, "ending_before=wid_8&limit=2", down(10, 9), true},
		{"a cursor that must be escaped", &stripecash.ListParams{StartingAfter: "wid_8&limit=1"}, "starting_after=wid_8&limit=1", nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newShelf(25)
			page, err := stripecash.List[widget](t.Context(), s.client(t), widgetList(), tt.params)
			require.NoError(t, err)
			var got []int
			for _, w := range page.Data {
				got = append(got, number(w.ID))
			}
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.more, page.HasMore)
			assert.Equal(t, "list", page.Object)
			assert.Equal(t, "/v1/widgets", page.URL)
			assert.Equal(t, []string{tt.query}, s.queries())
			assert.Equal(t, http.MethodGet, s.only(t).Method)
		})
	}
}

// A list's window is written by hand: it must say what the tags say, of each field.
func TestWindowSaysWhatTagsSay(t *testing.T) {
	typ := reflect.TypeFor[stripecash.ListParams]()
	for i := range typ.NumField() {
		params := new(stripecash.ListParams)
		if field := reflect.ValueOf(params).Elem().Field(i); field.Kind() == reflect.Int {
			field.SetInt(7)
		} else {
			field.SetString("wid_8&limit=1")
		}
		want, err := stripecash.Encode(params)
		require.NoError(t, err)
		require.Len(t, want, 1)
		w := newWire(reply(http.StatusOK, `{"object":"list","data":[]}`))
		_, err = stripecash.List[widget](t.Context(), w.client(t), widgetList(), params)
		require.NoError(t, err)
		assert.Equal(t, "https://api.stripe.com/v1/widgets?"+want.Encode(), w.only(t).URL, typ.Field(i).Name)
	}
}

// Filters are the request's params; the window is laid over them on every page.
func TestListFilters(t *testing.T) {
	s := newShelf(150)
	r := widgetList()
	r.Params = url.Values{"object": {"card"}, "limit": {"9"}} // a window's own key is the window's
	for _, err := range stripecash.All[widget](t.Context(), s.client(t), r, nil, stripecash.WithExpand("data.owner")) {
		require.NoError(t, err)
	}
	assert.Equal(t, []string{
		"expand[]=data.owner&limit=100&object=card",
		"expand[]=data.owner&limit=100&object=card&starting_after=wid_51",
	}, s.queries())
	assert.Equal(t, url.Values{"object": {"card"}, "limit": {"9"}}, r.Params)
}

func TestListRefused(t *testing.T) {
	tests := []struct {
		name   string
		params *stripecash.ListParams
		want   string
	}{
		{"negative limit", &stripecash.ListParams{Limit: -1}, "limit is -1; it must be 1 to 100"},
		{"limit of 101", &stripecash.ListParams{Limit: 101}, "limit is 101; it must be 1 to 100"},
		{"both cursors", &stripecash.ListParams{StartingAfter: "a", EndingBefore: "b"}, `starting_after "a" and ending_before "b" exclude each other; give one of them`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newShelf(1)
			page, err := stripecash.List[widget](t.Context(), s.client(t), widgetList(), tt.params)
			require.EqualError(t, err, "stripecash: GET /v1/widgets: "+tt.want)
			assert.Nil(t, page)
			onlyError(t, allWidgets(t.Context(), s.client(t), tt.params), "stripecash: GET /v1/widgets: "+tt.want)
			assert.Empty(t, s.requests())
		})
	}
}

// A list's window is said in one place: a cursor given beside it would be sent with every page.
func TestListWindowIsNoParam(t *testing.T) {
	for _, name := range []string{"limit", "starting_after", "ending_before"} {
		s := newShelf(3)
		onlyError(t, allWidgets(t.Context(), s.client(t), nil, stripecash.WithParam(name, "2")),
			`stripecash: GET /v1/widgets: WithParam sets "`+name+`"; ListParams has it`)
		for _, params := range []*stripecash.ListParams{nil, {}} {
			_, err := stripecash.List[widget](t.Context(), s.client(t), widgetList(), params, stripecash.WithParam(name, "2"))
			require.EqualError(t, err, `stripecash: GET /v1/widgets: WithParam sets "`+name+`"; ListParams has it`)
		}
		assert.Empty(t, s.requests())
	}
}

// Other parameters go beside the window.
func TestListWithAParam(t *testing.T) {
	s := newShelf(1)
	_, err := stripecash.List[widget](t.Context(), s.client(t), widgetList(), nil, stripecash.WithParam("created[gte]", "1"))
	require.NoError(t, err)
	assert.Equal(t, []string{"created[gte]=1"}, s.queries())
}

// Nil params are the whole list.
func TestListParamsNil(t *testing.T) {
	assert.NoError(t, (*stripecash.ListParams)(nil).Validate())
}

// onlyError is a list that yields one error, with no element, and no more.
func onlyError(t *testing.T, list iter.Seq2[*widget, error], want string) {
	t.Helper()
	n := 0
	for w, err := range list {
		n++
		assert.Nil(t, w)
		require.EqualError(t, err, want)
	}
	assert.Equal(t, 1, n)
}

func TestAll(t *testing.T) {
	tests := []struct {
		name    string
		n       int
		params  *stripecash.ListParams
		want    []int
		queries []string
	}{
		{"nothing", 0, nil, nil, []string{"limit=100"}},
		{"one page", 100, nil, down(100, 1), []string{"limit=100"}},
		{"two pages", 101, nil, down(101, 1), []string{"limit=100", "limit=100&starting_after=wid_2"}},
		{"empty params", 101, &stripecash.ListParams{}, down(101, 1), []string{"limit=100", "limit=100&starting_after=wid_2"}},
		{"the caller's limit", 5, &stripecash.ListParams{Limit: 2}, down(5, 1),
			[]string{"limit=2", "limit=2&starting_after=wid_4", "limit=2&starting_after=wid_2"}},
		{"pages that are just full", 4, &stripecash.ListParams{Limit: 2}, down(4, 1), []string{"limit=2", "limit=2&starting_after=wid_3"}},
		{"after a cursor", 9, &stripecash.ListParams{Limit: 2, StartingAfter: "wid_4"}, down(3, 1),
			[]string{"limit=2&starting_after=wid_4", "limit=2&starting_after=wid_2"}},
		{"after the last", 9, &stripecash.ListParams{StartingAfter: "wid_1"}, nil, []string{"limit=100&starting_after=wid_1"}},
		{"before a cursor, one page", 9, &stripecash.ListParams{EndingBefore: "wid_4"}, down(9, 5), []string{"ending_before=wid_4&limit=100"}},
		{"before the first", 9, &stripecash.ListParams{EndingBefore: "wid_9"}, nil, []string{"ending_before=wid_9&limit=100"}},
		{"before a cursor, the page just full", 6, &stripecash.ListParams{Limit: 2, EndingBefore: "wid_4"}, down(6, 5), []string{"ending_before=wid_4&limit=2"}},
		{"before a cursor, many pages: still newest first", 9, &stripecash.ListParams{Limit: 2, EndingBefore: "wid_2"}, down(9, 3),
			[]string{"ending_before=wid_2&limit=2", "limit=2", "limit=2&starting_after=wid_8", "limit=2&starting_after=wid_6"}},
		{"before a cursor, where pages meet", 8, &stripecash.ListParams{Limit: 2, EndingBefore: "wid_2"}, down(8, 3),
			[]string{"ending_before=wid_2&limit=2", "limit=2", "limit=2&starting_after=wid_7", "limit=2&starting_after=wid_5"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newShelf(tt.n)
			before := stripecash.ListParams{}
			if tt.params != nil {
				before = *tt.params
			}
			seq := allWidgets(t.Context(), s.client(t), tt.params)
			assert.Empty(t, s.requests(), "nothing is sent before somebody ranges")
			assert.Equal(t, tt.want, numbers(t, seq))
			assert.Equal(t, tt.queries, s.queries())
			if tt.params != nil {
				assert.Equal(t, before, *tt.params, "params are read, never written")
			}
		})
	}
}

// Whatever the size of list and page and wherever the cursor, All yields each element of the window once, newest first.
func TestAllIsComplete(t *testing.T) {
	const n = 7
	c := newShelf(n).client(t)
	for limit := 1; limit <= n+1; limit++ {
		for cursor := 1; cursor <= n; cursor++ {
			id := "wid_" + strconv.Itoa(cursor)
			before := numbers(t, allWidgets(t.Context(), c, &stripecash.ListParams{Limit: limit, EndingBefore: id}))
			assert.Equal(t, down(n, cursor+1), before, "limit %d, before %d", limit, cursor)
			after := numbers(t, allWidgets(t.Context(), c, &stripecash.ListParams{Limit: limit, StartingAfter: id}))
			assert.Equal(t, down(cursor-1, 1), after, "limit %d, after %d", limit, cursor)
		}
	}
}

func TestAllStartsAnew(t *testing.T) {
	s := newShelf(3)
	seq := allWidgets(t.Context(), s.client(t), &stripecash.ListParams{Limit: 2})
	assert.Equal(t, down(3, 1), numbers(t, seq))
	s.n = 4
	assert.Equal(t, down(4, 1), numbers(t, seq), "as the list is now")
	assert.Len(t, s.requests(), 4)
}

func TestAllStopsOnBreak(t *testing.T) {
	tests := []struct {
		name     string
		params   stripecash.ListParams
		elements int
		requests int
	}{
		{"at the first element", stripecash.ListParams{Limit: 2}, 1, 1},
		{"at the last of a page", stripecash.ListParams{Limit: 2}, 2, 1},
		{"in the second page", stripecash.ListParams{Limit: 2}, 3, 2},
		{"in the kept page of EndingBefore", stripecash.ListParams{Limit: 2, EndingBefore: "wid_5"}, 4, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newShelf(9)
			seq := allWidgets(t.Context(), s.client(t), &tt.params)
			n := 0
			for _, err := range seq {
				require.NoError(t, err)
				n++
				if n == tt.elements {
					break
				}
			}
			assert.Len(t, s.requests(), tt.requests)
		})
	}
}

// The elements before an error are good; the error comes once, and nothing after it.
func TestAllEndsWithItsError(t *testing.T) {
	first := reply(200, list(true, `{"id":"wid_9"}`, `{"id":"wid_8"}`))
	prefix := "stripecash: GET /v1/widgets: "
	tests := []struct {
		name   string
		script []answer
		params *stripecash.ListParams
		want   string
	}{
		{"the API's", script(first, reply(404, apiError(`"type":"invalid_request_error","message":"m"`))), nil, prefix + "404: invalid_request_error: m"},
		{"not a list", script(first, reply(200, widgetJSON)), nil, prefix + `a "list" was expected, but the answer is a "widget" with the ID "wid_1"`},
		{"more after an empty page", script(first, reply(200, list(true))), nil,
			prefix + "200: the list has more after an empty page, but no cursor to it"},
		{"a cursor that does not advance", script(first, reply(200, list(true, `{"id":"wid_8"}`))), nil,
			prefix + `200: the list has more, but its last element has no new ID to go on after: "wid_8"`},
		{"an element without an ID", script(first, reply(200, list(true, `{"object":"widget"}`))), nil,
			prefix + `200: the list has more, but its last element has no new ID to go on after: ""`},
		{"a null element, the first", script(first, reply(200, list(false, `null`, `{"id":"wid_7"}`))), nil, prefix + "200: decoding the answer: data[0] of the list is null"},
		{"a null element", script(first, reply(200, list(false, `{"id":"wid_7"}`, `null`))), nil, prefix + "200: decoding the answer: data[1] of the list is null"},
		{"no data", script(first, reply(200, `{"object":"list","has_more":false}`)), nil, prefix + "200: the list has no data, not even an empty one"},
		{"data that is null", script(first, reply(200, `{"object":"list","has_more":true,"data":null}`)), nil, prefix + "200: the list has no data, not even an empty one"},
		{"a server that ignores the cursor", script(first), nil, prefix + `200: the list has more, but its last element has no new ID to go on after: "wid_8"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWire(tt.script...)
			var elements, errs int
			for el, err := range allWidgets(t.Context(), w.client(t), tt.params) {
				require.Zero(t, errs, "nothing comes after the error")
				if err == nil {
					elements++
					continue
				}
				errs++
				assert.Nil(t, el)
				require.EqualError(t, err, tt.want)
				assert.True(t, ofACall(err), "%T is none of the three types", err)
			}
			assert.Equal(t, 1, errs)
			assert.GreaterOrEqual(t, elements, 2)
			assert.LessOrEqual(t, len(w.requests()), 2, "no request without an end")
		})
	}
	t.Run("on the first page of EndingBefore", func(t *testing.T) {
		w := newWire(reply(404, ""))
		onlyError(t, allWidgets(t.Context(), w.client(t), &stripecash.ListParams{EndingBefore: "wid_1"}), prefix+"404: Not Found (no error object in the answer: 0 bytes of application/json)")
	})
	t.Run("on the second page of EndingBefore", func(t *testing.T) {
		w := newWire(first, reply(404, ""))
		onlyError(t, allWidgets(t.Context(), w.client(t), &stripecash.ListParams{EndingBefore: "wid_1"}), prefix+"404: Not Found (no error object in the answer: 0 bytes of application/json)")
	})
	t.Run("broken out of", func(t *testing.T) {
		w := newWire(reply(404, ""))
		for range 2 {
			for _, err := range allWidgets(t.Context(), w.client(t), nil) {
				require.Error(t, err)
				break
			}
		}
		assert.Len(t, w.requests(), 2)
	})
}

// While a list is walked, elements come and go. What All knows by then must not come twice or be lost.
func TestAllOfAListThatChanges(t *testing.T) {
	t.Run("the page next to the cursor is deleted meanwhile", func(t *testing.T) {
		w := newWire(
			reply(200, list(true, `{"id":"wid_4"}`, `{"id":"wid_3"}`)),  // before wid_2, which is next to them
			reply(200, list(true, `{"id":"wid_6"}`, `{"id":"wid_5"}`)),  // the newest
			reply(200, list(false, `{"id":"wid_2"}`, `{"id":"wid_1"}`)), // wid_4 and wid_3 are gone
		)
		got := numbers(t, allWidgets(t.Context(), w.client(t), &stripecash.ListParams{Limit: 2, EndingBefore: "wid_2"}))
		assert.Equal(t, []int{6, 5, 4, 3}, got)
	})
	t.Run("all from the cursor on are deleted meanwhile", func(t *testing.T) {
		w := newWire(
			reply(200, list(true, `{"id":"wid_4"}`, `{"id":"wid_3"}`)),
			reply(200, list(false, `{"id":"wid_6"}`, `{"id":"wid_5"}`)),
		)
		got := numbers(t, allWidgets(t.Context(), w.client(t), &stripecash.ListParams{Limit: 2, EndingBefore: "wid_2"}))
		assert.Equal(t, []int{6, 5, 4, 3}, got)
	})
	t.Run("one is added while EndingBefore is walked", func(t *testing.T) {
		w := newWire(
			reply(200, list(true, `{"id":"wid_4"}`, `{"id":"wid_3"}`)),
			reply(200, list(true, `{"id":"wid_7"}`, `{"id":"wid_6"}`)), // wid_7 is new
			reply(200, list(true, `{"id":"wid_5"}`, `{"id":"wid_4"}`)),
		)
		got := numbers(t, allWidgets(t.Context(), w.client(t), &stripecash.ListParams{Limit: 2, EndingBefore: "wid_2"}))
		assert.Equal(t, []int{7, 6, 5, 4, 3}, got)
		assert.Len(t, w.requests(), 3)
	})
}

func TestAllIsCancelledMidway(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s := newShelf(5)
	var got []int
	var last error
	for w, err := range allWidgets(ctx, s.client(t), &stripecash.ListParams{Limit: 2}) {
		if err != nil {
			require.NoError(t, last)
			last = err
			continue
		}
		got = append(got, number(w.ID))
		cancel()
	}
	assert.Equal(t, []int{5, 4}, got, "what had come already")
	require.ErrorIs(t, last, context.Canceled)
	assert.Len(t, s.requests(), 1)
}

func TestAllFillsInTheNewestResponse(t *testing.T) {
	s := newShelf(3)
	var resp stripecash.Response
	var bodies []string
	for _, err := range allWidgets(t.Context(), s.client(t), &stripecash.ListParams{Limit: 2}, stripecash.WithResponse(&resp)) {
		require.NoError(t, err)
		bodies = append(bodies, string(resp.Body))
	}
	require.Len(t, bodies, 3)
	assert.Equal(t, bodies[0], bodies[1])
	assert.NotEqual(t, bodies[1], bodies[2])
}

func TestOneListRangedOverByMany(t *testing.T) {
	seq := allWidgets(t.Context(), newShelf(5).client(t), &stripecash.ListParams{Limit: 2, EndingBefore: "wid_1"})
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			var got []int
			for w, err := range seq {
				if err != nil {
					t.Error(err)
					return
				}
				got = append(got, number(w.ID))
			}
			assert.Equal(t, down(5, 2), got)
		})
	}
	wg.Wait()
}

// A list can be pulled from, too.
func TestAllPulled(t *testing.T) {
	s := newShelf(5)
	next, stop := iter.Pull2(allWidgets(t.Context(), s.client(t), &stripecash.ListParams{Limit: 2}))
	assert.Empty(t, s.requests())
	w, err, ok := next()
	require.True(t, ok)
	require.NoError(t, err)
	assert.Equal(t, "wid_5", w.ID)
	stop()
	_, _, ok = next()
	assert.False(t, ok)
	assert.Len(t, s.requests(), 1)
}

func TestAllOfAClientThatIsWrong(t *testing.T) {
	wrong := newShelf(1).client(t).With(stripecash.WithAccount(""))
	onlyError(t, allWidgets(t.Context(), wrong, nil), `stripecash: GET /v1/widgets: account "" is empty; give one or leave the option out`)
}

func TestAllWithoutAContext(t *testing.T) {
	for _, opts := range [][]stripecash.CallOption{nil, {stripecash.WithPrefetch()}} {
		var none context.Context
		onlyError(t, allWidgets(none, newShelf(1).client(t), nil, opts...), "stripecash: GET /v1/widgets: no context; context.Background() is one")
	}
}

// The error is of the page that leads nowhere, and says how to ask Stripe's support for it.
func TestAllSaysWhichPageItWas(t *testing.T) {
	for _, opts := range [][]stripecash.CallOption{nil, {stripecash.WithPrefetch()}} {
		synctest.Test(t, func(t *testing.T) {
			w := newWire(reply(200, list(true, `{"id":"wid_9"}`), "Request-Id", "req_1"), reply(503, ""),
				reply(200, list(true, `{"id":"wid_9"}`), "Request-Id", "req_2"))
			var last error
			for _, err := range allWidgets(t.Context(), w.client(t), nil, opts...) {
				last = err
			}
			require.EqualError(t, last, `stripecash: GET /v1/widgets: 200: the list has more, but its last element has no new ID `+
				`to go on after: "wid_9" [req_2] after 2 attempts`)
		})
	}
}

// ofACall says whether an error is of one of the types that a call which was sent can end with.
func ofACall(err error) bool {
	switch err.(type) { //nolint:errorlint // the outermost one
	case *stripecash.Error, *stripecash.CallError, *stripecash.ObjectError:
		return true
	}
	return false
}

// Two cursors that lead to each other would keep the loop going for ever.
func TestAllOfACircle(t *testing.T) {
	pages := []answer{
		reply(200, `{"object":"list","url":"/v1/widgets","has_more":true,"data":[{"id":"a"}]}`),
		reply(200, `{"object":"list","url":"/v1/widgets","has_more":true,"data":[{"id":"b"}]}`),
		reply(200, `{"object":"list","url":"/v1/widgets","has_more":true,"data":[{"id":"a"}]}`),
	}
	w := newWire(pages...)
	var last error
	for _, err := range stripecash.All[widget](t.Context(), w.client(t), stripecash.Request{Path: "/v1/widgets"}, nil) {
		last = err
	}
	require.EqualError(t, last, `stripecash: GET /v1/widgets: 200: the list has more, but its last element has no new ID to go on after: "a"`)
	assert.Len(t, w.requests(), 3)
}

// A struct of the program's own may embed a page, and an answer leave it out, or put its data elsewhere.
func TestPageThatIsNotThere(t *testing.T) {
	var got struct {
		*stripecash.Page[widget]
		Total int `json:"total"`
	}
	var own struct {
		stripecash.Page[widget]
		Data []map[string]any `json:"data"`
	}
	c := newWire(reply(200, `{"total":3}`), reply(200, `{"total":4,"object":"thing"}`), reply(200, list(false, `{"id":"wid_1"}`))).client(t)
	for _, total := range []int{3, 4} {
		require.NoError(t, c.Do(t.Context(), customers(), &got))
		assert.Equal(t, total, got.Total)
	}
	require.NoError(t, c.Do(t.Context(), customers(), &own))
	assert.Equal(t, []map[string]any{{"id": "wid_1"}}, own.Data)
}
