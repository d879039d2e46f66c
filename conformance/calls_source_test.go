package conformance_test

import (
	"context"
	"iter"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
)

func sourceCalls() []call {
	return []call{
		{
			method: "source.Create", operation: "POST /v1/sources",
			do: func(ctx context.Context, w *world) error {
				_, err := source.New(w.api).Create(ctx, filled[source.CreateParams](w))
				return err
			},
		},
		{
			method: "source.Get", operation: "GET /v1/sources/{source}",
			do: func(ctx context.Context, w *world) error {
				_, err := source.New(w.api).Get(ctx, w.source, filled[source.GetParams](w))
				return err
			},
		},
		{
			method: "source.Update", operation: "POST /v1/sources/{source}",
			do: func(ctx context.Context, w *world) error {
				_, err := source.New(w.api).Update(ctx, w.source, filled[source.UpdateParams](w))
				return err
			},
		},
		{
			method: "source.Verify", operation: "POST /v1/sources/{source}/verify",
			do: func(ctx context.Context, w *world) error {
				_, err := source.New(w.api).Verify(ctx, w.source, filled[source.VerifyParams](w))
				return err
			},
		},
		{
			method: "source.Attach", operation: "POST /v1/customers/{customer}/sources",
			mock: `a "source" was expected, but the answer is a "account"`,
			do: func(ctx context.Context, w *world) error {
				_, err := source.New(w.api).Attach(ctx, w.customer, w.source)
				return err
			},
		},
		{
			method: "source.UpdateAttached", operation: "POST /v1/customers/{customer}/sources/{id}",
			mock: `a "source" was expected, but the answer is a "card"`,
			do: func(ctx context.Context, w *world) error {
				_, err := source.New(w.api).UpdateAttached(ctx, w.customer, w.attached, filled[source.UpdateAttachedParams](w))
				return err
			},
		},
		{
			method: "source.Detach", operation: "DELETE /v1/customers/{customer}/sources/{id}",
			mock: `a "source" was expected, but the answer is a "account"`,
			do: func(ctx context.Context, w *world) error {
				_, err := source.New(w.api).Detach(ctx, w.customer, w.attached)
				return err
			},
		},
		{
			method: "source.ListAttached", operation: "GET /v1/customers/{customer}/sources",
			do: func(ctx context.Context, w *world) error {
				return pages(windows(w, w.attached), func(params *stripecash.ListParams) (*stripecash.Page[source.Source], error) {
					return source.New(w.api).ListAttached(ctx, w.customer, params)
				})
			},
		},
		{
			method: "source.AllAttached", operation: "GET /v1/customers/{customer}/sources",
			do: func(ctx context.Context, w *world) error {
				return walks(windows(w, w.attached), func(params *stripecash.ListParams) iter.Seq2[*source.Source, error] {
					return source.New(w.api).AllAttached(ctx, w.customer, params)
				})
			},
		},
		{
			method: "source.ListTransactions", operation: "GET /v1/sources/{source}/source_transactions",
			do: func(ctx context.Context, w *world) error {
				return pages(windows(w, w.sourceTransaction), func(params *stripecash.ListParams) (*stripecash.Page[source.Transaction], error) {
					return source.New(w.api).ListTransactions(ctx, w.source, params)
				})
			},
		},
		{
			method: "source.AllTransactions", operation: "GET /v1/sources/{source}/source_transactions",
			do: func(ctx context.Context, w *world) error {
				return walks(windows(w, w.sourceTransaction), func(params *stripecash.ListParams) iter.Seq2[*source.Transaction, error] {
					return source.New(w.api).AllTransactions(ctx, w.source, params)
				})
			},
		},
		{
			method: "source.GetTransaction", operation: "GET /v1/sources/{source}/source_transactions/{source_transaction}",
			do: func(ctx context.Context, w *world) error {
				_, err := source.New(w.api).GetTransaction(ctx, w.source, w.sourceTransaction)
				return err
			},
		},
		{
			method: "source.GetMandateNotification", operation: "GET /v1/sources/{source}/mandate_notifications/{mandate_notification}",
			do: func(ctx context.Context, w *world) error {
				_, err := source.New(w.api).GetMandateNotification(ctx, w.source, w.mandateNotification)
				return err
			},
		},
	}
}
