// Package stripecash is a typed client for the money side of a Stripe customer.
package stripecash
