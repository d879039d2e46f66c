package stripetest_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// reference is the transfer reference of a PaymentIntent.
func reference(t testing.TB, srv *stripetest.Server, id string) string {
	action := get(t, srv, "/v1/payment_intents/"+id).Body["next_action"].(map[string]any)
	text, _ := action["display_bank_transfer_instructions"].(map[string]any)["reference"].(string)
	return text
}

func TestAutomaticReconciliation(t *testing.T) {
	tests := []struct {
		name      string
		currency  stripecash.Currency
		needs     []int64 // of the PaymentIntents, oldest first
		send      int64
		reference int     // the PaymentIntent whose reference the transfer carries, from 1; 0: none, -1: a wrong one
		wantFunds []int64 // what each got
		wantRest  float64
	}{
		{"nobody waits", "eur", nil, 500, 0, nil, 500},
		{"one, exactly", "eur", []int64{500}, 500, 0, []int64{500}, 0},
		{"one, too much", "eur", []int64{500}, 700, 0, []int64{500}, 200},
		{"one, too little", "eur", []int64{500}, 200, 0, []int64{200}, 0},
		{"the reference goes before age", "eur", []int64{500, 500}, 500, 2, []int64{0, 500}, 0},
		{"the reference goes before an exact match", "eur", []int64{300, 500}, 300, 2, []int64{0, 300}, 0},
		{"what the reference doesn't need goes on", "eur", []int64{300, 500}, 600, 2, []int64{100, 500}, 0},
		{"a wrong reference is none", "eur", []int64{300, 500}, 500, -1, []int64{0, 500}, 0},
		{"Japanese references are none", "jpy", []int64{500, 300}, 100, 2, []int64{100, 0}, 0},
		{"no reference is no reference's match", "jpy", []int64{500, 300}, 300, 0, []int64{0, 300}, 0},
		{"an exact match goes before age", "eur", []int64{700, 500}, 500, 0, []int64{0, 500}, 0},
		{"the oldest of two exact matches", "eur", []int64{500, 500}, 500, 0, []int64{500, 0}, 0},
		{"a group of two", "eur", []int64{100, 200, 300}, 500, 0, []int64{0, 200, 300}, 0},
		{"the smaller group", "eur", []int64{100, 200, 300, 600}, 600, 0, []int64{0, 0, 0, 600}, 0},
		{"the group with the oldest", "eur", []int64{100, 200, 300, 400}, 500, 0, []int64{100, 0, 0, 400}, 0},
		{"a group of five", "eur", []int64{1000, 1, 2, 4, 8, 16}, 31, 0, []int64{0, 1, 2, 4, 8, 16}, 0},
		{"a group that ends with the smallest unit", "eur", []int64{5, 3, 1}, 4, 0, []int64{0, 3, 1}, 0},
		{"no group of six", "eur", []int64{1000, 1, 2, 4, 8, 16, 32}, 63, 0, []int64{63, 0, 0, 0, 0, 0, 0}, 0},
		{"oldest first, partly at the end", "eur", []int64{300, 300, 300}, 700, 0, []int64{300, 300, 100}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := funded(t)
			srv.AddCustomer("cus_other")
			other := srv.AddPaymentIntent("cus_other", tt.currency, tt.send)
			wrongCurrency := srv.AddPaymentIntent("cus_1", "gbp", tt.send)
			var ids []string
			for _, amount := range tt.needs {
				ids = append(ids, srv.AddPaymentIntent("cus_1", tt.currency, amount))
			}
			transfer := stripetest.BankTransfer{Currency: tt.currency, Amount: tt.send}
			switch {
			case tt.reference > 0:
				transfer.Reference = reference(t, srv, ids[tt.reference-1])
				if tt.currency == "jpy" {
					transfer.Reference = ids[tt.reference-1]
				}
			case tt.reference < 0:
				transfer.Reference = "HELLO"
			}
			srv.FundBy("cus_1", transfer)

			var funds []int64
			for i, id := range ids {
				got := get(t, srv, "/v1/payment_intents/"+id).Body
				if got["status"] == "succeeded" {
					assert.EqualValues(t, tt.needs[i], got["amount_received"])
					funds = append(funds, tt.needs[i])
					continue
				}
				remaining := got["next_action"].(map[string]any)["display_bank_transfer_instructions"].(map[string]any)["amount_remaining"]
				funds = append(funds, tt.needs[i]-int64(remaining.(float64)))
			}
			assert.Equal(t, tt.wantFunds, funds)
			assert.Equal(t, map[string]any{string(tt.currency): tt.wantRest}, available(t, srv))
			paid := slices.DeleteFunc(funds, func(amount int64) bool { return amount == 0 })
			assert.Len(t, get(t, srv, "/v1/customers/cus_1/cash_balance_transactions").ids(), 1+len(paid), "nothing is moved in vain")
			for _, id := range []string{other, wrongCurrency} {
				assert.Equal(t, "requires_action", get(t, srv, "/v1/payment_intents/"+id).Body["status"])
			}
		})
	}
}

func TestReconciliationFollowsCreation(t *testing.T) {
	srv := funded(t)
	older := post(t, srv, "/v1/payment_intents", intentForm()...).Body["id"].(string)
	confirmedFirst := srv.AddPaymentIntent("cus_1", "eur", 1000)
	post(t, srv, "/v1/payment_intents/"+older+"/confirm")
	srv.Fund("cus_1", "eur", 1000)
	assert.Equal(t, "succeeded", get(t, srv, "/v1/payment_intents/"+older).Body["status"])
	assert.Equal(t, "requires_action", get(t, srv, "/v1/payment_intents/"+confirmedFirst).Body["status"])
}

// Nobody pays for what nobody has asked for: it does not make a group exact either.
func TestReconciliationLeavesOutTheUnconfirmed(t *testing.T) {
	srv := funded(t)
	older, newer := srv.AddPaymentIntent("cus_1", "eur", 3000), srv.AddPaymentIntent("cus_1", "eur", 500)
	unconfirmed := post(t, srv, "/v1/payment_intents", intentForm()...).Body["id"].(string) // needs 1000
	srv.Fund("cus_1", "eur", 1500)
	for id, want := range map[string]string{older: "requires_action", newer: "requires_action", unconfirmed: "requires_confirmation"} {
		assert.Equal(t, want, get(t, srv, "/v1/payment_intents/"+id).Body["status"])
	}
	assert.Equal(t, map[string]any{"eur": 0.0}, available(t, srv), "the oldest got it")
}

// However many wait, one or two that need exactly what was sent are found; larger groups only among the oldest forty.
func TestReconciliationOfMany(t *testing.T) {
	tests := []struct {
		name string
		send int64
		want []int // which are paid, of those that need 1000, 1002, … 1098
	}{
		{"one, the newest", 1098, []int{49}},
		{"two, among them the newest", 1000 + 1098, []int{0, 49}},
		{"three of the oldest forty", 1074 + 1076 + 1078, []int{37, 38, 39}},
		{"three, but not of the oldest forty", 1094 + 1096 + 1098, []int{0, 1, 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := funded(t)
			var ids []string
			for i := range int64(50) {
				ids = append(ids, srv.AddPaymentIntent("cus_1", "eur", 1000+2*i))
			}
			srv.Fund("cus_1", "eur", tt.send)
			var paid []int
			for i, id := range ids {
				if get(t, srv, "/v1/payment_intents/"+id).Body["status"] == "succeeded" {
					paid = append(paid, i)
				}
			}
			assert.Equal(t, tt.want, paid)
		})
	}
}

func TestManualReconciliationMovesNothing(t *testing.T) {
	srv := funded(t)
	post(t, srv, "/v1/customers/cus_1/cash_balance", "settings[reconciliation_mode]", "manual")
	id := srv.AddPaymentIntent("cus_1", "eur", 500)
	srv.FundBy("cus_1", stripetest.BankTransfer{Currency: "eur", Amount: 500, Reference: reference(t, srv, id)})
	assert.Equal(t, map[string]any{"eur": 500.0}, available(t, srv))
	assert.Equal(t, "requires_action", get(t, srv, "/v1/payment_intents/"+id).Body["status"])
}

// TestMoves follows money through each of the nine types, and holds the ledger to its sum.
func TestMoves(t *testing.T) {
	srv := funded(t)
	id := srv.AddPaymentIntent("cus_1", "eur", 1000)
	first := srv.Fund("cus_1", "eur", 400)
	unapplied := srv.Unapply(id, 100)
	second := srv.Fund("cus_1", "eur", 600) // 700 are needed, and 700 are there
	require.Equal(t, "succeeded", get(t, srv, "/v1/payment_intents/"+id).Body["status"])
	refunded := srv.RefundToBalance(id, 250)
	returned := srv.InitiateReturn("cus_1", "eur", 200)
	returnCanceled := srv.CancelReturn(returned)
	transferred := srv.TransferToBalance("cus_1", "eur", 50)
	reversed := srv.ReverseFunding(first)
	overdraft := srv.AdjustForOverdraft("cus_1", "eur")

	const path = "/v1/customers/cus_1/cash_balance_transactions"
	var got []string
	for _, item := range get(t, srv, path+"?limit=100").Body["data"].([]any) {
		row := item.(map[string]any)
		text, err := json.Marshal([]any{row["type"], row["net_amount"], row["ending_balance"]})
		require.NoError(t, err)
		got = append(got, string(text))
	}
	assert.Equal(t, []string{
		`["adjusted_for_overdraft",200,0]`,
		`["funding_reversed",-400,-200]`,
		`["transferred_to_balance",-50,200]`,
		`["return_canceled",200,250]`,
		`["return_initiated",-200,50]`,
		`["refunded_from_payment",250,250]`,
		`["applied_to_payment",-700,0]`,
		`["funded",600,700]`,
		`["unapplied_from_payment",100,100]`,
		`["applied_to_payment",-400,0]`,
		`["funded",400,400]`,
	}, got)
	refund := part(get(t, srv, path+"/"+refunded).Body, "refunded_from_payment")["refund"]
	assert.Regexp(t, `^re_3[0-9A-Za-z]{23}$`, refund)
	ids := get(t, srv, path+"?limit=100").ids()
	assert.Equal(t, []string{overdraft, reversed, transferred, returnCanceled, returned, refunded}, ids[:6])
	assert.Equal(t, []string{second, unapplied, first}, []string{ids[7], ids[8], ids[10]})
	expanded := get(t, srv, path+"/"+overdraft+"?expand[]=adjusted_for_overdraft.linked_transaction").Body["adjusted_for_overdraft"]
	assert.Equal(t, reversed, expanded.(map[string]any)["linked_transaction"].(map[string]any)["id"])
	applied := get(t, srv, path+"?limit=1&ending_before="+second+"&expand[]=data.applied_to_payment.payment_intent").Body["data"].([]any)
	assert.Equal(t, id, applied[0].(map[string]any)["applied_to_payment"].(map[string]any)["payment_intent"].(map[string]any)["id"])

	srv.AddCustomer("cus_2")
	partly := srv.AddPaymentIntent("cus_2", "eur", 100)
	srv.Fund("cus_2", "eur", 40)
	const largest = 999_999_999_999
	for name, work := range map[string]func(){
		"refund of nothing":       func() { srv.RefundToBalance(id, 0) },
		"refund of what is open":  func() { srv.RefundToBalance(partly, 1) },
		"nothing unapplied":       func() { srv.Unapply(partly, 0) },
		"more unapplied than had": func() { srv.Unapply(partly, 41) },
		"nobody's return":         func() { srv.CancelReturn("ccsbtxn_404") },
		"a payment's return":      func() { srv.CancelReturn(second) },
		"a refund of nothing": func() {
			srv.AddTransaction("cus_1", stripetest.Transaction{Type: "refunded_from_payment", Currency: "eur"})
		},
		"a payment of nothing": func() {
			srv.AddTransaction("cus_1", stripetest.Transaction{Type: "applied_to_payment", Currency: "eur"})
		},
		"too large a refund": func() {
			srv.AddTransaction("cus_1", stripetest.Transaction{Type: "refunded_from_payment", Currency: "eur", NetAmount: largest + 1})
		},
		"too large an adjustment": func() {
			srv.AddTransaction("cus_1", stripetest.Transaction{Type: "adjusted_for_overdraft", Currency: "eur", NetAmount: largest + 1})
		},
		"too large a reversal": func() {
			srv.AddTransaction("cus_1", stripetest.Transaction{Type: "funding_reversed", Currency: "eur", NetAmount: -largest - 1})
		},
		"return canceled twice":    func() { srv.CancelReturn(returned) },
		"funding reversed twice":   func() { srv.ReverseFunding(first) },
		"reversal of a return":     func() { srv.ReverseFunding(returned) },
		"nothing to adjust":        func() { srv.AdjustForOverdraft("cus_1", "eur") },
		"more than is refundable":  func() { srv.RefundToBalance(id, 751) },
		"unapplied when succeeded": func() { srv.Unapply(id, 1) },
		"nobody's":                 func() { srv.Unapply("pi_404", 1) },
		"nobody's refund":          func() { srv.RefundToBalance("pi_404", 1) },
		"nobody":                   func() { srv.AdjustForOverdraft("cus_404", "eur") },
		"returned from nothing":    func() { srv.InitiateReturn("cus_1", "eur", 1) },
		"payment in francs":        func() { srv.AddPaymentIntent("cus_1", "chf", 1) },
		"payment of nobody":        func() { srv.AddPaymentIntent("cus_404", "eur", 1) },
	} {
		assert.Contains(t, panicText(work), "stripetest: ", name)
	}
	assert.Len(t, get(t, srv, path+"?limit=100").ids(), 11, "and none of them wrote anything")
	assert.Len(t, get(t, srv, "/v1/customers/cus_2/cash_balance_transactions").ids(), 2)
	srv.Unapply(partly, 1)
	srv.Unapply(partly, 39)
	assert.Equal(t, map[string]any{"eur": 40.0}, get(t, srv, "/v1/customers/cus_2/cash_balance").Body["available"], "all of it may go back")
	srv.RefundToBalance(id, 1)
	assert.Equal(t, map[string]any{"eur": 1.0}, available(t, srv), "as little as there is")
	srv.RefundToBalance(id, 749)
	assert.Equal(t, map[string]any{"eur": 750.0}, available(t, srv), "and all the rest")
}

// Whose transaction it is follows from its ID.
func TestReversalOfAnyCustomer(t *testing.T) {
	srv := stripetest.NewServer()
	for _, customer := range []string{"cus_1", "cus_2", "cus_3", "cus_4", "cus_5"} {
		srv.AddCustomer(customer)
		srv.ReverseFunding(srv.Fund(customer, "eur", 5))
		assert.Equal(t, map[string]any{"eur": 0.0}, get(t, srv, "/v1/customers/"+customer+"/cash_balance").Body["available"])
	}
}

func TestEvents(t *testing.T) {
	types := func(srv *stripetest.Server) (types []string) {
		for _, e := range srv.Events() {
			types = append(types, string(e.Type))
		}
		return types
	}
	const created, available = "customer_cash_balance_transaction.created", "cash_balance.funds_available"
	t.Run("automatic, all spent", func(t *testing.T) {
		srv := funded(t)
		srv.AddPaymentIntent("cus_1", "eur", 1000)
		srv.Fund("cus_1", "eur", 400)
		srv.Fund("cus_1", "eur", 600)
		assert.Equal(t, []string{"payment_intent.created", "payment_intent.requires_action", created, created,
			"payment_intent.partially_funded", created, created, "payment_intent.succeeded"}, types(srv))
	})
	t.Run("automatic, some left", func(t *testing.T) {
		srv := funded(t)
		srv.AddPaymentIntent("cus_1", "eur", 1000)
		srv.Fund("cus_1", "eur", 1001)
		assert.Equal(t, []string{"payment_intent.created", "payment_intent.requires_action", created, created,
			"payment_intent.succeeded", available}, types(srv))
	})
	t.Run("manual", func(t *testing.T) {
		srv := funded(t, stripetest.WithReconciliationMode("manual"))
		id := srv.AddPaymentIntent("cus_1", "eur", 1000)
		srv.Fund("cus_1", "eur", 1000)
		post(t, srv, "/v1/payment_intents/"+id+"/cancel")
		assert.Equal(t, []string{"payment_intent.created", "payment_intent.requires_action", created, available,
			"payment_intent.canceled"}, types(srv))
	})
	t.Run("manual, into an overdraft", func(t *testing.T) {
		srv := funded(t, stripetest.WithReconciliationMode("manual"))
		srv.ReverseFunding(srv.Fund("cus_1", "eur", 1000))
		srv.AddTransaction("cus_1", stripetest.Transaction{Type: "funding_reversed", Currency: "eur", NetAmount: -500})
		srv.Fund("cus_1", "eur", 100)
		assert.Equal(t, available, types(srv)[len(types(srv))-1], "for any new funds, also when they don't suffice")
	})
	t.Run("confirmed with just enough", func(t *testing.T) {
		srv := funded(t)
		srv.Fund("cus_1", "eur", 1000)
		srv.AddPaymentIntent("cus_1", "eur", 1000)
		assert.Equal(t, []string{"payment_intent.created", created, "payment_intent.succeeded"}, types(srv)[2:])
	})
	t.Run("the event object", func(t *testing.T) {
		srv := funded(t)
		srv.Connect("acct_1").AddCustomer("cus_1")
		srv.Fund("cus_1", "eur", 5)
		answered := postKey(t, srv, "key_1", fundPath, "amount=7&currency=eur&expand[]=customer")
		events := srv.Events()
		require.Len(t, events, 4)
		var body map[string]any
		require.NoError(t, json.Unmarshal(events[2].Body, &body))
		assert.Equal(t, "event", body["object"])
		assert.Equal(t, events[2].ID, body["id"])
		assert.InDelta(t, int64(events[2].Created), body["created"], 0)
		assert.Regexp(t, `^evt_1[0-9A-Za-z]{23}$`, events[2].ID)
		assert.Equal(t, stripecash.APIVersion, body["api_version"])
		assert.Equal(t, map[string]any{"id": answered.Header.Get("Request-Id"), "idempotency_key": "key_1"}, body["request"])
		subject := body["data"].(map[string]any)["object"].(map[string]any)
		assert.Equal(t, answered.Body["id"], subject["id"])
		assert.Equal(t, "cus_1", subject["customer"], "events are not expanded")
		assert.NotContains(t, body, "account")
		assert.Equal(t, false, body["livemode"])
		assert.InDelta(t, 0, body["pending_webhooks"], 0)
		assert.NotContains(t, body["data"], "previous_attributes", "which are for updates")

		require.NoError(t, json.Unmarshal(events[0].Body, &body))
		assert.Equal(t, map[string]any{"id": nil, "idempotency_key": nil}, body["request"], "no request made it")

		require.NoError(t, json.Unmarshal(events[3].Body, &body))
		assert.Equal(t, available, body["type"])
		assert.Equal(t, map[string]any{"eur": 12.0}, body["data"].(map[string]any)["object"].(map[string]any)["available"])

		connected := srv.Connect("acct_1")
		connected.Fund("cus_1", "eur", 5)
		require.Len(t, connected.Events(), 2)
		require.Len(t, srv.Events(), 4, "each account has its own")
		require.NoError(t, json.Unmarshal(connected.Events()[0].Body, &body))
		assert.Equal(t, "acct_1", body["account"])
	})
}

// An adjustment is for the reversal that overdrew the balance, whatever came since, and as large as several of them.
func TestAdjustmentOfAnOverdraft(t *testing.T) {
	const most = 999_999_999_999
	srv := funded(t)
	var funds []string
	for range 2 {
		funds = append(funds, srv.Fund("cus_1", "eur", most))
		srv.TransferToBalance("cus_1", "eur", most)
	}
	srv.ReverseFunding(funds[0])
	reversal := srv.ReverseFunding(funds[1])
	srv.Fund("cus_1", "eur", 10)
	id := srv.AdjustForOverdraft("cus_1", "eur")
	adjusted := get(t, srv, "/v1/customers/cus_1/cash_balance_transactions/"+id).Body
	assert.InDelta(t, 2*most-10, adjusted["net_amount"], 0)
	assert.Equal(t, reversal, adjusted["adjusted_for_overdraft"].(map[string]any)["linked_transaction"])

	srv.AddCustomer("cus_2")
	linked := func() any {
		id := srv.AddTransaction("cus_2", stripetest.Transaction{Type: "adjusted_for_overdraft", Currency: "eur", NetAmount: 1})
		return part(get(t, srv, "/v1/customers/cus_2/cash_balance_transactions/"+id).Body, "adjusted_for_overdraft")["linked_transaction"]
	}
	assert.Nil(t, linked(), "there is nothing yet")
	srv.Fund("cus_2", "eur", 5)
	last := srv.Fund("cus_2", "eur", 5)
	srv.Fund("cus_2", "usd", 5)
	assert.Equal(t, last, linked(), "without a reversal, the last one of the currency")
}
