package conformance_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
)

// object is what the suite reads of the answers for which the client has no types.
type object struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

// ask makes a request that the client has no method for: what else the emulator needs to live.
func (s *site) ask(t *testing.T, method, path, form string) object {
	t.Helper()
	values, err := url.ParseQuery(form)
	require.NoError(t, err)
	var out object
	require.NoError(t, s.api.Do(t.Context(), stripecash.Request{Method: method, Path: path, Params: values}, &out), "%s %s", method, path)
	return out
}

func suiteCustomers(t *testing.T, s *site) {
	created := s.ask(t, http.MethodPost, "/v1/customers", "name=Jenny+Rosen&email=jenny@example.com&metadata[order]=1")
	path := "/v1/customers/" + created.ID
	s.ask(t, http.MethodGet, path, "expand[]=cash_balance&expand[]=sources&expand[]=default_source")
	if s.emulator != nil { // stripe-mock answers with an account
		added := s.ask(t, http.MethodPost, path+"/cards", "source=tok_visa")
		s.ask(t, http.MethodPost, path, "default_source="+added.ID+"&description=x")
		s.ask(t, http.MethodGet, path+"/cards/"+added.ID, "")
		s.ask(t, http.MethodPost, path+"/cards/"+added.ID, "name=Jane+Roe")
		s.ask(t, http.MethodGet, path, "expand[]=default_source&expand[]=sources")
		s.ask(t, http.MethodGet, path+"/cards", "limit=1&expand[]=data.customer")
		assert.Equal(t, added.ID, s.ask(t, http.MethodDelete, path+"/cards/"+added.ID, "").ID)
	}
	assert.Equal(t, created.ID, s.ask(t, http.MethodDelete, path, "").ID)
	s.ask(t, http.MethodGet, path, "")
}

func suiteTokens(t *testing.T, s *site) {
	for _, form := range []string{
		"card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2030&card[cvc]=123",
		"bank_account[country]=US&bank_account[currency]=usd&bank_account[account_number]=000123456789&bank_account[routing_number]=110000000",
	} {
		token := s.ask(t, http.MethodPost, "/v1/tokens", form)
		assert.Equal(t, token.ID, s.ask(t, http.MethodGet, "/v1/tokens/"+token.ID, "").ID)
	}
}

func suiteAccounts(t *testing.T, s *site) {
	s.ask(t, http.MethodGet, "/v1/account", "")
	assert.Equal(t, suiteAccount, s.ask(t, http.MethodGet, "/v1/accounts/"+suiteAccount, "").ID)
}

// suitePaymentIntents pays from a cash balance: at once, in two parts, by hand, and not at all.
func suitePaymentIntents(t *testing.T, s *site) {
	const form = "currency=eur&customer=" + suiteCustomer + "&payment_method_types[]=customer_balance&payment_method_data[type]=customer_balance" +
		"&payment_method_options[customer_balance][funding_type]=bank_transfer&payment_method_options[customer_balance][bank_transfer][type]=eu_bank_transfer" +
		"&payment_method_options[customer_balance][bank_transfer][eu_bank_transfer][country]=DE&confirm=true&amount="
	fund := func(amount string) {
		s.ask(t, http.MethodPost, "/v1/test_helpers/customers/"+suiteCustomer+"/fund_cash_balance", "currency=eur&amount="+amount)
	}
	fund("5000")
	once := s.ask(t, http.MethodPost, "/v1/payment_intents", form+"3000")
	parts := s.ask(t, http.MethodPost, "/v1/payment_intents", form+"4000")
	status := func(intent object, want string) {
		if got := s.ask(t, http.MethodGet, "/v1/payment_intents/"+intent.ID, ""); s.emulator != nil {
			assert.Equal(t, want, got.Status)
		}
	}
	status(once, "succeeded")
	status(parts, "requires_action")
	fund("2000")
	status(parts, "succeeded")

	s.ask(t, http.MethodPost, "/v1/customers/"+suiteCustomer+"/cash_balance", "settings[reconciliation_mode]=manual")
	byHand := s.ask(t, http.MethodPost, "/v1/payment_intents", form+"1000")
	fund("1000")
	status(byHand, "requires_action")
	s.ask(t, http.MethodPost, "/v1/payment_intents/"+byHand.ID+"/apply_customer_balance", "amount=1000&currency=eur")
	status(byHand, "succeeded")
	given := s.ask(t, http.MethodPost, "/v1/payment_intents", form+"1000")
	s.ask(t, http.MethodPost, "/v1/payment_intents/"+given.ID+"/cancel", "cancellation_reason=abandoned")
	s.ask(t, http.MethodGet, "/v1/payment_intents", "customer="+suiteCustomer+"&limit=2")
	s.ask(t, http.MethodGet, "/v1/customers/"+suiteCustomer+"/cash_balance_transactions", "expand[]=data.applied_to_payment.payment_intent&expand[]=data.customer")
}
