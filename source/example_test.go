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

// With a redirect, the owner authenticates at the page of the bank and comes back to yours.
func ExampleClient_Create_redirect() {
	srv := stripetest.NewServer()
	ctx, sources := context.Background(), source.New(srv.Client())

	s, err := sources.Create(ctx, &source.CreateParams{
		Type: source.TypeBancontact, Currency: "eur", Amount: 20_00,
		Redirect: &source.RedirectParams{ReturnURL: "https://shop.example.com/back"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Status, s.Flow, s.Redirect.Status)

	srv.AuthorizeSource(s.ID) // the owner at s.Redirect.URL
	if s, err = sources.Get(ctx, s.ID, nil); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Status, s.Usage)
	// Output:
	// pending redirect pending
	// chargeable single_use
}

func ExampleClient_Get() {
	sources := source.New(stripetest.NewServer().Client())
	ctx := context.Background()
	made, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeCard, Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}

	s, err := sources.Get(ctx, made.ID, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Type, s.Status, s.Card.Brand, s.Card.Last4)
	// Output: card chargeable Visa 4242
}

func ExampleClient_Update() {
	sources := source.New(stripetest.NewServer().Client())
	ctx := context.Background()
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeCard, Token: "tok_visa", Metadata: stripecash.Metadata{"order": "17"}})
	if err != nil {
		fmt.Println(err)
		return
	}

	s, err = sources.Update(ctx, s.ID, &source.UpdateParams{
		Owner:    &source.OwnerParams{Email: new("jenny@example.com")},
		Metadata: stripecash.Metadata{}, // clears all
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Owner.Email, s.Metadata)
	// Output: jenny@example.com map[]
}

func ExampleClient_UpdateAttached() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, sources := context.Background(), source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeCard, Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := sources.Attach(ctx, "cus_123", s.ID); err != nil {
		fmt.Println(err)
		return
	}

	s, err = sources.UpdateAttached(ctx, "cus_123", s.ID, &source.UpdateAttachedParams{
		Owner: &source.OwnerParams{Name: new("Jenny Rosen")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Customer, s.Owner.Name)
	// Output: cus_123 Jenny Rosen
}

func ExampleClient_Verify() {
	sources := source.New(stripetest.NewServer().Client())
	ctx := context.Background()
	s, err := sources.Create(ctx, &source.CreateParams{
		Type: source.TypeACHDebit, Currency: "usd", Flow: source.FlowCodeVerification,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Status, s.CodeVerification.AttemptsRemaining)

	s, err = sources.Verify(ctx, s.ID, &source.VerifyParams{Values: []string{"32", "45"}}) // what the owner was told
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Status, s.CodeVerification.Status)
	// Output:
	// pending 3
	// chargeable succeeded
}

func ExampleClient_Attach() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, sources := context.Background(), source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeCard, Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}

	if s, err = sources.Attach(ctx, "cus_123", s.ID); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Customer, s.Status)
	// Output: cus_123 chargeable
}

func ExampleClient_Detach() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, sources := context.Background(), source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeCard, Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}
	if s, err = sources.Attach(ctx, "cus_123", s.ID); err != nil {
		fmt.Println(err)
		return
	}

	if s, err = sources.Detach(ctx, "cus_123", s.ID); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%q %s\n", s.Customer, s.Status)
	// Output: "" consumed
}

func ExampleClient_ListAttached() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, sources := context.Background(), source.New(srv.Client())
	s, err := sources.Create(ctx, &source.CreateParams{Type: source.TypeCard, Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := sources.Attach(ctx, "cus_123", s.ID); err != nil {
		fmt.Println(err)
		return
	}

	page, err := sources.ListAttached(ctx, "cus_123", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(page.Data), page.Data[0].Type, page.HasMore)
	// Output: 1 card false
}

func ExampleClient_AllAttached() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, sources := context.Background(), source.New(srv.Client())
	for _, token := range []string{"tok_visa", "tok_mastercard"} {
		s, err := sources.Create(ctx, &source.CreateParams{Token: token})
		if err != nil {
			fmt.Println(err)
			return
		}
		if _, err := sources.Attach(ctx, "cus_123", s.ID); err != nil {
			fmt.Println(err)
			return
		}
	}

	for s, err := range sources.AllAttached(ctx, "cus_123", nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(s.Card.Brand)
	}
	// Output:
	// MasterCard
	// Visa
}
