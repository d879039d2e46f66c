package transaction_test

import (
	"context"
	"fmt"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
)

func ExampleClient_Get() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	id := srv.Fund("cus_123", "eur", 100_00)
	transactions := transaction.New(srv.Client())

	t, err := transactions.Get(context.Background(), "cus_123", id)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Type, t.Currency.Format(t.NetAmount), t.Funded.BankTransfer.Type)
	// Output: funded EUR 100.00 eu_bank_transfer
}

func ExampleClient_List() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	for _, amount := range []int64{1_00, 2_00, 3_00} {
		srv.Fund("cus_123", "eur", amount)
	}
	transactions := transaction.New(srv.Client())

	page, err := transactions.List(context.Background(), "cus_123", &stripecash.ListParams{Limit: 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range page.Data {
		fmt.Println(t.NetAmount)
	}
	fmt.Println("more:", page.HasMore)
	// Output:
	// 300
	// 200
	// more: true
}

func ExampleClient_All() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 100_00)
	srv.InitiateReturn("cus_123", "eur", 25_00)
	transactions := transaction.New(srv.Client())

	for t, err := range transactions.All(context.Background(), "cus_123", nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(t.Type, t.NetAmount, t.EndingBalance)
	}
	// Output:
	// return_initiated -2500 7500
	// funded 10000 10000
}

// A ledger of your own: what was booked is known by its last ID, and the next time goes on there.
func ExampleClient_Follow() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	transactions := transaction.New(srv.Client())
	booked := "" // the ID of the last transaction in the ledger; it is kept with it

	catchUp := func(ctx context.Context) error {
		for t, err := range transactions.Follow(ctx, "cus_123", booked) {
			if err != nil {
				return err // what was booked stays booked
			}
			fmt.Println(t.Type, t.NetAmount)
			booked = t.ID // together with the entry, in one database transaction
		}
		return nil
	}

	srv.Fund("cus_123", "eur", 100_00)
	srv.InitiateReturn("cus_123", "eur", 25_00)
	fmt.Println(catchUp(context.Background()))
	srv.Fund("cus_123", "eur", 7_00)
	fmt.Println(catchUp(context.Background()))
	// Output:
	// funded 10000
	// return_initiated -2500
	// <nil>
	// funded 700
	// <nil>
}

func ExampleClient_Fund() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	transactions := transaction.New(srv.Client())

	t, err := transactions.Fund(context.Background(), "cus_123", &transaction.FundParams{
		Amount: 5_00, Currency: stripecash.CurrencyGBP, Reference: "INV-17",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.EndingBalance, t.Currency, t.Funded.BankTransfer.Reference)
	// Output: 500 gbp INV-17
}
