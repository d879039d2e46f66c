package stripetest

import (
	"net/http"
	"strings"

	"github.com/ccb8c2b4/stripecash"
)

// testKey is the key of the clients that the server makes.
const testKey = "sk_test_stripetest"

// Client returns a stripecash client that talks to this account, without a network. The options are those of
// [stripecash.NewClient] and win over what Client sets.
func (a *Account) Client(opts ...stripecash.Option) *stripecash.Client {
	a.made("Client")
	all := []stripecash.Option{stripecash.WithHTTPClient(&http.Client{Transport: a.srv})}
	if a.id != "" {
		all = append(all, stripecash.WithAccount(a.id))
	}
	client, err := stripecash.NewClient(a.srv.secretKey(), append(all, opts...)...)
	if err != nil {
		panic("stripetest: Client: " + strings.TrimPrefix(err.Error(), "stripecash: "))
	}
	return client
}

// secretKey is a key that the server accepts.
func (s *Server) secretKey() string {
	for _, key := range s.cfg.keys {
		if !strings.HasPrefix(key, "pk_") {
			return key
		}
	}
	return testKey
}
