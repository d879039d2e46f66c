// Package cashbalance reads a customer's cash balance and sets how it is reconciled with what the customer owes.
//
// A cash balance holds, per currency, what a customer has paid by bank transfer and no payment has used yet. In
// automatic mode Stripe applies incoming funds to the customer's open invoices and payments; in manual mode they stay
// until your own code applies them.
//
// See https://docs.stripe.com/api/cash_balance.
package cashbalance

import (
	"context"
	"errors"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
)

// CashBalance is what a customer has paid in advance. It has no ID: there is one per customer.
type CashBalance struct {
	Object          string                        `json:"object"`           // "cash_balance"
	Available       map[stripecash.Currency]int64 `json:"available"`        // minor units; nil if nothing was ever funded
	Customer        string                        `json:"customer"`         // ID
	CustomerAccount string                        `json:"customer_account"` // ID of the account that is the customer, if one is
	Livemode        bool                          `json:"livemode"`
	Settings        Settings                      `json:"settings"`
}

// ObjectName is what a cash balance calls itself in the API.
func (*CashBalance) ObjectName() string { return "cash_balance" }

// Settings say how funds are reconciled.
type Settings struct {
	ReconciliationMode   ReconciliationMode `json:"reconciliation_mode"`    // automatic or manual, never merchant_default
	UsingMerchantDefault bool               `json:"using_merchant_default"` // the mode is your account's, not the customer's own
}

// ReconciliationMode is how funds that land in a cash balance are put to use.
type ReconciliationMode string

// The reconciliation modes.
const (
	ReconciliationModeAutomatic       ReconciliationMode = "automatic"
	ReconciliationModeManual          ReconciliationMode = "manual"
	ReconciliationModeMerchantDefault ReconciliationMode = "merchant_default" // in requests only: what your account is set to
)

// UpdateParams are what can be changed of a cash balance.
type UpdateParams struct {
	Settings *SettingsParams `url:"settings,omitempty"` // nil leaves them alone
}

// SettingsParams are the settings to change.
type SettingsParams struct {
	ReconciliationMode ReconciliationMode `url:"reconciliation_mode,omitempty"` // required: there is no other setting
}

// Validate implements [stripecash.Validator].
func (p *UpdateParams) Validate() error {
	if p != nil && p.Settings != nil && p.Settings.ReconciliationMode == "" {
		return errors.New("settings: reconciliation_mode is empty; it is required")
	}
	return nil
}

// Client reads and updates cash balances.
type Client struct{ api *stripecash.Client }

// New makes a client on top of one that talks to the API.
func New(api *stripecash.Client) *Client { return &Client{api} }

// Get retrieves a customer's cash balance. A customer who was never funded has one too, with a nil Available; one who
// does not exist is [stripecash.ErrNotFound].
func (c *Client) Get(ctx context.Context, customer string, opts ...stripecash.CallOption) (*CashBalance, error) {
	return stripecash.Call[CashBalance](ctx, c.api, stripecash.Request{
		Method: http.MethodGet,
		Path:   "/v1/customers/{customer}/cash_balance",
		IDs:    []string{customer},
		Object: "cash_balance",
	}, opts...)
}

// Update changes the settings of a customer's cash balance and returns the updated one.
func (c *Client) Update(ctx context.Context, customer string, params *UpdateParams, opts ...stripecash.CallOption) (*CashBalance, error) {
	return stripecash.Call[CashBalance](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/customers/{customer}/cash_balance",
		IDs:    []string{customer},
		Params: params,
		Object: "cash_balance",
	}, opts...)
}
