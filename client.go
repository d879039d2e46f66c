package stripecash

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
)

// Client talks to Stripe's API. One is enough for a program: it is safe for concurrent use, keeps its connections and
// reads its parameters and options without ever writing to them. The packages of the resources wrap it.
type Client struct {
	core     *core    // shared with the clients that With makes
	settings settings // of every call that does not say otherwise
	err      error    // what was wrong in With; every call returns it
}

// NewClient makes a client for a secret or a restricted key. It makes no request; what can be seen to be wrong with
// the key or the options is an error that says so.
//
// See https://docs.stripe.com/keys.
func NewClient(key string, opts ...Option) (*Client, error) {
	config := newConfig()
	for i, opt := range opts {
		if opt == nil {
			return nil, errorf("stripecash: option %d given to NewClient is nil; leave it out", i+1)
		}
		if err := opt.applyClient(config); err != nil {
			return nil, errorf("stripecash: %w", err)
		}
	}
	if err := validKey(key, config.publishable); err != nil {
		return nil, errorf("stripecash: %w", err)
	}
	if config.settings.timeout == 0 {
		config.settings.timeout = config.timeout
	}
	return &Client{core: config.core(key), settings: config.settings}, nil
}

// With returns a client with other settings, such as the connected account it acts for; c is unchanged. Both share their
// connections, limiter, tracers and retry budget. If a setting is wrong, every call of the new client returns that error.
func (c *Client) With(opts ...SharedOption) *Client {
	if c == nil {
		return nil
	}
	derived := *c
	for i, opt := range opts {
		switch {
		case derived.err != nil: // the first is enough, as in NewClient
		case opt == nil:
			derived.err = errorf("option %d given to With is nil; leave it out", i+1)
		default:
			derived.err = opt.apply(&derived.settings)
		}
	}
	return &derived
}

// Request is one call, as a method of a resource describes it.
type Request struct {
	Method string   // GET, POST or DELETE
	Path   string   // the route as Stripe's reference spells it: "/v1/customers/{customer}/cash_balance". It is logged and traced
	IDs    []string // what goes into the braces of Path, in order; written into Path itself, an ID would be logged and traced too
	Params any      // see Encode; in the query of GET and DELETE, in the body of POST. A Validator is asked first
	Object string   // the "object" that the answer must be; any, if empty

	page pageParams // of List
}

// pageParams are a [*ListParams], or nil. That it is an interface leaves them out of programs that list nothing.
type pageParams interface {
	Validator
	write(to url.Values)
}

// Call makes a request and decodes the answer into a new T. Most methods of the resources are one Call.
func Call[T any](ctx context.Context, c *Client, r Request, opts ...CallOption) (*T, error) {
	out := new(T)
	if err := c.Do(ctx, r, out, opts...); err != nil {
		return nil, err
	}
	return out, nil
}

// Do makes a request and decodes the answer into out, which may be nil. Everything that can be refused is refused before
// anything is sent, with an error that matches [ErrInvalidRequest]; after that the error is an [*Error], a [*CallError] or
// an [*ObjectError].
//
// It is also the way to what this module does not model.
func (c *Client) Do(ctx context.Context, r Request, out any, opts ...CallOption) error {
	call, err := c.prepare(ctx, r, out, opts)
	if err != nil {
		return errorf("stripecash: %s %s: %w%.0w", oneLine(r.Method), oneLine(r.Path), err, ErrInvalidRequest) // which is matched, not said
	}
	ctx, began := call.begin(ctx, 0)
	err = call.run(ctx, out)
	call.last.err = err
	call.end(ctx, 0, began, call.last)
	return err
}

// run makes attempts until one is final. The limiter is asked before each, the clock between two.
func (c *call) run(ctx context.Context, out any) error {
	var last error // of the attempt before
	for {
		if err := c.admit(ctx); err != nil {
			return c.pause(err, last)
		}
		last = c.attempt(ctx, out)
		if c.wait < 0 {
			return last
		}
		if err := sleep(ctx, c.wait); err != nil {
			return c.pause(errorf("waiting to retry: %w", err), last)
		}
	}
}

// admit holds an attempt back until it may be sent. The context is asked last, since a limiter need not look at it and
// what was given up in the meantime must not be sent.
func (c *call) admit(ctx context.Context) error {
	if c.core.limiter != nil && ctx.Err() == nil {
		if err := c.core.limiter.Wait(ctx); err != nil {
			return errorf("waiting for the limiter: %w", err)
		}
	}
	return ended(ctx)
}

// CloseIdleConnections closes the connections that no call is using, those of the clients that [Client.With] made too, and
// those of whoever shares the transport that was given to [WithHTTPClient]. A program that ends needs no such thing; a
// test that counts goroutines does.
func (c *Client) CloseIdleConnections() {
	if c != nil && c.core != nil {
		c.core.http().CloseIdleConnections()
	}
}

// String describes the client without its key, for every verb of fmt.
func (c Client) String() string {
	if c.core == nil {
		return "stripecash.Client(not made by NewClient)"
	}
	return "stripecash.Client(" + c.core.base + ")"
}

// Format implements [fmt.Formatter], so that %#v does not show the key either.
func (c Client) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// LogValue implements [slog.LogValuer].
func (c Client) LogValue() slog.Value { return slog.StringValue(c.String()) }

// validKey refuses what is no key for a server.
func validKey(key string, publishable bool) error {
	switch {
	case key == "":
		return errors.New("the API key is empty")
	case strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		return errors.New("the API key has white space, a control character or one that is not ASCII; was it pasted whole?")
	case strings.HasPrefix(key, "pk_") && !publishable:
		return errors.New("the API key is a publishable one (pk_…), which can't do what this client does; " +
			"use a secret key, or the option WithPublishableKey")
	case strings.HasPrefix(key, "whsec_"):
		return errors.New("the API key is a webhook endpoint's secret (whsec_…); use a secret key (sk_… or rk_…)")
	}
	return nil
}
