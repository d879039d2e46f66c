package stripecash

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxBody is how much of an answer is read. The largest page of 100 objects is far below it.
const maxBody = 8 << 20

var (
	errBodyTooLarge = fmt.Errorf("the answer is longer than %d MiB", maxBody>>20)
	errDecode       = errors.New("decoding the answer")
)

// answer is what one attempt came to.
type answer struct {
	status int         // 0: none came
	header http.Header // nil: none came
	err    error       // nil: the answer is 2xx and decoded
	lost   error       // why there is no answer, or none that can be read
}

// attempt sends the request once, reads the answer to its end and decodes it. Afterwards c.wait says whether to
// try again.
func (c *call) attempt(ctx context.Context, out any) error {
	c.attempts++
	if c.response != nil {
		*c.response = Response{IdempotencyKey: c.idempotencyKey, Attempts: c.attempts}
	}
	traced, span := c.begin(ctx, c.attempts)
	a := c.exchange(traced, out)
	if a.lost != nil {
		c.maybe = c.maybe || reached(a.lost)
		failure := c.failure(a.lost)
		failure.Status, failure.RequestID = a.status, a.header.Get("Request-Id")
		a.err = failure
	}
	c.wait = c.next(ctx, a)
	span.end(traced, c, a)
	c.last = a
	return a.err
}

// next is how long to wait before the next attempt, or noRetry; either way the budget gets its due.
func (c *call) next(ctx context.Context, a answer) time.Duration {
	if a.err == nil {
		c.core.budget.give(max(c.paid, giveSuccess))
		return noRetry
	}
	if ctx.Err() != nil || c.attempts > c.maxRetries || !retryable(a.status, a.header, a.lost) {
		return noRetry
	}
	wait, ok := nextWait(ctx, c.attempts, a.header)
	if !ok {
		return noRetry
	}
	c.paid = retryCost(a.lost)
	if !c.core.budget.take(c.paid) {
		return noRetry
	}
	return wait
}

// exchange is the attempt between its two ends: the timeout, the request, the body.
func (c *call) exchange(ctx context.Context, out any) answer {
	ctx, cancel := c.bounded(ctx)
	defer cancel()
	req, err := c.request(ctx)
	if err != nil {
		return answer{lost: err}
	}
	c.sent.watch(req)
	resp, err := c.core.send(req)
	c.maybe = c.maybe || c.sent.any() && !errors.Is(err, errRedirect) // a redirect asks for the body before it is refused
	if err != nil {
		return answer{lost: c.cause(ctx, err)}
	}
	defer func() { _ = resp.Body.Close() }()

	body, _ := c.core.buffers.Get().(*bytes.Buffer)
	defer c.core.recycle(body)
	err = readBody(body, resp)
	if err != nil {
		err = fmt.Errorf("reading the answer: %w", c.cause(ctx, err))
	}
	c.respond(resp, body.Bytes())
	return c.understand(resp, body.Bytes(), err, out)
}

// understand makes a result, an [Error] or an [ObjectError] of an answer whose body was read, as far as readErr says.
func (c *call) understand(resp *http.Response, body []byte, readErr error, out any) answer {
	a := answer{status: resp.StatusCode, header: resp.Header}
	if a.status < http.StatusOK || a.status >= http.StatusMultipleChoices {
		// The status is an answer in itself, even if the body broke off.
		e := newError(c.method, c.path, a.status, a.header, bytes.Clone(body))
		e.Attempts = c.attempts
		c.maybe = stillMaybe(c.maybe, c.method, e)
		e.unknown = c.maybe && c.method != http.MethodGet
		a.err = e
		return a
	}
	if readErr != nil {
		a.lost = readErr
		return a
	}
	a.err, a.lost = c.decode(body, out)
	if wrong, ok := errors.AsType[*ObjectError](a.err); ok {
		wrong.RequestID = a.header.Get("Request-Id")
	}
	return a
}

// decode checks that the answer is the object that was promised before it fills in out.
func (c *call) decode(body []byte, out any) (err, lost error) {
	if c.object == "" && out == nil {
		return nil, nil
	}
	got, id, err := identify(body, c.object)
	if err != nil || c.object != "" && string(got) != c.object {
		if err := json.Unmarshal(body, new(map[string]json.RawMessage)); err != nil {
			return nil, unreadable(err)
		}
		if c.object == "" {
			return nil, fmt.Errorf("%w: %w", errDecode, err) // null: valid, and nothing to fill in out with
		}
		return &ObjectError{
			Method: c.method, Path: c.path, Want: c.object, Got: string(got), ID: string(id), Body: bytes.Clone(body),
		}, nil
	}
	if out == nil {
		return nil, nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return nil, unreadable(err)
	}
	return nil, nil
}

// unreadable tells an answer that ended too early, which is as good as none, from one that makes no sense.
func unreadable(err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok && strings.HasPrefix(syntax.Error(), "unexpected end of JSON input") {
		return fmt.Errorf("%w: %w: %w", errDecode, io.ErrUnexpectedEOF, err)
	}
	return fmt.Errorf("%w: %w", errDecode, err)
}

// request is the HTTP request, made anew for each attempt.
func (c *call) request(ctx context.Context) (*http.Request, error) {
	target := c.core.base + c.path
	if c.query != "" {
		target += "?" + c.query
	}
	var body io.Reader
	if c.method == http.MethodPost {
		body = strings.NewReader(c.form)
	}
	req, err := http.NewRequestWithContext(ctx, c.method, target, body)
	if err != nil {
		return nil, err
	}
	h := req.Header
	maps.Copy(h, c.header)
	h["Authorization"] = c.core.authorization()
	h["Stripe-Version"] = c.version
	h["User-Agent"] = c.core.userAgent
	if c.account != nil {
		h["Stripe-Account"] = c.account
	}
	if c.method == http.MethodPost {
		h["Content-Type"] = c.core.formType
	}
	if c.idempotencyKey != "" {
		h["Idempotency-Key"] = []string{c.idempotencyKey}
	}
	return req, nil
}

// bounded gives the attempt its timeout, unless the call has less time left anyway.
func (c *call) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= c.timeout {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, c.timeout, &timeoutError{c.timeout})
}

// timeoutError is an attempt that took longer than [WithTimeout] allows.
type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string   { return fmt.Sprintf("no complete answer within %s", e.after) }
func (e *timeoutError) Timeout() bool   { return true }
func (e *timeoutError) Temporary() bool { return true }
func (e *timeoutError) Unwrap() error   { return context.DeadlineExceeded }

// cause is why an attempt broke off, without the URL that net/http wraps around it: the query may hold a client secret,
// and method and path are said once, by the caller. When a context ended, its cause says more than the connection's.
func (c *call) cause(ctx context.Context, err error) error {
	if outer, ok := errors.AsType[*url.Error](err); ok {
		err = outer.Err
	}
	if end := ended(ctx); end != nil {
		return end
	}
	return err
}

// readBody reads to the end, so that the connection can be used again.
func readBody(into *bytes.Buffer, resp *http.Response) error {
	if resp.ContentLength > maxBody {
		return errBodyTooLarge
	}
	if resp.ContentLength > 0 {
		into.Grow(int(resp.ContentLength) + bytes.MinRead)
	}
	n, err := into.ReadFrom(io.LimitReader(resp.Body, maxBody+1))
	if n > maxBody {
		return errBodyTooLarge
	}
	return err
}

// recycle keeps a buffer for the next answer, unless one huge answer made it huge.
func (c *core) recycle(buffer *bytes.Buffer) {
	const most = 1 << 20
	if buffer.Cap() <= most {
		buffer.Reset()
		c.buffers.Put(buffer)
	}
}

// respond fills in the response that [WithResponse] asked for.
func (c *call) respond(resp *http.Response, body []byte) {
	if c.response == nil {
		return
	}
	*c.response = Response{
		Status: resp.StatusCode, Header: resp.Header, Body: bytes.Clone(body),
		RequestID: resp.Header.Get("Request-Id"), IdempotencyKey: c.idempotencyKey,
		Replayed: resp.Header.Get("Idempotent-Replayed") == "true", Attempts: c.attempts,
	}
}

// reached says whether an attempt that broke off may have got as far as the API.
func reached(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok && (op.Op == "dial" || op.Op == "proxyconnect") {
		return false
	}
	return !untrusted(err) && !errors.Is(err, errRedirect)
}

// stillMaybe says whether, after this answer, the call may have had its effect without saying so. The API's definite no
// to a POST answers for the attempts before it too, since they carried the same idempotency key. A proxy's no, which
// has no error object, answers for nothing but its own attempt.
func stillMaybe(before bool, method string, e *Error) bool {
	switch {
	case e.Status >= http.StatusInternalServerError, e.Code == CodeIdempotencyKeyInUse:
		return true
	case e.Status == http.StatusBadRequest, e.Status == http.StatusPaymentRequired, e.Status == http.StatusNotFound:
		return before && (method != http.MethodPost || e.Type == "")
	default:
		return before
	}
}
