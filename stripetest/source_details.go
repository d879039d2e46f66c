package stripetest

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
)

// sourceDetailParams are the hashes that Stripe's guides have for some types. The API's specification doesn't list them.
func sourceDetailParams() []param {
	return []param{
		hash("acss_debit", text("account_number", 5000), text("institution_number", 5000), text("transit_number", 5000)),
		hash("au_becs_debit", text("account_number", 5000), text("bsb_number", 5000)),
		hash("bancontact", text("preferred_language", 5000)),
		hash("card", cardFields()...),
		hash("ideal", text("bank", 5000)),
		hash("klarna", text("first_name", 5000), text("last_name", 5000), text("locale", 5000), text("page_title", 5000),
			text("product", 5000), text("purchase_country", 5000), text("purchase_type", 5000)),
		hash("sepa_debit", text("iban", 5000)),
		hash("sofort", text("country", 5000), text("preferred_language", 5000)),
		hash("three_d_secure", text("card", 5000)),
		hash("wechat", text("statement_descriptor", 5000)),
	}
}

// readSourceDetails reads the token, or the hash of the source's type; that of another type is unknown.
func (c *call) readSourceDetails(s *source) (*offer, *apiError) {
	for _, p := range sourceDetailParams() {
		if p.name != s.Type && c.form.has(p.name) {
			return nil, invalidRequest("parameter_unknown", p.name, "Received unknown parameter: %s", p.name)
		}
	}
	if c.form.has("token") && c.form.has(s.Type) {
		return nil, exclusive([]string{"token", s.Type})
	}
	if c.form.has("token") {
		return c.readSourceToken(s)
	}
	f := c.form.at(s.Type)
	switch s.Type {
	case typeCard:
		if f == nil {
			return nil, missing("token")
		}
		k, err := c.readCard(f)
		s.Card = k
		return nil, err
	case typeSecure:
		return nil, c.readSecured(s, f)
	case typeSEPA:
		return nil, c.readIBAN(s, f)
	}
	kind, _ := sourceTypeOf(s.Type)
	for name, value := range f.textsByName() {
		if slices.Contains(kind.fields, name) || slices.Contains(kind.fields, "*"+name) {
			s.Details[name] = value
		}
	}
	if number := f.text("account_number"); len(number) > 4 {
		s.Details["last4"] = number[len(number)-4:]
		s.Details["fingerprint"] = c.fingerprint(s.Type, number)
	}
	return nil, nil
}

func (f *form) textsByName() map[string]string {
	if f == nil {
		return nil
	}
	return f.leaves()
}

// readSourceToken reads the card of a token, or the bank account for a debit in the United States.
func (c *call) readSourceToken(s *source) (*offer, *apiError) {
	o, err := c.readToken("token", c.form.text("token"))
	if err != nil {
		return nil, err
	}
	switch i := o.instrument; {
	case s.Type == typeCard && i.Card != nil:
		s.Card = i.Card
	case s.Type == "ach_debit" && i.BankAccount != nil:
		b := i.BankAccount
		s.Details = map[string]string{"bank_name": "STRIPE TEST BANK", "country": b.Country, "fingerprint": b.Fingerprint,
			"last4": b.Last4, "routing_number": b.RoutingNumber, "type": b.HolderType}
	default: // the wording is not verified
		return nil, invalidRequest("", "token", "This token cannot be used for a source of type %s.", s.Type)
	}
	return o, nil
}

// readSecured reads the card that is to be authenticated, which is a source itself.
func (c *call) readSecured(s *source, f *form) *apiError {
	id := f.text("card")
	other := c.acct.Sources[id]
	switch {
	case id == "":
		return missing("three_d_secure[card]")
	case other == nil:
		return noSuchParam("source", id, "three_d_secure[card]")
	case other.Type != typeCard || other.Status != sourceChargeable: // the wording is not verified
		return invalidRequest("", "three_d_secure[card]", "The source must be a chargeable card.")
	}
	k := *other.Card
	s.Card = &k
	s.Details["card"] = id
	return nil
}

// readIBAN reads the account to debit. Stripe's guide requires one; the specification has no such parameter, so that a client
// made of it can't give one, and gets the first of Stripe's test accounts.
func (c *call) readIBAN(s *source, f *form) *apiError {
	iban := strings.ToUpper(strings.ReplaceAll(cmp.Or(f.text("iban"), "DE89370400440532013000"), " ", ""))
	if !isIBAN(iban) { // the wording is not verified
		return invalidRequest("", "sepa_debit[iban]", "The IBAN you provided is invalid.")
	}
	s.Details["country"] = iban[:2]
	s.Details["fingerprint"] = c.fingerprint(s.Type, iban)
	s.Details["last4"] = iban[len(iban)-4:]
	if iban[:2] == "DE" {
		s.Details["bank_code"] = iban[4:12]
	}
	return nil
}

// isIBAN checks the form and the check digits.
func isIBAN(iban string) bool {
	if len(iban) < 15 || len(iban) > 34 || strings.Trim(iban[:2], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return false
	}
	var digits strings.Builder
	for _, r := range iban[4:] + iban[:4] {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case r >= 'A' && r <= 'Z':
			digits.WriteString(big.NewInt(int64(r - 'A' + 10)).String())
		default:
			return false
		}
	}
	n, _ := new(big.Int).SetString(digits.String(), 10)
	return new(big.Int).Mod(n, big.NewInt(97)).Int64() == 1
}

// completeDetails invents what Stripe adds to a new source, in the form of its examples.
func (c *call) completeDetails(s *source) {
	digits := func(kind string, n int) string {
		return strings.ToLower(c.fingerprint(kind, s.ID))[:n]
	}
	switch s.Type {
	case typeACH:
		s.Details = map[string]string{"account_number": "test_" + digits("account", 12), "bank_name": "TEST BANK",
			"fingerprint": c.fingerprint(s.Type, s.ID), "routing_number": "110000000", "swift_code": "TSTEZ122"}
		s.Receiver.Address = "110000000-" + s.Details["account_number"]
	case "multibanco":
		s.Details = map[string]string{"entity": "11249", "reference": digits("reference", 9)}
		s.Receiver.Address = s.Details["entity"] + "-" + s.Details["reference"]
	case typeSEPA:
		s.Details["mandate_reference"] = strings.ToUpper(digits("mandate", 16))
		s.Details["mandate_url"] = "https://hooks.stripe.com/adapter/sepa_debit/file/" + s.ID + "/" + s.ClientSecret
	case "wechat":
		s.Details["qr_code_url"] = "weixin://wxpay/bizpayurl?pr=" + digits("qr", 7)
		s.Details["prepay_id"] = "wx" + digits("prepay", 16)
	}
}
