package transaction_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/transaction"
)

func fixture(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(data)
}

// base is what all transactions of testdata/list.json share.
func base(id string, created stripecash.Timestamp, kind transaction.Type, net, ending int64) *transaction.Transaction {
	return &transaction.Transaction{
		ID: id, Object: "customer_cash_balance_transaction", Created: created, Currency: "eur",
		Customer: stripecash.Ref{ID: "cus_1"}, Type: kind, NetAmount: net, EndingBalance: ending,
	}
}

func wantList() []*transaction.Transaction {
	overdraft := base("ccsbtxn_9", 1700000009, transaction.TypeAdjustedForOverdraft, 300, 0)
	overdraft.AdjustedForOverdraft = &transaction.AdjustedForOverdraft{
		BalanceTransaction: stripecash.Ref{ID: "txn_9"},
		LinkedTransaction:  stripecash.Expandable[transaction.Transaction]{ID: "ccsbtxn_8"},
	}
	transferred := base("ccsbtxn_7", 1700000007, transaction.TypeTransferredToBalance, -200, 700)
	transferred.TransferredToBalance = &transaction.TransferredToBalance{BalanceTransaction: stripecash.Ref{ID: "txn_7"}}
	refunded := base("ccsbtxn_4", 1700000004, transaction.TypeRefundedFromPayment, 50, 900)
	refunded.RefundedFromPayment = &transaction.RefundedFromPayment{Refund: stripecash.Ref{ID: "re_4"}}
	unapplied := base("ccsbtxn_3", 1700000003, transaction.TypeUnappliedFromPayment, 50, 850)
	unapplied.UnappliedFromPayment = &transaction.UnappliedFromPayment{PaymentIntent: stripecash.Ref{ID: "pi_2"}}
	applied := base("ccsbtxn_2", 1700000002, transaction.TypeAppliedToPayment, -200, 800)
	applied.AppliedToPayment = &transaction.AppliedToPayment{PaymentIntent: stripecash.Ref{
		ID: "pi_2", Raw: json.RawMessage(`{"id": "pi_2", "object": "payment_intent", "amount": 200}`),
	}}
	funded := base("ccsbtxn_1", 1700000001, transaction.TypeFunded, 1000, 1000)
	funded.Customer = stripecash.Ref{ID: "cus_1", Raw: json.RawMessage(`{"id": "cus_1", "object": "customer"}`)}
	funded.CustomerAccount, funded.Livemode = "acct_1", true
	funded.Funded = &transaction.Funded{BankTransfer: transaction.BankTransfer{
		Type: transaction.BankTransferTypeEU, Reference: "INV-17",
		EUBankTransfer: &transaction.EUBankTransfer{BIC: "DEUTDEFF", IBANLast4: "3000", SenderName: "Jenny Rosen"},
	}}
	return []*transaction.Transaction{
		overdraft,
		base("ccsbtxn_8", 1700000008, transaction.TypeFundingReversed, -1000, -300),
		transferred,
		base("ccsbtxn_6", 1700000006, transaction.TypeReturnCanceled, 100, 900),
		base("ccsbtxn_5", 1700000005, transaction.TypeReturnInitiated, -100, 800),
		refunded, unapplied, applied, funded,
	}
}

func TestDecodeBankTransfers(t *testing.T) {
	want := []transaction.BankTransfer{
		{
			Type:           transaction.BankTransferTypeGB,
			GBBankTransfer: &transaction.GBBankTransfer{AccountNumberLast4: "6789", SenderName: "A", SortCode: "108800"},
		},
		{
			Type:           transaction.BankTransferTypeJP,
			JPBankTransfer: &transaction.JPBankTransfer{SenderBank: "B", SenderBranch: "C"},
		},
		{
			Type:           transaction.BankTransferTypeUS,
			USBankTransfer: &transaction.USBankTransfer{Network: transaction.NetworkDomesticWireUS, SenderName: "D"},
		},
		{Type: transaction.BankTransferTypeMX, Reference: "E"}, // has no hash
	}
	var page stripecash.Page[transaction.Transaction]
	require.NoError(t, json.Unmarshal([]byte(fixture(t, "bank_transfers.json")), &page))
	require.Len(t, page.Data, len(want))
	for i, got := range page.Data {
		require.NotNil(t, got.Funded)
		assert.Equal(t, want[i], got.Funded.BankTransfer, i)
	}
}

func TestDecodeARegionThatIsNotKnownYet(t *testing.T) {
	var got transaction.BankTransfer
	require.NoError(t, json.Unmarshal([]byte(`{"type":"ch_bank_transfer","ch_bank_transfer":{}}`), &got))
	assert.Equal(t, transaction.BankTransfer{Type: "ch_bank_transfer"}, got)
}

func TestLinkedTransactionExpands(t *testing.T) {
	var got transaction.Transaction
	require.NoError(t, json.Unmarshal([]byte(`{"id":"ccsbtxn_2","type":"adjusted_for_overdraft","adjusted_for_overdraft":{
		"balance_transaction":{"id":"txn_1","object":"balance_transaction"},
		"linked_transaction":{"id":"ccsbtxn_1","net_amount":-5,"type":"funding_reversed"}}}`), &got))
	linked := got.AdjustedForOverdraft.LinkedTransaction
	assert.Equal(t, "ccsbtxn_1", linked.ID)
	require.NotNil(t, linked.Object)
	assert.Equal(t, int64(-5), linked.Object.NetAmount)
	assert.Equal(t, "txn_1", got.AdjustedForOverdraft.BalanceTransaction.ID)
}
