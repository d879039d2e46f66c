package source_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
)

// answering makes a client that gets the same answer to every call.
func answering(body string) *source.Client {
	api, err := stripecash.NewClient("sk_test_example", stripecash.WithHTTPClient(&http.Client{Transport: roundTripper(
		func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body))}, nil
		})}))
	if err != nil {
		panic(err)
	}
	return source.New(api)
}

func ExampleClient_Create() {
	sources := answering(`{"id":"src_123","object":"source","type":"sepa_debit","status":"chargeable","sepa_debit":{"last4":"3000"}}`)

	s, err := sources.Create(context.Background(), &source.CreateParams{
		Type: source.TypeSEPADebit, Currency: "eur", Owner: &source.OwnerParams{Name: new("Jenny Rosen")},
	}, stripecash.WithParam("sepa_debit[iban]", "DE89370400440532013000"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Status, s.SEPADebit.Last4)
	// Output: chargeable 3000
}

func ExampleClient_Attach() {
	sources := answering(`{"id":"src_123","object":"source","customer":"cus_123","status":"chargeable"}`)

	s, err := sources.Attach(context.Background(), "cus_123", "src_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.ID, "belongs to", s.Customer)
	// Output: src_123 belongs to cus_123
}

func ExampleClient_Detach() {
	sources := answering(`{"id":"src_123","object":"source","status":"consumed"}`)

	s, err := sources.Detach(context.Background(), "cus_123", "src_123")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Status == source.StatusConsumed)
	// Output: true
}

func ExampleClient_AllTransactions() {
	sources := answering(`{"object":"list","has_more":false,"data":[
		{"id":"srctxn_2","object":"source_transaction","amount":4242,"currency":"usd","status":"succeeded"},
		{"id":"srctxn_1","object":"source_transaction","amount":100,"currency":"usd","status":"succeeded"}]}`)

	for t, err := range sources.AllTransactions(context.Background(), "src_123", nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(t.Currency.Format(t.Amount), t.Status)
	}
	// Output:
	// USD 42.42 succeeded
	// USD 1.00 succeeded
}
