package sidebyside

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
)

//go:embed answers/*.json
var answers embed.FS

// answer is a canned answer as the API writes it: indented, as Stripe's are.
func answer(name string) []byte {
	body, err := answers.ReadFile("answers/" + name + ".json")
	if err != nil {
		panic(err) // the files are part of the program
	}
	return body
}

// page is a list of n transactions that begins behind a number of others. Its elements are like those of a busy customer:
// every other one is a funding.
func page(skip, n int, more bool) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"object": "list", "url": "/v1/customers/cus_OaCLf8Fi1nbFpJ/cash_balance_transactions", "has_more": %t, "data": [`, more)
	for i := skip; i < skip+n; i++ {
		if i > skip {
			b.WriteString(", ")
		}
		element := funding
		if i%2 == 1 {
			element = payment
		}
		fmt.Fprintf(&b, element, i)
	}
	b.WriteString("]}")
	return indent(b.Bytes())
}

const (
	idPrefix = "ccsbtxn_1NGTaT2eZvKYlo2C"

	head = `{"id": "` + idPrefix + `%08d", "object": "customer_cash_balance_transaction", "created": 1686089970, ` +
		`"currency": "eur", "customer": "cus_OaCLf8Fi1nbFpJ", "ending_balance": 10000, "livemode": false, `
	funding = head + `"net_amount": 5000, "type": "funded", "funded": {"bank_transfer": {"eu_bank_transfer": ` +
		`{"bic": "DEUTDEFFXXX", "iban_last4": "3000", "sender_name": "Jenny Rosen"}, "reference": "INV-2026-0017", "type": "eu_bank_transfer"}}}`
	payment = head + `"net_amount": -2500, "type": "applied_to_payment", ` +
		`"applied_to_payment": {"payment_intent": "pi_3NGTaT2eZvKYlo2C1kUzzLwb"}}`
)

func indent(compact []byte) []byte {
	var b bytes.Buffer
	if err := json.Indent(&b, compact, "", "  "); err != nil {
		panic(err) // it was written above
	}
	return b.Bytes()
}

// Tasks are all tasks that are one call.
func Tasks() []Task {
	return []Task{
		retrieveCashBalance(), updateCashBalance(),
		retrieveTransaction(), listTransactions(),
		retrieveCard(), retrieveSource(), createSource(),
		apiError(),
		verifyEvent(), verifySource(),
	}
}

func ok(name string, body []byte) Task { return Task{Name: name, Status: http.StatusOK, Answer: body} }
