package transaction

// Funded tells how funds arrived.
type Funded struct {
	BankTransfer BankTransfer `json:"bank_transfer"`
}

// BankTransfer is a transfer from a bank. Of its pointers the one named like Type is set; Mexican transfers have none.
type BankTransfer struct {
	Type      BankTransferType `json:"type"`
	Reference string           `json:"reference"` // what the sender wrote; empty if nothing

	EUBankTransfer *EUBankTransfer `json:"eu_bank_transfer,omitempty"`
	GBBankTransfer *GBBankTransfer `json:"gb_bank_transfer,omitempty"`
	JPBankTransfer *JPBankTransfer `json:"jp_bank_transfer,omitempty"`
	USBankTransfer *USBankTransfer `json:"us_bank_transfer,omitempty"`
}

// BankTransferType is the region whose banks a transfer came through.
type BankTransferType string

// The types of bank transfers.
const (
	BankTransferTypeEU BankTransferType = "eu_bank_transfer" // euros
	BankTransferTypeGB BankTransferType = "gb_bank_transfer" // pounds sterling
	BankTransferTypeJP BankTransferType = "jp_bank_transfer" // yen
	BankTransferTypeMX BankTransferType = "mx_bank_transfer" // Mexican pesos
	BankTransferTypeUS BankTransferType = "us_bank_transfer" // US dollars
)

// EUBankTransfer is the sender of a transfer in the European Union; what is unknown is empty.
type EUBankTransfer struct {
	BIC        string `json:"bic"`
	IBANLast4  string `json:"iban_last4"`
	SenderName string `json:"sender_name"`
}

// GBBankTransfer is the sender of a transfer in the United Kingdom; what is unknown is empty.
type GBBankTransfer struct {
	AccountNumberLast4 string `json:"account_number_last4"`
	SenderName         string `json:"sender_name"`
	SortCode           string `json:"sort_code"`
}

// JPBankTransfer is the sender of a transfer in Japan; what is unknown is empty.
type JPBankTransfer struct {
	SenderBank   string `json:"sender_bank"`
	SenderBranch string `json:"sender_branch"`
	SenderName   string `json:"sender_name"`
}

// USBankTransfer is the sender of a transfer in the United States; what is unknown is empty.
type USBankTransfer struct {
	Network    Network `json:"network"`
	SenderName string  `json:"sender_name"`
}

// Network is what carried a transfer in the United States.
type Network string

// The networks of transfers in the United States.
const (
	NetworkACH            Network = "ach"
	NetworkDomesticWireUS Network = "domestic_wire_us"
	NetworkSWIFT          Network = "swift"
)
