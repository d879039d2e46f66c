package stripetest

import (
	"slices"
	"strings"
)

// choose reads how the PaymentIntent is to be paid. Its payment method gets an ID when everything else is known.
func (pi *paymentIntent) choose(f *form) *apiError {
	if kind := f.text("payment_method_data", "type"); kind != "" {
		if kind != methodCustomerBalance {
			return notModelled("payment_method_data[type]", "payment methods of type %s", kind)
		}
		pi.PaymentMethod, pi.Status = "pm_", needsConfirm
	}
	transfer := f.at("payment_method_options", methodCustomerBalance, "bank_transfer")
	if kind := transfer.text("type"); kind != "" {
		place, _ := regionOf(pi.Currency)
		const name = "payment_method_options[customer_balance][bank_transfer]"
		if kind != place.kind { // the wording is not verified
			return invalidRequest("", name+"[type]", "The bank transfer type %s can't be used with the currency %s.", kind, pi.Currency)
		}
		pi.TransferType = kind
		pi.Country = transfer.text("eu_bank_transfer", "country")
		pi.AddressTypes = transfer.texts("requested_address_types")
		if kind == "eu_bank_transfer" && pi.Country == "" {
			param := name + "[eu_bank_transfer][country]"
			return invalidRequest("parameter_missing", param, "Missing required param: %s.", param)
		}
	}
	return nil
}

func (pi *paymentIntent) checkConfirm() *apiError {
	if pi.PaymentMethod == "" {
		return newError(400, "payment_intent_unexpected_state", "", "You cannot confirm this PaymentIntent because it's missing "+
			"a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or "+
			"confirm it again directly with a payment method or ConfirmationToken.")
	}
	if pi.TransferType == "" {
		const param = "payment_method_options[customer_balance][funding_type]"
		return invalidRequest("parameter_missing", param, "Missing required param: %s.", param)
	}
	return nil
}

func confirmIntent(c *call) (object, *apiError) {
	pi, err := c.findIntent()
	if err != nil {
		return nil, err
	}
	if pi.Status != needsMethod && pi.Status != needsConfirm {
		return nil, c.unexpected(pi, "You cannot confirm this PaymentIntent because it has a status of %s.", pi.Status)
	}
	if c.acct.Customers[pi.Customer].Deleted {
		return nil, noSuchParam("customer", pi.Customer, "customer")
	}
	changed := *pi
	if types := c.form.texts("payment_method_types"); types != nil && !slices.Equal(types, []string{methodCustomerBalance}) {
		return nil, notModelled("payment_method_types", "PaymentIntents of other types than customer_balance")
	}
	if err := changed.choose(c.form); err != nil {
		return nil, err
	}
	if err := changed.checkConfirm(); err != nil {
		return nil, err
	}
	*pi = changed
	if pi.PaymentMethod == "pm_" {
		pi.PaymentMethod = c.newID("pm_1", 23)
	}
	c.confirm(pi)
	return c.showIntent(pi), nil
}

// confirm opens a PaymentIntent to funds. In automatic mode what the customer has already goes to it at once.
func (c *call) confirm(pi *paymentIntent) {
	pi.Status = needsAction
	if pi.Currency != "jpy" { // Japanese transfers carry no reference
		pi.Reference = strings.ToUpper(c.newID("", 12))
	}
	cus := c.acct.Customers[pi.Customer]
	available := cus.CashBalance.Available[pi.Currency]
	if cus.CashBalance.mode(c.acct) == modeAutomatic && available >= pi.remaining() {
		c.apply(cus, pi, pi.remaining())
		return
	}
	c.emit("payment_intent.requires_action", c.showIntent(pi), nil)
	if cus.CashBalance.mode(c.acct) == modeAutomatic && available > 0 {
		c.apply(cus, pi, available)
	}
}

func (pi *paymentIntent) remaining() int64 { return pi.Amount - pi.Funded }

// apply moves funds from the cash balance to a PaymentIntent.
func (c *call) apply(cus *customer, pi *paymentIntent, amount int64) {
	pi.Funded += amount
	c.post(cus, &transaction{Type: txnApplied, Currency: pi.Currency, NetAmount: -amount, PaymentIntent: pi.ID})
	if pi.remaining() > 0 {
		c.emit("payment_intent.partially_funded", c.showIntent(pi), nil)
		return
	}
	pi.Status = succeeded
	pi.LatestCharge = c.newID("py_3", 23)
	c.emit("payment_intent.succeeded", c.showIntent(pi), nil)
}

func cancelIntent(c *call) (object, *apiError) {
	pi, err := c.findIntent()
	if err != nil {
		return nil, err
	}
	if pi.Status == succeeded || pi.Status == canceled {
		return nil, c.unexpected(pi, "You cannot cancel this PaymentIntent because it has a status of %s. Only a PaymentIntent with "+
			"one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, "+
			"requires_action, processing.", pi.Status)
	}
	if pi.Funded > 0 { // what was moved to it goes back to the cash balance
		c.unapply(c.acct.Customers[pi.Customer], pi, pi.Funded)
	}
	pi.Status, pi.CanceledAt, pi.CancellationReason = canceled, c.now, c.form.text("cancellation_reason")
	c.emit("payment_intent.canceled", c.showIntent(pi), nil)
	return c.showIntent(pi), nil
}

func (c *call) unapply(cus *customer, pi *paymentIntent, amount int64) *transaction {
	pi.Funded -= amount
	t := &transaction{Type: txnUnapplied, Currency: pi.Currency, NetAmount: amount, PaymentIntent: pi.ID}
	c.post(cus, t)
	return t
}

// applyCustomerBalance is reconciliation by hand. That it takes what there is when no amount is given follows from the
// example in Stripe's guide; the wordings of its refusals are not verified.
func applyCustomerBalance(c *call) (object, *apiError) {
	pi, err := c.findIntent()
	if err != nil {
		return nil, err
	}
	if pi.Status != needsMethod && pi.Status != needsConfirm && pi.Status != needsAction {
		return nil, c.unexpected(pi, "You cannot apply the customer balance to this PaymentIntent because it has a status of %s.", pi.Status)
	}
	if currency := strings.ToLower(c.form.text("currency")); currency != "" && currency != pi.Currency {
		return nil, invalidRequest("", "currency", "The currency %s is not that of the PaymentIntent, %s.", currency, pi.Currency)
	}
	cus := c.acct.Customers[pi.Customer]
	available := max(cus.CashBalance.Available[pi.Currency], 0)
	amount := c.form.integer("amount", min(available, pi.remaining()))
	switch {
	case amount > pi.remaining():
		return nil, newError(400, "", "amount", "The amount %d is greater than the %d that the PaymentIntent still needs.", amount, pi.remaining())
	case amount > available || amount == 0:
		return nil, newError(400, "", "amount", "The customer's cash balance of %d %s is not enough.", available, pi.Currency)
	}
	if pi.PaymentMethod == "" {
		pi.PaymentMethod, pi.Status = c.newID("pm_1", 23), needsConfirm // the rest comes when it is confirmed, or applied too
	}
	c.apply(cus, pi, amount)
	return c.showIntent(pi), nil
}

// unexpected is the error of an action that doesn't fit the PaymentIntent's status.
func (c *call) unexpected(pi *paymentIntent, format string, args ...any) *apiError {
	err := newError(400, "payment_intent_unexpected_state", "", format, args...)
	err.paymentIntent = c.showIntent(pi)
	return err
}
