package stripetest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
	"github.com/ccb8c2b4/stripecash/webhook"
)

func Example() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 100_00)

	balance, err := cashbalance.New(srv.Client()).Get(context.Background(), "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(balance.Available["eur"], balance.Settings.ReconciliationMode)
	// Output: 10000 automatic
}

// A payment that awaits funds takes them when they arrive, and what is left stays in the cash balance.
func ExampleAccount_Fund() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.AddPaymentIntent("cus_123", "eur", 80_00)
	srv.Fund("cus_123", "eur", 100_00)

	for t, err := range transaction.New(srv.Client()).All(context.Background(), "cus_123", nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(t.Type, t.NetAmount, t.EndingBalance)
	}
	// Output:
	// applied_to_payment -8000 2000
	// funded 10000 10000
}

// The connection breaks after the transfer was made; the client tries again, with the same idempotency key, and the
// customer is funded once.
func ExampleServer_Fail() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fail(stripetest.Fault{Method: http.MethodPost, Cut: stripetest.CutAfterEffect})

	ctx, transactions := context.Background(), transaction.New(srv.Client())
	if _, err := transactions.Fund(ctx, "cus_123", &transaction.FundParams{Amount: 50_00, Currency: "usd"}); err != nil {
		fmt.Println(err)
		return
	}
	page, err := transactions.List(ctx, "cus_123", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(srv.Requests())-1, "attempts,", len(page.Data), "transaction")
	// Output: 2 attempts, 1 transaction
}

// An outage that ends.
func ExampleServer_ClearFaults() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fail(stripetest.Fault{Status: http.StatusServiceUnavailable, Times: -1})

	ctx, balances := context.Background(), cashbalance.New(srv.Client(stripecash.WithMaxRetries(0)))
	_, err := balances.Get(ctx, "cus_123")
	fmt.Println(errors.Is(err, stripecash.ErrServer))

	fmt.Println(len(srv.ClearFaults()), "fault was left")
	_, err = balances.Get(ctx, "cus_123")
	fmt.Println(err)
	// Output:
	// true
	// 1 fault was left
	// <nil>
}

// Each connected account has its own customers.
func ExampleServer_Connect() {
	srv := stripetest.NewServer()
	shop := srv.Connect("acct_shop")
	shop.AddCustomer("cus_123")

	_, err := cashbalance.New(shop.Client()).Get(context.Background(), "cus_123")
	fmt.Println(err)
	_, err = cashbalance.New(srv.Client()).Get(context.Background(), "cus_123")
	fmt.Println(err != nil)
	// Output:
	// <nil>
	// true
}

// Any HTTP client can use a server, whatever host it asks for.
func ExampleServer_RoundTrip() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_Ob4Xiw8KXOqcvM")

	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "https://api.stripe.com/v1/customers/cus_Ob4Xiw8KXOqcvM/cash_balance",
		strings.NewReader("settings[reconciliation_mode]=manual"))
	if err != nil {
		fmt.Println(err)
		return
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth("sk_test_123", "")
	resp, err := (&http.Client{Transport: srv}).Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n%s\n", resp.Status, body)
	// Output:
	// 200 OK
	// {
	//   "object": "cash_balance",
	//   "available": null,
	//   "customer": "cus_Ob4Xiw8KXOqcvM",
	//   "livemode": false,
	//   "settings": {
	//     "reconciliation_mode": "manual",
	//     "using_merchant_default": false
	//   }
	// }
}

// Events are the objects that webhook endpoints get.
func ExampleAccount_Events() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 100_00)
	for _, event := range srv.Events() {
		fmt.Println(event.Type)
	}
	// Output:
	// customer_cash_balance_transaction.created
	// cash_balance.funds_available
}

// Requests tell what the code under test sent, without the key and without card numbers.
func ExampleServer_Requests() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	if _, err := cashbalance.New(srv.Client()).Get(context.Background(), "cus_123"); err != nil {
		fmt.Println(err)
		return
	}

	for _, r := range srv.Requests() {
		fmt.Println(r.Method, r.Path, r.Status, r.Header.Get("Stripe-Version"))
	}
	// Output: GET /v1/customers/cus_123/cash_balance 200 2026-08-26.dahlia
}

// A handler takes the deliveries without a port. What it refuses is due again after a pause.
func ExampleServer_Deliver() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	endpoint := webhook.Verifier{Secrets: []string{"whsec_test"}}
	srv.AddWebhook(stripetest.Webhook{
		URL: "https://example.com/stripe", Secrets: []string{"whsec_test"},
		Types: []webhook.EventType{webhook.CashBalanceFundsAvailable},
		Handler: endpoint.Handler(func(_ context.Context, event *webhook.Event) error {
			balance, err := webhook.Decode[cashbalance.CashBalance](event)
			if err != nil {
				return err
			}
			fmt.Println(balance.Customer, balance.Available["eur"])
			return nil
		}),
	})

	srv.Fund("cus_123", "eur", 100_00)
	for _, d := range srv.Deliver(context.Background()) {
		fmt.Println(d.EventType, d.Status)
	}
	// Output:
	// cus_123 10000
	// cash_balance.funds_available 200
}

// Stripe delivers events more than once.
func ExampleAccount_Resend() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	endpoint := webhook.Verifier{Secrets: []string{"whsec_test"}, Deduper: new(webhook.MemoryDeduper)}
	srv.AddWebhook(stripetest.Webhook{
		URL: "https://example.com/stripe", Secrets: []string{"whsec_test"},
		Types: []webhook.EventType{webhook.CashBalanceFundsAvailable},
		Handler: endpoint.Handler(func(_ context.Context, event *webhook.Event) error {
			fmt.Println("processed", event.Type)
			return nil
		}),
	})
	srv.Fund("cus_123", "eur", 100_00)
	for _, event := range srv.Events() {
		srv.Resend(event.ID)
	}
	for _, d := range srv.Deliver(context.Background()) {
		fmt.Println(d.EventType, d.Status)
	}
	// Output:
	// processed cash_balance.funds_available
	// cash_balance.funds_available 200
	// cash_balance.funds_available 200
}

// A fifth of the requests goes wrong; nothing is lost and nothing is done twice.
func ExampleServer_FailRandomly() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.FailRandomly(1, 0.2)
	ctx, transactions := context.Background(), transaction.New(srv.Client(stripecash.WithMaxRetries(10)))

	for i := range 5 {
		_, err := transactions.Fund(ctx, "cus_123", &transaction.FundParams{Amount: 1_00, Currency: "usd"},
			stripecash.WithIdempotencyKey(fmt.Sprint("order-", i)))
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	srv.FailRandomly(0, 0)
	balance, err := cashbalance.New(srv.Client()).Get(ctx, "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(balance.Available["usd"])
	// Output: 500
}

func ExampleServer_LimitRate() {
	noon := time.Date(2026, time.September, 1, 12, 0, 0, 0, time.UTC)
	srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return noon }))
	srv.AddCustomer("cus_123")
	srv.LimitRate(1)
	balances := cashbalance.New(srv.Client(stripecash.WithMaxRetries(0)))

	for range 2 {
		_, err := balances.Get(context.Background(), "cus_123")
		fmt.Println(errors.Is(err, stripecash.ErrRateLimited))
	}
	// Output:
	// false
	// true
}

// A snapshot brings a test back to where it was.
func ExampleServer_Restore() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 100_00)
	snapshot, err := srv.Snapshot()
	if err != nil {
		fmt.Println(err)
		return
	}
	srv.TransferToBalance("cus_123", "eur", 40_00)

	if err := srv.Restore(snapshot); err != nil {
		fmt.Println(err)
		return
	}
	balance, err := cashbalance.New(srv.Client()).Get(context.Background(), "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(balance.Available["eur"])
	// Output: 10000
}

// On a port, as for programs that are not written in Go.
func ExampleServer_ServeHTTP() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	port := httptest.NewServer(srv)
	defer port.Close()

	api, err := stripecash.NewClient("sk_test_123", stripecash.WithBaseURL(port.URL))
	if err != nil {
		fmt.Println(err)
		return
	}
	balance, err := cashbalance.New(api).Get(context.Background(), "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(balance.Customer)
	// Output: cus_123
}

// With a seed, IDs are the same in every run.
func ExampleWithSeed() {
	for range 2 {
		srv := stripetest.NewServer(stripetest.WithSeed(1))
		srv.AddCustomer("cus_123")
		fmt.Println(srv.Fund("cus_123", "eur", 100_00))
	}
	// Output:
	// ccsbtxn_1XAx1YQrJwelikuHJ23bePO0
	// ccsbtxn_1XAx1YQrJwelikuHJ23bePO0
}

func ExampleServer_Changes() {
	srv := stripetest.NewServer()
	kept := srv.Changes()
	srv.AddCustomer("cus_123")
	fmt.Println(srv.Changes() > kept) // time for another Snapshot
	// Output: true
}
