// Command cards adds a card to a customer, gives it a name, clears the name again, lists the customer's cards and deletes
// the new one. Without STRIPE_SECRET_KEY it runs on the emulator; with it, on the customer that its argument names.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
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
		return errors.New("set STRIPE_SECRET_KEY and name the customer to add a card to, go run ./examples/cards cus_…, or do neither")
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
	cards, owner := card.New(api), card.Customer(customer)

	c, err := cards.Create(ctx, owner, &card.CreateParams{Token: "tok_visa"})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "added    %s\n", describe(c))

	if c, err = cards.Update(ctx, owner, c.ID, &card.UpdateParams{Name: new("Jenny Rosen")}); err != nil {
		return err
	}
	fmt.Fprintf(w, "named    %s\n", describe(c))

	if c, err = cards.Update(ctx, owner, c.ID, &card.UpdateParams{Name: new("")}); err != nil { // nil would leave it alone
		return err
	}
	fmt.Fprintf(w, "cleared  %s\n", describe(c))

	for one, err := range cards.All(ctx, owner, nil) {
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "listed   %s\n", describe(one))
	}

	gone, err := cards.Delete(ctx, owner, c.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "deleted  %s: %t\n", gone.ID, gone.Deleted)
	return nil
}

func describe(c *card.Card) string {
	return fmt.Sprintf("%s: %s ending in %s, expires %02d/%d, name %q", c.ID, c.Brand, c.Last4, c.ExpMonth, c.ExpYear, c.Name)
}
