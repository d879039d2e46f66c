package source

import (
	"log/slog"

	"github.com/ccb8c2b4/stripecash"
)

// Source is a payment method of some kind. Of the fields for each kind, at the end, the one named like Type is set; of
// CodeVerification, Receiver and Redirect, the one that belongs to Flow.
type Source struct {
	ID           string               `json:"id"`     // "src_…"
	Object       string               `json:"object"` // "source"
	Type         Type                 `json:"type"`
	Status       Status               `json:"status"`
	Flow         Flow                 `json:"flow"`
	Usage        Usage                `json:"usage"`
	Amount       int64                `json:"amount"`   // minor units, to be charged once; 0 if any amount can be charged
	Currency     stripecash.Currency  `json:"currency"` // empty if any currency can be charged
	Created      stripecash.Timestamp `json:"created"`
	Customer     string               `json:"customer,omitempty"` // ID; empty unless attached
	Livemode     bool                 `json:"livemode"`
	Metadata     stripecash.Metadata  `json:"metadata"`
	ClientSecret string               `json:"client_secret"` // for the page that reads the source with a publishable key

	Owner               *Owner         `json:"owner"`
	StatementDescriptor string         `json:"statement_descriptor"` // on the customer's statement
	AllowRedisplay      AllowRedisplay `json:"allow_redisplay"`
	SourceOrder         *Order         `json:"source_order,omitempty"` // what is paid for, where the kind wants to know

	CodeVerification *CodeVerification `json:"code_verification,omitempty"`
	Receiver         *Receiver         `json:"receiver,omitempty"`
	Redirect         *Redirect         `json:"redirect,omitempty"`

	ACHCreditTransfer *ACHCreditTransfer `json:"ach_credit_transfer,omitempty"`
	ACHDebit          *ACHDebit          `json:"ach_debit,omitempty"`
	ACSSDebit         *ACSSDebit         `json:"acss_debit,omitempty"`
	Alipay            *Alipay            `json:"alipay,omitempty"`
	AUBECSDebit       *AUBECSDebit       `json:"au_becs_debit,omitempty"`
	Bancontact        *Bancontact        `json:"bancontact,omitempty"`
	Card              *Card              `json:"card,omitempty"`
	CardPresent       *CardPresent       `json:"card_present,omitempty"`
	EPS               *EPS               `json:"eps,omitempty"`
	Giropay           *Giropay           `json:"giropay,omitempty"`
	IDEAL             *IDEAL             `json:"ideal,omitempty"`
	Klarna            *Klarna            `json:"klarna,omitempty"`
	Multibanco        *Multibanco        `json:"multibanco,omitempty"`
	P24               *P24               `json:"p24,omitempty"`
	SEPADebit         *SEPADebit         `json:"sepa_debit,omitempty"`
	Sofort            *Sofort            `json:"sofort,omitempty"`
	ThreeDSecure      *ThreeDSecure      `json:"three_d_secure,omitempty"`
	WeChat            *WeChat            `json:"wechat,omitempty"`
}

// ObjectID is the source's ID.
func (s *Source) ObjectID() string { return s.ID }

// LogValue implements [slog.LogValuer]: the ID, the type and the status. The rest has a client secret in it, and a person's
// name and address. fmt and encoding/json write all of it. slog has no use for a nil pointer, as after an error.
func (s Source) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", s.ID), slog.String("type", string(s.Type)), slog.String("status", string(s.Status)))
}

// ObjectName is what a source calls itself in the API.
func (*Source) ObjectName() string { return "source" }

// Type is the kind of a source.
type Type string

// The kinds of sources.
const (
	TypeACHCreditTransfer Type = "ach_credit_transfer"
	TypeACHDebit          Type = "ach_debit"
	TypeACSSDebit         Type = "acss_debit"
	TypeAlipay            Type = "alipay"
	TypeAUBECSDebit       Type = "au_becs_debit"
	TypeBancontact        Type = "bancontact"
	TypeCard              Type = "card"
	TypeCardPresent       Type = "card_present"
	TypeEPS               Type = "eps"
	TypeGiropay           Type = "giropay"
	TypeIDEAL             Type = "ideal"
	TypeKlarna            Type = "klarna"
	TypeMultibanco        Type = "multibanco"
	TypeP24               Type = "p24"
	TypeSEPADebit         Type = "sepa_debit"
	TypeSofort            Type = "sofort"
	TypeThreeDSecure      Type = "three_d_secure"
	TypeWeChat            Type = "wechat"
)

// Status says what can be done with a source.
type Status string

// The statuses of sources.
const (
	StatusCanceled   Status = "canceled"   // its owner gave up, or took too long
	StatusChargeable Status = "chargeable" // it can be charged
	StatusConsumed   Status = "consumed"   // it is for single use and was charged, or it was detached
	StatusFailed     Status = "failed"     // its owner failed to authenticate
	StatusPending    Status = "pending"    // its owner has to authenticate
)

// Flow is how the owner of a source authenticates.
type Flow string

// The flows of sources.
const (
	FlowCodeVerification Flow = "code_verification" // by values that [Client.Verify] takes
	FlowNone             Flow = "none"              // not at all
	FlowReceiver         Flow = "receiver"          // by a transfer
	FlowRedirect         Flow = "redirect"          // at a bank's or wallet's page
)

// Usage says how often a source can be charged.
type Usage string

// The usages of sources.
const (
	UsageReusable  Usage = "reusable"
	UsageSingleUse Usage = "single_use"
)

// AllowRedisplay says whether a checkout may show the source to its owner again.
type AllowRedisplay string

// What a checkout may show.
const (
	AllowRedisplayAlways      AllowRedisplay = "always"
	AllowRedisplayLimited     AllowRedisplay = "limited"
	AllowRedisplayUnspecified AllowRedisplay = "unspecified"
)
