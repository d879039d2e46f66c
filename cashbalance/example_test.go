package cashbalance_test

import (
	"context"
	"fmt"

	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func ExampleClient_Get() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 100_00)
	balances := cashbalance.New(srv.Client())

	b, err := balances.Get(context.Background(), "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	for currency, amount := range b.Available {
		fmt.Println(currency.Format(amount))
	}
	// Output: EUR 100.00
}

func ExampleClient_Update() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	balances := cashbalance.New(srv.Client())

	b, err := balances.Update(context.Background(), "cus_123", &cashbalance.UpdateParams{
		Settings: &cashbalance.SettingsParams{ReconciliationMode: cashbalance.ReconciliationModeManual},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(b.Settings.ReconciliationMode, b.Settings.UsingMerchantDefault)
	// Output: manual false
}
