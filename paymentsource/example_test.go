package paymentsource_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func ExampleClient_All() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, api, owner := context.Background(), srv.Client(), paymentsource.Customer("cus_123")
	if _, err := card.New(api).Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"}); err != nil {
		fmt.Println(err)
		return
	}
	sources := paymentsource.New(api)
	if _, err := sources.CreateBankAccount(ctx, owner, &paymentsource.CreateBankAccountParams{Token: "btok_us"}); err != nil {
		fmt.Println(err)
		return
	}

	for p, err := range sources.All(ctx, owner, nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if c, ok := p.AsCard(); ok {
			fmt.Println(p.Object(), c.Brand, c.Last4)
		} else if b, ok := p.AsBankAccount(); ok {
			fmt.Println(p.Object(), b.BankName, b.Last4)
		} else {
			fmt.Println(p.Object(), p.ID())
		}
	}
	// Output:
	// bank_account STRIPE TEST BANK 6789
	// card Visa 4242
}

func ExampleClient_List() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, api, owner := context.Background(), srv.Client(), paymentsource.Customer("cus_123")
	if _, err := card.New(api).Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"}); err != nil {
		fmt.Println(err)
		return
	}
	sources := paymentsource.New(api)
	if _, err := sources.CreateBankAccount(ctx, owner, &paymentsource.CreateBankAccountParams{Token: "btok_us"}); err != nil {
		fmt.Println(err)
		return
	}

	page, err := sources.List(ctx, owner, nil, stripecash.WithParam("object", "bank_account"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range page.Data {
		fmt.Println(p.Object())
	}
	// Output: bank_account
}

func ExampleClient_Get() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, api := context.Background(), srv.Client()
	c, err := card.New(api).Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}

	p, err := paymentsource.New(api).Get(ctx, paymentsource.Customer("cus_123"), c.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	if c, ok := p.AsCard(); ok {
		fmt.Println(c.Brand, c.Last4)
	} else if b, ok := p.AsBankAccount(); ok {
		fmt.Println(b.BankName, b.Last4)
	} else if s, ok := p.AsSource(); ok {
		fmt.Println(s.Type, s.Status)
	} else {
		fmt.Println(p) // deleted, or something newer: its JSON is p.Raw()
	}
	// Output: Visa 4242
}

func ExampleClient_CreateBankAccount() {
	srv := stripetest.NewServer()
	srv.Connect("acct_1")
	sources := paymentsource.New(srv.Client())

	b, err := sources.CreateBankAccount(context.Background(), paymentsource.Account("acct_1"),
		&paymentsource.CreateBankAccountParams{Details: &paymentsource.BankAccountDetails{
			Country: "US", Currency: "usd", RoutingNumber: "110000000", AccountNumber: card.NewSecret("000123456789"),
		}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(b.Last4, b.Currency, b.DefaultForCurrency)
	// Output: 6789 usd true
}

func ExampleClient_UpdateBankAccount() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, owner, sources := context.Background(), paymentsource.Customer("cus_123"), paymentsource.New(srv.Client())
	b, err := sources.CreateBankAccount(ctx, owner, &paymentsource.CreateBankAccountParams{Token: "btok_us"})
	if err != nil {
		fmt.Println(err)
		return
	}

	b, err = sources.UpdateBankAccount(ctx, owner, b.ID, &paymentsource.UpdateBankAccountParams{
		AccountHolderName: new("Jenny Rosen"),
		AccountHolderType: new(paymentsource.HolderTypeIndividual),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(b.AccountHolderName, b.AccountHolderType)
	// Output: Jenny Rosen individual
}

func ExampleClient_DeleteBankAccount() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, owner, sources := context.Background(), paymentsource.Customer("cus_123"), paymentsource.New(srv.Client())
	b, err := sources.CreateBankAccount(ctx, owner, &paymentsource.CreateBankAccountParams{Token: "btok_us"})
	if err != nil {
		fmt.Println(err)
		return
	}

	d, err := sources.DeleteBankAccount(ctx, owner, b.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.ID == b.ID, d.Deleted)
	// Output: true true
}

func ExampleClient_VerifyBankAccount() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, sources := context.Background(), paymentsource.New(srv.Client())
	b, err := sources.CreateBankAccount(ctx, paymentsource.Customer("cus_123"),
		&paymentsource.CreateBankAccountParams{Token: "btok_us"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(b.Status)

	b, err = sources.VerifyBankAccount(ctx, "cus_123", b.ID, &paymentsource.VerifyBankAccountParams{Amounts: [2]int64{32, 45}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(b.Status)
	// Output:
	// new
	// verified
}

func ExamplePaymentSource_MarshalJSON() {
	var p paymentsource.PaymentSource
	if err := json.Unmarshal([]byte(`{"id":"x_1","object":"purse","coins":[1,2,3]}`), &p); err != nil {
		fmt.Println(err)
		return
	}
	_, known := p.AsCard()
	fmt.Println(p.Object(), known)

	text, err := json.Marshal(p)
	fmt.Println(string(text), err)
	// Output:
	// purse false
	// {"id":"x_1","object":"purse","coins":[1,2,3]} <nil>
}
