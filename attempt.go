package stripecash

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// attempt sends the request once, reads the answer to its end and decodes it. Afterwards c.wait says whether to
// try again.
func (c *call) attempt(ctx context.Context, out any) error {
	c.attempts++
	if c.response != nil {
		*c.response = Response{IdempotencyKey: c.idempotencyKey, Attempts: c.attempts}
	}
	traced, began := c.begin(ctx, c.attempts)
	a := c.exchange(traced, out)
	if a.lost != nil && a.err == nil {
		c.maybe = c.maybe || reached(a.lost)
		a.err = c.failure(a.lost, a)
	}
	if c.wait = c.next(ctx, a); c.wait == noBudget {
		switch e := a.err.(type) { //nolint:errorlint // made above, and not wrapped
		case *Error:
			e.BudgetEmpty = true
		case *CallError:
			e.BudgetEmpty = true
		}
	}
	c.end(traced, c.attempts, began, a)
	c.last = a
	return a.err
}

// next is how long to wait before the next attempt, or that there is none; either way the budget gets its due.
func (c *call) next(ctx context.Context, a answer) time.Duration {
	if a.err == nil {
		c.core.budget.give(max(c.paid, giveSuccess))
		return noRetry
	}
	another := a.lost == nil && a.status < http.StatusMultipleChoices // another object: the work is done
	if another || ctx.Err() != nil || c.attempts > c.maxRetries || !retryable(a.status, a.header, a.lost) {
		return noRetry
	}
	wait, ok := nextWait(ctx, c.attempts, a.header)
	if !ok {
		return noRetry
	}
	c.paid = retryCost(a.lost)
	if !c.core.budget.take(c.paid) {
		return noBudget
	}
	return wait
}

// exchange is the attempt between its two ends: the timeout, the request, the body.
func (c *call) exchange(ctx context.Context, out any) answer {
	sent := &c.sent
	if c.attempts > 1 {
		sent = new(resends) // net/http may still be busy with the last one's
	}
	ctx, cancel := c.bounded(context.WithValue(ctx, resendsKey{}, sent))
	defer cancel()
	req, err := c.request(ctx)
	if err != nil {
		return answer{lost: err}
	}
	client := c.core.http()
	sent.watch(req, foreign(client.Transport))
	resp, err := client.Do(req)
	c.maybe = c.maybe || sent.again(resp) || resp != nil && seeOther(c.method, resp.StatusCode)
	if err != nil {
		return answer{lost: c.cause(ctx, err)}
	}
	defer func() { _ = resp.Body.Close() }()
	if key := resp.Header.Get("Idempotency-Key"); key != "" && c.idempotencyKey != "" && key != c.idempotencyKey {
		cancel() // ends the connection: Close alone would let Go 1.27 read what is left, and use it again
		return answer{lost: errAnotherCall}
	}

	body, _ := c.core.buffers.Get().(*bytes.Buffer)
	defer c.core.recycle(body)
	err = readBody(body, resp)
	if err != nil {
		err = errorf("reading the answer: %w", c.cause(ctx, err))
	}
	text := body.Bytes()
	if len(text) > maxBody {
		text = text[:beginning]
	}
	c.respond(resp, text)
	return c.understand(resp, text, err, out)
}

// errAnotherCall is the answer to another call, on a connection where a server or proxy has written one too many: net/http
// then takes it for the answer to whatever is sent there next. The API echoes the idempotency key, which tells.
var errAnotherCall = errors.New("the answer is to another call: it names another idempotency key")

// request is the HTTP request, made anew for each attempt.
func (c *call) request(ctx context.Context) (*http.Request, error) {
	target := c.core.base + c.path
	if c.query != "" {
		target += "?" + c.query
	}
	var body io.Reader
	if c.method == http.MethodPost {
		body = bytes.NewReader(c.form)
	}
	req, err := http.NewRequestWithContext(ctx, c.method, target, body)
	if err != nil {
		return nil, err
	}
	h := req.Header
	for _, field := range c.header {
		h[field.name] = field.value
	}
	h["Authorization"] = []string{c.core.authorization()} // a transport may blot it out in place before it logs the request
	h["Stripe-Version"] = c.version
	h["User-Agent"] = c.core.userAgent
	if c.account != nil {
		h["Stripe-Account"] = []string{c.account[0]} // as above: another call must not act for what was blotted out
	}
	if c.method == http.MethodPost {
		h["Content-Type"] = c.core.formType
	}
	if c.idempotencyKey != "" {
		h["Idempotency-Key"] = []string{c.idempotencyKey}
	}
	return req, nil
}

// bounded gives the attempt its timeout, unless the call has less time left anyway. A POST can be given up in either case.
func (c *call) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= c.timeout {
		if c.method == http.MethodPost {
			return context.WithCancel(ctx)
		}
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
	for outer, ok := errors.AsType[*url.Error](err); ok; outer, ok = errors.AsType[*url.Error](err) {
		err = outer.Err // a transport of the user's may be a client itself, and wrap another one
	}
	if end := ended(ctx); end != nil {
		return end
	}
	return withoutQuote(err)
}

// withoutQuote leaves out what net/http quotes of an answer that is not HTTP, and of a redirect's URL: it can be the API's
// object, with a client secret in it. Those errors have no type of their own to ask for.
func withoutQuote(err error) error {
	text := strings.TrimPrefix(err.Error(), "net/http: HTTP/1.x transport connection broken: ")
	for _, said := range [...]string{
		"malformed HTTP response", "malformed HTTP status code", "malformed HTTP version", "malformed MIME header",
		"bad Content-Length", "failed to parse Location header", "unsupported transfer encoding",
		"http: message cannot contain multiple Content-Length headers",
	} {
		if strings.HasPrefix(text, said) {
			return errors.New(said)
		}
	}
	return err
}

// seeOther says whether a redirect means that a POST or DELETE may have been done: 303 says so, and so may 301 and 302,
// which clients have always taken for 303. 307 and 308 ask for the request to be made elsewhere.
func seeOther(method string, status int) bool {
	return method != http.MethodGet &&
		(status == http.StatusSeeOther || status == http.StatusFound || status == http.StatusMovedPermanently)
}

// reached says whether an attempt that broke off may have got as far as the API.
func reached(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok && !errors.Is(err, errRepeats) && (op.Op == "dial" || op.Op == "proxyconnect") {
		return false
	}
	return !untrusted(err) && !errors.Is(err, errRedirect)
}

// stillMaybe says whether, after this answer, the call may have had its effect without saying so. The API's definite no
// to a POST answers for the attempts before it too, since they carried the same idempotency key. What has no error object
// may come from a proxy, which can say no to an answer as well as to a request.
func stillMaybe(before bool, method string, e *Error) bool {
	switch {
	case e.Status >= http.StatusInternalServerError, e.Type == "", e.Code == CodeIdempotencyKeyInUse:
		return true
	case e.Status == http.StatusConflict && e.Type == ErrorTypeIdempotency:
		return true // most likely the key is in use, and the part that said so is missing
	case e.Status == http.StatusBadRequest, e.Status == http.StatusPaymentRequired, e.Status == http.StatusNotFound:
		return before && method != http.MethodPost
	default:
		return before
	}
}
