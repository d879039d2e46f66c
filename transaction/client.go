// Package transaction reads what moved a customer's cash balance: fundings by bank transfer, payments that took funds,
// refunds, returns.
//
// Transactions are the ledger behind [github.com/ccb8c2b4/stripecash/cashbalance]: each has the balance of its currency
// after it. They are made by Stripe; the only one that a program can make is [Client.Fund], in test mode.
//
// To follow the ledger, keep the ID of the newest transaction that was processed, and give it to [Client.All] as
// EndingBefore the next time. Collect all of that walk before the ID moves on: it begins with the newest, and one that broke
// off has left out older ones. Process them from the oldest to the newest; the example of [Client.All] named FollowUp does.
// An empty EndingBefore is none: then [Client.All] walks the whole ledger, but [Client.List] returns its newest page, and
// HasMore speaks of older ones.
//
// See https://docs.stripe.com/api/cash_balance_transactions.
package transaction

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
)

// Client reads cash balance transactions.
type Client struct{ api *stripecash.Client }

// New makes a client on top of one that talks to the API.
func New(api *stripecash.Client) *Client { return &Client{api} }

// Get retrieves one transaction of a customer. One that does not exist, or is another customer's, is
// [stripecash.ErrNotFound].
func (c *Client) Get(ctx context.Context, customer, id string, opts ...stripecash.CallOption) (*Transaction, error) {
	return stripecash.Call[Transaction](ctx, c.api, stripecash.Request{
		Method: http.MethodGet,
		Path:   "/v1/customers/{customer}/cash_balance_transactions/{transaction}",
		IDs:    []string{customer, id},
		Object: "customer_cash_balance_transaction",
	}, opts...)
}

// List retrieves one page of a customer's transactions, newest first: 10 unless params say otherwise.
func (c *Client) List(ctx context.Context, customer string, params *stripecash.ListParams, opts ...stripecash.CallOption) (*stripecash.Page[Transaction], error) {
	return stripecash.List[Transaction](ctx, c.api, list(customer), params, opts...)
}

// All walks a customer's transactions, newest first, and asks for pages of 100 as the loop gets there; see
// [stripecash.All].
func (c *Client) All(ctx context.Context, customer string, params *stripecash.ListParams, opts ...stripecash.CallOption) iter.Seq2[*Transaction, error] {
	return stripecash.All[Transaction](ctx, c.api, list(customer), params, opts...)
}

func list(customer string) stripecash.Request {
	return stripecash.Request{Path: "/v1/customers/{customer}/cash_balance_transactions", IDs: []string{customer}}
}

// FundParams are a bank transfer to simulate.
type FundParams struct {
	Amount    int64               `url:"amount"`              // minor units, at least 1
	Currency  stripecash.Currency `url:"currency"`            // one that cash balances have: eur, gbp, jpy, mxn or usd
	Reference string              `url:"reference,omitempty"` // what the sender wrote; reconciliation looks for it
}

// Validate implements [stripecash.Validator].
func (p *FundParams) Validate() error {
	switch {
	case p == nil:
		return errors.New("no FundParams: amount and currency are required")
	case p.Amount < 1:
		return fmt.Errorf("amount is %d; it must be at least 1, in the currency's smallest unit", p.Amount)
	case p.Currency == "":
		return errors.New("currency is empty; it is required")
	}
	return nil
}

// Fund simulates a bank transfer from a customer: it works with test keys only, and is refused with live ones.
// It answers with the transaction of type [TypeFunded].
//
// See https://docs.stripe.com/api/cash_balance_transactions/fund_cash_balance.
func (c *Client) Fund(ctx context.Context, customer string, params *FundParams, opts ...stripecash.CallOption) (*Transaction, error) {
	return stripecash.Call[Transaction](ctx, c.api, stripecash.Request{
		Method: http.MethodPost,
		Path:   "/v1/test_helpers/customers/{customer}/fund_cash_balance",
		IDs:    []string{customer},
		Params: params,
		Object: "customer_cash_balance_transaction",
	}, opts...)
}
