package stripetest_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// Stripe's test tokens decide what happens to a card.
func Example_declined() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	cards := card.New(srv.Client())

	_, err := cards.Create(context.Background(), card.Customer("cus_1"), &card.CreateParams{Token: "tok_chargeDeclinedInsufficientFunds"})
	if e, ok := errors.AsType[*stripecash.Error](err); ok {
		fmt.Println(e.Status, e.Code, e.DeclineCode)
	}
	// Output:
	// 402 card_declined insufficient_funds
}

// A source with a redirect waits until its owner has authorized it.
func ExampleAccount_AuthorizeSource() {
	ctx := context.Background()
	srv := stripetest.NewServer()
	sources := source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{
		Type:     source.TypeIDEAL,
		Amount:   10_00,
		Currency: stripecash.CurrencyEUR,
		Redirect: &source.RedirectParams{ReturnURL: "https://shop.example.com/back"},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(s.Status)

	srv.AuthorizeSource(s.ID)
	if s, err = sources.Get(ctx, s.ID, nil); err != nil {
		panic(err)
	}
	fmt.Println(s.Status)
	for _, e := range srv.Events() {
		fmt.Println(e.Type)
	}
	// Output:
	// pending
	// chargeable
	// source.chargeable
}

// A receiver becomes chargeable when funds arrive.
func ExampleAccount_ReceiveFunds() {
	ctx := context.Background()
	srv := stripetest.NewServer()
	sources := source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeACHCreditTransfer, Currency: "usd"})
	if err != nil {
		panic(err)
	}

	srv.ReceiveFunds(s.ID, 25_00)
	if s, err = sources.Get(ctx, s.ID, nil); err != nil {
		panic(err)
	}
	fmt.Println(s.Status, s.Currency.Format(s.Receiver.AmountReceived))
	// Output:
	// chargeable USD 25.00
}

// The owner declines, and the redirect tells why.
func ExampleAccount_FailSource() {
	ctx := context.Background()
	srv := stripetest.NewServer()
	sources := source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{
		Type:     source.TypeIDEAL,
		Amount:   10_00,
		Currency: stripecash.CurrencyEUR,
		Redirect: &source.RedirectParams{ReturnURL: "https://shop.example.com/back"},
	})
	if err != nil {
		panic(err)
	}

	srv.FailSource(s.ID, "declined")
	if s, err = sources.Get(ctx, s.ID, nil); err != nil {
		panic(err)
	}
	fmt.Println(s.Status, s.Redirect.Status, s.Redirect.FailureReason)
	// Output:
	// failed failed declined
}

// Nobody authorized the source or charged it, and Stripe gives it up.
func ExampleAccount_CancelSource() {
	ctx := context.Background()
	srv := stripetest.NewServer()
	sources := source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeACHCreditTransfer, Currency: "usd"})
	if err != nil {
		panic(err)
	}

	srv.CancelSource(s.ID)
	if s, err = sources.Get(ctx, s.ID, nil); err != nil {
		panic(err)
	}
	fmt.Println(s.Status)
	// Output:
	// canceled
}

// A transfer that had arrived is recalled.
func ExampleAccount_FailFunds() {
	ctx := context.Background()
	srv := stripetest.NewServer()
	sources := source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeACHCreditTransfer, Currency: "usd"})
	if err != nil {
		panic(err)
	}

	id := srv.ReceiveFunds(s.ID, 25_00)
	srv.FailFunds(s.ID, id)
	t, err := sources.GetTransaction(ctx, s.ID, id)
	if err != nil {
		panic(err)
	}
	fmt.Println(t.Currency.Format(t.Amount), t.Status)
	// Output:
	// USD 25.00 failed
}

// Stripe writes to the owner, and waits for an answer.
func ExampleAccount_RequestRefundAttributes() {
	ctx := context.Background()
	srv := stripetest.NewServer()
	sources := source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeACHCreditTransfer, Currency: "usd"})
	if err != nil {
		panic(err)
	}
	fmt.Println(s.Receiver.RefundAttributesStatus)

	srv.RequestRefundAttributes(s.ID)
	if s, err = sources.Get(ctx, s.ID, nil); err != nil {
		panic(err)
	}
	fmt.Println(s.Receiver.RefundAttributesStatus)
	// Output:
	// missing
	// requested
}

// The first notification confirms the mandate, the second announces a debit.
func ExampleAccount_NotifyMandate() {
	ctx := context.Background()
	srv := stripetest.NewServer()
	sources := source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeSEPADebit, Currency: "eur"})
	if err != nil {
		panic(err)
	}

	confirmed, debited := srv.NotifyMandate(s.ID, 0), srv.NotifyMandate(s.ID, 15_00)
	for _, id := range []string{confirmed, debited} {
		n, err := sources.GetMandateNotification(ctx, s.ID, id)
		if err != nil {
			panic(err)
		}
		fmt.Println(n.Reason, n.Amount)
	}
	// Output:
	// mandate_confirmed 0
	// debit_initiated 1500
}
