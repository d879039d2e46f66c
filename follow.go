package stripecash

import (
	"context"
	"iter"
	"slices"
)

// Follow walks a list from old to new, the other way than [All]: what came after the element with the ID after, the oldest of
// it first, up to the newest there is when the walk gets there. A loop that keeps the ID of the last element it has processed
// can end anywhere, and the next one goes on from there with nothing left out and nothing twice.
//
// The API has no way to begin at the oldest. Where after is empty, Follow asks for the whole list and holds it in memory
// before it yields the first element, so that [WithPrefetch] gains nothing; what is added meanwhile is left to the next walk.
//
// Nothing is sent before the first element is wanted and nothing after the loop ends, and pages have 100 elements. An error
// comes once, with a nil element, and ends the loop. If the element with the ID after is not there, or one that a page ended
// with was deleted meanwhile, the error matches [ErrNotFound], and its Param is "ending_before": that of a customer who is
// not there is another.
//
// As with All, the request's Method and Object need not be set, and its Params must not change before the loop ends.
func Follow[T any, P interface {
	*T
	Identified
}](ctx context.Context, c *Client, r Request, after string, opts ...CallOption) iter.Seq2[*T, error] {
	if after == "" {
		return backward(All[T, P](ctx, c, r, nil, opts...))
	}
	opts, ahead := withoutPrefetch(opts)
	return func(yield func(*T, error) bool) {
		w := walk[T, P]{window: ListParams{Limit: maxLimit, EndingBefore: after}, ahead: ahead, upward: true}
		w.fetch = func(ctx context.Context, window ListParams, more ...CallOption) (page *Page[T], err error) {
			page, w.asked, err = list[T](ctx, c, r, &window, slices.Concat(opts, more))
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(page.Data, func(element *T) bool { return P(element).ObjectID() == window.EndingBefore }) {
				return nil, w.asked.useless(errorf("the list after %q has that element too: the cursor was ignored", clip(window.EndingBefore)))
			}
			slices.Reverse(page.Data)
			return page, nil
		}
		if err := w.run(ctx, yield); err != nil {
			yield(nil, err)
		}
	}
}

// backward turns a list around, which takes all of it.
func backward[T any](list iter.Seq2[*T, error]) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		var all []*T
		for element, err := range list {
			if err != nil {
				yield(nil, err)
				return
			}
			all = append(all, element)
		}
		for _, element := range slices.Backward(all) {
			if !yield(element, nil) {
				return
			}
		}
	}
}
