package stripego_test

import (
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	stripe "github.com/stripe/stripe-go/v85"
	stripewebhook "github.com/stripe/stripe-go/v85/webhook"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/webhook"
)

const secret = "whsec_stripego"

// events are those that the tests of package webhook decode.
func events(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, name := range []string{"funds_available", "card_updated", "source_chargeable"} {
		data, err := os.ReadFile("../../webhook/testdata/" + name + ".json")
		require.NoError(t, err)
		all[name] = data
	}
	return all
}

// TestWebhooksBothWays has each verify what the other signed, and compares what they make of it.
func TestWebhooksBothWays(t *testing.T) {
	for name, payload := range events(t) {
		t.Run(name, func(t *testing.T) {
			their, err := stripewebhook.ConstructEventWithOptions(payload, webhook.Sign(payload, secret, time.Now()), secret,
				stripewebhook.ConstructEventOptions{IgnoreAPIVersionMismatch: true}) // an endpoint keeps its version for years
			require.NoError(t, err)
			signed := stripewebhook.GenerateTestSignedPayload(&stripewebhook.UnsignedPayload{Payload: payload, Secret: secret})
			our, err := webhook.Verifier{Secrets: []string{"whsec_other", secret}}.Verify(payload, signed.Header)
			require.NoError(t, err)
			assert.Equal(t, []any{their.ID, string(their.Type), their.Created, their.Livemode, their.Account, their.APIVersion},
				[]any{our.ID, string(our.Type), int64(our.Created), our.Livemode, our.Account, our.APIVersion})
			assert.Equal(t, []any{their.Context, their.PendingWebhooks}, []any{our.Context, int64(our.PendingWebhooks)})
			assert.Equal(t, *requestOf(&their), our.Request)
			assert.Equal(t, their.Data.Raw, our.Data.Object)
			assert.Equal(t, their.Data.PreviousAttributes != nil, our.Data.PreviousAttributes != nil)
		})
	}
}

// requestOf is the request that caused an event.
func requestOf(event *stripe.Event) *webhook.Request {
	if event.Request == nil {
		return new(webhook.Request)
	}
	return &webhook.Request{ID: event.Request.ID, IdempotencyKey: event.Request.IdempotencyKey}
}

// TestSignaturesAgree has both look at the same deliveries, sound and tampered.
func TestSignaturesAgree(t *testing.T) {
	payload := events(t)["funds_available"]
	// what both say is want; where stripe-go says something else, theirs is that.
	tests := []struct {
		name       string
		payload    string // as it is, unless set
		header     func(signature, seconds string) string
		age        time.Duration
		secret     string // secret, unless set
		wantErr    error  // of ours
		theyAccept bool   // although we do not
		theyRefuse bool   // although we do not
	}{
		{name: "sound"},
		{name: "with another scheme", header: func(s, sec string) string { return "t=" + sec + ",v0=00,v1=" + s + ",v2=zz" }},
		{name: "the second of two", header: func(s, sec string) string { return "t=" + sec + ",v1=" + strings.Repeat("0", 64) + ",v1=" + s }},
		{name: "the signature first", header: func(s, sec string) string { return "v1=" + s + ",t=" + sec }},
		{name: "in capitals", header: func(s, sec string) string { return "t=" + sec + ",v1=" + strings.ToUpper(s) }},
		{name: "at the tolerance", age: 5 * time.Minute},
		{name: "too old", age: 5*time.Minute + time.Second, wantErr: webhook.ErrExpired},
		{name: "another payload", payload: strings.Replace(string(payload), "evt_", "evt-", 1), wantErr: webhook.ErrSignatureMismatch},
		{name: "no payload", payload: " ", wantErr: webhook.ErrSignatureMismatch},
		{name: "another secret", secret: "whsec_other", wantErr: webhook.ErrSignatureMismatch},
		{name: "another time", header: func(s, sec string) string { return "t=" + sec + "0,v1=" + s }, wantErr: webhook.ErrSignatureMismatch},
		{name: "another digit", header: func(s, sec string) string { return "t=" + sec + ",v1=" + other(s[:1]) + s[1:] }, wantErr: webhook.ErrSignatureMismatch},
		{name: "half a signature", header: func(s, sec string) string { return "t=" + sec + ",v1=" + s[:32] }, wantErr: webhook.ErrSignatureMismatch},
		{name: "another scheme only", header: func(s, sec string) string { return "t=" + sec + ",v0=" + s }, wantErr: webhook.ErrNoSignature},
		{name: "no time", header: func(s, _ string) string { return "v1=" + s }, wantErr: webhook.ErrMalformedHeader},
		{name: "no number for a time", header: func(s, _ string) string { return "t=now,v1=" + s }, wantErr: webhook.ErrMalformedHeader},
		{name: "no header", header: func(_, _ string) string { return "" }, wantErr: webhook.ErrNoSignature},
		{name: "no pairs", header: func(s, _ string) string { return s }, wantErr: webhook.ErrMalformedHeader},

		{name: "from the future", age: -time.Hour, wantErr: webhook.ErrExpired, theyAccept: true},
		{name: "a time with a sign", header: func(s, sec string) string { return "t=+" + sec + ",v1=" + s }, wantErr: webhook.ErrMalformedHeader, theyAccept: true},
		{name: "two times", header: func(s, sec string) string { return "t=1,t=" + sec + ",v1=" + s }, wantErr: webhook.ErrMalformedHeader, theyAccept: true},
		{name: "an unknown entry with two values", header: func(s, sec string) string { return "t=" + sec + ",v1=" + s + ",x=a=b" }, theyRefuse: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				at, received, with := time.Now().Add(-tt.age), payload, secret
				if tt.payload != "" {
					received = []byte(tt.payload)
				}
				if tt.secret != "" {
					with = tt.secret
				}
				header := webhook.Sign(payload, with, at)
				if tt.header != nil {
					_, signature, _ := strings.Cut(header, "v1=")
					header = tt.header(signature, strconv.FormatInt(at.Unix(), 10))
				}
				_, err := webhook.Verifier{Secrets: []string{secret}}.Verify(received, header)
				require.ErrorIs(t, err, tt.wantErr)
				_, theirErr := stripewebhook.ConstructEvent(received, header, secret)
				accept := err == nil
				if tt.theyAccept || tt.theyRefuse {
					accept = !accept
				}
				assert.Equal(t, accept, theirErr == nil, "stripe-go says %v", theirErr)
			})
		})
	}
}

// other is another digit.
func other(digit string) string {
	if digit == "0" {
		return "1"
	}
	return "0"
}

// TestEmptySecret: to stripe-go no secret is one that everybody knows.
func TestEmptySecret(t *testing.T) {
	payload := events(t)["funds_available"]
	header := webhook.Sign(payload, "", time.Now())
	_, err := stripewebhook.ConstructEvent(payload, header, "")
	require.NoError(t, err)

	_, err = webhook.Verifier{Secrets: []string{""}}.Verify(payload, header)
	require.ErrorIs(t, err, webhook.ErrNoSecret)
}

// TestDeliveries has stripe-go receive what the emulator delivers, while a secret is being replaced.
func TestDeliveries(t *testing.T) {
	for _, known := range []string{"whsec_old", "whsec_new"} {
		t.Run(known, func(t *testing.T) {
			var received []stripe.Event
			srv := stripetest.NewServer()
			srv.AddWebhook(stripetest.Webhook{
				URL: "https://example.com/hook", Secrets: []string{"whsec_old", "whsec_new"},
				Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
					payload, err := io.ReadAll(r.Body)
					assert.NoError(t, err)
					event, err := stripewebhook.ConstructEvent(payload, r.Header.Get("Stripe-Signature"), known)
					assert.NoError(t, err)
					received = append(received, event)
				}),
			})
			sc := theirs(srv)
			customer, err := sc.V1Customers.Create(t.Context(), &stripe.CustomerCreateParams{Name: new("Åsa")})
			require.NoError(t, err)
			_, err = sc.V1TestHelpersCustomers.FundCashBalance(t.Context(), customer.ID, &stripe.TestHelpersCustomerFundCashBalanceParams{
				Amount: new(int64(1000)), Currency: new("eur"), Params: stripe.Params{IdempotencyKey: new("order-1")},
			})
			require.NoError(t, err)
			_, err = sc.V1Cards.Create(t.Context(), &stripe.CardCreateParams{Customer: &customer.ID, Token: new("tok_visa")})
			require.NoError(t, err)
			for _, d := range srv.Deliver(t.Context()) {
				assert.True(t, d.OK(), "%+v", d)
			}
			byType := map[stripe.EventType]stripe.Event{}
			for _, event := range received {
				assert.Equal(t, stripecash.APIVersion, event.APIVersion)
				byType[event.Type] = event
			}
			require.Contains(t, byType, stripe.EventTypeCashBalanceFundsAvailable)
			require.Contains(t, byType, stripe.EventTypeCustomerCashBalanceTransactionCreated)
			require.Contains(t, byType, stripe.EventTypeCustomerSourceCreated)
			funds := byType[stripe.EventTypeCashBalanceFundsAvailable]
			assert.Equal(t, "order-1", byType[stripe.EventTypeCustomerCashBalanceTransactionCreated].Request.IdempotencyKey)
			balance, err := webhook.Decode[cashbalance.CashBalance](&webhook.Event{ID: funds.ID, Data: webhook.Data{Object: funds.Data.Raw}})
			require.NoError(t, err)
			assert.Equal(t, int64(1000), balance.Available["eur"])
		})
	}
}
