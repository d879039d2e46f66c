package stripecash_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// entry is an element of a list.
type entry struct {
	ID string `json:"id"`
}

func (e *entry) ObjectID() string { return e.ID }

// book is a list of pages, two entries each, every one of which takes a second to come.
type book struct {
	pages    int
	broken   int // the page that answers 400; 0 is none
	asked    atomic.Int64
	underWay atomic.Int64
}

func (b *book) RoundTrip(req *http.Request) (*http.Response, error) {
	b.underWay.Add(1)
	defer b.underWay.Add(-1)
	query := req.URL.Query()
	var page int
	if cursor := query.Get("starting_after") + query.Get("ending_before"); cursor != "" {
		_, _ = fmt.Sscanf(cursor, "e_%d", &page)
		page /= 2
	}
	page++
	b.asked.Store(int64(page))
	select {
	case <-req.Context().Done():
		return nil, req.Context().Err()
	case <-time.After(time.Second):
	}
	if page == b.broken {
		return reply(http.StatusBadRequest, `{"error":{"type":"invalid_request_error"}}`)(req)
	}
	first, second := 2*page-1, 2*page
	if query.Has("ending_before") { // the newest is the first on every page
		first, second = second, first
	}
	body := fmt.Sprintf(`{"object":"list","has_more":%t,"data":[{"id":"e_%d"},{"id":"e_%d"}]}`, page < b.pages, first, second)
	resp, err := reply(http.StatusOK, body)(req)
	resp.Header.Set("Request-Id", fmt.Sprintf("req_%d", page))
	return resp, err
}

func (b *book) all(ctx context.Context, t *testing.T, opts ...stripecash.CallOption) iter.Seq2[*entry, error] {
	c := answering(b.RoundTrip).client(t)
	return stripecash.All[entry](ctx, c, stripecash.Request{Path: "/v1/entries"}, nil, opts...)
}

// follow walks the same entries from the other end of the list: to All the newest is e_1, to Follow the oldest.
func (b *book) follow(ctx context.Context, t *testing.T, opts ...stripecash.CallOption) iter.Seq2[*entry, error] {
	c := answering(b.RoundTrip).client(t)
	return stripecash.Follow[entry](ctx, c, stripecash.Request{Path: "/v1/entries"}, "e_0", opts...)
}

// walks are the ways to go through a book, by name.
func walks() map[string]func(*book, context.Context, *testing.T, ...stripecash.CallOption) iter.Seq2[*entry, error] {
	return map[string]func(*book, context.Context, *testing.T, ...stripecash.CallOption) iter.Seq2[*entry, error]{
		"All": (*book).all, "Follow": (*book).follow,
	}
}

// A loop that never waits must not keep the request from being sent until it is done: on one processor nothing else would.
// The scheduler may let the loop go first now and then, so that not every page counts.
func TestPrefetchAsksBeforeTheLoopWorks(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	synctest.Test(t, func(t *testing.T) {
		b := &book{pages: 100}
		ahead, seen := 0, 0
		for _, err := range b.all(t.Context(), t, stripecash.WithPrefetch()) {
			page, first := int64(seen/2+1), seen%2 == 0
			if first && b.asked.Load() == page+1 {
				ahead++
			}
			require.NoError(t, err)
			seen++
		}
		assert.Equal(t, 200, seen)
		assert.Greater(t, ahead, 50)
	})
}

func TestPrefetchOverlapsWorkAndWaiting(t *testing.T) {
	tests := []struct {
		name string
		opts []stripecash.CallOption
		want time.Duration
	}{
		{"without", nil, 10 * time.Second},
		{"with", []stripecash.CallOption{stripecash.WithPrefetch()}, 6 * time.Second},
	}
	for _, tt := range tests {
		for name, walk := range walks() {
			t.Run(tt.name+"/"+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					began := time.Now()
					var ids []string
					for e, err := range walk(&book{pages: 5}, t.Context(), t, tt.opts...) {
						require.NoError(t, err)
						ids = append(ids, e.ID)
						<-time.After(time.Second / 2)
					}
					assert.Equal(t, tt.want, time.Since(began))
					assert.Equal(t, "e_1 e_2 e_3 e_4 e_5 e_6 e_7 e_8 e_9 e_10", strings.Join(ids, " "))
				})
			})
		}
	}
}

func TestPrefetchIsNeverMoreThanOnePageAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &book{pages: 5}
		n := 0
		for _, err := range b.all(t.Context(), t, stripecash.WithPrefetch()) {
			require.NoError(t, err)
			n++
			<-time.After(time.Hour)
			synctest.Wait()
			assert.EqualValues(t, min(5, (n+1)/2+1), b.asked.Load())
			assert.Zero(t, b.underWay.Load())
		}
		assert.Equal(t, 10, n)
	})
}

func TestPrefetchLeavesNothingBehind(t *testing.T) {
	errBody := errors.New("the loop's own")
	tests := []struct {
		name          string
		pages, broken int                                  // of the book
		body          func(cancel context.CancelFunc) bool // of the loop at its first element; whether to go on
		wantErr       error
	}{
		{"break", 5, 0, func(context.CancelFunc) bool { return false }, nil},
		{"panic", 5, 0, func(context.CancelFunc) bool { panic(errBody) }, errBody},
		{"canceled", 5, 0, func(cancel context.CancelFunc) bool { cancel(); return true }, context.Canceled},
		{"canceled and break", 5, 0, func(cancel context.CancelFunc) bool { cancel(); return false }, nil},
		{"error ahead", 5, 2, func(context.CancelFunc) bool { return true }, stripecash.ErrInvalidRequest},
		{"error ahead and break", 5, 2, func(context.CancelFunc) bool { return false }, nil},
		{"no next page", 1, 0, func(context.CancelFunc) bool { return true }, nil},
	}
	for _, tt := range tests {
		for name, walk := range walks() {
			t.Run(tt.name+"/"+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					b := &book{pages: tt.pages, broken: tt.broken}
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					var since time.Time // the last time the loop's body ran
					err := recovered(func() error {
						for e, err := range walk(b, ctx, t, stripecash.WithPrefetch()) {
							if err != nil {
								return err
							}
							since = time.Now()
							synctest.Wait() // until the next page was asked for, if it is
							if e.ID == "e_1" && !tt.body(cancel) {
								return nil
							}
						}
						return nil
					})
					require.ErrorIs(t, err, tt.wantErr)
					assert.Zero(t, b.underWay.Load(), "no request goes on")
					assert.EqualValues(t, min(2, tt.pages), b.asked.Load(), "the next page was asked for")
					if tt.broken == 0 {
						assert.Zero(t, time.Since(since), "nothing is waited for")
					}
					// A goroutine left behind would fail the test: the bubble ends only when all have.
				})
			})
		}
	}
}

// recovered is what f returns, or panics with.
func recovered(f func() error) (err error) {
	defer func() {
		if p, ok := recover().(error); ok {
			err = p
		}
	}()
	return f()
}

func TestPrefetchStartsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		entries := (&book{pages: 3}).all(t.Context(), t, stripecash.WithPrefetch())
		for range 2 {
			n := 0
			for _, err := range entries {
				require.NoError(t, err)
				n++
			}
			assert.Equal(t, 6, n)
		}
	})
}

// The page that is fetched ahead must not write to the response that the loop reads; the race detector watches.
func TestPrefetchResponseOfThePageAtHand(t *testing.T) {
	for _, walk := range walks() {
		synctest.Test(t, func(t *testing.T) {
			var resp stripecash.Response
			n := 0
			for _, err := range walk(&book{pages: 3}, t.Context(), t, stripecash.WithPrefetch(), stripecash.WithResponse(&resp)) {
				require.NoError(t, err)
				n++
				<-time.After(2 * time.Second)
				assert.Equal(t, fmt.Sprintf("req_%d", (n+1)/2), resp.RequestID)
			}
			assert.Equal(t, 6, n)
		})
	}
}

// A page that was never asked for has no answer: what was filled in before stays.
func TestPrefetchThatIsNotSentLeavesTheResponse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &book{pages: 3}
		c := answering(b.RoundTrip).client(t, stripecash.WithLimiter(&rationed{left: 1}))
		var resp stripecash.Response
		var last error
		all := stripecash.All[entry](t.Context(), c, stripecash.Request{Path: "/v1/entries"}, nil, stripecash.WithPrefetch(), stripecash.WithResponse(&resp))
		for _, err := range all {
			last = err
		}
		require.ErrorIs(t, last, errRation)
		assert.Equal(t, "req_1", resp.RequestID)
	})
}

var errRation = errors.New("no requests left")

// rationed is a limiter that lets some requests through.
type rationed struct{ left int }

func (r *rationed) Wait(context.Context) error {
	if r.left--; r.left < 0 {
		return errRation
	}
	return nil
}

func TestPrefetchPanicsWhereTheLoopIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &book{pages: 3}
		c := answering(func(req *http.Request) (*http.Response, error) {
			if req.URL.Query().Has("starting_after") {
				panic("the transport is broken")
			}
			return b.RoundTrip(req)
		}).client(t)
		n := 0
		assert.PanicsWithValue(t, "the transport is broken", func() {
			for _, err := range stripecash.All[entry](t.Context(), c, stripecash.Request{Path: "/v1/entries"}, nil, stripecash.WithPrefetch()) {
				require.NoError(t, err)
				n++
			}
		})
		assert.Equal(t, 2, n, "what came before is yielded")
	})
}

func TestPrefetchIsForAll(t *testing.T) {
	b := &book{pages: 1}
	c := answering(b.RoundTrip).client(t)
	_, err := stripecash.List[entry](t.Context(), c, stripecash.Request{Path: "/v1/entries"}, nil, stripecash.WithPrefetch())
	require.EqualError(t, err, "stripecash: GET /v1/entries: WithPrefetch is for All and Follow, which ask for a next page")
	assert.Zero(t, b.asked.Load())
}

// A transport of a test may end its goroutine, as t.FailNow does.
func TestPrefetchOfAGoroutineThatEnds(t *testing.T) {
	asked := 0
	c := answering(func(req *http.Request) (*http.Response, error) {
		if asked++; asked == 2 {
			runtime.Goexit()
		}
		return reply(http.StatusOK, `{"object":"list","has_more":true,"data":[{"id":"wid_1"}]}`)(req)
	}).client(t)
	var last error
	for _, err := range stripecash.All[widget](t.Context(), c, stripecash.Request{Path: "/v1/widgets"}, nil, stripecash.WithPrefetch()) {
		last = err
	}
	require.EqualError(t, last, "stripecash: the goroutine that asked for the next page was ended")
}

// A transport may take its time to obey a canceled context. The loop does not end before it has.
func TestPrefetchWaitsForWhatItGaveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var underWay atomic.Int64
		pages := 0
		c := answering(func(req *http.Request) (*http.Response, error) {
			if pages++; pages == 1 {
				return reply(http.StatusOK, `{"object":"list","has_more":true,"data":[{"id":"e_1"}]}`)(req)
			}
			underWay.Add(1)
			defer underWay.Add(-1)
			<-req.Context().Done()
			<-time.After(time.Second)
			return nil, req.Context().Err()
		}).client(t)
		for _, err := range stripecash.All[entry](t.Context(), c, stripecash.Request{Path: "/v1/entries"}, nil, stripecash.WithPrefetch()) {
			require.NoError(t, err)
			synctest.Wait()
			require.EqualValues(t, 1, underWay.Load())
			break
		}
		assert.Zero(t, underWay.Load())
	})
}
