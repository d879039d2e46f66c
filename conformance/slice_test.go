package conformance_test

import (
	"maps"
	"net/url"
	"reflect"
	"regexp"
	"strings"

	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/conformance"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/source"
	"github.com/ccb8c2b4/stripecash/transaction"
	"github.com/ccb8c2b4/stripecash/webhook"
)

// The slice of the API that this module covers: what it is held against and where it may differ.

// ours tells the paths of the slice in the spec.
func ours(path string) bool {
	return regexp.MustCompile(`^/v1/(test_helpers/customers/\{customer\}/fund_cash_balance|` +
		`customers/\{customer\}/(cash_balance|cash_balance_transactions|sources)|` +
		`accounts/\{account\}/external_accounts|sources)(/|$)`).MatchString(path)
}

// packages are the folders whose constants are held against the enums of the spec.
func packages() []string {
	return []string{"cashbalance", "transaction", "card", "source", "paymentsource", "webhook"}
}

// clients have the methods that a row of calls must make.
func clients() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[*cashbalance.Client](),
		reflect.TypeFor[*transaction.Client](),
		reflect.TypeFor[*card.Client](),
		reflect.TypeFor[*source.Client](),
		reflect.TypeFor[*paymentsource.Client](),
	}
}

// makers fill what reflection can't.
func makers() []any {
	return []any{func() card.Secret { return card.NewSecret("4242424242424242") }}
}

// schemas are the objects of the spec and the types that they are decoded into.
func schemas() map[string]reflect.Type {
	return map[string]reflect.Type{
		"cash_balance":                      reflect.TypeFor[cashbalance.CashBalance](),
		"customer_cash_balance_transaction": reflect.TypeFor[transaction.Transaction](),
		"deleted_card":                      reflect.TypeFor[card.Deleted](),
		"deleted_bank_account":              reflect.TypeFor[paymentsource.Deleted](),
		"event":                             reflect.TypeFor[webhook.Event](),
		"source_transaction":                reflect.TypeFor[source.Transaction](),
		"source_mandate_notification":       reflect.TypeFor[source.MandateNotification](),
	}
}

// announced tells the events of the slice.
func announced(event string) bool {
	return regexp.MustCompile(`^(cash_balance|customer_cash_balance_transaction|customer\.source|source|account\.external_account)\.`).MatchString(event)
}

// unions are the schemas that are one of several objects, with the types for them by name.
func unions() map[string]map[string]reflect.Type {
	accounts := map[string]reflect.Type{
		"card":         reflect.TypeFor[card.Card](),
		"bank_account": reflect.TypeFor[paymentsource.BankAccount](),
	}
	customers := maps.Clone(accounts)
	customers["source"] = reflect.TypeFor[source.Source]()
	return map[string]map[string]reflect.Type{"external_account": accounts, "payment_source": customers}
}

// spell gives the spec's name for a parameter. The API takes a card in hand as source[object]=card&source[number]=…, and
// the spec calls the same hash by the object in it: card[number]. Likewise with bank accounts and external accounts.
func spell(key string, form url.Values) string {
	for _, prefix := range []string{"source", "external_account"} {
		if rest, ok := strings.CutPrefix(key, prefix+"["); ok {
			return form.Get(prefix+"[object]") + "[" + rest
		}
	}
	return key
}

// unspecified are operations that the spec does not have any more. A recipient's card said whose it was.
func unspecified() map[string]conformance.Unspecified {
	same := func(operation string) conformance.Unspecified {
		return conformance.Unspecified{Same: operation, More: "recipient"}
	}
	return map[string]conformance.Unspecified{
		"GET /v1/recipients/{recipient}/cards":         same("GET /v1/customers/{customer}/cards"),
		"POST /v1/recipients/{recipient}/cards":        same("POST /v1/customers/{customer}/cards"),
		"GET /v1/recipients/{recipient}/cards/{id}":    same("GET /v1/customers/{customer}/cards/{id}"),
		"POST /v1/recipients/{recipient}/cards/{id}":   same("POST /v1/customers/{customer}/cards/{id}"),
		"DELETE /v1/recipients/{recipient}/cards/{id}": same("DELETE /v1/customers/{customer}/cards/{id}"),
	}
}
