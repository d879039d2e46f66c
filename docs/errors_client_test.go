package docs_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/transaction"
)

const testKey = "sk_test_123"

func clientErrors() chapter {
	of := func(key string, opts ...stripecash.Option) said {
		return said{err: failed(stripecash.NewClient(key, opts...))}
	}
	with := func(opt stripecash.Option) said { return of(testKey, opt) }
	publishable, webhook := of("pk_test_123"), of("whsec_123")
	publishable.hint = "A publishable key is for browsers and apps; the secret one begins with sk_ or rk_."
	return chapter{
		"Making a client", "`stripecash.NewClient` makes no request. It refuses what can be seen to be wrong.",
		[]said{
			{failed(stripecash.NewClient("")), "Is the environment variable set where the program runs?"},
			of("sk_test_123\n"), publishable, webhook, of(testKey, stripecash.WithMaxRetries(1), nil),
			with(stripecash.WithBaseURL("https://localhost:x")), with(stripecash.WithBaseURL("localhost:12111")),
			with(stripecash.WithBaseURL("https://api.stripe.com?x=1")), with(stripecash.WithBaseURL("https://localhost:99999")), with(stripecash.WithBaseURL("http://proxy.example.com")),
			with(stripecash.WithHTTPClient(nil)), with(stripecash.WithLogger(nil)), with(stripecash.WithTracer(nil)), with(stripecash.WithLimiter(nil)),
			with(stripecash.WithAppInfo(stripecash.AppInfo{})), with(stripecash.WithAppInfo(stripecash.AppInfo{Name: "Müller"})),
			with(stripecash.WithAPIVersion("")), with(stripecash.WithAccount(" acct_1")),
			with(stripecash.WithMaxRetries(-1)), with(stripecash.WithTimeout(0)),
		},
	}
}

func newClient(t *testing.T, opts ...stripecash.Option) *stripecash.Client {
	t.Helper()
	api, err := stripecash.NewClient(testKey, opts...)
	require.NoError(t, err)
	return api
}

func optionErrors(t *testing.T) chapter {
	api := newClient(t)
	balance := func(opts ...stripecash.CallOption) said {
		return said{err: failed(cashbalance.New(api).Get(t.Context(), "cus_123", opts...))}
	}
	update := func(opts ...stripecash.CallOption) said {
		params := &cashbalance.UpdateParams{Settings: &cashbalance.SettingsParams{ReconciliationMode: "manual"}}
		return said{err: failed(cashbalance.New(api).Update(t.Context(), "cus_123", params, opts...))}
	}
	return chapter{
		"Options of a call", "Nothing was sent. The text begins with the request that it would have been.",
		[]said{
			balance(nil), balance(stripecash.WithResponse(nil)), balance(stripecash.WithExpand("customer", "")),
			update(stripecash.WithIdempotencyKey("")), update(stripecash.WithIdempotencyKey("order 17 ")),
			update(stripecash.WithIdempotencyKey("order\n17")), update(stripecash.WithIdempotencyKey(strings.Repeat("0123456789", 26))),
			update(stripecash.WithParam("", "manual")), update(stripecash.WithParam("settings[reconciliation_mode]", "automatic")),
			balance(stripecash.WithHeader("", "1")), balance(stripecash.WithHeader("X Trace", "1")), balance(stripecash.WithHeader("X-Trace", "a\nb")),
			balance(stripecash.WithHeader("Authorization", "Bearer sk_test_456")), balance(stripecash.WithHeader("Stripe-Account", "acct_1")),
			balance(stripecash.WithPrefetch()),
			{failed(cashbalance.New(api.With(stripecash.WithMaxRetries(1), nil)).Get(t.Context(), "cus_123")),
				"The client that With made is unusable: each of its calls says why."},
		},
	}
}

func requestErrors(t *testing.T) chapter {
	api := newClient(t)
	do := func(method, path string, ids ...string) said {
		return said{err: api.Do(t.Context(), stripecash.Request{Method: method, Path: path, IDs: ids}, nil)}
	}
	balance := func(id string) said { return said{err: failed(cashbalance.New(api).Get(t.Context(), id))} }
	return chapter{
		"Requests", "Nothing was sent. An ID stays one segment of the path, whatever is in it.",
		[]said{
			{failed(cashbalance.New(nil).Get(t.Context(), "cus_123")), ""},
			{failed(cashbalance.New(api).Get(nil, "cus_123")), ""}, //nolint:staticcheck // this is the mistake
			balance(""), balance(".."),
			do("PUT", "/v1/customers"), do(http.MethodGet, "v1/customers"), do(http.MethodGet, "/v1/customers?limit=3"),
			do(http.MethodGet, "/v1/customers/{customer", "cus_123"), do(http.MethodGet, "/v1/customers/{customer}"),
			do(http.MethodGet, "/v1/customers/{customer}", "cus_123", "card_1"),
			{err: api.Do(t.Context(), stripecash.Request{Method: http.MethodGet, Path: "/v1/balance"}, cashbalance.CashBalance{})},
		},
	}
}

// Params of a program's own, for Client.Do, in shapes that would be corrupted on the way.
type (
	untaggedParams struct{ Amount int64 }
	mapParams      struct {
		Amounts map[string]int64 `url:"amounts"`
	}
	sliceParams struct {
		IDs []string `url:"ids"`
	}
	structParams struct {
		Items []sliceParams `url:"items,brackets"`
	}
	timeParams struct {
		At time.Time `url:"at"`
	}
	floatParams struct {
		Amount float64 `url:"amount"`
	}
	embedding   struct{ hidden }
	pointing    struct{ *floatParams }
	emptyParams struct {
		At struct{ at int } `url:"at"`
	}
	inheritingParams struct {
		Home struct{ stripecash.AddressParams } `url:"home"`
	}
	hidden string
)

func shapeErrors(t *testing.T) chapter {
	api := newClient(t)
	encode := func(params any) said {
		return said{err: api.Do(t.Context(), stripecash.Request{Method: http.MethodPost, Path: "/v1/customers", Params: params}, nil)}
	}
	return chapter{
		"Params of your own", "Nothing was sent: the API would have read something else. `Encode` refuses the same.",
		[]said{
			encode(untaggedParams{}), encode(mapParams{}), encode(sliceParams{}), encode(structParams{}), encode(timeParams{}), encode(floatParams{}), encode(embedding{hidden("x")}), encode(pointing{new(floatParams)}), encode(emptyParams{struct{ at int }{1}}), encode(inheritingParams{}),
		},
	}
}

func listErrors(t *testing.T) chapter {
	api := newClient(t)
	list := func(params stripecash.ListParams) said {
		return said{err: failed(transaction.New(api).List(t.Context(), "cus_123", &params))}
	}
	lists := func(body string) said {
		api := newClient(t, answering(http.StatusOK, body))
		for _, err := range transaction.New(api).All(t.Context(), "cus_123", nil) {
			if err != nil {
				return said{err: err}
			}
		}
		return said{}
	}
	follows := func(body string) said {
		api := newClient(t, answering(http.StatusOK, body))
		for _, err := range transaction.New(api).Follow(t.Context(), "cus_123", "ccsbtxn_1") {
			if err != nil {
				return said{err: err}
			}
		}
		return said{}
	}
	hint := func(s said) said {
		s.hint = "Stripe does not answer like that: is there a proxy in between?"
		return s
	}
	return chapter{
		"Lists", "The first three are refused before anything is sent; the others are answers that would end in a wrong list, or never: each is a `*stripecash.CallError`.",
		[]said{
			list(stripecash.ListParams{Limit: 101}), list(stripecash.ListParams{StartingAfter: "ccsbtxn_1", EndingBefore: "ccsbtxn_2"}),
			{failed(transaction.New(api).List(t.Context(), "cus_123", new(stripecash.ListParams), stripecash.WithParam("limit", "7"))), ""},
			hint(lists(`{"object":"list"}`)),
			hint(lists(`{"object":"list","data":[null]}`)),
			hint(lists(`{"object":"list","data":[],"has_more":true,"url":"/v1/customers/cus_123/cash_balance_transactions"}`)),
			hint(lists(`{"object":"list","data":[{"object":"x"}],"has_more":true,"url":"/v1/customers/cus_123/cash_balance_transactions"}`)),
			hint(follows(`{"object":"list","data":[{"id":"ccsbtxn_1"}],"has_more":false,"url":"/v1/customers/cus_123/cash_balance_transactions"}`)),
		},
	}
}

// answering is a network that gives one answer to everything.
func answering(status int, body string, header ...string) stripecash.Option {
	return stripecash.WithHTTPClient(&http.Client{Transport: network(func(req *http.Request) (*http.Response, error) {
		resp := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: req}
		for i := 0; i < len(header); i += 2 {
			resp.Header.Set(header[i], header[i+1])
		}
		return resp, nil
	})})
}

type network func(*http.Request) (*http.Response, error)

func (n network) RoundTrip(req *http.Request) (*http.Response, error) { return n(req) }

func sentinels() chapter {
	list := []said{
		{stripecash.ErrNotFound, "404, or the code resource_missing, also of a token in a parameter: the error's Param says which. The ID, the account and the mode, test or live, belong together. Without that code the path or the base URL may be wrong, or a proxy answered."},
		{stripecash.ErrAuthentication, "401: the key was rolled, or is of another account."},
		{stripecash.ErrPermission, "403: a restricted key, or an account that is not connected."},
		{stripecash.ErrRateLimited, "429, retries included: slow down, or give the client a limiter."},
		{stripecash.ErrConflict, "409, retries included: another request works on the same object."},
		{stripecash.ErrIdempotency, "With CodeIdempotencyKeyInUse a call with the key is under way. Otherwise the key was used with other parameters before: see what that call did, and choose another key only if this is to be done too."},
		{stripecash.ErrCardDeclined, "Show the owner of the card the error's Message; DeclineCode says more."},
		{stripecash.ErrInvalidRequest, "Refused before it was sent: the text says why. Or of the type invalid_request_error, other than with 401, 403, 409, 429 and 5xx: the error's Param and Message say what Stripe refuses."},
		{stripecash.ErrServer, "5xx, retries included."},
		{stripecash.ErrOutcomeUnknown, "It may have happened: make the same call with the same idempotency key, which Stripe remembers for at least 24 hours, or look whether it was done."},
	}
	return chapter{"What an error is about", "These are not returned but matched, with `errors.Is`; an error can match several.\n\nAsk for `ErrOutcomeUnknown` before the others: a call whose first attempt was lost can end with a 429 or a 401, which say\nnothing of that attempt. It is made again with the same idempotency key, which is in all three types of errors, and in the\n`Response` of `WithResponse`.", list}
}

func paramErrors(t *testing.T) chapter {
	api := newClient(t)
	fund := func(params *transaction.FundParams) said {
		return said{err: failed(transaction.New(api).Fund(t.Context(), "cus_123", params))}
	}
	send := func(params any) said {
		return said{err: api.Do(t.Context(), stripecash.Request{Method: http.MethodPost, Path: "/v1/customers", Params: params}, nil)}
	}
	type item struct {
		Metadata stripecash.Metadata `url:"metadata"`
	}
	metadata := func(m stripecash.Metadata) said { return send(&item{m}) }
	many := stripecash.Metadata{}
	for i := range 51 {
		many[strings.Repeat("k", i+1)] = ""
	}
	return chapter{
		"Parameters of cash balances, and metadata", "Nothing was sent. The text names the parameter as Stripe's reference does.",
		[]said{
			{failed(cashbalance.New(api).Update(t.Context(), "cus_123", &cashbalance.UpdateParams{Settings: new(cashbalance.SettingsParams)})), ""},
			fund(nil), fund(&transaction.FundParams{Currency: "eur"}), fund(&transaction.FundParams{Amount: 100_00}),
			{send(17).err, ""},
			metadata(many), metadata(stripecash.Metadata{"": "17"}), metadata(stripecash.Metadata{"order[0]": "17"}),
			metadata(stripecash.Metadata{"the_number_of_the_order_that_this_is_about": "17"}),
			metadata(stripecash.Metadata{"note": strings.Repeat("x", 501)}),
			send(&struct {
				Items stripecash.Indexed[item] `url:"items"`
			}{stripecash.Indexed[item]{{stripecash.Metadata{"": "17"}}}}),
		},
	}
}
