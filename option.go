package stripecash

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// An Option sets up a [Client]. Options are made by the functions of this package only. Of one that is given twice the last
// counts, but [WithLogger] and [WithTracer] add up.
type Option interface{ applyClient(*config) error }

// A CallOption changes one call. Options are made by the functions of this package only. Of one that is given twice the last
// counts, but [WithExpand] and [WithParam] add up, and [WithHeader] with other names.
type CallOption interface{ applyCall(*call) error }

// A SharedOption is both: given to [NewClient] or [Client.With] it holds for every call, given to a call for that one.
type SharedOption interface {
	Option
	CallOption
	apply(*settings) error
}

// settings are what a client decides once and a call may decide anew. Header values are kept as the slices that go
// into a header.
type settings struct {
	version    []string
	account    []string
	maxRetries int
	timeout    time.Duration
}

type (
	clientOption func(*config) error
	callOption   func(*call) error
	sharedOption func(*settings) error
)

func (o clientOption) applyClient(c *config) error { return o(c) }
func (o callOption) applyCall(c *call) error       { return o(c) }
func (o sharedOption) applyClient(c *config) error { return o(&c.settings) }
func (o sharedOption) applyCall(c *call) error     { return o(&c.settings) }
func (o sharedOption) apply(s *settings) error     { return o(s) }

// WithBaseURL sends requests to a host other than https://api.stripe.com: a proxy, stripe-mock, an emulator. It may
// have a path, which then stands before every request's own. Plain http is allowed to loopback addresses only, since
// the key travels with every request.
func WithBaseURL(base string) Option {
	return clientOption(func(c *config) error {
		u, err := url.Parse(base)
		switch {
		case err != nil:
			return errors.New("the base URL can't be read; it must be like https://host") // not even the reason: it may quote a password
		case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "": // these may be secret, and are not shown
			return errorf("base URL at %q has more than a scheme, a host and a path; drop the rest", u.Host)
		case u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "":
			return errorf("base URL that begins with %.12q is not absolute; it must be like https://host", base) // it may be a key
		case u.Scheme == "http" && !loopback(u.Hostname()):
			return errorf("base URL %q would send the key in the clear; use https, plain http is for loopback addresses", base)
		}
		c.host, c.port = u.Hostname(), 443
		if u.Scheme == "http" {
			c.port = 80
		}
		if port := u.Port(); port != "" {
			c.port, err = strconv.Atoi(port)
			if err != nil || c.port < 1 || c.port > 65535 {
				return errorf("base URL %q has the port %s; it must be 1 to 65535", base, port)
			}
		}
		c.base = u.String()
		for strings.HasSuffix(c.base, "/") { // strings.TrimRight is half a kB in every program
			c.base = c.base[:len(c.base)-1]
		}
		return nil
	})
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// WithHTTPClient sends requests with a client of your own: for a proxy, a root certificate, a transport that records. If
// its Transport is nil, this package's is used: a copy of [http.DefaultTransport] with at most 256 connections per host,
// kept open, and TLS 1.2 at least; or http.DefaultTransport itself, if the program has replaced it. Its Timeout, if set,
// becomes the timeout of each attempt, unless [WithTimeout] is given too. Its CheckRedirect is asked after this package's,
// which refuses a redirect to another host or to another method. Its Jar is not used: the API has no cookies. A Transport
// must not send a request again by itself: whether the first had its effect could then not be told.
func WithHTTPClient(client *http.Client) Option {
	return clientOption(func(c *config) error {
		if client == nil {
			return errors.New("the client given to WithHTTPClient is nil; leave the option out for the default one")
		}
		c.transport, c.redirect = client.Transport, client.CheckRedirect
		if c.transport == nil {
			c.transport = newTransport()
		}
		if client.Timeout > 0 {
			c.timeout = client.Timeout
		}
		return nil
	})
}

// WithLogger logs every attempt: one that is made again, or would be if the budget of retries allowed it, at level Warn, any
// other at level Debug, since the caller has its error. It logs route templates, not the IDs in them; of an [Error] the
// type, codes and parameter, not the message, which repeats the ID; of a [CallError] the cause; never a body or the key. Its
// handler gets the call's context: a handler of your own can add what is in there, such as whose call it is, or the trace.
// The logger is one more [Tracer]: see [WithTracer] for the order of several.
func WithLogger(logger *slog.Logger) Option {
	return clientOption(func(c *config) error {
		if logger == nil {
			return errors.New("the logger given to WithLogger is nil; leave the option out to log nothing")
		}
		c.tracer = within(c.tracer, &logTracer{logger})
		return nil
	})
}

// WithTracer lets a [Tracer] observe every call and attempt. Given several times, all of them do, each within the one
// before.
func WithTracer(tracer Tracer) Option {
	return clientOption(func(c *config) error {
		if tracer == nil {
			return errors.New("the tracer given to WithTracer is nil; leave the option out")
		}
		c.tracer = within(c.tracer, tracer)
		return nil
	})
}

// Limiter says when a request may be sent: Wait returns then, or with an error when the context ends or would end before.
// A *rate.Limiter of golang.org/x/time/rate is one as it stands:
//
//	stripecash.WithLimiter(rate.NewLimiter(80, 20)) // of the 100 a second that a live account has
//
// A type of your own can keep many machines below one limit, by a store that they share: see the example.
type Limiter interface {
	Wait(ctx context.Context) error
}

// WithLimiter asks a [Limiter] before every attempt, retries included, within the call's context. Its error ends the
// call, and that attempt is not sent.
func WithLimiter(limiter Limiter) Option {
	return clientOption(func(c *config) error {
		if limiter == nil {
			return errors.New("the limiter given to WithLimiter is nil; leave the option out")
		}
		c.limiter = limiter
		return nil
	})
}

// AppInfo names the program or plugin that uses this package.
type AppInfo struct {
	Name      string // required
	Version   string
	URL       string
	PartnerID string // of Stripe's partner program
}

// WithAppInfo adds your program's name to the User-Agent header, which is how Stripe can tell you of trouble.
func WithAppInfo(info AppInfo) Option {
	return clientOption(func(c *config) error {
		if info.Name == "" {
			return errors.New("the app info has no Name; it is required")
		}
		text := info.Name
		if info.Version != "" {
			text += "/" + info.Version
		}
		var more []string
		for _, part := range []string{info.URL, info.PartnerID} {
			if part != "" {
				more = append(more, part)
			}
		}
		if len(more) > 0 {
			text += " (" + strings.Join(more, "; ") + ")"
		}
		if err := headerValue(text); err != nil {
			return errorf("app info %q %w", text, err)
		}
		c.app = text
		return nil
	})
}

// WithPublishableKey lets [NewClient] take a publishable key (pk_…), which can do no more than read a source with its
// client secret. Without this option such a key is refused, since it is mostly given by mistake.
func WithPublishableKey() Option {
	return clientOption(func(c *config) error {
		c.publishable = true
		return nil
	})
}

// WithAPIVersion asks for a version of the API other than [APIVersion]. Answers may then have other fields than the
// types of this module.
func WithAPIVersion(version string) SharedOption {
	return sharedOption(func(s *settings) error {
		if err := headerValue(version); err != nil {
			return errorf("API version %q %w", clip(version), err)
		}
		s.version = []string{version}
		return nil
	})
}

// WithAccount makes calls on behalf of a connected account, "acct_…".
//
// See https://docs.stripe.com/connect/authentication.
func WithAccount(account string) SharedOption {
	return sharedOption(func(s *settings) error {
		if err := headerValue(account); err != nil {
			return errorf("account %q %w", clip(account), err)
		}
		s.account = []string{account}
		return nil
	})
}

// WithMaxRetries bounds how often a call that failed is made again; 0 turns retries off. The default is 2.
func WithMaxRetries(n int) SharedOption {
	return sharedOption(func(s *settings) error {
		if n < 0 {
			return errorf("max retries is %d; it must not be negative", n)
		}
		s.maxRetries = n
		return nil
	})
}

// WithTimeout bounds each attempt, from dialing to the last byte of the answer; an attempt that takes longer counts as
// failed without an answer and is retried like one. The default is one minute. For a bound on a call as a whole, retries
// included, give it a context with a deadline.
func WithTimeout(d time.Duration) SharedOption {
	return sharedOption(func(s *settings) error {
		if d <= 0 {
			return errorf("the timeout is %s; it must be positive", d)
		}
		s.timeout = d
		return nil
	})
}
