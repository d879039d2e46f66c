package stripego_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// differences are where a client does not hold what the JSON does, as "client: object path", and why.
func differences() map[string]string {
	const (
		unknown   = "not in the spec: no client knows it"
		extension = "not in the spec: Stripe gives it to some accounts only"
		remains   = "of what is deleted, the union has the ID only, and the JSON"
		raw       = "of an object that it does not know, the union has the ID only, and the JSON"
		value     = "an address in which nothing is known is no pointer, so it is the zero one"
		implied   = "the Go type says that it is a list"
	)
	return map[string]string{
		"stripe-go: list object": implied,

		"ours: card description":           extension,
		"ours: card iin":                   extension,
		"ours: card issuer":                extension,
		"ours: payment source description": extension,
		"ours: payment source iin":         extension,
		"ours: payment source issuer":      extension,

		"ours: source sepa_credit_transfer.iban":         extension,
		"ours: payment source sepa_credit_transfer.iban": extension,

		"ours: payment source currency": remains,
		"ours: list data[].currency":    remains,
		"ours: list data[].amount":      raw,
		"stripe-go: list data[].amount": "of an object that it does not know, the union has the ID only",

		"ours: source source_order.shipping.address":                             value,
		"ours: payment source source_order.shipping.address":                     value,
		"ours: source_mandate_notification source.source_order.shipping.address": value,

		"ours: source tulip.color":                                  unknown,
		"ours: payment source tulip.color":                          unknown,
		"ours: customer_cash_balance_transaction weight.grams":      unknown,
		"ours: cash_balance added_by_a_newer_api_version.kept":      unknown,
		"stripe-go: source tulip.color":                             unknown,
		"stripe-go: payment source tulip.color":                     unknown,
		"stripe-go: customer_cash_balance_transaction weight.grams": unknown,
		"stripe-go: cash_balance added_by_a_newer_api_version.kept": unknown,
	}
}

// pair are the types that an object is decoded into.
type pair struct {
	object       string
	ours, theirs any // pointers; theirs may be nil
}

// pairs are the types for an object; some can be had in two ways.
func pairs(object string, deleted bool) []pair {
	union := pair{"payment source", new(paymentsource.PaymentSource), new(stripe.PaymentSource)}
	switch object {
	case "cash_balance":
		return []pair{{object, new(cashbalance.CashBalance), new(stripe.CashBalance)}}
	case "customer_cash_balance_transaction":
		return []pair{{object, new(transaction.Transaction), new(stripe.CustomerCashBalanceTransaction)}}
	case "card":
		if deleted {
			return []pair{{"deleted card", new(card.Deleted), new(stripe.Card)}, union}
		}
		return []pair{{object, new(card.Card), new(stripe.Card)}, union}
	case "bank_account":
		if deleted {
			return []pair{{"deleted bank account", new(paymentsource.Deleted), new(stripe.BankAccount)}, union}
		}
		return []pair{{object, new(paymentsource.BankAccount), new(stripe.BankAccount)}, union}
	case "source":
		return []pair{{object, new(source.Source), new(stripe.Source)}, union}
	case "source_transaction":
		return []pair{{object, new(source.Transaction), new(stripe.SourceTransaction)}}
	case "source_mandate_notification":
		return []pair{{object, new(source.MandateNotification), nil}} // stripe-go has none
	default:
		return nil
	}
}

// lists are the types for a list of objects.
func lists(object string) pair {
	switch object {
	case "customer_cash_balance_transaction":
		return pair{"list", new(stripecash.Page[transaction.Transaction]), new(stripe.CustomerCashBalanceTransactionList)}
	case "card":
		return pair{"list", new(stripecash.Page[card.Card]), new(stripe.CardList)}
	case "bank_account":
		return pair{"list", new(stripecash.Page[paymentsource.BankAccount]), new(stripe.BankAccountList)}
	case "source_transaction":
		return pair{"list", new(stripecash.Page[source.Transaction]), new(stripe.SourceTransactionList)}
	default:
		return pair{"list", new(stripecash.Page[paymentsource.PaymentSource]), new(stripe.PaymentSourceList)}
	}
}

// TestDecode has both clients decode the same JSON, and compares each with the JSON itself.
func TestDecode(t *testing.T) {
	needed := map[string]bool{}
	for _, b := range bodies(t) {
		t.Run(b.name, func(t *testing.T) {
			var head struct {
				Object  string `json:"object"`
				Deleted bool   `json:"deleted"`
				Data    []struct {
					Object string `json:"object"`
				} `json:"data"`
			}
			require.NoError(t, json.Unmarshal(b.json, &head))
			types := pairs(head.Object, head.Deleted)
			if head.Object == "list" {
				element := ""
				if len(head.Data) > 0 {
					element = head.Data[0].Object
				}
				types = []pair{lists(element)}
			}
			require.NotEmpty(t, types, "no types for a %q", head.Object)
			want, err := flattenJSON(b.json)
			require.NoError(t, err)
			for _, p := range types {
				require.NoError(t, json.Unmarshal(b.json, p.ours))
				compare(t, "ours: "+p.object, want, flatten(p.ours), needed)
				if p.theirs != nil {
					require.NoError(t, json.Unmarshal(b.json, p.theirs))
					compare(t, "stripe-go: "+p.object, want, flatten(p.theirs), needed)
				}
			}
		})
	}
	for name := range differences() {
		assert.True(t, needed[name], "%s: the entry in differences is not needed", name)
	}
}

// compare finds what a client lost, changed or made up.
func compare(t *testing.T, client string, want, got flat, needed map[string]bool) {
	t.Helper()
	index := regexp.MustCompile(`\[\d+\]`)
	known := differences()
	paths := slices.Collect(func(yield func(string) bool) {
		for path, value := range want {
			if got[path] != value && !yield(path) {
				return
			}
		}
		for path := range got {
			if _, ok := want[path]; !ok && !yield(path) {
				return
			}
		}
	})
	slices.Sort(paths)
	for _, path := range paths {
		name := client + " " + index.ReplaceAllString(path, "[]")
		needed[name] = true
		if known[name] == "" {
			t.Errorf("%s: %q, and %q in JSON", name, got[path], want[path])
		}
	}
}
