package migration_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
	"github.com/stripe/stripe-go/v85/bankaccount"
	"github.com/stripe/stripe-go/v85/paymentsource"
)

func legacyBankAccounts(w *world) jobs {
	return jobs{
		"add a bank account": func(t *testing.T) any {
			// begin: add a bank account
			b, err := bankaccount.New(&stripe.BankAccountParams{
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
			p, err := paymentsource.Verify(id, &stripe.PaymentSourceVerifyParams{
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
			b, err := bankaccount.Update(id, &stripe.BankAccountParams{
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
			it := bankaccount.List(&stripe.BankAccountListParams{Customer: stripe.String("cus_123")})
			for it.Next() {
				found = append(found, it.BankAccount().Last4)
			}
			if err := it.Err(); err != nil {
				return err
			}
			// end
			return found
		},
		"delete a bank account": func(t *testing.T) any {
			id := w.bank
			// begin: delete a bank account
			d, err := bankaccount.Del(id, &stripe.BankAccountParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return d.Deleted
		},
		"add a bank account to an account": func(t *testing.T) any {
			// begin: add a bank account to an account
			b, err := bankaccount.New(&stripe.BankAccountParams{
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
			b, err := bankaccount.Get(id, &stripe.BankAccountParams{Account: stripe.String("acct_123")})
			// end
			require.NoError(t, err)
			return b.Last4
		},
	}
}
