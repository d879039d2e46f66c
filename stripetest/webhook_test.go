package stripetest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/webhook"
)

const secret = "whsec_test"

// endpoint is a webhook endpoint that answers with statuses in turn, the last for good, and remembers what it verified.
type endpoint struct {
	verifier webhook.Verifier
	statuses []int

	mu     sync.Mutex
	events []*webhook.Event
	errs   []error
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	event, err := e.verifier.Verify(body, r.Header.Get("Stripe-Signature"))
	e.mu.Lock()
	defer e.mu.Unlock()
	e.errs = append(e.errs, err)
	if err == nil {
		e.events = append(e.events, event)
	}
	status := http.StatusOK
	if len(e.statuses) > 0 {
		status = e.statuses[0]
		e.statuses = e.statuses[min(1, len(e.statuses)-1):]
	}
	w.WriteHeader(status)
}

func (e *endpoint) types() []webhook.EventType {
	e.mu.Lock()
	defer e.mu.Unlock()
	var types []webhook.EventType
	for _, event := range e.events {
		types = append(types, event.Type)
	}
	return types
}

func newEndpoint(secrets ...string) *endpoint {
	return &endpoint{verifier: webhook.Verifier{Secrets: secrets}}
}

func fundedEvents() []webhook.EventType {
	return []webhook.EventType{"customer_cash_balance_transaction.created", "cash_balance.funds_available"}
}

func TestDeliver(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.Fund("cus_1", "eur", 100)
	end := newEndpoint(secret)
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com/hook", Handler: end, Secrets: []string{secret}})

	assert.Empty(t, srv.Deliver(t.Context()), "what happened before it was registered is not delivered")
	srv.Fund("cus_1", "eur", 200)
	made := srv.Deliver(t.Context())

	require.Len(t, made, 2)
	assert.True(t, made[0].OK())
	assert.Equal(t, 1, made[0].Attempt)
	assert.Equal(t, "https://example.com/hook", made[0].URL)
	assert.ElementsMatch(t, fundedEvents(), end.types())
	events := srv.Events()
	assert.Equal(t, events[len(events)-1].ID, made[1].EventID)
	assert.Empty(t, srv.Deliver(t.Context()), "what was accepted is not delivered again")
}

func TestDeliverOverTheNetwork(t *testing.T) {
	end := newEndpoint(secret)
	listener := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.True(t, r.Close, "no connection is left behind")
		end.ServeHTTP(w, r)
	}))
	defer listener.Close()
	gone := httptest.NewServer(end)
	gone.Close()
	elsewhere := httptest.NewServer(http.RedirectHandler(listener.URL, http.StatusPermanentRedirect))
	defer elsewhere.Close()

	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	for _, url := range []string{listener.URL, gone.URL, elsewhere.URL} {
		srv.AddWebhook(stripetest.Webhook{
			URL: url, Secrets: []string{secret}, Types: []webhook.EventType{"cash_balance.funds_available"},
		})
	}
	srv.Fund("cus_1", "eur", 100)
	made := srv.Deliver(t.Context())

	require.Len(t, made, 3)
	assert.True(t, made[0].OK())
	require.Error(t, made[1].Err)
	assert.Zero(t, made[1].Status, "there was no answer")
	assert.Equal(t, 5*time.Minute, made[1].Next)
	assert.Equal(t, http.StatusPermanentRedirect, made[2].Status)
	assert.False(t, made[2].OK(), "a redirect is not followed")
	assert.Equal(t, []webhook.EventType{"cash_balance.funds_available"}, end.types())
}

// An endpoint sees a delivery as Stripe makes it, through the client that it was given.
func TestDeliverLooksLikeStripe(t *testing.T) {
	var got *http.Request
	body := &closing{Reader: strings.NewReader("thanks")}
	client := http.Client{Transport: transport(func(req *http.Request) (*http.Response, error) {
		got = req
		return &http.Response{StatusCode: http.StatusOK, Body: body, Request: req}, nil
	})}
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.AddWebhook(stripetest.Webhook{URL: "https://shop.example.com/stripe", Secrets: []string{secret}, Client: &client})
	srv.Fund("cus_1", "eur", 100)
	require.NotEmpty(t, srv.Deliver(t.Context()))
	require.NotNil(t, got)
	assert.Equal(t, "https://shop.example.com/stripe", got.URL.String())
	assert.Equal(t, http.MethodPost, got.Method)
	assert.Equal(t, "application/json; charset=utf-8", got.Header.Get("Content-Type"))
	assert.Equal(t, "Stripe/1.0 (+https://stripe.com/docs/webhooks)", got.Header.Get("User-Agent"))
	assert.Nil(t, client.CheckRedirect, "the client is left as it is")
	assert.True(t, body.closed, "what it has opened is closed")
}

// An answer that breaks off is none.
func TestDeliveryThatBreaksOff(t *testing.T) {
	client := http.Client{Transport: transport(func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(iotest.ErrReader(io.ErrUnexpectedEOF)), Request: req}, nil
	})}
	srv := funded(t)
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Secrets: []string{secret}, Client: &client})
	srv.Fund("cus_1", "eur", 100)
	made := srv.Deliver(t.Context())
	require.NotEmpty(t, made)
	require.ErrorIs(t, made[0].Err, io.ErrUnexpectedEOF)
	assert.False(t, made[0].OK())
	assert.Equal(t, 5*time.Minute, made[0].Next)
}

// A handler has what net/http's server would give it.
func TestHandlerHasAWholeRequest(t *testing.T) {
	srv := funded(t)
	uri := ""
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com/hook?a=1", Secrets: []string{secret},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			uri = r.RequestURI
			w.Header().Set("X-Seen", "1")
			n, err := io.WriteString(w, "seen")
			assert.Equal(t, 4, n)
			assert.NoError(t, err)
			w.WriteHeader(http.StatusInternalServerError) // too late
		})})
	srv.Fund("cus_1", "eur", 100)
	made := srv.Deliver(t.Context())
	require.NotEmpty(t, made)
	assert.True(t, made[0].OK(), made[0].Err)
	assert.Equal(t, "/hook?a=1", uri)
}

// An endpoint has accepted an event when its answer is a 2xx, and only then.
func TestDeliveryOK(t *testing.T) {
	for status, want := range map[int]bool{0: false, 199: false, 200: true, 204: true, 299: true, 300: false, 500: false} {
		assert.Equal(t, want, stripetest.Delivery{Status: status}.OK(), "%d", status)
	}
	assert.False(t, stripetest.Delivery{Status: 200, Err: io.ErrUnexpectedEOF}.OK(), "an answer that broke off")

	says := func(body string, statuses ...int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for _, status := range statuses {
				w.WriteHeader(status)
			}
			_, _ = io.WriteString(w, body)
		}
	}
	tests := []struct {
		name    string
		handler http.HandlerFunc
		want    int
	}{
		{"does nothing", func(http.ResponseWriter, *http.Request) {}, 200},
		{"only writes", says("ok"), 200},
		{"has a hint first", says("", 103, 202), 202},
		{"says it twice", says("", 409, 200), 409},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.AddCustomer("cus_1")
			srv.AddWebhook(stripetest.Webhook{URL: "https://shop.example.com/stripe", Handler: tt.handler, Secrets: []string{secret}})
			srv.Fund("cus_1", "eur", 100)
			made := srv.Deliver(t.Context())
			require.NotEmpty(t, made)
			assert.Equal(t, tt.want, made[0].Status)
		})
	}
}

type transport func(*http.Request) (*http.Response, error)

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) { return t(req) }

// The secret is rolled: deliveries are signed with the old and the new one, and an endpoint that knows either accepts.
func TestDeliverWithARolledSecret(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	before, after, stranger := newEndpoint("whsec_old"), newEndpoint("whsec_new"), newEndpoint("whsec_other")
	secrets := []string{"whsec_old", "whsec_new"}
	for _, end := range []*endpoint{before, after, stranger} {
		srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: end, Secrets: secrets})
	}
	secrets[0], secrets[1] = "whsec_other", "whsec_other" // the webhook has a copy
	srv.Fund("cus_1", "eur", 100)
	srv.Deliver(t.Context())
	assert.Len(t, before.events, 2)
	assert.Len(t, after.events, 2)
	assert.Empty(t, stranger.events)
	require.ErrorIs(t, errors.Join(stranger.errs...), webhook.ErrSignatureMismatch)
}

func TestDeliverToConnect(t *testing.T) {
	srv := stripetest.NewServer()
	connected := srv.Connect("acct_1")
	own, connect, theirs := newEndpoint(secret), newEndpoint(secret), newEndpoint(secret)
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: own, Secrets: []string{secret}})
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: connect, Secrets: []string{secret}, Connect: true})
	connected.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: theirs, Secrets: []string{secret}})

	connected.AddCustomer("cus_1")
	connected.Fund("cus_1", "eur", 100)
	srv.Deliver(t.Context())
	assert.Empty(t, own.events)
	assert.NotEmpty(t, connect.events)
	assert.Len(t, theirs.events, len(connect.events))
	for _, event := range connect.events {
		assert.Equal(t, "acct_1", event.Account)
	}
}

func TestDeliverAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := stripetest.NewServer()
		srv.AddCustomer("cus_1")
		end := newEndpoint(secret)
		end.statuses = []int{500, 302, 503, 200}
		srv.AddWebhook(stripetest.Webhook{
			URL: "https://example.com", Handler: end, Secrets: []string{secret}, Types: []webhook.EventType{"cash_balance.funds_available"},
		})
		ctx, cancel := context.WithCancel(t.Context())
		var made []stripetest.Delivery
		var at []time.Duration
		began := time.Now()
		var stopped sync.WaitGroup
		stopped.Go(func() {
			srv.ServeWebhooks(ctx, func(d stripetest.Delivery) { made, at = append(made, d), append(at, time.Since(began)) })
		})
		synctest.Wait() // it is waiting for an event
		srv.Fund("cus_1", "eur", 100)
		time.Sleep(24 * time.Hour) // of the bubble's time
		cancel()
		stopped.Wait()

		assert.Equal(t, []time.Duration{0, 5 * time.Minute, 35 * time.Minute, 155 * time.Minute}, at)
		var statuses []int
		var pauses []time.Duration
		for _, d := range made {
			statuses, pauses = append(statuses, d.Status), append(pauses, d.Next)
		}
		assert.Equal(t, []int{500, 302, 503, 200}, statuses)
		assert.Equal(t, []time.Duration{5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 0}, pauses)
		require.Len(t, end.events, 4)
		assert.Equal(t, end.events[0].ID, end.events[3].ID, "a delivery that is made again is of the same event")
		assert.Equal(t, began.Unix(), int64(end.events[3].Created), "and a new signature does not make it newer")
		for _, err := range end.errs {
			assert.NoError(t, err, "each try is signed at its own time, within the tolerance")
		}
	})
}

// One endpoint that hangs keeps no other waiting, and what it did not take is tried again.
func TestDeliverBesideAHangingEndpoint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := stripetest.NewServer()
		srv.AddCustomer("cus_1")
		hanging := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		end := newEndpoint(secret)
		srv.AddWebhook(stripetest.Webhook{URL: "https://example.com/hangs", Handler: hanging, Secrets: []string{secret}})
		srv.AddWebhook(stripetest.Webhook{URL: "https://example.com/works", Handler: end, Secrets: []string{secret}})
		ctx, cancel := context.WithCancel(t.Context())
		var served sync.WaitGroup
		served.Go(func() { srv.ServeWebhooks(ctx, nil) })
		for n := range 3 {
			srv.Fund("cus_1", "eur", 100)
			synctest.Wait()
			assert.Len(t, end.types(), 2*(n+1), "at once, each time")
		}
		assert.Empty(t, srv.Deliver(t.Context()), "the one is being served, the other has everything")
		cancel()
		served.Wait()
	})
}

// What happens while a webhook is being served is delivered right after.
func TestServeWebhooksLooksAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := stripetest.NewServer()
		srv.AddCustomer("cus_1")
		slow := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-time.After(time.Second) })
		srv.AddWebhook(stripetest.Webhook{
			URL: "https://example.com", Handler: slow, Secrets: []string{secret}, Types: []webhook.EventType{"cash_balance.funds_available"},
		})
		ctx, cancel := context.WithCancel(t.Context())
		var at []time.Duration
		began := time.Now()
		var served sync.WaitGroup
		served.Go(func() { srv.ServeWebhooks(ctx, func(stripetest.Delivery) { at = append(at, time.Since(began)) }) })
		srv.Fund("cus_1", "eur", 100)
		synctest.Wait()
		srv.Fund("cus_1", "eur", 100)
		<-time.After(time.Minute)
		srv.Resend(srv.Events()[1].ID) // while nothing is due
		<-time.After(time.Minute)
		cancel()
		served.Wait()
		assert.Equal(t, []time.Duration{time.Second, 2 * time.Second, 61 * time.Second}, at)
	})
}

// A webhook goes on after Restore, also when the platform is another account then.
func TestDeliverAfterRestoreOfAnotherPlatform(t *testing.T) {
	before := stripetest.NewServer()
	before.AddCustomer("cus_1")
	snapshot, err := before.Snapshot()
	require.NoError(t, err)

	srv := stripetest.NewServer()
	own, connect := newEndpoint(secret), newEndpoint(secret)
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: own, Secrets: []string{secret}})
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: connect, Secrets: []string{secret}, Connect: true})
	require.NoError(t, srv.Restore(snapshot))
	srv.Fund("cus_1", "eur", 100)
	srv.Deliver(t.Context())
	assert.ElementsMatch(t, fundedEvents(), own.types())
	assert.Empty(t, connect.types())
}

// Events are given out for 30 days, as Stripe does, and webhooks get each once all the same.
func TestEventsAreForgotten(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return now }))
	srv.AddCustomer("cus_1")
	srv.Fund("cus_1", "eur", 1)
	end := newEndpoint(secret)
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: end, Secrets: []string{secret}})
	end.verifier.Tolerance = 1<<63 - 1
	now = now.Add(20 * 24 * time.Hour)
	srv.Fund("cus_1", "eur", 2)
	srv.Deliver(t.Context())
	require.Len(t, srv.Events(), 4)
	now = now.Add(10 * 24 * time.Hour)
	srv.Fund("cus_1", "eur", 3)
	require.Len(t, srv.Events(), 6, "the first two are exactly 30 days old")
	now = now.Add(10 * 24 * time.Hour)
	srv.Fund("cus_1", "eur", 4)
	assert.Len(t, srv.Events(), 6, "the first two are 40 days old")
	now = now.Add(40 * 24 * time.Hour)
	srv.Fund("cus_1", "eur", 5)
	assert.Len(t, srv.Events(), 2)
	srv.Deliver(t.Context())
	assert.Len(t, end.types(), 8, "what is forgotten was on its way")
}

func TestDeliverGivesUp(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	srv := stripetest.NewServer(stripetest.WithClock(func() time.Time { return now }))
	srv.AddCustomer("cus_1")
	broken := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("out of order") })
	srv.AddWebhook(stripetest.Webhook{
		URL: "https://example.com", Handler: broken, Secrets: []string{secret},
		Types: []webhook.EventType{"cash_balance.funds_available"}, Retries: []time.Duration{time.Minute},
	})
	srv.Fund("cus_1", "eur", 100)

	made := srv.Deliver(t.Context())
	require.Len(t, made, 1)
	require.ErrorContains(t, made[0].Err, "out of order")
	assert.Zero(t, made[0].Status)
	assert.Equal(t, time.Minute, made[0].Next)
	now = now.Add(time.Minute - time.Second)
	assert.Empty(t, srv.Deliver(t.Context()), "not due yet")
	now = now.Add(time.Second)
	made = srv.Deliver(t.Context())
	require.Len(t, made, 1)
	assert.Equal(t, 2, made[0].Attempt)
	assert.Zero(t, made[0].Next)
	now = now.Add(1000 * time.Hour)
	assert.Empty(t, srv.Deliver(t.Context()), "given up")
}

// An endpoint may ask the API about what it is told, and another Deliver must not send the same again meanwhile.
func TestEndpointMayCallTheServer(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	var again []stripetest.Delivery
	srv.AddWebhook(stripetest.Webhook{
		URL: "https://example.com", Secrets: []string{secret}, Types: []webhook.EventType{"cash_balance.funds_available"},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			assert.NotEmpty(t, srv.Events())
			again = append(again, srv.Deliver(r.Context())...)
			w.WriteHeader(http.StatusNoContent)
		}),
	})
	srv.Fund("cus_1", "eur", 100)
	assert.Len(t, srv.Deliver(t.Context()), 1)
	assert.Empty(t, again)
}

func TestWebhookWithoutTypesWantsAll(t *testing.T) {
	srv := stripetest.NewServer()
	for _, types := range [][]webhook.EventType{nil, {}} {
		srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: newEndpoint(secret), Secrets: []string{secret}, Types: types})
	}
	srv.AddCustomer("cus_1")
	srv.Fund("cus_1", "eur", 100)
	var made []webhook.EventType
	for _, d := range srv.Deliver(t.Context()) {
		made = append(made, d.EventType)
	}
	assert.Equal(t, append(fundedEvents(), fundedEvents()...), made)
}

func TestAddWebhookMisuse(t *testing.T) {
	srv := stripetest.NewServer()
	tests := []struct {
		name string
		hook stripetest.Webhook
		want string
	}{
		{"no URL", stripetest.Webhook{Secrets: []string{secret}}, `stripetest: AddWebhook: the URL "" is not absolute`},
		{"no host", stripetest.Webhook{URL: "https:///hook", Secrets: []string{secret}}, `stripetest: AddWebhook: the URL "https:///hook" is not absolute`},
		{"another scheme", stripetest.Webhook{URL: "ftp://example.com", Secrets: []string{secret}}, `stripetest: AddWebhook: the URL "ftp://example.com" is not absolute`},
		{"no URL at all", stripetest.Webhook{URL: "https://%", Secrets: []string{secret}}, `stripetest: AddWebhook: the URL "https://%" is not absolute`},
		{"not absolute", stripetest.Webhook{URL: "/hook", Secrets: []string{secret}}, `stripetest: AddWebhook: the URL "/hook" is not absolute`},
		{"no secret", stripetest.Webhook{URL: "https://example.com"}, "stripetest: AddWebhook: no usable secret is configured"},
		{"no pause", stripetest.Webhook{URL: "https://example.com", Secrets: []string{secret}, Retries: []time.Duration{0}}, "stripetest: AddWebhook: a pause of 0s: it must be positive"},
		{"a secret with its line end", stripetest.Webhook{URL: "https://example.com", Secrets: []string{secret, secret + "\n"}}, "stripetest: AddWebhook: no usable secret is configured: Secrets[1] has white space around it"},
		{"empty secret", stripetest.Webhook{URL: "https://example.com", Secrets: []string{""}}, "stripetest: AddWebhook: no usable secret is configured: Secrets[0] is empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.PanicsWithValue(t, tt.want, func() { srv.AddWebhook(tt.hook) })
		})
	}
	assert.PanicsWithValue(t, "stripetest: AddWebhook: only the platform's webhooks can be for connected accounts", func() {
		srv.Connect("acct_1").AddWebhook(stripetest.Webhook{URL: "https://example.com", Secrets: []string{secret}, Connect: true})
	})
}

// A snapshot that is restored brings events of its own; they are not delivered, and what happens next is.
func TestDeliverAfterRestore(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.Fund("cus_1", "eur", 1)
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	end := newEndpoint(secret)
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: end, Secrets: []string{secret}})
	require.NoError(t, srv.Restore(snapshot))

	srv.Fund("cus_1", "eur", 2)
	assert.Len(t, srv.Deliver(t.Context()), 2)
	assert.ElementsMatch(t, fundedEvents(), end.types())
}

func TestResend(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.Fund("cus_1", "eur", 1) // before there was a webhook
	old := srv.Events()[0]
	all, picky := newEndpoint(secret), newEndpoint(secret)
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com/all", Handler: all, Secrets: []string{secret}})
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com/picky", Handler: picky, Secrets: []string{secret}, Types: []webhook.EventType{"source.failed"}})

	srv.Fund("cus_1", "eur", 2)
	again := srv.Events()[2]
	srv.Resend(again.ID)
	srv.Resend(old.ID)
	for _, d := range srv.Deliver(t.Context()) {
		assert.True(t, d.OK(), d)
		assert.Equal(t, 1, d.Attempt)
	}
	require.Len(t, all.events, 4)
	assert.Equal(t, append(fundedEvents(), again.Type, old.Type), all.types())
	assert.Equal(t, all.events[0], all.events[2])
	assert.Equal(t, old.ID, all.events[3].ID)
	assert.Empty(t, picky.types())
	assert.Empty(t, srv.Deliver(t.Context()))

	connected := srv.Connect("acct_1")
	assert.PanicsWithValue(t, `stripetest: Resend: the account has no event "`+old.ID+`"`, func() { connected.Resend(old.ID) })
	assert.PanicsWithValue(t, `stripetest: Resend: the account has no event ""`, func() { srv.Resend("") })
}

// A test that restores its server begins anew, even while an endpoint is told of what was before.
func TestRestoreDuringDelivery(t *testing.T) {
	for name, status := range map[string]int{"accepted": http.StatusOK, "refused": http.StatusInternalServerError} {
		t.Run(name, func(t *testing.T) {
			srv := stripetest.NewServer()
			fresh, err := srv.Snapshot()
			require.NoError(t, err)
			srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Secrets: []string{secret}, Retries: []time.Duration{time.Nanosecond},
				Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					assert.NoError(t, srv.Restore(fresh))
					w.WriteHeader(status)
				})})
			srv.AddCustomer("cus_1")
			srv.Fund("cus_1", "eur", 1)

			made := srv.Deliver(t.Context())
			require.Len(t, made, 1, "of two events, the one that was under way")
			assert.Equal(t, status, made[0].Status)
			assert.Zero(t, made[0].Next)
			assert.Empty(t, srv.Deliver(t.Context()))
		})
	}
}

// A context that has ended is no fault of the endpoint: nothing is tried, and no try is used up.
func TestDeliverWithoutAContext(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	end := newEndpoint(secret)
	srv.AddWebhook(stripetest.Webhook{URL: "https://example.com", Handler: end, Secrets: []string{secret}, Retries: []time.Duration{time.Minute}})
	srv.Fund("cus_1", "eur", 1)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for range 3 {
		assert.Empty(t, srv.Deliver(ended))
	}
	made := srv.Deliver(t.Context())
	require.Len(t, made, 2)
	assert.Equal(t, 1, made[0].Attempt)
}

// A handler that ends its goroutine, as a failing require does, has had its delivery: it does not come again at once.
func TestHandlerThatEndsItsGoroutine(t *testing.T) {
	srv := funded(t)
	calls := 0
	srv.AddWebhook(stripetest.Webhook{
		URL: "https://example.com/", Secrets: []string{secret}, Types: fundedEvents()[:1],
		Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			calls++
			runtime.Goexit()
		}),
	})
	srv.Fund("cus_1", "eur", 5)
	got := srv.Deliver(t.Context())
	require.Len(t, got, 1)
	require.EqualError(t, got[0].Err, "stripetest: the webhook's handler ended its goroutine")
	assert.Equal(t, 5*time.Minute, got[0].Next)
	assert.Empty(t, srv.Deliver(t.Context()))
	assert.Equal(t, 1, calls)
}

// What a handler answers after the 20 s that an endpoint has is not heard.
func TestHandlerThatIsLate(t *testing.T) {
	for late, want := range map[time.Duration]error{19 * time.Second: nil, 21 * time.Second: context.DeadlineExceeded} {
		synctest.Test(t, func(t *testing.T) {
			srv := funded(t)
			srv.AddWebhook(stripetest.Webhook{
				URL: "https://example.com/", Secrets: []string{secret}, Types: fundedEvents()[:1],
				Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
					<-time.After(late)
				}),
			})
			srv.Fund("cus_1", "eur", 5)
			got := srv.Deliver(t.Context())
			require.Len(t, got, 1)
			assert.Equal(t, want, got[0].Err)
			assert.Equal(t, want == nil, got[0].OK())
		})
	}
}
