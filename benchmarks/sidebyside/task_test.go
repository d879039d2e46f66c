package sidebyside_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/benchmarks/sidebyside"
	"github.com/ccb8c2b4/stripecash/webhook"
)

// seen is what of a request all sides have to agree on.
type seen struct {
	Method, Host, Path string
	Query, Form        url.Values
	Authorization      string
	HasVersion, HasKey bool
}

func TestSidesSendTheSameRequest(t *testing.T) {
	for _, task := range sidebyside.Tasks() {
		t.Run(task.Name, func(t *testing.T) {
			var requests []seen
			for _, side := range sides(task) {
				stub := sidebyside.NewStub(task)
				stub.Seen = func(req *http.Request, body []byte) {
					form, err := url.ParseQuery(string(body))
					require.NoError(t, err)
					requests = append(requests, seen{
						Method: req.Method, Host: req.URL.Host, Path: req.URL.Path, Query: req.URL.Query(), Form: form,
						Authorization: req.Header.Get("Authorization"),
						HasVersion:    req.Header.Get("Stripe-Version") != "", HasKey: req.Header.Get("Idempotency-Key") != "",
					})
				}
				call, err := task.For(side, stub)
				require.NoError(t, err)
				_, err = call(t.Context())
				require.NoError(t, err, side)
			}
			if task.Status == 0 {
				assert.Empty(t, requests)
				return
			}
			require.Len(t, requests, len(sides(task)))
			for i, side := range sides(task) {
				assert.Equal(t, requests[0], requests[i], side)
			}
		})
	}
}

func TestSidesDecodeTheSameValues(t *testing.T) {
	for _, task := range sidebyside.Tasks() {
		for _, side := range sides(task) {
			t.Run(task.Name+"/"+string(side), func(t *testing.T) {
				call, err := task.For(side, sidebyside.NewStub(task))
				require.NoError(t, err)
				got, err := call(t.Context())
				require.NoError(t, err)
				assert.Subset(t, leaves(t, result(got)), leaves(t, wanted(t, task, got)))
			})
		}
	}
}

func sides(task sidebyside.Task) []sidebyside.Side {
	all := []sidebyside.Side{sidebyside.Ours, sidebyside.Official, sidebyside.Untimed}
	if task.ByHand != nil {
		all = append(all, sidebyside.ByHand)
	}
	return all
}

// wanted is the part of a task's answer that it decodes.
func wanted(t *testing.T, task sidebyside.Task, got any) any {
	var body map[string]any
	require.NoError(t, json.Unmarshal(task.Answer, &body))
	switch got.(type) {
	case *webhook.Event, *stripe.Event:
		return body
	}
	switch {
	case body["error"] != nil:
		return body["error"]
	case body["object"] == "event":
		return body["data"].(map[string]any)["object"]
	}
	return body
}

// result is what a side decoded, if it has no JSON of that form by itself.
func result(decoded any) any {
	switch v := decoded.(type) {
	case *stripecash.Error:
		return map[string]any{
			"code": v.Code, "doc_url": v.DocURL, "message": v.Message, "param": v.Param, "request_log_url": v.RequestLogURL, "type": v.Type,
		}
	case *stripe.V1List[*stripe.CustomerCashBalanceTransaction]:
		return map[string]any{"object": "list", "url": v.Meta().URL, "has_more": v.Meta().HasMore, "data": v.Data()}
	}
	return decoded
}

// leaves are all values in an object's JSON by their path. What is null, empty, zero or false is not distinguished from
// what is absent, and an object with an ID that was not expanded not from its ID.
func leaves(t *testing.T, object any) map[string]any {
	text, err := json.Marshal(object)
	require.NoError(t, err)
	var value any
	require.NoError(t, json.Unmarshal(text, &value))
	found := make(map[string]any)
	collect(found, "", value)
	return found
}

func collect(into map[string]any, path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, child := range v {
			collect(into, path+"."+key, child)
		}
		if id, ok := v["id"]; ok && path != "" && !strings.HasSuffix(path, "]") {
			into[path] = id
		}
	case []any:
		for i, child := range v {
			collect(into, fmt.Sprintf("%s[%d]", path, i), child)
		}
	case nil:
	default:
		if v != "" && v != 0.0 && v != false {
			into[path] = v
		}
	}
}
