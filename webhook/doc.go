// Package webhook takes in the events that Stripe sends.
//
// See https://docs.stripe.com/webhooks.
package webhook
