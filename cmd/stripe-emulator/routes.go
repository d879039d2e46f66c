package main

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// routes are the API and, under names that Stripe does not use, what looks at the emulator from outside.
func (e *emulator) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /_health", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, `{"status":"ok"}`)
	})
	mux.HandleFunc("GET /_state", e.showState)
	mux.HandleFunc("POST /_reset", e.reset)
	return e.logged(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The mux cleans paths and redirects; Stripe does neither, so only what is ours goes there.
		if len(r.URL.Path) > 1 && r.URL.Path[:2] == "/_" {
			mux.ServeHTTP(w, r)
			return
		}
		e.api(w, r)
	}))
}

// api answers as Stripe and keeps what changed before any of the answer is on its way: what a client has seen, also of the
// changes that others made, survives even a kill.
func (e *emulator) api(w http.ResponseWriter, r *http.Request) {
	defer e.saved() // what changed without an answer: when a fault cuts the connection, by a panic
	e.srv.ServeHTTP(&keptFirst{ResponseWriter: w, keep: e.saved}, r)
}

func (e *emulator) saved() bool {
	err := e.store.save()
	if err != nil {
		e.logger.Error("the state was not kept", "error", err)
	}
	return err == nil
}

// keptFirst keeps the state before the first byte of an answer, and says so if that failed.
type keptFirst struct {
	http.ResponseWriter
	keep   func() bool
	failed bool
}

func (k *keptFirst) WriteHeader(status int) {
	if k.failed = !k.keep(); k.failed {
		k.Header().Del("Content-Length")
		writeJSON(k.ResponseWriter, http.StatusInternalServerError, `{"error":{"type":"api_error","message":"The emulator could not keep its state."}}`)
		return
	}
	k.ResponseWriter.WriteHeader(status)
}

func (k *keptFirst) Write(p []byte) (int, error) {
	if k.failed {
		return len(p), nil // the answer was another one
	}
	return k.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection, which faults cut.
func (k *keptFirst) Unwrap() http.ResponseWriter { return k.ResponseWriter }

// keptBefore sends what an emulator has kept: an event that is not in the file would be of money that is gone after a kill,
// and its ID another event's.
type keptBefore struct {
	keep func() bool
	next http.RoundTripper
}

// RoundTrip implements [http.RoundTripper].
func (k *keptBefore) RoundTrip(req *http.Request) (*http.Response, error) {
	if !k.keep() {
		return nil, errors.Join(errors.New("the state could not be kept"), req.Body.Close())
	}
	return k.next.RoundTrip(req)
}

func (e *emulator) showState(w http.ResponseWriter, _ *http.Request) {
	state, err := e.srv.Snapshot()
	if err != nil {
		e.logger.Error("no snapshot", "error", err)
		writeJSON(w, http.StatusInternalServerError, `{"status":"no snapshot"}`)
		return
	}
	writeJSON(w, http.StatusOK, string(state))
}

func (e *emulator) reset(w http.ResponseWriter, _ *http.Request) {
	fresh, err := newServer(e.opts).Snapshot()
	if err == nil {
		err = e.srv.Restore(fresh)
	}
	if err != nil {
		e.logger.Error("not reset", "error", err)
		writeJSON(w, http.StatusInternalServerError, `{"status":"not reset"}`)
		return
	}
	if !e.saved() {
		writeJSON(w, http.StatusInternalServerError, `{"status":"reset, but not kept"}`)
		return
	}
	writeJSON(w, http.StatusOK, `{"status":"reset"}`)
}

func writeJSON(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body+"\n") // a client that is gone needs no answer
}

// logged writes one line for each request.
func (e *emulator) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		seen := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		defer func() { // also when a fault cuts the connection by a panic
			e.logger.Info("request", "method", r.Method, "path", r.URL.EscapedPath(), "status", seen.status,
				"duration", time.Since(began).Round(time.Microsecond), "request_id", seen.Header().Get("Request-Id"))
		}()
		next.ServeHTTP(seen, r)
	})
}

// statusRecorder remembers the status of an answer.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (s *statusRecorder) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection, which faults cut.
func (s *statusRecorder) Unwrap() http.ResponseWriter { return s.ResponseWriter }
