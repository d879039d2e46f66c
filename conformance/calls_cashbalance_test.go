package conformance_test

import (
	"context"
	"iter"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/transaction"
)

func cashBalanceCalls() []call {
	return []call{
		{
			method:    "cashbalance.Get",
			operation: "GET /v1/customers/{customer}/cash_balance",
			do: func(ctx context.Context, w *world) error {
				_, err := cashbalance.New(w.api).Get(ctx, w.customer)
				return err
			},
		},
		{
			method:    "cashbalance.Update",
			operation: "POST /v1/customers/{customer}/cash_balance",
			do: func(ctx context.Context, w *world) error {
				_, err := cashbalance.New(w.api).Update(ctx, w.customer, filled[cashbalance.UpdateParams](w))
				return err
			},
		},
	}
}

func transactionCalls() []call {
	return []call{
		{
			method:    "transaction.Get",
			operation: "GET /v1/customers/{customer}/cash_balance_transactions/{transaction}",
			do: func(ctx context.Context, w *world) error {
				_, err := transaction.New(w.api).Get(ctx, w.customer, w.transaction)
				return err
			},
		},
		{
			method:    "transaction.List",
			operation: "GET /v1/customers/{customer}/cash_balance_transactions",
			do: func(ctx context.Context, w *world) error {
				return pages(windows(w, w.transaction), func(params *stripecash.ListParams) (*stripecash.Page[transaction.Transaction], error) {
					return transaction.New(w.api).List(ctx, w.customer, params)
				})
			},
		},
		{
			method:    "transaction.All",
			operation: "GET /v1/customers/{customer}/cash_balance_transactions",
			do: func(ctx context.Context, w *world) error {
				return walks(windows(w, w.transaction), func(params *stripecash.ListParams) iter.Seq2[*transaction.Transaction, error] {
					return transaction.New(w.api).All(ctx, w.customer, params)
				})
			},
		},
		{
			method:    "transaction.Follow",
			operation: "GET /v1/customers/{customer}/cash_balance_transactions",
			do: func(ctx context.Context, w *world) error {
				return walks(windows(w, w.transaction)[1:], func(params *stripecash.ListParams) iter.Seq2[*transaction.Transaction, error] {
					return transaction.New(w.api).Follow(ctx, w.customer, params.EndingBefore)
				})
			},
		},
		{
			method:    "transaction.Fund",
			operation: "POST /v1/test_helpers/customers/{customer}/fund_cash_balance",
			do: func(ctx context.Context, w *world) error {
				_, err := transaction.New(w.api).Fund(ctx, w.customer, filled[transaction.FundParams](w))
				return err
			},
		},
	}
}
