package stripetest

import (
	"maps"
	"net"
	"strings"
)

// token stands for the details of a card or a bank account, once.
type token struct {
	ID          string       `json:"id"`
	Created     int64        `json:"created"`
	ClientIP    string       `json:"client_ip,omitempty"`
	Used        bool         `json:"used,omitempty"`
	Card        *card        `json:"card,omitempty"`
	BankAccount *bankAccount `json:"bank_account,omitempty"`
}

func tokenRoutes() []route {
	create := func() []param {
		return append(unmodelled("account", "customer", "cvc_update", "person", "pii"),
			orText(hash("card", cardFields(text("currency", 5000),
				hash("networks", enum("preferred", "cartes_bancaires", "mastercard", "visa")))...)),
			hash("bank_account", bankFields(append(unmodelled("payment_method"), accountType())...)...))
	}
	return []route{
		{method: "POST", path: "/v1/tokens", params: create, returns: "token", publishable: true, handle: createToken},
		{method: "GET", path: "/v1/tokens/{token}", returns: "token", handle: getToken},
	}
}

func createToken(c *call) (object, *apiError) {
	t := &token{Created: c.now, ClientIP: clientIP(c)}
	var err *apiError
	switch f := c.form; {
	case f.has("card") && f.has("bank_account"):
		return nil, exclusive([]string{"bank_account", "card"})
	case f.has("card"):
		if f.at("card").leaf {
			return nil, notModelled("card", "tokens for cards that are saved already")
		}
		if t.Card, err = c.readCard(f.at("card")); err != nil {
			return nil, err
		}
		t.Card.ID = c.newID("card_1", 23)
		t.ID = c.newID("tok_1", 23)
	case f.has("bank_account"):
		if t.BankAccount, err = c.readBankAccount(f.at("bank_account")); err != nil {
			return nil, err
		}
		t.BankAccount.ID = c.newID("ba_1", 23)
		t.ID = c.newID("btok_1", 23)
	default: // the wording is not verified
		return nil, invalidRequest("parameter_missing", "", "You must supply either a card or a bank account to create a token.")
	}
	if c.acct.Tokens == nil {
		c.acct.Tokens = map[string]*token{}
	}
	c.acct.Tokens[t.ID] = t
	return showToken(t), nil
}

// clientIP is who made the token; "" without a connection.
func clientIP(c *call) string {
	host, _, _ := net.SplitHostPort(c.req.RemoteAddr)
	return host
}

// getToken shows a token that was created. Whether Stripe shows its own test tokens is not verified; this doesn't.
func getToken(c *call) (object, *apiError) {
	t := c.acct.Tokens[c.id("token")]
	if t == nil {
		return nil, noSuch("token", c.id("token"), "token")
	}
	return showToken(t), nil
}

func showToken(t *token) object {
	o := object{
		"id":        t.ID,
		"object":    "token",
		"client_ip": nullable(t.ClientIP),
		"created":   t.Created,
		"livemode":  false,
		"used":      t.Used,
	}
	if t.BankAccount != nil {
		o["type"], o["bank_account"] = kindOfBank, showBankAccount(t.BankAccount)
		return o
	}
	shown := showCard(t.Card)
	for _, check := range [...]string{"cvc_check", "address_line1_check", "address_zip_check"} {
		if shown[check] != nil {
			shown[check] = "unchecked" // until it is attached
		}
	}
	o["type"], o["card"] = kindOfCard, shown
	return o
}

// readToken is what a token offers: one of Stripe's test tokens, which last, or one that was created, which doesn't.
func (c *call) readToken(param, id string) (*offer, *apiError) {
	if i := c.testToken(id); i != nil {
		return &offer{instrument: i, param: param}, nil
	}
	t := c.acct.Tokens[id]
	switch {
	case t == nil:
		return nil, noSuchParam("token", id, param)
	case t.Used:
		return nil, newError(400, "token_already_used", param, "You cannot use a Stripe token more than once: %s.", id)
	}
	i := &instrument{} // copies: what happens to the card is not the token's business
	if t.Card != nil {
		k := *t.Card
		k.Address = maps.Clone(k.Address)
		i.Card = &k
	} else {
		b := *t.BankAccount
		i.BankAccount = &b
	}
	return &offer{instrument: i, token: t, param: param}, nil
}

// testToken is what a name like tok_visa or btok_us_verified stands for. That these cards carry a security code, which
// the checks need, that they expire in a year and that they can be paid to in dollars, is not verified.
func (c *call) testToken(name string) *instrument {
	if row, ok := testCardRow(columnToken, name); ok {
		number, err := readCardNumber(row[columnNumber])
		if err != nil {
			return nil
		}
		number.trait = row[columnTrait]
		k := c.newCard(number)
		k.HasCVC, k.Currency = true, "usd"
		k.ExpMonth, k.ExpYear = nextYear(c.now)
		if strings.HasPrefix(k.Trait, "avs_") {
			k.Address = map[string]string{"address_line1": "510 Townsend St", "address_zip": "94103"}
		}
		return &instrument{Card: k}
	}
	if number, status := testBank(name); number != "" {
		return &instrument{BankAccount: &bankAccount{
			Country:       "US",
			Currency:      "usd",
			Fingerprint:   c.fingerprint(kindOfBank, "US 110000000 "+number),
			Last4:         number[len(number)-4:],
			RoutingNumber: "110000000",
			Status:        status,
		}}
	}
	return nil
}

// testBank is the number and the status of the test bank account behind a token.
func testBank(name string) (number, status string) {
	switch name {
	case "btok_us":
		return "000123456789", bankNew
	case "btok_us_verified":
		return "000123456789", bankVerified
	case "btok_us_verified_noAccount":
		return "000111111116", bankVerified
	case "btok_us_verified_accountClosed":
		return "000111111113", bankVerified
	case "btok_us_verified_insufficientFunds":
		return "000222222227", bankVerified
	case "btok_us_verified_debitNotAuthorized":
		return "000333333335", bankVerified
	case "btok_us_verified_invalidCurrency":
		return "000444444440", bankVerified
	default:
		return "", ""
	}
}

func tokenExpansions() expansions {
	return expansions{"token": {"bank_account": kindOfBank, "card": kindOfCard}}
}
