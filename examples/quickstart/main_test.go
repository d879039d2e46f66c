package main

import (
	"bytes"
	"encoding/json"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// The two answers that this program shows, as Stripe's documentation has them.
const (
	wantManual = `{"object":"cash_balance","available":null,"customer":"cus_Ob4Xiw8KXOqcvM","livemode":false,` +
		`"settings":{"reconciliation_mode":"manual","using_merchant_default":false}}`
	wantFunded = `{"object":"cash_balance","available":{"eur":10000},"customer":"cus_OaCLf8Fi1nbFpJ","livemode":false,` +
		`"settings":{"reconciliation_mode":"automatic","using_merchant_default":true}}`
)

func TestRunOnTheEmulator(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out, "", nil))

	assert.Contains(t, out.String(), "STRIPE_SECRET_KEY is not set: this runs on the emulator, without a network.\n")
	assert.Contains(t, out.String(), "cus_Ob4Xiw8KXOqcvM is reconciled by hand now (manual):\n")
	assert.Contains(t, out.String(), "cus_OaCLf8Fi1nbFpJ has EUR 100.00 available:\n")
	assert.Regexp(t, `\n  \d{4}-\d\d-\d\d \d\d:\d\d  funded +EUR 100\.00  then +EUR 100\.00  ccsbtxn_\w+\n$`, out.String())

	shown := regexp.MustCompile(`(?m)^\{\n(?:.*\n)*?\}$`).FindAllString(out.String(), -1)
	require.Len(t, shown, 2)
	assert.JSONEq(t, wantManual, shown[0])
	assert.JSONEq(t, wantFunded, shown[1])
}

func TestAnswersToTheLetter(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_Ob4Xiw8KXOqcvM")
	srv.AddCustomer("cus_OaCLf8Fi1nbFpJ")
	srv.Fund("cus_OaCLf8Fi1nbFpJ", stripecash.CurrencyEUR, 100_00)
	balances := cashbalance.New(srv.Client())
	var resp stripecash.Response

	manual, err := balances.Update(t.Context(), "cus_Ob4Xiw8KXOqcvM", &cashbalance.UpdateParams{
		Settings: &cashbalance.SettingsParams{ReconciliationMode: cashbalance.ReconciliationModeManual},
	}, stripecash.WithResponse(&resp))
	require.NoError(t, err)
	assert.JSONEq(t, wantManual, string(resp.Body))
	assert.Equal(t, decode(t, wantManual), manual)
	assert.Nil(t, manual.Available)

	funded, err := balances.Get(t.Context(), "cus_OaCLf8Fi1nbFpJ", stripecash.WithResponse(&resp))
	require.NoError(t, err)
	assert.JSONEq(t, wantFunded, string(resp.Body))
	assert.Equal(t, decode(t, wantFunded), funded)
	assert.Equal(t, map[stripecash.Currency]int64{"eur": 100_00}, funded.Available)
}

func decode(t *testing.T, body string) *cashbalance.CashBalance {
	t.Helper()
	var b cashbalance.CashBalance
	require.NoError(t, json.Unmarshal([]byte(body), &b))
	return &b
}

func TestRunWithAKey(t *testing.T) {
	var out bytes.Buffer
	require.ErrorContains(t, run(t.Context(), &out, "sk_test_1", nil), "name the customer")
	require.ErrorContains(t, run(t.Context(), &out, "", []string{"cus_1"}), `of its own, not on "cus_1"`)
	require.ErrorContains(t, run(t.Context(), &out, "sk_live_1", []string{"cus_1"}), "use a test key")
	require.ErrorContains(t, run(t.Context(), &out, "pk_test_1", []string{"cus_1"}), "publishable")
	assert.Empty(t, out.String())
}

// With one customer the program changes and reads the same one.
func TestTourOfOneCustomer(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	var out bytes.Buffer
	require.NoError(t, tour(t.Context(), &out, srv.Client(), "cus_1", "cus_1"))
	assert.Contains(t, out.String(), "cus_1 has nothing available:\n")

	require.ErrorIs(t, tour(t.Context(), &out, srv.Client(), "cus_2", "cus_2"), stripecash.ErrNotFound)
}
