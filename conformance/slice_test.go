package conformance_test

import (
	"reflect"
	"regexp"

	"github.com/ccb8c2b4/stripecash/cashbalance"
	"github.com/ccb8c2b4/stripecash/conformance"
	"github.com/ccb8c2b4/stripecash/transaction"
)

// The slice of the API that this module covers: what it is held against and where it may differ.

// ours tells the paths of the slice in the spec.
func ours(path string) bool {
	return regexp.MustCompile(`^/v1/(test_helpers/customers/\{customer\}/fund_cash_balance|customers/\{customer\}/cash_balance).*`).MatchString(path)
}

// packages are the folders whose constants are held against the enums of the spec.
func packages() []string { return []string{"cashbalance", "transaction"} }

// clients have the methods that a row of calls must make.
func clients() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[*cashbalance.Client](),
		reflect.TypeFor[*transaction.Client](),
	}
}

// makers fill what reflection can't.
func makers() []any { return nil }

// schemas are the objects of the spec and the types that they are decoded into.
func schemas() map[string]reflect.Type {
	return map[string]reflect.Type{
		"cash_balance":                      reflect.TypeFor[cashbalance.CashBalance](),
		"customer_cash_balance_transaction": reflect.TypeFor[transaction.Transaction](),
	}
}

// exemptions are where Go differs from the spec on purpose.
func exemptions() conformance.Exemptions {
	return conformance.Exemptions{}
}

// aliases are prefixes of parameters that the API reads but the spec spells otherwise, by operation.
func aliases() map[string]map[string]string { return nil }
