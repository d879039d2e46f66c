// Command quickstart sets a customer's cash balance to manual reconciliation, retrieves a cash balance, and lists what
// moved it. Without STRIPE_SECRET_KEY it runs on the emulator; with it, a test key, on the customer that its argument
// names.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
)

func main() {
	if err := run(context.Background(), os.Stdout, os.Getenv("STRIPE_SECRET_KEY"), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, key string, args []string) error {
	switch {
	case key == "" && len(args) > 0:
		return fmt.Errorf("STRIPE_SECRET_KEY is not set: without a key this runs on customers of its own, not on %q", args[0])
	case key == "":
		fmt.Fprintln(w, "STRIPE_SECRET_KEY is not set: this runs on the emulator, without a network.")
		srv := stripetest.NewServer()
		srv.AddCustomer("cus_Ob4Xiw8KXOqcvM")
		srv.AddCustomer("cus_OaCLf8Fi1nbFpJ")
		srv.Fund("cus_OaCLf8Fi1nbFpJ", stripecash.CurrencyEUR, 100_00)
		return tour(ctx, w, srv.Client(), "cus_Ob4Xiw8KXOqcvM", "cus_OaCLf8Fi1nbFpJ")
	case len(args) != 1:
		return errors.New("STRIPE_SECRET_KEY is set: name the customer whose cash balance to set to manual, go run ./examples/quickstart cus_…")
	case strings.Contains(key, "_live_"):
		return errors.New("STRIPE_SECRET_KEY is a live one, and this changes the customer: use a test key, sk_test_…")
	}
	api, err := stripecash.NewClient(key)
	if err != nil {
		return err
	}
	return tour(ctx, w, api, args[0], args[0])
}

// tour sets one customer to manual and looks at another, or the same.
func tour(ctx context.Context, w io.Writer, api *stripecash.Client, manual, funded string) error {
	var resp stripecash.Response // the answers as they came
	balances := cashbalance.New(api)
	set, err := balances.Update(ctx, manual, &cashbalance.UpdateParams{
		Settings: &cashbalance.SettingsParams{ReconciliationMode: cashbalance.ReconciliationModeManual},
	}, stripecash.WithResponse(&resp))
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s is reconciled by hand now (%s):\n%s\n", set.Customer, set.Settings.ReconciliationMode, indent(resp.Body))

	balance, err := balances.Get(ctx, funded, stripecash.WithResponse(&resp))
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s has %s available:\n%s\n", balance.Customer, money(balance.Available), indent(resp.Body))

	fmt.Fprintf(w, "\nWhat moved it, newest first:\n")
	for t, err := range transaction.New(api).All(ctx, funded, nil) {
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %s  %-22s %14s  then %14s  %s\n", t.Created.Time().Format("2006-01-02 15:04"),
			t.Type, t.Currency.Format(t.NetAmount), t.Currency.Format(t.EndingBalance), t.ID)
	}
	return nil
}
