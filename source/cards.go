package source

// Card is a card. Its texts are those of package card: brands, fundings, checks and wallets have the same names.
type Card struct {
	AddressLine1Check  string `json:"address_line1_check"`
	AddressZipCheck    string `json:"address_zip_check"`
	Brand              string `json:"brand"`
	Country            string `json:"country"` // of the issuer; two letters, ISO 3166-1 alpha-2
	CVCCheck           string `json:"cvc_check"`
	DynamicLast4       string `json:"dynamic_last4"`
	ExpMonth           int    `json:"exp_month"`
	ExpYear            int    `json:"exp_year"`    // four digits
	Fingerprint        string `json:"fingerprint"` // the same for every source of the same number
	Funding            string `json:"funding"`
	Last4              string `json:"last4"`
	Name               string `json:"name"`
	ThreeDSecure       string `json:"three_d_secure"` // whether the card supports it: required, recommended, optional or not_supported
	TokenizationMethod string `json:"tokenization_method"`
}

// CardPresent is a card that was read by a terminal. Most fields are what the chip said, as EMV names them.
type CardPresent struct {
	ApplicationCryptogram          string `json:"application_cryptogram"`
	ApplicationPreferredName       string `json:"application_preferred_name"`
	AuthorizationCode              string `json:"authorization_code"`
	AuthorizationResponseCode      string `json:"authorization_response_code"`
	Brand                          string `json:"brand"`
	Country                        string `json:"country"` // of the issuer; two letters, ISO 3166-1 alpha-2
	CVMType                        string `json:"cvm_type"`
	DataType                       string `json:"data_type"`
	DedicatedFileName              string `json:"dedicated_file_name"`
	EMVAuthData                    string `json:"emv_auth_data"`
	EvidenceCustomerSignature      string `json:"evidence_customer_signature"`
	EvidenceTransactionCertificate string `json:"evidence_transaction_certificate"`
	ExpMonth                       int    `json:"exp_month"`
	ExpYear                        int    `json:"exp_year"`    // four digits
	Fingerprint                    string `json:"fingerprint"` // the same for every source of the same number
	Funding                        string `json:"funding"`
	Last4                          string `json:"last4"`
	POSDeviceID                    string `json:"pos_device_id"`
	POSEntryMode                   string `json:"pos_entry_mode"`
	ReadMethod                     string `json:"read_method"`
	Reader                         string `json:"reader"`
	TerminalVerificationResults    string `json:"terminal_verification_results"`
	TransactionStatusInformation   string `json:"transaction_status_information"`
}

// ThreeDSecure is a card with 3D Secure: its issuer asks the owner to authenticate. It has the fields of [Card] too.
type ThreeDSecure struct {
	AddressLine1Check  string `json:"address_line1_check"`
	AddressZipCheck    string `json:"address_zip_check"`
	Authenticated      bool   `json:"authenticated"` // the owner was asked to authenticate, and did
	Brand              string `json:"brand"`
	Card               string `json:"card"`     // ID of the card source that it was made from
	Country            string `json:"country"`  // of the issuer; two letters, ISO 3166-1 alpha-2
	Customer           string `json:"customer"` // ID
	CVCCheck           string `json:"cvc_check"`
	DynamicLast4       string `json:"dynamic_last4"`
	ExpMonth           int    `json:"exp_month"`
	ExpYear            int    `json:"exp_year"`    // four digits
	Fingerprint        string `json:"fingerprint"` // the same for every source of the same number
	Funding            string `json:"funding"`
	Last4              string `json:"last4"`
	Name               string `json:"name"`
	ThreeDSecure       string `json:"three_d_secure"`
	TokenizationMethod string `json:"tokenization_method"`
}
