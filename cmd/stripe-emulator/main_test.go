package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/webhook"
)

const (
	wantManual = `{"object":"cash_balance","available":null,"customer":"cus_Ob4Xiw8KXOqcvM","livemode":false,` +
		`"settings":{"reconciliation_mode":"manual","using_merchant_default":false}}`
	wantFunded = `{"object":"cash_balance","available":{"eur":10000},"customer":"cus_OaCLf8Fi1nbFpJ","livemode":false,` +
		`"settings":{"reconciliation_mode":"automatic","using_merchant_default":true}}`
)

// running is an emulator that a test has started on a port of the system's choice.
type running struct {
	*emulator
	client *http.Client
	log    *lockedBuffer
	stop   func() error // as a signal would, once
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func begin(t *testing.T, args ...string) *running {
	t.Helper()
	opts, err := parseFlags(append([]string{"-addr", "127.0.0.1:0"}, args...))
	require.NoError(t, err)
	log := new(lockedBuffer)
	e, err := start(t.Context(), opts, slog.New(slog.NewTextHandler(log, nil)))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- e.serve(ctx) }()
	r := &running{emulator: e, client: new(http.Client), log: log}
	r.stop = sync.OnceValue(func() error {
		r.client.CloseIdleConnections()
		cancel()
		return <-done
	})
	t.Cleanup(func() { assert.NoError(t, r.stop()) })
	return r
}

// curl makes a request as curl does with -u sk_test_123: and, given a form, -d.
func (r *running) curl(t *testing.T, method, path, form string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, r.url()+path, strings.NewReader(form))
	require.NoError(t, err)
	req.SetBasicAuth("sk_test_123", "")
	if form != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := r.client.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(body)
}

const (
	manualPath = "/v1/customers/cus_Ob4Xiw8KXOqcvM/cash_balance"
	fundedPath = "/v1/customers/cus_OaCLf8Fi1nbFpJ/cash_balance"
)

func TestTheTwoRequests(t *testing.T) {
	r := begin(t)
	status, body := r.curl(t, http.MethodPost, manualPath, "settings[reconciliation_mode]=manual")
	assert.Equal(t, http.StatusOK, status)
	assert.JSONEq(t, wantManual, body)
	status, body = r.curl(t, http.MethodGet, fundedPath, "")
	assert.Equal(t, http.StatusOK, status)
	assert.JSONEq(t, wantFunded, body)

	require.NoError(t, r.stop())
	assert.Equal(t, 2, strings.Count(r.log.String(), "msg=request"), "one line for each request")
	assert.Regexp(t, `msg=request method=POST path=`+manualPath+` status=200 duration=\S+ request_id=req_\w+\n`, r.log.String())
	assert.NotContains(t, r.log.String(), "sk_test_123")
}

func TestOwnRoutes(t *testing.T) {
	r := begin(t)
	status, body := r.curl(t, http.MethodGet, "/_health", "")
	assert.Equal(t, http.StatusOK, status)
	assert.JSONEq(t, `{"status":"ok"}`, body)

	_, fresh := r.curl(t, http.MethodGet, "/_state", "")
	assert.Contains(t, fresh, newCustomer)
	r.curl(t, http.MethodPost, manualPath, "settings[reconciliation_mode]=manual")
	_, changed := r.curl(t, http.MethodGet, "/_state", "")
	assert.NotEqual(t, fresh, changed)

	status, _ = r.curl(t, http.MethodGet, "/_reset", "")
	assert.Equal(t, http.StatusMethodNotAllowed, status, "a look must not reset")
	status, body = r.curl(t, http.MethodPost, "/_reset", "")
	assert.Equal(t, http.StatusOK, status)
	assert.JSONEq(t, `{"status":"reset"}`, body)
	_, again := r.curl(t, http.MethodGet, "/_state", "")
	assert.Contains(t, again, newCustomer)
	_, balance := r.curl(t, http.MethodGet, manualPath, "")
	assert.Contains(t, balance, `"automatic"`)

	status, body = r.curl(t, http.MethodGet, "/_nothing", "")
	assert.Equal(t, http.StatusNotFound, status)
	assert.NotEmpty(t, body)
	status, body = r.curl(t, http.MethodGet, "/v1//customers/../x", "")
	assert.Equal(t, http.StatusNotFound, status, "the API's paths are not cleaned")
	assert.Contains(t, body, "Unrecognized request URL")
}

func TestStateSurvivesARestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	r := begin(t, "-state", file)
	r.curl(t, http.MethodPost, manualPath, "settings[reconciliation_mode]=manual")
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(kept), `"manual"`, "written before the answer, not only at the end")
	require.NoError(t, r.stop())

	r = begin(t, "-state", file)
	_, body := r.curl(t, http.MethodGet, manualPath, "")
	assert.JSONEq(t, wantManual, body)
	r.curl(t, http.MethodPost, "/_reset", "")
	require.NoError(t, r.stop())

	r = begin(t, "-state", file)
	_, body = r.curl(t, http.MethodGet, manualPath, "")
	assert.Contains(t, body, `"automatic"`, "a reset is kept too")

	left, err := filepath.Glob(file + ".*")
	require.NoError(t, err)
	assert.Empty(t, left, "no temporary file is left")
}

func TestStateUnderParallelChanges(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	r := begin(t, "-state", file)
	var calls sync.WaitGroup
	for range 20 {
		calls.Go(func() {
			r.curl(t, http.MethodPost, "/v1/test_helpers/customers/"+newCustomer+"/fund_cash_balance", "amount=1&currency=eur")
		})
	}
	calls.Wait()
	require.NoError(t, r.stop())
	r = begin(t, "-state", file)
	_, body := r.curl(t, http.MethodGet, manualPath, "")
	assert.Contains(t, strings.Join(strings.Fields(body), ""), `"available":{"eur":20}`)
}

// An answer that a client has seen is in the file: nothing of it is sent before, however long it is.
func TestTheStateIsKeptFirst(t *testing.T) {
	answer, kept := httptest.NewRecorder(), 0
	w := &keptFirst{ResponseWriter: answer, keep: func() bool {
		kept++
		assert.Zero(t, answer.Body.Len())
		return true
	}}
	w.WriteHeader(http.StatusAccepted)
	_, err := io.WriteString(w, strings.Repeat("x", 100_000))
	require.NoError(t, err)
	assert.Equal(t, 1, kept)
	assert.Equal(t, http.StatusAccepted, answer.Code)
	assert.Equal(t, 100_000, answer.Body.Len())
}

func TestAnswerWhenTheStateCannotBeKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	require.NoError(t, os.Mkdir(dir, 0o700))
	r := begin(t, "-state", filepath.Join(dir, "state.json"))
	require.NoError(t, os.RemoveAll(dir))
	status, body := r.curl(t, http.MethodPost, "/v1/customers", "name=Jenny")
	assert.Equal(t, http.StatusInternalServerError, status)
	assert.JSONEq(t, `{"error":{"type":"api_error","message":"The emulator could not keep its state."}}`, body)
	assert.Contains(t, r.log.String(), `level=ERROR msg="the state was not kept" error="can't write the state file: `)
	assert.Regexp(t, `msg=request method=POST path=/v1/customers status=500 `, r.log.String())
	require.NoError(t, os.Mkdir(dir, 0o700))
	require.NoError(t, r.stop())
	assert.FileExists(t, filepath.Join(dir, "state.json"))
}

// A file that can't be replaced leaves nothing beside it.
func TestNoFileIsLeftBehind(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "state.json")
	r := begin(t, "-state", file)
	require.NoError(t, os.Remove(file))
	require.NoError(t, os.MkdirAll(filepath.Join(file, "in the way"), 0o700))
	status, _ := r.curl(t, http.MethodPost, "/v1/customers", "name=Jenny")
	assert.Equal(t, http.StatusInternalServerError, status)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 1)
	require.NoError(t, os.RemoveAll(file))
}

func TestConnectedAccount(t *testing.T) {
	r := begin(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.url()+"/v1/customers", http.NoBody)
	require.NoError(t, err)
	req.SetBasicAuth("sk_test_123", "")
	req.Header.Set("Stripe-Account", connectedAccount)
	resp, err := r.client.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	assert.Equal(t, http.StatusOK, resp.StatusCode)
	assert.Contains(t, usage, connectedAccount)
}

func TestTLS(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cert.pem")
	r := begin(t, "-tls-cert", file)
	pem, err := os.ReadFile(file)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(pem))
	r.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true}
	defer r.client.CloseIdleConnections()

	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url()+"/_health", http.NoBody)
	require.NoError(t, err)
	resp, err := r.client.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	assert.Equal(t, "HTTP/2.0", resp.Proto)
	_, body := r.curl(t, http.MethodGet, fundedPath, "")
	assert.JSONEq(t, wantFunded, body)
}

func TestTLSWithoutAFile(t *testing.T) {
	r := begin(t, "-tls")
	certificate, err := x509.ParseCertificate(r.certificate.Certificate[0])
	require.NoError(t, err)
	roots := x509.NewCertPool()
	roots.AddCert(certificate)
	r.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	status, _ := r.curl(t, http.MethodGet, "/_health", "")
	assert.Equal(t, http.StatusOK, status)
}

func TestSeed(t *testing.T) {
	states := make(map[string]bool)
	for range 2 {
		r := begin(t, "-seed", "7")
		_, body := r.curl(t, http.MethodGet, fundedPath+"_transactions", "")
		_, id, _ := strings.Cut(body, "ccsbtxn_")
		require.NotEmpty(t, id)
		states[id[:24]] = true
	}
	assert.Len(t, states, 1)
}

func TestRecipients(t *testing.T) {
	const path = "/v1/recipients/" + recipient + "/cards"
	assert.Contains(t, usage, recipient)
	_, body := begin(t).curl(t, http.MethodGet, path, "")
	assert.Contains(t, body, "Recipients have been deprecated")
	status, body := begin(t, "-recipients").curl(t, http.MethodGet, path, "")
	assert.Equal(t, http.StatusOK, status)
	assert.Contains(t, body, `"has_more": false`)
}

// A service that outlives a reset must not take new objects and events for those that it has seen.
func TestResetGivesOtherIDs(t *testing.T) {
	fund := func(r *running) string {
		_, body := r.curl(t, http.MethodPost, "/v1/test_helpers/customers/"+newCustomer+"/fund_cash_balance", "amount=5&currency=eur")
		var made struct{ ID string }
		require.NoError(t, json.Unmarshal([]byte(body), &made))
		require.NotEmpty(t, made.ID)
		return made.ID
	}
	reset := func(r *running) {
		status, _ := r.curl(t, http.MethodPost, "/_reset", "")
		require.Equal(t, http.StatusOK, status)
	}
	r := begin(t)
	before := fund(r)
	reset(r)
	assert.NotEqual(t, before, fund(r))

	seeded := begin(t, "-seed", "7")
	before = fund(seeded)
	reset(seeded)
	assert.Equal(t, before, fund(seeded), "the seed determines them")
}

// endpoint is a webhook's, what it gets, and what the command is told of it.
func endpoint(t *testing.T) (events <-chan *webhook.Event, args []string) {
	t.Helper()
	got := make(chan *webhook.Event, 8)
	verifier := webhook.Verifier{Secrets: []string{"whsec_1"}}
	srv := httptest.NewServer(verifier.Handler(func(_ context.Context, event *webhook.Event) error {
		got <- event
		return nil
	}))
	t.Cleanup(srv.Close)
	return got, []string{"-webhook", srv.URL, "-webhook-secret", "whsec_1"}
}

func TestWebhook(t *testing.T) {
	events, args := endpoint(t)
	r := begin(t, args...)
	r.curl(t, http.MethodPost, "/v1/test_helpers/customers/"+newCustomer+"/fund_cash_balance", "amount=5&currency=eur")
	types := []string{string((<-events).Type), string((<-events).Type)}
	assert.ElementsMatch(t, []string{"customer_cash_balance_transaction.created", "cash_balance.funds_available"}, types)
	assert.Eventually(t, func() bool { return strings.Count(r.log.String(), "msg=delivered") == 2 }, 10*time.Second, time.Millisecond)
	require.NoError(t, r.stop())
	assert.NotContains(t, r.log.String(), "whsec_1")
}

// A delivery that fails is said, with why and when it comes again.
func TestWebhookThatFails(t *testing.T) {
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   string // after the attempt
	}{
		{"refused", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }, `status=418 next=5m0s\n`},
		{"broken off", func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // a connection with something left to read is reset
			panic(http.ErrAbortHandler)
		}, `status=0 error=".*EOF" next=5m0s\n`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			end := httptest.NewServer(tt.answer)
			defer end.Close()
			r := begin(t, "-webhook", end.URL, "-webhook-secret", "whsec_1")
			r.curl(t, http.MethodPost, "/v1/test_helpers/customers/"+newCustomer+"/fund_cash_balance", "amount=5&currency=eur")
			assert.Eventually(t, func() bool { return strings.Count(r.log.String(), "not delivered") == 2 }, 10*time.Second, time.Millisecond)
			require.NoError(t, r.stop())
			assert.Regexp(t, `level=WARN msg="not delivered" event=customer_cash_balance_transaction.created id=evt_\w+ attempt=1 `+tt.want,
				r.log.String())
		})
	}
}

// After a restart events are delivered as before, those of the connected account too.
func TestWebhookAfterARestart(t *testing.T) {
	events, args := endpoint(t)
	args = append(args, "-state", filepath.Join(t.TempDir(), "state.json"))
	require.NoError(t, begin(t, args...).stop())

	r := begin(t, args...)
	r.curl(t, http.MethodPost, "/v1/customers/"+newCustomer+"/sources", "source=tok_visa")
	own := <-events
	assert.Equal(t, webhook.CustomerSourceCreated, own.Type)
	assert.Empty(t, own.Account)
	r.curl(t, http.MethodPost, "/v1/accounts/"+connectedAccount+"/external_accounts", "external_account=btok_us")
	connected := <-events
	assert.Equal(t, webhook.AccountExternalAccountCreated, connected.Type)
	assert.Equal(t, connectedAccount, connected.Account)
}

// What anybody has seen is in the file: an event, and what a GET tells of others' changes.
func TestTheStateIsKeptBeforeItIsSeen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	kept := func() string {
		text, err := os.ReadFile(file)
		assert.NoError(t, err)
		return string(text)
	}
	delivered := make(chan struct{}, 2)
	end := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var event webhook.Event
		assert.NoError(t, json.NewDecoder(r.Body).Decode(&event))
		assert.Contains(t, kept(), event.ID)
		select {
		case delivered <- struct{}{}:
		default:
		}
	}))
	defer end.Close()
	r := begin(t, "-state", file, "-webhook", end.URL, "-webhook-secret", "whsec_1")
	r.srv.Fund(newCustomer, stripecash.CurrencyEUR, 7) // by nobody's request, whose end would keep it
	for range 2 {
		select {
		case <-delivered:
		case <-t.Context().Done():
		}
	}

	require.NoError(t, r.stop())

	r = begin(t, "-state", file)
	intent := r.srv.AddPaymentIntent(newCustomer, stripecash.CurrencyGBP, 5)
	require.NotContains(t, kept(), intent)
	r.curl(t, http.MethodGet, "/v1/payment_intents/"+intent, "")
	assert.Contains(t, kept(), intent)
}

// An event that could not be kept is not delivered. That it comes again is what the emulator does after any failure.
func TestWhatIsNotKeptIsNotDelivered(t *testing.T) {
	sender := &keptBefore{keep: func() bool { return false }}
	resp, err := sender.RoundTrip(httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost/", http.NoBody))
	assert.Nil(t, resp)
	assert.EqualError(t, err, "the state could not be kept")
}

// What is refused writes nothing, and what is written goes where a link leads.
func TestStateFileIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "state.json"), filepath.Join(dir, "link.json")
	require.NoError(t, begin(t, "-state", file).stop())
	require.NoError(t, os.Chmod(file, 0o640)) //nolint:gosec // it is to be kept
	require.NoError(t, os.Symlink(file, link))
	r := begin(t, "-state", link)
	before, err := os.Stat(file)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o640), before.Mode().Perm())
	status, _ := r.curl(t, http.MethodPost, "/garbage", "")
	assert.Equal(t, http.StatusNotFound, status)
	r.curl(t, http.MethodPost, "/v1/customers", "color=red")
	after, err := os.Stat(file)
	require.NoError(t, err)
	assert.True(t, os.SameFile(before, after))
	assert.Equal(t, before.ModTime(), after.ModTime())

	r.curl(t, http.MethodPost, "/v1/customers", "name=Jenny")
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(kept), "Jenny")
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink)
}

// A link may lead to where the file will be, as to a volume.
func TestStateFileBehindALink(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "volume"), 0o700))
	link := filepath.Join(dir, "state.json")
	require.NoError(t, os.Symlink(filepath.Join("volume", "real.json"), link))
	require.NoError(t, begin(t, "-state", link).stop())
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink)
	assert.FileExists(t, filepath.Join(dir, "volume", "real.json"))
}

// What was done without an answer is kept before the connection breaks, and not only when the command ends.
func TestStateIsKeptWhenTheConnectionIsCut(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	r := begin(t, "-state", file)
	r.srv.Fail(stripetest.Fault{Method: http.MethodPost, Cut: stripetest.CutAfterEffect})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.url()+"/v1/customers", strings.NewReader("name=Jenny"))
	require.NoError(t, err)
	req.SetBasicAuth("sk_test_123", "")
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := r.client.Do(req) //nolint:bodyclose // there is none
	require.Error(t, err, "%v", resp)
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(kept), "Jenny")
}

func TestResetThatCannotBeKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	require.NoError(t, os.Mkdir(dir, 0o700))
	r := begin(t, "-state", filepath.Join(dir, "state.json"))
	require.NoError(t, os.RemoveAll(dir))
	status, body := r.curl(t, http.MethodPost, "/_reset", "")
	assert.Equal(t, http.StatusInternalServerError, status)
	assert.JSONEq(t, `{"status":"reset, but not kept"}`, body)
	require.NoError(t, os.Mkdir(dir, 0o700))
}

// What is no HTTP at all gets an answer in HTTP, and the emulator goes on.
func TestGarbageOnThePort(t *testing.T) {
	r := begin(t)
	target, err := url.Parse(r.url())
	require.NoError(t, err)
	for name, sent := range map[string]string{
		"no protocol":     "GET /\r\n\r\n",
		"binary":          "\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\r\n\r\n",
		"CONNECT":         "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n",
		"endless headers": "GET /v1/x HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("x", 200<<10) + "\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", target.Host)
			require.NoError(t, err)
			defer conn.Close()
			go func() { _, _ = io.WriteString(conn, sent) }()
			answer := make([]byte, 12)
			_, err = io.ReadFull(conn, answer)
			require.NoError(t, err)
			assert.Regexp(t, `^HTTP/1\.1 4\d\d$`, string(answer))
		})
	}
	status, _ := r.curl(t, http.MethodGet, "/_health", "")
	assert.Equal(t, http.StatusOK, status)
}
