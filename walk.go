package stripecash

import "fmt"

// walk is one pass of [All] over a list.
type walk[T any, P interface {
	*T
	Identified
}] struct {
	window ListParams
	fetch  func(ListParams) (*Page[T], error)

	kept []*T            // the page next to the cursor of EndingBefore, if there is more before it
	stop map[string]bool // the IDs where walking down has come to the kept page, or by then past it
}

// run yields elements until there are no more or the loop ends. Its error is for the caller to yield.
func (w *walk[T, P]) run(yield func(*T, error) bool) error {
	page, err := w.first()
	for {
		if err != nil {
			return err
		}
		for _, element := range page.Data {
			if w.stop[P(element).ObjectID()] {
				return w.finish(yield)
			}
			if !yield(element, nil) {
				return nil
			}
		}
		if !page.HasMore || w.window.EndingBefore != "" {
			return w.finish(yield)
		}
		page, err = w.next(page)
	}
}

func (w *walk[T, P]) first() (*Page[T], error) {
	page, err := w.fetch(w.window)
	if err != nil || w.window.EndingBefore == "" || !page.HasMore {
		return page, err
	}
	w.kept, w.stop = page.Data, map[string]bool{w.window.EndingBefore: true}
	for _, element := range page.Data {
		w.stop[P(element).ObjectID()] = true
	}
	w.window.EndingBefore = ""
	return w.fetch(w.window)
}

// next asks for what comes after a page. A server that says there is more and then gives no way to get there would
// keep the loop going for ever.
func (w *walk[T, P]) next(page *Page[T]) (*Page[T], error) {
	if len(page.Data) == 0 {
		return nil, fmt.Errorf("stripecash: the list %s has more after an empty page, but no cursor to it", page.URL)
	}
	cursor := P(page.Data[len(page.Data)-1]).ObjectID()
	if cursor == "" || cursor == w.window.StartingAfter {
		return nil, fmt.Errorf("stripecash: the list %s does not go on after the cursor %q", page.URL, cursor)
	}
	w.window.StartingAfter = cursor
	return w.fetch(w.window)
}

// finish yields the page that EndingBefore kept for last.
func (w *walk[T, P]) finish(yield func(*T, error) bool) error {
	for _, element := range w.kept {
		if !yield(element, nil) {
			return nil
		}
	}
	return nil
}
