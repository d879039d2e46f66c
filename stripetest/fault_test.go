package stripetest_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

func funded(t testing.TB, opts ...stripetest.Option) *stripetest.Server {
	t.Helper()
	srv := stripetest.NewServer(opts...)
	srv.AddCustomer("cus_1")
	return srv
}

// outcome is what a client sees of a request: its answer, or how far it got.
type outcome struct {
	Status  int
	JSON    bool
	TripErr error
	BodyErr error
	Header  http.Header
	Text    string
}

func try(t testing.TB, trip func(*http.Request) (*http.Response, error), req *http.Request) outcome {
	t.Helper()
	resp, err := trip(req)
	if err != nil {
		return outcome{TripErr: err}
	}
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, resp.Body.Close())
	return outcome{Status: resp.StatusCode, JSON: json.Valid(text), BodyErr: err, Header: resp.Header, Text: string(text)}
}

func fundRequest(t testing.TB, base string) *http.Request {
	req := newRequest(t, http.MethodPost, fundPath, "amount=5&currency=eur")
	if base != "" {
		req.URL.Scheme, req.URL.Host = "http", strings.TrimPrefix(base, "http://")
	}
	req.Header.Set("Idempotency-Key", "key_1")
	return req
}

// TestFaults holds every kind of fault, over both transports, against what the client sees and what has happened.
func TestFaults(t *testing.T) {
	tests := []struct {
		name       string
		fault      stripetest.Fault
		wantStatus int // 0: the connection breaks
		wantJSON   bool
		wantBroken bool // in the body
		wantEffect bool
		wantReplay bool // of the retry that follows
	}{
		{"status", stripetest.Fault{Status: 503}, 503, true, false, false, false},
		{"status after the effect", stripetest.Fault{Status: 503, AfterEffect: true}, 503, true, false, true, true},
		{"status that is remembered", stripetest.Fault{Status: 500, Stored: true}, 500, true, false, false, true},
		{"status after the effect that is remembered", stripetest.Fault{Status: 500, Stored: true, AfterEffect: true}, 500, true, false, true, true},
		{"status in HTML", stripetest.Fault{Status: 502, Body: "<html>"}, 502, false, false, false, false},
		{"text", stripetest.Fault{Status: 502, Body: "no", Header: http.Header{"X-Extra": {"1"}, "Content-Type": {"text/plain"}}}, 502, false, false, false, false},
		{"HTML after the effect", stripetest.Fault{Body: "<html>"}, 200, false, false, true, true},
		{"truncated", stripetest.Fault{Truncate: true}, 200, false, false, true, true},
		{"truncated error", stripetest.Fault{Status: 500, Truncate: true}, 500, false, false, false, false},
		{"cut before the effect", stripetest.Fault{Cut: stripetest.CutBeforeEffect}, 0, false, false, false, false},
		{"cut after the effect", stripetest.Fault{Cut: stripetest.CutAfterEffect}, 0, false, false, true, true},
		{"cut in the body", stripetest.Fault{Cut: stripetest.CutInBody}, 200, false, true, true, true},
		{"a header", stripetest.Fault{Header: http.Header{"X-Extra": {"1"}}}, 200, true, false, true, true},
		{"a cut with a header", stripetest.Fault{Cut: stripetest.CutBeforeEffect, Header: http.Header{"X-Extra": {"1"}}}, 0, false, false, false, false},
	}
	for _, tt := range tests {
		for _, transport := range []string{"RoundTrip", "ServeHTTP"} {
			t.Run(tt.name+"/"+transport, func(t *testing.T) {
				srv, base := funded(t), ""
				trip := srv.RoundTrip
				if transport == "ServeHTTP" {
					port := httptest.NewUnstartedServer(srv)
					port.Config.ErrorLog = nil
					port.Start()
					defer port.Close()
					client := port.Client()
					client.Transport.(*http.Transport).DisableKeepAlives = true // no retries by net/http
					trip, base = client.Do, port.URL
				}
				srv.Fail(tt.fault)
				got := try(t, trip, fundRequest(t, base))
				assert.Equal(t, tt.wantStatus, got.Status)
				assert.Equal(t, tt.wantStatus == 0, got.TripErr != nil)
				assert.Equal(t, tt.wantJSON, got.JSON, got.Text)
				if tt.wantBroken {
					assert.ErrorIs(t, got.BodyErr, io.ErrUnexpectedEOF)
					assert.NotEmpty(t, got.Text, "the half that came before")
				} else {
					assert.NoError(t, got.BodyErr)
				}
				if tt.fault.Header != nil && tt.wantStatus != 0 {
					assert.Equal(t, "1", got.Header.Get("X-Extra"))
				}
				if tt.fault.Body != "" {
					assert.Equal(t, cmp.Or(tt.fault.Header.Get("Content-Type"), "text/html"), got.Header.Get("Content-Type"))
				}
				balance := available(t, srv)
				assert.Equal(t, tt.wantEffect, balance != nil)

				retry := try(t, trip, fundRequest(t, base))
				assert.Equal(t, tt.wantReplay, retry.Header.Get("Idempotent-Replayed") == "true")
				if tt.fault.Stored {
					assert.Equal(t, tt.wantStatus, retry.Status, "the key remembers the failure")
					assert.Equal(t, balance, available(t, srv))
				} else {
					assert.Equal(t, http.StatusOK, retry.Status, "exactly one request fails")
					assert.Equal(t, map[string]any{"eur": 5.0}, available(t, srv), "funded once")
				}
			})
		}
	}
}

// Only a request that does its work can fail after it for good: what is refused, and what was answered before, stays so.
func TestStoredAfterEffectNeedsAnEffect(t *testing.T) {
	srv := funded(t)
	fault := stripetest.Fault{Method: http.MethodPost, Status: 500, Stored: true, AfterEffect: true}
	srv.Fail(fault)
	refused := post(t, srv, "/v1/test_helpers/customers/cus_1/fund_cash_balance", "amount", "5", "currency", "xxx")
	assert.Equal(t, http.StatusBadRequest, refused.Status)

	first := try(t, srv.RoundTrip, fundRequest(t, ""))
	require.Equal(t, http.StatusOK, first.Status)
	srv.Fail(fault)
	again := try(t, srv.RoundTrip, fundRequest(t, ""))
	assert.Equal(t, http.StatusOK, again.Status)
	assert.Equal(t, "true", again.Header.Get("Idempotent-Replayed"))
}

func TestCutLooksLikeANetworkError(t *testing.T) {
	srv := funded(t)
	srv.Fail(stripetest.Fault{Cut: stripetest.CutAfterEffect})
	_, err := srv.RoundTrip(fundRequest(t, ""))
	op, ok := errors.AsType[*net.OpError](err)
	require.True(t, ok)
	assert.Equal(t, "read", op.Op)
	assert.ErrorIs(t, err, syscall.ECONNRESET)
	log := srv.Requests()
	assert.Zero(t, log[len(log)-1].Status)
}

func TestFaultAnswers(t *testing.T) {
	tests := []struct {
		name       string
		fault      stripetest.Fault
		wantType   string
		wantCode   any
		wantReason string
		wantID     bool
	}{
		{"500", stripetest.Fault{Status: 500}, "api_error", nil, "", true},
		{"402 with a code", stripetest.Fault{Status: 402, Code: "card_declined"}, "card_error", "card_declined", "", true},
		{"400", stripetest.Fault{Status: 400, Message: "No."}, "invalid_request_error", nil, "", true},
		{"429 of a lock", stripetest.Fault{Status: 429}, "invalid_request_error", "lock_timeout", "", true},
		{"429 of a lock, with a code", stripetest.Fault{Status: 429, Code: "rate_limit"}, "invalid_request_error", "rate_limit", "", true},
		{"429 of a limit, with a code", stripetest.Fault{Status: 429, Code: "lock_timeout", RateLimitedReason: "endpoint-rate"},
			"invalid_request_error", "lock_timeout", "endpoint-rate", false},
		{"429 of a limit", stripetest.Fault{Status: 429, RateLimitedReason: "endpoint-rate"}, "invalid_request_error", "rate_limit", "endpoint-rate", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := funded(t)
			srv.Fail(tt.fault)
			got := get(t, srv, "/v1/customers/cus_1")
			assert.Equal(t, tt.fault.Status, got.Status)
			assert.Equal(t, tt.wantType, got.errorField("type"))
			assert.Equal(t, tt.wantCode, got.errorField("code"))
			assert.Equal(t, tt.wantReason, got.Header.Get("Stripe-Rate-Limited-Reason"))
			assert.Equal(t, tt.wantID, got.Header.Values("Request-Id") != nil)
			assert.Equal(t, tt.wantID, got.errorField("request_log_url") != nil)
			assert.NotEmpty(t, got.errorField("message"))
			if tt.fault.Message != "" {
				assert.Equal(t, tt.fault.Message, got.errorField("message"))
			}
		})
	}
}

func TestFaultMatching(t *testing.T) {
	const template = "/v1/customers/{customer}"
	tests := []struct {
		name   string
		faults []stripetest.Fault
		want   []int // of GET /v1/customers/cus_1, POST the same, GET its cash balance, and the three again
	}{
		{"any, once", []stripetest.Fault{{Status: 503}}, []int{503, 200, 200, 200, 200, 200}},
		{"method", []stripetest.Fault{{Method: "POST", Status: 503}}, []int{200, 503, 200, 200, 200, 200}},
		{"template", []stripetest.Fault{{Path: template + "/cash_balance", Status: 503}}, []int{200, 200, 503, 200, 200, 200}},
		{"pattern", []stripetest.Fault{{Path: "/v1/customers/*", Method: "POST", Status: 503}}, []int{200, 503, 200, 200, 200, 200}},
		{"exact path", []stripetest.Fault{{Path: "/v1/customers/cus_1/cash_balance", Status: 503}}, []int{200, 200, 503, 200, 200, 200}},
		{"other path", []stripetest.Fault{{Path: "/v1/customers/cus_2", Status: 503}}, []int{200, 200, 200, 200, 200, 200}},
		{"second", []stripetest.Fault{{Path: template, Nth: 2, Status: 503}}, []int{200, 503, 200, 200, 200, 200}},
		{"three times", []stripetest.Fault{{Times: 3, Status: 503}}, []int{503, 503, 503, 200, 200, 200}},
		{"from the second on, twice", []stripetest.Fault{{Method: "GET", Nth: 2, Times: 2, Status: 503}}, []int{200, 200, 503, 503, 200, 200}},
		{"always", []stripetest.Fault{{Method: "GET", Times: -1, Status: 503}}, []int{503, 200, 503, 503, 200, 503}},
		{"one after the other", []stripetest.Fault{{Status: 503}, {Status: 500}}, []int{503, 500, 200, 200, 200, 200}},
		{"one waits, one strikes", []stripetest.Fault{{Nth: 2, Status: 503}, {Status: 500}}, []int{500, 503, 200, 200, 200, 200}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := funded(t)
			for _, fault := range tt.faults {
				srv.Fail(fault)
			}
			var got []int
			for range 2 {
				got = append(got, get(t, srv, "/v1/customers/cus_1").Status,
					post(t, srv, "/v1/customers/cus_1").Status, get(t, srv, "/v1/customers/cus_1/cash_balance").Status)
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestFaultsSpareOtherRequests(t *testing.T) {
	srv := funded(t)
	srv.Fail(stripetest.Fault{Status: 503})
	req := newRequest(t, http.MethodGet, "/v1/customers/cus_1", "")
	req.Header.Del("Authorization")
	assert.Equal(t, http.StatusUnauthorized, send(t, srv, req).Status)
	assert.Equal(t, http.StatusNotFound, get(t, srv, "/v1/nowhere").Status)
	assert.Equal(t, http.StatusServiceUnavailable, get(t, srv, "/v1/customers/cus_1").Status)
}

func TestFaultMisuse(t *testing.T) {
	tests := []struct {
		fault       stripetest.Fault
		wantMessage string
	}{
		{stripetest.Fault{}, "stripetest: Fail: the fault does nothing"},
		{stripetest.Fault{Status: 299}, "the status is 299"},
		{stripetest.Fault{Status: 600}, "the status is 600"},
		{stripetest.Fault{Status: 500, Times: -2}, "Times -2"},
		{stripetest.Fault{Delay: -1}, "can't be negative"},
		{stripetest.Fault{Status: 500, Nth: -1}, "Nth -1"},
		{stripetest.Fault{Cut: "wire"}, `the cut is "wire"`},
		{stripetest.Fault{Cut: stripetest.CutInBody, Status: 500}, "a fault has one of them"},
		{stripetest.Fault{Status: 500, RateLimitedReason: "global-rate"}, "needs Status 429"},
		{stripetest.Fault{Cut: stripetest.CutBeforeEffect, AfterEffect: true}, "choose one"},
		{stripetest.Fault{Delay: 1, Code: "card_declined"}, "need a Status"},
		{stripetest.Fault{Stored: true, Delay: 1}, "is Stored and its Status is 0"},
		{stripetest.Fault{Stored: true, Status: 401}, "is Stored and its Status is 401"},
		{stripetest.Fault{Stored: true, Status: 429}, "is Stored and its Status is 429"},
		{stripetest.Fault{Status: 500, Path: "[a"}, "syntax error in pattern"},
		{stripetest.Fault{Header: http.Header{"X": {"1"}}, DeclineCode: "lost_card"}, "need a Status"},
		{stripetest.Fault{Status: 402, Type: "cart_error"}, `the type is "cart_error"`},
		{stripetest.Fault{Status: 500, Path: "/v1/customer/*"}, `the path "/v1/customer/*" match no URL`},
		{stripetest.Fault{Status: 500, Path: "/v1/customers/{id}"}, `the path "/v1/customers/{id}" match no URL`},
		{stripetest.Fault{Status: 500, Path: "/v1/customers/*/cash_balance/"}, "cash_balance/\" match no URL"},
		{stripetest.Fault{Status: 500, Method: http.MethodDelete, Path: "/v1/customers/*/cash_balance"}, `the method "DELETE"`},
		{stripetest.Fault{Status: 500, Method: "get"}, `the method "get"`},
	}
	for _, tt := range tests {
		t.Run(tt.wantMessage, func(t *testing.T) {
			assert.Contains(t, panicText(func() { stripetest.NewServer().Fail(tt.fault) }), tt.wantMessage)
		})
	}
	assert.NotPanics(t, func() { stripetest.NewServer().Fail(stripetest.Fault{Status: 300}) })
	assert.Contains(t, panicText(func() { stripetest.NewServer().FailRandomly(1, 1.5) }), "the rate is 1.5")
	assert.Contains(t, panicText(func() { stripetest.NewServer().FailRandomly(1, -0.5) }), "the rate is -0.5")
	assert.Contains(t, panicText(func() { stripetest.NewServer().LimitRate(-1) }), "-1 is negative")
}

// A class can match a slash, so that nobody can tell whether such a pattern fits.
func TestFaultPatternWithAClass(t *testing.T) {
	srv := funded(t)
	srv.Fail(stripetest.Fault{Status: 503, Path: "/v1/customers/cus_[^/]*"})
	assert.Equal(t, 503, get(t, srv, "/v1/customers/cus_1").Status)
}

// TestFaultBody holds the error object of a fault that says all of it.
func TestFaultBody(t *testing.T) {
	srv := funded(t)
	srv.Fail(stripetest.Fault{
		Path: "/v1/customers/*", Status: 402, Type: "invalid_request_error", Code: "card_declined", DeclineCode: "lost_card", Param: "source", Message: "No.",
	})
	got := get(t, srv, "/v1/customers/cus_1")
	assert.Equal(t, 402, got.Status)
	fields, _ := got.Body["error"].(map[string]any)
	delete(fields, "request_log_url") // it has the request's ID
	assert.Equal(t, map[string]any{
		"type": "invalid_request_error", "code": "card_declined", "decline_code": "lost_card", "param": "source", "message": "No.",
		"doc_url": "https://stripe.com/docs/error-codes/card-declined",
	}, fields)
}

// What is left out of a fault is what Stripe would say with the rest.
func TestFaultIsCompleted(t *testing.T) {
	srv := funded(t)
	for _, tt := range []struct {
		fault      stripetest.Fault
		kind, code string
	}{
		{stripetest.Fault{Status: 402, DeclineCode: "lost_card"}, "card_error", "card_declined"},
		{stripetest.Fault{Status: 402, DeclineCode: "lost_card", Code: "expired_card"}, "card_error", "expired_card"},
		{stripetest.Fault{Status: 402}, "card_error", ""},
		{stripetest.Fault{Status: 409, Code: "idempotency_key_in_use"}, "idempotency_error", "idempotency_key_in_use"},
		{stripetest.Fault{Status: 409}, "invalid_request_error", ""},
		{stripetest.Fault{Status: 429}, "invalid_request_error", "lock_timeout"},
	} {
		srv.Fail(tt.fault)
		got := get(t, srv, "/v1/customers/cus_1")
		fields, _ := got.Body["error"].(map[string]any)
		code, _ := fields["code"].(string)
		assert.Equal(t, tt.kind, fields["type"], "%+v", tt.fault)
		assert.Equal(t, tt.code, code, "%+v", tt.fault)
	}
}

func TestFaultTypes(t *testing.T) {
	srv := funded(t)
	for _, kind := range []string{"api_error", "card_error", "idempotency_error", "invalid_request_error"} {
		srv.Fail(stripetest.Fault{Status: 418, Type: kind})
		assert.Equal(t, kind, get(t, srv, "/v1/customers/cus_1").errorField("type"))
	}
}

func TestDelay(t *testing.T) {
	t.Run("counts as time before the effect", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			srv := stripetest.NewServer()
			start := time.Now()
			srv.Fail(stripetest.Fault{Delay: 3 * time.Second})
			got := send(t, srv, newRequest(t, http.MethodPost, "/v1/customers", ""))
			assert.InDelta(t, start.Add(3*time.Second).Unix(), got.Body["created"], 0)
		})
	})
	t.Run("passes", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			srv := funded(t)
			srv.Fail(stripetest.Fault{Delay: 3 * time.Second})
			start := time.Now()
			assert.Equal(t, http.StatusOK, get(t, srv, "/v1/customers/cus_1").Status)
			assert.Equal(t, 3*time.Second, time.Since(start))
		})
	})
	t.Run("holds nobody else up", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			srv := funded(t)
			srv.Fail(stripetest.Fault{Delay: time.Hour, Method: "POST"})
			var wg sync.WaitGroup
			wg.Go(func() { post(t, srv, "/v1/customers/cus_1") })
			synctest.Wait()
			start := time.Now()
			get(t, srv, "/v1/customers/cus_1")
			assert.Zero(t, time.Since(start))
			wg.Wait()
		})
	})
	for _, tt := range []struct {
		name       string
		fault      stripetest.Fault
		wantEffect any
	}{
		{"ends with the context, before the effect", stripetest.Fault{Delay: time.Hour}, nil},
		{"ends with the context, in front", stripetest.Fault{Delay: time.Hour, Status: 503}, nil},
		{"ends with the context, after the effect", stripetest.Fault{Delay: time.Hour, AfterEffect: true}, map[string]any{"eur": 5.0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := funded(t)
				srv.Fail(tt.fault)
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				start := time.Now()
				_, err := srv.RoundTrip(fundRequest(t, "").WithContext(ctx))
				assert.ErrorIs(t, err, context.DeadlineExceeded)
				assert.Equal(t, time.Second, time.Since(start))
				assert.Equal(t, tt.wantEffect, available(t, srv))
				assert.Equal(t, http.StatusOK, send(t, srv, fundRequest(t, "")).Status, "and the key is free again")
			})
		})
	}
	for _, tt := range []struct {
		name       string
		fault      stripetest.Fault
		wantStatus int // 0: the connection breaks
		wantEffect any
	}{
		{"then strikes in front", stripetest.Fault{Status: 503}, 503, nil},
		{"then cuts in front", stripetest.Fault{Cut: stripetest.CutBeforeEffect}, 0, nil},
		{"then fails for good", stripetest.Fault{Status: 500, Stored: true}, 500, nil},
		{"then strikes on the way back", stripetest.Fault{Status: 503, AfterEffect: true}, 503, map[string]any{"eur": 5.0}},
		{"then has no more to do", stripetest.Fault{AfterEffect: true}, 200, map[string]any{"eur": 5.0}},
		{"then spoils the answer", stripetest.Fault{Truncate: true}, 200, map[string]any{"eur": 5.0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv, start := funded(t), time.Now()
				tt.fault.Delay = time.Second
				srv.Fail(tt.fault)
				got := try(t, srv.RoundTrip, fundRequest(t, ""))
				assert.Equal(t, time.Second, time.Since(start), "it waits once")
				assert.Equal(t, tt.wantStatus, got.Status)
				assert.Equal(t, tt.wantStatus == 0, got.TripErr != nil)
				assert.Equal(t, tt.fault.Truncate, got.Status != 0 && !got.JSON)
				assert.Equal(t, tt.wantEffect, available(t, srv))
			})
		})
	}
	t.Run("a context that has ended", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := funded(t).RoundTrip(fundRequest(t, "").WithContext(ctx))
		assert.ErrorIs(t, err, context.Canceled)
	})
}

func TestIdempotencyKeyInUse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := funded(t)
		srv.Connect("acct_1").AddCustomer("cus_1")
		srv.Fail(stripetest.Fault{Delay: time.Second})
		var wg sync.WaitGroup
		wg.Go(func() { assert.Equal(t, http.StatusOK, send(t, srv, fundRequest(t, "")).Status) })
		synctest.Wait()

		got := send(t, srv, fundRequest(t, ""))
		assert.Equal(t, http.StatusConflict, got.Status)
		assert.Equal(t, "idempotency_error", got.errorField("type"))
		assert.Equal(t, "idempotency_key_in_use", got.errorField("code"))
		assert.Contains(t, got.errorField("message"), "There is currently another in-progress request using this Idempotent Key")
		elsewhere := fundRequest(t, "")
		elsewhere.Header.Set("Stripe-Account", "acct_1")
		assert.Equal(t, http.StatusOK, send(t, srv, elsewhere).Status, "another account's key is another key")
		wg.Wait()

		got = send(t, srv, fundRequest(t, ""))
		assert.Equal(t, "true", got.Header.Get("Idempotent-Replayed"), "the conflict was not remembered")
		assert.Equal(t, map[string]any{"eur": 5.0}, available(t, srv))
	})
}

// A request whose answer is late has ended: its key replays what it did, and when it comes back at last it frees nothing
// that another has taken meanwhile.
func TestIdempotencyKeyOfALateAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := funded(t)
		late := stripetest.Fault{Status: 503, AfterEffect: true, Delay: 10 * time.Second}
		var wg sync.WaitGroup

		srv.Fail(late)
		wg.Go(func() { send(t, srv, fundRequest(t, "")) })
		synctest.Wait()
		got := send(t, srv, fundRequest(t, ""))
		assert.Equal(t, "true", got.Header.Get("Idempotent-Replayed"), got.Text)
		wg.Wait()

		srv.Fail(late)
		wg.Go(func() { postKey(t, srv, "key_2", fundPath, "amount=none&currency=eur") }) // not remembered
		synctest.Wait()
		srv.Fail(stripetest.Fault{Delay: 20 * time.Second})
		wg.Go(func() { postKey(t, srv, "key_2", fundPath, "amount=5&currency=eur") })
		<-time.After(15 * time.Second)
		got = postKey(t, srv, "key_2", fundPath, "amount=5&currency=eur")
		assert.Equal(t, "idempotency_key_in_use", got.errorField("code"), got.Text)
		wg.Wait()
		assert.Equal(t, map[string]any{"eur": 10.0}, available(t, srv))
	})
}

// What is the test's own may panic, as a clock that has run out does. The key is free again then.
func TestIdempotencyKeyAfterAPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var broken atomic.Bool
		srv := funded(t, stripetest.WithClock(func() time.Time {
			if broken.Load() {
				panic("the clock is broken")
			}
			return time.Now()
		}))
		srv.Fail(stripetest.Fault{Delay: time.Second})
		time.AfterFunc(time.Second/2, func() { broken.Store(true) })
		assert.PanicsWithValue(t, "the clock is broken", func() { send(t, srv, fundRequest(t, "")) })
		broken.Store(false)
		assert.Equal(t, http.StatusOK, send(t, srv, fundRequest(t, "")).Status)
	})
}

func TestRateLimiterAtTheEpoch(t *testing.T) {
	srv := funded(t, stripetest.WithClock(func() time.Time { return time.Unix(0, 0) }))
	srv.LimitRate(1)
	assert.Equal(t, http.StatusOK, get(t, srv, "/v1/customers/cus_1").Status)
	assert.Equal(t, http.StatusTooManyRequests, get(t, srv, "/v1/customers/cus_1").Status)
}

func TestRateLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := funded(t)
		srv.Connect("acct_1").AddCustomer("cus_1")
		srv.LimitRate(2)
		statuses := func(n int) (got []int) {
			for range n {
				got = append(got, get(t, srv, "/v1/customers/cus_1").Status)
			}
			return got
		}
		assert.Equal(t, []int{200, 200, 429, 429}, statuses(4))
		got := get(t, srv, "/v1/customers/cus_1")
		assert.Equal(t, "global-rate", got.Header.Get("Stripe-Rate-Limited-Reason"))
		assert.Empty(t, got.Header.Get("Request-Id"))
		assert.Equal(t, "rate_limit", got.errorField("code"))

		req := newRequest(t, http.MethodGet, "/v1/customers/cus_1", "")
		req.Header.Set("Stripe-Account", "acct_1")
		assert.Equal(t, http.StatusOK, send(t, srv, req).Status, "each account has its own")

		time.Sleep(time.Second)
		assert.Equal(t, []int{200, 200, 429}, statuses(3))
		srv.LimitRate(0)
		assert.Equal(t, []int{200, 200, 200}, statuses(3))
	})
}

func TestFailRandomlyByKey(t *testing.T) {
	run := func(order []int, seed uint64) map[string][]int {
		got := map[string][]int{}
		srv := funded(t)
		srv.FailRandomly(seed, 0.5)
		for _, i := range order {
			key := fmt.Sprintf("key-%d", i)
			req := newRequest(t, http.MethodPost, "/v1/customers/cus_1", "name=x")
			req.Header.Set("Idempotency-Key", key)
			got[key] = append(got[key], try(t, srv.RoundTrip, req).Status)
		}
		return got
	}
	first := run([]int{1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4}, 1)
	assert.Equal(t, first, run([]int{4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1}, 1), "what comes between does not matter")
	assert.NotEqual(t, first, run([]int{1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4}, 2))
	assert.NotEqual(t, first["key-1"], first["key-2"])
}

func TestFailRandomly(t *testing.T) {
	run := func(seed uint64, rate float64, n int) (got []string) {
		synctest.Test(t, func(t *testing.T) {
			srv := funded(t)
			srv.FailRandomly(seed, rate)
			for i := range n {
				req := newRequest(t, http.MethodPost, "/v1/customers/cus_1", fmt.Sprintf("name=%d", i))
				start := time.Now()
				o := try(t, srv.RoundTrip, req)
				slow, done := time.Since(start) > 0, strings.Contains(memory(t, srv), fmt.Sprintf(`"name":"%d"`, i))
				got = append(got, fmt.Sprintf("%d done=%t json=%t html=%t tripped=%t broken=%t slow=%t limited=%s", o.Status, done, o.JSON,
					strings.HasPrefix(o.Text, "<html>"), o.TripErr != nil, o.BodyErr != nil, slow, o.Header.Get("Stripe-Rate-Limited-Reason")))
			}
		})
		return got
	}
	assert.Equal(t, run(1, 0.5, 100), run(1, 0.5, 100))
	assert.NotEqual(t, run(1, 0.5, 100), run(2, 0.5, 100))

	counts := map[string]int{}
	for _, one := range run(3, 1, 500) {
		counts[one]++
	}
	for _, want := range []string{
		"500 done=false json=true html=false tripped=false broken=false slow=false limited=",
		"503 done=false json=true html=false tripped=false broken=false slow=false limited=",
		"503 done=true json=true html=false tripped=false broken=false slow=false limited=",
		"502 done=false json=false html=true tripped=false broken=false slow=false limited=",
		"409 done=false json=true html=false tripped=false broken=false slow=false limited=",
		"429 done=false json=true html=false tripped=false broken=false slow=false limited=global-rate",
		"429 done=false json=true html=false tripped=false broken=false slow=false limited=",
		"0 done=false json=false html=false tripped=true broken=false slow=false limited=",
		"0 done=true json=false html=false tripped=true broken=false slow=false limited=",
		"200 done=true json=false html=false tripped=false broken=true slow=false limited=",
		"200 done=true json=false html=false tripped=false broken=false slow=false limited=",
		"200 done=true json=false html=true tripped=false broken=false slow=false limited=",
		"200 done=true json=true html=false tripped=false broken=false slow=true limited=",
	} {
		assert.Positive(t, counts[want], want)
	}
	assert.Len(t, counts, 13, "and nothing else: %v", counts)

	healthy := "200 done=true json=true html=false tripped=false broken=false slow=false limited="
	few := 0
	for _, one := range run(4, 0.1, 1000) {
		if one != healthy {
			few++
		}
	}
	assert.InDelta(t, 100, few, 40)
}

func TestClearFaults(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	once := stripetest.Fault{Status: http.StatusTeapot}
	lasting := stripetest.Fault{Method: "GET", Path: "/v1/customers/*", Status: http.StatusBadGateway, Times: -1}
	srv.Fail(once)
	srv.Fail(lasting)
	srv.FailRandomly(1, 1)
	require.Equal(t, http.StatusTeapot, get(t, srv, "/v1/customers/cus_1").Status)
	require.Equal(t, http.StatusBadGateway, get(t, srv, "/v1/customers/cus_1").Status)

	assert.Equal(t, []stripetest.Fault{lasting}, srv.ClearFaults(), "the first came to pass")
	for range 20 {
		assert.Equal(t, http.StatusOK, get(t, srv, "/v1/customers/cus_1").Status)
	}
	assert.Empty(t, srv.ClearFaults())
	srv.Fail(once)
	assert.Equal(t, http.StatusTeapot, get(t, srv, "/v1/customers/cus_1").Status, "new ones count again")
}
