package stripego_test

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
)

// call is the same call made by both clients.
type call struct {
	method string // of stripe-go: "V1Cards.Create"
	name   string // of what it is called with
	ours   func(ctx context.Context, api *stripecash.Client) error
	theirs func(ctx context.Context, sc *stripe.Client) error
}

// calls are all that both clients can make.
func calls() []call {
	return slices.Concat(balanceCalls(), cardCalls(), bankAccountCalls(), paymentSourceCalls(), sourceCalls())
}

// services are those parts of stripe-go that this module has, too.
func services() []string {
	return []string{
		"V1CashBalances", "V1CustomerCashBalanceTransactions", "V1TestHelpersCustomers", "V1Cards", "V1BankAccounts",
		"V1PaymentSources", "V1Sources", "V1SourceTransactions",
	}
}

// notCompared are parameters of stripe-go, by "method name", that no call here has, and why.
func notCompared() map[string]string {
	const (
		elsewhere = "of a source: here that is a call of another package"
		neverSent = "stripe-go never sends it"
		fault     = "see TestRawCardOfAnAccount and TestRawBankAccount"
		reserved  = "not in the spec"
	)
	return map[string]string{
		"V1BankAccounts.Create documents[bank_account_ownership_verification][files]": neverSent,
		"V1BankAccounts.Create payment_method":                                        neverSent,
		"V1Cards.Create currency":                                                     fault,
		"V1PaymentSources.Create validate":                                            reserved,
		"V1PaymentSources.Update owner[address][city]":                                elsewhere,
		"V1PaymentSources.Update owner[address][country]":                             elsewhere,
		"V1PaymentSources.Update owner[address][line1]":                               elsewhere,
		"V1PaymentSources.Update owner[address][line2]":                               elsewhere,
		"V1PaymentSources.Update owner[address][postal_code]":                         elsewhere,
		"V1PaymentSources.Update owner[address][state]":                               elsewhere,
		"V1PaymentSources.Update owner[email]":                                        elsewhere,
		"V1PaymentSources.Update owner[name]":                                         elsewhere,
		"V1PaymentSources.Update owner[phone]":                                        elsewhere,
		"V1PaymentSources.Verify values":                                              elsewhere,
	}
}

// sent is what counts of a request: what the API makes of it.
type sent struct {
	Method, Path string
	Pairs        url.Values
	Header       http.Header
}

// request reads the one request that a call made.
func request(t *testing.T, s *stub) sent {
	t.Helper()
	require.Len(t, s.sent, 1, "a call is one request")
	r := s.sent[0]
	query, err := url.ParseQuery(r.URL.RawQuery)
	require.NoError(t, err)
	form, err := url.ParseQuery(s.bodies[0])
	require.NoError(t, err)
	if r.Method == http.MethodPost {
		require.Empty(t, query, "parameters of a POST are in its body")
		assert.Equal(t, "application/x-www-form-urlencoded", r.Header.Get("Content-Type"))
		assert.NotEmpty(t, r.Header.Get("Idempotency-Key"))
	} else {
		require.Empty(t, form, "parameters of a %s are in its query", r.Method)
	}
	header := http.Header{}
	for _, name := range []string{"Authorization", "Stripe-Account"} {
		header[name] = r.Header.Values(name)
	}
	if chosen := r.Header.Get("Idempotency-Key"); strings.HasPrefix(chosen, "order-") {
		header.Set("Idempotency-Key", chosen)
	}
	return sent{r.Method, r.URL.EscapedPath(), unnumbered(query, form), header}
}

// unnumbered writes lists of texts without their indices. The API reads expand[0]=a&expand[1]=b, as stripe-go writes it,
// like expand[]=a&expand[]=b. In lists of hashes, items[0][amount], the index stays.
func unnumbered(all ...url.Values) url.Values {
	last := regexp.MustCompile(`\[\d+\]$`)
	plain := url.Values{}
	for _, values := range all {
		for _, name := range slices.Sorted(maps.Keys(values)) {
			to := last.ReplaceAllString(name, "[]")
			plain[to] = append(plain[to], values[name]...)
		}
	}
	return plain
}

// refusal is an answer that no client asks for again.
const refusal = `{"error":{"type":"invalid_request_error","message":"no"}}`

// TestEncode makes each call with both clients, and compares what they send.
func TestEncode(t *testing.T) {
	for _, c := range calls() {
		t.Run(c.method+" "+c.name, func(t *testing.T) {
			toUs, toThem := always(http.StatusBadRequest, refusal), always(http.StatusBadRequest, refusal)
			require.ErrorIs(t, c.ours(t.Context(), ours(t, toUs)), stripecash.ErrInvalidRequest)
			require.Error(t, c.theirs(t.Context(), theirs(toThem)))
			assert.Equal(t, request(t, toThem), request(t, toUs))
		})
	}
}

// TestEncodeCoversStripeGo finds methods and parameters of stripe-go's that no call has.
func TestEncodeCoversStripeGo(t *testing.T) {
	names := map[string]map[string]bool{}
	for _, c := range calls() {
		s := always(http.StatusBadRequest, refusal)
		require.Error(t, c.theirs(t.Context(), theirs(s)))
		if names[c.method] == nil {
			names[c.method] = map[string]bool{}
		}
		for name := range request(t, s).Pairs {
			names[c.method][name] = true
		}
	}
	excused := notCompared()
	for _, service := range services() {
		field, ok := reflect.TypeFor[stripe.Client]().FieldByName(service)
		require.True(t, ok, service)
		for method := range field.Type.Methods() {
			name := service + "." + method.Name
			if !assert.Contains(t, names, name, "no call of this method") {
				continue
			}
			for _, parameter := range parameters(method.Type.In(method.Type.NumIn()-1).Elem(), "") {
				_, excuse := excused[name+" "+parameter]
				assert.NotEqual(t, excuse, compared(names[name], parameter), "%s %s", name, parameter)
				delete(excused, name+" "+parameter)
			}
			delete(names, name)
		}
	}
	assert.Empty(t, names, "calls of methods that do not exist")
	assert.Empty(t, excused, "entries of notCompared for parameters that do not exist")
}

// parameters are the names of all that a params struct of stripe-go can send.
func parameters(t reflect.Type, prefix string) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return []string{prefix}
	}
	var names []string
	for field := range t.Fields() {
		tag, _, _ := strings.Cut(field.Tag.Get("form"), ",")
		switch {
		case tag == "-", field.Type == reflect.TypeFor[stripe.Filters]():
		case field.Type == reflect.TypeFor[stripe.Params](): // what is deprecated, since params have it themselves, or may not have it
		case tag == "*":
			names = append(names, parameters(field.Type, prefix)...)
		case prefix == "":
			names = append(names, parameters(field.Type, tag)...)
		default:
			names = append(names, parameters(field.Type, prefix+"["+tag+"]")...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// compared says whether a parameter was among those that were sent, there perhaps inside source or external_account, or as
// a list or a hash.
func compared(names map[string]bool, parameter string) bool {
	index := regexp.MustCompile(`\[\d*\]`)
	for name := range names {
		name = index.ReplaceAllString(name, "")
		_, inside, _ := strings.Cut(name, "[")
		hash, _, _ := strings.Cut(name, "[")
		if name == parameter || inside == parameter+"]" || hash == parameter {
			return true
		}
	}
	return false
}
