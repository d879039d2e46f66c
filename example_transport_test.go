package stripecash_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// The environment's HTTPS_PROXY is honored without any of this; here the program itself names the proxy.
func ExampleWithHTTPClient_proxy() {
	stripe := stripetest.NewServer() // in the place of Stripe, behind the proxy
	stripe.AddCustomer("cus_123")
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println("the proxy is asked for", r.URL)
		stripe.ServeHTTP(w, r)
	}))
	defer proxy.Close()

	proxyURL, err := url.Parse(proxy.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	transport := &http.Transport{
		Proxy:               http.ProxyURL(proxyURL),
		MaxIdleConnsPerHost: 256, // Go's own default keeps 2
		MaxConnsPerHost:     256,
		ForceAttemptHTTP2:   true,
	}
	api, err := stripecash.NewClient("sk_test_123", stripecash.WithHTTPClient(&http.Client{Transport: transport}),
		stripecash.WithBaseURL("http://127.0.0.1")) // only so that this example is no TLS server
	if err != nil {
		fmt.Println(err)
		return
	}
	balance, err := cashbalance.New(api).Get(context.Background(), "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(balance.Customer)
	// Output:
	// the proxy is asked for http://127.0.0.1/v1/customers/cus_123/cash_balance
	// cus_123
}

// A company that inspects its own traffic signs it with a certificate of its own.
func ExampleWithHTTPClient_rootCA() {
	stripe := stripetest.NewServer() // in the place of Stripe, behind the company's certificate
	stripe.AddCustomer("cus_123")
	server := httptest.NewTLSServer(stripe)
	defer server.Close()
	company := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})

	roots, err := x509.SystemCertPool()
	if err != nil || !roots.AppendCertsFromPEM(company) {
		fmt.Println("no roots:", err)
		return
	}
	transport := &http.Transport{
		TLSClientConfig:     &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		Proxy:               http.ProxyFromEnvironment,
		MaxIdleConnsPerHost: 256, // Go's own default keeps 2
		MaxConnsPerHost:     256,
		ForceAttemptHTTP2:   true,
	}
	api, err := stripecash.NewClient("sk_test_123", stripecash.WithHTTPClient(&http.Client{Transport: transport}),
		stripecash.WithBaseURL(server.URL))
	if err != nil {
		fmt.Println(err)
		return
	}
	balance, err := cashbalance.New(api).Get(context.Background(), "cus_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(balance.Customer)
	// Output: cus_123
}
