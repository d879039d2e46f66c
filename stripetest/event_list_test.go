package stripetest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/webhook"
)

func eventRequest(pairs ...string) stripecash.Request {
	params := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		params.Add(pairs[i], pairs[i+1])
	}
	return stripecash.Request{Path: "/v1/events", Params: params}
}

// eventIDs are the IDs of a list of events, from old to new.
func eventIDs(t *testing.T, api *stripecash.Client, after string, pairs ...string) []string {
	t.Helper()
	got := []string{}
	for e, err := range stripecash.Follow[webhook.Event](t.Context(), api, eventRequest(pairs...), after) {
		require.NoError(t, err)
		got = append(got, e.ID)
	}
	return got
}

func TestListEvents(t *testing.T) {
	now := time.Date(2026, 8, 26, 12, 0, 0, 0, time.UTC)
	srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return now }))
	srv.AddCustomer("cus_1")
	srv.Connect("acct_1").AddCustomer("cus_2")
	srv.Fund("cus_1", "eur", 100)
	now = now.Add(time.Minute)
	srv.Connect("acct_1").Fund("cus_2", "usd", 50)
	srv.Fund("cus_1", "eur", 200)
	made := srv.Events()
	require.Len(t, made, 4)
	ids := []string{made[0].ID, made[1].ID, made[2].ID, made[3].ID}

	api := srv.Client()
	tests := []struct {
		name  string
		after string
		pairs []string
		want  []string
	}{
		{"all", "", nil, ids},
		{"after one", ids[1], nil, ids[2:]},
		{"after the last", ids[3], nil, []string{}},
		{"of a type", "", []string{"type", "cash_balance.funds_available"}, []string{ids[1], ids[3]}},
		{"of a type, after one of another", ids[0], []string{"type", "cash_balance.funds_available"}, []string{ids[1], ids[3]}},
		{"of a group", "", []string{"type", "customer_cash_balance_transaction.*"}, []string{ids[0], ids[2]}},
		{"of types", "", []string{"types[]", "source.failed", "types[]", "cash_balance.funds_available"}, []string{ids[1], ids[3]}},
		{"of all groups", "", []string{"type", "*"}, ids},
		{"of a group with two", "", []string{"type", "*cash_balance*.created"}, []string{ids[0], ids[2]}},
		{"of a group that begins otherwise", "", []string{"type", "balance*"}, []string{}},
		{"of a group that ends otherwise", "", []string{"type", "cash_balance.*_avail"}, []string{}},
		{"of a group whose parts overlap", "", []string{"type", "cash_balance.funds_available*available"}, []string{}},
		{"of as long a group as may be", "", []string{"type", strings.Repeat("*", 5000)}, ids},
		{"a pattern is no group", "", []string{"type", "cash_balance.funds_availabl?"}, []string{}},
		{"types are no groups", "", []string{"types[]", "cash_balance.*"}, []string{}},
		{"of none", "", []string{"type", "source.failed"}, []string{}},
		{"at a time", "", []string{"created", "1787745600"}, ids[:2]},
		{"since a time", "", []string{"created[gte]", "1787745660"}, ids[2:]},
		{"after a time", "", []string{"created[gt]", "1787745600"}, ids[2:]},
		{"until a time", "", []string{"created[lte]", "1787745600"}, ids[:2]},
		{"between two", "", []string{"created[gt]", "1787745600", "created[lt]", "1787745660"}, []string{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, eventIDs(t, api, tt.after, tt.pairs...))
		})
	}
	assert.Len(t, eventIDs(t, api.With(stripecash.WithAccount("acct_1")), ""), 2, "a connected account has its own")

	page := get(t, srv, "/v1/events?limit=1")
	assert.Equal(t, true, page.Body["has_more"])
	shown, err := json.Marshal(page.Body["data"].([]any)[0])
	require.NoError(t, err)
	assert.JSONEq(t, string(made[3].Body), string(shown), "as a webhook gets it")
	assert.Equal(t, string(made[0].Body), strings.TrimSuffix(get(t, srv, "/v1/events/"+ids[0]).Text, "\n"), "to the letter")

	for path, want := range map[string]string{
		"/v1/events/evt_404":                      "No such event: 'evt_404'",
		"/v1/events?ending_before=evt_404":        "No such event: 'evt_404'",
		"/v1/events?type=a&types[]=b":             "You may only specify one of these parameters: type, types.",
		"/v1/events?created=yesterday":            "Invalid integer: yesterday",
		"/v1/events?created[gte]=x":               "Invalid integer: x",
		"/v1/events?created=":                     "You passed an empty string for 'created'.",
		"/v1/events?type=":                        "You passed an empty string for 'type'.",
		"/v1/events?delivery_success=maybe":       "Invalid boolean: maybe",
		"/v1/events?" + manyTypes(21):             "You can list at most 20 types of events.",
		"/v1/events/" + ids[0] + "?expand[]=data": "stripetest does not model the object behind data",
	} {
		got := get(t, srv, path)
		assert.Contains(t, got.errorField("message"), want, path)
		assert.Contains(t, []int{400, 404}, got.Status, path)
	}
	assert.Equal(t, 200, get(t, srv, "/v1/events?"+manyTypes(20)).Status)

	now = now.Add(30 * 24 * time.Hour)
	assert.Equal(t, ids[2:], eventIDs(t, api, ""), "of 30 days")
	now = now.Add(time.Second)
	assert.Empty(t, eventIDs(t, api, ""))
	assert.Equal(t, 404, get(t, srv, "/v1/events/"+ids[3]).Status)
}

func manyTypes(n int) string {
	types := url.Values{}
	for range n {
		types.Add("types[]", "source.failed")
	}
	return types.Encode()
}

func TestListCustomers(t *testing.T) {
	now := time.Date(2026, 8, 26, 12, 0, 0, 0, time.UTC)
	srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return now }))
	for _, id := range []string{"cus_c", "cus_a", "cus_b"} { // in one second
		srv.AddCustomer(id)
	}
	post(t, srv, "/v1/customers/cus_a", "email", "jenny@example.com")
	now = now.Add(time.Second)
	fresh, _ := post(t, srv, "/v1/customers", "email", "jenny@example.com").Body["id"].(string)
	require.NotEmpty(t, fresh)
	srv.Connect("acct_1").AddCustomer("cus_theirs")

	list := func(query string) []string {
		got := get(t, srv, "/v1/customers?"+query)
		require.Equal(t, 200, got.Status, query)
		ids := []string{}
		for _, each := range got.Body["data"].([]any) {
			ids = append(ids, each.(map[string]any)["id"].(string))
		}
		return ids
	}
	assert.Equal(t, []string{fresh, "cus_b", "cus_a", "cus_c"}, list(""), "newest first")
	assert.Equal(t, []string{"cus_a", "cus_c"}, list("starting_after=cus_b"))
	assert.Equal(t, []string{"cus_b", "cus_a"}, list("ending_before=cus_c&limit=2"))
	assert.Equal(t, []string{fresh, "cus_a"}, list("email=jenny@example.com"))
	assert.Empty(t, list("email=JENNY@example.com"), "it is case-sensitive")
	assert.Equal(t, []string{"cus_a"}, list("email=jenny@example.com&starting_after=cus_b"), "the cursor need not have the address")
	assert.Equal(t, []string{fresh}, list("created[gt]=1787745600"))
	assert.Equal(t, []string{"cus_b", "cus_a", "cus_c"}, list("created=1787745600"))

	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	srv.AddCustomer("cus_late")
	require.NoError(t, srv.Restore(snapshot))
	require.Equal(t, 200, del(t, srv, "/v1/customers/cus_a").Status)
	srv.AddCustomer("cus_0")
	assert.Equal(t, []string{"cus_0", fresh, "cus_b", "cus_c"}, list(""), "without the deleted one")
	assert.Contains(t, get(t, srv, "/v1/customers?starting_after=cus_a").errorField("message"), "No such customer: 'cus_a'")
	for query, want := range map[string]string{
		"test_clock=clock_1": "does not model", "email=": "You passed an empty string for 'email'.", "created=x": "Invalid integer: x",
	} {
		got := get(t, srv, "/v1/customers?"+query)
		assert.Equal(t, 400, got.Status, query)
		assert.Contains(t, got.errorField("message"), want, query)
	}
}

func TestListPaymentIntentsByTime(t *testing.T) {
	now := time.Date(2026, 8, 26, 12, 0, 0, 0, time.UTC)
	srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return now }))
	srv.AddCustomer("cus_1")
	first := srv.AddPaymentIntent("cus_1", "eur", 100)
	now = now.Add(time.Second)
	second := srv.AddPaymentIntent("cus_1", "eur", 100)
	for query, want := range map[string]string{"created=1787745600": first, "created[gt]=1787745600&ending_before=" + first: second} {
		data, _ := get(t, srv, "/v1/payment_intents?"+query).Body["data"].([]any)
		require.Len(t, data, 1, query)
		assert.Equal(t, want, data[0].(map[string]any)["id"], query)
	}
	assert.Equal(t, 400, get(t, srv, "/v1/payment_intents?created=x").Status)
}

// What an endpoint has not taken, and what it has, and what changes the one into the other.
func TestListEventsByDelivery(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.Fund("cus_1", "eur", 1) // before there is a webhook: nobody lacks it
	status := 503
	end := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	srv.AddWebhook(stripetest.Webhook{
		URL: "https://example.com", Handler: end, Secrets: []string{secret}, Retries: []time.Duration{},
		Types: []webhook.EventType{webhook.CashBalanceFundsAvailable},
	})
	api := srv.Client()
	owed := func() []string { return eventIDs(t, api, "", "delivery_success", "false") }
	assert.Empty(t, owed())

	srv.Fund("cus_1", "eur", 2)
	made := srv.Events()
	id := made[3].ID
	assert.Equal(t, []string{id}, owed(), "it is still to be delivered")
	srv.Deliver(t.Context())
	assert.Equal(t, []string{id}, owed(), "no try is left")
	assert.Equal(t, []string{made[0].ID, made[1].ID, made[2].ID}, eventIDs(t, api, "", "delivery_success", "true"))

	status = 200
	srv.Resend(id)
	assert.Equal(t, []string{id}, owed())
	srv.Deliver(t.Context())
	assert.Empty(t, owed())

	status = 503
	srv.Fund("cus_1", "eur", 3)
	srv.Deliver(t.Context())
	require.Len(t, owed(), 1)
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	require.NoError(t, srv.Restore(snapshot))
	assert.Empty(t, owed(), "webhooks are no part of a snapshot")
}
