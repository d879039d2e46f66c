package paymentsource_test

import (
	"context"
	"encoding/json"
	"fmt"

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
