package stripetest

import "net/http"

// call is one request on its way through the pipeline: what has been found out about it so far.
type call struct {
	srv *Server
	req *http.Request
	now int64 // Unix seconds; one call happens at one moment

	requestID      string
	key            string // the API key
	account        string // the account it acts on
	version        string // Stripe-Version
	idempotencyKey string
	unnamed        bool   // the request says of no account: it is the platform's
	lockName       string // of the key and its account
	reserved       bool   // the key is this call's while it runs

	route *route
	ids   []string // what the braces of the route's path stand for
	form  *form
	reply *reply // set when there is an answer: the pipeline ends

	fault  *Fault
	waited bool // for the fault's delay

	acct *account // the account's state: only in handlers, under the lock
}

// reply is an answer before it meets a transport.
type reply struct {
	status int // 0: the connection breaks instead
	header http.Header
	body   []byte
	cut    Cut
	err    error // the context's: nobody waits for the answer any more
}

// id returns what a brace of the route's path stands for: c.id("customer") for "/v1/customers/{customer}".
func (c *call) id(name string) string {
	for i, brace := range c.route.braces {
		if brace == name {
			return c.ids[i]
		}
	}
	panic("stripetest: " + c.route.path + " has no {" + name + "}") // a bug in the route table
}

// newID gives the next ID of a prefix. Only under the lock.
func (c *call) newID(prefix string, n int) string { return c.srv.state.newID(prefix, n) }
