package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/benchmarks/sidebyside"
)

// server answers a task over loopback HTTP/1.1 and counts the connections that were opened to it.
type server struct {
	*httptest.Server
	opened atomic.Int64
}

func newServer(task sidebyside.Task) *server {
	s := new(server)
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(task.Status)
		_, _ = w.Write(task.Answer)
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			s.opened.Add(1)
		}
	}
	s.Start()
	return s
}

// client is a task on a side with the side's own connections to the server.
func (s *server) client(task sidebyside.Task, side sidebyside.Side) (sidebyside.Call, error) {
	if side == sidebyside.Official {
		return task.Official(sidebyside.NewOfficial(nil, s.URL)), nil
	}
	api, err := stripecash.NewClient(sidebyside.Key, stripecash.WithBaseURL(s.URL))
	if err != nil {
		return nil, err
	}
	return task.Ours(api), nil
}

// together makes calls from many goroutines at once, several from each.
func together(ctx context.Context, call sidebyside.Call, goroutines, each int) error {
	var all sync.WaitGroup
	failed := make(chan error, goroutines)
	for range goroutines {
		all.Go(func() {
			for range each {
				if _, err := call(ctx); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	all.Wait()
	close(failed)
	var errs []error
	for err := range failed {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// load measures how many calls a second 256 goroutines get done.
func load(ctx context.Context, side sidebyside.Side) (metrics, error) {
	const goroutines, each = 256, 30
	task := sidebyside.Tasks()[0]
	s := newServer(task)
	defer s.Close()
	call, err := s.client(task, side)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	if err := together(ctx, call, goroutines, each); err != nil {
		return nil, err
	}
	return metrics{
		"calls":       goroutines * each / time.Since(start).Seconds(),
		"connections": float64(s.opened.Load()),
	}, nil
}

// fanOut measures what share of requests opens a connection when 64 at once are made again and again. One connection
// for each of the 64 is not counted.
func fanOut(ctx context.Context, side sidebyside.Side) (metrics, error) {
	const goroutines, rounds = 64, 40
	task := sidebyside.Tasks()[0]
	s := newServer(task)
	defer s.Close()
	call, err := s.client(task, side)
	if err != nil {
		return nil, err
	}
	for range rounds {
		if err := together(ctx, call, goroutines, 1); err != nil {
			return nil, err
		}
	}
	again := max(0, s.opened.Load()-goroutines)
	return metrics{"again": float64(again) / (goroutines * (rounds - 1))}, nil
}
