// Command webhooks runs an HTTP server that takes in events, and lets the emulator send it two of them, signed with two
// secrets as while one is being replaced. Then it sends the last event again, and a forged one.
package main

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/webhook"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer) error {
	// The receiver knows the new secret only; Stripe signs with both while the old one is on its way out.
	verifier := webhook.Verifier{Secrets: []string{"whsec_new"}, Deduper: new(webhook.MemoryDeduper), Logger: reasons(w)}
	endpoint := httptest.NewServer(verifier.Handler(func(_ context.Context, event *webhook.Event) error {
		balance, err := webhook.Decode[cashbalance.CashBalance](event)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  processed: %s has %s\n", balance.Customer, stripecash.CurrencyEUR.Format(balance.Available["eur"]))
		return nil
	}))
	defer endpoint.Close()

	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.AddWebhook(stripetest.Webhook{
		URL: endpoint.URL, Secrets: []string{"whsec_old", "whsec_new"},
		Types: []webhook.EventType{webhook.CashBalanceFundsAvailable},
	})
	for _, amount := range []int64{100_00, 25_50} {
		fmt.Fprintf(w, "a transfer of %s lands:\n", stripecash.CurrencyEUR.Format(amount))
		srv.Fund("cus_123", stripecash.CurrencyEUR, amount)
		for _, d := range srv.Deliver(ctx) {
			fmt.Fprintf(w, "  answered with %d\n", d.Status)
		}
	}
	events := srv.Events()
	genuine := string(events[len(events)-1].Body)
	fmt.Fprintln(w, "the last event comes a second time:")
	if err := post(ctx, w, endpoint.URL, genuine, "whsec_new"); err != nil {
		return err
	}
	fmt.Fprintln(w, "somebody raises the amount in it, without knowing the secret:")
	if err := post(ctx, w, endpoint.URL, strings.ReplaceAll(genuine, "12550", "9912550"), "whsec_guessed"); err != nil {
		return err
	}
	balance, err := cashbalance.New(srv.Client()).Get(ctx, "cus_123")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "the balance is %s\n", stripecash.CurrencyEUR.Format(balance.Available["eur"]))
	return nil
}
