package stripetest_test

import (
	"net/http"
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
		})
	}
}
