package stripetest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func add(t *testing.T, srv *stripetest.Server, token string) string {
	t.Helper()
	got := post(t, srv, sourcesPath, "source", token)
	require.Equal(t, http.StatusOK, got.Status, got.Text)
	return got.Body["id"].(string)
}

func TestDefaultSource(t *testing.T) {
	srv := in2026()
	defaultSource := func() any { return get(t, srv, "/v1/customers/cus_1").Body["default_source"] }
	assert.Nil(t, defaultSource())
	first, second, third := add(t, srv, "tok_visa"), add(t, srv, "tok_mastercard"), add(t, srv, "tok_amex")
	assert.Equal(t, first, defaultSource(), "the first one stays the default")

	deleted := del(t, srv, sourcesPath+"/"+second)
	assert.Equal(t, map[string]any{"id": second, "object": "card", "deleted": true}, deleted.Body)
	assert.Equal(t, first, defaultSource())
	fourth := add(t, srv, "tok_jcb")
	del(t, srv, sourcesPath+"/"+first)
	assert.Equal(t, fourth, defaultSource(), "the most recently added one follows")
	post(t, srv, "/v1/customers/cus_1", "default_source", third)
	assert.Equal(t, third, defaultSource())
	del(t, srv, "/v1/customers/cus_1/cards/"+third)
	assert.Equal(t, fourth, defaultSource())
	del(t, srv, sourcesPath+"/"+fourth)
	assert.Nil(t, defaultSource())
	assert.Equal(t, add(t, srv, "tok_visa"), defaultSource())

	gone := del(t, srv, sourcesPath+"/"+fourth)
	assert.Equal(t, http.StatusNotFound, gone.Status)
	assert.Equal(t, "resource_missing", gone.errorField("code"))
	assert.Equal(t, "No such source: '"+fourth+"'", gone.errorField("message"))
	assert.Equal(t, "id", gone.errorField("param"))
}

func TestCustomerUpdateReplacesTheDefault(t *testing.T) {
	srv := in2026()
	first, second := add(t, srv, "tok_visa"), add(t, srv, "tok_mastercard")
	updated := post(t, srv, "/v1/customers/cus_1", "source", "tok_amex", "expand[]", "default_source", "expand[]", "sources")
	require.Equal(t, http.StatusOK, updated.Status, updated.Text)
	fresh := updated.Body["default_source"].(map[string]any)
	assert.Equal(t, "American Express", fresh["brand"])
	sources := updated.Body["sources"].(map[string]any)
	assert.Equal(t, "/v1/customers/cus_1/sources", sources["url"])
	assert.Equal(t, false, sources["has_more"])
	assert.Equal(t, "list", sources["object"])
	assert.Equal(t, []string{fresh["id"].(string), second}, get(t, srv, sourcesPath).ids(), "the old default is deleted")
	assert.Equal(t, []string{"customer.source.created", "customer.source.created", "customer.source.created", "customer.source.deleted"},
		eventTypes(srv.Account))
	assert.Equal(t, first, lastEvent(t, srv.Account)["object"].(map[string]any)["id"])

	created := post(t, srv, "/v1/customers", rawCard("source", "4242424242424242")...)
	require.Equal(t, http.StatusOK, created.Status, created.Text)
	cards := get(t, srv, "/v1/customers/"+created.Body["id"].(string)+"/cards")
	assert.Equal(t, []string{created.Body["default_source"].(string)}, cards.ids())
	assert.Equal(t, created.Body["id"], cards.Body["data"].([]any)[0].(map[string]any)["customer"])
}

// What is chosen stays, also when it was the default that something new would have replaced.
func TestCustomerUpdateKeepsWhatItChooses(t *testing.T) {
	srv := in2026()
	first := add(t, srv, "tok_visa")
	updated := post(t, srv, "/v1/customers/cus_1", "bank_account", "btok_us", "default_source", first)
	require.Equal(t, http.StatusOK, updated.Status, updated.Text)
	assert.Equal(t, first, updated.Body["default_source"])
	ids := get(t, srv, sourcesPath).ids()
	require.Len(t, ids, 2)
	assert.Equal(t, first, ids[1])
	made := post(t, srv, sourcesPath, "bank_account[country]", "US", "bank_account[account_number]", "000999999991",
		"bank_account[routing_number]", "110000000")
	assert.Equal(t, "bank_account", made.Body["object"], made.Text)
}

// A customer shows the first page of its payment sources.
func TestCustomerShowsSources(t *testing.T) {
	srv := in2026()
	var ids []string
	shown := func() map[string]any {
		return part(get(t, srv, "/v1/customers/cus_1?expand[]=sources").Body, "sources")
	}
	for range 10 {
		ids = append([]string{add(t, srv, "tok_visa")}, ids...)
	}
	assert.Equal(t, ids, answer{Body: shown()}.ids())
	assert.Equal(t, false, shown()["has_more"])
	ids = append([]string{add(t, srv, "tok_visa")}, ids...)
	assert.Equal(t, ids[:10], answer{Body: shown()}.ids())
	assert.Equal(t, true, shown()["has_more"])
}

func TestCustomerUpdateRefused(t *testing.T) {
	srv := in2026()
	visa := add(t, srv, "tok_visa")
	bank := add(t, srv, "btok_us")
	for _, pairs := range [][]string{
		{"default_source", "card_x"}, {"default_card", bank}, {"default_bank_account", visa}, {"source", "tok_x"},
		{"source", "tok_visa", "card", "tok_visa"},
	} {
		got := post(t, srv, "/v1/customers/cus_1", append(pairs, "name", "half done")...)
		assert.Equal(t, http.StatusBadRequest, got.Status, got.Text)
		assert.Equal(t, pairs[0], got.errorField("param"))
	}
	customer := get(t, srv, "/v1/customers/cus_1").Body
	assert.Nil(t, customer["name"])
	assert.Equal(t, visa, customer["default_source"])
	assert.Equal(t, bank, post(t, srv, "/v1/customers/cus_1", "default_bank_account", bank).Body["default_source"])
	assert.Equal(t, visa, post(t, srv, "/v1/customers/cus_1", "default_card", visa).Body["default_source"])
}

func TestListCustomerSources(t *testing.T) {
	srv := in2026()
	a, bank, b, c := add(t, srv, "tok_visa"), add(t, srv, "btok_us"), add(t, srv, "tok_visa"), add(t, srv, "tok_amex")
	tests := []struct {
		name, url   string
		want        []string
		wantHasMore bool
	}{
		{"all, newest first", sourcesPath, []string{c, b, bank, a}, false},
		{"cards", sourcesPath + "?object=card", []string{c, b, a}, false},
		{"bank accounts", sourcesPath + "?object=bank_account", []string{bank}, false},
		{"sources", sourcesPath + "?object=source", nil, false},
		{"the older spelling", "/v1/customers/cus_1/cards", []string{c, b, a}, false},
		{"limit", sourcesPath + "?limit=2", []string{c, b}, true},
		{"after", sourcesPath + "?limit=2&starting_after=" + b, []string{bank, a}, false},
		{"before", sourcesPath + "?limit=1&ending_before=" + a, []string{bank}, true},
		{"cards after", sourcesPath + "?object=card&starting_after=" + b, []string{a}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := get(t, srv, tt.url)
			assert.Equal(t, tt.want, got.ids(), got.Text)
			assert.Equal(t, tt.wantHasMore, got.Body["has_more"])
		})
	}
	t.Run("refused", func(t *testing.T) {
		for _, url := range []string{sourcesPath + "?object=cow", sourcesPath + "?limit=0", sourcesPath + "?limit=101",
			sourcesPath + "?starting_after=card_x", "/v1/customers/cus_1/cards?starting_after=" + bank,
			"/v1/customers/cus_1/cards?object=card", sourcesPath + "?object=card&ending_before=" + bank} {
			assert.Equal(t, http.StatusBadRequest, get(t, srv, url).Status, url)
		}
		assert.Equal(t, http.StatusNotFound, get(t, srv, "/v1/customers/cus_404/sources").Status)
		assert.Equal(t, http.StatusNotFound, get(t, srv, "/v1/customers/cus_1/cards/"+bank).Status)
		assert.Equal(t, http.StatusNotFound, del(t, srv, "/v1/customers/cus_1/cards/"+bank).Status)
		srv.AddCustomer("cus_2")
		assert.Equal(t, http.StatusNotFound, get(t, srv, "/v1/customers/cus_2/sources/"+a).Status, "another customer's")
	})
}

func TestExpandSources(t *testing.T) {
	srv := in2026()
	id := add(t, srv, "tok_visa")
	got := get(t, srv, sourcesPath+"/"+id+"?expand[]=customer.default_source.customer")
	customer := got.Body["customer"].(map[string]any)
	inner := customer["default_source"].(map[string]any)
	assert.Equal(t, id, inner["id"])
	assert.Equal(t, "cus_1", inner["customer"].(map[string]any)["id"])
	got = get(t, srv, "/v1/customers/cus_1?expand[]=sources.data.customer")
	data := got.Body["sources"].(map[string]any)["data"].([]any)
	assert.Equal(t, "customer", data[0].(map[string]any)["customer"].(map[string]any)["object"])
	assert.NotContains(t, get(t, srv, "/v1/customers/cus_1").Body, "sources")
	assert.Equal(t, http.StatusBadRequest, get(t, srv, sourcesPath+"/"+id+"?expand[]=brand").Status)
	updated := post(t, srv, sourcesPath+"/"+id, "name", "Jenny", "expand[]", "customer")
	assert.Equal(t, "cus_1", part(updated.Body, "customer")["id"], updated.Text)
	assert.Equal(t, http.StatusOK, del(t, srv, sourcesPath+"/"+id+"?expand[]=customer").Status)
}

// TestCardClient drives the emulator with the client, the way a user's test does.
func TestCardClient(t *testing.T) {
	srv := in2026()
	cards, owner := card.New(srv.Client()), card.Customer("cus_1")
	made, err := cards.Create(t.Context(), owner, &card.CreateParams{Token: "tok_visa", Metadata: stripecash.Metadata{"a": "1", "b": "2"}})
	require.NoError(t, err)
	named, err := cards.Update(t.Context(), owner, made.ID, &card.UpdateParams{Name: new("Jenny"), Metadata: stripecash.Metadata{"a": ""}})
	require.NoError(t, err)
	assert.Equal(t, "Jenny", named.Name)
	assert.Equal(t, stripecash.Metadata{"b": "2"}, named.Metadata)
	cleared, err := cards.Update(t.Context(), owner, made.ID, &card.UpdateParams{Name: new(""), Metadata: stripecash.Metadata{}})
	require.NoError(t, err)
	assert.Empty(t, cleared.Name)
	assert.Empty(t, cleared.Metadata)

	_, err = cards.Create(t.Context(), owner, &card.CreateParams{Token: "tok_chargeDeclined"})
	require.ErrorIs(t, err, stripecash.ErrCardDeclined)
	_, err = cards.Create(t.Context(), owner, &card.CreateParams{Token: "btok_us"})
	require.ErrorContains(t, err, "bank_account")
	count := 0
	for one, err := range cards.All(t.Context(), owner, nil) {
		require.NoError(t, err)
		assert.Equal(t, made.ID, one.ID)
		count++
	}
	assert.Equal(t, 1, count, "bank accounts are not among the cards")
	gone, err := cards.Delete(t.Context(), owner, made.ID)
	require.NoError(t, err)
	assert.True(t, gone.Deleted)
	_, err = cards.Get(t.Context(), owner, made.ID)
	assert.ErrorIs(t, err, stripecash.ErrNotFound)
}

func TestExpireCards(t *testing.T) {
	srv := in2026()
	soon := post(t, srv, sourcesPath, rawCard("source", "4242424242424242", "exp_month", "8", "exp_year", "2026")...)
	for _, later := range [][]string{{"exp_month", "9", "exp_year", "2026"}, {"exp_month", "8", "exp_year", "2027"}} {
		require.Equal(t, http.StatusOK, post(t, srv, sourcesPath, rawCard("source", "4242424242424242", later...)...).Status)
	}
	add(t, srv, "btok_us")
	before := len(srv.Events())
	assert.Equal(t, 1, srv.ExpireCards("cus_1"))
	assert.Len(t, srv.Events(), before+1)
	assert.Equal(t, "customer.source.expiring", eventTypes(srv.Account)[before])
	assert.Equal(t, soon.Body, lastEvent(t, srv.Account)["object"])

	source := newSource(t, srv, "type", "card", "card[number]", "4242424242424242", "card[exp_month]", "8", "card[exp_year]", "2026")
	add(t, srv, source["id"].(string))
	add(t, srv, newSource(t, srv, "type", "card", "token", "tok_visa")["id"].(string))
	add(t, srv, sepa(t, srv))
	assert.Equal(t, 2, srv.ExpireCards("cus_1"), "a card may be a source")
	assert.Equal(t, source["id"], lastEvent(t, srv.Account)["object"].(map[string]any)["id"])
	assert.Contains(t, panicText(func() { srv.ExpireCards("cus_404") }), `there is no customer "cus_404"`)
}

// A source need not be chargeable yet.
func TestAttachPendingSource(t *testing.T) {
	srv := in2026()
	for _, pairs := range [][]string{
		{"type", "alipay", "currency", "usd", "usage", "reusable", "redirect[return_url]", returnURL},
		{"type", "sepa_debit", "currency", "eur", "flow", "code_verification"},
		{"type", "ach_credit_transfer", "currency", "usd"},
	} {
		want := newSource(t, srv, pairs...)
		got := post(t, srv, sourcesPath, "source", want["id"].(string))
		require.Equal(t, http.StatusOK, got.Status, got.Text)
		want["customer"] = "cus_1"
		assert.Equal(t, "pending", want["status"])
		assert.Equal(t, want, got.Body)
	}
}

func TestOlderCardsTakeOnlyCards(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	got := post(t, srv, "/v1/customers/cus_1/cards", "source", "btok_us")
	assert.Equal(t, http.StatusBadRequest, got.Status)
	assert.Equal(t, "source", got.errorField("param"))
	assert.Equal(t, http.StatusOK, post(t, srv, "/v1/customers/cus_1/sources", "source", "btok_us").Status, "the token is not used up")
}
