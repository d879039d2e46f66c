package stripego_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// These are faults of stripe-go v85.0.0 in what it makes of answers. Each test says what it does, and that this client
// does it right.

// TestRetries: which answers are asked for again. Both clients retry twice.
func TestRetries(t *testing.T) {
	const (
		oops   = `{"error":{"type":"api_error","message":"oops"}}`
		locked = `{"error":{"type":"invalid_request_error","code":"lock_timeout","message":"locked"}}`
		html   = `<html><body>nginx</body></html>`
	)
	tests := []struct {
		name        string
		status      int
		shouldRetry string
		body        string
		wantOurs    int // requests
		wantTheirs  int
	}{
		{name: "a conflict", status: 409, body: oops, wantOurs: 3, wantTheirs: 1},
		{name: "too many", status: 429, body: oops, wantOurs: 3, wantTheirs: 1},
		{name: "an error", status: 500, body: oops, wantOurs: 3, wantTheirs: 1},
		{name: "not available", status: 503, body: oops, wantOurs: 3, wantTheirs: 1},
		{name: "an error that is worth a retry", status: 500, shouldRetry: "true", body: oops, wantOurs: 3, wantTheirs: 1},
		{name: "a refusal that is worth a retry", status: 400, shouldRetry: "true", body: oops, wantOurs: 3, wantTheirs: 1},
		{name: "a lock", status: 429, body: locked, wantOurs: 3, wantTheirs: 3},
		{name: "a lock that is not worth a retry", status: 429, shouldRetry: "false", body: locked, wantOurs: 1, wantTheirs: 3},
		{name: "a proxy's error", status: 502, body: html, wantOurs: 3, wantTheirs: 3},
		{name: "a proxy's error that is not worth a retry", status: 503, shouldRetry: "false", body: html, wantOurs: 1, wantTheirs: 3},
		{name: "a proxy's ban", status: 403, body: html, wantOurs: 1, wantTheirs: 3},
		{name: "a proxy that knows no such place", status: 404, body: html, wantOurs: 1, wantTheirs: 3},
		{name: "a refusal", status: 400, body: oops, wantOurs: 1, wantTheirs: 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				toUs, toThem := always(tt.status, tt.body), always(tt.status, tt.body)
				if tt.shouldRetry != "" {
					header := http.Header{"Stripe-Should-Retry": {tt.shouldRetry}}
					toUs.answers[0].header, toThem.answers[0].header = header, header
				}
				_, err := cashbalance.New(ours(t, toUs)).Get(t.Context(), "cus_1")
				require.Error(t, err)
				_, err = theirs(toThem).V1CashBalances.Retrieve(t.Context(), &stripe.CashBalanceRetrieveParams{Customer: new("cus_1")})
				require.Error(t, err)
				assert.Len(t, toUs.sent, tt.wantOurs, "ours")
				assert.Len(t, toThem.sent, tt.wantTheirs, "stripe-go's")
			})
		})
	}
}

// TestWaitOutlivesContext: stripe-go sleeps between attempts, whatever becomes of the context.
func TestWaitOutlivesContext(t *testing.T) {
	wait := func(t *testing.T, call func(ctx context.Context) error) time.Duration {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		start := time.Now()
		require.Error(t, call(ctx))
		return time.Since(start)
	}
	synctest.Test(t, func(t *testing.T) {
		sc, api := theirs(always(http.StatusBadGateway, "")), ours(t, always(http.StatusBadGateway, ""))
		assert.GreaterOrEqual(t, wait(t, func(ctx context.Context) error {
			_, err := sc.V1CashBalances.Retrieve(ctx, &stripe.CashBalanceRetrieveParams{Customer: new("cus_1")})
			return err
		}), 500*time.Millisecond)
		assert.LessOrEqual(t, wait(t, func(ctx context.Context) error {
			_, err := cashbalance.New(api).Get(ctx, "cus_1")
			return err
		}), 20*time.Millisecond)
	})
}

// TestStatusOfAProxy: the error of an answer that is not JSON has its status in its text only.
func TestStatusOfAProxy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := theirs(always(http.StatusBadGateway, "<html>")).V1CashBalances.Retrieve(t.Context(), &stripe.CashBalanceRetrieveParams{Customer: new("cus_1")})
		_, ok := errors.AsType[*stripe.Error](err)
		assert.False(t, ok)

		_, err = cashbalance.New(ours(t, always(http.StatusBadGateway, "<html>"))).Get(t.Context(), "cus_1")
		e, ok := errors.AsType[*stripecash.Error](err)
		require.True(t, ok)
		assert.Equal(t, http.StatusBadGateway, e.Status)
		assert.Equal(t, "<html>", string(e.Body))
	})
}

// pages are two answers of two transactions each.
func pages() *stub {
	page := func(first, second, more string) answer {
		return answer{status: http.StatusOK, body: `{"object":"list","url":"/v1/x","has_more":` + more + `,"data":[
			{"id":"` + first + `","object":"customer_cash_balance_transaction"},
			{"id":"` + second + `","object":"customer_cash_balance_transaction"}]}`}
	}
	first, last := page("ccsbtxn_4", "ccsbtxn_3", "true"), page("ccsbtxn_2", "ccsbtxn_1", "false")
	return &stub{answers: []answer{first, last, first, last}}
}

// TestListIsNotLazy: stripe-go asks for the first page before anybody ranges.
func TestListIsNotLazy(t *testing.T) {
	s := pages()
	theirs(s).V1CustomerCashBalanceTransactions.List(t.Context(), &stripe.CustomerCashBalanceTransactionListParams{Customer: new("cus_1")})
	assert.Len(t, s.sent, 1)

	s = pages()
	transaction.New(ours(t, s)).All(t.Context(), "cus_1", nil)
	assert.Empty(t, s.sent)
}

// TestListTwice: to range again starts at the last page.
func TestListTwice(t *testing.T) {
	list := theirs(pages()).V1CustomerCashBalanceTransactions.List(t.Context(), &stripe.CustomerCashBalanceTransactionListParams{Customer: new("cus_1")})
	their := func() (ids []string) {
		for found, err := range list.All(t.Context()) {
			require.NoError(t, err)
			ids = append(ids, found.ID)
		}
		return ids
	}
	assert.Equal(t, []string{"ccsbtxn_4", "ccsbtxn_3", "ccsbtxn_2", "ccsbtxn_1"}, their())
	assert.Equal(t, []string{"ccsbtxn_2", "ccsbtxn_1"}, their())

	all := transaction.New(ours(t, pages())).All(t.Context(), "cus_1", nil)
	our := func() (ids []string) {
		for found, err := range all {
			require.NoError(t, err)
			ids = append(ids, found.ID)
		}
		return ids
	}
	assert.Equal(t, []string{"ccsbtxn_4", "ccsbtxn_3", "ccsbtxn_2", "ccsbtxn_1"}, our())
	assert.Equal(t, []string{"ccsbtxn_4", "ccsbtxn_3", "ccsbtxn_2", "ccsbtxn_1"}, our())
}

// TestUnionOfASource: what stripe-go marshals of a source in the union is null.
func TestUnionOfASource(t *testing.T) {
	const body = `{"id":"src_1","object":"source","type":"tulip","tulip":{"color":"red"}}`
	var their stripe.PaymentSource
	require.NoError(t, json.Unmarshal([]byte(body), &their))
	got, err := json.Marshal(&their)
	require.NoError(t, err)
	assert.Equal(t, "null", string(got))

	var our paymentsource.PaymentSource
	require.NoError(t, json.Unmarshal([]byte(body), &our))
	got, err = json.Marshal(&our)
	require.NoError(t, err)
	assert.Equal(t, body, string(got)) //nolint:testifylint // to the byte
}

// TestObjectOfAnotherKind: stripe-go decodes a bank account into a card, and says nothing.
func TestObjectOfAnotherKind(t *testing.T) {
	s := always(http.StatusOK, `{"id":"ba_1","object":"bank_account","country":"US"}`)
	c, err := theirs(s).V1Cards.Create(t.Context(), &stripe.CardCreateParams{Customer: new("cus_1"), Token: new("btok_1")})
	require.NoError(t, err)
	assert.Equal(t, "ba_1", c.ID)

	_, err = card.New(ours(t, s)).Create(t.Context(), card.Customer("cus_1"), &card.CreateParams{Token: "btok_1"})
	e, ok := errors.AsType[*stripecash.ObjectError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "ba_1", e.ID)
}

// TestNullAnswer: stripe-go makes an object out of nothing.
func TestNullAnswer(t *testing.T) {
	b, err := theirs(always(http.StatusOK, `null`)).V1CashBalances.Retrieve(t.Context(), &stripe.CashBalanceRetrieveParams{Customer: new("cus_1")})
	require.NoError(t, err)
	assert.Empty(t, b.Object)

	_, err = cashbalance.New(ours(t, always(http.StatusOK, `null`))).Get(t.Context(), "cus_1")
	require.Error(t, err)
}
