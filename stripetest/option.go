package stripetest

import "time"

// Option configures a [Server]; see the With functions.
type Option func(*config)

type config struct {
	seed  *uint64
	clock func() time.Time
	keys  []string
	mode  string

	recipients bool
}

// WithSeed makes every ID that the server gives deterministic: two servers with the same seed that get the same requests
// in the same order answer with the same IDs. Without it IDs are random.
func WithSeed(seed uint64) Option {
	return func(c *config) { c.seed = &seed }
}

// WithClock sets the server's clock. The default is [time.Now], which inside testing/synctest is the bubble's fake clock.
//
// Deliveries to webhooks are signed with the time of this clock, and a [webhook.Verifier] goes by [time.Now]: when the two
// are far apart it refuses them ([webhook.ErrExpired]), unless its Tolerance is long. In a synctest bubble they are the same.
func WithClock(clock func() time.Time) Option {
	if clock == nil {
		panic("stripetest: WithClock: the clock is nil")
	}
	return func(c *config) { c.clock = clock }
}

// WithKeys names the only API keys that the server accepts. Without it every key that begins with sk_test_, rk_test_ or
// pk_test_ is accepted; live keys never are.
func WithKeys(keys ...string) Option {
	if len(keys) == 0 {
		panic("stripetest: WithKeys: no key given")
	}
	return func(c *config) { c.keys = append(c.keys, keys...) }
}

// WithReconciliationMode sets the default reconciliation mode of every account, "automatic" or "manual", as a merchant
// does in the Dashboard. Without it the default is automatic.
func WithReconciliationMode(mode string) Option {
	mustMode("WithReconciliationMode", mode)
	return func(c *config) { c.mode = mode }
}
