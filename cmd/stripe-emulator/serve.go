package main

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// emulator is the program under way.
type emulator struct {
	srv         *stripetest.Server
	store       *store
	listener    net.Listener
	certificate *tls.Certificate // nil for plain http
	logger      *slog.Logger
	opts        options
}

func (e *emulator) url() string {
	if e.certificate != nil {
		return "https://" + e.listener.Addr().String()
	}
	return "http://" + e.listener.Addr().String()
}

// shutdownGrace is how long requests under way may take after a signal. Faults can delay answers for long.
const shutdownGrace = 5 * time.Second

// serve answers requests until the context ends, lets those under way finish, and writes the state a last time.
func (e *emulator) serve(ctx context.Context) error {
	server := &http.Server{
		Handler:           e.routes(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(e.logger.Handler(), slog.LevelWarn),
	}
	var background sync.WaitGroup
	defer background.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if e.opts.webhook != "" {
		background.Go(func() { e.srv.ServeWebhooks(ctx, e.logDelivery) })
	}
	stopped := make(chan error, 1)
	background.Go(func() {
		<-ctx.Done()
		grace, done := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
		defer done()
		err := server.Shutdown(grace)
		if errors.Is(err, context.DeadlineExceeded) {
			err = server.Close() // what hangs now hangs by a fault's order
		}
		stopped <- err
	})
	var err error
	if e.certificate != nil {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*e.certificate}, MinVersion: tls.VersionTLS12}
		err = server.ServeTLS(e.listener, "", "")
	} else {
		err = server.Serve(e.listener)
	}
	if !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return errors.Join(<-stopped, e.store.save())
}

func (e *emulator) logDelivery(d stripetest.Delivery) {
	attrs := []any{"event", d.EventType, "id", d.EventID, "attempt", d.Attempt, "status", d.Status}
	if d.OK() {
		e.logger.Info("delivered", attrs...)
		return
	}
	if d.Err != nil {
		attrs = append(attrs, "error", d.Err)
	}
	e.logger.Warn("not delivered", append(attrs, "next", d.Next)...)
}
