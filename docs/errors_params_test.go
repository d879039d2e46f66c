package docs_test

import (
	"testing"

	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/source"
)

func cardErrors(t *testing.T) chapter {
	cards := card.New(newClient(t))
	create := func(params *card.CreateParams) said {
		return said{err: failed(cards.Create(t.Context(), card.Customer("cus_123"), params))}
	}
	details := func(d card.Details) said { return create(&card.CreateParams{Details: &d}) }
	update := func(params card.UpdateParams) said {
		return said{err: failed(cards.Update(t.Context(), card.Customer("cus_123"), "card_1", &params))}
	}
	number := card.NewSecret("4242424242424242")
	return chapter{
		"Parameters of cards", "Nothing was sent. No error shows a card's number or CVC.",
		[]said{
			{failed(cards.Get(t.Context(), card.Owner{}, "card_1")), ""},
			create(nil), create(&card.CreateParams{Token: "tok_visa", Details: &card.Details{Number: number}}),
			create(&card.CreateParams{Token: "tok_visa "}), create(&card.CreateParams{Token: "4242424242424242"}),
			create(&card.CreateParams{Token: "tok_visa", DefaultForCurrency: true}),
			details(card.Details{ExpMonth: 8, ExpYear: 2034}), details(card.Details{Number: number, Currency: "usd"}),
			details(card.Details{Number: number, ExpMonth: 13, ExpYear: 2034}), details(card.Details{Number: number, ExpMonth: 8, ExpYear: 34}),
			update(card.UpdateParams{DefaultForCurrency: true}), update(card.UpdateParams{ExpMonth: 13}), update(card.UpdateParams{ExpYear: 34}),
			{failed(cards.Delete(t.Context(), card.Customer("cus_123"), "ba_1")), "Stripe would delete the bank account; package paymentsource has the methods for those."},
		},
	}
}

func bankAccountErrors(t *testing.T) chapter {
	sources := paymentsource.New(newClient(t))
	create := func(params *paymentsource.CreateBankAccountParams) said {
		return said{err: failed(sources.CreateBankAccount(t.Context(), paymentsource.Customer("cus_123"), params))}
	}
	details := func(d paymentsource.BankAccountDetails) said {
		return create(&paymentsource.CreateBankAccountParams{Details: &d})
	}
	update := func(params paymentsource.UpdateBankAccountParams) said {
		return said{err: failed(sources.UpdateBankAccount(t.Context(), paymentsource.Customer("cus_123"), "ba_1", &params))}
	}
	verify := func(params *paymentsource.VerifyBankAccountParams) said {
		return said{err: failed(sources.VerifyBankAccount(t.Context(), "cus_123", "ba_1", params))}
	}
	number, documents := card.NewSecret("000123456789"), new(paymentsource.DocumentsParams)
	return chapter{
		"Parameters of bank accounts", "Nothing was sent. No error shows an account's number.",
		[]said{
			{failed(sources.Get(t.Context(), paymentsource.Owner{}, "ba_1")), ""},
			create(nil), create(&paymentsource.CreateBankAccountParams{Token: "btok_us", Details: new(paymentsource.BankAccountDetails)}),
			create(&paymentsource.CreateBankAccountParams{Token: "btok_us "}), create(&paymentsource.CreateBankAccountParams{Token: "000123456789"}),
			create(&paymentsource.CreateBankAccountParams{Token: "btok_us", DefaultForCurrency: true}),
			details(paymentsource.BankAccountDetails{Country: "US"}), details(paymentsource.BankAccountDetails{AccountNumber: number}),
			details(paymentsource.BankAccountDetails{AccountNumber: number, Country: "US", AccountType: paymentsource.AccountTypeChecking}),
			details(paymentsource.BankAccountDetails{AccountNumber: number, Country: "US", Documents: documents}),
			update(paymentsource.UpdateBankAccountParams{AccountType: paymentsource.AccountTypeChecking}),
			update(paymentsource.UpdateBankAccountParams{DefaultForCurrency: true}), update(paymentsource.UpdateBankAccountParams{Documents: documents}),
			{failed(sources.UpdateBankAccount(t.Context(), paymentsource.Account("acct_1"), "ba_1",
				&paymentsource.UpdateBankAccountParams{Documents: documents})), ""},
			verify(nil), verify(&paymentsource.VerifyBankAccountParams{Amounts: [2]int64{32, 0}}),
			{failed(sources.DeleteBankAccount(t.Context(), paymentsource.Customer("cus_123"), "src_1")), ""},
		},
	}
}

func sourceErrors(t *testing.T) chapter {
	sources := source.New(newClient(t))
	create := func(params *source.CreateParams) said { return said{err: failed(sources.Create(t.Context(), params))} }
	of := func(params source.CreateParams) said {
		params.Type = source.TypeKlarna
		return create(&params)
	}
	mandate := func(params source.MandateParams) said {
		return said{err: failed(sources.Update(t.Context(), "src_1", &source.UpdateParams{Mandate: &params}))}
	}
	verify := func(values ...string) said {
		return said{err: failed(sources.Verify(t.Context(), "src_1", &source.VerifyParams{Values: values}))}
	}
	return chapter{
		"Parameters of sources", "Nothing was sent.",
		[]said{
			create(nil), of(source.CreateParams{Flow: source.FlowRedirect}), of(source.CreateParams{Redirect: new(source.RedirectParams)}),
			of(source.CreateParams{Amount: -5}),
			of(source.CreateParams{SourceOrder: &source.OrderParams{Items: []source.OrderItemParams{{Quantity: -1}}}}),
			of(source.CreateParams{SourceOrder: &source.OrderParams{Shipping: new(source.ShippingParams)}}),
			mandate(source.MandateParams{Amount: new(source.MandateAmount(-5))}),
			mandate(source.MandateParams{Acceptance: new(source.AcceptanceParams)}),
			mandate(source.MandateParams{Acceptance: &source.AcceptanceParams{
				Status: source.AcceptanceStatusAccepted, Offline: new(source.OfflineParams),
			}}),
			verify(), verify("32", ""),
			{failed(sources.Attach(t.Context(), "cus_123", "")), ""},
			{failed(sources.Detach(t.Context(), "cus_123", "card_1")), ""},
		},
	}
}
