package stripecash

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// ListParams choose a window of a list. Lists are newest first.
//
// See https://docs.stripe.com/api/pagination.
type ListParams struct {
	Limit         int    `url:"limit,omitempty"`          // 1 to 100; 0 is the default: the API's 10 for List, 100 for All
	StartingAfter string `url:"starting_after,omitempty"` // an ID: what comes after it, older
	EndingBefore  string `url:"ending_before,omitempty"`  // an ID: what comes before it, newer
}

const maxLimit = 100

// Validate implements [Validator].
func (p *ListParams) Validate() error {
	switch {
	case p == nil:
		return nil
	case p.Limit < 0 || p.Limit > maxLimit:
		return errorf("limit is %d; it must be 1 to %d", p.Limit, maxLimit)
	case p.StartingAfter != "" && p.EndingBefore != "":
		return errorf("starting_after %q and ending_before %q exclude each other; give one of them", clip(p.StartingAfter), clip(p.EndingBefore))
	}
	return nil
}

// write adds what the tags say, without looking for them.
func (p *ListParams) write(to url.Values) {
	limit := ""
	if p.Limit != 0 {
		limit = strconv.Itoa(p.Limit)
	}
	for _, pair := range [...][2]string{{"limit", limit}, {"starting_after", p.StartingAfter}, {"ending_before", p.EndingBefore}} {
		if pair[1] != "" {
			to[pair[0]] = []string{pair[1]}
		}
	}
}

// Page is a part of a list.
type Page[T any] struct {
	Object  string `json:"object"` // "list"
	Data    []*T   `json:"data"`
	HasMore bool   `json:"has_more"` // in the direction of the cursor: older, or with EndingBefore newer
	URL     string `json:"url"`
}

// whole refuses a list that would make its readers panic. A struct of the program's own may embed a page that is nil.
func (p *Page[T]) whole() error {
	if p == nil {
		return nil
	}
	if i := slices.Index(p.Data, nil); i >= 0 {
		return errorf("data[%d] of the list is null", i)
	}
	return nil
}

// Identified is what a list's elements have in common: an ID, which is the cursor to what comes after them.
type Identified interface{ ObjectID() string }

// List asks for one page. The request's Params are the filters of the list; its Method and Object need not be set.
func List[T any](ctx context.Context, c *Client, r Request, params *ListParams, opts ...CallOption) (*Page[T], error) {
	page, _, err := list[T](ctx, c, r, params, opts)
	return page, err
}

// list is List, and the call that it took. It refuses a list that would pass for an empty one.
func list[T any](ctx context.Context, c *Client, r Request, params *ListParams, opts []CallOption) (*Page[T], *call, error) {
	if params == nil { // so that an option can't set what a ListParams checks
		params = new(ListParams)
	}
	r.Method, r.Object, r.page = http.MethodGet, "list", params
	var asked *call
	page, err := Call[Page[T]](ctx, c, r, append(slices.Clip(opts), callOption(func(c *call) error { asked = c; return nil }))...)
	if err == nil && page.Data == nil {
		return nil, nil, asked.useless(errors.New("the list has no data, not even an empty one"))
	}
	return page, asked, err
}

// All walks a list from its newest element to its oldest, or the part that params choose, and asks for pages
// as it gets there. Nothing is sent before the first element is wanted and nothing after the loop ends; ranging again
// starts anew. An error comes once, with a nil element, and ends the loop. [Follow] walks from old to new.
//
// The order is newest first, also with EndingBefore. The API answers EndingBefore with the page next to the cursor; if
// there are newer elements, All holds that page back, walks down from the newest element, and yields the held page last,
// which costs one more request. If the cursor and all of that page are deleted meanwhile, the walk goes on below them.
//
// A loop must not delete what it walks over: the last element of a page is the cursor to the next page, and if it is gone
// the walk fails with a 400 that matches [ErrNotFound] (with [WithPrefetch] only sometimes). Collect the elements first,
// or delete page by page with [List].
//
// The request's Params are the filters of the list, and are read for every page: don't change them before the loop ends. Its
// Method and Object need not be set.
func All[T any, P interface {
	*T
	Identified
}](ctx context.Context, c *Client, r Request, params *ListParams, opts ...CallOption) iter.Seq2[*T, error] {
	window := ListParams{Limit: maxLimit}
	if params != nil {
		window = *params
		if window.Limit == 0 {
			window.Limit = maxLimit
		}
	}
	opts, ahead := withoutPrefetch(opts)
	return func(yield func(*T, error) bool) {
		w := walk[T, P]{window: window, ahead: ahead}
		w.fetch = func(ctx context.Context, window ListParams, more ...CallOption) (page *Page[T], err error) {
			page, w.asked, err = list[T](ctx, c, r, &window, slices.Concat(opts, more))
			return page, err
		}
		if err := w.run(ctx, yield); err != nil {
			yield(nil, err)
		}
	}
}
