package stripetest_test

import (
	"context"
	"fmt"

	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// What is left empty is filled with an example, here the bank.
func ExampleAccount_FundBy() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	id := srv.FundBy("cus_123", stripetest.BankTransfer{
		Currency: "eur", Amount: 100_00, Reference: "INV-17", SenderName: "Jenny Rosen",
	})

	t, err := transaction.New(srv.Client()).Get(context.Background(), "cus_123", id)
	if err != nil {
		fmt.Println(err)
		return
	}
	transfer := t.Funded.BankTransfer
	fmt.Println(transfer.Reference, transfer.EUBankTransfer.SenderName, transfer.EUBankTransfer.BIC)
	// Output: INV-17 Jenny Rosen BANKDEAAXXX
}

// A payment takes what it needs of the funds that are there.
func ExampleAccount_AddPaymentIntent() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 100_00)
	id := srv.AddPaymentIntent("cus_123", "eur", 80_00)

	page, err := transaction.New(srv.Client()).List(context.Background(), "cus_123", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	t := page.Data[0]
	fmt.Println(t.Type, t.NetAmount, t.EndingBalance, t.AppliedToPayment.PaymentIntent.ID == id)
	// Output: applied_to_payment -8000 2000 true
}

// A payment that was funded in part gives back what it has.
func ExampleAccount_Unapply() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	payment := srv.AddPaymentIntent("cus_123", "eur", 80_00)
	srv.Fund("cus_123", "eur", 50_00)
	srv.Unapply(payment, 50_00)

	for t, err := range transaction.New(srv.Client()).All(context.Background(), "cus_123", nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(t.Type, t.NetAmount, t.EndingBalance)
	}
	// Output:
	// unapplied_from_payment 5000 5000
	// applied_to_payment -5000 0
	// funded 5000 5000
}

// A refund of a payment, here of a part, goes where the funds came from.
func ExampleAccount_RefundToBalance() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 80_00)
	payment := srv.AddPaymentIntent("cus_123", "eur", 80_00)
	id := srv.RefundToBalance(payment, 30_00)

	t, err := transaction.New(srv.Client()).Get(context.Background(), "cus_123", id)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Type, t.NetAmount, t.EndingBalance)
	// Output: refunded_from_payment 3000 3000
}

func ExampleAccount_InitiateReturn() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 100_00)
	id := srv.InitiateReturn("cus_123", "eur", 30_00)

	t, err := transaction.New(srv.Client()).Get(context.Background(), "cus_123", id)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Type, t.NetAmount, t.EndingBalance)
	// Output: return_initiated -3000 7000
}

// The customer's bank did not take the funds back.
func ExampleAccount_CancelReturn() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 100_00)
	id := srv.CancelReturn(srv.InitiateReturn("cus_123", "eur", 30_00))

	t, err := transaction.New(srv.Client()).Get(context.Background(), "cus_123", id)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Type, t.NetAmount, t.EndingBalance)
	// Output: return_canceled 3000 10000
}

func ExampleAccount_TransferToBalance() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 100_00)
	id := srv.TransferToBalance("cus_123", "eur", 40_00)

	t, err := transaction.New(srv.Client()).Get(context.Background(), "cus_123", id)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Type, t.NetAmount, t.EndingBalance)
	// Output: transferred_to_balance -4000 6000
}

// The sender's bank takes back what is spent already, and the balance is negative.
func ExampleAccount_ReverseFunding() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	funding := srv.Fund("cus_123", "eur", 100_00)
	srv.AddPaymentIntent("cus_123", "eur", 80_00)
	srv.ReverseFunding(funding)

	balance, err := cashbalance.New(srv.Client()).Get(context.Background(), "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(balance.Available["eur"])
	// Output: -8000
}

// The account pays for the overdraft, and the transaction says which reversal caused it.
func ExampleAccount_AdjustForOverdraft() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	funding := srv.Fund("cus_123", "eur", 100_00)
	srv.AddPaymentIntent("cus_123", "eur", 80_00)
	reversal := srv.ReverseFunding(funding)
	id := srv.AdjustForOverdraft("cus_123", "eur")

	t, err := transaction.New(srv.Client()).Get(context.Background(), "cus_123", id)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.NetAmount, t.EndingBalance, t.AdjustedForOverdraft.LinkedTransaction.ID == reversal)
	// Output: 8000 0 true
}

// A movement is written as it is, for a payment that need not exist.
func ExampleAccount_AddTransaction() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 100_00)
	id := srv.AddTransaction("cus_123", stripetest.Transaction{
		Type: "applied_to_payment", Currency: "eur", NetAmount: -25_00, PaymentIntent: "pi_17",
	})

	t, err := transaction.New(srv.Client()).Get(context.Background(), "cus_123", id)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.AppliedToPayment.PaymentIntent.ID, t.NetAmount, t.EndingBalance)
	// Output: pi_17 -2500 7500
}
