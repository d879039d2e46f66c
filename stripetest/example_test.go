package stripetest_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
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

	req, err := http.NewRequest(http.MethodPost, "https://api.stripe.com/v1/customers/cus_Ob4Xiw8KXOqcvM/cash_balance",
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
	defer resp.Body.Close()
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
