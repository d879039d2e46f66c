package card_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func ExampleClient_Create() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	cards := card.New(srv.Client())

	c, err := cards.Create(context.Background(), card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Brand, c.Last4, c.Funding)
	// Output: Visa 4242 credit
}

func ExampleClient_Create_declined() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	cards := card.New(srv.Client())

	_, err := cards.Create(context.Background(), card.Customer("cus_123"), &card.CreateParams{Token: "tok_chargeDeclined"})
	if e, ok := errors.AsType[*stripecash.Error](err); ok && errors.Is(err, stripecash.ErrCardDeclined) {
		fmt.Println(e.Status, e.Code, e.Message)
	}
	// Output: 402 card_declined Your card was declined.
}

// The default card is a parameter of the customer, whom this module does not model. Client.Do sets it.
func ExampleClient_Create_defaultSource() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, api := context.Background(), srv.Client()
	cards := card.New(api)

	if _, err := cards.Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_visa"}); err != nil {
		fmt.Println(err)
		return
	}
	second, err := cards.Create(ctx, card.Customer("cus_123"), &card.CreateParams{Token: "tok_mastercard"})
	if err != nil {
		fmt.Println(err)
		return
	}

	var customer struct {
		DefaultSource stripecash.Ref `json:"default_source"`
	}
	err = api.Do(ctx, stripecash.Request{
		Method: http.MethodPost, Path: "/v1/customers/{customer}", IDs: []string{"cus_123"},
		Params: url.Values{"default_source": {second.ID}}, Object: "customer",
	}, &customer)
	fmt.Println(err, second.Brand, customer.DefaultSource.ID == second.ID)
	// Output: <nil> MasterCard true
}

func ExampleClient_Get() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, owner, cards := context.Background(), card.Customer("cus_123"), card.New(srv.Client())
	made, err := cards.Create(ctx, owner, &card.CreateParams{Token: "tok_mastercard"})
	if err != nil {
		fmt.Println(err)
		return
	}

	c, err := cards.Get(ctx, owner, made.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Brand, c.Last4, c.Customer.ID)
	// Output: MasterCard 4444 cus_123
}

func ExampleClient_Update() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, owner, cards := context.Background(), card.Customer("cus_123"), card.New(srv.Client())
	c, err := cards.Create(ctx, owner, &card.CreateParams{Token: "tok_visa", Metadata: stripecash.Metadata{"a": "1", "b": "2"}})
	if err != nil {
		fmt.Println(err)
		return
	}

	for _, params := range []*card.UpdateParams{
		{Name: new("Jenny Rosen")},                       // sets the name, leaves the rest alone
		{Metadata: stripecash.Metadata{"a": ""}},         // clears one key
		{Name: new(""), Metadata: stripecash.Metadata{}}, // clears the name, and all keys
	} {
		if c, err = cards.Update(ctx, owner, c.ID, params); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%q %v\n", c.Name, c.Metadata)
	}
	// Output:
	// "Jenny Rosen" map[a:1 b:2]
	// "Jenny Rosen" map[b:2]
	// "" map[]
}

func ExampleClient_List() {
	srv := stripetest.NewServer()
	srv.Connect("acct_1")
	ctx, owner, cards := context.Background(), card.Account("acct_1"), card.New(srv.Client())
	if _, err := cards.Create(ctx, owner, &card.CreateParams{Token: "tok_visa_debit"}); err != nil {
		fmt.Println(err)
		return
	}

	page, err := cards.List(ctx, owner, &stripecash.ListParams{Limit: 5})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range page.Data {
		fmt.Println(c.Brand, c.Funding, c.Currency, c.DefaultForCurrency)
	}
	// Output: Visa debit usd true
}

func ExampleClient_All() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, owner, cards := context.Background(), card.Customer("cus_123"), card.New(srv.Client())
	for _, token := range []string{"tok_visa", "tok_mastercard"} {
		if _, err := cards.Create(ctx, owner, &card.CreateParams{Token: token}); err != nil {
			fmt.Println(err)
			return
		}
	}

	for c, err := range cards.All(ctx, owner, nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(c.Brand)
	}
	// Output:
	// MasterCard
	// Visa
}

func ExampleClient_Delete() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	ctx, owner, cards := context.Background(), card.Customer("cus_123"), card.New(srv.Client())
	c, err := cards.Create(ctx, owner, &card.CreateParams{Token: "tok_visa"})
	if err != nil {
		fmt.Println(err)
		return
	}

	d, err := cards.Delete(ctx, owner, c.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.ID == c.ID, d.Deleted)
	// Output: true true
}

func ExampleNewSecret() {
	details := card.Details{Number: card.NewSecret("4242424242424242"), ExpMonth: 8, ExpYear: 2034}
	fmt.Println(details.Number, details.ExpMonth, details.ExpYear)
	// Output: [redacted] 8 2034
}

func ExampleSecret_IsZero() {
	details := card.Details{Number: card.NewSecret("4242424242424242")}
	fmt.Println(details.Number.IsZero(), details.CVC.IsZero())
	// Output: false true
}
