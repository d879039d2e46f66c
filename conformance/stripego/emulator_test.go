package stripego_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash/conformance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// world is an emulator that stripe-go drives.
type world struct {
	srv *stripetest.Server
	sc  *stripe.Client
}

// jobs are what stripe-go does with the emulator, each in a world of its own.
func jobs() map[string]func(t *testing.T, w world) {
	return map[string]func(t *testing.T, w world){
		"accounts are apart":            accountsAreApart,
		"bank accounts of a customer":   customerBankAccounts,
		"bank accounts of an account":   accountBankAccounts,
		"cards of a customer":           customerCards,
		"cards of an account":           accountCards,
		"cash balance":                  cashBalances,
		"customers":                     customers,
		"default source":                defaultSources,
		"declines":                      declines,
		"errors":                        refusals,
		"events that were missed":       missedEvents,
		"idempotency":                   idempotency,
		"lists":                         lists25,
		"payment intents by hand":       intentsByHand,
		"payment intents by themselves": intentsByThemselves,
		"payment sources":               paymentSources,
		"sources":                       sources,
		"sources that receive":          receivers,
		"sources that send a code":      codes,
		"sources whose owner is asked":  redirects,
		"tokens":                        tokens,
		"transactions of all sorts":     transactions,
	}
}

// endpoints are those of the emulator that stripe-go has a method for; each must have given an answer that is valid.
func endpoints() []string {
	return []string{
		"DELETE /v1/accounts/{account}/external_accounts/{id}",
		"DELETE /v1/customers/{customer}",
		"DELETE /v1/customers/{customer}/sources/{id}",
		"GET /v1/account",
		"GET /v1/accounts/{account}",
		"GET /v1/accounts/{account}/external_accounts",
		"GET /v1/accounts/{account}/external_accounts/{id}",
		"GET /v1/customers",
		"GET /v1/customers/{customer}",
		"GET /v1/customers/{customer}/cash_balance",
		"GET /v1/customers/{customer}/cash_balance_transactions",
		"GET /v1/customers/{customer}/cash_balance_transactions/{transaction}",
		"GET /v1/customers/{customer}/sources",
		"GET /v1/customers/{customer}/sources/{id}",
		"GET /v1/events",
		"GET /v1/events/{id}",
		"GET /v1/payment_intents",
		"GET /v1/payment_intents/{intent}",
		"GET /v1/sources/{source}",
		"GET /v1/sources/{source}/source_transactions",
		"GET /v1/tokens/{token}",
		"POST /v1/accounts/{account}/external_accounts",
		"POST /v1/accounts/{account}/external_accounts/{id}",
		"POST /v1/customers",
		"POST /v1/customers/{customer}",
		"POST /v1/customers/{customer}/cash_balance",
		"POST /v1/customers/{customer}/sources",
		"POST /v1/customers/{customer}/sources/{id}",
		"POST /v1/customers/{customer}/sources/{id}/verify",
		"POST /v1/payment_intents",
		"POST /v1/payment_intents/{intent}/apply_customer_balance",
		"POST /v1/payment_intents/{intent}/cancel",
		"POST /v1/payment_intents/{intent}/confirm",
		"POST /v1/sources",
		"POST /v1/sources/{source}",
		"POST /v1/sources/{source}/verify",
		"POST /v1/test_helpers/customers/{customer}/fund_cash_balance",
		"POST /v1/tokens",
	}
}

// TestEmulator has Stripe's own client drive the emulator, and holds every answer against the spec.
func TestEmulator(t *testing.T) {
	spec, err := conformance.LoadSpec()
	require.NoError(t, err)
	answered := map[string]bool{}
	for name, do := range jobs() {
		t.Run(name, func(t *testing.T) {
			srv := stripetest.NewServer(stripetest.WithSeed(1))
			validator := conformance.NewValidator(spec, srv, nil, func(violation string) { t.Error(violation) })
			do(t, world{srv, theirs(validator)})
			for _, operation := range validator.Answered() {
				answered[operation] = true
			}
		})
	}
	assert.Equal(t, endpoints(), slices.Sorted(maps.Keys(answered)))
}

// customer makes a customer.
func (w world) customer(t *testing.T) string {
	t.Helper()
	made, err := w.sc.V1Customers.Create(t.Context(), nil)
	require.NoError(t, err)
	return made.ID
}

// fund lets money arrive.
func (w world) fund(t *testing.T, customer string, amount int64, currency string) *stripe.CustomerCashBalanceTransaction {
	t.Helper()
	made, err := w.sc.V1TestHelpersCustomers.FundCashBalance(t.Context(), customer,
		&stripe.TestHelpersCustomerFundCashBalanceParams{Amount: &amount, Currency: &currency})
	require.NoError(t, err)
	return made
}

// balance is what a customer has.
func (w world) balance(t *testing.T, customer string) map[string]int64 {
	t.Helper()
	got, err := w.sc.V1CashBalances.Retrieve(t.Context(), &stripe.CashBalanceRetrieveParams{Customer: &customer})
	require.NoError(t, err)
	return got.Available
}

// refused tells the error that a call should have.
func refused(t *testing.T, err error, status int, code stripe.ErrorCode, param string) {
	t.Helper()
	e := apiError(t, err)
	assert.Equal(t, []any{status, code, param}, []any{e.HTTPStatusCode, e.Code, e.Param}, e.Msg)
	assert.NotEmpty(t, e.Msg)
	assert.NotEmpty(t, e.RequestID)
}

// apiError is an answer that is an error.
func apiError(t *testing.T, err error) *stripe.Error {
	t.Helper()
	e, ok := errors.AsType[*stripe.Error](err)
	require.True(t, ok, "%v", err)
	return e
}

// ids walks a list.
func ids[T any](t *testing.T, list stripe.Seq2[T, error], id func(T) string) []string {
	t.Helper()
	var found []string
	for element, err := range list {
		require.NoError(t, err)
		found = append(found, id(element))
	}
	return found
}

func cardID(c *stripe.Card) string                                     { return c.ID }
func bankAccountID(b *stripe.BankAccount) string                       { return b.ID }
func paymentSourceID(s *stripe.PaymentSource) string                   { return s.ID }
func transactionID(t *stripe.CustomerCashBalanceTransaction) string    { return t.ID }
func transactionTypes(t *stripe.CustomerCashBalanceTransaction) string { return string(t.Type) }
