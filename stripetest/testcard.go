package stripetest

import "strings"

// testCards are Stripe's documented test cards, one a line: the number, the token that stands for it, how it is funded,
// and what is special about it. Of lines with the same number the first one tells about the number.
const testCards = `
4242424242424242 tok_visa                                   credit
4000056655665556 tok_visa_debit                             debit
5555555555554444 tok_mastercard                             credit
2223003122003222 tok_mastercard_2series                     credit
5200828282828210 tok_mastercard_debit                       debit
5105105105105100 tok_mastercard_prepaid                     prepaid
378282246310005  tok_amex                                   credit
371449635398431  -                                          credit
6011111111111117 tok_discover                               credit
6011000990139424 -                                          credit
6011981111111113 tok_discover_debit                         debit
3056930009020004 tok_diners                                 credit
36227206271667   -                                          credit
6555900000604105 -                                          credit
3566002020360505 tok_jcb                                    credit
6200000000000005 tok_unionpay                               credit
6200000000000047 tok_unionpay_debit                         debit
6205500000000000004 -                                       credit

4000056655665556 tok_visa_debit_us_transferSuccess          debit
4000056655665572 tok_visa_debit_us_transferFail             debit
4000056755665555 tok_visa_debit_us_instantPayoutUnsupported debit
5200828282828210 tok_mastercard_debit_us_transferSuccess    debit
6011981111111113 tok_discover_debit_us_transferSuccess      debit

4000000000000002 tok_chargeDeclined                         credit generic_decline
4000000000000002 tok_visa_chargeDeclined                    credit generic_decline
4000000000009995 tok_chargeDeclinedInsufficientFunds        credit insufficient_funds
4000000000009995 tok_visa_chargeDeclinedInsufficientFunds   credit insufficient_funds
4000000000009987 tok_visa_chargeDeclinedLostCard            credit lost_card
4000000000009979 tok_visa_chargeDeclinedStolenCard          credit stolen_card
4000000000000069 tok_chargeDeclinedExpiredCard              credit expired_card
4000000000000069 tok_visa_chargeDeclinedExpiredCard         credit expired_card
4000000000000127 tok_chargeDeclinedIncorrectCvc             credit incorrect_cvc
4000000000000127 tok_visa_chargeDeclinedIncorrectCvc        credit incorrect_cvc
4000000000000119 tok_chargeDeclinedProcessingError          credit processing_error
4000000000000119 tok_visa_chargeDeclinedProcessingError     credit processing_error
4000000000006975 tok_visa_chargeDeclinedVelocityLimitExceeded credit card_velocity_exceeded
4100000000000019 tok_chargeDeclinedFraudulent               credit fraudulent
4100000000000019 tok_visa_chargeDeclinedFraudulent          credit fraudulent
4100000000000019 tok_radarBlock                             credit fraudulent
4000000000000341 tok_chargeCustomerFail                     credit charge_customer_fail
4000000000000341 tok_visa_chargeCustomerFail                credit charge_customer_fail

4000000000000010 tok_avsFail                                credit avs_fail
4000000000000028 tok_avsLine1Fail                           credit avs_line1_fail
4000000000000036 tok_avsZipFail                             credit avs_zip_fail
4000000000000044 tok_avsUnchecked                           credit avs_unavailable
4000000000000101 tok_cvcCheckFail                           credit cvc_check_fail

4000000000000077 tok_bypassPending                          credit
4000000000000093 tok_domesticPricing                        credit
4000000000000259 tok_createDispute                          credit
4000000000009235 tok_riskLevelElevated                      credit
4000000000004954 tok_riskLevelHighest                       credit

4000000320000021 tok_ar
4000000760000002 tok_br
4000001240000000 tok_ca
4000001520000001 tok_cl
4000001700000003 tok_co
4000001880000005 tok_cr
4000002180000000 tok_ec
4000004840008001 tok_mx
4000005910000000 tok_pa
4000006000000066 tok_py
4000006040000068 tok_pe
4000008580000003 tok_uy
4000007840000001 tok_ae
5200007840000022 tok_ae_mastercard
4000000400000008 tok_at
4000000560000004 tok_be
4000001000000000 tok_bg
4000001120000005 tok_by
4000001910000009 tok_hr
4000001960000008 tok_cy
4000002030000002 tok_cz
4000002080000001 tok_dk
4000002330000009 tok_ee
4000002460000001 tok_fi
4000002500000003 tok_fr
4000002760000016 tok_de
4000002920000005 tok_gi
4000003000000030 tok_gr
4000003480000005 tok_hu
4000003720000005 tok_ie
4000003800000008 tok_it
4000004280000005 tok_lv
4000004380000004 tok_li
4000004400000000 tok_lt
4000004420000006 tok_lu
4000004700000007 tok_mt
4000005280000002 tok_nl
4000005780000007 tok_no
4000006160000005 tok_pl
4000006200000007 tok_pt
4000006420000001 tok_ro
4000006820000007 tok_sa
4000007050000006 tok_si
4000007030000001 tok_sk
4000007240000007 tok_es
4000007520000008 tok_se
4000007560000009 tok_ch
4000008260000000 tok_gb
4000058260000005 tok_gb_debit
5555558265554449 tok_gb_mastercard
4000000360000006 tok_au
4000001560000002 tok_cn
4000003440000004 tok_hk
4000003560000008 tok_in
4000003920000003 tok_jp
3530111333300000 tok_jp_jcb
4000004580000002 tok_my
4000005540000008 tok_nz
4000007020000003 tok_sg
4000001580000008 tok_tw
4000007640000003 tok_th_credit
4000057640000008 tok_th_debit
`

// cardCountries are the countries that test cards come from, by the ISO 3166 number in digits 7 to 9 of their numbers.
const cardCountries = "AE784 AR032 AT040 AU036 BE056 BG100 BR076 BY112 CA124 CH756 CL152 CN156 CO170 CR188 CY196 CZ203 DE276 " +
	"DK208 EC218 EE233 ES724 FI246 FR250 GB826 GI292 GR300 HK344 HR191 HU348 IE372 IN356 IT380 JP392 LI438 LT440 LU442 LV428 " +
	"MT470 MX484 MY458 NL528 NO578 NZ554 PA591 PE604 PL616 PT620 PY600 RO642 SA682 SE752 SG702 SI705 SK703 TH764 TW158 UY858"

const (
	columnNumber = iota
	columnToken
	columnFunding
	columnTrait
)

// testCardRow finds a test card by one of its columns, and fills the columns up to the last.
func testCardRow(column int, value string) (row [columnTrait + 1]string, ok bool) {
	for line := range strings.Lines(testCards) {
		fields := strings.Fields(line)
		if len(fields) > column && fields[column] == value && value != "-" {
			copy(row[:], fields)
			return row, true
		}
	}
	return row, false
}
