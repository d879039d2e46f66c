package migration_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/transaction"
	"github.com/ccb8c2b4/stripecash/webhook"
)

func TestOurs(t *testing.T) {
	w := newWorld()
	api := w.srv.Client()
	ctx := t.Context()
	testJobs(t, w, nil, oursSources(ctx, w, api), oursBankAccounts(ctx, w, api), jobs{
		"retrieve a cash balance": func(t *testing.T) any {
			// begin: retrieve a cash balance
			balance, err := cashbalance.New(api).Get(ctx, "cus_123")
			// end
			require.NoError(t, err)
			return balance.Available["eur"]
		},
		"update a cash balance": func(t *testing.T) any {
			// begin: update a cash balance
			balance, err := cashbalance.New(api).Update(ctx, "cus_123", &cashbalance.UpdateParams{
				Settings: &cashbalance.SettingsParams{ReconciliationMode: cashbalance.ReconciliationModeManual},
			})
			// end
			require.NoError(t, err)
			return string(balance.Settings.ReconciliationMode)
		},
		"retrieve a transaction": func(t *testing.T) any {
			id := w.txn
			// begin: retrieve a transaction
			txn, err := transaction.New(api).Get(ctx, "cus_123", id)
			// end
			require.NoError(t, err)
			return txn.NetAmount
		},
		"list transactions": func(t *testing.T) any {
			sum := int64(0)
			// begin: list transactions
			for txn, err := range transaction.New(api).All(ctx, "cus_123", nil) {
				if err != nil {
					return err
				}
				sum += txn.NetAmount
			}
			// end
			return sum
		},
		"follow the ledger": func(t *testing.T) any {
			booked, amounts := w.txn, []int64(nil)
			// begin: follow the ledger
			for txn, err := range transaction.New(api).Follow(ctx, "cus_123", booked) {
				if err != nil {
					return err
				}
				amounts = append(amounts, txn.NetAmount)
			}
			// end
			return amounts
		},
		"fund a cash balance": func(t *testing.T) any {
			// begin: fund a cash balance
			txn, err := transaction.New(api).Fund(ctx, "cus_123",
				&transaction.FundParams{Amount: 500, Currency: stripecash.CurrencyGBP})
			// end
			require.NoError(t, err)
			return txn.EndingBalance
		},
		"add a card": func(t *testing.T) any {
			// begin: add a card
			c, err := card.New(api).Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"})
			// end
			require.NoError(t, err)
			w.card = c.ID
			return c.Last4
		},
		"retrieve a card": func(t *testing.T) any {
			id := w.card
			// begin: retrieve a card
			c, err := card.New(api).Get(ctx, card.Customer("cus_123"), id)
			// end
			require.NoError(t, err)
			return c.Last4
		},
		"name a card": func(t *testing.T) any {
			id := w.card
			// begin: name a card
			c, err := card.New(api).Update(ctx, card.Customer("cus_123"), id, &card.UpdateParams{Name: new("Jenny Rosen")})
			// end
			require.NoError(t, err)
			return c.Name
		},
		"clear a card's name": func(t *testing.T) any {
			id := w.card
			// begin: clear a card's name
			c, err := card.New(api).Update(ctx, card.Customer("cus_123"), id, &card.UpdateParams{Name: new("")})
			// end
			require.NoError(t, err)
			return c.Name
		},
		"list cards": func(t *testing.T) any {
			count := 0
			// begin: list cards
			for c, err := range card.New(api).All(ctx, card.Customer("cus_123"), nil) {
				if err != nil {
					return err
				}
				fmt.Println(c.Last4)
				count++
			}
			// end
			return count
		},
		"list a page of cards": func(t *testing.T) any {
			// begin: list a page of cards
			page, err := card.New(api).List(ctx, card.Customer("cus_123"), &stripecash.ListParams{Limit: 2})
			// end
			require.NoError(t, err)
			return onePage{len(page.Data), page.HasMore}
		},
		"delete a card": func(t *testing.T) any {
			id := w.card
			// begin: delete a card
			d, err := card.New(api).Delete(ctx, card.Customer("cus_123"), id)
			// end
			require.NoError(t, err)
			return d.Deleted
		},
		"add a card to an account": func(t *testing.T) any {
			// begin: add a card to an account
			c, err := card.New(api).Create(ctx, card.Account("acct_123"), &card.CreateParams{Token: "tok_visa_debit"})
			// end
			require.NoError(t, err)
			return c.Last4
		},
		"act for a connected account": func(t *testing.T) any {
			// begin: act for a connected account
			balance, err := cashbalance.New(api).Get(ctx, "cus_456", stripecash.WithAccount("acct_123"))
			// end
			require.NoError(t, err)
			return balance.Available["usd"]
		},
		"choose an idempotency key": func(t *testing.T) any {
			// begin: choose an idempotency key
			txn, err := transaction.New(api).Fund(ctx, "cus_123",
				&transaction.FundParams{Amount: 700, Currency: stripecash.CurrencyUSD},
				stripecash.WithIdempotencyKey("order-17"))
			// end
			require.NoError(t, err)
			return txn.EndingBalance
		},
		"list a page of transactions": func(t *testing.T) any {
			// begin: list a page of transactions
			page, err := transaction.New(api).List(ctx, "cus_123", &stripecash.ListParams{Limit: 2})
			// end
			require.NoError(t, err)
			return onePage{len(page.Data), page.HasMore}
		},
		"tell errors apart": func(t *testing.T) any {
			what := ""
			// begin: tell errors apart
			_, err := cashbalance.New(api).Get(ctx, "cus_404")
			if e, ok := errors.AsType[*stripecash.Error](err); ok && e.Code == stripecash.CodeResourceMissing {
				what = e.Message
			}
			// end
			return what
		},
		"verify a webhook": func(t *testing.T) any {
			payload, secret := w.payload, "whsec_123"
			header := webhook.Sign(payload, secret, time.Now())
			// begin: verify a webhook
			verifier := webhook.Verifier{Secrets: []string{secret}}
			event, err := verifier.Verify(payload, header)
			// end
			require.NoError(t, err)
			return string(event.Type)
		},
	})
}

// A caller's context ends a call here; see the guide on what becomes of it there.
func TestOursHeedsTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := cashbalance.New(newWorld().srv.Client()).Get(ctx, "cus_123")
	require.ErrorIs(t, err, context.Canceled)
}
