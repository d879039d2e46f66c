package stripetest

func createIntentParams() []param {
	params := append(methodParams(),
		integer("amount").require().between(1, 99_999_999), // "up to eight digits"
		text("currency", 5000).require(),
		text("customer", 5000).nonEmpty(),
		boolean("confirm"),
		text("description", 5000),
		metadata(),
		enum("capture_method", "automatic", "automatic_async"), // a bank transfer can't be captured later
		enum("confirmation_method", "automatic", "manual"),
	)
	return append(params, unmodelled("allowed_payment_method_types", "amount_details", "application_fee_amount",
		"automatic_payment_methods", "confirmation_token", "customer_account", "error_on_requires_action",
		"excluded_payment_method_types", "hooks", "mandate", "mandate_data", "off_session", "on_behalf_of", "payment_details",
		"payment_method", "payment_method_configuration", "radar_options", "receipt_email", "return_url", "setup_future_usage",
		"shipping", "statement_descriptor", "statement_descriptor_suffix", "transfer_data", "transfer_group", "use_stripe_sdk")...)
}

func confirmIntentParams() []param {
	return append(methodParams(), unmodelled("allowed_payment_method_types", "amount_details", "amount_to_confirm",
		"capture_method", "client_secret", "confirmation_token", "error_on_requires_action", "excluded_payment_method_types",
		"hooks", "mandate", "mandate_data", "off_session", "payment_details", "payment_method", "radar_options", "receipt_email",
		"return_url", "setup_future_usage", "shipping", "use_stripe_sdk")...)
}

// methodParams is how the PaymentIntent is to be paid.
func methodParams() []param {
	transfer := hash("bank_transfer",
		enum("type", "eu_bank_transfer", "gb_bank_transfer", "jp_bank_transfer", "mx_bank_transfer", "us_bank_transfer").require(),
		hash("eu_bank_transfer", enum("country", "BE", "DE", "ES", "FR", "IE", "NL").require()),
		array("requested_address_types", enum("", "aba", "iban", "sepa", "sort_code", "spei", "swift", "zengin")),
	)
	return []param{
		array("payment_method_types", text("", 5000).nonEmpty()),
		hash("payment_method_data", append(otherMethods(methodCustomerBalance, "allow_redisplay", "billing_details", "metadata",
			"radar_options"), text("type", 5000).require())...),
		hash("payment_method_options", append(otherMethods("card", "card_present"), hash(methodCustomerBalance,
			enum("funding_type", "bank_transfer"), transfer, enum("setup_future_usage", "none")))...),
	}
}

// otherMethods are the hashes of the other ways to pay, and of what else is documented beside them.
func otherMethods(beside ...string) []param {
	return append(unmodelled(beside...), unmodelled("acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay",
		"au_becs_debit", "bacs_debit", "bancontact", "billie", "bizum", "blik", "boleto", "cashapp", "crypto", "eps", "fpx", "giropay",
		"grabpay", "ideal", "interac_present", "kakao_pay", "klarna", "konbini", "kr_card", "link", "mb_way", "mobilepay",
		"multibanco", "naver_pay", "nz_bank_account", "oxxo", "p24", "pay_by_bank", "payco", "paynow", "paypal", "payto", "pix",
		"promptpay", "revolut_pay", "samsung_pay", "satispay", "scalapay", "sepa_debit", "sofort", "sunbit", "swish", "twint", "upi",
		"us_bank_account", "wechat_pay", "zip")...)
}
