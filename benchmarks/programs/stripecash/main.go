// Command stripecash is the small program that the footprint is measured with: it retrieves a cash balance and updates it.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
)

func main() {
	if err := run(context.Background(), os.Getenv("STRIPE_SECRET_KEY"), os.Getenv("STRIPE_API_BASE"), "cus_OaCLf8Fi1nbFpJ"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until whoever measures has looked
}

func run(ctx context.Context, key, base, customer string) error {
	api, err := stripecash.NewClient(key, stripecash.WithBaseURL(base))
	if err != nil {
		return err
	}
	balances := cashbalance.New(api)
	balance, err := balances.Get(ctx, customer)
	if err != nil {
		return err
	}
	fmt.Println(balance.Available["eur"])
	balance, err = balances.Update(ctx, customer, &cashbalance.UpdateParams{
		Settings: &cashbalance.SettingsParams{ReconciliationMode: cashbalance.ReconciliationModeManual},
	})
	if err != nil {
		return err
	}
	fmt.Println(balance.Settings.ReconciliationMode)
	return nil
}
