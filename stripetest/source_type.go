package stripetest

import "strings"

// sourceTypes are the types of sources, one a line: its flows, its usages and its currencies, the first of each being the
// default, and the fields of its hash. A dash is any currency; a field with a star is left out, not null, when it is empty.
//
// Which types Stripe lets choose another flow is not documented; here bank debits can be verified with a code.
const sourceTypes = `
ach_credit_transfer receiver reusable usd account_number bank_name fingerprint refund_account_holder_name refund_account_holder_type refund_routing_number routing_number swift_code
ach_debit none,code_verification reusable usd bank_name country fingerprint last4 routing_number type
acss_debit none,code_verification reusable cad,usd bank_address_city bank_address_line_1 bank_address_line_2 bank_address_postal_code bank_name category country fingerprint last4 routing_number
alipay redirect single_use,reusable - *data_string native_url statement_descriptor
au_becs_debit none,code_verification reusable aud bsb_number fingerprint last4
bancontact redirect single_use eur bank_code bank_name bic iban_last4 preferred_language statement_descriptor
card none reusable,single_use - 
eps redirect single_use eur reference statement_descriptor
giropay redirect single_use eur bank_code bank_name bic statement_descriptor
ideal redirect single_use eur bank bic iban_last4 statement_descriptor
klarna redirect single_use - client_token *first_name *last_name *locale *page_title *purchase_country *purchase_type *redirect_url
multibanco receiver single_use eur entity reference refund_account_holder_address_city refund_account_holder_address_country refund_account_holder_address_line1 refund_account_holder_address_line2 refund_account_holder_address_postal_code refund_account_holder_address_state refund_account_holder_name refund_iban
p24 redirect single_use eur,pln reference
sepa_debit none,code_verification reusable,single_use eur bank_code branch_code country fingerprint last4 mandate_reference mandate_url
sofort redirect single_use eur bank_code bank_name bic country iban_last4 preferred_language statement_descriptor
three_d_secure redirect single_use -
wechat none single_use - *prepay_id qr_code_url *statement_descriptor
`

// sourceType is what sources of a type are like.
type sourceType struct {
	flows, usages, currencies []string
	fields                    []string
}

func sourceTypeOf(name string) (sourceType, bool) {
	for line := range strings.Lines(sourceTypes) {
		columns := strings.Fields(line)
		if len(columns) < 4 || columns[0] != name {
			continue
		}
		t := sourceType{flows: strings.Split(columns[1], ","), usages: strings.Split(columns[2], ","), fields: columns[4:]}
		if columns[3] != "-" {
			t.currencies = strings.Split(columns[3], ",")
		}
		return t, true
	}
	return sourceType{}, false
}

const (
	flowNone     = "none"
	flowRedirect = "redirect"
	flowReceiver = "receiver"
	flowCode     = "code_verification"

	sourcePending    = "pending"
	sourceChargeable = "chargeable"
	sourceConsumed   = "consumed"
	sourceCanceled   = "canceled"
	sourceFailed     = "failed"

	usageReusable = "reusable"
	usageOnce     = "single_use"

	typeCard   = "card"
	typeACH    = "ach_credit_transfer"
	typeSEPA   = "sepa_debit"
	typeSecure = "three_d_secure"
)
