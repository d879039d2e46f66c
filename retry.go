package stripecash

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// The retry policy.
//
// An attempt is made again when trying again can help and can't do harm: every POST carries an idempotency key, the
// same one in all attempts, and GET and DELETE are idempotent by themselves.
//
//   - No answer, one that broke off, and a 2xx that is no JSON are tried again: except when the context ended, the server's
//     certificate is not to be trusted, or a redirect was refused. Those would end the same way.
//   - The API's own word decides about errors that it answered: Stripe-Should-Retry, true or false. An answer that broke
//     off is tried again even if it says false, since its key replays it.
//   - 409 (another request holds a lock), 429 (too many) and every 5xx are tried again, whatever their body says.
//   - Any other answer is final.
//
// Between attempts the call waits for a random time between nothing and a bound, which is 0.5 s before the first retry
// and doubles with each, up to 5 s. The whole range is random from the first retry on, so that many clients which
// failed together don't come back together. A Retry-After header makes the wait at least that long; it is the API that
// spreads its clients then. A wait that would outlast the context's deadline, or a Retry-After of more than two minutes,
// is not begun: the call returns the error it has. A wait ends the moment its context does.
const (
	defaultMaxRetries = 2
	backoffBase       = 500 * time.Millisecond
	backoffCap        = 5 * time.Second
	maxRetryAfter     = 2 * time.Minute
)

// retryable says whether an attempt that failed should be made again: by the status and the header of its answer, or by
// err, which is why there is no answer, or none that can be read.
func retryable(status int, header http.Header, err error) bool {
	if err != nil {
		return !final(err)
	}
	switch header.Get("Stripe-Should-Retry") {
	case "true":
		return true
	case "false":
		return false
	}
	return status == http.StatusConflict || status == http.StatusTooManyRequests || status >= http.StatusInternalServerError
}

// backoff is how long to wait before the given retry, 1 for the first. It draws from [0, n) with random.
func backoff(retry int, after time.Duration, random func(n int64) int64) time.Duration {
	bound := backoffCap
	if shift := retry - 1; shift < 4 { // 0.5 s × 2⁴ is past the cap
		bound = min(bound, backoffBase<<shift)
	}
	return max(after, time.Duration(random(int64(bound))))
}

// final says whether an attempt without an answer would only fail the same way again.
func final(err error) bool {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, errRedirect), errors.Is(err, errBodyTooLarge):
		return true
	case errors.Is(err, errDecode):
		_, noJSON := errors.AsType[*json.SyntaxError](err)
		return !noJSON
	}
	return untrusted(err)
}

// untrusted says whether the server's certificate was not accepted: nothing was sent then. crypto/tls wraps what it found;
// a VerifyConnection of the program's own may return one of the others as it is.
func untrusted(err error) bool { return wraps(err, ofCertificate) }

func ofCertificate(err error) bool {
	switch err.(type) { //nolint:errorlint // wraps unwraps it
	case *tls.CertificateVerificationError, x509.UnknownAuthorityError, x509.HostnameError, x509.CertificateInvalidError:
		return true
	}
	return false
}

// wraps says whether an error, or one that it wraps, is such a one. Each instance of [errors.AsType] would be almost a
// kB in every program.
func wraps(err error, such func(error) bool) bool {
	if err == nil || such(err) {
		return err != nil
	}
	switch e := err.(type) { //nolint:errorlint // this is what unwraps
	case interface{ Unwrap() error }:
		return wraps(e.Unwrap(), such)
	case interface{ Unwrap() []error }:
		return slices.ContainsFunc(e.Unwrap(), func(err error) bool { return wraps(err, such) })
	}
	return false
}

// retryAfter reads a Retry-After header, in seconds or as a date.
func retryAfter(header http.Header) time.Duration {
	value := header.Get("Retry-After")
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(value, 64); seconds >= 0 && (err == nil || errors.Is(err, strconv.ErrRange)) {
		return time.Duration(min(seconds, math.MaxInt32) * float64(time.Second)) // fractions are not standard, but clear
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(at))
	}
	return 0
}

// nextWait is how long to wait before the given retry, and whether that wait is worth beginning.
func nextWait(ctx context.Context, retry int, header http.Header) (time.Duration, bool) {
	after := retryAfter(header)
	if after > maxRetryAfter {
		return 0, false
	}
	wait := backoff(retry, after, rand.Int64N)
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
		return 0, false
	}
	return wait, true
}

// sleep waits for d, or until the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ended(ctx)
	}
}

// ended is why a context is over, or nil. A cause that its owner gave comes on top of the context's own error, not in
// its place: callers ask for [context.Canceled].
func ended(ctx context.Context) error {
	err := ctx.Err()
	if err == nil {
		return nil
	}
	cause := context.Cause(ctx)
	if errors.Is(cause, err) {
		return cause
	}
	return errorf("%w: %w", err, cause)
}
