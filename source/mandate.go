package source

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"github.com/ccb8c2b4/stripecash"
)

// MandateParams are the owner's permission to debit an account.
type MandateParams struct {
	Acceptance         *AcceptanceParams   `url:"acceptance,omitempty"`
	Amount             *MandateAmount      `url:"amount,omitempty"` // nil leaves it alone
	Currency           stripecash.Currency `url:"currency,omitempty"`
	Interval           MandateInterval     `url:"interval,omitempty"`
	NotificationMethod NotificationMethod  `url:"notification_method,omitempty"`
}

// MandateAmount is how much a mandate permits, in the currency's smallest unit. Zero permits any amount.
type MandateAmount int64

// EncodeValues writes an amount, and zero as the empty value that the API clears it with; see [stripecash.Encode].
func (a MandateAmount) EncodeValues(key string, values *url.Values) error {
	if a == 0 {
		values.Set(key, "")
		return nil
	}
	values.Set(key, strconv.FormatInt(int64(a), 10))
	return nil
}

// MandateInterval is how often a mandate permits debits.
type MandateInterval string

// The intervals of mandates.
const (
	MandateIntervalOneTime   MandateInterval = "one_time"
	MandateIntervalScheduled MandateInterval = "scheduled"
	MandateIntervalVariable  MandateInterval = "variable"
)

// NotificationMethod is how the owner learns of a debit before it happens.
type NotificationMethod string

// The methods of notification.
const (
	NotificationMethodDeprecatedNone NotificationMethod = "deprecated_none"
	NotificationMethodEmail          NotificationMethod = "email"
	NotificationMethodManual         NotificationMethod = "manual"
	NotificationMethodNone           NotificationMethod = "none"
	NotificationMethodStripeEmail    NotificationMethod = "stripe_email"
)

// AcceptanceParams are how the owner accepted a mandate.
type AcceptanceParams struct {
	Status    AcceptanceStatus     `url:"status"`         // required
	Date      stripecash.Timestamp `url:"date,omitempty"` // when it was accepted or refused
	IP        string               `url:"ip,omitempty"`   // of who accepted or refused
	Offline   *OfflineParams       `url:"offline,omitempty"`
	Online    *OnlineParams        `url:"online,omitempty"`
	Type      AcceptanceType       `url:"type,omitempty"`
	UserAgent string               `url:"user_agent,omitempty"` // of who accepted or refused
}

// AcceptanceStatus is what became of a mandate.
type AcceptanceStatus string

// The statuses of acceptance.
const (
	AcceptanceStatusAccepted AcceptanceStatus = "accepted"
	AcceptanceStatusPending  AcceptanceStatus = "pending"
	AcceptanceStatusRefused  AcceptanceStatus = "refused"
	AcceptanceStatusRevoked  AcceptanceStatus = "revoked"
)

// AcceptanceType is where a mandate was accepted.
type AcceptanceType string

// The types of acceptance.
const (
	AcceptanceTypeOffline AcceptanceType = "offline" // on paper
	AcceptanceTypeOnline  AcceptanceType = "online"
)

// OfflineParams are of a mandate that was accepted on paper.
type OfflineParams struct {
	ContactEmail string `url:"contact_email"` // where Stripe asks for a copy; required
}

// OnlineParams are of a mandate that was accepted on a page.
type OnlineParams struct {
	Date      stripecash.Timestamp `url:"date,omitempty"`
	IP        string               `url:"ip,omitempty"`
	UserAgent string               `url:"user_agent,omitempty"`
}

func validMandate(p *MandateParams) error {
	switch {
	case p == nil:
		return nil
	case p.Amount != nil && *p.Amount < 0:
		return fmt.Errorf("mandate: amount is %d; it must not be negative", *p.Amount)
	case p.Acceptance == nil:
		return nil
	case p.Acceptance.Status == "":
		return errors.New("mandate: acceptance: status is empty; it is required")
	case p.Acceptance.Offline != nil && p.Acceptance.Offline.ContactEmail == "":
		return errors.New("mandate: acceptance: offline: contact_email is empty; it is required")
	}
	return nil
}
