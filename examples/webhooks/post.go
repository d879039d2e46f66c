package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/ccb8c2b4/stripecash/webhook"
)

// post makes a delivery by hand, as Stripe would if it had this secret.
func post(ctx context.Context, w io.Writer, url, payload, secret string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(payload))
	if err != nil {
		return err
	}
	req.Header.Set(webhook.SignatureHeader, webhook.Sign([]byte(payload), secret, time.Now()))
	resp, err := new(http.Client).Do(req)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "  answered with %d\n", resp.StatusCode)
	return resp.Body.Close()
}
