package stripetest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Request is a request that a [Server] has answered. The API key, card and account numbers and other secrets in it are
// masked.
type Request struct {
	Method    string
	Path      string
	Route     string      // the template of the path, "/v1/customers/{customer}/cash_balance"; empty when nothing matched
	Account   string      // the account it acted on
	Form      url.Values  // the parameters of query and body, arrays numbered: "expand[0]"
	Header    http.Header // of the request
	Status    int         // of the answer; 0 when the connection broke instead
	RequestID string      // of the answer
}

// Limits of the log, so that neither a soak test nor hostile requests fill the memory with it.
const (
	maxRequests     = 10_000
	maxRequestBytes = 16 << 20
)

type requestLog struct {
	entries []Request
	sizes   []int
	total   int
}

func (l *requestLog) add(entry Request) {
	const each = 128 // what a name or a value costs beyond its letters
	size := each + len(entry.Path)
	for _, values := range [...]map[string][]string{entry.Form, entry.Header} {
		for name, list := range values {
			size += each + len(name)
			for _, value := range list {
				size += each + len(value)
			}
		}
	}
	l.entries, l.sizes, l.total = append(l.entries, entry), append(l.sizes, size), l.total+size
	drop := 0
	for l.total > maxRequestBytes || len(l.entries)-drop > maxRequests {
		l.total -= l.sizes[drop]
		drop++
	}
	l.entries, l.sizes = l.entries[drop:], l.sizes[drop:]
}

// Requests returns the requests received, oldest first: the last ten thousand, or fewer if they take more than 16 MiB.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log.entries)
}

func (s *Server) record(c *call) {
	entry := Request{
		Method:    c.req.Method,
		Path:      c.req.URL.Path,
		Account:   c.account,
		Form:      url.Values{},
		Header:    c.req.Header.Clone(),
		Status:    c.reply.status,
		RequestID: c.requestID,
	}
	if c.route != nil {
		entry.Route = c.route.path
	}
	if c.form != nil {
		c.form.flatten(nil, entry.Form)
	}
	maskForm(entry.Form)
	if len(entry.Header.Values("Authorization")) > 0 {
		entry.Header.Set("Authorization", "Bearer "+maskKey(credential(c.req)))
	}
	entry.Header.Del("Cookie")
	entry.Header.Del("Proxy-Authorization")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log.add(entry)
}

// maskForm hides what should not be in a log, by the last name of its key, or because it could be a card's number that
// got somewhere else; the last four characters stay.
func maskForm(values url.Values) {
	secret := [...]string{"number", "cvc", "account_number", "iban", "client_secret", "encrypted", "id_number",
		"routing_number", "ssn_last_4", "swipe_data"}
	for key, list := range values {
		name := strings.TrimSuffix(key[strings.LastIndexByte(key, '[')+1:], "]")
		for i, value := range list {
			if _, err := readCardNumber(value); err == nil || slices.Contains(secret[:], name) {
				list[i] = maskTail(value)
			}
		}
	}
}

// maskTail keeps the last four characters of a text that has at least eight.
func maskTail(value string) string {
	hidden := len(value) - 4
	if hidden < 4 {
		hidden = len(value)
	}
	return strings.Repeat("*", hidden) + value[hidden:]
}
