package stripego_test

import (
	"context"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/paymentsource"
)

func bankAccountCalls() []call {
	return []call{
		{
			method: "V1BankAccounts.Create", name: "from a token",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).CreateBankAccount(ctx, paymentsource.Account("acct_1"),
					&paymentsource.CreateBankAccountParams{Token: "btok_1", DefaultForCurrency: true, Metadata: stripecash.Metadata{"a": "1"}},
					stripecash.WithExpand("account"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1BankAccounts.Create(ctx, &stripe.BankAccountCreateParams{
					Account: new("acct_1"), Token: new("btok_1"), DefaultForCurrency: new(true), Metadata: map[string]string{"a": "1"},
					Expand: []*string{new("account")},
				})
				return err
			},
		},
		{
			method: "V1BankAccounts.Create", name: "from details",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).CreateBankAccount(ctx, paymentsource.Customer("cus_1"), &paymentsource.CreateBankAccountParams{
					Details: &paymentsource.BankAccountDetails{
						AccountNumber: card.NewSecret("000123456789"), Country: "US", Currency: stripecash.CurrencyUSD, RoutingNumber: "110000000",
						AccountHolderName: "Åsa", AccountHolderType: paymentsource.HolderTypeIndividual,
					},
				})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1BankAccounts.Create(ctx, &stripe.BankAccountCreateParams{
					Customer: new("cus_1"), AccountNumber: new("000123456789"), Country: new("US"), Currency: new("usd"),
					RoutingNumber: new("110000000"), AccountHolderName: new("Åsa"), AccountHolderType: new("individual"),
				})
				return err
			},
		},
		{
			method: "V1BankAccounts.Retrieve", name: "an account's",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).Get(ctx, paymentsource.Account("acct_1"), "ba_1")
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1BankAccounts.Retrieve(ctx, "ba_1", &stripe.BankAccountRetrieveParams{Account: new("acct_1")})
				return err
			},
		},
		{
			method: "V1BankAccounts.Update", name: "everything",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).UpdateBankAccount(ctx, paymentsource.Account("acct_1"), "ba_1", &paymentsource.UpdateBankAccountParams{
					AccountHolderName: new("n"), AccountHolderType: new(paymentsource.HolderTypeCompany),
					AccountType: paymentsource.AccountTypeSavings, DefaultForCurrency: true, Metadata: stripecash.Metadata{"a": "1"},
					Documents: &paymentsource.DocumentsParams{
						OwnershipVerification: &paymentsource.FilesParams{Files: []string{"file_1", "file_2"}},
					},
				}, stripecash.WithExpand("account"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1BankAccounts.Update(ctx, "ba_1", &stripe.BankAccountUpdateParams{
					Account: new("acct_1"), AccountHolderName: new("n"), AccountHolderType: new("company"), AccountType: new("savings"),
					DefaultForCurrency: new(true), Metadata: map[string]string{"a": "1"}, Expand: []*string{new("account")},
					Documents: &stripe.BankAccountUpdateDocumentsParams{
						BankAccountOwnershipVerification: &stripe.BankAccountUpdateDocumentsBankAccountOwnershipVerificationParams{
							Files: []*string{new("file_1"), new("file_2")},
						},
					},
				})
				return err
			},
		},
		{
			method: "V1BankAccounts.Update", name: "clear",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).UpdateBankAccount(ctx, paymentsource.Account("acct_1"), "ba_1", &paymentsource.UpdateBankAccountParams{
					AccountHolderName: new(""), AccountHolderType: new(paymentsource.HolderType("")), Metadata: stripecash.Metadata{},
				})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1BankAccounts.Update(ctx, "ba_1", &stripe.BankAccountUpdateParams{
					Account: new("acct_1"), AccountHolderName: new(""),
					UnsetFields: []stripe.BankAccountUpdateParamsUnsetField{
						stripe.BankAccountUpdateParamsUnsetFieldAccountHolderType, stripe.BankAccountUpdateParamsUnsetFieldMetadata,
					},
				})
				return err
			},
		},
		{
			method: "V1BankAccounts.Delete", name: "an account's",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).DeleteBankAccount(ctx, paymentsource.Account("acct_1"), "ba_1")
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1BankAccounts.Delete(ctx, "ba_1", &stripe.BankAccountDeleteParams{Account: new("acct_1")})
				return err
			},
		},
		{
			method: "V1BankAccounts.List", name: "an account's",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).List(ctx, paymentsource.Account("acct_1"),
					&stripecash.ListParams{Limit: 1, StartingAfter: "ba_1"}, stripecash.WithParam("object", "bank_account"), stripecash.WithExpand("a"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1BankAccounts.List(ctx, &stripe.BankAccountListParams{
					Account: new("acct_1"), Expand: []*string{new("a")},
					ListParams: stripe.ListParams{Limit: new(int64(1)), StartingAfter: new("ba_1")},
				}).Err()
			},
		},
		{
			method: "V1BankAccounts.List", name: "a customer's",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).List(ctx, paymentsource.Customer("cus_1"),
					&stripecash.ListParams{EndingBefore: "ba_1"}, stripecash.WithParam("object", "bank_account"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1BankAccounts.List(ctx, &stripe.BankAccountListParams{
					Customer: new("cus_1"), ListParams: stripe.ListParams{EndingBefore: new("ba_1")},
				}).Err()
			},
		},
	}
}

func paymentSourceCalls() []call {
	return []call{
		{
			method: "V1PaymentSources.Create", name: "from a token",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Create(ctx, card.Customer("cus_1"),
					&card.CreateParams{Token: "tok_visa", Metadata: stripecash.Metadata{"a": "1"}}, stripecash.WithExpand("customer"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1PaymentSources.Create(ctx, &stripe.PaymentSourceCreateParams{
					Customer: new("cus_1"), Source: &stripe.PaymentSourceSourceParams{Token: new("tok_visa")},
					Metadata: map[string]string{"a": "1"}, Expand: []*string{new("customer")},
				})
				return err
			},
		},
		{
			method: "V1PaymentSources.Create", name: "from a card's details",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Create(ctx, card.Customer("cus_1"), &card.CreateParams{Details: &card.Details{
					Number: card.NewSecret("4242424242424242"), ExpMonth: 1, ExpYear: 2034,
				}})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1PaymentSources.Create(ctx, &stripe.PaymentSourceCreateParams{
					Customer: new("cus_1"), Source: &stripe.PaymentSourceSourceParams{
						Card: &stripe.CardParams{Number: new("4242424242424242"), ExpMonth: new("1"), ExpYear: new("2034")},
					},
				})
				return err
			},
		},
		{
			method: "V1PaymentSources.Retrieve", name: "with an expansion",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).Get(ctx, paymentsource.Customer("cus_1"), "src_1", stripecash.WithExpand("customer"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1PaymentSources.Retrieve(ctx, "src_1", &stripe.PaymentSourceRetrieveParams{
					Customer: new("cus_1"), Expand: []*string{new("customer")},
				})
				return err
			},
		},
		{
			method: "V1PaymentSources.Update", name: "a card",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := card.New(api).Update(ctx, card.Customer("cus_1"), "card_1", &card.UpdateParams{
					ExpMonth: 12, ExpYear: 2040, Name: new("n"), AddressLine1: new("l1"), AddressLine2: new("l2"), AddressCity: new("c"),
					AddressState: new("s"), AddressZip: new("z"), AddressCountry: new("SE"), Metadata: stripecash.Metadata{"a": "1"},
				}, stripecash.WithExpand("customer"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1PaymentSources.Update(ctx, "card_1", &stripe.PaymentSourceUpdateParams{
					Customer: new("cus_1"), ExpMonth: new("12"), ExpYear: new("2040"), Name: new("n"), AddressLine1: new("l1"),
					AddressLine2: new("l2"), AddressCity: new("c"), AddressState: new("s"), AddressZip: new("z"), AddressCountry: new("SE"),
					Metadata: map[string]string{"a": "1"}, Expand: []*string{new("customer")},
				})
				return err
			},
		},
		{
			method: "V1PaymentSources.Update", name: "a bank account",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).UpdateBankAccount(ctx, paymentsource.Customer("cus_1"), "ba_1", &paymentsource.UpdateBankAccountParams{
					AccountHolderName: new("n"), AccountHolderType: new(paymentsource.HolderTypeCompany),
				})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1PaymentSources.Update(ctx, "ba_1", &stripe.PaymentSourceUpdateParams{
					Customer: new("cus_1"), AccountHolderName: new("n"), AccountHolderType: new("company"),
				})
				return err
			},
		},
		{
			method: "V1PaymentSources.Delete", name: "a bank account",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).DeleteBankAccount(ctx, paymentsource.Customer("cus_1"), "ba_1", stripecash.WithExpand("a"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1PaymentSources.Delete(ctx, "ba_1", &stripe.PaymentSourceDeleteParams{
					Customer: new("cus_1"), Expand: []*string{new("a")},
				})
				return err
			},
		},
		{
			method: "V1PaymentSources.Verify", name: "a bank account",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).VerifyBankAccount(ctx, "cus_1", "ba_1",
					&paymentsource.VerifyBankAccountParams{Amounts: [2]int64{45, 32}}, stripecash.WithExpand("customer"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1PaymentSources.Verify(ctx, "ba_1", &stripe.PaymentSourceVerifyParams{
					Customer: new("cus_1"), Amounts: [2]int64{45, 32}, Expand: []*string{new("customer")},
				})
				return err
			},
		},
		{
			method: "V1PaymentSources.List", name: "everything",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).List(ctx, paymentsource.Customer("cus_1"),
					&stripecash.ListParams{Limit: 2, StartingAfter: "card_1"}, stripecash.WithParam("object", "source"), stripecash.WithExpand("a"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1PaymentSources.List(ctx, &stripe.PaymentSourceListParams{
					Customer: new("cus_1"), Object: new("source"), Expand: []*string{new("a")},
					ListParams: stripe.ListParams{Limit: new(int64(2)), StartingAfter: new("card_1")},
				}).Err()
			},
		},
		{
			method: "V1PaymentSources.List", name: "before",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := paymentsource.New(api).List(ctx, paymentsource.Customer("cus_1"), &stripecash.ListParams{EndingBefore: "card_1"})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1PaymentSources.List(ctx, &stripe.PaymentSourceListParams{
					Customer: new("cus_1"), ListParams: stripe.ListParams{EndingBefore: new("card_1")},
				}).Err()
			},
		},
	}
}
