package stripego_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-mock/embedded"
)

// body is an object of the API in JSON, and where it is from.
type body struct {
	name string
	json []byte
}

// bodies are all that both clients decode.
func bodies(t *testing.T) []body {
	t.Helper()
	var all []body
	add := func(name string, object any) {
		data, err := json.Marshal(object)
		require.NoError(t, err, name)
		all = append(all, body{name, data})
	}
	for _, name := range schemaNames() {
		addWritten(t, name, add)
	}
	addKinds(t, add)
	addLists(t, add)
	addHandWritten(add)
	addFixtures(t, add)
	addTestdata(t, add)
	return all
}

// schemaNames are the objects of this module as the spec calls them.
func schemaNames() []string {
	return []string{
		"cash_balance", "customer_cash_balance_transaction", "card", "bank_account", "source", "source_transaction",
		"source_mandate_notification", "deleted_card", "deleted_bank_account",
	}
}

// addWritten adds an object with everything set, with objects for IDs, with nulls, and with next to nothing.
func addWritten(t *testing.T, name string, add func(string, any)) {
	t.Helper()
	w := newWriter(t)
	full := w.object(name)
	add(name+": every property", full)
	w.expanded = true
	add(name+": expanded", w.object(name))
	w.null = true
	add(name+": every null", w.object(name))
	bare := maps.Clone(full)
	maps.DeleteFunc(bare, func(name string, _ any) bool { return name != "id" && name != "object" && name != "deleted" })
	add(name+": bare", bare)
}

// addKinds adds an object for each kind of source, of transaction, and of bank transfer.
func addKinds(t *testing.T, add func(string, any)) {
	t.Helper()
	w := newWriter(t)
	for _, name := range []string{"source", "customer_cash_balance_transaction"} {
		kinds := w.kinds(name)
		for _, kind := range w.types(name) {
			add(name+": "+kind, only(w.object(name), kind, kinds))
		}
	}
	const transfer = "resource_customer_cash_balance_transaction_resource_funded_transaction_resource_bank_transfer"
	for _, region := range w.types(transfer) {
		add("bank transfer: "+region, map[string]any{
			"id": "ccsbtxn_1", "object": "customer_cash_balance_transaction", "type": "funded",
			"funded": map[string]any{"bank_transfer": only(w.object(transfer), region, w.kinds(transfer))},
		})
	}
	for _, hash := range []string{"ach_credit_transfer", "chf_credit_transfer", "gbp_credit_transfer", "paper_check", "sepa_credit_transfer"} {
		transaction := w.object("source_transaction")
		add("source transaction: "+hash, map[string]any{"id": "srctxn_1", "object": "source_transaction", hash: transaction[hash]})
	}
}

// addLists adds a page of each, full and empty, and the mixed one that sources are.
func addLists(t *testing.T, add func(string, any)) {
	t.Helper()
	w := newWriter(t)
	list := func(elements ...any) map[string]any {
		return map[string]any{"object": "list", "url": "/v1/things", "has_more": true, "data": elements}
	}
	for _, name := range []string{"customer_cash_balance_transaction", "card", "bank_account", "source_transaction"} {
		add("list: "+name, list(w.object(name), w.object(name)))
	}
	add("list: everything", list(
		w.object("source"), w.object("card"), w.object("bank_account"), w.object("deleted_card"),
		map[string]any{"id": "py_1", "object": "purse", "amount": 7},
	))
	add("list: empty", map[string]any{"object": "list", "url": "/v1/things", "has_more": false, "data": []any{}})
}

// addHandWritten adds what a schema does not say.
func addHandWritten(add func(string, any)) {
	add("amounts beyond float64", json.RawMessage(`{"object":"cash_balance","available":{"jpy":9007199254740993,"mxn":-9223372036854775808,"usd":0}}`))
	add("maps with nothing in them", json.RawMessage(`{"object":"cash_balance","available":{}}`))
	add("no metadata", json.RawMessage(`{"id":"card_1","object":"card","metadata":{},"available_payout_methods":[]}`))
	add("text that needs escapes", json.RawMessage(`{"id":"card_1","object":"card","name":"\u00c5sa \"<\ud83d\ude00>\"\u2028","metadata":{"k\"":"\\"}}`))
	add("values that are not in the spec", json.RawMessage(`{"id":"src_1","object":"source","type":"tulip","flow":"boat","status":"wilted","tulip":{"color":"red"}}`))
	add("members that are not in the spec", json.RawMessage(`{"id":"ccsbtxn_1","object":"customer_cash_balance_transaction","type":"funded","weight":{"grams":7}}`))
	add("what stripe-go knows beyond the spec", json.RawMessage(`{"id":"card_1","object":"card","description":"d","iin":"424242","issuer":"i"}`))
	add("a receiver for SEPA transfers", json.RawMessage(`{"id":"src_1","object":"source","type":"sepa_credit_transfer","sepa_credit_transfer":{"iban":"DE89370400440532013000"}}`))
}

// addFixtures adds stripe-mock's.
func addFixtures(t *testing.T, add func(string, any)) {
	t.Helper()
	var fixtures struct {
		Resources map[string]json.RawMessage `json:"resources"`
	}
	require.NoError(t, json.Unmarshal(embedded.OpenAPIFixtures, &fixtures))
	for _, name := range schemaNames() {
		if fixture, ok := fixtures.Resources[name]; ok {
			add("stripe-mock's "+name, fixture)
		}
	}
}

// addTestdata adds what the tests of the packages decode, and the objects of their events.
func addTestdata(t *testing.T, add func(string, any)) {
	t.Helper()
	files, err := filepath.Glob("../../*/testdata/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		var event struct {
			Object string `json:"object"`
			Data   struct {
				Object json.RawMessage `json:"object"`
			} `json:"data"`
		}
		if err := json.Unmarshal(data, &event); err == nil && event.Object == "event" {
			data = event.Data.Object
		}
		add(filepath.ToSlash(file), json.RawMessage(data))
	}
}
