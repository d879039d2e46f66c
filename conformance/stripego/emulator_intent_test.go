package stripego_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
)

// intent makes a PaymentIntent that is paid from the cash balance.
func (w world) intent(t *testing.T, customer string, amount int64, confirm bool) *stripe.PaymentIntent {
	t.Helper()
	made, err := w.sc.V1PaymentIntents.Create(t.Context(), &stripe.PaymentIntentCreateParams{
		Amount: &amount, Currency: new("eur"), Customer: &customer, Confirm: &confirm, PaymentMethodTypes: []*string{new("customer_balance")},
		PaymentMethodData: &stripe.PaymentIntentCreatePaymentMethodDataParams{Type: new("customer_balance")},
		PaymentMethodOptions: &stripe.PaymentIntentCreatePaymentMethodOptionsParams{
			CustomerBalance: &stripe.PaymentIntentCreatePaymentMethodOptionsCustomerBalanceParams{
				FundingType: new("bank_transfer"),
				BankTransfer: &stripe.PaymentIntentCreatePaymentMethodOptionsCustomerBalanceBankTransferParams{
					Type:           new("eu_bank_transfer"),
					EUBankTransfer: &stripe.PaymentIntentCreatePaymentMethodOptionsCustomerBalanceBankTransferEUBankTransferParams{Country: new("DE")},
				},
			},
		},
		Metadata: map[string]string{"a": "1"},
	})
	require.NoError(t, err)
	return made
}

// status is that of a PaymentIntent.
func (w world) status(t *testing.T, id string) stripe.PaymentIntentStatus {
	t.Helper()
	got, err := w.sc.V1PaymentIntents.Retrieve(t.Context(), id, nil)
	require.NoError(t, err)
	return got.Status
}

func intentsByThemselves(t *testing.T, w world) {
	customer := w.customer(t)
	first, second := w.intent(t, customer, 1000, true), w.intent(t, customer, 500, true)
	assert.Equal(t, stripe.PaymentIntentStatusRequiresAction, first.Status)
	instructions := first.NextAction.DisplayBankTransferInstructions
	assert.Equal(t, []any{int64(1000), stripe.CurrencyEUR}, []any{instructions.AmountRemaining, instructions.Currency})
	assert.NotEmpty(t, instructions.FinancialAddresses[0].IBAN.IBAN)

	list := w.sc.V1PaymentIntents.List(t.Context(), &stripe.PaymentIntentListParams{Customer: &customer, ListParams: stripe.ListParams{Limit: new(int64(1))}})
	assert.Equal(t, []string{second.ID, first.ID}, ids(t, list.All(t.Context()), func(p *stripe.PaymentIntent) string { return p.ID }))

	w.fund(t, customer, 500, "eur") // an exact match goes before the oldest
	assert.Equal(t, []stripe.PaymentIntentStatus{"requires_action", "succeeded"}, []stripe.PaymentIntentStatus{w.status(t, first.ID), w.status(t, second.ID)})
	w.fund(t, customer, 1200, "eur")
	assert.Equal(t, stripe.PaymentIntentStatusSucceeded, w.status(t, first.ID))
	assert.Equal(t, map[string]int64{"eur": 200}, w.balance(t, customer))

	w.srv.RefundToBalance(first.ID, 300)
	assert.Equal(t, map[string]int64{"eur": 500}, w.balance(t, customer))
	moves := w.sc.V1CustomerCashBalanceTransactions.List(t.Context(), &stripe.CustomerCashBalanceTransactionListParams{Customer: &customer})
	assert.Equal(t, []string{"refunded_from_payment", "applied_to_payment", "funded", "applied_to_payment", "funded"},
		ids(t, moves.All(t.Context()), transactionTypes))
	assert.NotEmpty(t, moves.Data()[0].RefundedFromPayment.Refund.ID)
	assert.Equal(t, first.ID, moves.Data()[1].AppliedToPayment.PaymentIntent.ID)
}

func intentsByHand(t *testing.T, w world) {
	customer := w.customer(t)
	_, err := w.sc.V1CashBalances.Update(t.Context(), &stripe.CashBalanceUpdateParams{
		Customer: &customer, Settings: &stripe.CashBalanceUpdateSettingsParams{ReconciliationMode: new("manual")},
	})
	require.NoError(t, err)
	w.fund(t, customer, 1000, "eur")
	pending := w.intent(t, customer, 700, false)
	assert.Equal(t, stripe.PaymentIntentStatusRequiresConfirmation, pending.Status)
	confirmed, err := w.sc.V1PaymentIntents.Confirm(t.Context(), pending.ID, nil)
	require.NoError(t, err)
	assert.Equal(t, stripe.PaymentIntentStatusRequiresAction, confirmed.Status, "nothing moves by itself")

	_, err = w.sc.V1PaymentIntents.ApplyCustomerBalance(t.Context(), pending.ID, &stripe.PaymentIntentApplyCustomerBalanceParams{Amount: new(int64(701))})
	require.Error(t, err)
	part, err := w.sc.V1PaymentIntents.ApplyCustomerBalance(t.Context(), pending.ID, &stripe.PaymentIntentApplyCustomerBalanceParams{
		Amount: new(int64(300)), Currency: new("eur"),
	})
	require.NoError(t, err)
	assert.Equal(t, int64(400), part.NextAction.DisplayBankTransferInstructions.AmountRemaining)
	assert.Equal(t, map[string]int64{"eur": 700}, w.balance(t, customer))
	w.srv.Unapply(pending.ID, 100)
	whole, err := w.sc.V1PaymentIntents.ApplyCustomerBalance(t.Context(), pending.ID, nil)
	require.NoError(t, err)
	assert.Equal(t, []any{stripe.PaymentIntentStatusSucceeded, int64(700)}, []any{whole.Status, whole.AmountReceived})
	assert.Equal(t, map[string]int64{"eur": 300}, w.balance(t, customer))

	canceled := w.intent(t, customer, 50, true)
	_, err = w.sc.V1PaymentIntents.Cancel(t.Context(), canceled.ID, &stripe.PaymentIntentCancelParams{CancellationReason: new("duplicate")})
	require.NoError(t, err)
	got, err := w.sc.V1PaymentIntents.Retrieve(t.Context(), canceled.ID, &stripe.PaymentIntentRetrieveParams{Expand: []*string{new("customer")}})
	require.NoError(t, err)
	assert.Equal(t, []any{stripe.PaymentIntentStatusCanceled, stripe.PaymentIntentCancellationReasonDuplicate, "customer", "1"},
		[]any{got.Status, got.CancellationReason, got.Customer.Object, got.Metadata["a"]})
	_, err = w.sc.V1PaymentIntents.ApplyCustomerBalance(t.Context(), canceled.ID, nil)
	refused(t, err, http.StatusBadRequest, stripe.ErrorCodePaymentIntentUnexpectedState, "")
	assert.Equal(t, canceled.ID, apiError(t, err).PaymentIntent.ID)
}
