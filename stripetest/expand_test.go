package stripetest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

func TestExpand(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	first := srv.Fund("cus_1", "eur", 5)
	overdraft := srv.AddTransaction("cus_1", stripetest.Transaction{
		Type: "adjusted_for_overdraft", Currency: "eur", NetAmount: 1, LinkedTransaction: first})
	const path = "/v1/customers/cus_1/cash_balance_transactions"

	t.Run("customer", func(t *testing.T) {
		got := get(t, srv, path+"/"+first+"?expand[]=customer").Body["customer"].(map[string]any)
		assert.Equal(t, "cus_1", got["id"])
		assert.Equal(t, "customer", got["object"])
		assert.NotContains(t, got, "cash_balance", "which has to be asked for by itself")
	})
	t.Run("deeper", func(t *testing.T) {
		got := get(t, srv, path+"/"+first+"?expand[]=customer.cash_balance").Body["customer"].(map[string]any)
		assert.Equal(t, map[string]any{"eur": 6.0}, got["cash_balance"].(map[string]any)["available"])
	})
	t.Run("list", func(t *testing.T) {
		got := get(t, srv, path+"?expand[]=data.customer")
		require.Len(t, got.ids(), 2)
		for _, item := range got.Body["data"].([]any) {
			assert.Equal(t, "cus_1", item.(map[string]any)["customer"].(map[string]any)["id"])
		}
	})
	t.Run("in a hash", func(t *testing.T) {
		got := get(t, srv, path+"/"+overdraft+"?expand[]=adjusted_for_overdraft.linked_transaction")
		linked := got.Body["adjusted_for_overdraft"].(map[string]any)["linked_transaction"].(map[string]any)
		assert.Equal(t, first, linked["id"])
		assert.Equal(t, "cus_1", linked["customer"], "only what was asked for")
		got = get(t, srv, path+"/"+overdraft+"?expand[]=adjusted_for_overdraft.linked_transaction.customer")
		assert.Equal(t, "cus_1", part(got.Body, "adjusted_for_overdraft", "linked_transaction", "customer")["id"])
	})
	t.Run("a payment of either direction, and what is not there", func(t *testing.T) {
		intent := srv.AddPaymentIntent("cus_1", "eur", 100)
		srv.Unapply(intent, 6)
		unapplied := get(t, srv, path+"?limit=1&expand[]=data.unapplied_from_payment.payment_intent").Body["data"].([]any)[0].(map[string]any)
		assert.Equal(t, intent, part(unapplied, "unapplied_from_payment", "payment_intent")["id"])
		lost := srv.AddTransaction("cus_1", stripetest.Transaction{
			Type: "adjusted_for_overdraft", Currency: "eur", NetAmount: 1, LinkedTransaction: "ccsbtxn_404"})
		got := get(t, srv, path+"/"+lost+"?expand[]=adjusted_for_overdraft.linked_transaction")
		assert.Equal(t, "ccsbtxn_404", part(got.Body, "adjusted_for_overdraft")["linked_transaction"])
		lost = srv.AddTransaction("cus_1", stripetest.Transaction{
			Type: "unapplied_from_payment", Currency: "eur", NetAmount: 1, PaymentIntent: "pi_404"})
		got = get(t, srv, path+"/"+lost+"?expand[]=unapplied_from_payment.payment_intent")
		assert.Equal(t, "pi_404", part(got.Body, "unapplied_from_payment")["payment_intent"])
	})
	t.Run("a hash that this type does not have", func(t *testing.T) {
		got := get(t, srv, path+"/"+first+"?expand[]=applied_to_payment.payment_intent")
		assert.Equal(t, http.StatusOK, got.Status)
	})
	t.Run("every hash, which is there already", func(t *testing.T) {
		for _, name := range []string{"adjusted_for_overdraft", "applied_to_payment", "funded", "refunded_from_payment",
			"transferred_to_balance", "unapplied_from_payment"} {
			got := get(t, srv, path+"?expand[]=data."+name)
			assert.Equal(t, get(t, srv, path).Body, got.Body, name)
		}
	})
	t.Run("every part of a customer, which is there already", func(t *testing.T) {
		whole := get(t, srv, "/v1/customers/cus_1").Body
		for _, name := range []string{"address", "discount", "invoice_settings", "shipping", "test_clock"} {
			assert.Equal(t, whole, get(t, srv, "/v1/customers/cus_1?expand[]="+name).Body, name)
		}
	})
	t.Run("every part of a PaymentIntent, which is there already", func(t *testing.T) {
		path := "/v1/payment_intents/" + srv.AddPaymentIntent("cus_1", "eur", 1000)
		whole := get(t, srv, path).Body
		for _, name := range []string{"amount_details", "last_payment_error", "next_action", "payment_method_options", "processing",
			"shipping", "transfer_data"} {
			assert.Equal(t, whole, get(t, srv, path+"?expand[]="+name).Body, name)
		}
	})
	t.Run("null", func(t *testing.T) {
		got := get(t, srv, "/v1/customers/cus_1?expand[]=default_source")
		assert.Equal(t, http.StatusOK, got.Status)
		assert.Nil(t, got.Body["default_source"])
	})
	t.Run("POST", func(t *testing.T) {
		got := post(t, srv, "/v1/test_helpers/customers/cus_1/fund_cash_balance", "amount", "1", "currency", "eur", "expand[]", "customer")
		assert.IsType(t, map[string]any{}, got.Body["customer"])
	})
}

func TestExpandErrors(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.Fund("cus_1", "eur", 5)
	overdraft := srv.AddTransaction("cus_1", stripetest.Transaction{Type: "adjusted_for_overdraft", Currency: "eur", NetAmount: 1})
	const path = "/v1/customers/cus_1/cash_balance_transactions"
	tests := []struct{ name, url, wantMessage string }{
		{"unknown", "/v1/customers/cus_1?expand[]=dog", "This property cannot be expanded (dog)."},
		{"metadata", "/v1/customers/cus_1?expand[]=metadata", "This property cannot be expanded (metadata)."},
		{"unknown, deeper", "/v1/customers/cus_1?expand[]=cash_balance.dog", "This property cannot be expanded (cash_balance.dog)."},
		{"list without data", path + "?expand[]=customer",
			"This property cannot be expanded (customer). You may want to try expanding 'data.customer' instead."},
		{"too deep", path + "?expand[]=data.adjusted_for_overdraft.linked_transaction.customer.cash_balance",
			"You cannot expand more than 4 levels of a property."},
		{"not an array", "/v1/customers/cus_1?expand=cash_balance", "Invalid array"},
		{"even of what is not there", "/v1/customers/cus_404?expand[]=dog", "This property cannot be expanded (dog)."},
		{"of a kind that is not modeled", path + "/" + overdraft + "?expand[]=adjusted_for_overdraft.balance_transaction",
			"stripetest does not model the object behind adjusted_for_overdraft.balance_transaction"},
		{"of another, in a list", path + "?expand[]=data.transferred_to_balance.balance_transaction",
			"stripetest does not model the object behind data.transferred_to_balance.balance_transaction"},
		{"of a customer", "/v1/customers/cus_1?expand[]=tax_ids", "stripetest does not model the object behind tax_ids"},
		{"of an account", "/v1/account?expand[]=capabilities", "stripetest does not model the object behind capabilities"},
		{"of an account, for a card", "/v1/customers/cus_1/cards/card_1?expand[]=capabilities",
			"This property cannot be expanded (capabilities)."},
		{"of a third", path + "?expand[]=data.refunded_from_payment.refund",
			"stripetest does not model the object behind data.refunded_from_payment.refund"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := get(t, srv, tt.url)
			assert.Equal(t, http.StatusBadRequest, got.Status)
			assert.Contains(t, got.errorField("message"), tt.wantMessage)
			assert.Equal(t, "expand", got.errorField("param"))
			assert.Nil(t, got.errorField("code"))
		})
	}
}

// Each answer expands what the spec lists for its kind of object, also what is there already.
func TestExpandOfEveryAnswer(t *testing.T) {
	srv, paths := withEveryKind(t)
	card, external, sepa := paths[0], paths[2], paths[6]
	older := strings.Replace(card, "/sources/", "/cards/", 1)
	intent := "/v1/payment_intents/" + srv.AddPaymentIntent("cus_1", "eur", 5)
	code := newSource(t, srv, "type", "sepa_debit", "currency", "eur", "flow", "code_verification")["id"].(string)
	ach := newSource(t, srv, "type", "ach_credit_transfer", "currency", "usd")["id"].(string)
	token := post(t, srv, "/v1/tokens", rawToken("4242424242424242")...).Body["id"].(string)
	funds, note := srv.ReceiveFunds(ach, 5), srv.NotifyMandate(strings.TrimPrefix(sepa, "/v1/sources/"), 0)
	const intentForm = "amount=5&currency=eur&customer=cus_1&payment_method_types[]=customer_balance&" +
		"payment_method_data[type]=customer_balance&payment_method_options[customer_balance][bank_transfer][type]=eu_bank_transfer&" +
		"payment_method_options[customer_balance][bank_transfer][eu_bank_transfer][country]=DE"
	const ofSources = "code_verification owner receiver redirect source_order"
	const ofUnion = "account customer future_requirements networks requirements " + ofSources
	made := send(t, srv, newRequest(t, http.MethodPost, "/v1/payment_intents", intentForm)).Body["id"].(string)
	overdraft := srv.AddTransaction("cus_1", stripetest.Transaction{Type: "adjusted_for_overdraft", Currency: "eur", NetAmount: 1})
	srv.AddCustomer("cus_2")
	bank, spare := post(t, srv, "/v1/customers/cus_2/sources", "source", "btok_us").Body["id"].(string), add(t, srv, "tok_visa")
	tests := []struct{ method, path, form, names string }{
		{"GET", "/v1/customers/cus_1", "", "address cash_balance.settings discount invoice_settings shipping test_clock"},
		{"GET", "/v1/customers/cus_1/cash_balance", "", "settings"},
		{"POST", "/v1/customers/cus_1/cash_balance", "", "settings"},
		{"GET", paths[1], "", "customer"},
		{"POST", "/v1/customers/cus_2/sources/" + bank + "/verify", "amounts[]=32&amounts[]=45", "customer"},
		{"DELETE", "/v1/customers/cus_1/cards/" + spare, "", "customer"},
		{"GET", "/v1/account", "", "external_accounts.data"},
		{"GET", "/v1/accounts/acct_1", "", "external_accounts.data.account"},
		{"GET", "/v1/customers/cus_1/cash_balance_transactions", "", "data.adjusted_for_overdraft.linked_transaction.customer"},
		{"GET", "/v1/customers/cus_1/cash_balance_transactions/" + overdraft, "", "customer funded.bank_transfer " +
			"applied_to_payment.payment_intent.customer unapplied_from_payment.payment_intent.customer"},
		{"GET", "/v1/recipients/rp_1/cards", "", "data.networks"},
		{"POST", "/v1/recipients/rp_1/cards", "card=tok_visa_debit", "networks"},
		{"GET", paths[4], "", "networks"},
		{"POST", paths[4], "", "networks"},
		{"GET", "/v1/payment_intents", "", "data.customer"},
		{"POST", "/v1/payment_intents", intentForm, "customer"},
		{"GET", intent, "", "amount_details customer last_payment_error next_action payment_method_options processing shipping transfer_data"},
		{"POST", "/v1/payment_intents/" + made + "/confirm", "", "customer"},
		{"POST", intent + "/cancel", "", "customer"},
		{"POST", "/v1/customers", "", "default_source"},
		{"POST", "/v1/customers/cus_1", "", "default_source"},
		{"GET", sourcesPath, "", "data.customer"},
		{"POST", sourcesPath, "source=tok_visa", "customer"},
		{"GET", card, "", ofUnion},
		{"POST", card, "", "customer"},
		{"GET", "/v1/customers/cus_1/cards", "", "data.customer"},
		{"POST", "/v1/customers/cus_1/cards", "source=tok_visa", "customer"},
		{"GET", older, "", "customer"},
		{"POST", older, "", "customer"},
		{"GET", externalPath, "", "data.account"},
		{"POST", externalPath, "external_account=btok_us_verified", "account"},
		{"GET", external, "", "account"},
		{"POST", external, "", "account"},
		{"POST", "/v1/tokens", "card[number]=4242424242424242&card[exp_month]=8&card[exp_year]=2050", "card"},
		{"GET", "/v1/tokens/" + token, "", "bank_account.requirements card.networks"},
		{"POST", "/v1/sources", "type=sepa_debit&currency=eur", ofSources},
		{"GET", sepa, "", ofSources},
		{"POST", sepa, "", ofSources},
		{"POST", "/v1/sources/" + code + "/verify", "values[]=45&values[]=32", ofSources}, // in either order
		{"GET", "/v1/sources/" + ach + "/source_transactions", "", "data.ach_credit_transfer data.chf_credit_transfer " +
			"data.gbp_credit_transfer data.paper_check data.sepa_credit_transfer"},
		{"GET", "/v1/sources/" + ach + "/source_transactions/" + funds, "", "ach_credit_transfer chf_credit_transfer " +
			"gbp_credit_transfer paper_check sepa_credit_transfer"},
		{"GET", sepa + "/mandate_notifications/" + note, "", "acss_debit bacs_debit sepa_debit source.owner"},
	}
	for _, tt := range tests {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			expand := "expand[]=" + strings.Join(strings.Fields(tt.names), "&expand[]=")
			path, form := tt.path, tt.form+"&"+expand
			if tt.method != http.MethodPost {
				path, form = path+"?"+expand, ""
			}
			got := send(t, srv, newRequest(t, tt.method, path, form))
			assert.Equal(t, http.StatusOK, got.Status, got.Text)
		})
	}
	for path, names := range map[string]string{
		"/v1/customers/cus_1": "subscriptions tax tax_ids",
		"/v1/account":         "business_profile capabilities company controller future_requirements groups individual requirements settings tos_acceptance",
		intent: "application automatic_payment_methods hooks latest_charge managed_payments on_behalf_of payment_details payment_method " +
			"payment_method_configuration_details presentment_details review",
	} {
		for name := range strings.FieldsSeq(names) {
			got := get(t, srv, path+"?expand[]="+name)
			assert.Contains(t, got.errorField("message"), "stripetest does not model the object behind "+name)
		}
	}
}
