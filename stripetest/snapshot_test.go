package stripetest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// lived is a server with something of everything in it.
func lived(t testing.TB) *stripetest.Server {
	srv := stripetest.NewServer(stripetest.WithSeed(7))
	srv.AddCustomer("cus_1")
	srv.Connect("acct_1").AddCustomer("cus_2")
	postKey(t, srv, "key_1", fundPath, "amount=5&currency=eur")
	postKey(t, srv, "key_2", "/v1/customers", "name=Jenny&metadata[a]=1")
	srv.AddTransaction("cus_1", stripetest.Transaction{Type: "return_initiated", Currency: "eur", NetAmount: -2})
	post(t, srv, "/v1/customers/cus_1/cash_balance", "settings[reconciliation_mode]", "automatic")
	srv.SetReconciliationMode("manual")
	srv.Fail(stripetest.Fault{Status: 599, Stored: true})
	postKey(t, srv, "key_3", "/v1/customers", "")
	return srv
}

func TestSnapshotAndRestore(t *testing.T) {
	srv := lived(t)
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	assert.NotContains(t, string(snapshot), "sk_test", "no secrets")

	other := stripetest.NewServer()
	require.NoError(t, other.Restore(snapshot))
	again, err := other.Snapshot()
	require.NoError(t, err)
	assert.Equal(t, string(snapshot), string(again))

	assert.Equal(t, srv.ID(), other.ID(), "the platform's account too")
	assert.Equal(t, srv.Events(), other.Events())
	replay := postKey(t, other, "key_1", fundPath, "amount=5&currency=eur")
	assert.Equal(t, "true", replay.Header.Get("Idempotent-Replayed"))
	assert.Equal(t, map[string]any{"eur": 3.0}, available(t, other))
	assert.Equal(t, post(t, srv, "/v1/customers").Body["id"], post(t, other, "/v1/customers").Body["id"], "IDs go on where they were")
	assert.NotEmpty(t, other.Connect("acct_1").Fund("cus_2", "eur", 5))
}

func TestRestoreRefusesDamage(t *testing.T) {
	whole, err := lived(t).Snapshot()
	require.NoError(t, err)
	replaced := func(old, replacement string) string {
		require.Contains(t, string(whole), old)
		return strings.Replace(string(whole), old, replacement, 1)
	}
	matched := func(old, replacement string) string {
		pattern := regexp.MustCompile(old)
		require.Regexp(t, pattern, string(whole))
		return pattern.ReplaceAllString(string(whole), replacement)
	}
	nulled := func(name string) string {
		var fields map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(whole, &fields))
		fields[name] = json.RawMessage("null")
		text, err := json.Marshal(fields)
		require.NoError(t, err)
		return string(text)
	}
	tests := []struct {
		name      string
		snapshot  string
		wantError string
	}{
		{"empty", "", "the snapshot is damaged"},
		{"not JSON", "hello", "the snapshot is damaged"},
		{"cut short", string(whole[:len(whole)-20]), "the snapshot is damaged"},
		{"twice", string(whole) + string(whole), "something follows it"},
		{"another format", `{"version":2,"accounts":{},"color":"red"}`, "unknown field"},
		{"another version", replaced(`"version":2`, `"version":3`), "the snapshot is of version 3, not 2"},
		{"another version with other fields", `{"version":1,"color":"red"}`, "the snapshot is of version 1, not 2"},
		{"no seed", nulled("seed"), "it has no seed, no counters or no platform account"},
		{"no counters", nulled("counters"), "it has no seed, no counters or no platform account"},
		{"no platform", replaced(`"platform":"acct_`, `"platform":"acct_x`), "no platform account"},
		{"a null account", replaced(`"accounts":{`, `"accounts":{"acct_0":null,`), `account "acct_0" is null, or has another ID`},
		{"a null customer", replaced(`"customers":{`, `"customers":{"cus_0":null,`), `customer "cus_0" is null, or has another ID`},
		{"a renamed customer", replaced(`"customers":{"cus_`, `"customers":{"cus_x`), "is null, or has another ID"},
		{"a changed amount", replaced(`"net_amount":5`, `"net_amount":6`), "its ledger"},
		{"a changed balance", replaced(`"available":{"eur":3}`, `"available":{"eur":4}`), "the transactions sum to 3"},
		{"a balance from nowhere", replaced(`"available":{"eur":3}`, `"available":{"eur":3,"usd":1}`), "not that of its transactions"},
		{"a null transaction", replaced(`"transactions":[`, `"transactions":[null,`), "transaction 0 is null"},
		{"a transfer without a bank", replaced(`"bank_transfer":{`, `"bank_transfer":null,"x":{`), "damaged"},
		{"an event that is not JSON", replaced(`"body":"{\n  \"id\": \"evt_`, `"body":"hello \"evt_`), "event 0 has no ID or no body"},
		{"an event whose body is null", matched(`("events":.*"body":)"(\\.|[^"\\])*"`, `$1"null"`), "has no ID or no body"},
		{"an event whose body is a number", matched(`("events":.*"body":)"(\\.|[^"\\])*"`, `$1"5"`), "has no ID or no body"},
		{"an event without an ID", matched(`\{"id":"evt_\w+","account"`, `{"id":"","account"`), "event 0 has no ID or no body"},
		{"a customer without a number", replaced(`"number":1`, `"number":0`), "has no number"},
		{"a null event", replaced(`"events":[`, `"events":[null,`), "event 0 has no ID or no body"},
		{"a key that holds nothing", replaced(`"idempotency":{`, `"idempotency":{"key_0":null,`), `"key_0" holds nothing`},
		{"a key whose answer is not JSON", replaced(`"status":200,"body":"{`, `"status":200,"body":"hello{`), "holds nothing that could be an answer"},
		{"a key with a strange status", replaced(`"status":200`, `"status":199`), "holds nothing that could be an answer"},
		{"a key with a status past the last", replaced(`"status":599`, `"status":600`), "holds nothing that could be an answer"},
		{"a strange mode", replaced(`"reconciliation_mode":"manual"`, `"reconciliation_mode":"daily"`), "reconciliation mode"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.AddCustomer("cus_1")
			srv.Fund("cus_1", "usd", 1)
			before, err := srv.Snapshot()
			require.NoError(t, err)
			assert.ErrorContains(t, srv.Restore([]byte(tt.snapshot)), tt.wantError)
			after, err := srv.Snapshot()
			require.NoError(t, err)
			assert.Equal(t, string(before), string(after), "left as it was")
		})
	}
}

// Whatever a snapshot holds that can't be, in any part of the state, is found before it does harm.
func TestRestoreRefusesDamagedParts(t *testing.T) {
	srv, _ := withEveryKind(t)
	srv.AddPaymentIntent("cus_1", "eur", 5)
	token := post(t, srv, "/v1/tokens", rawToken("4242424242424242")...)
	require.Equal(t, http.StatusOK, token.Status, token.Text)
	receiver := post(t, srv, "/v1/sources", "type", "ach_credit_transfer", "currency", "usd", "owner[email]", "amount_4242@example.com")
	require.Equal(t, http.StatusOK, receiver.Status, receiver.Text)
	cardSource := newSource(t, srv, "type", "card", "token", "tok_visa")["id"].(string)
	newSource(t, srv, "type", "three_d_secure", "currency", "eur", "amount", "5", "redirect[return_url]", returnURL,
		"three_d_secure[card]", cardSource)
	srv.NotifyMandate(cardSource, 5)
	srv.AddCustomer("cus_2")
	srv.Fund("cus_2", "eur", 5)
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	id, sourceID := token.Body["id"].(string), receiver.Body["id"].(string)

	tests := []struct {
		name   string
		damage func(platform map[string]any)
		want   string
	}{
		{"no damage", func(map[string]any) {}, ""},
		{"an account under another ID", func(a map[string]any) { a["id"] = "acct_x" }, "is null, or has another ID"},
		{"no customers", func(a map[string]any) { a["customers"] = nil }, "it has no customers"},
		{"a null token", func(a map[string]any) { part(a, "tokens")[id] = nil }, "is null, has another ID"},
		{"a token under another ID", func(a map[string]any) { part(a, "tokens", id)["id"] = "tok_x" }, "is null, has another ID"},
		{"a token of nothing", func(a map[string]any) { delete(part(a, "tokens", id), "card") }, "is neither a card nor a bank account"},
		{"a null source", func(a map[string]any) { part(a, "sources")[sourceID] = nil }, "is null, or has another ID"},
		{"a source under another ID", func(a map[string]any) { part(a, "sources", sourceID)["id"] = "src_x" }, "is null, or has another ID"},
		{"a null transfer", func(a map[string]any) { part(a, "sources", sourceID)["transactions"] = []any{nil} }, "transaction 0 is null"},
		{"a null notification", func(a map[string]any) { part(a, "sources", sourceID)["notifications"] = []any{nil} }, "notification 0 is null"},
		{"a null recipient", func(a map[string]any) { part(a, "recipients")["rp_1"] = nil }, "is null, or has another ID"},
		{"a recipient under another ID", func(a map[string]any) { part(a, "recipients", "rp_1")["id"] = "rp_x" }, "is null, or has another ID"},
		{"a recipient's null card", func(a map[string]any) { part(a, "recipients", "rp_1")["cards"] = []any{nil} }, "payment source 0 is neither a card nor"},
		{"a recipient's source", func(a map[string]any) {
			part(a, "recipients", "rp_1")["cards"] = []any{map[string]any{"source": sourceID}}
		}, "has something that is no card"},
		{"a null PaymentIntent", func(a map[string]any) { a["payment_intents"] = []any{nil} }, "PaymentIntent 0 has no customer"},
		{"nobody's PaymentIntent", func(a map[string]any) {
			a["payment_intents"].([]any)[0].(map[string]any)["customer"] = "cus_x"
		}, "PaymentIntent 0 has no customer"},
		{"a default source that is not there", func(a map[string]any) { part(a, "customers", "cus_1")["default_source"] = "card_x" },
			`customer "cus_1": its default source "card_x" is none of its sources`},
		{"a source that is not there", func(a map[string]any) {
			customer := part(a, "customers", "cus_1")
			customer["sources"] = append(customer["sources"].([]any), map[string]any{"source": "src_x"})
		}, `customer "cus_1": payment source 2 is neither a card nor a bank account nor an existing source`},
		{"a null external account", func(a map[string]any) { a["external_accounts"] = []any{nil} }, "payment source 0 is neither"},
		{"a source of no type", func(a map[string]any) { part(a, "sources", cardSource)["type"] = "cow" }, `its type is "cow"`},
		{"funds from nowhere", func(a map[string]any) {
			delete(part(a, "customers", "cus_2", "cash_balance")["transactions"].([]any)[0].(map[string]any), "bank_transfer")
		}, "is funded by no bank transfer"},
		{"funds of what receives none", func(a map[string]any) {
			part(a, "sources", cardSource)["transactions"] = []any{map[string]any{"id": "srctxn_1"}}
		}, "its source is no receiver"},
		{"a mode that is none", func(a map[string]any) { part(a, "customers", "cus_1", "cash_balance")["mode"] = "by hand" },
			`customer "cus_1": its reconciliation mode is "by hand"`},
		{"a type that is none", func(a map[string]any) {
			part(a, "customers", "cus_1", "cash_balance")["transactions"] = []any{map[string]any{"id": "ccsbtxn_1", "type": "lent"}}
		}, `transaction ccsbtxn_1 is of type "lent"`},
		{"a source among external accounts", func(a map[string]any) {
			a["external_accounts"] = []any{map[string]any{"source": sourceID}}
		}, "external account 0 is a source"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var state map[string]any
			decoder := json.NewDecoder(bytes.NewReader(snapshot))
			decoder.UseNumber()
			require.NoError(t, decoder.Decode(&state))
			tt.damage(part(state, "accounts", srv.ID()))
			damaged, err := json.Marshal(state)
			require.NoError(t, err)
			err = stripetest.NewServer(stripetest.WithRecipients()).Restore(damaged)
			if tt.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, tt.want)
		})
	}
}

// part goes down into an object.
func part(of map[string]any, names ...string) map[string]any {
	for _, name := range names {
		of = of[name].(map[string]any)
	}
	return of
}

func TestRestoreTakesAccountsAway(t *testing.T) {
	empty, err := stripetest.NewServer().Snapshot()
	require.NoError(t, err)
	srv := stripetest.NewServer()
	connected := srv.Connect("acct_1")
	require.NoError(t, srv.Restore(empty))

	assert.Contains(t, panicText(func() { connected.AddCustomer("cus_1") }), `stripetest: AddCustomer: account "acct_1" is not there any more`)
	req := newRequest(t, http.MethodGet, "/v1/customers/cus_1", "")
	req.Header.Set("Stripe-Account", "acct_1")
	assert.Equal(t, http.StatusForbidden, send(t, srv, req).Status)
}

// A request that waits meanwhile finds its account gone, wherever it waited.
func TestRestoreTakesTheAccountOfARequestAway(t *testing.T) {
	empty, err := stripetest.NewServer().Snapshot()
	require.NoError(t, err)
	for name, fault := range map[string]stripetest.Fault{
		"before it works": {Delay: time.Second}, "before it fails for good": {Delay: time.Second, Status: 500, Stored: true},
	} {
		synctest.Test(t, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.Connect("acct_1")
			srv.Fail(fault)
			var calls sync.WaitGroup
			calls.Go(func() {
				req := newRequest(t, http.MethodPost, "/v1/customers", "")
				req.Header.Set("Stripe-Account", "acct_1")
				req.Header.Set("Idempotency-Key", "key_1")
				got := send(t, srv, req)
				assert.Equal(t, http.StatusForbidden, got.Status, name)
				assert.Equal(t, "account_invalid", got.errorField("code"))
			})
			synctest.Wait()
			require.NoError(t, srv.Restore(empty))
			calls.Wait()
		})
	}
}

// Changes tells whether a snapshot would be another one, so that what changes nothing costs nothing to keep.
func TestChanges(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	last := srv.Changes()
	changed := func() bool {
		before := last
		last = srv.Changes()
		return last != before
	}
	get(t, srv, "/v1/customers/cus_1")
	post(t, srv, "/v1/customers", "color", "red")
	post(t, srv, "/v1/nowhere")
	req := newRequest(t, http.MethodPost, "/v1/customers", "")
	req.Header.Del("Authorization")
	send(t, srv, req)
	assert.False(t, changed())

	post(t, srv, "/v1/customers", "name", "Jenny")
	assert.True(t, changed())
	srv.Fund("cus_1", "eur", 1)
	assert.True(t, changed())
	srv.Connect("acct_2")
	assert.True(t, changed())
	srv.Fail(stripetest.Fault{Status: 500, Stored: true})
	post(t, srv, "/v1/customers", "name", "Jenny")
	assert.True(t, changed(), "its key remembers the answer")
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	assert.False(t, changed())
	require.NoError(t, srv.Restore(snapshot))
	assert.True(t, changed())
}

// Keys that have expired are not kept for ever.
func TestExpiredKeysAreForgotten(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return now }))
	for i := range 5000 {
		if i%1000 == 0 {
			now = now.Add(48 * time.Hour)
		}
		req := newRequest(t, http.MethodPost, "/v1/customers", "")
		req.Header.Set("Idempotency-Key", fmt.Sprint("key_", i))
		require.Equal(t, http.StatusOK, send(t, srv, req).Status)
	}
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	var state struct {
		Platform string
		Accounts map[string]struct{ Idempotency map[string]any }
	}
	require.NoError(t, json.Unmarshal(snapshot, &state))
	kept := state.Accounts[state.Platform].Idempotency
	assert.Less(t, len(kept), 3000)
	for i := range 1000 {
		assert.Contains(t, kept, fmt.Sprint("key_", 4000+i), "of today")
	}
}
