package source

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
)

// MandateNotification is what the owner of a mandate is told: that it was set up, or that a debit is coming. If the
// mandate's notification method is [NotificationMethodManual], the telling is yours to do.
type MandateNotification struct {
	ID       string               `json:"id"`     // "srcmn_…"
	Object   string               `json:"object"` // "source_mandate_notification"
	Created  stripecash.Timestamp `json:"created"`
	Livemode bool                 `json:"livemode"`
	Reason   NotificationReason   `json:"reason"`
	Status   NotificationStatus   `json:"status"`
	Amount   int64                `json:"amount"` // minor units of the source's currency, of the debit that is coming
	Source   *Source              `json:"source"`
	Type     Type                 `json:"type"` // of the source

	ACSSDebit *ACSSDebitNotice `json:"acss_debit,omitempty"`
	BACSDebit *BACSDebitNotice `json:"bacs_debit,omitempty"`
	SEPADebit *SEPADebitNotice `json:"sepa_debit,omitempty"`
}

// LogValue implements [slog.LogValuer]: what is told, whether it was, and of which source, by ID.
func (n MandateNotification) LogValue() slog.Value {
	id := ""
	if n.Source != nil {
		id = n.Source.ID
	}
	return slog.GroupValue(slog.String("id", n.ID), slog.String("reason", string(n.Reason)),
		slog.String("status", string(n.Status)), slog.String("source", id))
}

// ObjectName is what a mandate notification calls itself in the API.
func (*MandateNotification) ObjectName() string { return "source_mandate_notification" }

// NotificationReason is what the owner of a mandate is told.
type NotificationReason string

// The reasons of notifications.
const (
	NotificationReasonDebitInitiated   NotificationReason = "debit_initiated"
	NotificationReasonMandateConfirmed NotificationReason = "mandate_confirmed"
)

// NotificationStatus says whether the owner of a mandate was told.
type NotificationStatus string

// The statuses of notifications.
const (
	NotificationStatusPending   NotificationStatus = "pending"
	NotificationStatusSubmitted NotificationStatus = "submitted"
)

// ACSSDebitNotice is what to tell of a debit in Canada.
type ACSSDebitNotice struct {
	StatementDescriptor string `json:"statement_descriptor"`
}

// BACSDebitNotice is what to tell of a debit in the United Kingdom.
type BACSDebitNotice struct {
	Last4 string `json:"last4"` // of the account
}

// SEPADebitNotice is what to tell of a debit in the Single Euro Payments Area.
type SEPADebitNotice struct {
	CreditorIdentifier string `json:"creditor_identifier"`
	Last4              string `json:"last4"` // of the account
	MandateReference   string `json:"mandate_reference"`
}

// GetMandateNotification retrieves a notification of a source; one that does not exist is [stripecash.ErrNotFound]. Stripe
// sends its ID in the event source.mandate_notification; there is no list of them.
func (c *Client) GetMandateNotification(ctx context.Context, source, id string, opts ...stripecash.CallOption) (*MandateNotification, error) {
	return stripecash.Call[MandateNotification](ctx, c.api, stripecash.Request{
		Method: http.MethodGet,
		Path:   "/v1/sources/{source}/mandate_notifications/{mandate_notification}",
		IDs:    []string{source, id},
		Object: "source_mandate_notification",
	}, opts...)
}
