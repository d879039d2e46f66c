// Command stripe-go is the small program that the footprint is measured with, written with stripe-go.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/stripe/stripe-go/v85"
)

func main() {
	if err := run(context.Background(), os.Getenv("STRIPE_SECRET_KEY"), os.Getenv("STRIPE_API_BASE"), "cus_OaCLf8Fi1nbFpJ"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until whoever measures has looked
}

func run(ctx context.Context, key, base, customer string) error {
	sc := stripe.NewClient(key, stripe.WithBackends(stripe.NewBackendsWithConfig(&stripe.BackendConfig{URL: stripe.String(base)})))
	balance, err := sc.V1CashBalances.Retrieve(ctx, &stripe.CashBalanceRetrieveParams{Customer: stripe.String(customer)})
	if err != nil {
		return err
	}
	fmt.Println(balance.Available["eur"])
	balance, err = sc.V1CashBalances.Update(ctx, &stripe.CashBalanceUpdateParams{
		Customer: stripe.String(customer),
		Settings: &stripe.CashBalanceUpdateSettingsParams{
			ReconciliationMode: stripe.String(string(stripe.CashBalanceSettingsReconciliationModeManual)),
		},
	})
	if err != nil {
		return err
	}
	fmt.Println(balance.Settings.ReconciliationMode)
	return nil
}
