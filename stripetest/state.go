package stripetest

import (
	"crypto/sha256"
	"encoding/binary"
)

// state is all that a server remembers, as plain data: it is what a snapshot holds. Anything derived, such as a function
// or an index, has no place in it.
type state struct {
	Version  int                 `json:"version"`
	Seed     string              `json:"seed"`
	Counters map[string]uint64   `json:"counters"` // how many IDs each prefix has given
	Platform string              `json:"platform"` // the account that the API keys belong to
	Accounts map[string]*account `json:"accounts"`
	Events   []*event            `json:"events,omitempty"` // of all accounts, oldest first
}

// account is the state of one Stripe account. Slices are in order of creation, oldest first.
type account struct {
	ID                 string                  `json:"id"`
	ReconciliationMode string                  `json:"reconciliation_mode"` // the merchant's default
	Customers          map[string]*customer    `json:"customers"`
	Tokens             map[string]*token       `json:"tokens,omitempty"`
	Sources            map[string]*source      `json:"sources,omitempty"`
	Recipients         map[string]*recipient   `json:"recipients,omitempty"`
	DefaultCurrency    string                  `json:"default_currency,omitempty"`
	ExternalAccounts   []*instrument           `json:"external_accounts,omitempty"`
	PayoutDefaults     map[string]string       `json:"payout_defaults,omitempty"` // the external account of each currency
	PaymentIntents     []*paymentIntent        `json:"payment_intents,omitempty"`
	Idempotency        map[string]*savedAnswer `json:"idempotency,omitempty"`
}

const stateVersion = 2

func newState(seed string) *state {
	return &state{
		Version:  stateVersion,
		Seed:     seed,
		Counters: map[string]uint64{},
		Accounts: map[string]*account{},
	}
}

func (s *state) addAccount(id, mode string) {
	s.Accounts[id] = &account{
		ID:                 id,
		ReconciliationMode: mode,
		Customers:          map[string]*customer{},
	}
}

// newID gives the next ID of a prefix: the prefix and n characters of base 62. It depends on the seed and on how many IDs
// of that prefix came before, so that new kinds of objects don't change the IDs of the others.
func (s *state) newID(prefix string, n int) string {
	s.Counters[prefix]++
	material := append([]byte(s.Seed), prefix...)
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(material, s.Counters[prefix]))
	return prefix + base62(sum[:], n)
}

// base62 writes the first n bytes of a hash as digits of base 62.
func base62(b []byte, n int) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	text := make([]byte, n)
	for i := range text {
		text[i] = digits[int(b[i])%len(digits)]
	}
	return string(text)
}
