package source

import (
	"context"
	"iter"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
)

// Transaction is one transfer to a source that is a [Receiver]. Of the fields for the kinds of transfers
// at most one is set.
type Transaction struct {
	ID       string               `json:"id"`     // "srctxn_…"
	Object   string               `json:"object"` // "source_transaction"
	Amount   int64                `json:"amount"` // minor units
	Currency stripecash.Currency  `json:"currency"`
	Created  stripecash.Timestamp `json:"created"`
	Livemode bool                 `json:"livemode"`
	Source   string               `json:"source"` // ID
	Status   TransactionStatus    `json:"status"`
	Type     Type                 `json:"type"` // of the source

	ACHCreditTransfer  *ACHCreditTransferData  `json:"ach_credit_transfer,omitempty"`
	CHFCreditTransfer  *CHFCreditTransferData  `json:"chf_credit_transfer,omitempty"`
	GBPCreditTransfer  *GBPCreditTransferData  `json:"gbp_credit_transfer,omitempty"`
	PaperCheck         *PaperCheckData         `json:"paper_check,omitempty"`
	SEPACreditTransfer *SEPACreditTransferData `json:"sepa_credit_transfer,omitempty"`
}

// ObjectID is the transaction's ID.
func (t *Transaction) ObjectID() string { return t.ID }

// ObjectName is what a transaction of a source calls itself in the API.
func (*Transaction) ObjectName() string { return "source_transaction" }

// TransactionStatus is how far a transfer is.
type TransactionStatus string

// The statuses of transactions.
const (
	TransactionStatusFailed    TransactionStatus = "failed"
	TransactionStatusPending   TransactionStatus = "pending"
	TransactionStatusSucceeded TransactionStatus = "succeeded"
)

// GetTransaction retrieves one transaction of a source; one that does not exist is [stripecash.ErrNotFound].
func (c *Client) GetTransaction(ctx context.Context, source, id string, opts ...stripecash.CallOption) (*Transaction, error) {
	return stripecash.Call[Transaction](ctx, c.api, stripecash.Request{
		Method: http.MethodGet,
		Path:   "/v1/sources/{source}/source_transactions/{source_transaction}",
		IDs:    []string{source, id},
		Object: "source_transaction",
	}, opts...)
}

// ListTransactions retrieves one page of a source's transactions, newest first: 10 unless params say otherwise.
func (c *Client) ListTransactions(ctx context.Context, source string, params *stripecash.ListParams, opts ...stripecash.CallOption) (*stripecash.Page[Transaction], error) {
	return stripecash.List[Transaction](ctx, c.api, transactions(source), params, opts...)
}

// AllTransactions walks a source's transactions, newest first, and asks for pages of 100 as the loop gets there; see
// [stripecash.All].
func (c *Client) AllTransactions(ctx context.Context, source string, params *stripecash.ListParams, opts ...stripecash.CallOption) iter.Seq2[*Transaction, error] {
	return stripecash.All[Transaction](ctx, c.api, transactions(source), params, opts...)
}

func transactions(source string) stripecash.Request {
	return stripecash.Request{Path: "/v1/sources/{source}/source_transactions", IDs: []string{source}}
}
