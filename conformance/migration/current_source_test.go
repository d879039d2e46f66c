package migration_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
)

func currentSources(ctx context.Context, w *world, sc *stripe.Client) jobs {
	return jobs{
		"create a source": func(t *testing.T) any {
			// begin: create a source
			s, err := sc.V1Sources.Create(ctx, &stripe.SourceCreateParams{
				Type:     stripe.String("ach_credit_transfer"),
				Currency: stripe.String("usd"),
				Owner:    &stripe.SourceCreateOwnerParams{Email: stripe.String("jenny@example.com")},
			})
			// end
			require.NoError(t, err)
			w.source = s.ID
			return string(s.Flow)
		},
		"retrieve a source": func(t *testing.T) any {
			id := w.source
			// begin: retrieve a source
			s, err := sc.V1Sources.Retrieve(ctx, id, nil)
			// end
			require.NoError(t, err)
			return string(s.Status)
		},
		"update a source": func(t *testing.T) any {
			id := w.source
			// begin: update a source
			s, err := sc.V1Sources.Update(ctx, id, &stripe.SourceUpdateParams{Metadata: map[string]string{"order": "17"}})
			// end
			require.NoError(t, err)
			return s.Metadata["order"]
		},
		"attach a source": func(t *testing.T) any {
			id := w.source
			// begin: attach a source
			p, err := sc.V1PaymentSources.Create(ctx, &stripe.PaymentSourceCreateParams{
				Customer: stripe.String("cus_123"),
				Source:   &stripe.PaymentSourceSourceParams{Token: stripe.String(id)},
			})
			// end
			require.NoError(t, err)
			return p.Source.Customer
		},
		"update an attached source": func(t *testing.T) any {
			id := w.source
			// begin: update an attached source
			p, err := sc.V1PaymentSources.Update(ctx, id, &stripe.PaymentSourceUpdateParams{
				Customer: stripe.String("cus_123"),
				Owner:    &stripe.PaymentSourceUpdateOwnerParams{Phone: stripe.String("+15555550123")},
			})
			// end
			require.NoError(t, err)
			return p.Source.Owner.Phone
		},
		"list sources": func(t *testing.T) any {
			var ids []string
			// begin: list sources
			list := sc.V1PaymentSources.List(ctx, &stripe.PaymentSourceListParams{
				Customer: stripe.String("cus_123"),
				Object:   stripe.String("source"),
			})
			for p, err := range list.All(ctx) {
				if err != nil {
					return err
				}
				ids = append(ids, p.ID)
			}
			// end
			return len(ids)
		},
		"list a page of sources": func(t *testing.T) any {
			// begin: list a page of sources
			params := &stripe.PaymentSourceListParams{
				Customer: stripe.String("cus_123"),
				Object:   stripe.String("source"),
			}
			params.Limit = stripe.Int64(2)
			list := sc.V1PaymentSources.List(ctx, params)
			sources, more, err := list.Data(), list.Meta().HasMore, list.Err()
			// end
			require.NoError(t, err)
			return onePage{len(sources), more}
		},
		"detach a source": func(t *testing.T) any {
			id := w.source
			// begin: detach a source
			s, err := sc.V1Sources.Detach(ctx, id, &stripe.SourceDetachParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return string(s.Status)
		},
		"list a source's transactions": func(t *testing.T) any {
			sum, id := int64(0), w.source
			w.received = w.srv.ReceiveFunds(id, 42_00)
			// begin: list a source's transactions
			list := sc.V1SourceTransactions.List(ctx, &stripe.SourceTransactionListParams{Source: stripe.String(id)})
			for txn, err := range list.All(ctx) {
				if err != nil {
					return err
				}
				sum += txn.Amount
			}
			// end
			return sum
		},
		"list a page of a source's transactions": func(t *testing.T) any {
			id := w.source
			// begin: list a page of a source's transactions
			params := &stripe.SourceTransactionListParams{Source: stripe.String(id)}
			params.Limit = stripe.Int64(2)
			list := sc.V1SourceTransactions.List(ctx, params)
			txns, more, err := list.Data(), list.Meta().HasMore, list.Err()
			// end
			require.NoError(t, err)
			return onePage{len(txns), more}
		},
		"retrieve what is on file": func(t *testing.T) any {
			id := w.source
			// begin: retrieve what is on file
			p, err := sc.V1PaymentSources.Retrieve(ctx, id, &stripe.PaymentSourceRetrieveParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return string(p.Type)
		},
		"list everything on file": func(t *testing.T) any {
			var kinds []string
			// begin: list everything on file
			list := sc.V1PaymentSources.List(ctx, &stripe.PaymentSourceListParams{Customer: stripe.String("cus_123")})
			for p, err := range list.All(ctx) {
				if err != nil {
					return err
				}
				kinds = append(kinds, string(p.Type))
			}
			// end
			return kinds
		},
		"list a page of everything on file": func(t *testing.T) any {
			// begin: list a page of everything on file
			params := &stripe.PaymentSourceListParams{Customer: stripe.String("cus_123")}
			params.Limit = stripe.Int64(2)
			list := sc.V1PaymentSources.List(ctx, params)
			sources, more, err := list.Data(), list.Meta().HasMore, list.Err()
			// end
			require.NoError(t, err)
			return onePage{len(sources), more}
		},
	}
}
