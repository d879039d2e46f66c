package stripetest

import "slices"

// AuthorizeSource lets the owner of a source authorize it, as at the end of a redirect: it becomes chargeable. It panics
// when the source is not pending, and for receivers, which [Account.ReceiveFunds] makes chargeable.
func (a *Account) AuthorizeSource(id string) {
	a.withSource("AuthorizeSource", id, func(c *call, s *source) *apiError {
		switch {
		case s.Status != sourcePending:
			return misuse("source %q is %s: only a pending one can be authorized", id, s.Status)
		case s.Flow == flowReceiver:
			return misuse("source %q is a receiver: use ReceiveFunds", id)
		case s.Flow == flowCode:
			return misuse("source %q is verified by a code: send 32 and 45 to /verify", id)
		}
		if s.Redirect != nil {
			s.Redirect.Status = "succeeded"
		}
		c.become(s, sourceChargeable)
		return nil
	})
}

// FailSource lets the authorization of a source fail: because of "declined", "processing_error" or "user_abort". It panics
// when the source is not pending.
func (a *Account) FailSource(id, reason string) {
	a.withSource("FailSource", id, func(c *call, s *source) *apiError {
		switch {
		case !slices.Contains([]string{"declined", "processing_error", "user_abort"}, reason):
			return misuse("the reason is %q: it must be declined, processing_error or user_abort", reason)
		case s.Status != sourcePending:
			return misuse("source %q is %s: only a pending one can fail", id, s.Status)
		}
		if s.Redirect != nil {
			s.Redirect.Status, s.Redirect.FailureReason = "failed", reason
		}
		c.become(s, sourceFailed)
		return nil
	})
}

// CancelSource cancels a source, as Stripe does with one that its owner or its merchant has abandoned. It panics when the
// source is neither pending nor chargeable.
func (a *Account) CancelSource(id string) {
	a.withSource("CancelSource", id, func(c *call, s *source) *apiError {
		if s.Status != sourcePending && s.Status != sourceChargeable {
			return misuse("source %q is %s: it can't be canceled any more", id, s.Status)
		}
		c.become(s, sourceCanceled)
		return nil
	})
}

// ReceiveFunds lets funds arrive at a receiver, in minor units of its currency, and returns the ID of the source
// transaction.
func (a *Account) ReceiveFunds(id string, amount int64) (transaction string) {
	a.withSource("ReceiveFunds", id, func(c *call, s *source) *apiError {
		switch {
		case s.Receiver == nil:
			return misuse("source %q is no receiver: its flow is %s", id, s.Flow)
		case amount < 1 || amount > maxTransfer:
			return misuse("the amount is %d: it must be from 1 to %d", amount, int64(maxTransfer))
		case s.Status != sourcePending && s.Status != sourceChargeable:
			return misuse("source %q is %s: it takes no funds any more", id, s.Status)
		}
		transaction = c.receiveForSource(s, amount).ID
		return nil
	})
	return transaction
}

// FailFunds lets funds that have arrived at a receiver turn out not to be good, as a transfer that is recalled. It panics when
// the source has no such transaction, or it has failed before.
func (a *Account) FailFunds(id, transaction string) {
	a.withSource("FailFunds", id, func(c *call, s *source) *apiError {
		t := s.transaction(transaction)
		if t == nil || t.Failed {
			return misuse("source %q has no transaction %q that could fail", id, transaction)
		}
		before := s.showTransaction(t)
		t.Failed = true
		s.Receiver.Received -= t.Amount
		if s.Usage == usageReusable {
			s.Amount = s.Receiver.Received
		}
		c.emitUpdate("source.transaction.updated", before, s.showTransaction(t))
		return nil
	})
}

// RequestRefundAttributes lets Stripe ask the owner of a receiver where refunds should go.
func (a *Account) RequestRefundAttributes(id string) {
	a.withSource("RequestRefundAttributes", id, func(c *call, s *source) *apiError {
		if s.Receiver == nil {
			return misuse("source %q is no receiver: its flow is %s", id, s.Flow)
		}
		s.Receiver.RefundStatus = "requested"
		c.emit("source.refund_attributes_required", c.showSource(s), nil)
		return nil
	})
}

// NotifyMandate lets Stripe tell the owner of a source about its mandate, and returns the ID of the notification. An amount,
// in minor units, announces a debit of that much; zero confirms the mandate.
func (a *Account) NotifyMandate(id string, amount int64) (notification string) {
	a.withSource("NotifyMandate", id, func(c *call, s *source) *apiError {
		if amount < 0 || amount > maxTransfer {
			return misuse("the amount is %d: it must be from 0 to %d", amount, int64(maxTransfer))
		}
		n := &sourceNotification{ID: c.newID("srcmn_1", 23), Amount: amount, Created: c.now, Reason: reasonDebit, Status: "submitted"}
		if amount == 0 {
			n.Reason = reasonMandate
		}
		s.Notifications = append(s.Notifications, n)
		c.emit("source.mandate_notification", c.showNotification(s, n), nil)
		notification = n.ID
		return nil
	})
	return notification
}

func (a *Account) withSource(method, id string, work func(*call, *source) *apiError) {
	a.setUp(method, func(c *call) *apiError {
		s := c.acct.Sources[id]
		if s == nil {
			return misuse("there is no source %q", id)
		}
		return work(c, s)
	})
}
