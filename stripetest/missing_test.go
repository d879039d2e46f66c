package stripetest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// withEveryKind has one customer, connected account and recipient, each with what can be theirs.
func withEveryKind(t *testing.T) (srv *stripetest.Server, paths []string) {
	t.Helper()
	srv = stripetest.NewServer(stripetest.WithRecipients(), stripetest.WithSeed(1))
	srv.AddCustomer("cus_1")
	srv.AddRecipient("rp_1")
	srv.Connect("acct_1")
	for _, made := range []struct{ path, param, token string }{
		{"/v1/customers/cus_1/sources", "source", "tok_visa"},
		{"/v1/customers/cus_1/sources", "source", "btok_us_verified"},
		{"/v1/accounts/acct_1/external_accounts", "external_account", "tok_visa_debit"},
		{"/v1/accounts/acct_1/external_accounts", "external_account", "btok_us"},
		{"/v1/recipients/rp_1/cards", "card", "tok_visa_debit"},
	} {
		got := post(t, srv, made.path, made.param, made.token)
		require.Equal(t, http.StatusOK, got.Status, got.Text)
		paths = append(paths, made.path+"/"+got.Body["id"].(string))
	}
	source := post(t, srv, "/v1/sources", "type", "sepa_debit", "currency", "eur", "sepa_debit[iban]", "DE89370400440532013000")
	require.Equal(t, http.StatusOK, source.Status, source.Text)
	return srv, append(paths, "/v1/customers/cus_1", "/v1/sources/"+source.Body["id"].(string))
}

// Where a path names what is not there, the answer says which of its names that is, and nothing happens.
func TestRoutesNameWhatIsMissing(t *testing.T) {
	const (
		customer, external  = "/v1/customers/cus_404", "/v1/accounts/acct_1/external_accounts/card_404"
		recipient, source   = "/v1/recipients/rp_404", "/v1/sources/src_404"
		intent, transaction = "/v1/payment_intents/pi_404", "/v1/customers/cus_1/cash_balance_transactions/ccsbtxn_404"
	)
	tests := []struct {
		methods string
		path    string
		form    string

		wantParam string
		wantWhat  string
	}{
		{"GET POST DELETE", customer, "", "id", "customer: 'cus_404'"},
		{"GET POST DELETE", "/v1/customers/cus%5F404%2Fx", "", "id", "customer: 'cus_404/x'"},
		{"GET POST", customer + "/cash_balance", "", "customer", "customer: 'cus_404'"},
		{"GET", customer + "/cash_balance_transactions", "", "customer", "customer: 'cus_404'"},
		{"GET", customer + "/cash_balance_transactions/ccsbtxn_1", "", "customer", "customer: 'cus_404'"},
		{"GET", transaction, "", "transaction", "customer_cash_balance_transaction: 'ccsbtxn_404'"},
		{"POST", "/v1/test_helpers/customers/cus_404/fund_cash_balance", "amount=5&currency=eur", "customer", "customer: 'cus_404'"},
		{"GET POST", customer + "/sources", "", "customer", "customer: 'cus_404'"},
		{"GET POST DELETE", customer + "/sources/card_1", "", "customer", "customer: 'cus_404'"},
		{"GET POST DELETE", "/v1/customers/cus_1/sources/card_404", "", "id", "source: 'card_404'"},
		{"POST", customer + "/sources/ba_1/verify", "amounts[]=32&amounts[]=45", "customer", "customer: 'cus_404'"},
		{"POST", "/v1/customers/cus_1/sources/ba_404/verify", "amounts[]=32&amounts[]=45", "id", "source: 'ba_404'"},
		{"GET POST", customer + "/cards", "", "customer", "customer: 'cus_404'"},
		{"GET POST DELETE", customer + "/cards/card_1", "", "customer", "customer: 'cus_404'"},
		{"GET POST DELETE", "/v1/customers/cus_1/cards/card_404", "", "id", "source: 'card_404'"},
		{"GET POST DELETE", external, "", "id", "external account: 'card_404'"},
		{"GET", recipient, "", "recipient", "recipient: 'rp_404'"},
		{"GET POST", recipient + "/cards", "", "recipient", "recipient: 'rp_404'"},
		{"GET POST DELETE", recipient + "/cards/card_1", "", "recipient", "recipient: 'rp_404'"},
		{"GET POST DELETE", "/v1/recipients/rp_1/cards/card_404", "", "id", "card: 'card_404'"},
		{"GET", "/v1/tokens/tok_404", "", "token", "token: 'tok_404'"},
		{"GET POST", source, "", "source", "source: 'src_404'"},
		{"POST", source + "/verify", "values[]=1", "source", "source: 'src_404'"},
		{"GET", source + "/source_transactions", "", "source", "source: 'src_404'"},
		{"GET", source + "/source_transactions/srctxn_1", "", "source", "source: 'src_404'"},
		{"GET", source + "/mandate_notifications/srcmn_1", "", "source", "source: 'src_404'"},
		{"GET", intent, "", "intent", "payment_intent: 'pi_404'"},
		{"POST", intent + "/confirm", "", "intent", "payment_intent: 'pi_404'"},
		{"POST", intent + "/cancel", "", "intent", "payment_intent: 'pi_404'"},
		{"POST", intent + "/apply_customer_balance", "", "intent", "payment_intent: 'pi_404'"},
	}
	srv, paths := withEveryKind(t)
	made := paths[len(paths)-1]
	assert.Equal(t, "No such source_transaction: 'srctxn_404'", get(t, srv, made+"/source_transactions/srctxn_404").errorField("message"))
	assert.Equal(t, "No such source_mandate_notification: 'srcmn_404'", get(t, srv, made+"/mandate_notifications/srcmn_404").errorField("message"))
	events := len(srv.Events())
	for _, tt := range tests {
		for method := range strings.FieldsSeq(tt.methods) {
			t.Run(method+" "+tt.path, func(t *testing.T) {
				got := send(t, srv, newRequest(t, method, tt.path, tt.form))
				assert.Equal(t, http.StatusNotFound, got.Status, got.Text)
				assert.Equal(t, "resource_missing", got.errorField("code"))
				assert.Equal(t, tt.wantParam, got.errorField("param"))
				assert.Equal(t, "No such "+tt.wantWhat, got.errorField("message"))
			})
		}
	}
	for method := range strings.FieldsSeq("GET POST DELETE") {
		path := "/v1/accounts/acct_404/external_accounts/card_1"
		got := send(t, srv, newRequest(t, method, path, ""))
		assert.Equal(t, http.StatusForbidden, got.Status, "an account that is none of the platform's may be another's: %s", got.Text)
		assert.Equal(t, "account_invalid", got.errorField("code"))
	}
	for method := range strings.FieldsSeq("GET POST") {
		got := send(t, srv, newRequest(t, method, "/v1/accounts/acct_404/external_accounts", ""))
		assert.Equal(t, "account_invalid", got.errorField("code"), got.Text)
	}
	assert.Equal(t, "account_invalid", get(t, srv, "/v1/accounts/acct_404").errorField("code"))
	assert.Len(t, srv.Events(), events)
}

// Metadata that is refused keeps the whole request from its effect; what is taken is added to what is there.
func TestMetadataOfEveryKind(t *testing.T) {
	srv, paths := withEveryKind(t)
	long := strings.Repeat("k", 41)
	bank := paths[1][strings.LastIndexByte(paths[1], '/')+1:]
	others := map[string][]string{ // what is changed beside it, or would be
		paths[0]: {"name", "Jenny"}, paths[1]: {"account_holder_name", "Jenny"},
		paths[2]: {"name", "Jenny"}, paths[3]: {"default_for_currency", "true"}, paths[4]: {"name", "Jenny"},
		paths[5]: {"default_source", bank}, paths[6]: {"owner[name]", "Jenny"},
	}
	for _, path := range paths {
		t.Run(path, func(t *testing.T) {
			before := get(t, srv, path).Body
			got := post(t, srv, path, append(others[path], "metadata["+long+"]", "v")...)
			assert.Equal(t, http.StatusBadRequest, got.Status, got.Text)
			assert.Equal(t, "metadata["+long+"]", got.errorField("param"))
			assert.Equal(t, before, get(t, srv, path).Body)

			require.Equal(t, http.StatusOK, post(t, srv, path, append(others[path], "metadata[a]", "1", "metadata[b]", "2")...).Status)
			changed := get(t, srv, path).Body
			delete(before, "metadata")
			delete(changed, "metadata")
			assert.NotEqual(t, before, changed, "the rest of the request is one that has an effect")
			require.Equal(t, http.StatusOK, post(t, srv, path, "metadata[b]", "", "metadata[c]", "3").Status)
			assert.Equal(t, map[string]any{"a": "1", "c": "3"}, get(t, srv, path).Body["metadata"])
		})
	}
}

// Metadata that is refused keeps everything from being created.
func TestMetadataOfEveryCreation(t *testing.T) {
	srv, _ := withEveryKind(t)
	keys := func(name string, n int) string { // which differ from those of another name
		var form strings.Builder
		for i := range n {
			fmt.Fprintf(&form, "&%s[%s%d]=v", name, name[:1], i)
		}
		return form.String()
	}
	const card, bank = "[number]=4000056655665556&%[1]s[exp_month]=8&%[1]s[exp_year]=2050&%[1]s[currency]=usd",
		"[account_number]=000111111116&%[1]s[routing_number]=110000000&%[1]s[country]=US"
	raw := func(name, object, details string) string {
		return name + "[object]=" + object + "&" + name + fmt.Sprintf(details, name)
	}
	tests := []struct {
		path, form string
		raw        string // the name of what has metadata of its own
	}{
		{"/v1/customers", "", ""},
		{"/v1/customers/cus_1/sources", "source=tok_visa", ""},
		{"/v1/customers/cus_1/sources", raw("source", "card", card), "source"},
		{"/v1/customers/cus_1/sources", raw("source", "bank_account", bank), "source"},
		{"/v1/customers/cus_1/cards", raw("card", "card", card), "card"},
		{"/v1/accounts/acct_1/external_accounts", "external_account=tok_visa_debit", ""},
		{"/v1/accounts/acct_1/external_accounts", raw("external_account", "card", card), "external_account"},
		{"/v1/accounts/acct_1/external_accounts", raw("external_account", "bank_account", bank), "external_account"},
		{"/v1/recipients/rp_1/cards", "card=tok_visa_debit", ""},
		{"/v1/recipients/rp_1/cards", raw("card", "card", card), "card"},
		{"/v1/sources", "type=sepa_debit&currency=eur&sepa_debit[iban]=DE89370400440532013000", ""},
		{"/v1/payment_intents", "amount=5&currency=eur&customer=cus_1&payment_method_types[]=customer_balance" +
			"&payment_method_data[type]=customer_balance&payment_method_options[customer_balance][funding_type]=bank_transfer", ""},
	}
	long := "[" + strings.Repeat("k", 41) + "]"
	for _, tt := range tests {
		t.Run(tt.path+" "+tt.form, func(t *testing.T) {
			before := memory(t, srv)
			refused := func(form, wantParam string) {
				got := send(t, srv, newRequest(t, http.MethodPost, tt.path, tt.form+form))
				assert.Equal(t, http.StatusBadRequest, got.Status, got.Text)
				assert.Equal(t, wantParam, got.errorField("param"), got.Text)
				assert.Nil(t, got.errorField("code"))
				assert.Equal(t, before, memory(t, srv))
			}
			refused("&metadata"+long+"=v", "metadata"+long)
			refused(keys("metadata", 51), "metadata")
			refused(keys("metadata", 50)+"&metadata[empty]=", "metadata")
			if tt.raw != "" {
				own := tt.raw + "[metadata]"
				refused("&"+own+long+"=v", own+long)
				refused(keys(own, 51), own)
				refused(keys(own, 50)+"&"+own+"[empty]=", own)
				refused(keys(own, 26)+keys("metadata", 25), "metadata")
				tt.form += keys(own, 25)
			}
			got := send(t, srv, newRequest(t, http.MethodPost, tt.path, tt.form+keys("metadata", 25)))
			require.Equal(t, http.StatusOK, got.Status, got.Text)
			want := 25
			if tt.raw != "" {
				want = 50
			}
			assert.Len(t, got.Body["metadata"], want)
			assert.Equal(t, "v", part(got.Body, "metadata")["m24"])
		})
	}
}
