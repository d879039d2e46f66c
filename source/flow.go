package source

// Redirect is where the owner of a source authenticates.
type Redirect struct {
	FailureReason FailureReason  `json:"failure_reason"` // empty unless the status is failed
	ReturnURL     string         `json:"return_url"`     // yours, where the owner comes back to
	Status        RedirectStatus `json:"status"`
	URL           string         `json:"url"` // where the owner has to go
}

// RedirectStatus is how far along a redirect is.
type RedirectStatus string

// The statuses of redirects.
const (
	RedirectStatusFailed      RedirectStatus = "failed"
	RedirectStatusNotRequired RedirectStatus = "not_required" // don't send the owner there
	RedirectStatusPending     RedirectStatus = "pending"
	RedirectStatusSucceeded   RedirectStatus = "succeeded" // and can't be used again
)

// FailureReason is why a redirect failed.
type FailureReason string

// The reasons of failures.
const (
	FailureReasonDeclined        FailureReason = "declined"
	FailureReasonProcessingError FailureReason = "processing_error"
	FailureReasonUserAbort       FailureReason = "user_abort"
)

// Receiver is where the owner of a source transfers to. Amounts are in minor units of the source's currency.
type Receiver struct {
	Address                string                 `json:"address"`         // to tell the owner
	AmountCharged          int64                  `json:"amount_charged"`  // has moved to your balance
	AmountReceived         int64                  `json:"amount_received"` // has come
	AmountReturned         int64                  `json:"amount_returned"` // has gone back to the owner
	RefundAttributesMethod RefundAttributesMethod `json:"refund_attributes_method"`
	RefundAttributesStatus RefundAttributesStatus `json:"refund_attributes_status"`
}

// RefundAttributesMethod is how Stripe learns of an account that refunds can go to.
type RefundAttributesMethod string

// The methods to get refund attributes.
const (
	RefundAttributesMethodEmail  RefundAttributesMethod = "email"  // Stripe asks the owner
	RefundAttributesMethodManual RefundAttributesMethod = "manual" // you ask the owner
	RefundAttributesMethodNone   RefundAttributesMethod = "none"
)

// RefundAttributesStatus says whether an account that refunds can go to is known.
type RefundAttributesStatus string

// The statuses of refund attributes.
const (
	RefundAttributesStatusAvailable RefundAttributesStatus = "available"
	RefundAttributesStatusMissing   RefundAttributesStatus = "missing"
	RefundAttributesStatusRequested RefundAttributesStatus = "requested" // the owner was asked
)

// CodeVerification is how far the owner of a source has come with [Client.Verify].
type CodeVerification struct {
	AttemptsRemaining int64              `json:"attempts_remaining"`
	Status            VerificationStatus `json:"status"`
}

// VerificationStatus is how far a code verification is.
type VerificationStatus string

// The statuses of code verifications.
const (
	VerificationStatusFailed    VerificationStatus = "failed" // for good: no attempts remain
	VerificationStatusPending   VerificationStatus = "pending"
	VerificationStatusSucceeded VerificationStatus = "succeeded"
)
