package stripetest

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Server is one emulated Stripe: a [net/http.RoundTripper] that needs no sockets, and a [net/http.Handler] for those who
// want a port. It embeds the [Account] that its API keys belong to, so that srv.AddCustomer adds a customer there; the
// accounts connected to it come from [Server.Connect]. It is safe for concurrent use, holds no goroutine, and needs no
// closing.
type Server struct {
	*Account
	cfg     config
	routes  *routes
	expands func() expansions // made when it is needed first

	happened chan struct{} // tells ServeWebhooks that there is an event

	mu      sync.Mutex // guards everything below
	state   *state
	changes uint64          // see Changes
	hooks   []*hook         // see AddWebhook
	running map[string]bool // idempotency keys of requests that run now
	log     requestLog
	faults  []*armedFault
	random  randomFaults
	limit   rateLimit
}

// NewServer returns an empty server.
func NewServer(opts ...Option) *Server {
	cfg := config{clock: time.Now, mode: modeAutomatic}
	for i, opt := range opts {
		if opt == nil {
			panic(fmt.Sprintf("stripetest: NewServer: option %d is nil; leave it out", i+1))
		}
		opt(&cfg)
	}
	s := &Server{
		cfg: cfg, routes: newRoutes(allRoutes(cfg)), expands: sync.OnceValue(allExpansions),
		happened: make(chan struct{}, 1), running: map[string]bool{},
	}
	s.state = newState(newSeed(cfg.seed))
	s.state.Platform = s.state.newID("acct_1", 15)
	s.state.addAccount(s.state.Platform, cfg.mode)
	s.Account = &Account{srv: s}
	return s
}

// newSeed is what IDs are derived from: the caller's number, or 128 random bits.
func newSeed(seed *uint64) string {
	var b [16]byte
	if seed == nil {
		rand.Read(b[:])
	} else {
		binary.BigEndian.PutUint64(b[8:], *seed)
	}
	return hex.EncodeToString(b[:])
}

func (s *Server) now() int64 { return s.cfg.clock().Unix() }

// Account is one Stripe account of a [Server], with customers and balances of its own.
type Account struct {
	srv *Server
	id  string // empty: the platform's, whatever Restore makes that
}

// Connect returns the connected account with that ID, "acct_…", and creates it when it is new. Requests reach it with the
// header Stripe-Account.
func (s *Server) Connect(id string) *Account {
	if !strings.HasPrefix(id, "acct_") || len(id) == len("acct_") {
		panic(fmt.Sprintf("stripetest: Connect: %q is not an account ID: it must begin with acct_", id))
	}
	s.made("Connect")
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.Accounts[id] == nil {
		s.state.addAccount(id, s.cfg.mode)
		s.changes++
	}
	return &Account{srv: s, id: id}
}

// ID returns the account's ID, "acct_…".
func (a *Account) ID() string {
	a.made("ID")
	a.srv.mu.Lock()
	defer a.srv.mu.Unlock()
	return a.resolve()
}

// made panics for an account of no server: that of the zero Server, or the zero Account. Everything asks
// it that would fail without saying why.
func (a *Account) made(method string) {
	if a == nil || a.srv == nil {
		panic("stripetest: " + method + ": the server was not made by NewServer")
	}
}

// resolve is the account's ID, under the lock.
func (a *Account) resolve() string {
	if a.id == "" {
		return a.srv.state.Platform
	}
	return a.id
}

// setUp runs a set-up method's work as if it were a call to the API without a request: under the lock, on the account's
// state. An error means misuse, and panics in the method's name.
func (a *Account) setUp(method string, work func(*call) *apiError) {
	a.made(method)
	a.srv.mu.Lock()
	defer a.srv.mu.Unlock()
	a.srv.changes++
	c := &call{srv: a.srv, account: a.resolve(), now: a.srv.now()}
	c.acct = a.srv.state.Accounts[c.account]
	if c.acct == nil { // Restore may have brought a state without it
		panic(fmt.Sprintf("stripetest: %s: account %q is not there any more: Restore brought a state without it", method, c.account))
	}
	if err := work(c); err != nil {
		panic(fmt.Sprintf("stripetest: %s: %s", method, err.message))
	}
}
