package card_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/h2non/gock.v1"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
)

const key = "sk_test_contract"

func newClient(t *testing.T, opts ...stripecash.Option) *card.Client {
	t.Helper()
	api, err := stripecash.NewClient(key, opts...)
	require.NoError(t, err)
	return card.New(api)
}

func fixture(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(data)
}

// expect answers one request, and only the one that is all of this to the letter.
func expect(method, target, body string) *gock.Response {
	request := gock.New("https://api.stripe.com").
		MatchHeader("Authorization", "^Bearer "+key+"$").
		MatchHeader("Stripe-Version", "^"+stripecash.APIVersion+"$")
	request.Method = method
	if method == http.MethodPost {
		request.MatchHeader("Content-Type", "^application/x-www-form-urlencoded$").
			MatchHeader("Idempotency-Key", "^[A-Z2-7]{26}$")
	}
	return request.AddMatcher(func(req *http.Request, _ *gock.Request) (bool, error) {
		var got []byte
		if req.Body != nil {
			var err error
			if got, err = io.ReadAll(req.Body); err != nil {
				return false, err
			}
			req.Body = io.NopCloser(bytes.NewReader(got))
		}
		keyed := len(req.Header.Values("Idempotency-Key")) > 0
		return req.URL.RequestURI() == target && string(got) == body && keyed == (method == http.MethodPost), nil
	}).Reply(http.StatusOK)
}

func customerCard() *card.Card {
	return &card.Card{
		ID: "card_1NGTaT2eZvKYlo2CZWSctn5n", Object: "card",
		Customer: stripecash.Ref{ID: "cus_9s6XGDTHzA66Po"}, Metadata: stripecash.Metadata{"order": "6735"},
		Brand: card.BrandCartesBancaires, Country: "FR", ExpMonth: 8, ExpYear: 2034, Fingerprint: "Xt5EWLLDS7FJjR1c",
		Funding: card.FundingCredit, Last4: "1001", DynamicLast4: "4242",
		Networks:           &card.Networks{Preferred: card.NetworkCartesBancaires},
		RegulatedStatus:    card.RegulatedStatusUnregulated,
		TokenizationMethod: card.TokenizationMethodApplePay,
		Name:               "Jenny Rosen",
		AddressLine1:       "Torstraße 1", AddressLine1Check: card.CheckPass, AddressLine2: "Hinterhaus",
		AddressCity: "Berlin", AddressState: "BE", AddressZip: "10119", AddressZipCheck: card.CheckUnchecked,
		AddressCountry: "DE", CVCCheck: card.CheckPass, AllowRedisplay: card.AllowRedisplayUnspecified,
	}
}

func accountCard() *card.Card {
	return &card.Card{
		ID: "card_1NAz2x2eZvKYlo2C75wJ1YUs", Object: "card",
		Account: stripecash.Ref{ID: "acct_1032D82eZvKYlo2C"}, Metadata: stripecash.Metadata{},
		Brand: card.BrandVisa, Country: "US", ExpMonth: 8, ExpYear: 2034, Fingerprint: "Xt5EWLLDS7FJjR1c",
		Funding: card.FundingDebit, Last4: "5556", CVCCheck: card.CheckUnavailable,
		Currency: stripecash.CurrencyUSD, DefaultForCurrency: true, Status: card.StatusNew,
		AvailablePayoutMethods: []card.PayoutMethod{card.PayoutMethodStandard, card.PayoutMethodInstant},
	}
}

func details() *card.Details {
	return &card.Details{
		Number: card.NewSecret("4242424242424242"), ExpMonth: 8, ExpYear: 2034, CVC: card.NewSecret("314"),
	}
}

func TestCreate(t *testing.T) {
	full := details()
	full.Name, full.AddressLine1, full.AddressLine2 = "Jenny Rosen", "Torstraße 1", "Hinterhaus"
	full.AddressCity, full.AddressState, full.AddressZip, full.AddressCountry = "Berlin", "BE", "10119", "DE"
	full.Encrypted, full.SwipeData = card.NewSecret("enc"), card.NewSecret("%B4242")
	full.NetworkToken = &card.NetworkToken{Number: card.NewSecret("4000")}
	payout := details()
	payout.Currency = stripecash.CurrencyUSD

	tests := []struct {
		name     string
		owner    card.Owner
		params   *card.CreateParams
		opts     []stripecash.CallOption
		fixture  string
		wantPath string
		wantBody string
		want     *card.Card
	}{
		{
			name:  "a customer's, from a token",
			owner: card.Customer("cus_1"), params: &card.CreateParams{Token: "tok_visa"},
			wantPath: "/v1/customers/cus_1/sources", wantBody: "source=tok_visa",
		},
		{
			name:  "a customer's, from details, with metadata and expansion",
			owner: card.Customer("cus_1"),
			params: &card.CreateParams{
				Details: details(), Metadata: stripecash.Metadata{"order": "6735"},
			},
			opts:     []stripecash.CallOption{stripecash.WithExpand("customer")},
			wantPath: "/v1/customers/cus_1/sources",
			wantBody: "expand%5B%5D=customer&metadata%5Border%5D=6735&source%5Bcvc%5D=314&source%5Bexp_month%5D=8" +
				"&source%5Bexp_year%5D=2034&source%5Bnumber%5D=4242424242424242&source%5Bobject%5D=card",
		},
		{
			name:  "a customer's, with every detail",
			owner: card.Customer("cus_1"), params: &card.CreateParams{Details: full},
			wantPath: "/v1/customers/cus_1/sources",
			wantBody: "source%5Baddress_city%5D=Berlin&source%5Baddress_country%5D=DE" +
				"&source%5Baddress_line1%5D=Torstra%C3%9Fe+1&source%5Baddress_line2%5D=Hinterhaus" +
				"&source%5Baddress_state%5D=BE&source%5Baddress_zip%5D=10119&source%5Bcvc%5D=314" +
				"&source%5Bencrypted%5D=enc&source%5Bexp_month%5D=8&source%5Bexp_year%5D=2034" +
				"&source%5Bname%5D=Jenny+Rosen&source%5Bnetwork_token%5D%5Bnumber%5D=4000" +
				"&source%5Bnumber%5D=4242424242424242&source%5Bobject%5D=card&source%5Bswipe_data%5D=%25B4242",
		},
		{
			name:  "an account's, from a token",
			owner: card.Account("acct_1"),
			params: &card.CreateParams{
				Token: "tok_visa_debit", DefaultForCurrency: true, Metadata: stripecash.Metadata{"a": "b"},
			},
			fixture:  "account.json",
			wantPath: "/v1/accounts/acct_1/external_accounts",
			wantBody: "default_for_currency=true&external_account=tok_visa_debit&metadata%5Ba%5D=b",
			want:     accountCard(),
		},
		{
			name:  "an account's, from details",
			owner: card.Account("acct_1"), params: &card.CreateParams{Details: payout},
			fixture:  "account.json",
			wantPath: "/v1/accounts/acct_1/external_accounts",
			wantBody: "external_account%5Bcurrency%5D=usd&external_account%5Bcvc%5D=314&external_account%5Bexp_month%5D=8" +
				"&external_account%5Bexp_year%5D=2034&external_account%5Bnumber%5D=4242424242424242" +
				"&external_account%5Bobject%5D=card",
			want: accountCard(),
		},
		{
			name:  "a recipient's, from a token",
			owner: card.Recipient("rp_1"),
			params: &card.CreateParams{
				Token: "tok_visa_debit", Metadata: stripecash.Metadata{"a": "b"},
			},
			wantPath: "/v1/recipients/rp_1/cards", wantBody: "card=tok_visa_debit&metadata%5Ba%5D=b",
		},
		{
			name:  "a recipient's, from details without a CVC",
			owner: card.Recipient("rp_1"),
			params: &card.CreateParams{
				Details: &card.Details{Number: card.NewSecret("4000056655665556"), ExpMonth: 12, ExpYear: 2034},
			},
			wantPath: "/v1/recipients/rp_1/cards",
			wantBody: "card%5Bexp_month%5D=12&card%5Bexp_year%5D=2034&card%5Bnumber%5D=4000056655665556",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodPost, tt.wantPath, tt.wantBody).
				BodyString(fixture(t, cmp.Or(tt.fixture, "customer.json")))

			got, err := newClient(t).Create(t.Context(), tt.owner, tt.params, tt.opts...)
			require.NoError(t, err)
			assert.Equal(t, cmp.Or(tt.want, customerCard()), got)
			assert.True(t, gock.IsDone())
		})
	}
}

// one is a card's path for each kind of owner.
func one() map[string]card.Owner {
	return map[string]card.Owner{
		"/v1/customers/cus_1/sources/card_1":           card.Customer("cus_1"),
		"/v1/accounts/acct_1/external_accounts/card_1": card.Account("acct_1"),
		"/v1/recipients/rp_1/cards/card_1":             card.Recipient("rp_1"),
	}
}

func TestGet(t *testing.T) {
	for path, owner := range one() {
		t.Run(path, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodGet, path, "").BodyString(fixture(t, "customer.json"))

			got, err := newClient(t).Get(t.Context(), owner, "card_1")
			require.NoError(t, err)
			assert.Equal(t, customerCard(), got)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestGetExpanded(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodGet, "/v1/customers/cus_1/sources/card_1?expand%5B%5D=customer", "").
		BodyString(`{"id":"card_1","object":"card","customer":{"id":"cus_1","object":"customer","balance":7}}`)

	got, err := newClient(t).Get(t.Context(), card.Customer("cus_1"), "card_1", stripecash.WithExpand("customer"))
	require.NoError(t, err)
	assert.Equal(t, "cus_1", got.Customer.ID)
	assert.JSONEq(t, `{"id":"cus_1","object":"customer","balance":7}`, string(got.Customer.Raw))
}

func TestUpdate(t *testing.T) {
	for path, owner := range one() {
		t.Run(path, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodPost, path, "").BodyString(fixture(t, "customer.json"))

			got, err := newClient(t).Update(t.Context(), owner, "card_1", nil)
			require.NoError(t, err)
			assert.Equal(t, customerCard(), got)
			assert.True(t, gock.IsDone())
		})
	}

	tests := []struct {
		name     string
		owner    card.Owner
		params   *card.UpdateParams
		wantBody string
	}{
		{name: "nothing", params: &card.UpdateParams{}},
		{name: "set", params: &card.UpdateParams{Name: new("Jenny Rosen")}, wantBody: "name=Jenny+Rosen"},
		{name: "clear", params: &card.UpdateParams{Name: new("")}, wantBody: "name="},
		{name: "set metadata", params: &card.UpdateParams{Metadata: stripecash.Metadata{"k": "v"}}, wantBody: "metadata%5Bk%5D=v"},
		{name: "clear one key", params: &card.UpdateParams{Metadata: stripecash.Metadata{"k": ""}}, wantBody: "metadata%5Bk%5D="},
		{name: "clear all metadata", params: &card.UpdateParams{Metadata: stripecash.Metadata{}}, wantBody: "metadata="},
		{
			name: "everything",
			params: &card.UpdateParams{
				ExpMonth: 1, ExpYear: 2040, Name: new("n"), AddressLine1: new("1"), AddressLine2: new("2"),
				AddressCity: new("c"), AddressState: new("s"), AddressZip: new("z"), AddressCountry: new("DE"),
			},
			wantBody: "address_city=c&address_country=DE&address_line1=1&address_line2=2&address_state=s&address_zip=z" +
				"&exp_month=1&exp_year=2040&name=n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodPost, "/v1/customers/cus_1/sources/card_1", tt.wantBody).BodyString(fixture(t, "customer.json"))

			_, err := newClient(t).Update(t.Context(), card.Customer("cus_1"), "card_1", tt.params)
			require.NoError(t, err)
			assert.True(t, gock.IsDone())
		})
	}

	t.Run("make it an account's default", func(t *testing.T) {
		defer gock.OffAll()
		expect(http.MethodPost, "/v1/accounts/acct_1/external_accounts/card_1", "default_for_currency=true").
			BodyString(fixture(t, "account.json"))

		got, err := newClient(t).Update(t.Context(), card.Account("acct_1"), "card_1", &card.UpdateParams{DefaultForCurrency: true})
		require.NoError(t, err)
		assert.Equal(t, accountCard(), got)
		assert.True(t, gock.IsDone())
	})
}

func TestDelete(t *testing.T) {
	for path, owner := range one() {
		t.Run(path, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodDelete, path, "").
				BodyString(`{"id":"card_1","object":"card","deleted":true,"currency":"usd"}`)

			got, err := newClient(t).Delete(t.Context(), owner, "card_1")
			require.NoError(t, err)
			assert.Equal(t, &card.Deleted{ID: "card_1", Object: "card", Deleted: true, Currency: "usd"}, got)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestList(t *testing.T) {
	tests := []struct {
		name  string
		owner card.Owner
		want  string
	}{
		{"of a customer", card.Customer("cus_1"), "/v1/customers/cus_1/sources?limit=1&object=card&starting_after=card_0"},
		{"of an account", card.Account("acct_1"), "/v1/accounts/acct_1/external_accounts?limit=1&object=card&starting_after=card_0"},
		{"of a recipient", card.Recipient("rp_1"), "/v1/recipients/rp_1/cards?limit=1&starting_after=card_0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodGet, tt.want, "").
				BodyString(`{"object":"list","url":"/v1/x","has_more":true,"data":[` + fixture(t, "customer.json") + `]}`)

			got, err := newClient(t).List(t.Context(), tt.owner, &stripecash.ListParams{Limit: 1, StartingAfter: "card_0"})
			require.NoError(t, err)
			assert.Equal(t, &stripecash.Page[card.Card]{
				Object: "list", URL: "/v1/x", HasMore: true, Data: []*card.Card{customerCard()},
			}, got)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestAll(t *testing.T) {
	tests := []struct {
		name  string
		owner card.Owner
		want  string
	}{
		{"of a customer", card.Customer("cus_1"), "/v1/customers/cus_1/sources?limit=100&object=card"},
		{"of an account", card.Account("acct_1"), "/v1/accounts/acct_1/external_accounts?limit=100&object=card"},
		{"of a recipient", card.Recipient("rp_1"), "/v1/recipients/rp_1/cards?limit=100"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodGet, tt.want, "").
				BodyString(`{"object":"list","has_more":true,"data":[{"id":"card_2","object":"card"}]}`)
			expect(http.MethodGet, tt.want+"&starting_after=card_2", "").
				BodyString(`{"object":"list","has_more":false,"data":[{"id":"card_1","object":"card"}]}`)

			var got []string
			for c, err := range newClient(t).All(t.Context(), tt.owner, nil) {
				require.NoError(t, err)
				got = append(got, c.ObjectID())
			}
			assert.Equal(t, []string{"card_2", "card_1"}, got)
			assert.True(t, gock.IsDone())
		})
	}
}

// The fixture has every property of Stripe's specification, each with a value of its own: a field that is missing,
// misspelled or of another type does not come back.
func TestEveryProperty(t *testing.T) {
	var c card.Card
	require.NoError(t, json.Unmarshal([]byte(fixture(t, "every.json")), &c))
	got, err := json.Marshal(&c)
	require.NoError(t, err)
	assert.JSONEq(t, fixture(t, "every.json"), string(got))
	assert.Equal(t, c.Object, c.ObjectName())
}
