package transaction_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/h2non/gock.v1"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/transaction"
)

const key = "sk_test_contract"

func newClient(t *testing.T) *transaction.Client {
	t.Helper()
	api, err := stripecash.NewClient(key, stripecash.WithMaxRetries(0))
	require.NoError(t, err)
	return transaction.New(api)
}

// exactBody matches a form body to the letter; gock's own matcher does not take forms.
func exactBody(want string) gock.MatchFunc {
	return func(req *http.Request, _ *gock.Request) (bool, error) {
		body, err := io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(body))
		return string(body) == want, err
	}
}

// get expects a GET of a path, with the headers that every GET has and an exact query.
func get(path, query string) *gock.Request {
	return gock.New("https://api.stripe.com").Get("^"+path+"$").
		MatchHeader("Authorization", "^Bearer "+key+"$").
		MatchHeader("Stripe-Version", "^"+stripecash.APIVersion+"$").
		AddMatcher(func(req *http.Request, _ *gock.Request) (bool, error) {
			return req.URL.RawQuery == query && len(req.Header.Values("Idempotency-Key")) == 0, nil
		})
}

func TestGet(t *testing.T) {
	defer gock.OffAll()
	get("/v1/customers/cus_1/cash_balance_transactions/ccsbtxn_8", "expand%5B%5D=customer").
		Reply(http.StatusOK).BodyString(`{"id":"ccsbtxn_8","object":"customer_cash_balance_transaction","created":1700000008,
			"currency":"eur","customer":"cus_1","ending_balance":-300,"livemode":false,"net_amount":-1000,"type":"funding_reversed"}`)

	got, err := newClient(t).Get(t.Context(), "cus_1", "ccsbtxn_8", stripecash.WithExpand("customer"))
	require.NoError(t, err)
	assert.Equal(t, base("ccsbtxn_8", 1700000008, transaction.TypeFundingReversed, -1000, -300), got)
	assert.Equal(t, got.Object, got.ObjectName())
	assert.True(t, gock.IsDone())
}

func TestList(t *testing.T) {
	defer gock.OffAll()
	get("/v1/customers/cus_1/cash_balance_transactions", "limit=9&starting_after=ccsbtxn_10").
		Reply(http.StatusOK).BodyString(fixture(t, "list.json"))

	got, err := newClient(t).List(t.Context(), "cus_1", &stripecash.ListParams{Limit: 9, StartingAfter: "ccsbtxn_10"})
	require.NoError(t, err)
	assert.Equal(t, &stripecash.Page[transaction.Transaction]{
		Object: "list", URL: "/v1/customers/cus_1/cash_balance_transactions", Data: wantList(),
	}, got)
	assert.True(t, gock.IsDone())
}

func TestAll(t *testing.T) {
	defer gock.OffAll()
	const path = "/v1/customers/cus_1/cash_balance_transactions"
	get(path, "limit=100").Reply(http.StatusOK).
		BodyString(`{"object":"list","has_more":true,"url":"` + path + `","data":[{"id":"ccsbtxn_3"},{"id":"ccsbtxn_2"}]}`)
	get(path, "limit=100&starting_after=ccsbtxn_2").Reply(http.StatusOK).
		BodyString(`{"object":"list","has_more":false,"url":"` + path + `","data":[{"id":"ccsbtxn_1"}]}`)

	var got []string
	for transaction, err := range newClient(t).All(t.Context(), "cus_1", nil) {
		require.NoError(t, err)
		got = append(got, transaction.ID)
	}
	assert.Equal(t, []string{"ccsbtxn_3", "ccsbtxn_2", "ccsbtxn_1"}, got)
	assert.True(t, gock.IsDone())
}

func TestFollow(t *testing.T) {
	defer gock.OffAll()
	const path = "/v1/customers/cus_1/cash_balance_transactions"
	get(path, "ending_before=ccsbtxn_1&limit=100").MatchHeader("Stripe-Account", "^acct_1$").Reply(http.StatusOK).
		BodyString(`{"object":"list","has_more":true,"url":"` + path + `","data":[{"id":"ccsbtxn_3"},{"id":"ccsbtxn_2"}]}`)
	get(path, "ending_before=ccsbtxn_3&limit=100").MatchHeader("Stripe-Account", "^acct_1$").Reply(http.StatusOK).
		BodyString(`{"object":"list","has_more":false,"url":"` + path + `","data":[{"id":"ccsbtxn_4"}]}`)

	var got []string
	for transaction, err := range newClient(t).Follow(t.Context(), "cus_1", "ccsbtxn_1", stripecash.WithAccount("acct_1")) {
		require.NoError(t, err)
		got = append(got, transaction.ID)
	}
	assert.Equal(t, []string{"ccsbtxn_2", "ccsbtxn_3", "ccsbtxn_4"}, got)
	assert.True(t, gock.IsDone())
}

func TestFund(t *testing.T) {
	defer gock.OffAll()
	gock.New("https://api.stripe.com").Post("^/v1/test_helpers/customers/cus_1/fund_cash_balance$").
		MatchHeader("Authorization", "^Bearer "+key+"$").
		MatchHeader("Stripe-Version", "^"+stripecash.APIVersion+"$").
		MatchHeader("Content-Type", "^application/x-www-form-urlencoded$").
		MatchHeader("Idempotency-Key", "^order-17$").
		AddMatcher(exactBody("amount=10000&currency=eur&reference=INV-17")).
		Reply(http.StatusOK).BodyString(`{"id":"ccsbtxn_1","object":"customer_cash_balance_transaction","created":1700000001,
			"currency":"eur","customer":"cus_1","ending_balance":10000,"livemode":false,"net_amount":10000,"type":"funded",
			"funded":{"bank_transfer":{"type":"mx_bank_transfer","reference":"INV-17"}}}`)

	got, err := newClient(t).Fund(t.Context(), "cus_1",
		&transaction.FundParams{Amount: 100_00, Currency: stripecash.CurrencyEUR, Reference: "INV-17"},
		stripecash.WithIdempotencyKey("order-17"))
	require.NoError(t, err)
	want := base("ccsbtxn_1", 1700000001, transaction.TypeFunded, 100_00, 100_00)
	want.Funded = &transaction.Funded{BankTransfer: transaction.BankTransfer{Type: transaction.BankTransferTypeMX, Reference: "INV-17"}}
	assert.Equal(t, want, got)
	assert.True(t, gock.IsDone())
}

func TestRefusedBeforeTheWire(t *testing.T) {
	const (
		one  = "stripecash: GET /v1/customers/{customer}/cash_balance_transactions/{transaction}: "
		list = "stripecash: GET /v1/customers/{customer}/cash_balance_transactions: "
		fund = "stripecash: POST /v1/test_helpers/customers/{customer}/fund_cash_balance: "
	)
	tests := []struct {
		name string
		call func(*transaction.Client) error
		want string
	}{
		{"get without a customer", func(c *transaction.Client) error {
			_, err := c.Get(t.Context(), "", "ccsbtxn_1")
			return err
		}, one + "the ID for {customer} is empty"},
		{"get without an ID", func(c *transaction.Client) error {
			_, err := c.Get(t.Context(), "cus_1", "")
			return err
		}, one + "the ID for {transaction} is empty"},
		{"list past the limit", func(c *transaction.Client) error {
			_, err := c.List(t.Context(), "cus_1", &stripecash.ListParams{Limit: 101})
			return err
		}, list + "limit is 101; it must be 1 to 100"},
		{"list with both cursors", func(c *transaction.Client) error {
			_, err := c.List(t.Context(), "cus_1", &stripecash.ListParams{StartingAfter: "a", EndingBefore: "b"})
			return err
		}, list + `starting_after "a" and ending_before "b" exclude each other; give one of them`},
		{"all past the limit", func(c *transaction.Client) error {
			for _, err := range c.All(t.Context(), "cus_1", &stripecash.ListParams{Limit: -1}) {
				return err
			}
			return nil
		}, list + "limit is -1; it must be 1 to 100"},
		{"fund without params", func(c *transaction.Client) error {
			_, err := c.Fund(t.Context(), "cus_1", nil)
			return err
		}, fund + "no FundParams: amount and currency are required"},
		{"fund nothing", func(c *transaction.Client) error {
			_, err := c.Fund(t.Context(), "cus_1", &transaction.FundParams{Currency: "eur"})
			return err
		}, fund + "amount is 0; it must be at least 1, in the currency's smallest unit"},
		{"fund in no currency", func(c *transaction.Client) error {
			_, err := c.Fund(t.Context(), "cus_1", &transaction.FundParams{Amount: 1})
			return err
		}, fund + "currency is empty; it is required"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			gock.Intercept() // with no mock, any request would be an error of gock's
			require.EqualError(t, tt.call(newClient(t)), tt.want)
			assert.False(t, gock.HasUnmatchedRequest())
		})
	}
}
