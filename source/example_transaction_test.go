package source_test

import (
	"context"
	"fmt"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func ExampleClient_GetTransaction() {
	srv := stripetest.NewServer()
	ctx, sources := context.Background(), source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeACHCreditTransfer, Currency: "usd"})
	if err != nil {
		fmt.Println(err)
		return
	}
	id := srv.ReceiveFunds(s.ID, 42_42) // a transfer to s.ACHCreditTransfer.AccountNumber

	t, err := sources.GetTransaction(ctx, s.ID, id)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Currency.Format(t.Amount), t.Status)
	// Output: USD 42.42 succeeded
}

func ExampleClient_ListTransactions() {
	srv := stripetest.NewServer()
	ctx, sources := context.Background(), source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeACHCreditTransfer, Currency: "usd"})
	if err != nil {
		fmt.Println(err)
		return
	}
	srv.ReceiveFunds(s.ID, 10_00)
	srv.ReceiveFunds(s.ID, 20_00)

	page, err := sources.ListTransactions(ctx, s.ID, &stripecash.ListParams{Limit: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(page.Data[0].Amount, page.HasMore)
	// Output: 2000 true
}

func ExampleClient_AllTransactions() {
	sources := source.New(stripetest.NewServer().Client())
	ctx := context.Background()
	s, err := sources.Create(ctx, &source.CreateParams{
		Type: source.TypeACHCreditTransfer, Currency: "usd",
		Owner: &source.OwnerParams{Email: new("amount_4242@example.com")}, // in test mode: $42.42 arrive at once
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	for t, err := range sources.AllTransactions(ctx, s.ID, nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(t.Currency.Format(t.Amount), t.Status)
	}
	// Output: USD 42.42 succeeded
}

func ExampleClient_GetMandateNotification() {
	srv := stripetest.NewServer()
	ctx, sources := context.Background(), source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeSEPADebit, Currency: "eur"})
	if err != nil {
		fmt.Println(err)
		return
	}
	id := srv.NotifyMandate(s.ID, 15_00) // the event source.mandate_notification has this ID

	n, err := sources.GetMandateNotification(ctx, s.ID, id)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(n.Reason, n.Amount, n.SEPADebit.Last4)
	// Output: debit_initiated 1500 3000
}
