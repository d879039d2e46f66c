package stripecash_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripetest"
	"github.com/ccb8c2b4/stripecash/transaction"
)

func ExampleList() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	srv.Fund("cus_123", "eur", 1_00)
	newest := srv.Fund("cus_123", "eur", 2_00)

	page, err := stripecash.List[movement](context.Background(), srv.Client(), stripecash.Request{
		Path: "/v1/customers/{customer}/cash_balance_transactions", IDs: []string{"cus_123"},
	}, &stripecash.ListParams{StartingAfter: newest})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(page.Data[0].EndingBalance, page.HasMore)
	// Output: 100 false
}

// The second page is on its way while the loop works on the first.
func ExampleWithPrefetch() {
	srv := stripetest.NewServer()
	srv.AddCustomer("cus_123")
	for range 150 {
		srv.Fund("cus_123", "eur", 1)
	}

	var sum int64
	for t, err := range transaction.New(srv.Client()).All(context.Background(), "cus_123", nil, stripecash.WithPrefetch()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		sum += t.NetAmount
	}
	fmt.Println(sum, len(srv.Requests()))
	// Output: 150 2
}

func ExampleEncode() {
	params := struct {
		Name     string              `url:"name,omitempty"`
		Tags     []string            `url:"tags,brackets"`
		Metadata stripecash.Metadata `url:"metadata"`
	}{Tags: []string{"a", "b"}, Metadata: stripecash.Metadata{"order": "17"}}

	values, err := stripecash.Encode(&params)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, name := range []string{"metadata[order]", "tags[]"} {
		fmt.Println(name, values[name])
	}
	// Output:
	// metadata[order] [17]
	// tags[] [a b]
}

func ExampleIdentify() {
	object, id, err := stripecash.Identify([]byte(`{"id": "card_1", "object": "card", "brand": "Visa"}`))
	fmt.Println(object, id, err)
	// Output: card card_1 <nil>
}

func ExampleExpandable() {
	var refund struct {
		Funding  stripecash.Expandable[movement] `json:"funding"`
		Customer stripecash.Ref                  `json:"customer"`
	}
	for _, answer := range []string{
		`{"funding": "ccsbtxn_1", "customer": null}`,
		`{"funding": {"id": "ccsbtxn_1", "ending_balance": 500}, "customer": {"id": "cus_1", "name": "Jenny"}}`,
	} {
		if err := json.Unmarshal([]byte(answer), &refund); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(refund.Funding.ID, refund.Funding.Object != nil, len(refund.Customer.Raw) > 0)
	}
	// Output:
	// ccsbtxn_1 false false
	// ccsbtxn_1 true true
}
