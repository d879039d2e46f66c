package stripetest

import (
	"cmp"
	"strings"
)

// bankAccount is an account at a bank. Its number is not kept.
type bankAccount struct {
	ID            string            `json:"id"`
	AccountType   string            `json:"account_type,omitempty"`
	Country       string            `json:"country"`
	Currency      string            `json:"currency"`
	Failures      int               `json:"failures,omitempty"` // of attempts to verify it
	Fingerprint   string            `json:"fingerprint"`
	HolderName    string            `json:"holder_name,omitempty"`
	HolderType    string            `json:"holder_type,omitempty"`
	Last4         string            `json:"last4"`
	Metadata      map[string]string `json:"metadata,omitempty"`
	RoutingNumber string            `json:"routing_number,omitempty"`
	Status        string            `json:"status"`
}

const (
	bankNew      = "new"
	bankVerified = "verified"
	bankFailed   = "verification_failed"
)

func holderType() param  { return enum("account_holder_type", "company", "individual") }
func accountType() param { return enum("account_type", "checking", "futsu", "savings", "toza") }

// bankFields are the details of a bank account that is given raw.
func bankFields(others ...param) []param {
	return append(others,
		text("account_number", 5000).require(),
		text("country", 5000).require(),
		text("currency", 5000).nonEmpty(),
		text("routing_number", 5000),
		text("account_holder_name", 5000),
		holderType(),
	)
}

// readBankAccount makes a bank account of raw details. It has no ID yet. Stripe takes only its own test numbers in test
// mode; the emulator takes any that could be one. The wordings are not verified, the codes are documented.
func (c *call) readBankAccount(f *form) (*bankAccount, *apiError) {
	merged, err := f.mergeMetadata(nil)
	if err != nil {
		return nil, err
	}
	country := strings.ToUpper(f.text("country"))
	currency := cmp.Or(strings.ToLower(f.text("currency")), currencyOf(country))
	switch {
	case currency == "":
		return nil, missing("currency")
	case !isCurrency(currency):
		return nil, invalidRequest("", "currency", "Invalid currency: %s", currency)
	case len(country) != 2 || strings.Trim(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		return nil, invalidRequest("country_code_invalid", "country", "Country '%s' is unknown. Try using a 2-character alphanumeric "+
			"country code instead, such as 'US', 'EG', or 'GB'.", country)
	}
	routing := strings.NewReplacer(" ", "", "-", "").Replace(f.text("routing_number"))
	if country == "US" && !passesABA(routing) {
		return nil, newError(400, "routing_number_invalid", "routing_number", "Invalid routing number")
	}
	number := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(f.text("account_number")))
	if len(number) < 4 || len(number) > 34 || strings.Trim(number, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return nil, newError(400, "account_number_invalid", "account_number", "Invalid account number")
	}
	return &bankAccount{
		AccountType:   f.text("account_type"),
		Country:       country,
		Currency:      currency,
		Fingerprint:   c.fingerprint("bank_account", country+" "+routing+" "+number),
		HolderName:    f.text("account_holder_name"),
		HolderType:    f.text("account_holder_type"),
		Last4:         number[len(number)-4:],
		Metadata:      merged,
		RoutingNumber: routing,
		Status:        bankNew,
	}, nil
}

// currencyOf is what a bank account in a country is kept in, for the countries that these tests need.
func currencyOf(country string) string {
	switch country {
	case "US":
		return "usd"
	case "GB":
		return "gbp"
	case "CA":
		return "cad"
	case "AT", "BE", "DE", "ES", "FI", "FR", "IE", "IT", "LU", "NL", "PT":
		return "eur"
	default:
		return ""
	}
}

// passesABA checks the nine digits of an American routing number.
func passesABA(routing string) bool {
	if len(routing) != 9 || strings.Trim(routing, "0123456789") != "" {
		return false
	}
	sum := 0
	for i, weight := range [...]int{3, 7, 1, 3, 7, 1, 3, 7, 1} {
		sum += int(routing[i]-'0') * weight
	}
	return sum%10 == 0
}

// showBankAccount renders a bank account without its owner.
func showBankAccount(b *bankAccount) object {
	return object{
		"id":                  b.ID,
		"object":              "bank_account",
		"account_holder_name": nullable(b.HolderName),
		"account_holder_type": nullable(b.HolderType),
		"account_type":        nullable(b.AccountType),
		"bank_name":           "STRIPE TEST BANK",
		"country":             b.Country,
		"currency":            b.Currency,
		"fingerprint":         b.Fingerprint,
		"last4":               b.Last4,
		"metadata":            showMetadata(b.Metadata),
		"routing_number":      nullable(b.RoutingNumber),
		"status":              b.Status,
	}
}
