package docs_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

func apiErrors(t *testing.T) chapter {
	srv := stripetest.NewServer(stripetest.WithSeed(1))
	srv.AddCustomer("cus_123")
	balance := func(id string) error {
		return failed(cashbalance.New(srv.Client(stripecash.WithMaxRetries(0))).Get(t.Context(), id))
	}
	failing := func(fault stripetest.Fault) error {
		srv.Fail(fault)
		return balance("cus_123")
	}
	retried := func() (err error) {
		synctest.Test(t, func(t *testing.T) {
			srv := stripetest.NewServer(stripetest.WithSeed(1))
			srv.Fail(stripetest.Fault{Status: http.StatusServiceUnavailable, Times: -1})
			err = failed(cashbalance.New(srv.Client()).Get(t.Context(), "cus_123"))
		})
		return err
	}
	exhausted := func() (err error) {
		synctest.Test(t, func(t *testing.T) {
			srv := stripetest.NewServer(stripetest.WithSeed(1))
			srv.Fail(stripetest.Fault{Status: http.StatusServiceUnavailable, Times: -1})
			balances := cashbalance.New(srv.Client())
			for range 60 {
				err = failed(balances.Get(t.Context(), "cus_123"))
			}
		})
		return err
	}
	declined := failed(card.New(srv.Client()).Create(t.Context(), card.Customer("cus_123"), &card.CreateParams{Token: "tok_chargeDeclinedInsufficientFunds"}))
	return chapter{
		"Answers that are errors",
		"A `*stripecash.Error`: the request, the status, Stripe's type, code and message, and the ID of the request, for Stripe's support. " +
			"Without an error object in the answer, and with a 5xx, the outcome of a POST or DELETE is unknown.",
		[]said{
			{balance("cus_404"), "What Stripe says is in the fields Type, Code, Param and Message; see https://docs.stripe.com/error-codes."},
			{declined, "Behind the code stands the decline code."},
			{retried(), "The earlier attempts failed too."},
			{exhausted(), "So did so many other calls that this one was not made again."},
			{failing(stripetest.Fault{Status: http.StatusBadGateway, Body: "<html>"}), "A proxy answered, not Stripe; the field Body has what it said."},
		},
	}
}

func get(t *testing.T, opts ...stripecash.Option) error {
	t.Helper()
	return failed(cashbalance.New(newClient(t, append(opts, stripecash.WithMaxRetries(0))...)).Get(t.Context(), "cus_123"))
}

func lostErrors(t *testing.T) chapter {
	nobody := stripecash.WithHTTPClient(&http.Client{Transport: network(func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF })})
	timeout := func() (err error) {
		synctest.Test(t, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.Fail(stripetest.Fault{Delay: time.Hour})
			err = failed(cashbalance.New(srv.Client(stripecash.WithTimeout(20*time.Second), stripecash.WithMaxRetries(0))).Get(t.Context(), "cus_123"))
		})
		return err
	}
	canceled := func(cause error) error {
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(cause)
		return failed(cashbalance.New(newClient(t)).Get(ctx, "cus_123"))
	}
	waiting := func() (err error) {
		synctest.Test(t, func(t *testing.T) {
			srv := stripetest.NewServer(stripetest.WithSeed(1))
			srv.Fail(stripetest.Fault{Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"60"}}})
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			err = failed(cashbalance.New(srv.Client()).Get(ctx, "cus_123"))
		})
		return err
	}
	api := newClient(t, answering(http.StatusOK, `{"object":"cash_balance"}`, "Idempotency-Key", "another"), stripecash.WithMaxRetries(0))
	another := failed(cashbalance.New(api).Update(t.Context(), "cus_123", nil))
	return chapter{
		"Calls without an answer", "A `*stripecash.CallError`, which wraps the cause. Ask `errors.Is(err, stripecash.ErrOutcomeUnknown)` before doing it again.",
		[]said{
			{get(t, nobody), "What comes last is what the network said."},
			{get(t, answering(http.StatusOK, `{"object":"cash_balance",`, "Request-Id", "req_9")), "The answer broke off."},
			{get(t, answering(http.StatusOK, "<html>")), "A proxy answered, not Stripe."},
			{get(t, answering(http.StatusSwitchingProtocols, "")), "Something other than Stripe answered."},
			{get(t, huge()), "No answer of Stripe's is that long."},
			{another, "A proxy, or something else in between, has written an answer twice. Or a test replays a recorded one: take the header Idempotency-Key out of it."},
			{timeout(), "WithTimeout allows an attempt more."},
			{canceled(nil), "The context of the call ended."},
			{canceled(errors.New("the server shuts down")), "The context of the call ended, and its cause says why."},
			{waiting(), "The context of the call ended between two attempts."},
			{get(t, stripecash.WithLimiter(exhausted{})), "The limiter's own error comes last."},
		},
	}
}

// huge is an answer that says it is longer than any of Stripe's.
func huge() stripecash.Option {
	return stripecash.WithHTTPClient(&http.Client{Transport: network(func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: http.NoBody, ContentLength: 1 << 30, Request: req}, nil
	})})
}

type exhausted struct{}

func (exhausted) Wait(context.Context) error {
	return errors.New("rate: Wait(n=1) would exceed context deadline")
}

func redirectErrors(t *testing.T) chapter {
	fund := func(opt stripecash.Option) error {
		return newClient(t, opt).Do(t.Context(), stripecash.Request{Method: http.MethodPost, Path: "/v1/customers"}, nil)
	}
	to := func(status int, place string) stripecash.Option { return answering(status, "", "Location", place) }
	return chapter{
		"Redirects", "They are followed within a host, and with the method that they came for. Stripe sends none: is there a proxy in between?",
		[]said{
			{get(t, to(http.StatusFound, "https://login.example.com/")), ""},
			{fund(to(http.StatusFound, "/v1/customers/")), ""},
			{get(t, to(http.StatusTemporaryRedirect, "/v1/customers/cus_123/cash_balance")), ""},
		},
	}
}

func answerErrors(t *testing.T) chapter {
	srv := stripetest.NewServer(stripetest.WithSeed(1))
	srv.AddCustomer("cus_123")
	create := failed(card.New(srv.Client()).Create(t.Context(), card.Customer("cus_123"), &card.CreateParams{Token: "btok_us"}))
	return chapter{
		"Answers that are something else", "A `*stripecash.ObjectError`. A POST or DELETE has had its effect on the object that ID names; without Got or ID the outcome is unknown.",
		[]said{
			{create, "The token was a bank account's; paymentsource.Client.DeleteBankAccount undoes it."},
			{get(t, answering(http.StatusOK, `{"status":"up"}`)), "Something other than Stripe answered."},
		},
	}
}

func decodeErrors(t *testing.T) chapter {
	_, _, notAnObject := stripecash.Identify([]byte("[]"))
	into := func(value any, text string) error { return json.Unmarshal([]byte(text), value) }
	var ref stripecash.Ref
	var union paymentsource.PaymentSource
	deep := `{"id":"cus_1","deep":` + strings.Repeat("[", 32) + strings.Repeat("]", 32) + "}"
	broken := union.UnmarshalJSON([]byte("{"))
	require.Error(t, broken)
	return chapter{
		ofParts, "From the methods and functions that read an object of the API. In a call's error they follow `decoding the answer: `.",
		[]said{
			{notAnObject, ""}, {into(&ref, `17`), ""}, {into(new(stripecash.Expandable[struct{}]), deep), ""}, {ref.UnmarshalJSON(nil), ""},
			{into(&union, `{"object":"card"}`), ""}, {broken, ""},
			{into(&union, `{"id":"card_1","object":"card","exp_year":"34"}`), "The last part is what encoding/json said."},
		},
	}
}
