package stripecash

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Version is the version of this library, as its User-Agent header says it.
const Version = "0.1.0"

// APIVersion is the version of Stripe's API that the types of this module were written against. Every request
// names it in its Stripe-Version header, so that the account's own default version does not change the answers;
// [WithAPIVersion] asks for another one.
const APIVersion = "2026-08-26.dahlia"

// Currency is a three-letter ISO 4217 code in lower case, "eur". The constants are the currencies that a cash
// balance can hold; any other passes through.
type Currency string

// The currencies of cash balances.
const (
	CurrencyEUR Currency = "eur"
	CurrencyGBP Currency = "gbp"
	CurrencyJPY Currency = "jpy"
	CurrencyMXN Currency = "mxn"
	CurrencyUSD Currency = "usd"
)

// Format writes an amount in the currency's smallest unit as a person reads it: CurrencyEUR.Format(10000) is
// "EUR 100.00" and CurrencyJPY.Format(500) is "JPY 500". It is meant for logs and terminals, not for locales.
//
// See https://docs.stripe.com/currencies#minor-units.
func (c Currency) Format(amount int64) string {
	sign, digits := "", strconv.FormatInt(amount, 10)
	if amount < 0 {
		sign, digits = "-", digits[1:]
	}
	if places := decimals(Currency(strings.ToLower(string(c)))); places > 0 {
		if missing := places + 1 - len(digits); missing > 0 {
			digits = strings.Repeat("0", missing) + digits
		}
		point := len(digits) - places
		digits = digits[:point] + "." + digits[point:]
	}
	return strings.ToUpper(string(c)) + " " + sign + digits
}

// decimals is how many digits of an amount stand behind the point. Stripe writes UGX and ISK with two, although
// they have none, so they are not among the exceptions.
func decimals(c Currency) int {
	switch c {
	case "bif", "clp", "djf", "gnf", CurrencyJPY, "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf":
		return 0
	case "bhd", "jod", "kwd", "omr", "tnd":
		return 3
	default:
		return 2
	}
}

// Timestamp is a moment in Unix seconds, as the API writes times. Zero stands for null: the time is not set.
type Timestamp int64

// Time is the timestamp in UTC. For a zero timestamp it is the zero time, so that IsZero tells.
func (t Timestamp) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.Unix(int64(t), 0).UTC()
}

// Address is a postal address in an answer; a part that the API does not know is empty.
type Address struct {
	City       string `json:"city"`
	Country    string `json:"country"` // two letters, ISO 3166-1 alpha-2
	Line1      string `json:"line1"`
	Line2      string `json:"line2"`
	PostalCode string `json:"postal_code"`
	State      string `json:"state"`
}

// AddressParams is a postal address in a request: nil leaves a part alone, new("") clears it.
type AddressParams struct {
	City       *string `url:"city,omitempty"`
	Country    *string `url:"country,omitempty"` // two letters, ISO 3166-1 alpha-2
	Line1      *string `url:"line1,omitempty"`
	Line2      *string `url:"line2,omitempty"`
	PostalCode *string `url:"postal_code,omitempty"`
	State      *string `url:"state,omitempty"`
}

// EncodeValues implements [query.Encoder]: it writes what the tags say, without looking for them.
func (p AddressParams) EncodeValues(key string, values *url.Values) error {
	setGiven(*values, key, "city", p.City)
	setGiven(*values, key, "country", p.Country)
	setGiven(*values, key, "line1", p.Line1)
	setGiven(*values, key, "line2", p.Line2)
	setGiven(*values, key, "postal_code", p.PostalCode)
	setGiven(*values, key, "state", p.State)
	return nil
}

// setGiven leaves out nil. It is not to be copied into each of its six calls.
//
//go:noinline
func setGiven(values url.Values, key, part string, text *string) {
	if text != nil {
		values.Add(key+"["+part+"]", *text)
	}
}
