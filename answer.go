package stripecash

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
)

// maxBody is how much of an answer is read, 8 MiB. The largest page of 100 objects is far below it. Of what is longer the
// beginning is kept, which may say who answered.
const (
	maxBody   = 8 << 20
	beginning = 64 << 10
)

var (
	errBodyTooLarge = errors.New("the answer is longer than 8 MiB")
	errDecode       = errors.New("decoding the answer")
)

// answer is what one attempt came to.
type answer struct {
	status int         // 0: none came
	header http.Header // nil: none came
	err    error       // nil: the answer is 2xx and decoded
	lost   error       // why there is no answer, or none that can be read
}

// understand makes a result, an [Error] or an [ObjectError] of an answer whose body was read, as far as readErr says.
func (c *call) understand(resp *http.Response, body []byte, readErr error, out any) answer {
	a := answer{status: resp.StatusCode, header: resp.Header}
	if a.status >= http.StatusMultipleChoices {
		// The status is an answer in itself, even if the body broke off; but then it is worth asking for again.
		e := newError(c.method, c.path, a.status, a.header, bytes.Clone(body))
		e.Attempts, e.IdempotencyKey = c.attempts, c.idempotencyKey
		c.maybe = stillMaybe(c.maybe, c.method, e)
		e.OutcomeUnknown = c.maybe && c.method != http.MethodGet
		if readErr != nil && e.Type == "" {
			e.broken = readErr // what the API said is in the part that is missing
			if !errors.Is(readErr, errBodyTooLarge) {
				a.lost = readErr
			}
		}
		a.err = e
		return a
	}
	if readErr != nil {
		a.lost = readErr
		return a
	}
	a.err, a.lost = c.decode(body, out)
	if wrong, ok := errors.AsType[*ObjectError](a.err); ok {
		wrong.Status, wrong.RequestID = a.status, a.header.Get("Request-Id")
	}
	return a
}

// decode checks that the answer is the object that was promised before it fills in out.
func (c *call) decode(body []byte, out any) (err, lost error) {
	if c.object == "" && out == nil && len(body) == 0 {
		return nil, nil
	}
	got, id, err := identify(body, c.object)
	if err != nil || c.object != "" && string(got) != c.object {
		if err := json.Unmarshal(body, new(map[string]json.RawMessage)); err != nil {
			return nil, unreadable(err)
		}
		if c.object == "" {
			return nil, errorf("%w: %w", errDecode, err) // null: valid, and nothing to fill in out with
		}
		return &ObjectError{
			Method: c.method, Path: c.path, Want: c.object, Got: string(got), ID: string(id), Body: bytes.Clone(body),
			Attempts: c.attempts, IdempotencyKey: c.idempotencyKey,
			OutcomeUnknown: (len(got) == 0 || len(id) == 0) && c.method != http.MethodGet, // who knows who answered
		}, nil
	}
	if out == nil {
		out = new(struct{}) // cut off or whole, that is to be known
	}
	if err := json.Unmarshal(body, out); err != nil {
		return nil, unreadable(err)
	}
	if list, ok := out.(interface{ whole() error }); ok {
		if err := list.whole(); err != nil {
			return nil, unreadable(err)
		}
	}
	return nil, nil
}

// unreadable tells an answer that ended too early, which is as good as none, from one that makes no sense.
func unreadable(err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok && strings.HasPrefix(syntax.Error(), "unexpected end of JSON input") {
		return errorf("%w: %w: %w", errDecode, io.ErrUnexpectedEOF, err)
	}
	return errorf("%w: %w", errDecode, err)
}

// readBody reads to the end, so that the connection can be used again.
func readBody(into *bytes.Buffer, resp *http.Response) error {
	if resp.StatusCode < http.StatusOK {
		// After 101 nothing would end the reading, whatever ends the context: net/http has let the connection go.
		return errorf("the status is %d, which no answer has", resp.StatusCode)
	}
	most := int64(maxBody + 1)
	if resp.ContentLength > maxBody {
		most = beginning
	} else if resp.ContentLength > 0 {
		into.Grow(int(resp.ContentLength) + bytes.MinRead)
	}
	n, err := into.ReadFrom(io.LimitReader(resp.Body, most))
	if n > maxBody || most == beginning {
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
