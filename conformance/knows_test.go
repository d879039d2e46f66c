package conformance_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// TestEmulatorKnowsWhatIsDocumented holds the emulator's parameters and expansions against the spec: it takes one that is
// documented, or says that it doesn't model it, but never that there is no such thing.
func TestEmulatorKnowsWhatIsDocumented(t *testing.T) {
	spec := theSpec(t)
	srv := stripetest.NewServer()
	otherwise := map[string]string{ // why the emulator refuses a value that the spec allows
		"capture_method=manual": "a bank transfer can't be captured later",
		"object=x":              "the spec has no list of the kinds of payment sources",
		"type=x":                "nor of the types of sources",
	}
	needed := map[string]bool{}
	served, sent := 0, 0
	for _, operation := range spec.Operations(func(path string) bool { return !strings.HasSuffix(path, "/search") }) {
		if strings.HasPrefix(refusal(t, srv, operation, nil).Message, "Unrecognized request URL") {
			continue
		}
		served++
		spellings, err := spec.Spellings(operation)
		require.NoError(t, err)
		base := url.Values{}
		for _, s := range spellings {
			if s.Required {
				base.Set(s.Name, s.Value)
			}
		}
		for _, s := range spellings {
			form := maps.Clone(base)
			form.Set(s.Name, s.Value)
			got := refusal(t, srv, operation, form)
			assert.NotEqual(t, "parameter_unknown", got.Code, "%s with %s: %s", operation, s.Name, got.Message)
			if strings.Contains(got.Message, "Invalid") {
				value := s.Name + "=" + s.Value
				assert.Contains(t, otherwise, value, "%s: %s", operation, got.Message)
				needed[value] = true
			}
			sent++
		}
		fields, err := spec.Expandable(operation)
		require.NoError(t, err)
		for _, field := range fields {
			got := refusal(t, srv, operation, url.Values{"expand[]": {field}})
			assert.NotContains(t, got.Message, "cannot be expanded", operation)
			sent++
		}
	}
	assert.Len(t, needed, len(otherwise), "or the others need no exemption: %v", needed)
	assert.Greater(t, served, 40, "or the emulator was not asked")
	assert.Greater(t, sent, 1000, "or nothing was sent")
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
