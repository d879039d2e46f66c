package webhook

// EventType says what happened, as "object.event". The constants are the events of the objects that this module knows;
// any other passes through, "invoice.paid" too.
type EventType string

// A cash balance changed. CashBalanceFundsAvailable holds the cash balance, when a bank transfer has left funds in it that
// automatic reconciliation did not use. CustomerCashBalanceTransactionCreated holds the transaction, of any type.
const (
	CashBalanceFundsAvailable             EventType = "cash_balance.funds_available"
	CustomerCashBalanceTransactionCreated EventType = "customer_cash_balance_transaction.created"
)

// A payment source of a customer changed. The object is a card, a source or a bank account.
const (
	CustomerSourceCreated  EventType = "customer.source.created"
	CustomerSourceUpdated  EventType = "customer.source.updated"
	CustomerSourceDeleted  EventType = "customer.source.deleted"
	CustomerSourceExpiring EventType = "customer.source.expiring" // a card or source, at the end of this month
)

// A card or bank account that a connected account is paid out to changed.
const (
	AccountExternalAccountCreated EventType = "account.external_account.created"
	AccountExternalAccountUpdated EventType = "account.external_account.updated"
	AccountExternalAccountDeleted EventType = "account.external_account.deleted"
)

// Something happened to a source. The object is the source, except in SourceMandateNotification, where it is the
// notification, and in the two SourceTransaction events, where it is the transaction.
const (
	SourceChargeable               EventType = "source.chargeable"
	SourceFailed                   EventType = "source.failed"
	SourceCanceled                 EventType = "source.canceled"
	SourceMandateNotification      EventType = "source.mandate_notification"
	SourceRefundAttributesRequired EventType = "source.refund_attributes_required"
	SourceTransactionCreated       EventType = "source.transaction.created"
	SourceTransactionUpdated       EventType = "source.transaction.updated"
)
