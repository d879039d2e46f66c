// Package stripetest is an emulator of the part of Stripe's API that stripecash speaks: stateful, strict and in memory.
package stripetest
