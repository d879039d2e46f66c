package reliability_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/webhook"
)

// The secrets are marked: none of them can stand in an output by chance.
const (
	secretKey     = "sk_test_markedKEYmarked"
	secretNumber  = "4000987654321098"
	secretCVC     = "markedCVCmarked"
	secretHook    = "whsec_markedHOOKmarked"
	secretSource  = "src_client_secret_markedSOURCEmarked"
	secretAddress = "markedPROXYmarked"
)

// haul is everything that came out of the client, in every way that a program might write it.
type haul struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (h *haul) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.out.Write(p)
}

func (h *haul) add(values ...any) {
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			_, _ = fmt.Fprintf(h, verb+"\n", v)
		}
		text, _ := json.Marshal(v)
		_, _ = h.Write(text)
		for _, logger := range h.loggers() {
			logger.Info("seen", slog.Any("value", v), slog.Group("group", slog.Any("value", v)))
		}
		if joined, ok := v.(interface{ Unwrap() []error }); ok {
			for _, err := range joined.Unwrap() {
				h.add(err)
			}
		}
		if err, ok := v.(error); ok && errors.Unwrap(err) != nil {
			h.add(errors.Unwrap(err))
		}
	}
}

func (h *haul) loggers() []*slog.Logger {
	all := &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}
	return []*slog.Logger{slog.New(slog.NewTextHandler(h, all)), slog.New(slog.NewJSONHandler(h, all))}
}

// TraceStart and TraceEnd make it a tracer that keeps all it is told.
func (h *haul) TraceStart(ctx context.Context, op stripecash.Operation) context.Context {
	h.add(op)
	return ctx
}

func (h *haul) TraceEnd(_ context.Context, op stripecash.Operation, outcome stripecash.Outcome) {
	h.add(op, outcome)
	if outcome.Err != nil {
		h.add(outcome.Err)
	}
}

// search looks for the secrets in every spelling.
func (h *haul) search(t *testing.T) {
	t.Helper()
	out := h.out.String()
	require.NotEmpty(t, out)
	for _, secret := range []string{secretKey, secretNumber, secretCVC, secretHook, secretSource, secretAddress} {
		for _, spelled := range spellings(secret) {
			if _, after, found := strings.Cut(out, spelled); found {
				assert.Fail(t, "a secret has come out", "%s, as %.40q before %.300q", secret, spelled, after)
				break
			}
		}
	}
}

// spellings are a secret as it is, as a URL has it, and as printers of bytes write it.
func spellings(secret string) []string {
	marked := strings.TrimPrefix(strings.TrimPrefix(secret, "sk_test_"), "whsec_") // what could be masked is not what counts
	inHex := hex.EncodeToString([]byte(marked))
	inGo := strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%#v", []byte(marked)), "[]byte{"), "}")
	return []string{
		marked, url.QueryEscape(secret), inHex, strings.ToUpper(inHex), strings.Trim(fmt.Sprintf("%d", []byte(marked)), "[]"), inGo,
	}
}

func respond(status int, contentType, body string, headers ...string) transport {
	return func(req *http.Request) (*http.Response, error) {
		header := http.Header{"Content-Type": {contentType}, "Request-Id": {"req_1"}}
		for i := 0; i < len(headers); i += 2 {
			header.Set(headers[i], headers[i+1])
		}
		return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1, Request: req}, nil
	}
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// worlds are the ways in which an attempt goes wrong.
func worlds(t *testing.T) map[string]http.RoundTripper {
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	toUntrusted := &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, untrusted.Listener.Addr().String())
	}}
	t.Cleanup(toUntrusted.CloseIdleConnections)
	proxy := &url.URL{Scheme: "http", User: url.UserPassword("user", secretAddress), Host: "127.0.0.1:1"}
	faulty := stripetest.NewServer(stripetest.WithKeys(secretKey))
	faulty.FailRandomly(1, 1)
	worlds := map[string]http.RoundTripper{
		"the emulator":              stripetest.NewServer(stripetest.WithKeys(secretKey)),
		"the emulator, other keys":  stripetest.NewServer(stripetest.WithKeys("sk_test_other")),
		"the emulator, with faults": faulty,
		"an untrusted certificate":  toUntrusted,
		"a dead proxy":              &http.Transport{Proxy: http.ProxyURL(proxy)},
		"a reset connection": transport(func(*http.Request) (*http.Response, error) {
			return nil, &net.OpError{Op: "read", Net: "tcp", Err: errors.New("connection reset by peer")}
		}),
		"silence": transport(func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		}),
		"a redirect": (respond(307, "text/html", "", "Location", "https://elsewhere.example.com/?client_secret="+secretSource)),
		"an answer that is too long": transport(func(req *http.Request) (*http.Response, error) {
			resp, err := respond(200, "application/json", "")(req)
			resp.ContentLength = 1 << 40
			return resp, err
		}),
		"another object":      (respond(200, "application/json", `{"object":"other","id":"oth_1","client_secret":"`+secretSource+`"}`)),
		"a field of a type":   (respond(200, "application/json", `{"object":"source","id":"src_1","client_secret":{"a":"`+secretSource+`"}}`)),
		"half an object":      (respond(200, "application/json", `{"object":"source","client_secret":"`+secretSource)),
		"no object":           (respond(200, "application/json", `["`+secretSource+`"]`)),
		"a web page":          (respond(200, "text/html", "<html>"+secretSource)),
		"an error with a PI":  (respond(402, "application/json", `{"error":{"type":"card_error","code":"card_declined","payment_intent":{"id":"pi_1","client_secret":"`+secretSource+`"}}}`)),
		"an error with a src": (respond(400, "application/json", `{"error":{"type":"invalid_request_error","source":{"id":"src_1","client_secret":"`+secretSource+`"}}}`)),
	}
	for _, status := range []int{400, 401, 402, 403, 404, 409, 429, 500, 503} {
		worlds[strconv.Itoa(status)] = (respond(status, "application/json", `{"error":{"type":"api_error","message":"no"}}`))
		worlds[strconv.Itoa(status)+" HTML"] = (respond(status, "text/html", "<html>no"))
	}
	return worlds
}

// TestSecretsStayIn drives calls that carry secrets into every error there is, and searches all that comes out: errors and
// what they wrap, logs, what a tracer is told, params, clients.
func TestSecretsStayIn(t *testing.T) {
	details := &card.Details{
		Number: card.NewSecret(secretNumber), CVC: card.NewSecret(secretCVC), ExpMonth: 1, ExpYear: 2040,
	}
	createCard := &card.CreateParams{Details: details}
	calls := map[string]func(context.Context, *stripecash.Client, ...stripecash.CallOption) error{
		"a card's details": func(ctx context.Context, api *stripecash.Client, opts ...stripecash.CallOption) error {
			_, err := card.New(api).Create(ctx, card.Customer("cus_1"), createCard, opts...)
			return err
		},
		"details of an account": func(ctx context.Context, api *stripecash.Client, opts ...stripecash.CallOption) error {
			_, err := card.New(api).Create(ctx, card.Account("acct_1"), createCard, opts...)
			return err
		},
		"a client secret": func(ctx context.Context, api *stripecash.Client, opts ...stripecash.CallOption) error {
			_, err := source.New(api).Get(ctx, "src_1", &source.GetParams{ClientSecret: secretSource}, opts...)
			return err
		},
	}
	hauls := map[string]*haul{}
	var drives sync.WaitGroup // all at once, since most of the time is backoff
	for world, roundTripper := range worlds(t) {
		for name, call := range calls {
			h := new(haul)
			hauls[world+"/"+name] = h
			drives.Go(func() {
				for _, logger := range h.loggers() {
					api, err := stripecash.NewClient(secretKey, stripecash.WithLogger(logger), stripecash.WithTracer(h),
						stripecash.WithHTTPClient(&http.Client{Transport: roundTripper}),
						stripecash.WithTimeout(time.Second), stripecash.WithMaxRetries(1))
					if err == nil {
						err = call(t.Context(), api)
					}
					if err == nil {
						t.Errorf("%s/%s: no error", world, name)
					}
					h.add(err, api, *api)

					canceled, cancel := context.WithCancel(t.Context())
					cancel()
					h.add(call(canceled, api))
				}
			})
		}
	}
	drives.Wait()
	for name, h := range hauls {
		t.Run(name, h.search)
	}
}

// TestSecretsStayInWhatIsRefused looks at what says no before anything is sent, and at what holds secrets.
func TestSecretsStayInWhatIsRefused(t *testing.T) {
	h := new(haul)
	panics := func(f func()) {
		defer func() { h.add(recover()) }()
		f()
	}
	for _, key := range []string{" " + secretKey, secretKey + "\n", "pk_" + secretKey} {
		_, err := stripecash.NewClient(key)
		require.Error(t, err)
		h.add(err)
	}
	for _, base := range []string{
		"https://user:" + secretAddress + "@example.com", "http://user:" + secretAddress + "@example.com", "https://user:" + secretAddress + "@exa mple.com",
	} {
		_, err := stripecash.NewClient(secretKey, stripecash.WithBaseURL(base))
		require.Error(t, err)
		h.add(err)
	}
	api, err := stripecash.NewClient(secretKey)
	require.NoError(t, err)
	secret := func() card.Details {
		return card.Details{Number: card.NewSecret(secretNumber), CVC: card.NewSecret(secretCVC), ExpMonth: 13, ExpYear: 2040}
	}
	details := secret()
	params := &card.CreateParams{Details: &details}
	_, err = card.New(api).Create(t.Context(), card.Customer("cus_1"), params)
	require.Error(t, err)
	h.add(err, params, *params, details, card.New(api), *card.New(api), source.New(api))
	panics(func() { panic(params) })
	panics(func() { panic(api) })
	panics(func() { stripetest.NewServer(stripetest.WithKeys(secretKey)).Client(stripecash.WithMaxRetries(-1)) })
	panics(func() { stripetest.NewServer(stripetest.WithKeys(secretKey)).Connect("no account") })

	verifier := webhook.Verifier{Secrets: []string{secretHook}}
	h.add(verifier, &verifier)
	for _, header := range []string{"", "t=", "t=1,v1=00", "v1=" + strings.Repeat("0", 64), "t=x,v1=00"} {
		_, err := verifier.Verify([]byte(`{}`), header)
		require.Error(t, err)
		h.add(err)
	}
	for _, secrets := range [][]string{{secretHook + " "}, {secretHook, ""}, nil} {
		_, err := webhook.Verifier{Secrets: secrets}.Verify([]byte(`{}`), "t=1,v1=00")
		require.Error(t, err)
		h.add(err)
	}
	for _, logger := range h.loggers() {
		verifier.Logger = logger
		for _, header := range []string{"", "t=1,v1=00"} {
			request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("{}"))
			request.Header.Set(webhook.SignatureHeader, header)
			answer := httptest.NewRecorder()
			verifier.Handler(func(context.Context, *webhook.Event) error { return nil }).ServeHTTP(answer, request)
			_, _ = h.Write(answer.Body.Bytes())
		}
	}
	h.search(t)
}
