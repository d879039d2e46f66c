package migration_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
	"github.com/stripe/stripe-go/v85/card"
	"github.com/stripe/stripe-go/v85/cashbalance"
	"github.com/stripe/stripe-go/v85/customercashbalancetransaction"
	"github.com/stripe/stripe-go/v85/testhelpers/customer"
	"github.com/stripe/stripe-go/v85/webhook"

	ours "github.com/ccb8c2b4/stripecash/webhook"
)

// stripe-go's package-level functions: a global key and a global backend.
func TestLegacy(t *testing.T) {
	w := newWorld()
	before := stripe.GetBackend(stripe.APIBackend)
	defer stripe.SetBackend(stripe.APIBackend, before)
	stripe.SetBackend(stripe.APIBackend, backends(w).API)
	stripe.Key = "sk_test_migration"
	defer func() { stripe.Key = "" }()
	lacks := []string{"retrieve a source's transaction", "retrieve a mandate notification"}
	testJobs(t, w, lacks, legacySources(w), legacyBankAccounts(w), jobs{
		"retrieve a cash balance": func(t *testing.T) any {
			// begin: retrieve a cash balance
			balance, err := cashbalance.Get(&stripe.CashBalanceParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return balance.Available["eur"]
		},
		"update a cash balance": func(t *testing.T) any {
			// begin: update a cash balance
			balance, err := cashbalance.Update(&stripe.CashBalanceParams{
				Customer: stripe.String("cus_123"),
				Settings: &stripe.CashBalanceSettingsParams{
					ReconciliationMode: stripe.String(string(stripe.CashBalanceSettingsReconciliationModeManual)),
				},
			})
			// end
			require.NoError(t, err)
			return string(balance.Settings.ReconciliationMode)
		},
		"retrieve a transaction": func(t *testing.T) any {
			id := w.txn
			// begin: retrieve a transaction
			txn, err := customercashbalancetransaction.Get(id, &stripe.CustomerCashBalanceTransactionParams{
				Customer: stripe.String("cus_123"),
			})
			// end
			require.NoError(t, err)
			return txn.NetAmount
		},
		"list transactions": func(t *testing.T) any {
			sum := int64(0)
			// begin: list transactions
			it := customercashbalancetransaction.List(&stripe.CustomerCashBalanceTransactionListParams{
				Customer: stripe.String("cus_123"),
			})
			for it.Next() {
				sum += it.CustomerCashBalanceTransaction().NetAmount
			}
			if err := it.Err(); err != nil {
				return err
			}
			// end
			return sum
		},
		"follow the ledger": func(t *testing.T) any {
			booked, amounts := w.txn, []int64(nil)
			// begin: follow the ledger
			params := &stripe.CustomerCashBalanceTransactionListParams{Customer: stripe.String("cus_123")}
			params.EndingBefore = stripe.String(booked)
			it := customercashbalancetransaction.List(params)
			for it.Next() {
				amounts = append(amounts, it.CustomerCashBalanceTransaction().NetAmount)
			}
			if err := it.Err(); err != nil {
				return err
			}
			// end
			return amounts
		},
		"fund a cash balance": func(t *testing.T) any {
			// begin: fund a cash balance
			txn, err := customer.FundCashBalance("cus_123", &stripe.TestHelpersCustomerFundCashBalanceParams{
				Amount:   stripe.Int64(500),
				Currency: stripe.String("gbp"),
			})
			// end
			require.NoError(t, err)
			return txn.EndingBalance
		},
		"choose an idempotency key": func(t *testing.T) any {
			// begin: choose an idempotency key
			params := &stripe.TestHelpersCustomerFundCashBalanceParams{
				Amount:   stripe.Int64(700),
				Currency: stripe.String("usd"),
			}
			params.SetIdempotencyKey("order-17")
			txn, err := customer.FundCashBalance("cus_123", params)
			// end
			require.NoError(t, err)
			return txn.EndingBalance
		},
		"list a page of transactions": func(t *testing.T) any {
			// begin: list a page of transactions
			params := &stripe.CustomerCashBalanceTransactionListParams{Customer: stripe.String("cus_123")}
			params.Limit = stripe.Int64(2)
			it := customercashbalancetransaction.List(params)
			page, err := it.CustomerCashBalanceTransactionList(), it.Err()
			// end
			require.NoError(t, err)
			return onePage{len(page.Data), page.HasMore}
		},
		"act for a connected account": func(t *testing.T) any {
			// begin: act for a connected account
			params := &stripe.CashBalanceParams{Customer: stripe.String("cus_456")}
			params.SetStripeAccount("acct_123")
			balance, err := cashbalance.Get(params)
			// end
			require.NoError(t, err)
			return balance.Available["usd"]
		},
		"add a card": func(t *testing.T) any {
			// begin: add a card
			c, err := card.New(&stripe.CardParams{
				Customer: stripe.String("cus_123"),
				Token:    stripe.String("tok_visa"),
			})
			// end
			require.NoError(t, err)
			w.card = c.ID
			return c.Last4
		},
		"retrieve a card": func(t *testing.T) any {
			id := w.card
			// begin: retrieve a card
			c, err := card.Get(id, &stripe.CardParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return c.Last4
		},
		"name a card": func(t *testing.T) any {
			id := w.card
			// begin: name a card
			c, err := card.Update(id, &stripe.CardParams{
				Customer: stripe.String("cus_123"),
				Name:     stripe.String("Jenny Rosen"),
			})
			// end
			require.NoError(t, err)
			return c.Name
		},
		"clear a card's name": func(t *testing.T) any {
			id := w.card
			// begin: clear a card's name
			c, err := card.Update(id, &stripe.CardParams{
				Customer: stripe.String("cus_123"),
				Name:     stripe.String(""),
			})
			// end
			require.NoError(t, err)
			return c.Name
		},
		"list cards": func(t *testing.T) any {
			count := 0
			// begin: list cards
			it := card.List(&stripe.CardListParams{Customer: stripe.String("cus_123")})
			for it.Next() {
				fmt.Println(it.Card().Last4)
				count++
			}
			if err := it.Err(); err != nil {
				return err
			}
			// end
			return count
		},
		"list a page of cards": func(t *testing.T) any {
			// begin: list a page of cards
			params := &stripe.CardListParams{Customer: stripe.String("cus_123")}
			params.Limit = stripe.Int64(2)
			it := card.List(params)
			page, err := it.CardList(), it.Err()
			// end
			require.NoError(t, err)
			return onePage{len(page.Data), page.HasMore}
		},
		"add a card to an account": func(t *testing.T) any {
			// begin: add a card to an account
			c, err := card.New(&stripe.CardParams{
				Account: stripe.String("acct_123"),
				Token:   stripe.String("tok_visa_debit"),
			})
			// end
			require.NoError(t, err)
			return c.Last4
		},
		"delete a card": func(t *testing.T) any {
			id := w.card
			// begin: delete a card
			d, err := card.Del(id, &stripe.CardParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return d.Deleted
		},
		"tell errors apart": func(t *testing.T) any {
			what := ""
			// begin: tell errors apart
			_, err := cashbalance.Get(&stripe.CashBalanceParams{Customer: stripe.String("cus_404")})
			var e *stripe.Error
			if errors.As(err, &e) && e.Code == stripe.ErrorCodeResourceMissing {
				what = e.Msg
			}
			// end
			return what
		},
		"verify a webhook": func(t *testing.T) any {
			payload, secret := w.payload, "whsec_123"
			header := ours.Sign(payload, secret, time.Now())
			// begin: verify a webhook
			event, err := webhook.ConstructEvent(payload, header, secret)
			// end
			require.NoError(t, err)
			return string(event.Type)
		},
	})
}
