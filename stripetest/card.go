package stripetest

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// card is a payment card. Its number and its security code are not kept; what follows from them is.
type card struct {
	ID          string            `json:"id"`
	Address     map[string]string `json:"address,omitempty"` // by the names of the parameters: address_line1
	Brand       string            `json:"brand"`
	Country     string            `json:"country"`
	Currency    string            `json:"currency,omitempty"` // of payouts to it
	ExpMonth    int64             `json:"exp_month"`
	ExpYear     int64             `json:"exp_year"`
	Fingerprint string            `json:"fingerprint"`
	Funding     string            `json:"funding"`
	HasCVC      bool              `json:"has_cvc,omitempty"`
	Last4       string            `json:"last4"`
	Metadata    map[string]string `json:"metadata,omitempty"`
	Name        string            `json:"name,omitempty"`
	Network     string            `json:"network,omitempty"` // the preferred one
	Trait       string            `json:"trait,omitempty"`   // what is special about its number
}

// addressNames are the parts of a card's address, as its parameters and its fields are called.
func addressNames() []string {
	return []string{"address_city", "address_country", "address_line1", "address_line2", "address_state", "address_zip"}
}

func addressTexts() []param {
	var params []param
	for _, name := range addressNames() {
		params = append(params, text(name, 5000))
	}
	return params
}

// cardFields are the details of a card that is given raw. The month and the year are texts, as for tokens: what isn't a
// number is no valid month.
func cardFields(others ...param) []param {
	return slices.Concat(others, addressTexts(), []param{
		text("number", 5000).require(),
		text("exp_month", 5000).require(),
		text("exp_year", 5000).require(),
		text("cvc", 5000),
		text("name", 5000),
	})
}

// readCard makes a card of raw details. It has no ID yet.
func (c *call) readCard(f *form) (*card, *apiError) {
	number, err := readCardNumber(f.text("number"))
	if err != nil {
		return nil, err
	}
	k := c.newCard(number)
	if k.Metadata, err = f.mergeMetadata(nil); err != nil {
		return nil, err
	}
	if err := k.readExpiry(f, c.now); err != nil {
		return nil, err
	}
	cvc := f.text("cvc")
	if (cvc != "" && len(cvc) != 3 && len(cvc) != 4) || strings.Trim(cvc, "0123456789") != "" {
		return nil, cardProblem("invalid_cvc", "cvc", "Your card's security code is invalid.")
	}
	k.HasCVC = cvc != ""
	k.Currency = strings.ToLower(f.text("currency"))
	if k.Currency != "" && !isCurrency(k.Currency) {
		return nil, invalidRequest("", "currency", "Invalid currency: %s", k.Currency)
	}
	k.Network = f.text("networks", "preferred")
	k.readBilling(f)
	return k, nil
}

func (c *call) newCard(number cardNumber) *card {
	return &card{
		Brand:       number.brand,
		Country:     number.country,
		Fingerprint: c.fingerprint("card", number.digits),
		Funding:     number.funding,
		Last4:       number.digits[len(number.digits)-4:],
		Trait:       number.trait,
	}
}

// readBilling writes the name and those parts of the address that were given; empty ones are unset.
func (k *card) readBilling(f *form) {
	f.set("name", &k.Name)
	for _, name := range addressNames() {
		if !f.has(name) {
			continue
		}
		if k.Address == nil {
			k.Address = map[string]string{}
		}
		k.Address[name] = f.text(name)
	}
}

// readExpiry writes month and year, as far as they are given, if together they are not in the past. Years may have two
// digits. That a month gone by in the current year is called an invalid month is not verified, and so is the furthest year.
func (k *card) readExpiry(f *form, now int64) *apiError {
	if !f.has("exp_month") && !f.has("exp_year") {
		return nil
	}
	today := time.Unix(now, 0).UTC()
	month, year := k.ExpMonth, k.ExpYear
	var err error
	if f.has("exp_month") {
		if month, err = strconv.ParseInt(f.text("exp_month"), 10, 64); err != nil || month < 1 || month > 12 {
			return cardProblem("invalid_expiry_month", "exp_month", "Your card's expiration month is invalid.")
		}
	}
	if f.has("exp_year") {
		year, err = strconv.ParseInt(f.text("exp_year"), 10, 64)
		if year >= 0 && year < 100 {
			year += 2000
		}
		if thisYear := int64(today.Year()); err != nil || year < thisYear || year > thisYear+50 {
			return cardProblem("invalid_expiry_year", "exp_year", "Your card's expiration year is invalid.")
		}
	}
	if year == int64(today.Year()) && month < int64(today.Month()) {
		return cardProblem("invalid_expiry_month", "exp_month", "Your card's expiration month is invalid.")
	}
	k.ExpMonth, k.ExpYear = month, year
	return nil
}

// nextYear is a month that is a year away.
func nextYear(now int64) (month, year int64) {
	today := time.Unix(now, 0).UTC()
	return int64(today.Month()), int64(today.Year()) + 1
}

// check is how a datum of the card fared: null when it was not given.
func (k *card) check(given bool, failing ...string) any {
	switch {
	case !given:
		return nil
	case slices.Contains(failing, k.Trait):
		return "fail"
	case k.Trait == "avs_unavailable" && len(failing) > 1:
		return "unavailable"
	default:
		return "pass"
	}
}

// showCard renders a card without its owner.
func showCard(k *card) object {
	o := object{
		"id":                  k.ID,
		"object":              "card",
		"allow_redisplay":     "unspecified",
		"brand":               k.Brand,
		"country":             k.Country,
		"dynamic_last4":       nil,
		"exp_month":           k.ExpMonth,
		"exp_year":            k.ExpYear,
		"fingerprint":         k.Fingerprint,
		"funding":             k.Funding,
		"last4":               k.Last4,
		"metadata":            showMetadata(k.Metadata),
		"name":                nullable(k.Name),
		"networks":            object{"preferred": nullable(k.Network)},
		"regulated_status":    "unregulated",
		"tokenization_method": nil,

		"cvc_check":           k.check(k.HasCVC, "cvc_check_fail"),
		"address_line1_check": k.check(k.Address["address_line1"] != "", "avs_fail", "avs_line1_fail"),
		"address_zip_check":   k.check(k.Address["address_zip"] != "", "avs_fail", "avs_zip_fail"),
	}
	for _, name := range addressNames() {
		o[name] = nullable(k.Address[name])
	}
	return o
}
