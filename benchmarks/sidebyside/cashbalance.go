package sidebyside

import (
	"context"
	"net/http"
	"net/url"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/cashbalance"
)

const customer = "cus_OaCLf8Fi1nbFpJ"

type handWrittenCashBalance struct {
	Object    string           `json:"object"`
	Available map[string]int64 `json:"available"`
	Customer  string           `json:"customer"`
	Livemode  bool             `json:"livemode"`
	Settings  struct {
		ReconciliationMode   string `json:"reconciliation_mode"`
		UsingMerchantDefault bool   `json:"using_merchant_default"`
	} `json:"settings"`
}

func retrieveCashBalance() Task {
	t := ok("retrieve a cash balance", answer("cashbalance"))
	t.Ours = func(api *stripecash.Client) Call {
		balances := cashbalance.New(api)
		return func(ctx context.Context) (any, error) { return balances.Get(ctx, customer) }
	}
	t.Official = func(sc *stripe.Client) Call {
		return func(ctx context.Context) (any, error) {
			return sc.V1CashBalances.Retrieve(ctx, &stripe.CashBalanceRetrieveParams{Customer: stripe.String(customer)})
		}
	}
	t.ByHand = func(h *HandWritten) Call {
		return func(ctx context.Context) (any, error) {
			out := new(handWrittenCashBalance)
			return out, h.get(ctx, "/v1/customers/"+url.PathEscape(customer)+"/cash_balance", out)
		}
	}
	return t
}

func updateCashBalance() Task {
	t := ok("update a cash balance", answer("cashbalance"))
	t.Ours = func(api *stripecash.Client) Call {
		balances := cashbalance.New(api)
		return func(ctx context.Context) (any, error) {
			return balances.Update(ctx, customer, &cashbalance.UpdateParams{
				Settings: &cashbalance.SettingsParams{ReconciliationMode: cashbalance.ReconciliationModeManual},
			})
		}
	}
	t.Official = func(sc *stripe.Client) Call {
		return func(ctx context.Context) (any, error) {
			return sc.V1CashBalances.Update(ctx, &stripe.CashBalanceUpdateParams{
				Customer: stripe.String(customer),
				Settings: &stripe.CashBalanceUpdateSettingsParams{
					ReconciliationMode: stripe.String(string(stripe.CashBalanceSettingsReconciliationModeManual)),
				},
			})
		}
	}
	t.ByHand = func(h *HandWritten) Call {
		return func(ctx context.Context) (any, error) {
			out := new(handWrittenCashBalance)
			form := url.Values{"settings[reconciliation_mode]": {"manual"}}
			return out, h.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customer)+"/cash_balance", form, out)
		}
	}
	return t
}
