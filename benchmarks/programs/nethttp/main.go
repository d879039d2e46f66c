// Command nethttp is the small program that the footprint is measured with, written by hand: what its binary has, every
// program that speaks HTTP and JSON has.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
)

func main() {
	if err := run(context.Background(), os.Getenv("STRIPE_SECRET_KEY"), os.Getenv("STRIPE_API_BASE"), "cus_OaCLf8Fi1nbFpJ"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until whoever measures has looked
}

type cashBalance struct {
	Available map[string]int64 `json:"available"`
	Settings  struct {
		ReconciliationMode string `json:"reconciliation_mode"`
	} `json:"settings"`
}

func run(ctx context.Context, key, base, customer string) error {
	target := base + "/v1/customers/" + url.PathEscape(customer) + "/cash_balance"
	balance, err := do(ctx, key, http.MethodGet, target, nil)
	if err != nil {
		return err
	}
	fmt.Println(balance.Available["eur"])
	balance, err = do(ctx, key, http.MethodPost, target, url.Values{"settings[reconciliation_mode]": {"manual"}})
	if err != nil {
		return err
	}
	fmt.Println(balance.Settings.ReconciliationMode)
	return nil
}

func do(ctx context.Context, key, method, target string, form url.Values) (*cashBalance, error) {
	req, err := http.NewRequestWithContext(ctx, method, target, strings.NewReader(form.Encode())) //nolint:gosec // the base is the user's to choose
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+key)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := new(http.Client).Do(req) //nolint:gosec // the same
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s %s: %s", method, target, resp.Status)
	}
	out := new(cashBalance)
	return out, json.NewDecoder(resp.Body).Decode(out)
}
