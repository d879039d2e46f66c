package sidebyside

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/ccb8c2b4/stripecash"
)

// HandWritten is what a careful program without any SDK would do: net/http, encoding/json, and nothing that these three
// tasks don't need. No retries, no timeout, no look at IDs. It marks the floor that a client can come close to.
type HandWritten struct{ http *http.Client }

// NewHandWritten makes the floor's client.
func NewHandWritten(network http.RoundTripper) *HandWritten {
	return &HandWritten{&http.Client{Transport: network}}
}

// handWrittenError is an error answer.
type handWrittenError struct {
	Status    int
	RequestID string
	Type      string `json:"type"`
	Code      string `json:"code"`
	Message   string `json:"message"`
	Param     string `json:"param"`
	DocURL    string `json:"doc_url"`
	LogURL    string `json:"request_log_url"`
}

func (e *handWrittenError) Error() string { return fmt.Sprintf("%d: %s", e.Status, e.Message) }

func (h *HandWritten) get(ctx context.Context, path string, out any) error {
	return h.do(ctx, http.MethodGet, path, nil, out)
}

func (h *HandWritten) do(ctx context.Context, method, path string, form url.Values, out any) error {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, "https://api.stripe.com"+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+Key)
	req.Header.Set("Stripe-Version", stripecash.APIVersion)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Idempotency-Key", rand.Text())
	}
	resp, err := h.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		var envelope struct {
			Error handWrittenError `json:"error"`
		}
		if err := json.NewDecoder(resp.Body).Decode(&envelope); err != nil {
			return err
		}
		envelope.Error.Status, envelope.Error.RequestID = resp.StatusCode, resp.Header.Get("Request-Id")
		return &envelope.Error
	}
	return json.NewDecoder(resp.Body).Decode(out)
}
