package stripecash

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"
)

// Tracer is told of every call and of every attempt within it. The call, or the attempt's HTTP request, goes on with the
// context that TraceStart returns. TraceEnd gets that context, or one that a nested tracer has derived from it, so that a
// tracer can keep in it what it needs to remember, under a key of its own. Both methods run inside the call and should not
// block. After a panic of the program's own transport or limiter there is no TraceEnd. They get no parameter, no body, no
// key and no ID of an object, except that Outcome.Err names the request's path and holds the API's answer.
type Tracer interface {
	TraceStart(ctx context.Context, op Operation) context.Context
	TraceEnd(ctx context.Context, op Operation, outcome Outcome)
}

// Operation is a call or an attempt that begins.
type Operation struct {
	Method  string // GET, POST or DELETE
	Route   string // the path's template, "/v1/customers/{customer}/cash_balance": few values, no IDs but what Request.Path has
	Host    string // of the base URL, a name or an address, without its port
	Port    int    // of the base URL
	Attempt int    // 1 for the first attempt; 0 is the call as a whole
}

// Outcome is how a call or an attempt ended.
type Outcome struct {
	Status    int    // of the answer; 0 without one
	RequestID string // of the answer
	Attempts  int    // made so far
	Duration  time.Duration
	Err       error
	Retry     bool          // another attempt follows, after Wait
	Wait      time.Duration // before that attempt

	BudgetEmpty bool // another attempt would follow, but not enough is left of the budget that all calls of the client share
}

// begin tells the tracer that an attempt begins, or with 0 the call, and when that was.
func (c *call) begin(ctx context.Context, attempt int) (context.Context, time.Time) {
	if c.core.tracer == nil {
		return ctx, time.Time{}
	}
	began := time.Now()
	if traced := c.core.tracer.TraceStart(ctx, c.operation(attempt)); traced != nil {
		ctx = traced
	}
	return ctx, began
}

func (c *call) operation(attempt int) Operation {
	return Operation{Method: c.method, Route: c.route, Host: c.core.host, Port: c.core.port, Attempt: attempt}
}

// end tells the tracer how that attempt, or the call, ended.
func (c *call) end(ctx context.Context, attempt int, began time.Time, a answer) {
	if c.core.tracer == nil {
		return
	}
	outcome := Outcome{
		Status: a.status, RequestID: a.header.Get("Request-Id"),
		Attempts: c.attempts, Duration: time.Since(began), Err: a.err, BudgetEmpty: c.wait == noBudget,
	}
	if attempt > 0 && c.wait >= 0 {
		outcome.Retry, outcome.Wait = true, c.wait
	}
	c.core.tracer.TraceEnd(ctx, c.operation(attempt), outcome)
}

// within makes one tracer of two, the outer of which may be nil. Each keeps its own values in the one context.
func within(outer, inner Tracer) Tracer {
	if outer == nil {
		return inner
	}
	return &tracerPair{outer, inner}
}

type tracerPair struct{ outer, inner Tracer }

func (p *tracerPair) TraceStart(ctx context.Context, op Operation) context.Context {
	if traced := p.outer.TraceStart(ctx, op); traced != nil {
		ctx = traced
	}
	if traced := p.inner.TraceStart(ctx, op); traced != nil {
		ctx = traced
	}
	return ctx
}

func (p *tracerPair) TraceEnd(ctx context.Context, op Operation, outcome Outcome) {
	p.inner.TraceEnd(ctx, op, outcome)
	p.outer.TraceEnd(ctx, op, outcome)
}

// logTracer writes attempts to a logger; a call adds nothing that its attempts have not said.
type logTracer struct{ logger *slog.Logger }

func (l *logTracer) TraceStart(ctx context.Context, _ Operation) context.Context { return ctx }

func (l *logTracer) TraceEnd(ctx context.Context, op Operation, outcome Outcome) {
	if op.Attempt == 0 {
		return
	}
	level, message := slog.LevelDebug, "stripe request"
	switch {
	case outcome.Retry:
		level, message = slog.LevelWarn, "stripe request failed, retrying"
	case outcome.BudgetEmpty: // in an outage nothing else would be said
		level, message = slog.LevelWarn, "stripe request failed, the budget has no retry left"
	}
	if !l.logger.Enabled(ctx, level) {
		return
	}
	attrs := append(texts("method", op.Method, "route", op.Route),
		slog.Int("attempt", op.Attempt), slog.Duration("duration", outcome.Duration))
	if outcome.Status != 0 {
		attrs = append(attrs, slog.Int("status", outcome.Status))
	}
	attrs = append(attrs, texts("status_text", http.StatusText(outcome.Status), "request_id", outcome.RequestID)...)
	if outcome.Retry {
		attrs = append(attrs, slog.Duration("wait", outcome.Wait))
	}
	if outcome.Err != nil {
		attrs = append(attrs, reason(outcome.Err))
	}
	l.logger.LogAttrs(ctx, level, message, attrs...)
}

// reason is what can be logged of an attempt's error without IDs: an error's path holds some, and so does the API's
// message ("No such customer: 'cus_123'").
func reason(err error) slog.Attr {
	if e, ok := errors.AsType[*Error](err); ok {
		return slog.GroupAttrs("error",
			texts("type", string(e.Type), "code", string(e.Code), "decline_code", e.DeclineCode, "param", e.Param)...)
	}
	if e, ok := errors.AsType[*ObjectError](err); ok {
		return slog.GroupAttrs("error", texts("want", e.Want, "got", e.Got)...)
	}
	if e, ok := errors.AsType[*CallError](err); ok {
		err = e.Err
	}
	return slog.String("error", clipTo(maxText, err.Error()))
}
