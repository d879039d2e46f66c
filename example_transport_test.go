package stripecash_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"github.com/ccb8c2b4/stripecash"
)

// The environment's HTTPS_PROXY is honoured without any of this; here the program itself names the proxy.
func ExampleWithHTTPClient_proxy() {
	proxy, err := url.Parse("http://proxy.example.com:3128")
	if err != nil {
		panic(err)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = http.ProxyURL(proxy)
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost, transport.MaxConnsPerHost = 0, 256, 256

	api, err := stripecash.NewClient(os.Getenv("STRIPE_SECRET_KEY"),
		stripecash.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = api
}

// A company that inspects its own traffic signs with a certificate of its own.
func ExampleWithHTTPClient_rootCA() {
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	company, err := os.ReadFile("company-root.pem")
	if err != nil || !roots.AppendCertsFromPEM(company) {
		fmt.Println("no certificate in company-root.pem:", err)
		return
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost, transport.MaxConnsPerHost = 0, 256, 256

	api, err := stripecash.NewClient(os.Getenv("STRIPE_SECRET_KEY"),
		stripecash.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = api
}
