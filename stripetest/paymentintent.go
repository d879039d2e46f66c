package stripetest

import (
	"slices"
	"strings"
)

// paymentIntent is the state of a PaymentIntent of type customer_balance: one that is paid from the cash balance.
type paymentIntent struct {
	ID                 string            `json:"id"`
	Created            int64             `json:"created"`
	Customer           string            `json:"customer,omitempty"`
	Amount             int64             `json:"amount"`
	Funded             int64             `json:"funded"`   // moved to it from the cash balance
	Refunded           int64             `json:"refunded"` // moved back after it succeeded
	Currency           string            `json:"currency"`
	Status             string            `json:"status"`
	ClientSecret       string            `json:"client_secret"`
	CaptureMethod      string            `json:"capture_method,omitempty"`
	ConfirmationMethod string            `json:"confirmation_method,omitempty"`
	Description        string            `json:"description,omitempty"`
	Metadata           map[string]string `json:"metadata,omitempty"`
	PaymentMethod      string            `json:"payment_method,omitempty"`
	LatestCharge       string            `json:"latest_charge,omitempty"`
	TransferType       string            `json:"transfer_type,omitempty"` // as the payment_method_options have it
	Country            string            `json:"country,omitempty"`
	AddressTypes       []string          `json:"address_types,omitempty"`
	Reference          string            `json:"reference,omitempty"`
	CanceledAt         int64             `json:"canceled_at,omitempty"`
	CancellationReason string            `json:"cancellation_reason,omitempty"`
}

const (
	intentKind            = "payment_intent"
	intentsPath           = "/v1/payment_intents"
	methodCustomerBalance = "customer_balance"

	needsMethod  = "requires_payment_method"
	needsConfirm = "requires_confirmation"
	needsAction  = "requires_action"
	succeeded    = "succeeded"
	canceled     = "canceled"
)

func paymentIntentRoutes() []route {
	const path = intentsPath + "/{intent}"
	filter := func() []param {
		return append(unmodelled("customer_account"), createdParam(), text("customer", 5000).nonEmpty())
	}
	secret := func() []param { return []param{text("client_secret", 5000)} }
	cancel := func() []param {
		return []param{enum("cancellation_reason", "abandoned", "duplicate", "fraudulent", "requested_by_customer")}
	}
	apply := func() []param {
		return []param{integer("amount").between(1, maxTransfer), text("currency", 5000).nonEmpty()}
	}
	return []route{
		{method: "GET", path: intentsPath, returns: intentKind, list: true, handle: listIntents, params: filter},
		{method: "POST", path: intentsPath, returns: intentKind, handle: createIntent, params: createIntentParams},
		{method: "GET", path: path, returns: intentKind, handle: getIntent, params: secret},
		{method: "POST", path: path + "/confirm", returns: intentKind, handle: confirmIntent, params: confirmIntentParams},
		{method: "POST", path: path + "/cancel", returns: intentKind, handle: cancelIntent, params: cancel},
		{method: "POST", path: path + "/apply_customer_balance", returns: intentKind, handle: applyCustomerBalance, params: apply},
	}
}

func createIntent(c *call) (object, *apiError) {
	pi := &paymentIntent{
		Created:  c.now,
		Customer: c.form.text("customer"),
		Amount:   c.form.integer("amount", 0),
		Currency: strings.ToLower(c.form.text("currency")),
		Status:   needsMethod,
	}
	c.form.set("description", &pi.Description)
	c.form.set("capture_method", &pi.CaptureMethod)
	c.form.set("confirmation_method", &pi.ConfirmationMethod)
	var err *apiError
	if pi.Metadata, err = c.form.mergeMetadata(nil); err != nil {
		return nil, err
	}
	if err := c.checkIntent(pi); err != nil {
		return nil, err
	}
	if err := pi.choose(c.form); err != nil {
		return nil, err
	}
	confirm := c.form.text("confirm") == "true"
	if confirm {
		if err := pi.checkConfirm(); err != nil {
			return nil, err
		}
	}
	c.addIntent(pi)
	if confirm {
		c.confirm(pi)
	}
	return c.showIntent(pi), nil
}

// checkIntent says what the emulator, and Stripe, need to pay from a cash balance. The wordings are not verified.
func (c *call) checkIntent(pi *paymentIntent) *apiError {
	if !slices.Equal(c.form.texts("payment_method_types"), []string{methodCustomerBalance}) {
		return notModelled("payment_method_types", "PaymentIntents of other types than customer_balance: send "+
			"payment_method_types[]=customer_balance and nothing else")
	}
	if _, ok := regionOf(pi.Currency); !ok {
		return invalidRequest("", "currency", "Invalid currency: %s. The customer_balance payment method supports eur, gbp, jpy, "+
			"mxn, and usd.", pi.Currency)
	}
	if pi.Customer == "" {
		return invalidRequest("parameter_missing", "customer", "The customer_balance payment method requires a customer.")
	}
	if cus := c.acct.Customers[pi.Customer]; cus == nil || cus.Deleted {
		return noSuchParam("customer", pi.Customer, "customer")
	}
	return nil
}

// addIntent gives a PaymentIntent its ID and its place.
func (c *call) addIntent(pi *paymentIntent) {
	pi.ID = c.newID("pi_3", 23)
	pi.ClientSecret = pi.ID + c.newID("_secret_", 25)
	if pi.PaymentMethod != "" {
		pi.PaymentMethod = c.newID("pm_1", 23)
	}
	c.acct.PaymentIntents = append(c.acct.PaymentIntents, pi)
	c.emit("payment_intent.created", c.showIntent(pi), nil)
}

func getIntent(c *call) (object, *apiError) {
	pi, err := c.findIntent()
	if err != nil {
		return nil, err
	}
	if secret := c.form.text("client_secret"); secret != "" && secret != pi.ClientSecret {
		return nil, newError(400, "payment_intent_invalid_parameter", "client_secret",
			"The client_secret provided does not match the client_secret associated with this PaymentIntent.")
	}
	return c.showIntent(pi), nil
}

func listIntents(c *call) (object, *apiError) {
	customer := c.form.text("customer")
	if customer != "" && c.acct.Customers[customer] == nil {
		return nil, noSuchParam("customer", customer, "customer")
	}
	created, err := c.createdFilter()
	if err != nil {
		return nil, err
	}
	var found []*paymentIntent
	for _, pi := range c.acct.PaymentIntents {
		if (customer == "" || pi.Customer == customer) && (created(pi.Created) || c.isCursor(pi.ID)) {
			found = append(found, pi)
		}
	}
	return answerList(c, found, intentKind, func(pi *paymentIntent) string { return pi.ID }, c.showIntent)
}

func (c *call) findIntent() (*paymentIntent, *apiError) {
	id := c.id("intent")
	if pi := c.acct.intent(id); pi != nil {
		return pi, nil
	}
	return nil, noSuch(intentKind, id, "intent")
}

func (a *account) intent(id string) *paymentIntent {
	for _, pi := range a.PaymentIntents {
		if pi.ID == id {
			return pi
		}
	}
	return nil
}
