// Command cards adds a card to a customer, gives it a name, clears the name, lists the customer's cards and deletes the
// new one. Without STRIPE_SECRET_KEY it runs on the emulator; with it, on the customer that its argument names.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

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
	if key == "" {
		fmt.Fprintln(w, "STRIPE_SECRET_KEY is not set: this runs on the emulator, without a network.")
		srv := stripetest.NewServer()
		srv.AddCustomer("cus_123")
		return tour(ctx, w, card.New(srv.Client()), card.Customer("cus_123"))
	}
	if len(args) != 1 {
		return errors.New("STRIPE_SECRET_KEY is set: name the customer that gets a test card, go run ./examples/cards cus_…")
	}
	api, err := stripecash.NewClient(key)
	if err != nil {
		return err
	}
	return tour(ctx, w, card.New(api), card.Customer(args[0]))
}

func tour(ctx context.Context, w io.Writer, cards *card.Client, owner card.Owner) error {
	c, err := cards.Create(ctx, owner, &card.CreateParams{
		Token: "tok_visa", Metadata: stripecash.Metadata{"made_by": "examples/cards"},
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s is a new card:         %s\n", c.ID, show(c))

	if c, err = cards.Update(ctx, owner, c.ID, &card.UpdateParams{Name: new("Jenny Rosen")}); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s has a name now:        %s\n", c.ID, show(c))

	if c, err = cards.Update(ctx, owner, c.ID, &card.UpdateParams{Name: new("")}); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s has none any more:     %s\n", c.ID, show(c))

	fmt.Fprintln(w, "\nAll cards of the customer, newest first:")
	for c, err := range cards.All(ctx, owner, nil) {
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %s  %s\n", c.ID, show(c))
	}

	d, err := cards.Delete(ctx, owner, c.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s is deleted: %t\n", d.ID, d.Deleted)
	return nil
}

func show(c *card.Card) string {
	return fmt.Sprintf("%s %s, %02d/%d, name %q", c.Brand, c.Last4, c.ExpMonth, c.ExpYear, c.Name)
}
