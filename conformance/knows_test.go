package conformance_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/conformance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// TestEmulatorKnowsParameters holds the emulator's parameters against the spec: it takes one that is documented, or says that
// it doesn't model it, but never that there is no such thing.
func TestEmulatorKnowsParameters(t *testing.T) {
	srv := stripetest.NewServer()
	const (
		countries = "the spec has no list of countries"
		country   = " payment_method_options[customer_balance][bank_transfer][eu_bank_transfer][country]=x"
	)
	otherwise := map[string]string{ // why the emulator refuses a value that the spec allows
		"GET /v1/customers/{customer}/sources object=x":       "nor one of the kinds of payment sources",
		"POST /v1/payment_intents capture_method=manual":      "a bank transfer can't be captured later",
		"POST /v1/payment_intents" + country:                  countries,
		"POST /v1/payment_intents/{intent}/confirm" + country: countries,
		"POST /v1/tokens bank_account[currency]=x":            "nor one of currencies",
		"POST /v1/sources type=x":                             "nor one of the types of sources",
	}
	needed := map[string]string{}
	sent := 0
	for _, operation := range served(t, srv) {
		spellings, err := theSpec(t).Spellings(operation)
		require.NoError(t, err)
		for _, s := range spellings {
			form := required(operation, spellings, s.Name)
			form.Set(s.Name, s.Value)
			got, value := refusal(t, srv, operation, form), operation+" "+s.Name+"="+s.Value
			assert.NotEqual(t, "parameter_unknown", got.Code, "%s: %s", value, got.Message)
			whole(t, operation, got)
			if strings.Contains(got.Message, "Invalid") {
				assert.Contains(t, otherwise, value, got.Message)
				needed[value] = otherwise[value]
			}
			sent++
		}
	}
	assert.Equal(t, otherwise, needed, "the others need no exemption")
	assert.Greater(t, sent, 2500, "or the spec was not read")
}

// TestEmulatorKnowsExpansions holds what expand[] may name against the spec, in both directions.
func TestEmulatorKnowsExpansions(t *testing.T) {
	srv := stripetest.NewServer()
	operations := served(t, srv)
	known, all := map[string][]string{}, map[string]bool{}
	sent := 0
	for _, operation := range operations {
		fields, err := theSpec(t).Expandable(operation)
		require.NoError(t, err)
		known[operation] = fields
		sent += len(fields)
		for _, field := range fields {
			all[strings.TrimPrefix(field, "data.")] = true
		}
	}
	assert.Greater(t, sent, 380, "or the spec was not read")
	for operation, fields := range known {
		spellings, err := theSpec(t).Spellings(operation)
		require.NoError(t, err)
		for field := range all {
			for _, name := range []string{field, "data." + field} {
				event, list := operation == "GET /v1/events/{id}", strings.Contains(strings.Join(fields, " "), "data.")
				if name == "data" && list || event && strings.HasPrefix(name, "data.") {
					continue // an event has data as a list has, in which there can be anything
				}
				form := required(operation, spellings, "")
				form.Set("expand[]", name)
				got := refusal(t, srv, operation, form)
				whole(t, operation, got)
				refused := got.Code == "parameter_unknown" || strings.Contains(got.Message, "cannot be expanded")
				assert.Equal(t, slices.Contains(fields, name), !refused,
					"%s with %s: %s", operation, name, got.Message)
			}
		}
	}
}

// served are the operations of the spec that the emulator serves. It takes "search" for an ID, since it serves no search.
func served(t *testing.T, srv *stripetest.Server) []string {
	t.Helper()
	operations := theSpec(t).Operations(func(path string) bool { return !strings.HasSuffix(path, "/search") })
	operations = slices.DeleteFunc(operations, func(operation string) bool {
		return strings.HasPrefix(refusal(t, srv, operation, nil).Message, "Unrecognized request URL")
	})
	require.Greater(t, len(operations), 40)
	return operations
}

// required is a form without which a request is refused before the parameter of that name is looked at: what is required
// of every request, and what is required beside the parameter in each hash that it is in.
func required(operation string, spellings []conformance.Spelling, name string) url.Values {
	form := url.Values{}
	if operation == "POST /v1/customers/{customer}/sources/{id}/verify" { // the spec doesn't say so
		form.Set("amounts[0]", "32")
		form.Set("amounts[1]", "45")
	}
	for _, s := range spellings {
		hash := s.Name[:max(0, strings.LastIndex(s.Name, "["))]
		if s.Required && (s.Always || hash != "" && strings.HasPrefix(name, hash+"[")) {
			form.Set(s.Name, s.Value)
		}
	}
	return form
}

// whole says that nothing was missing, so that everything else was looked at. Of sources and tokens the emulator requires
// more than the spec does, but after that.
func whole(t *testing.T, operation string, got refused) {
	t.Helper()
	if !strings.HasPrefix(operation, "POST /v1/sources") && operation != "POST /v1/tokens" {
		assert.NotContains(t, got.Message, "Missing required param", operation)
	}
}

type refused struct{ Code, Message string }

// refusal makes a request and gives what the answer says is wrong with it.
func refusal(t *testing.T, srv *stripetest.Server, operation string, form url.Values) refused {
	t.Helper()
	method, template, _ := strings.Cut(operation, " ")
	target, body := "https://api.stripe.com"+regexp.MustCompile(`\{\w+\}`).ReplaceAllString(template, "x"), ""
	if method == http.MethodPost {
		body = form.Encode()
	} else {
		target += "?" + form.Encode()
	}
	req, err := http.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer sk_test_123")
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := srv.RoundTrip(req)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	var answer struct{ Error refused }
	require.NoError(t, json.Unmarshal(text, &answer))
	return answer.Error
}
