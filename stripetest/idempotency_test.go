package stripetest_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

const fundPath = "/v1/test_helpers/customers/cus_1/fund_cash_balance"

// postKey sends a form under an idempotency key.
func postKey(t testing.TB, srv *stripetest.Server, key, path, form string) answer {
	t.Helper()
	req := newRequest(t, http.MethodPost, path, form)
	req.Header.Set("Idempotency-Key", key)
	return send(t, srv, req)
}

func available(t testing.TB, srv *stripetest.Server) any {
	t.Helper()
	return get(t, srv, "/v1/customers/cus_1/cash_balance").Body["available"]
}

func TestIdempotentReplay(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	first := postKey(t, srv, "key_1", fundPath, "amount=5&currency=eur")
	require.Equal(t, http.StatusOK, first.Status)
	assert.Equal(t, "key_1", first.Header.Get("Idempotency-Key"))
	assert.Empty(t, first.Header.Get("Idempotent-Replayed"))
	assert.Equal(t, first.Header.Get("Request-Id"), first.Header.Get("Original-Request"))

	for _, form := range []string{"amount=5&currency=eur", "currency=eur&amount=5"} {
		again := postKey(t, srv, "key_1", fundPath, form)
		assert.Equal(t, first.Status, again.Status)
		assert.Equal(t, first.Text, again.Text)
		assert.Equal(t, "true", again.Header.Get("Idempotent-Replayed"))
		assert.Equal(t, first.Header.Get("Request-Id"), again.Header.Get("Original-Request"))
		assert.NotEqual(t, first.Header.Get("Request-Id"), again.Header.Get("Request-Id"))
		assert.Equal(t, "key_1", again.Header.Get("Idempotency-Key"))
		assert.Equal(t, "false", again.Header.Get("Stripe-Should-Retry"))
	}
	assert.Equal(t, map[string]any{"eur": 5.0}, available(t, srv), "funded once")

	postKey(t, srv, "key_2", fundPath, "amount=5&currency=eur")
	assert.Equal(t, map[string]any{"eur": 10.0}, available(t, srv), "another key, another transfer")
}

func TestIdempotencyKeyMisused(t *testing.T) {
	tests := []struct {
		name        string
		path, form  string
		wantMessage string
	}{
		{"other parameters", fundPath, "amount=6&currency=eur", "Keys for idempotent requests can only be used with the same " +
			"parameters they were first used with. Try using a key other than 'key_1' if you meant to execute a different request."},
		{"fewer parameters", fundPath, "amount=5", "Keys for idempotent requests can only be used with the same parameters they were " +
			"first used with. Try using a key other than 'key_1' if you meant to execute a different request."},
		{"other endpoint", "/v1/customers", "", "Keys for idempotent requests can only be used for the same endpoint they were first " +
			"used for ('/v1/customers' vs '" + fundPath + "'). Try using a key other than 'key_1' if you meant to execute a different request."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.AddCustomer("cus_1")
			postKey(t, srv, "key_1", fundPath, "amount=5&currency=eur")
			got := postKey(t, srv, "key_1", tt.path, tt.form)
			assert.Equal(t, http.StatusBadRequest, got.Status)
			assert.Equal(t, "idempotency_error", got.errorField("type"))
			assert.Equal(t, tt.wantMessage, got.errorField("message"))
			assert.Equal(t, map[string]any{"eur": 5.0}, available(t, srv))
			again := postKey(t, srv, "key_1", fundPath, "amount=5&currency=eur")
			assert.Equal(t, "true", again.Header.Get("Idempotent-Replayed"), "the key still holds its answer")
		})
	}
}

func TestWhatIdempotencyKeysRemember(t *testing.T) {
	tests := []struct {
		name          string
		path, form    string
		authorization string
		wantStatus    int
		wantReplayed  string
	}{
		{"success", fundPath, "amount=5&currency=eur", "", 200, "true"},
		{"an object that is not there", "/v1/customers/cus_404", "name=x", "", 404, "true"},
		{"validation by the schema", fundPath, "amount=x&currency=eur", "", 400, ""},
		{"validation by the handler", fundPath, "amount=5&currency=chf", "", 400, ""},
		{"a missing parameter", fundPath, "amount=5", "", 400, ""},
		{"authentication", fundPath, "amount=5&currency=eur", "Bearer sk_live_x", 401, ""},
		{"an unknown URL", "/v1/nowhere", "", "", 404, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := stripetest.NewServer()
			srv.AddCustomer("cus_1")
			for _, wantReplayed := range []string{"", tt.wantReplayed} {
				req := newRequest(t, http.MethodPost, tt.path, tt.form)
				req.Header.Set("Idempotency-Key", "key_1")
				if tt.authorization != "" {
					req.Header.Set("Authorization", tt.authorization)
				}
				got := send(t, srv, req)
				assert.Equal(t, tt.wantStatus, got.Status)
				assert.Equal(t, wantReplayed, got.Header.Get("Idempotent-Replayed"))
				assert.Equal(t, tt.wantReplayed == "true", got.Header.Get("Original-Request") != "")
			}
		})
	}
}

func TestIdempotencyKeysBelongToAnAccount(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	srv.Connect("acct_1").AddCustomer("cus_1")
	postKey(t, srv, "key_1", fundPath, "amount=5&currency=eur")
	req := newRequest(t, http.MethodPost, fundPath, "amount=7&currency=eur")
	req.Header.Set("Idempotency-Key", "key_1")
	req.Header.Set("Stripe-Account", "acct_1")
	got := send(t, srv, req)
	assert.Equal(t, http.StatusOK, got.Status)
	assert.Empty(t, got.Header.Get("Idempotent-Replayed"))
}

func TestIdempotencyKeysAreForPOST(t *testing.T) {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_1")
	for range 2 {
		req := newRequest(t, http.MethodGet, "/v1/customers/cus_1/cash_balance", "")
		req.Header.Set("Idempotency-Key", "key_1")
		assert.Empty(t, send(t, srv, req).Header.Get("Idempotent-Replayed"))
	}
	got := postKey(t, srv, strings.Repeat("k", 256), fundPath, "amount=5&currency=eur")
	assert.Equal(t, http.StatusBadRequest, got.Status)
	assert.Equal(t, http.StatusOK, postKey(t, srv, strings.Repeat("k", 255), fundPath, "amount=5&currency=eur").Status)
}

func TestIdempotencyKeysExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := stripetest.NewServer()
		srv.AddCustomer("cus_1")
		postKey(t, srv, "key_1", fundPath, "amount=5&currency=eur")
		time.Sleep(24*time.Hour - time.Second)
		assert.Equal(t, "true", postKey(t, srv, "key_1", fundPath, "amount=5&currency=eur").Header.Get("Idempotent-Replayed"))
		time.Sleep(time.Second)
		assert.Empty(t, postKey(t, srv, "key_1", fundPath, "amount=9&currency=eur").Header.Get("Idempotent-Replayed"))
		assert.Equal(t, map[string]any{"eur": 14.0}, available(t, srv))
	})
}

// A state that Restore brings while a request waits decides what its key remembers, and which account is the platform.
func TestRestoreBesideARequest(t *testing.T) {
	funds := func(t *testing.T, srv *stripetest.Server) answer {
		return postKey(t, srv, "order-17", fundPath, "amount=100&currency=eur")
	}
	done := funded(t)
	first := funds(t, done)
	require.Equal(t, http.StatusOK, first.Status, first.Text)
	other, err := done.Snapshot()
	require.NoError(t, err)

	synctest.Test(t, func(t *testing.T) {
		srv := funded(t)
		require.NotEqual(t, done.ID(), srv.ID())
		srv.Fail(stripetest.Fault{Delay: time.Minute})
		var calls sync.WaitGroup
		calls.Go(func() {
			late := funds(t, srv)
			assert.Equal(t, http.StatusOK, late.Status, late.Text)
			assert.Equal(t, first.Body, late.Body)
			assert.Equal(t, "true", late.Header.Get("Idempotent-Replayed"))
		})
		synctest.Wait()
		require.NoError(t, srv.Restore(other))
		calls.Wait()
		assert.Equal(t, map[string]any{"eur": 100.0}, available(t, srv))
	})
}

// A snapshot could not hold such a key.
func TestIdempotencyKeyThatIsNoText(t *testing.T) {
	got := postKey(t, funded(t), "order-\xff", "/v1/customers", "")
	assert.Equal(t, http.StatusBadRequest, got.Status)
	assert.Equal(t, "Idempotency keys must be valid UTF-8.", got.errorField("message"))
}
