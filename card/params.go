package card

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/ccb8c2b4/stripecash"
)

// CreateParams are a new card: a token or raw details, one of the two.
type CreateParams struct {
	Token   string   // "tok_…", as Stripe.js makes it, or a test token such as "tok_visa"
	Details *Details // raw, for those who are allowed to handle card numbers

	// DefaultForCurrency makes the card an account's default for its currency; the first one is that anyway.
	DefaultForCurrency bool
	Metadata           stripecash.Metadata
}

// Details are a card's raw details. Handling them makes a program subject to PCI DSS, and Stripe
// accepts them only from accounts that have asked for it; a token avoids both.
//
// See https://docs.stripe.com/security/guide.
type Details struct {
	Number   Secret `url:"number"`    // required
	ExpMonth int    `url:"exp_month"` // 1 to 12
	ExpYear  int    `url:"exp_year"`  // four digits
	CVC      Secret `url:"cvc"`       // should always be given

	Name           string `url:"name,omitempty"` // of the cardholder
	AddressLine1   string `url:"address_line1,omitempty"`
	AddressLine2   string `url:"address_line2,omitempty"`
	AddressCity    string `url:"address_city,omitempty"`
	AddressState   string `url:"address_state,omitempty"`
	AddressZip     string `url:"address_zip,omitempty"`
	AddressCountry string `url:"address_country,omitempty"`

	Currency stripecash.Currency `url:"currency,omitempty"` // of payouts; only for an account's card, where the API requires it

	// Stripe's specification has these without a word on them.
	Encrypted    Secret        `url:"encrypted"`
	NetworkToken *NetworkToken `url:"network_token,omitempty"`
	SwipeData    Secret        `url:"swipe_data"`
}

// NetworkToken is a number that a card network gave out in place of the card's own.
type NetworkToken struct {
	Number Secret `url:"number"`
}

func (p *CreateParams) validate(owner Owner) error {
	switch {
	case p == nil, p.Token == "" && p.Details == nil:
		return errors.New("neither token nor details are given; one of them is required")
	case p.Token != "" && p.Details != nil:
		return errors.New("token and details are given; they exclude each other, give one") // a number may stand in the token
	case p.Token != strings.TrimSpace(p.Token):
		return errors.New("token has white space around it; trim it")
	case p.Token != "" && !strings.ContainsFunc(p.Token, unicode.IsLetter): // the API's error would show it
		return errors.New("token is a number; a card's number goes into details")
	case p.DefaultForCurrency && owner.kind != account:
		return errors.New("default_for_currency is true; only an account's card can be a default for its currency")
	case p.Details != nil:
		return p.Details.validate(owner)
	}
	return nil
}

func (d *Details) validate(owner Owner) error {
	switch {
	case d.Number.IsZero():
		return errors.New("details: number is empty; it is required")
	case d.Currency != "" && owner.kind != account:
		return fmt.Errorf("details: currency is %q; only an account's card has one", d.Currency)
	}
	if err := cmp.Or(validMonth(d.ExpMonth), validYear(d.ExpYear)); err != nil {
		return fmt.Errorf("details: %w", err)
	}
	return nil
}

// UpdateParams are what can be changed of a card. Nil leaves a text alone, new("") clears it.
type UpdateParams struct {
	ExpMonth int `url:"exp_month,omitempty"` // 1 to 12; 0 leaves it alone
	ExpYear  int `url:"exp_year,omitempty"`  // four digits; 0 leaves it alone

	Name           *string `url:"name,omitempty"` // of the cardholder
	AddressLine1   *string `url:"address_line1,omitempty"`
	AddressLine2   *string `url:"address_line2,omitempty"`
	AddressCity    *string `url:"address_city,omitempty"`
	AddressState   *string `url:"address_state,omitempty"`
	AddressZip     *string `url:"address_zip,omitempty"`
	AddressCountry *string `url:"address_country,omitempty"`

	// DefaultForCurrency makes the card an account's default for its currency. False leaves it alone: to change the default,
	// set this for another card.
	DefaultForCurrency bool                `url:"default_for_currency,omitempty"`
	Metadata           stripecash.Metadata `url:"metadata"`
}

func (p *UpdateParams) validate(owner Owner) error {
	switch {
	case p == nil:
		return nil
	case p.DefaultForCurrency && owner.kind != account:
		return errors.New("default_for_currency is true; only an account's card can be a default for its currency")
	}
	var month, year error
	if p.ExpMonth != 0 {
		month = validMonth(p.ExpMonth)
	}
	if p.ExpYear != 0 {
		year = validYear(p.ExpYear)
	}
	return cmp.Or(month, year)
}

func validMonth(month int) error {
	if month < 1 || month > 12 {
		return fmt.Errorf("exp_month is %d; it must be 1 to 12", month)
	}
	return nil
}

func validYear(year int) error {
	if year < 1000 || year > 9999 {
		return fmt.Errorf("exp_year is %d; it must have four digits", year)
	}
	return nil
}
