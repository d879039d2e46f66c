package stripetest_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

func TestCustomerLife(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return at }))
	created := post(t, srv, "/v1/customers", "name", "Jenny Rosen", "email", "jenny@example.com", "metadata[a]", "1",
		"metadata[b]", "2", "address[city]", "Bath", "preferred_locales[]", "en", "preferred_locales[]", "de",
		"cash_balance[settings][reconciliation_mode]", "manual", "balance", "-5")
	require.Equal(t, http.StatusOK, created.Status, created.Text)
	id := created.Body["id"].(string)
	assert.Regexp(t, `^cus_[0-9A-Za-z]{14}$`, id)
	want := map[string]any{
		"id": id, "object": "customer", "balance": -5.0, "created": 1.7e9, "currency": nil, "default_source": nil,
		"address":    map[string]any{"city": "Bath", "country": nil, "line1": nil, "line2": nil, "postal_code": nil, "state": nil},
		"delinquent": false, "description": nil, "discount": nil, "email": "jenny@example.com", "invoice_prefix": nil,
		"invoice_settings": map[string]any{"custom_fields": nil, "default_payment_method": nil, "footer": nil, "rendering_options": nil},
		"livemode":         false, "metadata": map[string]any{"a": "1", "b": "2"}, "name": "Jenny Rosen",
		"next_invoice_sequence": 1.0, "phone": nil, "preferred_locales": []any{"en", "de"}, "shipping": nil,
		"tax_exempt": "none", "test_clock": nil,
	}
	assert.Equal(t, want, created.Body)
	assert.Equal(t, want, get(t, srv, "/v1/customers/"+id).Body)

	updated := post(t, srv, "/v1/customers/"+id, "name", "", "metadata[a]", "", "metadata[c]", "3", "address", "", "tax_exempt", "exempt")
	want["name"], want["address"], want["tax_exempt"] = nil, nil, "exempt"
	want["metadata"] = map[string]any{"b": "2", "c": "3"}
	assert.Equal(t, want, updated.Body)
	assert.Equal(t, map[string]any{}, post(t, srv, "/v1/customers/"+id, "metadata", "").Body["metadata"])
	assert.Equal(t, "manual", get(t, srv, "/v1/customers/"+id+"/cash_balance").Body["settings"].(map[string]any)["reconciliation_mode"])

	deleted := map[string]any{"id": id, "object": "customer", "deleted": true}
	assert.Equal(t, deleted, send(t, srv, newRequest(t, http.MethodDelete, "/v1/customers/"+id, "")).Body)
	assert.Equal(t, deleted, get(t, srv, "/v1/customers/"+id).Body, "a deleted customer can still be retrieved")
	srv.AddCustomer("cus_1")
	assert.InDelta(t, 1.7e9, get(t, srv, "/v1/customers/cus_1").Body["created"], 0)

	for _, got := range []answer{
		post(t, srv, "/v1/customers/"+id, "name", "x"),
		get(t, srv, "/v1/customers/"+id+"/cash_balance"),
		get(t, srv, "/v1/customers/"+id+"/cash_balance_transactions"),
		post(t, srv, "/v1/test_helpers/customers/"+id+"/fund_cash_balance", "amount", "1", "currency", "eur"),
		send(t, srv, newRequest(t, http.MethodDelete, "/v1/customers/"+id, "")),
	} {
		assert.Equal(t, http.StatusNotFound, got.Status)
		assert.Equal(t, "No such customer: '"+id+"'", got.errorField("message"))
	}
}

// Every text of a customer is kept, one by one, and unset by an empty one.
func TestCustomerTexts(t *testing.T) {
	srv := stripetest.NewServer()
	names := []string{"business_name", "description", "email", "individual_name", "name", "phone"}
	texts := func(value func(name string) string) (pairs []string) {
		for _, name := range names {
			pairs = append(pairs, name, value(name))
		}
		return pairs
	}
	created := post(t, srv, "/v1/customers", texts(strings.ToUpper)...)
	require.Equal(t, http.StatusOK, created.Status, created.Text)
	path := "/v1/customers/" + created.Body["id"].(string)
	want := maps.Clone(created.Body)
	for _, name := range names {
		assert.Equal(t, strings.ToUpper(name), created.Body[name], name)
	}
	for _, name := range names {
		want[name] = "a new " + name
		assert.Equal(t, want, post(t, srv, path, name, "a new "+name).Body)
	}
	assert.Equal(t, want, get(t, srv, path).Body)

	longest, key := strings.Repeat("ü", 256), strings.Repeat("k", 40)
	got := post(t, srv, path, "name", longest, "metadata["+key+"]", "v")
	assert.Equal(t, longest, got.Body["name"], got.Text)
	assert.Equal(t, map[string]any{key: "v"}, got.Body["metadata"])
	unset := post(t, srv, path, texts(func(string) string { return "" })...)
	for _, name := range names {
		assert.Nil(t, unset.Body[name], name)
	}
}

func TestTaxExempt(t *testing.T) {
	srv := funded(t)
	for _, value := range []string{"exempt", "none", "reverse"} {
		assert.Equal(t, value, post(t, srv, "/v1/customers/cus_1", "tax_exempt", value).Body["tax_exempt"])
	}
	assert.Equal(t, "none", post(t, srv, "/v1/customers/cus_1", "tax_exempt", "").Body["tax_exempt"])
}

func TestCustomerWithCashBalanceStays(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.Fund("cus_1", "eur", 5)
	srv.AddTransaction("cus_1", stripetest.Transaction{Type: "return_initiated", Currency: "eur", NetAmount: -5})

	got := send(t, srv, newRequest(t, http.MethodDelete, "/v1/customers/cus_1", ""))
	assert.Equal(t, http.StatusBadRequest, got.Status, "also when nothing is left")
	assert.Nil(t, got.errorField("code"))
	assert.Equal(t, map[string]any{"eur": 0.0}, get(t, srv, "/v1/customers/cus_1/cash_balance").Body["available"])
}

func TestCustomerErrors(t *testing.T) {
	long := make([]byte, 513)
	for i := range long {
		long[i] = 'x'
	}
	tests := []struct {
		name        string
		pairs       []string
		wantCode    any
		wantParam   string
		wantMessage string
	}{
		{"unknown", []string{"color", "red"}, "parameter_unknown", "color", "Received unknown parameter: color"},
		{"array for a text", []string{"name[]", "a"}, nil, "name", `Invalid string: {"0":"a"}`},
		{"text too long", []string{"email", string(long)}, nil, "email", "Invalid string: xxxxxxxxxx...xxxxxxxxxx; must be at most 512 characters"},
		{"no number", []string{"balance", "x"}, "parameter_invalid_integer", "balance", "Invalid integer: x"},
		{"an empty number", []string{"balance", ""}, "parameter_invalid_empty", "balance", "You passed an empty string for 'balance'."},
		{"a hash for a number", []string{"balance[a]", "1"}, "parameter_invalid_integer", "balance", `Invalid integer: {"a":"1"}`},
		{"no array", []string{"preferred_locales", "en"}, nil, "preferred_locales", "Invalid array"},
		{"metadata no hash", []string{"metadata", "x"}, nil, "metadata", "Invalid object"},
		{"metadata without names", []string{"metadata[]", "x"}, nil, "metadata", "Invalid object"},
		{"metadata key too long", []string{"metadata[" + string(long[:41]) + "]", "x"}, nil, "metadata[" + string(long[:41]) + "]",
			"Metadata keys can have up to 40 characters"},
		{"metadata value too long", []string{"metadata[a]", string(long)}, nil, "metadata[a]", "must be at most 500 characters"},
		{"metadata value too long, of two", []string{"metadata[a]", "x", "metadata[b]", string(long)}, nil, "metadata[b]", "must be at most 500 characters"},
		{"not modeled", []string{"test_clock", "clock_1"}, nil, "test_clock", "stripetest does not model the parameter test_clock"},
		{"one of two", []string{"tax_exempt", "maybe"}, nil, "tax_exempt", "Invalid tax_exempt: must be one of exempt, none, or reverse"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := post(t, stripetest.NewServer(), "/v1/customers", tt.pairs...)
			assert.Equal(t, http.StatusBadRequest, got.Status)
			assert.Equal(t, tt.wantCode, got.errorField("code"))
			assert.Equal(t, tt.wantParam, got.errorField("param"))
			assert.Contains(t, got.errorField("message"), tt.wantMessage)
		})
	}
}

// What an update does not give stays as it is: parts of an address, too.
func TestAddressIsUpdatedByParts(t *testing.T) {
	address := func(city, line1, state any) map[string]any {
		return map[string]any{"city": city, "country": nil, "line1": line1, "line2": nil, "postal_code": nil, "state": state}
	}
	type step struct {
		pairs []string
		want  any
	}
	steps := func(prefix string) []step {
		return []step{
			{[]string{prefix + "[city]", "Bath", prefix + "[line1]", "1 Main St"}, address("Bath", "1 Main St", nil)},
			{[]string{prefix + "[city]", "York", prefix + "[state]", "NY"}, address("York", "1 Main St", "NY")},
			{[]string{prefix + "[state]", ""}, address("York", "1 Main St", nil)},
			{nil, address("York", "1 Main St", nil)},
			{[]string{prefix, ""}, nil},
			{[]string{prefix + "[line1]", "2 Main St"}, address(nil, "2 Main St", nil)},
			{[]string{prefix + "[country]", "GB", prefix + "[line2]", "Top", prefix + "[postal_code]", "BA1"},
				map[string]any{"city": nil, "country": "GB", "line1": "2 Main St", "line2": "Top", "postal_code": "BA1", "state": nil}},
		}
	}
	srv := in2026()
	t.Run("of a customer", func(t *testing.T) {
		for _, step := range steps("address") {
			assert.Equal(t, step.want, post(t, srv, "/v1/customers/cus_1", step.pairs...).Body["address"], step.pairs)
		}
	})
	t.Run("of a source's owner", func(t *testing.T) {
		id := sepa(t, srv)
		for _, step := range steps("owner[address]")[:4] {
			got := post(t, srv, "/v1/sources/"+id, step.pairs...)
			assert.Equal(t, step.want, got.Body["owner"].(map[string]any)["address"], step.pairs)
		}
	})
}

func TestArrayIsInTheOrderOfItsNumbers(t *testing.T) {
	req := newRequest(t, http.MethodPost, "/v1/customers", "preferred_locales[10]=fr&preferred_locales[2]=de&preferred_locales[0]=en")
	got := send(t, stripetest.NewServer(), req)
	assert.Equal(t, []any{"en", "de", "fr"}, got.Body["preferred_locales"], got.Text)
}

func TestMetadataIsBounded(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	var pairs []string
	for i := range 50 {
		pairs = append(pairs, fmt.Sprintf("metadata[k%d]", i), "v")
	}
	assert.Equal(t, http.StatusOK, post(t, srv, "/v1/customers/cus_1", pairs...).Status)
	got := post(t, srv, "/v1/customers/cus_1", "metadata[one_more]", "v", "name", "Jenny")
	assert.Equal(t, http.StatusBadRequest, got.Status)
	customer := get(t, srv, "/v1/customers/cus_1").Body
	assert.Len(t, customer["metadata"], 50)
	assert.Nil(t, customer["name"], "nothing is half done")

	id := sepa(t, srv)
	add := func(path string, i int) answer {
		pairs := make([]string, 0, 80)
		for k := range 40 {
			pairs = append(pairs, fmt.Sprintf("metadata[k%d_%d]", i, k), "v")
		}
		return post(t, srv, path, pairs...)
	}
	for _, path := range []string{"/v1/sources/" + id, sourcesPath + "/" + id} {
		post(t, srv, sourcesPath, "source", id)
		require.Equal(t, http.StatusOK, post(t, srv, path, "metadata", "").Status)
		require.Equal(t, http.StatusOK, add(path, 0).Status)
		before := memory(t, srv)
		assert.Equal(t, http.StatusBadRequest, add(path, 1).Status, "80 in all")
		assert.Equal(t, before, memory(t, srv))
	}
}

func TestSetUpMisuse(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.AddCustomer("cus_deleted")
	del(t, srv, "/v1/customers/cus_deleted")
	srv.Fund("cus_1", "eur", 999_999_999_999) // the most
	tests := []struct {
		name        string
		work        func()
		wantMessage string
	}{
		{"customer ID", func() { srv.AddCustomer("123") }, `stripetest: AddCustomer: "123" is not a customer ID: it must begin with cus_`},
		{"customer ID in two parts", func() { srv.AddCustomer("cus_a/b") }, `stripetest: AddCustomer: "cus_a/b" is not a customer ID`},
		{"customer twice", func() { srv.AddCustomer("cus_1") }, `stripetest: AddCustomer: there is a customer "cus_1" already`},
		{"fund nobody", func() { srv.Fund("cus_2", "eur", 5) }, `stripetest: Fund: there is no customer "cus_2": add it with AddCustomer`},
		{"fund the deleted", func() { srv.Fund("cus_deleted", "eur", 5) }, `stripetest: Fund: there is no customer "cus_deleted"`},
		{"fund too much", func() { srv.Fund("cus_1", "eur", 1_000_000_000_000) }, `stripetest: Fund: the amount is 1000000000000`},
		{"fund nothing", func() { srv.Fund("cus_1", "eur", 0) }, `stripetest: Fund: the amount is 0`},
		{"fund francs", func() { srv.Fund("cus_1", "chf", 5) }, `stripetest: Fund: the currency is "chf": it must be eur`},
		{"account ID of nothing", func() { srv.Connect("acct_") }, `stripetest: Connect: "acct_" is not an account ID`},
		{"transaction of nobody", func() { srv.AddTransaction("cus_2", stripetest.Transaction{}) }, `stripetest: AddTransaction: there is no customer "cus_2"`},
		{"account ID", func() { srv.Connect("1") }, `stripetest: Connect: "1" is not an account ID`},
		{"mode", func() { srv.SetReconciliationMode("daily") }, `stripetest: SetReconciliationMode: the mode is "daily"`},
		{"mode option", func() { stripetest.WithReconciliationMode("") }, `stripetest: WithReconciliationMode: the mode is ""`},
		{"clock option", func() { stripetest.WithClock(nil) }, `stripetest: WithClock: the clock is nil`},
		{"keys option", func() { stripetest.WithKeys() }, `stripetest: WithKeys: no key given`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Contains(t, panicText(tt.work), tt.wantMessage)
		})
	}
}
