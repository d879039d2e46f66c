package stripetest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/webhook"
)

// A customer that was not added is not found.
func ExampleAccount_AddCustomer() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")

	balances := cashbalance.New(srv.Client())
	_, err := balances.Get(context.Background(), "cus_123")
	fmt.Println(err)
	_, err = balances.Get(context.Background(), "cus_404")
	fmt.Println(errors.Is(err, stripecash.ErrNotFound))
	// Output:
	// <nil>
	// true
}

// Recipients are retired: only a server that was asked for them has some.
func ExampleAccount_AddRecipient() {
	srv := stripetest.NewServer(stripetest.WithRecipients())
	srv.AddRecipient("rp_123")

	c, err := card.New(srv.Client()).Create(context.Background(), card.Recipient("rp_123"), &card.CreateParams{Token: "tok_visa_debit"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Brand, c.Last4)
	// Output: Visa 5556
}

// The client of a connected account names it in each request.
func ExampleAccount_Client() {
	srv := stripetest.NewServer()
	shop := srv.Connect("acct_shop")
	shop.AddCustomer("cus_123")

	if _, err := cashbalance.New(shop.Client()).Get(context.Background(), "cus_123"); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(srv.Requests()[0].Header.Get("Stripe-Account"))
	// Output: acct_shop
}

// The ID names the account where it is the owner: of what it is paid out to.
func ExampleAccount_ID() {
	srv := stripetest.NewServer()
	owner := card.Account(srv.ID())

	c, err := card.New(srv.Client()).Create(context.Background(), owner, &card.CreateParams{Token: "tok_visa_debit"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Account.ID == srv.ID())
	// Output: true
}

// The bank account for the default currency can't be deleted until the default is another one.
func ExampleAccount_SetDefaultCurrency() {
	srv := stripetest.NewServer()
	shop := srv.Connect("acct_shop")
	ctx, owner, sources := context.Background(), paymentsource.Account("acct_shop"), paymentsource.New(srv.Client())
	b, err := sources.CreateBankAccount(ctx, owner, &paymentsource.CreateBankAccountParams{Token: "btok_us"})
	if err != nil {
		fmt.Println(err)
		return
	}

	_, err = sources.DeleteBankAccount(ctx, owner, b.ID)
	fmt.Println(errors.Is(err, stripecash.ErrInvalidRequest))
	shop.SetDefaultCurrency("eur")
	_, err = sources.DeleteBankAccount(ctx, owner, b.ID)
	fmt.Println(err)
	// Output:
	// true
	// <nil>
}

// In manual mode funds stay in the cash balance, though a payment waits for them.
func ExampleAccount_SetReconciliationMode() {
	srv := stripetest.NewServer()
	srv.SetReconciliationMode("manual")
	srv.AddCustomer("cus_123")
	srv.AddPaymentIntent("cus_123", "eur", 80_00)
	srv.Fund("cus_123", "eur", 100_00)

	balance, err := cashbalance.New(srv.Client()).Get(context.Background(), "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(balance.Settings.ReconciliationMode, balance.Available["eur"])
	// Output: manual 10000
}

// The server's clock stands in the month in which the card expires.
func ExampleAccount_ExpireCards() {
	august := time.Date(2034, time.August, 1, 12, 0, 0, 0, time.UTC)
	srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return august }))
	srv.AddCustomer("cus_123")
	_, err := card.New(srv.Client()).Create(context.Background(), card.Customer("cus_123"), &card.CreateParams{
		Details: &card.Details{Number: card.NewSecret("4242424242424242"), ExpMonth: 8, ExpYear: 2034},
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	fmt.Println(srv.ExpireCards("cus_123"))
	events := srv.Events()
	fmt.Println(events[len(events)-1].Type)
	// Output:
	// 1
	// customer.source.expiring
}

// A platform's endpoint gets the events of all accounts that are connected to it.
func ExampleAccount_AddWebhook() {
	srv := stripetest.NewServer()
	srv.AddWebhook(stripetest.Webhook{
		URL: "https://example.com/connect", Secrets: []string{"whsec_test"}, Connect: true,
		Handler: webhook.Verifier{Secrets: []string{"whsec_test"}}.Handler(func(_ context.Context, event *webhook.Event) error {
			fmt.Println(event.Account, event.Type)
			return nil
		}),
	})

	shop := srv.Connect("acct_shop")
	shop.AddCustomer("cus_123")
	shop.Fund("cus_123", "eur", 100_00)
	srv.Deliver(context.Background())
	// Output:
	// acct_shop customer_cash_balance_transaction.created
	// acct_shop cash_balance.funds_available
}

// An endpoint that is down gets the event again after a pause.
func ExampleDelivery_OK() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.AddWebhook(stripetest.Webhook{
		URL: "https://example.com/stripe", Secrets: []string{"whsec_test"}, Types: []webhook.EventType{webhook.CashBalanceFundsAvailable},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }),
	})

	srv.Fund("cus_123", "eur", 100_00)
	for _, d := range srv.Deliver(context.Background()) {
		fmt.Println(d.OK(), d.Status, d.Next)
	}
	// Output: false 503 5m0s
}
