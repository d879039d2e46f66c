package stripego_test

import (
	"context"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
)

func cardCalls() []call {
	return []call{
		{
			method: "V1Cards.Create", name: "from a token, with metadata",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Create(ctx, card.Customer("cus_1"),
					&card.CreateParams{Token: "tok_visa", Metadata: stripecash.Metadata{"a": "1", "b c": "2&3"}},
					stripecash.WithExpand("customer"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Cards.Create(ctx, &stripe.CardCreateParams{
					Customer: new("cus_1"), Token: new("tok_visa"), Metadata: map[string]string{"a": "1", "b c": "2&3"},
					Expand: []*string{new("customer")},
				})
				return err
			},
		},
		{
			method: "V1Cards.Create", name: "from details",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Create(ctx, card.Customer("cus_1"), &card.CreateParams{Details: &card.Details{
					Number: card.NewSecret("4242424242424242"), ExpMonth: 1, ExpYear: 2034, CVC: card.NewSecret("012"), Name: "Åsa",
					AddressLine1: "l1", AddressLine2: "l2", AddressCity: "c", AddressState: "s", AddressZip: "z", AddressCountry: "SE",
				}})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Cards.Create(ctx, &stripe.CardCreateParams{
					Customer: new("cus_1"), Number: new("4242424242424242"), ExpMonth: new("1"), ExpYear: new("2034"), CVC: new("012"),
					Name: new("Åsa"), AddressLine1: new("l1"), AddressLine2: new("l2"), AddressCity: new("c"), AddressState: new("s"),
					AddressZip: new("z"), AddressCountry: new("SE"),
				})
				return err
			},
		},
		{
			method: "V1Cards.Create", name: "an account's, from a token",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Create(ctx, card.Account("acct_1"), &card.CreateParams{Token: "tok_debit", DefaultForCurrency: true})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Cards.Create(ctx, &stripe.CardCreateParams{
					Account: new("acct_1"), Token: new("tok_debit"), DefaultForCurrency: new(true),
				})
				return err
			},
		},
		{
			method: "V1Cards.Retrieve", name: "a customer's",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Get(ctx, card.Customer("cus_1"), "card_1")
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Cards.Retrieve(ctx, "card_1", &stripe.CardRetrieveParams{Customer: new("cus_1")})
				return err
			},
		},
		{
			method: "V1Cards.Retrieve", name: "an account's",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Get(ctx, card.Account("acct_1"), "card_1")
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Cards.Retrieve(ctx, "card_1", &stripe.CardRetrieveParams{Account: new("acct_1")})
				return err
			},
		},
		{
			method: "V1Cards.Update", name: "everything",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Update(ctx, card.Account("acct_1"), "card_1", &card.UpdateParams{
					ExpMonth: 12, ExpYear: 2040, Name: new("n"), AddressLine1: new("l1"), AddressLine2: new("l2"), AddressCity: new("c"),
					AddressState: new("s"), AddressZip: new("z"), AddressCountry: new("SE"), DefaultForCurrency: true,
					Metadata: stripecash.Metadata{"a": "1", "gone": ""},
				}, stripecash.WithExpand("account"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Cards.Update(ctx, "card_1", &stripe.CardUpdateParams{
					Account: new("acct_1"), ExpMonth: new("12"), ExpYear: new("2040"), Name: new("n"), AddressLine1: new("l1"),
					AddressLine2: new("l2"), AddressCity: new("c"), AddressState: new("s"), AddressZip: new("z"), AddressCountry: new("SE"),
					DefaultForCurrency: new(true), Metadata: map[string]string{"a": "1", "gone": ""}, Expand: []*string{new("account")},
				})
				return err
			},
		},
		{
			method: "V1Cards.Update", name: "clear",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Update(ctx, card.Customer("cus_1"), "card_1", &card.UpdateParams{
					Name: new(""), AddressZip: new(""), Metadata: stripecash.Metadata{},
				})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Cards.Update(ctx, "card_1", &stripe.CardUpdateParams{
					Customer: new("cus_1"), Name: new(""), AddressZip: new(""),
					UnsetFields: []stripe.CardUpdateParamsUnsetField{stripe.CardUpdateParamsUnsetFieldMetadata},
				})
				return err
			},
		},
		{
			method: "V1Cards.Delete", name: "a customer's",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Delete(ctx, card.Customer("cus_1"), "card_1", stripecash.WithExpand("a"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Cards.Delete(ctx, "card_1", &stripe.CardDeleteParams{Customer: new("cus_1"), Expand: []*string{new("a")}})
				return err
			},
		},
		{
			method: "V1Cards.List", name: "a customer's",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).List(ctx, card.Customer("cus_1"),
					&stripecash.ListParams{Limit: 100, StartingAfter: "card_1"}, stripecash.WithExpand("data.customer"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1Cards.List(ctx, &stripe.CardListParams{
					Customer: new("cus_1"), Expand: []*string{new("data.customer")},
					ListParams: stripe.ListParams{Limit: new(int64(100)), StartingAfter: new("card_1")},
				}).Err()
			},
		},
		{
			method: "V1Cards.List", name: "an account's",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).List(ctx, card.Account("acct_1"), &stripecash.ListParams{EndingBefore: "card_1"})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1Cards.List(ctx, &stripe.CardListParams{
					Account: new("acct_1"), ListParams: stripe.ListParams{EndingBefore: new("card_1")},
				}).Err()
			},
		},
	}
}
