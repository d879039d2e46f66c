package migration_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/paymentsource"
)

func oursBankAccounts(ctx context.Context, w *world, api *stripecash.Client) jobs {
	return jobs{
		"add a bank account": func(t *testing.T) any {
			// begin: add a bank account
			b, err := paymentsource.New(api).CreateBankAccount(ctx, paymentsource.Customer("cus_123"),
				&paymentsource.CreateBankAccountParams{Token: "btok_us"})
			// end
			require.NoError(t, err)
			w.bank = b.ID
			return string(b.Status)
		},
		"verify a bank account": func(t *testing.T) any {
			id := w.bank
			// begin: verify a bank account
			b, err := paymentsource.New(api).VerifyBankAccount(ctx, "cus_123", id,
				&paymentsource.VerifyBankAccountParams{Amounts: [2]int64{32, 45}})
			// end
			require.NoError(t, err)
			return string(b.Status)
		},
		"update a bank account": func(t *testing.T) any {
			id := w.bank
			// begin: update a bank account
			b, err := paymentsource.New(api).UpdateBankAccount(ctx, paymentsource.Customer("cus_123"), id,
				&paymentsource.UpdateBankAccountParams{AccountHolderName: new("Jenny Rosen")})
			// end
			require.NoError(t, err)
			return b.AccountHolderName
		},
		"list bank accounts": func(t *testing.T) any {
			var found []string
			// begin: list bank accounts
			for p, err := range paymentsource.New(api).All(ctx, paymentsource.Customer("cus_123"), nil,
				stripecash.WithParam("object", "bank_account")) {
				if err != nil {
					return err
				}
				if b, ok := p.AsBankAccount(); ok {
					found = append(found, b.Last4)
				}
			}
			// end
			return found
		},
		"delete a bank account": func(t *testing.T) any {
			id := w.bank
			// begin: delete a bank account
			d, err := paymentsource.New(api).DeleteBankAccount(ctx, paymentsource.Customer("cus_123"), id)
			// end
			require.NoError(t, err)
			return d.Deleted
		},
		"add a bank account to an account": func(t *testing.T) any {
			// begin: add a bank account to an account
			b, err := paymentsource.New(api).CreateBankAccount(ctx, paymentsource.Account("acct_123"),
				&paymentsource.CreateBankAccountParams{Details: &paymentsource.BankAccountDetails{
					Country:       "US",
					Currency:      stripecash.CurrencyUSD,
					RoutingNumber: "110000000",
					AccountNumber: card.NewSecret("000123456789"),
				}})
			// end
			require.NoError(t, err)
			w.bank = b.ID
			return b.Last4
		},
		"retrieve a bank account of an account": func(t *testing.T) any {
			id := w.bank
			// begin: retrieve a bank account of an account
			p, err := paymentsource.New(api).Get(ctx, paymentsource.Account("acct_123"), id)
			if err != nil {
				return err
			}
			b, ok := p.AsBankAccount()
			// end
			require.True(t, ok)
			return b.Last4
		},
	}
}
