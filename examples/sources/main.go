// Command sources makes a source that debits a bank account in the SEPA, attaches it to a customer, lists what is attached, and
// detaches it. Without STRIPE_SECRET_KEY it runs on the emulator; with it, on the customer that its argument names.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func main() {
	if err := run(context.Background(), os.Stdout, os.Getenv("STRIPE_SECRET_KEY"), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, key string, args []string) error {
	if key == "" {
		fmt.Fprintln(w, "STRIPE_SECRET_KEY is not set: this runs on the emulator, without a network.")
		srv := stripetest.NewServer()
		srv.AddCustomer("cus_123")
		return tour(ctx, w, source.New(srv.Client()), "cus_123")
	}
	if len(args) != 1 {
		return errors.New("STRIPE_SECRET_KEY is set: name the customer that gets a test source, go run ./examples/sources cus_…")
	}
	api, err := stripecash.NewClient(key)
	if err != nil {
		return err
	}
	return tour(ctx, w, source.New(api), args[0])
}

func tour(ctx context.Context, w io.Writer, sources *source.Client, customer string) error {
	s, err := sources.Create(ctx, &source.CreateParams{
		Type: source.TypeSEPADebit, Currency: stripecash.CurrencyEUR, Owner: &source.OwnerParams{Name: new("Jenny Rosen")},
	}, stripecash.WithParam("sepa_debit[iban]", "DE89370400440532013000")) // Stripe's test account
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s is a new source:  %s\n", s.ID, show(s))

	if s, err = sources.Attach(ctx, customer, s.ID); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s is attached:      %s\n", s.ID, show(s))

	fmt.Fprintln(w, "\nAll sources of the customer, newest first:")
	for s, err := range sources.AllAttached(ctx, customer, nil) {
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %s  %s\n", s.ID, show(s))
	}

	if s, err = sources.Detach(ctx, customer, s.ID); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s is detached:      %s\n", s.ID, show(s))
	return nil
}

func show(s *source.Source) string {
	text := fmt.Sprintf("%s, %s", s.Type, s.Status)
	if s.SEPADebit != nil {
		text += fmt.Sprintf(", %s ending in %s", s.SEPADebit.Country, s.SEPADebit.Last4)
	}
	return text
}
