package source_test

import (
	"context"
	"fmt"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func ExampleClient_Create() {
	sources := source.New(stripetest.NewServer().Client())

	s, err := sources.Create(context.Background(), &source.CreateParams{
		Type: source.TypeSEPADebit, Currency: "eur", Owner: &source.OwnerParams{Name: new("Jenny Rosen")},
	}, stripecash.WithParam("sepa_debit[iban]", "DE89370400440532013000"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Status, s.SEPADebit.Country, s.SEPADebit.Last4)
	// Output: chargeable DE 3000
}

func ExampleClient_Attach() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, sources := context.Background(), source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeSEPADebit, Currency: "eur"},
		stripecash.WithParam("sepa_debit[iban]", "DE89370400440532013000"))
	if err != nil {
		fmt.Println(err)
		return
	}

	if s, err = sources.Attach(ctx, "cus_123", s.ID); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Customer, s.Status)

	if s, err = sources.Detach(ctx, "cus_123", s.ID); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Status)
	// Output:
	// cus_123 chargeable
	// consumed
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
