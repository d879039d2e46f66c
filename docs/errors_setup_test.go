package docs_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// panicsWith is what each of the functions panics with.
func panicsWith(functions ...func()) []said {
	all := make([]said, 0, len(functions))
	for _, f := range functions {
		all = append(all, said{err: panicked(f)})
	}
	return all
}

func accountErrors(t *testing.T) chapter {
	t.Helper()
	srv, other := stripetest.NewServer(), stripetest.NewServer()
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	gone := srv.Connect("acct_gone")
	require.NoError(t, srv.Restore(snapshot))
	srv.AddCustomer("cus_123")
	withRecipients := stripetest.NewServer(stripetest.WithRecipients())
	withRecipients.AddRecipient("rp_1")
	return chapter{
		"Accounts and customers of the emulator", "What they are set up with. These panic too, as do those of the next two parts.",
		panicsWith(
			func() { new(stripetest.Server).AddCustomer("cus_123") },
			func() { srv.Connect("shop") },
			func() { gone.AddCustomer("cus_123") },
			func() { srv.SetReconciliationMode("by hand") },
			func() { srv.SetDefaultCurrency("EUR") },
			func() { srv.AddCustomer("Jenny") },
			func() { srv.AddCustomer("cus_123") },
			func() { other.AddRecipient("rp_1") },
			func() { withRecipients.AddRecipient("Jenny") },
			func() { withRecipients.AddRecipient("rp_1") },
		),
	}
}

func moneyErrors(*testing.T) chapter {
	srv := stripetest.NewServer(stripetest.WithSeed(1))
	srv.AddCustomer("cus_123")
	srv.SetReconciliationMode("manual")
	pending := srv.AddPaymentIntent("cus_123", "eur", 50_00)
	write := func(txn stripetest.Transaction) func() { return func() { srv.AddTransaction("cus_123", txn) } }
	return chapter{
		"Money in the emulator", "What moves it without a request, in the Dashboard or at a bank.",
		panicsWith(
			func() { srv.Fund("cus_404", "eur", 1) },
			func() { srv.Fund("cus_123", "eur", 0) },
			func() { srv.Fund("cus_123", "chf", 5) },
			write(stripetest.Transaction{Type: "applied_to_payment", Currency: "chf", NetAmount: -5}),
			write(stripetest.Transaction{Type: "applied_to_payment", Currency: "eur", NetAmount: 5}),
			write(stripetest.Transaction{Type: "return_canceled", Currency: "eur", NetAmount: -5}),
			write(stripetest.Transaction{Type: "return_canceled", Currency: "eur", NetAmount: 1 << 60}),
			write(stripetest.Transaction{Type: "funded", Currency: "eur", NetAmount: 5}),
			write(stripetest.Transaction{Type: "lent", Currency: "eur", NetAmount: 5}),
			func() { srv.TransferToBalance("cus_123", "eur", 5) },
			func() { srv.AddPaymentIntent("cus_123", "chf", 5) },
			func() { srv.AddPaymentIntent("cus_123", "eur", 0) },
			func() { srv.RefundToBalance("pi_404", 5) },
			func() { srv.RefundToBalance(pending, 5) },
			func() { srv.Unapply(pending, 5) },
			func() { srv.CancelReturn("ccsbtxn_404") },
			func() { srv.AdjustForOverdraft("cus_123", "eur") },
		),
	}
}

func seedSourceErrors(t *testing.T) chapter {
	t.Helper()
	srv := stripetest.NewServer(stripetest.WithSeed(1))
	srv.AddCustomer("cus_123")
	sources := source.New(srv.Client())
	add := func(params source.CreateParams) string {
		s, err := sources.Create(t.Context(), &params)
		require.NoError(t, err)
		return s.ID
	}
	receiver := add(source.CreateParams{Type: source.TypeACHCreditTransfer, Currency: "usd"})
	redirect := add(source.CreateParams{Type: source.TypeIDEAL, Currency: "eur", Amount: 5,
		Redirect: &source.RedirectParams{ReturnURL: "https://example.com"}})
	code := add(source.CreateParams{Type: source.TypeSEPADebit, Currency: "eur", Flow: source.FlowCodeVerification})
	canceled := add(source.CreateParams{Type: source.TypeACHCreditTransfer, Currency: "usd"})
	srv.CancelSource(canceled)
	return chapter{
		"Sources in the emulator", "What happens to them without a request: at the bank of their owner, or by time.",
		panicsWith(
			func() { srv.AuthorizeSource("src_404") },
			func() { srv.AuthorizeSource(canceled) },
			func() { srv.AuthorizeSource(receiver) },
			func() { srv.AuthorizeSource(code) },
			func() { srv.FailSource(redirect, "bored") },
			func() { srv.FailSource(canceled, "declined") },
			func() { srv.CancelSource(canceled) },
			func() { srv.ReceiveFunds(redirect, 5) },
			func() { srv.ReceiveFunds(receiver, 0) },
			func() { srv.ReceiveFunds(canceled, 5) },
			func() { srv.FailFunds(receiver, "srctxn_404") },
			func() { srv.RequestRefundAttributes(redirect) },
			func() { srv.NotifyMandate(redirect, -5) },
		),
	}
}
