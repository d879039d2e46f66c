// Command sources makes a SEPA debit source, attaches it to a customer, lists what is attached, and detaches it again.
// Without STRIPE_SECRET_KEY it runs on the emulator; with it, on the customer that its argument names.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

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
	switch {
	case key == "" && len(args) == 0:
		fmt.Fprintln(w, "STRIPE_SECRET_KEY is not set: this runs on the emulator, without a network.")
		srv := stripetest.NewServer()
		srv.AddCustomer("cus_NffrFeUfNV2Hib")
		return tour(ctx, w, srv.Client(), "cus_NffrFeUfNV2Hib")
	case key == "" || len(args) != 1 || args[0] == "":
		return errors.New("set STRIPE_SECRET_KEY and name the customer to attach a source to, go run ./examples/sources cus_…, or do neither")
	case strings.Contains(key, "_live_"):
		return errors.New("STRIPE_SECRET_KEY is a live one, and this changes the customer: use a test key, sk_test_…")
	}
	api, err := stripecash.NewClient(key)
	if err != nil {
		return err
	}
	return tour(ctx, w, api, args[0])
}

func tour(ctx context.Context, w io.Writer, api *stripecash.Client, customer string) error {
	sources := source.New(api)

	s, err := sources.Create(ctx, &source.CreateParams{
		Type: source.TypeSEPADebit, Currency: stripecash.CurrencyEUR, Owner: &source.OwnerParams{Name: new("Jenny Rosen")},
	}, stripecash.WithParam("sepa_debit[iban]", "DE89370400440532013000")) // Stripe's test account; not in its specification
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "created   %s\n", describe(s))

	if s, err = sources.Attach(ctx, customer, s.ID); err != nil {
		return err
	}
	fmt.Fprintf(w, "attached  %s\n", describe(s))

	for one, err := range sources.AllAttached(ctx, customer, nil) {
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "listed    %s\n", describe(one))
	}

	if s, err = sources.Detach(ctx, customer, s.ID); err != nil {
		return err
	}
	fmt.Fprintf(w, "detached  %s\n", describe(s))
	return nil
}

func describe(s *source.Source) string {
	whose := "" // a customer may have sources of other types, and of nobody known
	if s.SEPADebit != nil && s.Owner != nil {
		whose = fmt.Sprintf(" ending in %s of %q", s.SEPADebit.Last4, s.Owner.Name)
	}
	return fmt.Sprintf("%s: %s%s, %s, customer %q", s.ID, s.Type, whose, s.Status, s.Customer)
}
