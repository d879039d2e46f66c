package paymentsource_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/h2non/gock.v1"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/paymentsource"
)

const key = "sk_test_contract"

func newClient(t *testing.T, opts ...stripecash.Option) *paymentsource.Client {
	t.Helper()
	api, err := stripecash.NewClient(key, opts...)
	require.NoError(t, err)
	return paymentsource.New(api)
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

func bankAccount() *paymentsource.BankAccount {
	return &paymentsource.BankAccount{
		ID: "ba_1NAinP2eZvKYlo2C7vqBz1zT", Object: "bank_account",
		Customer: stripecash.Ref{ID: "cus_9s6XGDTHzA66Po"}, Metadata: stripecash.Metadata{"order": "6735"},
		Status: paymentsource.StatusVerified, AccountHolderName: "Jane Austen",
		AccountHolderType: paymentsource.HolderTypeCompany, BankName: "STRIPE TEST BANK", Country: "US",
		Currency: stripecash.CurrencyUSD, Fingerprint: "1JWtPxqbdX5Gamtc", Last4: "6789", RoutingNumber: "110000000",
	}
}

func external() *paymentsource.BankAccount {
	const file = "documents.bank_account_ownership_verification.files"
	return &paymentsource.BankAccount{
		ID: "ba_1NB1IV2eZvKYlo2CByiLrMWv", Object: "bank_account",
		Account: stripecash.Ref{ID: "acct_1032D82eZvKYlo2C"}, Metadata: stripecash.Metadata{},
		Status: paymentsource.StatusNew, AccountType: paymentsource.AccountTypeChecking, BankName: "STRIPE TEST BANK",
		Country: "US", Currency: stripecash.CurrencyUSD, Fingerprint: "1JWtPxqbdX5Gamtc", Last4: "6789",
		RoutingNumber:          "110000000",
		AvailablePayoutMethods: []paymentsource.PayoutMethod{paymentsource.PayoutMethodStandard},
		DefaultForCurrency:     true,
		FutureRequirements: &paymentsource.Requirements{
			CurrentlyDue: []string{}, Errors: []paymentsource.RequirementError{}, PastDue: []string{}, PendingVerification: []string{},
		},
		Requirements: &paymentsource.Requirements{
			CurrentlyDue: []string{file},
			Errors: []paymentsource.RequirementError{{
				Code: "verification_document_not_readable", Reason: "The document could not be read.", Requirement: file,
			}},
			PastDue: []string{}, PendingVerification: []string{},
		},
	}
}

// one is a path for each kind of owner.
func one() map[string]paymentsource.Owner {
	return map[string]paymentsource.Owner{
		"/v1/customers/cus_1/sources/ba_1":           paymentsource.Customer("cus_1"),
		"/v1/accounts/acct_1/external_accounts/ba_1": paymentsource.Account("acct_1"),
	}
}

func TestGet(t *testing.T) {
	for path, owner := range one() {
		t.Run(path, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodGet, path, "").BodyString(fixture(t, "bank_account.json"))

			got, err := newClient(t).Get(t.Context(), owner, "ba_1")
			require.NoError(t, err)
			b, ok := got.AsBankAccount()
			require.True(t, ok)
			assert.Equal(t, bankAccount(), b)
			assert.JSONEq(t, fixture(t, "bank_account.json"), string(got.Raw()))
			assert.True(t, gock.IsDone())
		})
	}
}

func TestList(t *testing.T) {
	tests := []struct {
		name  string
		owner paymentsource.Owner
		opts  []stripecash.CallOption
		want  string
	}{
		{name: "of a customer", owner: paymentsource.Customer("cus_1"), want: "/v1/customers/cus_1/sources?limit=3"},
		{name: "of an account", owner: paymentsource.Account("acct_1"), want: "/v1/accounts/acct_1/external_accounts?limit=3"},
		{
			name: "bank accounts only", owner: paymentsource.Customer("cus_1"),
			opts: []stripecash.CallOption{stripecash.WithParam("object", "bank_account")},
			want: "/v1/customers/cus_1/sources?limit=3&object=bank_account",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodGet, tt.want, "").BodyString(`{"object":"list","url":"/v1/x","has_more":true,"data":[` +
				`{"id":"card_1","object":"card"},{"id":"src_1","object":"source"},{"id":"ba_1","object":"bank_account"}]}`)

			got, err := newClient(t).List(t.Context(), tt.owner, &stripecash.ListParams{Limit: 3}, tt.opts...)
			require.NoError(t, err)
			assert.Equal(t, []any{"list", "/v1/x", true}, []any{got.Object, got.URL, got.HasMore})
			var objects []string
			for _, p := range got.Data {
				objects = append(objects, p.Object())
			}
			assert.Equal(t, []string{"card", "source", "bank_account"}, objects)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestAll(t *testing.T) {
	tests := []struct {
		name  string
		owner paymentsource.Owner
		want  string
	}{
		{"of a customer", paymentsource.Customer("cus_1"), "/v1/customers/cus_1/sources?limit=100"},
		{"of an account", paymentsource.Account("acct_1"), "/v1/accounts/acct_1/external_accounts?limit=100"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodGet, tt.want, "").
				BodyString(`{"object":"list","has_more":true,"data":[{"id":"card_1","object":"card"},{"id":"x_1","object":"purse"}]}`)
			expect(http.MethodGet, tt.want+"&starting_after=x_1", "").
				BodyString(`{"object":"list","has_more":false,"data":[{"id":"ba_1","object":"bank_account"}]}`)

			var got []string
			for p, err := range newClient(t).All(t.Context(), tt.owner, nil) {
				require.NoError(t, err)
				got = append(got, p.ID())
			}
			assert.Equal(t, []string{"card_1", "x_1", "ba_1"}, got)
			assert.True(t, gock.IsDone())
		})
	}
}

func details() *paymentsource.BankAccountDetails {
	return &paymentsource.BankAccountDetails{AccountNumber: card.NewSecret("000123456789"), Country: "US"}
}

func TestCreateBankAccount(t *testing.T) {
	customers := details()
	customers.Currency, customers.AccountHolderName = "usd", "Jane Austen"
	customers.AccountHolderType, customers.RoutingNumber = paymentsource.HolderTypeIndividual, "110000000"
	accounts := *customers
	accounts.AccountType = paymentsource.AccountTypeSavings
	accounts.Documents = &paymentsource.DocumentsParams{
		OwnershipVerification: &paymentsource.FilesParams{Files: []string{"file_1", "file_2"}},
	}

	tests := []struct {
		name     string
		owner    paymentsource.Owner
		params   *paymentsource.CreateBankAccountParams
		opts     []stripecash.CallOption
		fixture  string
		wantPath string
		wantBody string
		want     *paymentsource.BankAccount
	}{
		{
			name: "a customer's, from a token, with metadata and expansion", owner: paymentsource.Customer("cus_1"),
			params:   &paymentsource.CreateBankAccountParams{Token: "btok_us", Metadata: stripecash.Metadata{"k": "v"}},
			opts:     []stripecash.CallOption{stripecash.WithExpand("customer")},
			wantPath: "/v1/customers/cus_1/sources", wantBody: "expand%5B%5D=customer&metadata%5Bk%5D=v&source=btok_us",
		},
		{
			name: "a customer's, with every detail", owner: paymentsource.Customer("cus_1"),
			params:   &paymentsource.CreateBankAccountParams{Details: customers},
			wantPath: "/v1/customers/cus_1/sources",
			wantBody: "source%5Baccount_holder_name%5D=Jane+Austen&source%5Baccount_holder_type%5D=individual" +
				"&source%5Baccount_number%5D=000123456789&source%5Bcountry%5D=US&source%5Bcurrency%5D=usd" +
				"&source%5Bobject%5D=bank_account&source%5Brouting_number%5D=110000000",
		},
		{
			name: "an account's, from a token", owner: paymentsource.Account("acct_1"), fixture: "external.json",
			params: &paymentsource.CreateBankAccountParams{
				Token: "btok_us", DefaultForCurrency: true, Metadata: stripecash.Metadata{"k": "v"},
			},
			wantPath: "/v1/accounts/acct_1/external_accounts",
			wantBody: "default_for_currency=true&external_account=btok_us&metadata%5Bk%5D=v",
			want:     external(),
		},
		{
			name: "an account's, with every detail", owner: paymentsource.Account("acct_1"), fixture: "external.json",
			params:   &paymentsource.CreateBankAccountParams{Details: &accounts},
			wantPath: "/v1/accounts/acct_1/external_accounts",
			wantBody: "external_account%5Baccount_holder_name%5D=Jane+Austen&external_account%5Baccount_holder_type%5D=individual" +
				"&external_account%5Baccount_number%5D=000123456789&external_account%5Baccount_type%5D=savings" +
				"&external_account%5Bcountry%5D=US&external_account%5Bcurrency%5D=usd" +
				"&external_account%5Bdocuments%5D%5Bbank_account_ownership_verification%5D%5Bfiles%5D%5B%5D=file_1" +
				"&external_account%5Bdocuments%5D%5Bbank_account_ownership_verification%5D%5Bfiles%5D%5B%5D=file_2" +
				"&external_account%5Bobject%5D=bank_account&external_account%5Brouting_number%5D=110000000",
			want: external(),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodPost, tt.wantPath, tt.wantBody).
				BodyString(fixture(t, cmp.Or(tt.fixture, "bank_account.json")))

			got, err := newClient(t).CreateBankAccount(t.Context(), tt.owner, tt.params, tt.opts...)
			require.NoError(t, err)
			assert.Equal(t, cmp.Or(tt.want, bankAccount()), got)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestUpdateBankAccount(t *testing.T) {
	const customers, accounts = "/v1/customers/cus_1/sources/ba_1", "/v1/accounts/acct_1/external_accounts/ba_1"
	tests := []struct {
		name     string
		owner    paymentsource.Owner
		params   *paymentsource.UpdateBankAccountParams
		wantPath string
		wantBody string
	}{
		{name: "nil params", owner: paymentsource.Customer("cus_1"), wantPath: customers},
		{
			name: "a customer's", owner: paymentsource.Customer("cus_1"), wantPath: customers,
			params: &paymentsource.UpdateBankAccountParams{
				AccountHolderName: new("Jane"), AccountHolderType: new(paymentsource.HolderTypeCompany),
				Metadata: stripecash.Metadata{},
			},
			wantBody: "account_holder_name=Jane&account_holder_type=company&metadata=",
		},
		{
			name: "an account's", owner: paymentsource.Account("acct_1"), wantPath: accounts,
			params: &paymentsource.UpdateBankAccountParams{
				AccountHolderType: new(paymentsource.HolderType("")), AccountType: paymentsource.AccountTypeToza,
				DefaultForCurrency: true, Metadata: stripecash.Metadata{"k": ""},
				Documents: &paymentsource.DocumentsParams{
					OwnershipVerification: &paymentsource.FilesParams{Files: []string{"file_1"}},
				},
			},
			wantBody: "account_holder_type=&account_type=toza&default_for_currency=true" +
				"&documents%5Bbank_account_ownership_verification%5D%5Bfiles%5D%5B%5D=file_1&metadata%5Bk%5D=",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodPost, tt.wantPath, tt.wantBody).BodyString(fixture(t, "bank_account.json"))

			got, err := newClient(t).UpdateBankAccount(t.Context(), tt.owner, "ba_1", tt.params)
			require.NoError(t, err)
			assert.Equal(t, bankAccount(), got)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestVerifyBankAccount(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodPost, "/v1/customers/cus_1/sources/ba_1/verify", "amounts%5B%5D=32&amounts%5B%5D=45").
		BodyString(fixture(t, "bank_account.json"))

	got, err := newClient(t).VerifyBankAccount(t.Context(), "cus_1", "ba_1",
		&paymentsource.VerifyBankAccountParams{Amounts: [2]int64{32, 45}})
	require.NoError(t, err)
	assert.Equal(t, bankAccount(), got)
	assert.True(t, gock.IsDone())
}

func TestSmallestAmountsOfVerification(t *testing.T) {
	assert.NoError(t, (&paymentsource.VerifyBankAccountParams{Amounts: [2]int64{1, 1}}).Validate())
}

func TestDeleteBankAccount(t *testing.T) {
	for path, owner := range one() {
		t.Run(path, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodDelete, path, "").
				BodyString(`{"id":"ba_1","object":"bank_account","deleted":true,"currency":"usd"}`)

			got, err := newClient(t).DeleteBankAccount(t.Context(), owner, "ba_1")
			require.NoError(t, err)
			assert.Equal(t, &paymentsource.Deleted{ID: "ba_1", Object: "bank_account", Deleted: true, Currency: "usd"}, got)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestDeleteBankAccountAgain(t *testing.T) {
	tests := []struct {
		name    string
		owner   paymentsource.Owner
		param   string
		message string
		never   bool // no answer was lost
		want    *paymentsource.Deleted
		wantErr error
	}{
		{name: "gone", owner: paymentsource.Customer("cus_1"), param: "id",
			want: &paymentsource.Deleted{ID: "ba_1", Object: "bank_account", Deleted: true}},
		{name: "gone, by its message", owner: paymentsource.Customer("cus_1"), message: "Customer cus_1 does not have a linked source with ID ba_1.",
			want: &paymentsource.Deleted{ID: "ba_1", Object: "bank_account", Deleted: true}},
		{name: "never there", owner: paymentsource.Customer("cus_1"), param: "id", never: true, wantErr: stripecash.ErrNotFound},
		{name: "no such customer, by its message", owner: paymentsource.Customer("cus_ba_1x"), param: "id",
			message: "No such customer: 'cus_ba_1x'", wantErr: stripecash.ErrNotFound},
		{name: "no such customer", owner: paymentsource.Customer("cus_1"), param: "customer", wantErr: stripecash.ErrNotFound},
		{name: "no such account", owner: paymentsource.Account("acct_1"), param: "account", wantErr: stripecash.ErrNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				attempts := 0
				client := newClient(t, transport(func(*http.Request) (*http.Response, error) {
					attempts++
					if attempts == 1 && !tt.never {
						return nil, io.ErrUnexpectedEOF
					}
					return &http.Response{StatusCode: http.StatusNotFound, Body: io.NopCloser(strings.NewReader(
						`{"error":{"type":"invalid_request_error","code":"resource_missing","param":"` + tt.param + `","message":"` + tt.message + `"}}`,
					))}, nil
				}))
				got, err := client.DeleteBankAccount(t.Context(), tt.owner, "ba_1")
				require.ErrorIs(t, err, tt.wantErr)
				assert.Equal(t, tt.want, got)
			})
		})
	}
}

func transport(f roundTripper) stripecash.Option {
	return stripecash.WithHTTPClient(&http.Client{Transport: f})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestWrongObject(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodPost, "/v1/customers/cus_1/sources", "source=tok_visa").BodyString(`{"id":"card_1","object":"card"}`)

	_, err := newClient(t).CreateBankAccount(t.Context(), paymentsource.Customer("cus_1"),
		&paymentsource.CreateBankAccountParams{Token: "tok_visa"})
	wrong, ok := errors.AsType[*stripecash.ObjectError](err)
	require.True(t, ok, err)
	assert.Equal(t, []string{"bank_account", "card", "card_1"}, []string{wrong.Want, wrong.Got, wrong.ID})
}

// The fixture has every property of Stripe's specification, each with a value of its own: a field that is missing,
// misspelled or of another type does not come back.
func TestEveryProperty(t *testing.T) {
	var b paymentsource.BankAccount
	require.NoError(t, json.Unmarshal([]byte(fixture(t, "every_bank_account.json")), &b))
	got, err := json.Marshal(&b)
	require.NoError(t, err)
	assert.JSONEq(t, fixture(t, "every_bank_account.json"), string(got))
	assert.Equal(t, b.Object, b.ObjectName())
	assert.Equal(t, b.ID, b.ObjectID())
}

func TestAccountNumberIsNotShown(t *testing.T) {
	params := paymentsource.CreateBankAccountParams{Details: details()}
	data, err := json.Marshal(params)
	require.NoError(t, err)
	shown := fmt.Sprintf("%v %+v %#v %s %+v %#v", params, *params.Details, struct {
		d paymentsource.BankAccountDetails
	}{*details()},
		data, *params.Details, params.Details)
	assert.Contains(t, shown, "[redacted]")
	assert.NotContains(t, shown, "000123456789")
}

func TestBadInput(t *testing.T) {
	type call = func(context.Context, *paymentsource.Client) error
	create := func(owner paymentsource.Owner, params *paymentsource.CreateBankAccountParams) call {
		return func(ctx context.Context, c *paymentsource.Client) error {
			_, err := c.CreateBankAccount(ctx, owner, params)
			return err
		}
	}
	raw := func(change func(*paymentsource.BankAccountDetails)) *paymentsource.CreateBankAccountParams {
		d := details()
		change(d)
		return &paymentsource.CreateBankAccountParams{Details: d}
	}
	update := func(owner paymentsource.Owner, params *paymentsource.UpdateBankAccountParams) call {
		return func(ctx context.Context, c *paymentsource.Client) error {
			_, err := c.UpdateBankAccount(ctx, owner, "ba_1", params)
			return err
		}
	}
	verify := func(params *paymentsource.VerifyBankAccountParams) call {
		return func(ctx context.Context, c *paymentsource.Client) error {
			_, err := c.VerifyBankAccount(ctx, "cus_1", "ba_1", params)
			return err
		}
	}
	get := func(owner paymentsource.Owner, id string) call {
		return func(ctx context.Context, c *paymentsource.Client) error {
			_, err := c.Get(ctx, owner, id)
			return err
		}
	}
	remove := func(owner paymentsource.Owner, id string) call {
		return func(ctx context.Context, c *paymentsource.Client) error {
			_, err := c.DeleteBankAccount(ctx, owner, id)
			return err
		}
	}
	customer := paymentsource.Customer("cus_1")
	token := &paymentsource.CreateBankAccountParams{Token: "btok_us"}
	const zero = "owner: none given; use paymentsource.Customer or paymentsource.Account"

	tests := []struct {
		name string
		call call
		want string
	}{
		{"create, zero owner", create(paymentsource.Owner{}, token), zero},
		{"update, zero owner", update(paymentsource.Owner{}, nil), zero},
		{"get, zero owner", get(paymentsource.Owner{}, "ba_1"), zero},
		{"delete, zero owner", remove(paymentsource.Owner{}, "ba_1"), zero},
		{"update, a card", func(ctx context.Context, c *paymentsource.Client) error {
			params := &paymentsource.UpdateBankAccountParams{DefaultForCurrency: true}
			_, err := c.UpdateBankAccount(ctx, paymentsource.Account("acct_1"), "card_1", params)
			return err
		}, `the ID for {id} begins with card_, as a card's; this call takes a bank account's`},
		{"delete, a card", remove(customer, "card_1"), `the ID for {id} begins with card_, as a card's; this call takes a bank account's`},
		{"delete, a source", remove(customer, "src_1"), `the ID for {id} begins with src_, as a source's; this call takes a bank account's`},
		{"list, zero owner", func(ctx context.Context, c *paymentsource.Client) error {
			_, err := c.List(ctx, paymentsource.Owner{}, nil)
			return err
		}, zero},
		{"all, zero owner", func(ctx context.Context, c *paymentsource.Client) error {
			for _, err := range c.All(ctx, paymentsource.Owner{}, nil) {
				return err
			}
			return nil
		}, zero},
		{"empty customer", get(paymentsource.Customer(""), "ba_1"), "the ID for {customer} is empty"},
		{"empty account", get(paymentsource.Account(""), "ba_1"), "the ID for {account} is empty"},
		{"empty ID", get(customer, ""), "the ID for {id} is empty"},
		{"no params", create(customer, nil), "neither token nor details are given; one of them is required"},
		{"neither token nor details", create(customer, &paymentsource.CreateBankAccountParams{}), "neither token nor details are given"},
		{"token and details", create(customer, &paymentsource.CreateBankAccountParams{Token: "btok_us", Details: details()}),
			`token and details are given; they exclude each other`},
		{"no account number", create(customer, raw(func(d *paymentsource.BankAccountDetails) { d.AccountNumber = card.Secret{} })),
			"details: account_number is empty; it is required"},
		{"no country", create(customer, raw(func(d *paymentsource.BankAccountDetails) { d.Country = "" })),
			"details: country is empty; it is required"},
		{"a customer's with an account type",
			create(customer, raw(func(d *paymentsource.BankAccountDetails) { d.AccountType = "savings" })),
			`details: account_type is "savings"; only an account's bank account has one`},
		{"a customer's with documents",
			create(customer, raw(func(d *paymentsource.BankAccountDetails) { d.Documents = &paymentsource.DocumentsParams{} })),
			"details: documents are given; only an account's bank account has them"},
		{"a customer's as a currency's default",
			create(customer, &paymentsource.CreateBankAccountParams{Token: "btok_us", DefaultForCurrency: true}),
			"default_for_currency is true; only an account's bank account can be a default for its currency"},
		{"update, a customer's with an account type", update(customer, &paymentsource.UpdateBankAccountParams{AccountType: "toza"}),
			`account_type is "toza"; only an account's bank account has one`},
		{"update, a customer's as a currency's default",
			update(customer, &paymentsource.UpdateBankAccountParams{DefaultForCurrency: true}),
			"default_for_currency is true; only an account's bank account can be a default for its currency"},
		{"update, a customer's with documents",
			update(customer, &paymentsource.UpdateBankAccountParams{Documents: &paymentsource.DocumentsParams{}}),
			"documents are given; only an account's bank account has them"},
		{"number in the token's place", create(customer, &paymentsource.CreateBankAccountParams{Token: "000123456789"}), "token is a number; an account's number goes into details"},
		{"token with white space", create(customer, &paymentsource.CreateBankAccountParams{Token: " btok_us"}), "token has white space around it; trim it"},
		{"an account's with documents that are none",
			create(paymentsource.Account("acct_1"), raw(func(d *paymentsource.BankAccountDetails) { d.Documents = &paymentsource.DocumentsParams{} })),
			"details: documents: no files are named; name them or leave documents out"},
		{"update, an account's with a document that is no file",
			update(paymentsource.Account("acct_1"), &paymentsource.UpdateBankAccountParams{
				Documents: &paymentsource.DocumentsParams{OwnershipVerification: new(paymentsource.FilesParams)},
			}),
			"documents: no files are named; name them or leave documents out"},
		{"verify, no params", verify(nil), "no VerifyBankAccountParams: two amounts are required"},
		{"verify, no amounts", verify(&paymentsource.VerifyBankAccountParams{}), "amounts[0] is 0; it must be at least 1"},
		{"verify, one amount", verify(&paymentsource.VerifyBankAccountParams{Amounts: [2]int64{32}}), "amounts[1] is 0; it must be at least 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.call(t.Context(), newClient(t, transport(func(req *http.Request) (*http.Response, error) {
				t.Errorf("a request that should not be sent: %s %s", req.Method, req.URL)
				return nil, errors.New("unexpected request")
			})))
			assert.ErrorContains(t, err, tt.want)
		})
	}
}

func TestOwnerSaysWhoItIs(t *testing.T) {
	assert.Equal(t, "customer cus_1, account acct_1, nobody",
		fmt.Sprintf("%v, %v, %v", paymentsource.Customer("cus_1"), paymentsource.Account("acct_1"), paymentsource.Owner{}))
}
