package stripecash

import (
	"context"
	"errors"
	"runtime"
	"sync"
)

// walk is one pass of [All] or [Follow] over a list.
type walk[T any, P interface {
	*T
	Identified
}] struct {
	window ListParams
	fetch  func(context.Context, ListParams, ...CallOption) (*Page[T], error)

	upward     bool           // of Follow: to newer elements, and fetch turns pages around
	ahead      bool           // ask for the next page while the loop works on this one
	background sync.WaitGroup // of that

	asked *call           // for the page that the loop is at
	seen  map[string]bool // cursors

	kept []*T            // the page next to the cursor of EndingBefore, if there is more before it
	stop map[string]bool // the IDs where walking down has come to the kept page, or by then past it
}

// run yields elements until there are no more or the loop ends. Its error is for the caller to yield. However the loop
// ends, by a panic of its body too, what was asked for ahead is given up and gone before run returns.
func (w *walk[T, P]) run(ctx context.Context, yield func(*T, error) bool) error {
	if w.ahead && ctx != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithCancel(ctx)
		defer w.background.Wait()
		defer cancel()
	}
	page, err := w.first(ctx)
	for {
		if err != nil {
			return err
		}
		if !page.HasMore {
			_ = w.emit(page.Data, yield) && w.emitKept(yield)
			return nil
		}
		next := w.next(ctx, page)
		if !w.emit(page.Data, yield) {
			return nil
		}
		page, err = next()
	}
}

// emit yields elements and says whether the walk goes on: not when the loop ended, nor when it has met the kept page.
func (w *walk[T, P]) emit(elements []*T, yield func(*T, error) bool) bool {
	for _, element := range elements {
		if w.stop[P(element).ObjectID()] {
			w.emitKept(yield)
			return false
		}
		if !yield(element, nil) {
			return false
		}
	}
	return true
}

func (w *walk[T, P]) emitKept(yield func(*T, error) bool) bool {
	w.stop = nil
	return w.emit(w.kept, yield)
}

func (w *walk[T, P]) first(ctx context.Context) (*Page[T], error) {
	page, err := w.fetch(ctx, w.window)
	if err != nil || w.upward || w.window.EndingBefore == "" || !page.HasMore {
		return page, err
	}
	w.kept, w.stop = page.Data, map[string]bool{w.window.EndingBefore: true}
	for _, element := range page.Data {
		w.stop[P(element).ObjectID()] = true
	}
	w.window.EndingBefore = ""
	return w.fetch(ctx, w.window)
}

// next gives the page after this one when it is called: it asks for it then, or has asked for it by then.
func (w *walk[T, P]) next(ctx context.Context, page *Page[T]) func() (*Page[T], error) {
	cursor, err := w.cursor(page)
	if err != nil {
		return func() (*Page[T], error) { return nil, err }
	}
	if w.upward {
		w.window.EndingBefore = cursor
	} else {
		w.window.StartingAfter = cursor
	}
	if !w.ahead {
		return func() (*Page[T], error) { return w.fetch(ctx, w.window) }
	}
	var (
		window   = w.window
		aside    asideOption
		done     = make(chan struct{})
		after    *Page[T]
		panicked any                                                                              // in the program's own transport, limiter, tracer
		lost     = errors.New("stripecash: the goroutine that asked for the next page was ended") // by runtime.Goexit
	)
	w.background.Go(func() {
		defer close(done)
		defer func() { panicked = recover() }()
		after, lost = w.fetch(ctx, window, &aside)
	})
	runtime.Gosched() // lets it ask before the loop works: a loop that keeps the processor busy would hold it up
	return func() (*Page[T], error) {
		<-done
		if panicked != nil {
			panic(panicked) // where the loop's own goroutine can recover it, as without prefetch
		}
		aside.deliver()
		return after, lost
	}
}

// cursor is where the page after this one begins. A server that says there is more and then gives no way to get there
// would keep the loop going for ever.
func (w *walk[T, P]) cursor(page *Page[T]) (string, error) {
	if len(page.Data) == 0 {
		return "", w.asked.useless(errors.New("the list has more after an empty page, but no cursor to it"))
	}
	cursor := P(page.Data[len(page.Data)-1]).ObjectID()
	if cursor == "" || w.seen[cursor] {
		return "", w.asked.useless(errorf("the list has more, but its last element has no new ID to go on after: %q", clip(cursor)))
	}
	if w.seen == nil {
		w.seen = make(map[string]bool)
	}
	w.seen[cursor] = true
	return cursor, nil
}
