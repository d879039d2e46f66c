package stripetest

import "slices"

func listParams() []param {
	return []param{
		// Stripe documents the range and not what happens outside it; it has been seen to clamp. A test is better served by
		// a refusal.
		integer("limit").between(1, 100),
		text("starting_after", 5000).nonEmpty(),
		text("ending_before", 5000).nonEmpty(),
	}
}

const defaultLimit = 10

// answerList answers one page of items, which are oldest first, as Stripe shows them: newest first.
func answerList[T any](c *call, items []T, kind string, id func(T) string, show func(T) object) (object, *apiError) {
	from, to, hasMore, err := pageBounds(c, len(items), kind, func(i int) string { return id(items[i]) })
	if err != nil {
		return nil, err
	}
	data := make(list, 0, to-from)
	for _, item := range slices.Backward(items[from:to]) {
		data = append(data, show(item))
	}
	return object{"object": "list", "url": c.req.URL.Path, "has_more": hasMore, "data": data}, nil
}

// pageBounds finds the page in n items that are oldest first.
func pageBounds(c *call, n int, kind string, id func(int) string) (from, to int, hasMore bool, err *apiError) {
	limit := int(c.form.integer("limit", defaultLimit))
	after, err := cursor(c, "starting_after", n, kind, id)
	if err != nil {
		return 0, 0, false, err
	}
	before, err := cursor(c, "ending_before", n, kind, id)
	if err != nil {
		return 0, 0, false, err
	}
	switch {
	case after >= 0 && before >= 0:
		return 0, 0, false, invalidRequest("", "", "Received both starting_after and ending_before parameters. Please pass in only one.")
	case before >= 0: // the items just newer than the cursor
		from, to = before+1, min(before+1+limit, n)
		return from, to, to < n, nil
	case after >= 0:
		n = after
	}
	from = max(n-limit, 0)
	return from, n, from > 0, nil
}

// isCursor says whether a list begins or ends at this item. A filter leaves it in, since it is a place and not on the page; but
// not the filter by customer, whose lists are apart. Neither is verified.
func (c *call) isCursor(id string) bool {
	return id == c.form.text("starting_after") || id == c.form.text("ending_before")
}

// cursor finds the item that a cursor names; -1 when there is none to find.
func cursor(c *call, param string, n int, kind string, id func(int) string) (int, *apiError) {
	want := c.form.text(param)
	if want == "" {
		return -1, nil
	}
	for i := range n {
		if id(i) == want {
			return i, nil
		}
	}
	return -1, noSuchParam(kind, want, param)
}
