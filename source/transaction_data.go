package source

// ACHCreditTransferData is a transfer within the United States.
type ACHCreditTransferData struct {
	CustomerData  string `json:"customer_data"` // what the sender wrote
	Fingerprint   string `json:"fingerprint"`   // of the sender's account
	Last4         string `json:"last4"`
	RoutingNumber string `json:"routing_number"`
}

// CHFCreditTransferData is a transfer in Swiss francs.
type CHFCreditTransferData struct {
	Reference            string `json:"reference"`
	SenderAddressCountry string `json:"sender_address_country"` // two letters, ISO 3166-1 alpha-2
	SenderAddressLine1   string `json:"sender_address_line1"`
	SenderIBAN           string `json:"sender_iban"`
	SenderName           string `json:"sender_name"`
}

// GBPCreditTransferData is a transfer in pounds sterling.
type GBPCreditTransferData struct {
	Fingerprint         string `json:"fingerprint"`    // of Stripe's account that received it
	FundingMethod       string `json:"funding_method"` // the rails: Faster Payments
	Last4               string `json:"last4"`          // of the sender's account
	Reference           string `json:"reference"`      // what the sender wrote
	SenderAccountNumber string `json:"sender_account_number"`
	SenderName          string `json:"sender_name"`
	SenderSortCode      string `json:"sender_sort_code"`
}

// PaperCheckData is a check that came by mail.
type PaperCheckData struct {
	AvailableAt string `json:"available_at"` // Unix seconds, as text
	Invoices    string `json:"invoices"`     // IDs, separated by commas
}

// SEPACreditTransferData is a transfer in the Single Euro Payments Area.
type SEPACreditTransferData struct {
	Reference  string `json:"reference"`
	SenderIBAN string `json:"sender_iban"`
	SenderName string `json:"sender_name"`
}
