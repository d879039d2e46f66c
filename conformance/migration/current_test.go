package migration_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	ours "github.com/ccb8c2b4/stripecash/webhook"
)

// backends lead stripe-go to the emulator, quietly.
func backends(w *world) *stripe.Backends {
	return stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		HTTPClient:      &http.Client{Transport: w.srv},
		LeveledLogger:   &stripe.LeveledLogger{Level: stripe.LevelNull},
		EnableTelemetry: new(false),
	})
}

// stripe-go's newer client, with a context in every call.
func TestCurrent(t *testing.T) {
	w := newWorld()
	sc := stripe.NewClient("sk_test_migration", stripe.WithBackends(backends(w)))
	ctx := t.Context()
	// The last is a call that stripe-go's package-level functions have: this one sends it to /v1/customers//sources.
	lacks := []string{"retrieve a source's transaction", "retrieve a mandate notification", "verify a source"}
	testJobs(t, w, lacks, currentSources(ctx, w, sc), currentBankAccounts(ctx, w, sc), jobs{
		"retrieve a cash balance": func(t *testing.T) any {
			// begin: retrieve a cash balance
			balance, err := sc.V1CashBalances.Retrieve(ctx, &stripe.CashBalanceRetrieveParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return balance.Available["eur"]
		},
		"update a cash balance": func(t *testing.T) any {
			// begin: update a cash balance
			balance, err := sc.V1CashBalances.Update(ctx, &stripe.CashBalanceUpdateParams{
				Customer: stripe.String("cus_123"),
				Settings: &stripe.CashBalanceUpdateSettingsParams{
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
			txn, err := sc.V1CustomerCashBalanceTransactions.Retrieve(ctx, id, &stripe.CustomerCashBalanceTransactionRetrieveParams{
				Customer: stripe.String("cus_123"),
			})
			// end
			require.NoError(t, err)
			return txn.NetAmount
		},
		"list transactions": func(t *testing.T) any {
			sum := int64(0)
			// begin: list transactions
			list := sc.V1CustomerCashBalanceTransactions.List(ctx, &stripe.CustomerCashBalanceTransactionListParams{
				Customer: stripe.String("cus_123"),
			})
			for txn, err := range list.All(ctx) {
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
			params := &stripe.CustomerCashBalanceTransactionListParams{Customer: stripe.String("cus_123")}
			params.EndingBefore = stripe.String(booked)
			for txn, err := range sc.V1CustomerCashBalanceTransactions.List(ctx, params).All(ctx) {
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
			txn, err := sc.V1TestHelpersCustomers.FundCashBalance(ctx, "cus_123", &stripe.TestHelpersCustomerFundCashBalanceParams{
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
			txn, err := sc.V1TestHelpersCustomers.FundCashBalance(ctx, "cus_123", params)
			// end
			require.NoError(t, err)
			return txn.EndingBalance
		},
		"list a page of transactions": func(t *testing.T) any {
			// begin: list a page of transactions
			params := &stripe.CustomerCashBalanceTransactionListParams{Customer: stripe.String("cus_123")}
			params.Limit = stripe.Int64(2)
			list := sc.V1CustomerCashBalanceTransactions.List(ctx, params)
			txns, more, err := list.Data(), list.Meta().HasMore, list.Err()
			// end
			require.NoError(t, err)
			return onePage{len(txns), more}
		},
		"act for a connected account": func(t *testing.T) any {
			// begin: act for a connected account
			params := &stripe.CashBalanceRetrieveParams{Customer: stripe.String("cus_456")}
			params.SetStripeAccount("acct_123")
			balance, err := sc.V1CashBalances.Retrieve(ctx, params)
			// end
			require.NoError(t, err)
			return balance.Available["usd"]
		},
		"add a card": func(t *testing.T) any {
			// begin: add a card
			c, err := sc.V1Cards.Create(ctx, &stripe.CardCreateParams{
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
			c, err := sc.V1Cards.Retrieve(ctx, id, &stripe.CardRetrieveParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return c.Last4
		},
		"name a card": func(t *testing.T) any {
			id := w.card
			// begin: name a card
			c, err := sc.V1Cards.Update(ctx, id, &stripe.CardUpdateParams{
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
			c, err := sc.V1Cards.Update(ctx, id, &stripe.CardUpdateParams{
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
			list := sc.V1Cards.List(ctx, &stripe.CardListParams{Customer: stripe.String("cus_123")})
			for c, err := range list.All(ctx) {
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
			params := &stripe.CardListParams{Customer: stripe.String("cus_123")}
			params.Limit = stripe.Int64(2)
			list := sc.V1Cards.List(ctx, params)
			cards, more, err := list.Data(), list.Meta().HasMore, list.Err()
			// end
			require.NoError(t, err)
			return onePage{len(cards), more}
		},
		"add a card to an account": func(t *testing.T) any {
			// begin: add a card to an account
			c, err := sc.V1Cards.Create(ctx, &stripe.CardCreateParams{
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
			d, err := sc.V1Cards.Delete(ctx, id, &stripe.CardDeleteParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return d.Deleted
		},
		"tell errors apart": func(t *testing.T) any {
			what := ""
			// begin: tell errors apart
			_, err := sc.V1CashBalances.Retrieve(ctx, &stripe.CashBalanceRetrieveParams{Customer: stripe.String("cus_404")})
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
			event, err := sc.ConstructEvent(payload, header, secret)
			// end
			require.NoError(t, err)
			return string(event.Type)
		},
	})
}
