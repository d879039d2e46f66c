package stripetest

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func sourceCreateParams() []param {
	params := []param{
		integer("amount").between(1, maxTransfer),
		text("currency", 5000).nonEmpty(),
		enum("flow", flowCode, flowNone, flowReceiver, flowRedirect),
		mandateParam(),
		metadata(),
		ownerParam(),
		hash("receiver", enum("refund_attributes_method", "email", "manual", "none")),
		hash("redirect", text("return_url", 5000).require()),
		sourceOrderParam(),
		text("statement_descriptor", 5000),
		text("token", 5000).nonEmpty(),
		text("type", 5000).nonEmpty(),
		enum("usage", usageReusable, usageOnce),
	}
	params = append(params, sourceDetailParams()...)
	return append(params, unmodelled("customer", "original_source")...)
}

func createSource(c *call) (object, *apiError) {
	s, o, err := c.readNewSource()
	if err != nil {
		return nil, err
	}
	if o != nil {
		c.take(o)
	}
	s.ID = c.newID("src_1", 23)
	s.ClientSecret = c.newID("src_client_secret_", 24)
	s.Created = c.now
	c.completeDetails(s)
	if c.acct.Sources == nil {
		c.acct.Sources = map[string]*source{}
	}
	c.acct.Sources[s.ID] = s
	if s.Flow == flowNone && s.Type != "wechat" {
		c.become(s, sourceChargeable)
	}
	if amount := testFunds(s.Owner.Email); amount > 0 && s.Receiver != nil {
		c.receiveForSource(s, amount)
	}
	return c.showSource(s), nil
}

// testFunds is what Stripe's test mode sends to a receiver whose owner has an address such as amount_4242@example.com.
func testFunds(email string) int64 {
	match := regexp.MustCompile(`^amount_(\d{1,12})@`).FindStringSubmatch(email)
	if match == nil {
		return 0
	}
	amount, _ := strconv.ParseInt(match[1], 10, 64)
	return amount
}

// readNewSource checks all that a new source needs, and writes nothing. The offer is that of its token. What is required of
// which type is documented, the wordings are not verified.
func (c *call) readNewSource() (*source, *offer, *apiError) {
	f := c.form
	s := &source{Type: f.text("type"), Status: sourcePending, Descriptor: f.text("statement_descriptor"), Details: map[string]string{}}
	if s.Type == "" && f.has("token") {
		s.Type = typeCard // not verified: the specification requires the type
	}
	kind, ok := sourceTypeOf(s.Type)
	switch {
	case s.Type == "":
		return nil, nil, missing("type")
	case s.Type == "card_present":
		return nil, nil, notModelled("type", "sources of type card_present, which only terminals make")
	case !ok:
		return nil, nil, invalidRequest("", "type", "Invalid source type: %s", s.Type)
	}
	var err *apiError
	if s.Metadata, err = f.mergeMetadata(nil); err != nil {
		return nil, nil, err
	}
	s.Owner.change(f.at("owner"))
	s.Order = s.Order.change(f.at("source_order"))
	for _, check := range []func(sourceType, *form) *apiError{s.readKind, s.readMoney, s.readFlow} {
		if err := check(kind, f); err != nil {
			return nil, nil, err
		}
	}
	o, err := c.readSourceDetails(s)
	return s, o, err
}

func missing(param string) *apiError {
	return invalidRequest("parameter_missing", param, "Missing required param: %s.", param)
}

// readKind reads the flow and the usage, as far as the type leaves a choice.
func (s *source) readKind(kind sourceType, f *form) *apiError {
	s.Flow = cmp.Or(f.text("flow"), kind.flows[0])
	if !slices.Contains(kind.flows, s.Flow) {
		return invalidRequest("", "flow", "Sources of type %s do not support the flow %s.", s.Type, s.Flow)
	}
	s.Usage = cmp.Or(f.text("usage"), kind.usages[0])
	if !slices.Contains(kind.usages, s.Usage) {
		return invalidRequest("", "usage", "Sources of type %s cannot be %s.", s.Type, s.Usage)
	}
	return nil
}

// readMoney reads amount and currency. What is for single use needs an amount, but a receiver that lasts must not have one.
func (s *source) readMoney(kind sourceType, f *form) *apiError {
	s.Amount = f.integer("amount", 0)
	s.Currency = strings.ToLower(f.text("currency"))
	switch {
	case s.Currency == "" && s.Type != typeCard:
		return missing("currency")
	case s.Currency != "" && !isCurrency(s.Currency):
		return invalidRequest("", "currency", "Invalid currency: %s", s.Currency)
	case kind.currencies != nil && !slices.Contains(kind.currencies, s.Currency):
		return invalidRequest("", "currency", "Sources of type %s must be in %s.", s.Type, oneOf(kind.currencies))
	case s.Amount == 0 && s.Usage == usageOnce:
		return missing("amount")
	case s.Amount != 0 && s.Usage == usageReusable && s.Flow == flowReceiver:
		return invalidRequest("", "amount", "The amount of a receiver cannot be specified until funds land.")
	}
	return nil
}

// readFlow reads what the flow needs. Multibanco is a receiver that can redirect as well.
func (s *source) readFlow(_ sourceType, f *form) *apiError {
	back := f.text("redirect", "return_url")
	switch {
	case s.Flow == flowRedirect && back == "":
		return missing("redirect[return_url]")
	case s.Flow == flowRedirect, s.Type == "multibanco" && back != "":
		if u, err := url.Parse(back); err != nil || u.Scheme == "" {
			return invalidRequest("url_invalid", "redirect[return_url]", "Not a valid URL")
		}
		s.Redirect = &redirect{ReturnURL: back, Status: "pending"}
	}
	switch {
	case s.Flow == flowReceiver:
		s.Receiver = &receiver{RefundMethod: cmp.Or(f.text("receiver", "refund_attributes_method"), "email"), RefundStatus: "missing"}
	case f.has("receiver"):
		return invalidRequest("", "receiver", "The receiver can only be set if the source's flow is receiver.")
	}
	if s.Flow == flowCode {
		s.Verification = &codeVerification{Attempts: maxCodeAttempts, Status: "pending"}
	}
	return nil
}

// change writes the parts of an owner that were given.
func (owner *sourceOwner) change(f *form) {
	f.set("email", &owner.Email)
	f.set("name", &owner.Name)
	f.set("phone", &owner.Phone)
	owner.Address = f.address("address", owner.Address)
}
