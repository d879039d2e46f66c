package paymentsource_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func ExamplePaymentSource_AsCard() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, api := context.Background(), srv.Client()
	made, err := card.New(api).Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}

	p, err := paymentsource.New(api).Get(ctx, paymentsource.Customer("cus_123"), made.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	if c, ok := p.AsCard(); ok {
		fmt.Println(c.Brand, c.Last4)
	}
	// Output: Visa 4242
}

// A bank account that is new must be verified before it can be debited.
func ExamplePaymentSource_AsBankAccount() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, owner, sources := context.Background(), paymentsource.Customer("cus_123"), paymentsource.New(srv.Client())
	made, err := sources.CreateBankAccount(ctx, owner, &paymentsource.CreateBankAccountParams{Token: "btok_us"})
	if err != nil {
		fmt.Println(err)
		return
	}

	p, err := sources.Get(ctx, owner, made.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	if b, ok := p.AsBankAccount(); ok {
		fmt.Println(b.BankName, b.Status)
	}
	// Output: STRIPE TEST BANK new
}

func ExamplePaymentSource_AsSource() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, api := context.Background(), srv.Client()
	made, err := source.New(api).Create(ctx, &source.CreateParams{Type: source.TypeCard, Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := source.New(api).Attach(ctx, "cus_123", made.ID); err != nil {
		fmt.Println(err)
		return
	}

	p, err := paymentsource.New(api).Get(ctx, paymentsource.Customer("cus_123"), made.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	if s, ok := p.AsSource(); ok {
		fmt.Println(s.Type, s.Status, s.Card.Last4)
	}
	// Output: card chargeable 4242
}

// Whatever the customer pays with by default, its ID is the customer's default_source.
func ExamplePaymentSource_ID() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, api := context.Background(), srv.Client()
	for _, token := range []string{"tok_visa", "tok_mastercard"} { // the first is the default
		if _, err := card.New(api).Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: token}); err != nil {
			fmt.Println(err)
			return
		}
	}
	var customer struct {
		DefaultSource stripecash.Ref `json:"default_source"`
	}
	request := stripecash.Request{Method: http.MethodGet, Path: "/v1/customers/{customer}", IDs: []string{"cus_123"}}
	if err := api.Do(ctx, request, &customer); err != nil {
		fmt.Println(err)
		return
	}

	for p, err := range paymentsource.New(api).All(ctx, paymentsource.Customer("cus_123"), nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(p.ID() == customer.DefaultSource.ID)
	}
	// Output:
	// false
	// true
}

func ExamplePaymentSource_Object() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, api := context.Background(), srv.Client()
	made, err := card.New(api).Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}

	p, err := paymentsource.New(api).Get(ctx, paymentsource.Customer("cus_123"), made.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Object())
	// Output: card
}

// A struct of your own reads cards and bank accounts alike.
func ExamplePaymentSource_Raw() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, api := context.Background(), srv.Client()
	made, err := card.New(api).Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}

	p, err := paymentsource.New(api).Get(ctx, paymentsource.Customer("cus_123"), made.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	var either struct{ Last4 string }
	if err := json.Unmarshal(p.Raw(), &either); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(either.Last4)
	// Output: 4242
}

// The API deletes what has that ID, and says what it was.
func ExamplePaymentSource_Deleted() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, api := context.Background(), srv.Client()
	made, err := card.New(api).Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}

	p, err := stripecash.Call[paymentsource.PaymentSource](ctx, api, stripecash.Request{
		Method: http.MethodDelete, Path: "/v1/customers/{customer}/sources/{id}", IDs: []string{"cus_123", made.ID},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, whole := p.AsCard()
	fmt.Println(p.Object(), p.Deleted(), whole)
	// Output: card true false
}
