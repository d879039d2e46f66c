package stripetest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/paymentsource"
)

func TestVerifyBankAccount(t *testing.T) {
	srv := in2026()
	id := add(t, srv, "btok_us")
	path := sourcesPath + "/" + id + "/verify"
	wrong := post(t, srv, path, "amounts[]", "32", "amounts[]", "46")
	assert.Equal(t, http.StatusPaymentRequired, wrong.Status)
	assert.Equal(t, "invalid_request_error", wrong.errorField("type"))
	assert.Equal(t, "bank_account_verification_failed", wrong.errorField("code"))
	assert.Equal(t, "The amounts provided do not match the amounts that were sent to the bank account.", wrong.errorField("message"))
	assert.Equal(t, "new", get(t, srv, sourcesPath+"/"+id).Body["status"])

	right := post(t, srv, path, "amounts[0]", "45", "amounts[1]", "32") // in either order
	require.Equal(t, http.StatusOK, right.Status, right.Text)
	assert.Equal(t, "verified", right.Body["status"])
	assert.Equal(t, right.Body, get(t, srv, sourcesPath+"/"+id).Body)
	assert.Equal(t, []string{"customer.source.created", "customer.source.updated"}, eventTypes(srv.Account))
	assert.Equal(t, map[string]any{"status": "new"}, lastEvent(t, srv.Account)["previous_attributes"])
	assert.Equal(t, http.StatusBadRequest, post(t, srv, path, "amounts[]", "32", "amounts[]", "45").Status, "once is enough")
}

func TestVerifyBankAccountTooOften(t *testing.T) {
	srv := in2026()
	id := add(t, srv, "btok_us")
	path := sourcesPath + "/" + id + "/verify"
	for range 9 {
		require.Equal(t, http.StatusPaymentRequired, post(t, srv, path, "amounts[]", "1", "amounts[]", "2").Status)
	}
	assert.Equal(t, "new", get(t, srv, sourcesPath+"/"+id).Body["status"])
	post(t, srv, path, "amounts[]", "1", "amounts[]", "2")
	assert.Equal(t, "verification_failed", get(t, srv, sourcesPath+"/"+id).Body["status"])
	assert.Equal(t, []string{"customer.source.created", "customer.source.updated"}, eventTypes(srv.Account))
	assert.Equal(t, map[string]any{"status": "new"}, lastEvent(t, srv.Account)["previous_attributes"])
	late := post(t, srv, path, "amounts[]", "32", "amounts[]", "45")
	assert.Equal(t, http.StatusBadRequest, late.Status)
	assert.Equal(t, "bank_account_verification_failed", late.errorField("code"))
	assert.Equal(t, "verification_failed", get(t, srv, sourcesPath+"/"+id).Body["status"])
	assert.Len(t, srv.Events(), 2)
}

func TestVerifyRefused(t *testing.T) {
	srv := in2026()
	bank, card := add(t, srv, "btok_us"), add(t, srv, "tok_visa")
	verified := add(t, srv, "btok_us_verified_noAccount")
	assert.Equal(t, "verified", get(t, srv, sourcesPath+"/"+verified).Body["status"])
	tests := []struct {
		name, id string
		pairs    []string
		want     int
		wantCode any
	}{
		{"nothing", bank, nil, 400, "parameter_missing"},
		{"one", bank, []string{"amounts[]", "32"}, 400, nil},
		{"three", bank, []string{"amounts[]", "32", "amounts[]", "45", "amounts[]", "1"}, 400, nil},
		{"no list", bank, []string{"amounts", "32"}, 400, nil},
		{"no number", bank, []string{"amounts[]", "32", "amounts[]", "x"}, 400, "parameter_invalid_integer"},
		{"a card", card, []string{"amounts[]", "32", "amounts[]", "45"}, 404, "resource_missing"},
		{"nothing there", "ba_x", []string{"amounts[]", "32", "amounts[]", "45"}, 404, "resource_missing"},
		{"verified already", verified, []string{"amounts[]", "32", "amounts[]", "45"}, 400, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := post(t, srv, sourcesPath+"/"+tt.id+"/verify", tt.pairs...)
			assert.Equal(t, tt.want, got.Status, got.Text)
			assert.Equal(t, tt.wantCode, got.errorField("code"), got.Text)
			if tt.id == bank && tt.wantCode != "parameter_invalid_integer" {
				assert.Equal(t, "amounts", got.errorField("param"))
			}
		})
	}
}

func TestBankAccountOfACustomer(t *testing.T) {
	srv := in2026()
	raw := []string{"source[object]", "bank_account", "source[country]", "US", "source[currency]", "usd", "source[account_number]", "000123456789",
		"source[routing_number]", "110000000", "metadata[a]", "1"}
	made := post(t, srv, sourcesPath, raw...)
	require.Equal(t, http.StatusOK, made.Status, made.Text)
	id := made.Body["id"].(string)
	assert.Regexp(t, `^ba_1[0-9A-Za-z]{23}$`, id)
	assert.Equal(t, map[string]any{"a": "1"}, made.Body["metadata"])
	assert.Equal(t, id, get(t, srv, "/v1/customers/cus_1").Body["default_source"])

	again := post(t, srv, sourcesPath, raw...)
	assert.Equal(t, http.StatusBadRequest, again.Status)
	assert.Equal(t, "bank_account_exists", again.errorField("code"))
	assert.Equal(t, "bank_account_exists", post(t, srv, sourcesPath, "source", "btok_us").errorField("code"), "the same number")
	assert.Equal(t, http.StatusOK, post(t, srv, "/v1/customers", raw[:10]...).Status, "another customer")

	updated := post(t, srv, sourcesPath+"/"+id, "account_holder_name", "Jane", "account_holder_type", "company")
	assert.Equal(t, "Jane", updated.Body["account_holder_name"])
	assert.Equal(t, "company", updated.Body["account_holder_type"])
	assert.Equal(t, "parameter_unknown", post(t, srv, sourcesPath+"/"+id, "exp_month", "1").errorField("code"))
	assert.Equal(t, map[string]any{"id": id, "object": "bank_account", "deleted": true}, del(t, srv, sourcesPath+"/"+id).Body)
}

// TestPaymentSourceClient drives the emulator with the client of the union.
func TestPaymentSourceClient(t *testing.T) {
	srv := in2026()
	srv.Connect("acct_1")
	sources, owner := paymentsource.New(srv.Client()), paymentsource.Customer("cus_1")
	visa, debit := add(t, srv, "tok_visa"), add(t, srv, sepa(t, srv))
	bank, err := sources.CreateBankAccount(t.Context(), owner, &paymentsource.CreateBankAccountParams{Token: "btok_us"})
	require.NoError(t, err)
	var got []string
	for one, err := range sources.All(t.Context(), owner, nil) {
		require.NoError(t, err)
		got = append(got, one.Object()+" "+one.ID())
	}
	assert.Equal(t, []string{"bank_account " + bank.ID, "source " + debit, "card " + visa}, got)

	_, err = sources.VerifyBankAccount(t.Context(), "cus_1", bank.ID, &paymentsource.VerifyBankAccountParams{Amounts: [2]int64{1, 2}})
	require.ErrorContains(t, err, "do not match")
	verified, err := sources.VerifyBankAccount(t.Context(), "cus_1", bank.ID, &paymentsource.VerifyBankAccountParams{Amounts: [2]int64{32, 45}})
	require.NoError(t, err)
	assert.EqualValues(t, "verified", verified.Status)
	gone, err := sources.DeleteBankAccount(t.Context(), owner, bank.ID)
	require.NoError(t, err)
	assert.Equal(t, bank.ID, gone.ID)

	payout, err := sources.CreateBankAccount(t.Context(), paymentsource.Account("acct_1"),
		&paymentsource.CreateBankAccountParams{Token: "btok_us"})
	require.NoError(t, err)
	assert.True(t, payout.DefaultForCurrency)
}
