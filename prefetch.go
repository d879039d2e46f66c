package stripecash

import "errors"

// WithPrefetch lets [All] or [Follow] ask for the next page while the loop works on the current one, so that a walk takes
// only as long as the slower of the two. It asks for at most one page ahead, and when the loop ends, in whatever way, that
// request is canceled. Other calls refuse the option.
func WithPrefetch() CallOption { return prefetchOption{} }

type prefetchOption struct{}

func (prefetchOption) applyCall(*call) error {
	return errors.New("WithPrefetch is for All and Follow, which ask for a next page")
}

// withoutPrefetch takes WithPrefetch out of a list of options and says whether it was there.
func withoutPrefetch(opts []CallOption) (rest []CallOption, ahead bool) {
	for _, opt := range opts {
		if _, ok := opt.(prefetchOption); ok {
			ahead = true
		} else {
			rest = append(rest, opt)
		}
	}
	return rest, ahead
}

// asideOption keeps a page that is fetched ahead from filling in a [Response] that the loop may be reading: it fills
// in one of its own, which is delivered together with the page.
type asideOption struct {
	theirs *Response
	own    Response
}

func (a *asideOption) applyCall(c *call) error {
	if c.response != nil {
		a.theirs, c.response = c.response, &a.own
	}
	return nil
}

func (a *asideOption) deliver() {
	if a.theirs != nil && a.own.Attempts > 0 { // what was refused tells nothing
		*a.theirs = a.own
	}
}
