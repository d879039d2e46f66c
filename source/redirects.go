package source

// These are paid at the bank or wallet that the customer is sent to; see [Redirect].

// Alipay is a payment with Alipay.
type Alipay struct {
	DataString          string `json:"data_string"`
	NativeURL           string `json:"native_url"`           // opens the app
	StatementDescriptor string `json:"statement_descriptor"` // on the statement of the customer
}

// Bancontact is a payment with Bancontact, in Belgium.
type Bancontact struct {
	BankCode            string `json:"bank_code"`
	BankName            string `json:"bank_name"`
	BIC                 string `json:"bic"`
	IBANLast4           string `json:"iban_last4"`
	PreferredLanguage   string `json:"preferred_language"`   // of the bank's page: de, en, fr or nl
	StatementDescriptor string `json:"statement_descriptor"` // on the statement of the customer
}

// EPS is a payment with EPS, in Austria.
type EPS struct {
	Reference           string `json:"reference"`
	StatementDescriptor string `json:"statement_descriptor"` // on the statement of the customer
}

// Giropay is a payment with giropay, in Germany.
type Giropay struct {
	BankCode            string `json:"bank_code"`
	BankName            string `json:"bank_name"`
	BIC                 string `json:"bic"`
	StatementDescriptor string `json:"statement_descriptor"` // on the statement of the customer
}

// IDEAL is a payment with iDEAL, in the Netherlands.
type IDEAL struct {
	Bank                string `json:"bank"`
	BIC                 string `json:"bic"`
	IBANLast4           string `json:"iban_last4"`
	StatementDescriptor string `json:"statement_descriptor"` // on the statement of the customer
}

// P24 is a payment with Przelewy24, in Poland.
type P24 struct {
	Reference string `json:"reference"`
}

// Sofort is a payment with Sofort, in some countries of Europe.
type Sofort struct {
	BankCode            string `json:"bank_code"`
	BankName            string `json:"bank_name"`
	BIC                 string `json:"bic"`
	Country             string `json:"country"` // of the bank; two letters, ISO 3166-1 alpha-2
	IBANLast4           string `json:"iban_last4"`
	PreferredLanguage   string `json:"preferred_language"`
	StatementDescriptor string `json:"statement_descriptor"` // on the statement of the customer
}

// WeChat is a payment with WeChat Pay.
type WeChat struct {
	PrepayID            string `json:"prepay_id"`
	QRCodeURL           string `json:"qr_code_url"`          // for the customer to scan
	StatementDescriptor string `json:"statement_descriptor"` // on the statement of the customer
}
