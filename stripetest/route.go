package stripetest

import (
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
)

// route is one endpoint, declared.
type route struct {
	method, path string         // the path as Stripe's reference spells it: "/v1/customers/{customer}/cash_balance"
	params       func() []param // what it takes, expand[] and what every list takes aside; nil for nothing
	returns      string         // the object type of its answer, or of the items of its list; "" takes no expand[]
	list         bool           // answers a list, which takes limit and the cursors as well
	publishable  bool           // a publishable key will do
	refusal      string         // all that it ever answers: Stripe has retired it

	// handle runs under the server's lock. It checks everything before it writes anything.
	handle func(*call) (object, *apiError)

	declared func() []param // all of them, made when they are needed first
	segments []string
	braces   []string
}

// allRoutes is the whole API of the emulator.
func allRoutes(cfg config) []route {
	return slices.Concat(
		customerRoutes(),
		cashBalanceRoutes(),
		transactionRoutes(),
		tokenRoutes(),
		customerSourceRoutes(),
		bankVerifyRoutes(),
		sourceRoutes(),
		accountRoutes(),
		externalRoutes(),
		recipientRoutes(cfg.recipients),
		paymentIntentRoutes(),
		eventRoutes(),
	)
}

// routes finds the route of a request.
type routes struct {
	byMethod map[string][]*route
}

func newRoutes(all []route) *routes {
	rs := &routes{byMethod: map[string][]*route{}}
	for i := range all {
		r := &all[i]
		r.declared = sync.OnceValue(r.allParams) // most servers of tests are asked for few routes
		r.segments = strings.Split(r.path, "/")
		for _, segment := range r.segments {
			if isBrace(segment) {
				r.braces = append(r.braces, segment[1:len(segment)-1])
			}
		}
		rs.byMethod[r.method] = append(rs.byMethod[r.method], r)
	}
	return rs
}

// allParams are what the route takes.
func (r *route) allParams() []param {
	var all []param
	if r.params != nil {
		all = r.params()
	}
	if r.list {
		all = append(all, listParams()...)
	}
	if r.returns != "" {
		all = append(all, texts("expand"))
	}
	return all
}

func isBrace(segment string) bool { return strings.HasPrefix(segment, "{") }

// find matches an escaped path segment by segment, so that an escaped slash stays inside its ID.
func (rs *routes) find(method, escapedPath string) (*route, []string) {
	segments := strings.Split(escapedPath, "/")
	for i, segment := range segments {
		plain, err := url.PathUnescape(segment)
		if err != nil {
			return nil, nil
		}
		segments[i] = plain
	}
	for _, r := range rs.byMethod[method] {
		if ids, ok := r.match(segments); ok {
			return r, ids
		}
	}
	return nil, nil
}

func (r *route) match(segments []string) (ids []string, ok bool) {
	if len(segments) != len(r.segments) {
		return nil, false
	}
	for i, want := range r.segments {
		switch {
		case isBrace(want) && segments[i] != "":
			ids = append(ids, segments[i])
		case want != segments[i]:
			return nil, false
		}
	}
	return ids, true
}

// reached tells whether a request could have that method, or any if it is empty, and a path that fits the pattern of
// [path.Match], or is the route's template.
func (rs *routes) reached(method, pattern string) bool {
	for _, r := range slices.Concat(slices.Collect(maps.Values(rs.byMethod))...) {
		fits := pattern == "" || pattern == r.path || !strings.Contains(pattern, "{") && r.fits(strings.Split(pattern, "/"))
		if fits && (method == "" || method == r.method) {
			return true
		}
	}
	return false
}

// fits tells whether the segments of a pattern fit some path of the route.
func (r *route) fits(patterns []string) bool {
	if len(patterns) != len(r.segments) {
		return false
	}
	for i, segment := range r.segments {
		if same, _ := path.Match(patterns[i], segment); !same && !isBrace(segment) {
			return false
		}
	}
	return true
}

func (s *Server) chooseRoute(c *call) *apiError {
	c.route, c.ids = s.routes.find(c.req.Method, c.req.URL.EscapedPath())
	if c.route == nil {
		// It begins as Stripe's message does, and goes on with what helps here.
		return invalidStatus(http.StatusNotFound, "Unrecognized request URL ("+c.req.Method+": "+c.req.URL.Path+
			"). This emulator does not serve it; what it does is under "+
			"https://github.com/ccb8c2b4/stripecash/blob/main/docs/testing.md#what-it-serves.")
	}
	if c.route.refusal != "" {
		return invalidRequest("", "", "%s", c.route.refusal)
	}
	if strings.HasPrefix(c.key, "pk_") && !c.route.publishable {
		// Status and code as in Stripe's list of error codes; the exact wording is not verified.
		err := invalidRequest("secret_key_required", "", "This API call cannot be made with a publishable API key. Please "+
			"use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.")
		err.status = http.StatusForbidden
		return err
	}
	return nil
}
