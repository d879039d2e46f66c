package stripetest

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"strings"
)

// cardNumber is what a card's number tells about it.
type cardNumber struct {
	digits  string
	brand   string
	country string
	funding string
	trait   string // what Stripe's documentation says the number does; empty: nothing special
}

// readCardNumber reads a number as people write it, with spaces and dashes. Stripe declines in test mode what is not one of
// its test cards; the emulator takes any number that could be one, and treats it as an American credit card.
func readCardNumber(written string) (cardNumber, *apiError) {
	digits := strings.NewReplacer(" ", "", "-", "").Replace(written)
	if len(digits) < 12 || len(digits) > 19 || strings.Trim(digits, "0123456789") != "" {
		return cardNumber{}, cardProblem("invalid_number", "number", "The card number is not a valid credit card number.")
	}
	if !passesLuhn(digits) {
		return cardNumber{}, cardProblem("incorrect_number", "number", "Your card number is incorrect.")
	}
	row, _ := testCardRow(columnNumber, digits)
	funding := "credit"
	if strings.HasPrefix(digits, "400005") {
		funding = "debit"
	}
	return cardNumber{
		digits:  digits,
		brand:   brandOf(digits),
		country: countryOf(digits),
		funding: cmp.Or(row[columnFunding], funding),
		trait:   row[columnTrait],
	}, nil
}

func passesLuhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}

// brandOf names the brand as the card object does, which is not how payment methods do.
func brandOf(digits string) string {
	within := func(from, to string) bool { // prefixes of one length
		head := digits[:len(from)]
		return head >= from && head <= to
	}
	switch {
	case within("4", "4"):
		return "Visa"
	case within("51", "55"), within("2221", "2720"):
		return "MasterCard"
	case within("34", "34"), within("37", "37"):
		return "American Express"
	case within("6011", "6011"), within("644", "649"), within("65", "65"):
		return "Discover"
	case within("3528", "3589"):
		return "JCB"
	case within("30", "30"), within("36", "36"), within("38", "39"):
		return "Diners Club"
	case within("62", "62"), within("81", "81"):
		return "UnionPay"
	default:
		return "Unknown"
	}
}

// countryOf reads the country out of a number of Stripe's international test cards; all others are American.
func countryOf(digits string) string {
	switch digits[:6] {
	case "400000", "400005", "520000", "555555":
		if at := strings.Index(cardCountries, digits[6:9]); at >= 2 {
			return cardCountries[at-2 : at]
		}
	case "353011": // tok_jp_jcb
		return "JP"
	}
	return "US"
}

// fingerprint is the same for the same number in one account, and tells nothing about it.
func (c *call) fingerprint(kind, number string) string {
	mac := hmac.New(sha256.New, []byte(c.srv.state.Seed))
	mac.Write([]byte(c.account + " " + kind + " " + number))
	return base62(mac.Sum(nil), 16)
}
