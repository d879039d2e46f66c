// Package transaction reads what moved a customer's cash balance: fundings by bank transfer, payments that took funds,
// refunds, returns.
//
// Transactions are the ledger behind [github.com/ccb8c2b4/stripecash/cashbalance]: each has the balance of its currency
// after it. Stripe makes them; the only one that this module can ask for is [Client.Fund], in test mode.
//
// To keep a ledger of your own, use [Client.Follow]: it begins after the last transaction that was booked and walks from old
// to new, so that a service which dies can go on where it was.
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

// Follow walks a customer's transactions from old to new: those after the one with the ID after, or all of them if that is
// empty, which takes the whole ledger into memory first. Keep the ID of each transaction together with what you make of it, in
// one database transaction, and begin there the next time: the loop may end anywhere. See [stripecash.Follow].
func (c *Client) Follow(ctx context.Context, customer, after string, opts ...stripecash.CallOption) iter.Seq2[*Transaction, error] {
	return stripecash.Follow[Transaction](ctx, c.api, list(customer), after, opts...)
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
