package conformance_test

import (
	"context"
	"iter"
	"net/http"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/paymentsource"
)

// filePath is where the API keeps what one kind of owner has on file.
type filePath struct {
	list, one string
	account   bool
	mock      string // what stripe-mock answers with in place of a bank account
	owner     func(w *world) (owner paymentsource.Owner, id string)
}

func paymentSourceCalls() []call {
	customers := filePath{
		list: "/v1/customers/{customer}/sources", one: "/v1/customers/{customer}/sources/{id}",
		mock:  `a "bank_account" was expected, but the answer is a "`,
		owner: func(w *world) (paymentsource.Owner, string) { return paymentsource.Customer(w.customer), w.bankAccount },
	}
	accounts := filePath{
		list: "/v1/accounts/{account}/external_accounts", one: "/v1/accounts/{account}/external_accounts/{id}",
		account: true,
		owner:   func(w *world) (paymentsource.Owner, string) { return paymentsource.Account(w.account), w.accountBank },
	}
	rows := []call{{
		method: "paymentsource.VerifyBankAccount", operation: "POST /v1/customers/{customer}/sources/{id}/verify",
		do: func(ctx context.Context, w *world) error {
			params := filled[paymentsource.VerifyBankAccountParams](w)
			params.Amounts = [2]int64{32, 45}
			_, err := paymentsource.New(w.api).VerifyBankAccount(ctx, w.customer, w.bankAccount, params)
			return err
		},
	}}
	for _, path := range []filePath{customers, accounts} {
		rows = append(rows, path.creates()...)
		rows = append(rows, path.changes()...)
		rows = append(rows, path.reads()...)
	}
	return rows
}

type fileCall func(ctx context.Context, api *paymentsource.Client, w *world, owner paymentsource.Owner, id string) error

func (p filePath) row(method, operation, mock string, do fileCall) call {
	return call{
		method: method, operation: operation, mock: mock,
		do: func(ctx context.Context, w *world) error {
			owner, id := p.owner(w)
			return do(ctx, paymentsource.New(w.api), w, owner, id)
		},
	}
}

func (p filePath) creates() []call {
	create := func(mock string, choose func(params *paymentsource.CreateBankAccountParams)) call {
		return p.row("paymentsource.CreateBankAccount", http.MethodPost+" "+p.list, mock,
			func(ctx context.Context, api *paymentsource.Client, w *world, owner paymentsource.Owner, _ string) error {
				params := filled[paymentsource.CreateBankAccountParams](w)
				params.DefaultForCurrency = p.account
				choose(params)
				_, err := api.CreateBankAccount(ctx, owner, params)
				return err
			})
	}
	return []call{
		create(p.mock, func(params *paymentsource.CreateBankAccountParams) {
			params.Token, params.Details = "btok_us_verified", nil
		}),
		create("value is not a string (Kind: map)", func(params *paymentsource.CreateBankAccountParams) {
			params.Token = ""
			if !p.account {
				params.Details.AccountType, params.Details.Documents = "", nil
			}
		}),
	}
}

func (p filePath) changes() []call {
	return []call{
		p.row("paymentsource.UpdateBankAccount", http.MethodPost+" "+p.one, p.mock,
			func(ctx context.Context, api *paymentsource.Client, w *world, owner paymentsource.Owner, id string) error {
				params := filled[paymentsource.UpdateBankAccountParams](w)
				params.DefaultForCurrency = p.account
				if !p.account {
					params.AccountType, params.Documents = "", nil
				}
				_, err := api.UpdateBankAccount(ctx, owner, id, params)
				return err
			}),
		p.row("paymentsource.DeleteBankAccount", http.MethodDelete+" "+p.one, p.mock,
			func(ctx context.Context, api *paymentsource.Client, _ *world, owner paymentsource.Owner, id string) error {
				_, err := api.DeleteBankAccount(ctx, owner, id)
				return err
			}),
	}
}

func (p filePath) reads() []call {
	return []call{
		p.row("paymentsource.Get", http.MethodGet+" "+p.one, "",
			func(ctx context.Context, api *paymentsource.Client, _ *world, owner paymentsource.Owner, id string) error {
				_, err := api.Get(ctx, owner, id)
				return err
			}),
		p.row("paymentsource.List", http.MethodGet+" "+p.list, "",
			func(ctx context.Context, api *paymentsource.Client, w *world, owner paymentsource.Owner, id string) error {
				return pages(windows(w, id), func(params *stripecash.ListParams) (*stripecash.Page[paymentsource.PaymentSource], error) {
					return api.List(ctx, owner, params)
				})
			}),
		p.row("paymentsource.All", http.MethodGet+" "+p.list, "",
			func(ctx context.Context, api *paymentsource.Client, w *world, owner paymentsource.Owner, id string) error {
				return walks(windows(w, id), func(params *stripecash.ListParams) iter.Seq2[*paymentsource.PaymentSource, error] {
					return api.All(ctx, owner, params)
				})
			}),
	}
}
