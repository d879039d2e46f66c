package stripecash

import (
	"bytes"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/ccb8c2b4/stripecash/internal/shape"
)

// config is what options of NewClient write to.
type config struct {
	base        string
	host        string
	port        int
	transport   http.RoundTripper
	redirect    func(*http.Request, []*http.Request) error // may be nil
	app         string
	publishable bool
	tracer      Tracer // or nil; WithLogger makes one too, so that log/slog is not linked into programs that don't log
	limiter     Limiter
	timeout     time.Duration // of each attempt, if no WithTimeout says otherwise
	settings    settings
}

const (
	defaultBaseURL = "https://api.stripe.com"
	defaultTimeout = time.Minute
)

func newConfig() *config {
	return &config{
		base:      defaultBaseURL,
		host:      "api.stripe.com",
		port:      443,
		transport: newTransport(),
		timeout:   defaultTimeout,
		settings:  settings{version: []string{APIVersion}, maxRetries: defaultMaxRetries},
	}
}

// core is what all clients made of one have in common.
type core struct {
	base      string // without a slash at its end
	host      string // of base
	port      int    // of base
	userAgent []string
	formType  []string
	tracer    Tracer  // or nil
	limiter   Limiter // or nil
	budget    budget
	checked   func(params any) error // what shape.Params says of their type
	buffers   sync.Pool              // of *bytes.Buffer, for answers

	// What knows the key is kept in closures, since fmt, spew (in the diff of a failed test) and debuggers' printers show
	// what is in fields, exported or not, but not what a function has captured. The HTTP client knows the key too: the
	// last request is still in the buffer of each idle connection.
	authorization func() string // the header's value
	http          func() *http.Client
}

func (c *config) core(key string) *core {
	authorization := "Bearer " + key
	client := &http.Client{Transport: c.transport, CheckRedirect: redirects{c.redirect}.check}
	return &core{
		base:          c.base,
		host:          c.host,
		port:          c.port,
		userAgent:     []string{userAgent(c.app)},
		formType:      []string{"application/x-www-form-urlencoded"},
		tracer:        c.tracer,
		limiter:       c.limiter,
		checked:       shape.Checker(isList),
		buffers:       sync.Pool{New: func() any { return new(bytes.Buffer) }},
		authorization: func() string { return authorization },
		http:          func() *http.Client { return client },
	}
}

func userAgent(app string) string {
	agent := "stripecash/" + Version + " (" + runtime.Version() + "; " + runtime.GOOS + "; " + runtime.GOARCH + ")"
	if app != "" {
		agent += " " + app
	}
	return agent
}
