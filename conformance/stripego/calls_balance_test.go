package stripego_test

import (
	"context"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/transaction"
)

func balanceCalls() []call {
	return []call{
		{
			method: "V1CashBalances.Retrieve", name: "with an expansion, for a connected account",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := cashbalance.New(api).Get(ctx, "cus_1", stripecash.WithExpand("a", "b.c"), stripecash.WithAccount("acct_1"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1CashBalances.Retrieve(ctx, &stripe.CashBalanceRetrieveParams{
					Customer: new("cus_1"), Expand: []*string{new("a"), new("b.c")}, Params: stripe.Params{StripeAccount: new("acct_1")},
				})
				return err
			},
		},
		{
			method: "V1CashBalances.Update", name: "everything, under a key",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := cashbalance.New(api).Update(ctx, "cus_1", &cashbalance.UpdateParams{
					Settings: &cashbalance.SettingsParams{ReconciliationMode: cashbalance.ReconciliationModeMerchantDefault},
				}, stripecash.WithExpand("a"), stripecash.WithIdempotencyKey("order-1"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1CashBalances.Update(ctx, &stripe.CashBalanceUpdateParams{
					Customer: new("cus_1"), Expand: []*string{new("a")}, Params: stripe.Params{IdempotencyKey: new("order-1")},
					Settings: &stripe.CashBalanceUpdateSettingsParams{ReconciliationMode: new("merchant_default")},
				})
				return err
			},
		},
		{
			method: "V1CashBalances.Update", name: "nothing",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := cashbalance.New(api).Update(ctx, "cus_1", nil)
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1CashBalances.Update(ctx, &stripe.CashBalanceUpdateParams{Customer: new("cus_1")})
				return err
			},
		},
		{
			method: "V1CustomerCashBalanceTransactions.Retrieve", name: "with an expansion",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := transaction.New(api).Get(ctx, "cus_1", "ccsbtxn_1", stripecash.WithExpand("customer"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1CustomerCashBalanceTransactions.Retrieve(ctx, "ccsbtxn_1", &stripe.CustomerCashBalanceTransactionRetrieveParams{
					Customer: new("cus_1"), Expand: []*string{new("customer")},
				})
				return err
			},
		},
		{
			method: "V1CustomerCashBalanceTransactions.List", name: "after",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := transaction.New(api).List(ctx, "cus_1",
					&stripecash.ListParams{Limit: 3, StartingAfter: "ccsbtxn_1"}, stripecash.WithExpand("data.customer"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1CustomerCashBalanceTransactions.List(ctx, &stripe.CustomerCashBalanceTransactionListParams{
					Customer: new("cus_1"), Expand: []*string{new("data.customer")},
					ListParams: stripe.ListParams{Limit: new(int64(3)), StartingAfter: new("ccsbtxn_1")},
				}).Err()
			},
		},
		{
			method: "V1CustomerCashBalanceTransactions.List", name: "before",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := transaction.New(api).List(ctx, "cus_1", &stripecash.ListParams{EndingBefore: "ccsbtxn_1"})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1CustomerCashBalanceTransactions.List(ctx, &stripe.CustomerCashBalanceTransactionListParams{
					Customer: new("cus_1"), ListParams: stripe.ListParams{EndingBefore: new("ccsbtxn_1")},
				}).Err()
			},
		},
		{
			method: "V1TestHelpersCustomers.FundCashBalance", name: "everything",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := transaction.New(api).Fund(ctx, "cus_1",
					&transaction.FundParams{Amount: 1 << 60, Currency: stripecash.CurrencyEUR, Reference: "Rechnung 7 & ä+ü=100%"},
					stripecash.WithExpand("customer"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1TestHelpersCustomers.FundCashBalance(ctx, "cus_1", &stripe.TestHelpersCustomerFundCashBalanceParams{
					Amount: new(int64(1 << 60)), Currency: new("eur"), Reference: new("Rechnung 7 & ä+ü=100%"),
					Expand: []*string{new("customer")},
				})
				return err
			},
		},
	}
}
