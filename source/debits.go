package source

// ACHDebit is a bank account in the United States that is debited.
type ACHDebit struct {
	BankName      string `json:"bank_name"`
	Country       string `json:"country"`     // two letters, ISO 3166-1 alpha-2
	Fingerprint   string `json:"fingerprint"` // the same for every source of the same account
	Last4         string `json:"last4"`
	RoutingNumber string `json:"routing_number"`
	Type          string `json:"type"`
}

// ACSSDebit is a bank account in Canada that is debited.
type ACSSDebit struct {
	BankAddressCity       string `json:"bank_address_city"`
	BankAddressLine1      string `json:"bank_address_line_1"`
	BankAddressLine2      string `json:"bank_address_line_2"`
	BankAddressPostalCode string `json:"bank_address_postal_code"`
	BankName              string `json:"bank_name"`
	Category              string `json:"category"`
	Country               string `json:"country"`     // two letters, ISO 3166-1 alpha-2
	Fingerprint           string `json:"fingerprint"` // the same for every source of the same account
	Last4                 string `json:"last4"`
	RoutingNumber         string `json:"routing_number"`
}

// AUBECSDebit is a bank account in Australia that is debited.
type AUBECSDebit struct {
	BSBNumber   string `json:"bsb_number"`  // of bank, state and branch
	Fingerprint string `json:"fingerprint"` // the same for every source of the same account
	Last4       string `json:"last4"`
}

// SEPADebit is a bank account in the Single Euro Payments Area that is debited. Its IBAN is given when it is created
// (see [Client.Create]) and not shown again.
type SEPADebit struct {
	BankCode         string `json:"bank_code"`
	BranchCode       string `json:"branch_code"`
	Country          string `json:"country"`     // two letters, ISO 3166-1 alpha-2
	Fingerprint      string `json:"fingerprint"` // the same for every source of the same account
	Last4            string `json:"last4"`
	MandateReference string `json:"mandate_reference"` // what customers find on their statement
	MandateURL       string `json:"mandate_url"`       // where the mandate can be read
}
