package stripetest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// in2026 is a server whose clock stands still in August 2026, with a customer.
func in2026(opts ...stripetest.Option) *stripetest.Server {
	clock := func() time.Time { return time.Date(2026, 8, 26, 12, 0, 0, 0, time.UTC) }
	srv := stripetest.NewServer(append([]stripetest.Option{stripetest.WithClock(clock)}, opts...)...)
	srv.AddCustomer("cus_1")
	return srv
}

const sourcesPath = "/v1/customers/cus_1/sources"

// rawCard are the pairs of a card that is given raw; more pairs win.
func rawCard(name, number string, more ...string) []string {
	pairs := map[string]string{name + "[object]": "card", name + "[number]": number, name + "[exp_month]": "8", name + "[exp_year]": "2030"}
	for pair := range slices.Chunk(more, 2) {
		pairs[name+"["+pair[0]+"]"] = pair[1]
	}
	var flat []string
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		flat = append(flat, key, pairs[key])
	}
	return flat
}

func del(t *testing.T, srv *stripetest.Server, path string) answer {
	t.Helper()
	return send(t, srv, newRequest(t, http.MethodDelete, path, ""))
}

func eventTypes(srv *stripetest.Account) []string {
	var types []string
	for _, e := range srv.Events() {
		types = append(types, string(e.Type))
	}
	return types
}

func lastEvent(t *testing.T, srv *stripetest.Account) map[string]any {
	t.Helper()
	events := srv.Events()
	require.NotEmpty(t, events)
	var body map[string]any
	require.NoError(t, json.Unmarshal(events[len(events)-1].Body, &body))
	return body["data"].(map[string]any)
}

func TestCardWhole(t *testing.T) {
	srv := in2026()
	got := post(t, srv, sourcesPath, rawCard("source", "4242 4242-4242 4242", "cvc", "123", "name", "Jenny Rosen", "exp_year", "30",
		"address_line1", "1 Main St", "address_zip", "94103", "metadata][a", "1")...)
	require.Equal(t, http.StatusOK, got.Status, got.Text)
	id, fingerprint := got.Body["id"], got.Body["fingerprint"]
	assert.Regexp(t, `^card_1[0-9A-Za-z]{23}$`, id)
	assert.Regexp(t, `^[0-9A-Za-z]{16}$`, fingerprint)
	want := map[string]any{
		"id": id, "object": "card", "address_city": nil, "address_country": nil, "address_line1": "1 Main St",
		"address_line1_check": "pass", "address_line2": nil, "address_state": nil, "address_zip": "94103",
		"address_zip_check": "pass", "allow_redisplay": "unspecified", "brand": "Visa", "country": "US", "customer": "cus_1",
		"cvc_check": "pass", "dynamic_last4": nil, "exp_month": 8.0, "exp_year": 2030.0, "fingerprint": fingerprint,
		"funding": "credit", "last4": "4242", "metadata": map[string]any{"a": "1"}, "name": "Jenny Rosen",
		"networks": map[string]any{"preferred": nil}, "regulated_status": "unregulated", "tokenization_method": nil,
	}
	assert.Equal(t, want, got.Body)
	for _, path := range []string{sourcesPath, "/v1/customers/cus_1/cards"} {
		assert.Equal(t, want, get(t, srv, path+"/"+id.(string)).Body)
		assert.Equal(t, []any{want}, get(t, srv, path).Body["data"])
	}
	assert.Equal(t, []string{"customer.source.created"}, eventTypes(srv.Account))
	assert.Equal(t, want, lastEvent(t, srv.Account)["object"])
}

func TestCardUpdate(t *testing.T) {
	srv := in2026()
	created := post(t, srv, sourcesPath, rawCard("source", "4242424242424242", "name", "A", "address_city", "Bath")...)
	path := sourcesPath + "/" + created.Body["id"].(string)
	want := maps.Clone(created.Body)

	want["name"], want["exp_month"], want["exp_year"], want["address_city"] = "B", 1.0, 2040.0, nil
	want["address_line1"], want["address_line1_check"] = "1 Main St", "pass"
	want["metadata"] = map[string]any{"a": "1", "b": "2"}
	got := post(t, srv, path, "name", "B", "exp_month", "01", "exp_year", "40", "address_city", "", "address_line1", "1 Main St",
		"metadata[a]", "1", "metadata[b]", "2")
	assert.Equal(t, want, got.Body)
	data := lastEvent(t, srv.Account)
	assert.Equal(t, want, data["object"])
	assert.Equal(t, map[string]any{"name": "A", "exp_month": 8.0, "exp_year": 2030.0, "address_city": "Bath", "address_line1": nil,
		"address_line1_check": nil, "metadata": map[string]any{"a": nil, "b": nil}}, data["previous_attributes"])

	want["name"], want["metadata"] = nil, map[string]any{"b": "2"}
	assert.Equal(t, want, post(t, srv, path, "name", "", "metadata[a]", "").Body)
	want["metadata"] = map[string]any{}
	assert.Equal(t, want, post(t, srv, path, "metadata", "").Body)
	assert.Equal(t, want, post(t, srv, "/v1/customers/cus_1/cards/"+want["id"].(string), "metadata", "").Body)
	assert.Len(t, srv.Events(), 4, "an update that changes nothing makes no event")
	assert.Equal(t, "customer.source.updated", eventTypes(srv.Account)[3])

	bad := post(t, srv, path, "name", "C", "exp_month", "13")
	assert.Equal(t, "invalid_expiry_month", bad.errorField("code"))
	bad = post(t, srv, path, "name", "C", "metadata["+strings.Repeat("k", 41)+"]", "v")
	assert.Equal(t, http.StatusBadRequest, bad.Status)
	bad = post(t, srv, path, "name", "C", "account_holder_name", "D")
	assert.Equal(t, "parameter_unknown", bad.errorField("code"), "which only bank accounts have")
	assert.Equal(t, want, get(t, srv, path).Body, "nothing is half done")
}

// A month or a year alone is judged beside the other as it is, and a card that has expired can still be named.
func TestCardExpiryInParts(t *testing.T) {
	now := time.Date(2026, 8, 26, 12, 0, 0, 0, time.UTC)
	srv := in2026(stripetest.WithClock(func() time.Time { return now }))
	created := post(t, srv, sourcesPath, rawCard("source", "4242424242424242", "exp_year", "2026")...)
	path := sourcesPath + "/" + created.Body["id"].(string)
	expiry := func(pairs ...string) string {
		got := post(t, srv, path, pairs...)
		if code := got.errorField("code"); code != nil {
			return fmt.Sprint(code)
		}
		return fmt.Sprint(got.Body["exp_month"], "/", got.Body["exp_year"])
	}
	assert.Equal(t, "9/2026", expiry("exp_month", "9"))
	assert.Equal(t, "invalid_expiry_month", expiry("exp_month", "7"))
	assert.Equal(t, "9/2027", expiry("exp_year", "2027"))
	now = now.AddDate(1, 3, 0)
	assert.Equal(t, "9/2027", expiry("name", "Jenny"))
}

func TestCardRefused(t *testing.T) {
	tests := []struct {
		name      string
		pairs     []string
		want      int
		wantCode  any
		wantParam any
	}{
		{"nothing", nil, 400, "parameter_missing", "source"},
		{"empty", []string{"source", ""}, 400, "parameter_invalid_empty", "source"},
		{"unknown token", []string{"source", "tok_x"}, 400, "resource_missing", "source"},
		{"a token's name inside another", []string{"source", "tok"}, 400, "resource_missing", "source"},
		{"the table's dash", []string{"source", "-"}, 400, "resource_missing", "source"},
		{"payment method", []string{"source", "pm_card_visa"}, 400, nil, "source"},
		{"two at once", []string{"source", "tok_visa", "card", "tok_visa"}, 400, "parameters_exclusive", "source"},
		{"object missing", []string{"source[number]", "4242424242424242"}, 400, "parameter_missing", "source[object]"},
		{"another object", []string{"source[object]", "cow"}, 400, nil, "source"},
		{"number missing", []string{"source[object]", "card"}, 400, "parameter_missing", "source[number]"},
		{"unknown detail", rawCard("source", "4242424242424242", "color", "red"), 400, "parameter_unknown", "source[color]"},
		{"a bank's detail", rawCard("source", "4242424242424242", "routing_number", "1"), 400, "parameter_unknown", "source[routing_number]"},
		{"not taken", rawCard("source", "4242424242424242", "swipe_data", "x"), 400, nil, "source[swipe_data]"},
		{"metadata", append(rawCard("source", "4242424242424242"), "metadata[a]", strings.Repeat("v", 501)), 400, nil, "metadata[a]"},

		{"luhn", rawCard("source", "4242424242424241"), 402, "incorrect_number", "number"},
		{"letters", rawCard("source", "4242x24242424242"), 402, "invalid_number", "number"},
		{"short", rawCard("source", "42424242424"), 402, "invalid_number", "number"},
		{"long", rawCard("source", "42424242424242424242"), 402, "invalid_number", "number"},
		{"only spaces", rawCard("source", "    "), 402, "invalid_number", "number"},
		{"other digits", rawCard("source", "४२४२४२४२४२४२४२४२"), 402, "invalid_number", "number"},
		{"month 13", rawCard("source", "4242424242424242", "exp_month", "13"), 402, "invalid_expiry_month", "exp_month"},
		{"month 0", rawCard("source", "4242424242424242", "exp_month", "0"), 402, "invalid_expiry_month", "exp_month"},
		{"month in words", rawCard("source", "4242424242424242", "exp_month", "May"), 402, "invalid_expiry_month", "exp_month"},
		{"last month", rawCard("source", "4242424242424242", "exp_month", "7", "exp_year", "2026"), 402, "invalid_expiry_month", "exp_month"},
		{"last year", rawCard("source", "4242424242424242", "exp_year", "2025"), 402, "invalid_expiry_year", "exp_year"},
		{"last year, short", rawCard("source", "4242424242424242", "exp_year", "25"), 402, "invalid_expiry_year", "exp_year"},
		{"three digits", rawCard("source", "4242424242424242", "exp_year", "202"), 402, "invalid_expiry_year", "exp_year"},
		{"five digits", rawCard("source", "4242424242424242", "exp_year", "20300"), 402, "invalid_expiry_year", "exp_year"},
		{"too far", rawCard("source", "4242424242424242", "exp_year", "2077"), 402, "invalid_expiry_year", "exp_year"},
		{"overflow", rawCard("source", "4242424242424242", "exp_year", "99999999999999999999"), 402, "invalid_expiry_year", "exp_year"},
		{"negative", rawCard("source", "4242424242424242", "exp_year", "-1"), 402, "invalid_expiry_year", "exp_year"},
		{"cvc short", rawCard("source", "4242424242424242", "cvc", "99"), 402, "invalid_cvc", "cvc"},
		{"cvc long", rawCard("source", "4242424242424242", "cvc", "12345"), 402, "invalid_cvc", "cvc"},
		{"cvc letters", rawCard("source", "4242424242424242", "cvc", "abc"), 402, "invalid_cvc", "cvc"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := in2026()
			got := post(t, srv, sourcesPath, tt.pairs...)
			assert.Equal(t, tt.want, got.Status, got.Text)
			assert.Equal(t, tt.wantCode, got.errorField("code"), got.Text)
			assert.Equal(t, tt.wantParam, got.errorField("param"), got.Text)
			if tt.want == 402 {
				assert.Equal(t, "card_error", got.errorField("type"))
			}
			assert.Empty(t, get(t, srv, sourcesPath).ids())
			assert.Empty(t, srv.Events())
		})
	}
}

func TestCardAccepted(t *testing.T) {
	tests := []struct {
		name  string
		pairs []string
		month int
		year  int
	}{
		{"this month", []string{"exp_month", "8", "exp_year", "2026"}, 8, 2026},
		{"this month, short", []string{"exp_month", "08", "exp_year", "26"}, 8, 2026},
		{"far", []string{"exp_month", "12", "exp_year", "2076"}, 12, 2076},
		{"amex code", []string{"number", "378282246310005", "cvc", "1234"}, 8, 2030},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := post(t, in2026(), sourcesPath, rawCard("source", "4242424242424242", tt.pairs...)...)
			require.Equal(t, http.StatusOK, got.Status, got.Text)
			assert.InDelta(t, tt.month, got.Body["exp_month"], 0)
			assert.InDelta(t, tt.year, got.Body["exp_year"], 0)
		})
	}
}

func TestCardChecks(t *testing.T) {
	tests := []struct {
		number, token        string
		wantLine1, wantZip   any
		wantCVC, wantWithout any
	}{
		{"4242424242424242", "", "pass", "pass", "pass", nil},
		{"4000000000000010", "tok_avsFail", "fail", "fail", "pass", nil},
		{"4000000000000028", "tok_avsLine1Fail", "fail", "pass", "pass", nil},
		{"4000000000000036", "tok_avsZipFail", "pass", "fail", "pass", nil},
		{"4000000000000044", "tok_avsUnchecked", "unavailable", "unavailable", "pass", nil},
		{"4000000000000101", "tok_cvcCheckFail", "pass", "pass", "fail", nil},
	}
	for _, tt := range tests {
		t.Run(tt.number, func(t *testing.T) {
			srv := in2026()
			bare := post(t, srv, sourcesPath, rawCard("source", tt.number)...)
			for _, name := range []string{"address_line1_check", "address_zip_check", "cvc_check"} {
				assert.Nil(t, bare.Body[name], "%s, of what was not given", name)
			}
			full := post(t, srv, sourcesPath, rawCard("source", tt.number, "address_line1", "x", "address_zip", "y", "cvc", "123")...)
			later := post(t, srv, sourcesPath+"/"+bare.Body["id"].(string), "address_line1", "x", "address_zip", "y")
			for _, got := range []answer{full, later} {
				assert.Equal(t, tt.wantLine1, got.Body["address_line1_check"])
				assert.Equal(t, tt.wantZip, got.Body["address_zip_check"])
			}
			assert.Equal(t, tt.wantCVC, full.Body["cvc_check"])
			if strings.HasPrefix(tt.token, "tok_avs") {
				named := post(t, srv, sourcesPath, "source", tt.token)
				assert.Equal(t, tt.wantLine1, named.Body["address_line1_check"])
				assert.Equal(t, tt.wantZip, named.Body["address_zip_check"])
			}
		})
	}
}

func TestCardKinds(t *testing.T) {
	tests := []struct{ number, token, wantBrand, wantFunding, wantCountry string }{
		{"4242424242424242", "tok_visa", "Visa", "credit", "US"},
		{"4000056655665556", "tok_visa_debit", "Visa", "debit", "US"},
		{"5555555555554444", "tok_mastercard", "MasterCard", "credit", "US"},
		{"2223003122003222", "tok_mastercard_2series", "MasterCard", "credit", "US"},
		{"5200828282828210", "tok_mastercard_debit", "MasterCard", "debit", "US"},
		{"5105105105105100", "tok_mastercard_prepaid", "MasterCard", "prepaid", "US"},
		{"378282246310005", "tok_amex", "American Express", "credit", "US"},
		{"6011111111111117", "tok_discover", "Discover", "credit", "US"},
		{"6555900000604105", "", "Discover", "credit", "US"},
		{"3056930009020004", "tok_diners", "Diners Club", "credit", "US"},
		{"36227206271667", "", "Diners Club", "credit", "US"},
		{"3566002020360505", "tok_jcb", "JCB", "credit", "US"},
		{"6200000000000005", "tok_unionpay", "UnionPay", "credit", "US"},
		{"4000000760000002", "tok_br", "Visa", "credit", "BR"},
		{"4000004840008001", "tok_mx", "Visa", "credit", "MX"},
		{"4000058260000005", "tok_gb_debit", "Visa", "debit", "GB"},
		{"5555558265554449", "tok_gb_mastercard", "MasterCard", "credit", "GB"},
		{"3530111333300000", "tok_jp_jcb", "JCB", "credit", "JP"},
		{"5200007840000022", "tok_ae_mastercard", "MasterCard", "credit", "AE"},
		{"4000050000000007", "", "Visa", "debit", "US"},
		{"4111111111111111", "", "Visa", "credit", "US"},
	}
	for _, tt := range tests {
		t.Run(tt.number, func(t *testing.T) {
			srv := in2026()
			raw := post(t, srv, sourcesPath, rawCard("source", tt.number)...)
			require.Equal(t, http.StatusOK, raw.Status, raw.Text)
			assert.Equal(t, tt.wantBrand, raw.Body["brand"])
			assert.Equal(t, tt.wantFunding, raw.Body["funding"])
			assert.Equal(t, tt.wantCountry, raw.Body["country"])
			assert.Equal(t, tt.number[len(tt.number)-4:], raw.Body["last4"])
			if tt.token == "" {
				return
			}
			named := post(t, srv, sourcesPath, "source", tt.token)
			for _, field := range []string{"brand", "funding", "country", "last4", "fingerprint"} {
				assert.Equal(t, raw.Body[field], named.Body[field], field)
			}
			assert.NotEqual(t, raw.Body["id"], named.Body["id"])
		})
	}
}

// The brand follows from the first digits; beside a range is another brand, or none that is known.
func TestBrands(t *testing.T) {
	for number, want := range map[string]string{
		"4000000000000002": "Visa", "5000000000000009": "Unknown", "5100000000000008": "MasterCard", "5500000000000004": "MasterCard",
		"5600000000000003": "Unknown", "2220000000000000": "Unknown", "2221000000000009": "MasterCard", "2720000000000005": "MasterCard",
		"2721000000000004": "Unknown", "3400000000000000": "American Express", "3700000000000007": "American Express",
		"6011000000000004": "Discover", "6012000000000003": "Unknown", "6430000000000007": "Unknown", "6440000000000005": "Discover",
		"6490000000000004": "Discover", "6500000000000002": "Discover", "6600000000000001": "Unknown", "3527000000000008": "Unknown",
		"3528000000000007": "JCB", "3589000000000003": "JCB", "3590000000000000": "Unknown", "3000000000000004": "Diners Club",
		"3600000000000008": "Diners Club", "3800000000000006": "Diners Club", "3900000000000005": "Diners Club", "3100000000000003": "Unknown",
		"6200000000000005": "UnionPay", "8100000000000002": "UnionPay", "8200000000000001": "Unknown",
		"400000000002": "Visa", "6205500000000000004": "UnionPay", // the shortest and the longest
	} {
		made := post(t, stripetest.NewServer(), "/v1/tokens", rawToken(number)...)
		require.Equal(t, http.StatusOK, made.Status, made.Text)
		assert.Equal(t, want, part(made.Body, "card")["brand"], number)
	}
}

func TestFingerprints(t *testing.T) {
	srv := in2026()
	fingerprint := func(srv *stripetest.Server, number string) any {
		return post(t, srv, sourcesPath, rawCard("source", number)...).Body["fingerprint"]
	}
	visa := fingerprint(srv, "4242424242424242")
	assert.Equal(t, visa, fingerprint(srv, "4242 4242 4242 4242"), "the same number")
	assert.NotEqual(t, visa, fingerprint(srv, "5555555555554444"), "another number")
	assert.NotEqual(t, visa, fingerprint(in2026(), "4242424242424242"), "another server")
	seeded, twin := in2026(stripetest.WithSeed(1)), in2026(stripetest.WithSeed(1))
	assert.Equal(t, fingerprint(seeded, "4242424242424242"), fingerprint(twin, "4242424242424242"), "the same seed")
}

func TestCardSecretsAreNotKept(t *testing.T) {
	srv := in2026()
	post(t, srv, sourcesPath, rawCard("source", "4242424242424242", "cvc", "987")...)
	post(t, srv, "/v1/tokens", append(rawToken("4242 4242 4242 4242"), "card[cvc]", "987")...)
	post(t, srv, sourcesPath, "source", "4242424242424242")
	post(t, srv, sourcesPath, "number", "4242-4242-4242-4242")
	post(t, srv, "/v1/tokens", "bank_account[country]", "US", "bank_account[account_number]", "000123456789", "bank_account[routing_number]", "110000000")
	recorded, err := json.Marshal(srv.Requests())
	require.NoError(t, err)
	for _, events := range srv.Events() {
		recorded = append(recorded, events.Body...)
	}
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	for _, secret := range []string{"4242424242424242", "4242 4242 4242", "4242-4242-4242", `"987"`, "000123456789"} {
		assert.NotContains(t, string(recorded), secret)
		if secret != "4242424242424242" { // Stripe's own refusal of the third request repeats it
			assert.NotContains(t, string(snapshot), secret)
		}
	}
}
