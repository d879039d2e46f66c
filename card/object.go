package card

import "github.com/ccb8c2b4/stripecash"

// Card is a card on file. What Stripe does not know, and what does not apply to the owner, is empty.
type Card struct {
	ID       string              `json:"id"`       // "card_…"
	Object   string              `json:"object"`   // "card"
	Customer stripecash.Ref      `json:"customer"` // expandable; of a customer's card
	Account  stripecash.Ref      `json:"account"`  // expandable; of a connected account's card
	Metadata stripecash.Metadata `json:"metadata"`

	Brand           Brand           `json:"brand"`
	Country         string          `json:"country"` // of the issuer; two letters, ISO 3166-1 alpha-2
	ExpMonth        int             `json:"exp_month"`
	ExpYear         int             `json:"exp_year"`    // four digits
	Fingerprint     string          `json:"fingerprint"` // the same for every card of the same number
	Funding         Funding         `json:"funding"`
	Last4           string          `json:"last4"`
	DynamicLast4    string          `json:"dynamic_last4"` // of a wallet's device number
	Networks        *Networks       `json:"networks,omitempty"`
	RegulatedStatus RegulatedStatus `json:"regulated_status"`

	TokenizationMethod TokenizationMethod `json:"tokenization_method"` // the wallet that the number came from

	Name              string `json:"name"` // of the cardholder
	AddressLine1      string `json:"address_line1"`
	AddressLine1Check Check  `json:"address_line1_check"`
	AddressLine2      string `json:"address_line2"`
	AddressCity       string `json:"address_city"`
	AddressState      string `json:"address_state"`
	AddressZip        string `json:"address_zip"`
	AddressZipCheck   Check  `json:"address_zip_check"`
	AddressCountry    string `json:"address_country"`
	CVCCheck          Check  `json:"cvc_check"`

	AllowRedisplay AllowRedisplay `json:"allow_redisplay"`

	// These are set only for the card of a connected account.
	Currency               stripecash.Currency `json:"currency"` // of the payouts it can receive
	DefaultForCurrency     bool                `json:"default_for_currency"`
	AvailablePayoutMethods []PayoutMethod      `json:"available_payout_methods"`
	Status                 Status              `json:"status"`
}

// ObjectID is the card's ID.
func (c *Card) ObjectID() string { return c.ID }

// ObjectName is what a card calls itself in the API.
func (*Card) ObjectName() string { return "card" }

// Networks are those of a card that belongs to two.
type Networks struct {
	Preferred Network `json:"preferred"` // the one that the cardholder chose; empty if none
}

// Brand is the card's network, as its logo says.
type Brand string

// The brands of cards.
const (
	BrandAmericanExpress Brand = "American Express"
	BrandCartesBancaires Brand = "Cartes Bancaires"
	BrandDinersClub      Brand = "Diners Club"
	BrandDiscover        Brand = "Discover"
	BrandEftposAustralia Brand = "Eftpos Australia"
	BrandGirocard        Brand = "Girocard"
	BrandJCB             Brand = "JCB"
	BrandMasterCard      Brand = "MasterCard"
	BrandUnionPay        Brand = "UnionPay"
	BrandUnknown         Brand = "Unknown"
	BrandVisa            Brand = "Visa"
)

// Funding is where the card's money comes from.
type Funding string

// The fundings of cards.
const (
	FundingCredit  Funding = "credit"
	FundingDebit   Funding = "debit"
	FundingPrepaid Funding = "prepaid"
	FundingUnknown Funding = "unknown"
)

// Check is what the issuer found when it compared a value with its own; it is empty if the value was not given.
type Check string

// The results of checks.
const (
	CheckFail        Check = "fail"
	CheckPass        Check = "pass"
	CheckUnavailable Check = "unavailable" // the issuer does not check
	CheckUnchecked   Check = "unchecked"   // not yet
)

// Network is one of the networks of a card that belongs to two.
type Network string

// The networks of cards that belong to two.
const (
	NetworkCartesBancaires   Network = "cartes_bancaires"
	NetworkInvalidPreference Network = "invalid_preference" // the card is not of the network that was asked for
	NetworkMastercard        Network = "mastercard"
	NetworkVisa              Network = "visa"
)

// TokenizationMethod is the wallet that a card's number came from.
type TokenizationMethod string

// The wallets.
const (
	TokenizationMethodAndroidPay   TokenizationMethod = "android_pay" // Google Pay too
	TokenizationMethodApplePay     TokenizationMethod = "apple_pay"
	TokenizationMethodMasterpass   TokenizationMethod = "masterpass"
	TokenizationMethodVisaCheckout TokenizationMethod = "visa_checkout"
)

// AllowRedisplay says whether a checkout may show the card to its owner again.
type AllowRedisplay string

// What a checkout may show.
const (
	AllowRedisplayAlways      AllowRedisplay = "always"
	AllowRedisplayLimited     AllowRedisplay = "limited"
	AllowRedisplayUnspecified AllowRedisplay = "unspecified"
)

// RegulatedStatus says whether the issuer's fees are regulated.
type RegulatedStatus string

// The statuses of regulation.
const (
	RegulatedStatusRegulated   RegulatedStatus = "regulated"
	RegulatedStatusUnregulated RegulatedStatus = "unregulated"
)

// PayoutMethod is how fast a payout can get to an account's card.
type PayoutMethod string

// The methods of payouts.
const (
	PayoutMethodInstant  PayoutMethod = "instant"
	PayoutMethodStandard PayoutMethod = "standard"
)

// Status says whether an account's card can be paid out to.
type Status string

// The statuses of an account's card.
const (
	StatusErrored Status = "errored" // a payout failed, and scheduled ones are stopped
	StatusNew     Status = "new"
)
