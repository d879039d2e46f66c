package migration_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
)

func currentBankAccounts(ctx context.Context, w *world, sc *stripe.Client) jobs {
	return jobs{
		"add a bank account": func(t *testing.T) any {
			// begin: add a bank account
			b, err := sc.V1BankAccounts.Create(ctx, &stripe.BankAccountCreateParams{
				Customer: stripe.String("cus_123"),
				Token:    stripe.String("btok_us"),
			})
			// end
			require.NoError(t, err)
			w.bank = b.ID
			return string(b.Status)
		},
		"verify a bank account": func(t *testing.T) any {
			id := w.bank
			// begin: verify a bank account
			p, err := sc.V1PaymentSources.Verify(ctx, id, &stripe.PaymentSourceVerifyParams{
				Customer: stripe.String("cus_123"),
				Amounts:  [2]int64{32, 45},
			})
			// end
			require.NoError(t, err)
			return string(p.BankAccount.Status)
		},
		"update a bank account": func(t *testing.T) any {
			id := w.bank
			// begin: update a bank account
			b, err := sc.V1BankAccounts.Update(ctx, id, &stripe.BankAccountUpdateParams{
				Customer:          stripe.String("cus_123"),
				AccountHolderName: stripe.String("Jenny Rosen"),
			})
			// end
			require.NoError(t, err)
			return b.AccountHolderName
		},
		"list bank accounts": func(t *testing.T) any {
			var found []string
			// begin: list bank accounts
			list := sc.V1BankAccounts.List(ctx, &stripe.BankAccountListParams{Customer: stripe.String("cus_123")})
			for b, err := range list.All(ctx) {
				if err != nil {
					return err
				}
				found = append(found, b.Last4)
			}
			// end
			return found
		},
		"delete a bank account": func(t *testing.T) any {
			id := w.bank
			// begin: delete a bank account
			d, err := sc.V1BankAccounts.Delete(ctx, id, &stripe.BankAccountDeleteParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return d.Deleted
		},
		"add a bank account to an account": func(t *testing.T) any {
			// begin: add a bank account to an account
			b, err := sc.V1BankAccounts.Create(ctx, &stripe.BankAccountCreateParams{
				Account:       stripe.String("acct_123"),
				Country:       stripe.String("US"),
				Currency:      stripe.String("usd"),
				RoutingNumber: stripe.String("110000000"),
				AccountNumber: stripe.String("000123456789"),
			})
			// end
			require.NoError(t, err)
			w.bank = b.ID
			return b.Last4
		},
		"retrieve a bank account of an account": func(t *testing.T) any {
			id := w.bank
			// begin: retrieve a bank account of an account
			b, err := sc.V1BankAccounts.Retrieve(ctx, id, &stripe.BankAccountRetrieveParams{Account: stripe.String("acct_123")})
			// end
			require.NoError(t, err)
			return b.Last4
		},
	}
}
