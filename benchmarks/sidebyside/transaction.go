package sidebyside

import (
	"context"
	"fmt"
	"net/url"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/transaction"
)

type handWrittenTransaction struct {
	ID               string `json:"id"`
	Object           string `json:"object"`
	Created          int64  `json:"created"`
	Currency         string `json:"currency"`
	Customer         string `json:"customer"`
	NetAmount        int64  `json:"net_amount"`
	EndingBalance    int64  `json:"ending_balance"`
	Livemode         bool   `json:"livemode"`
	Type             string `json:"type"`
	AppliedToPayment *struct {
		PaymentIntent string `json:"payment_intent"`
	} `json:"applied_to_payment,omitempty"`
	Funded *struct {
		BankTransfer struct {
			Type           string `json:"type"`
			Reference      string `json:"reference"`
			EUBankTransfer *struct {
				BIC        string `json:"bic"`
				IBANLast4  string `json:"iban_last4"`
				SenderName string `json:"sender_name"`
			} `json:"eu_bank_transfer,omitempty"`
		} `json:"bank_transfer"`
	} `json:"funded,omitempty"`
}

type handWrittenList struct {
	Object  string                    `json:"object"`
	Data    []*handWrittenTransaction `json:"data"`
	HasMore bool                      `json:"has_more"`
	URL     string                    `json:"url"`
}

func retrieveTransaction() Task {
	const id = "ccsbtxn_1NGTaT2eZvKYlo2C00000000"
	t := ok("retrieve a transaction", indent(fmt.Appendf(nil, funding, 0)))
	t.Ours = func(api *stripecash.Client) Call {
		transactions := transaction.New(api)
		return func(ctx context.Context) (any, error) { return transactions.Get(ctx, customer, id) }
	}
	t.Official = func(sc *stripe.Client) Call {
		return func(ctx context.Context) (any, error) {
			return sc.V1CustomerCashBalanceTransactions.Retrieve(ctx, id,
				&stripe.CustomerCashBalanceTransactionRetrieveParams{Customer: stripe.String(customer)})
		}
	}
	t.ByHand = func(h *HandWritten) Call {
		return func(ctx context.Context) (any, error) {
			out := new(handWrittenTransaction)
			return out, h.get(ctx, "/v1/customers/"+url.PathEscape(customer)+"/cash_balance_transactions/"+url.PathEscape(id), out)
		}
	}
	return t
}

func listTransactions() Task {
	t := ok("list 100 transactions", page(0, 100, true))
	t.Ours = func(api *stripecash.Client) Call {
		transactions := transaction.New(api)
		return func(ctx context.Context) (any, error) {
			return transactions.List(ctx, customer, &stripecash.ListParams{Limit: 100})
		}
	}
	t.Official = func(sc *stripe.Client) Call {
		return func(ctx context.Context) (any, error) {
			params := &stripe.CustomerCashBalanceTransactionListParams{Customer: stripe.String(customer)}
			params.Limit = stripe.Int64(100)
			list := sc.V1CustomerCashBalanceTransactions.List(ctx, params)
			err := list.Err()
			return list, err
		}
	}
	t.ByHand = func(h *HandWritten) Call {
		return func(ctx context.Context) (any, error) {
			out := new(handWrittenList)
			return out, h.get(ctx, "/v1/customers/"+url.PathEscape(customer)+"/cash_balance_transactions?limit=100", out)
		}
	}
	return t
}
