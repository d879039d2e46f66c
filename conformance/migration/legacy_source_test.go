package migration_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
	"github.com/stripe/stripe-go/v85/paymentsource"
	"github.com/stripe/stripe-go/v85/source"
	"github.com/stripe/stripe-go/v85/sourcetransaction"
)

func legacySources(w *world) jobs {
	return jobs{
		"create a source": func(t *testing.T) any {
			// begin: create a source
			s, err := source.New(&stripe.SourceParams{
				Type:     stripe.String("ach_credit_transfer"),
				Currency: stripe.String("usd"),
				Owner:    &stripe.SourceOwnerParams{Email: stripe.String("jenny@example.com")},
			})
			// end
			require.NoError(t, err)
			w.source = s.ID
			return string(s.Flow)
		},
		"retrieve a source": func(t *testing.T) any {
			id := w.source
			// begin: retrieve a source
			s, err := source.Get(id, nil)
			// end
			require.NoError(t, err)
			return string(s.Status)
		},
		"update a source": func(t *testing.T) any {
			id := w.source
			// begin: update a source
			s, err := source.Update(id, &stripe.SourceParams{Metadata: map[string]string{"order": "17"}})
			// end
			require.NoError(t, err)
			return s.Metadata["order"]
		},
		"verify a source": func(t *testing.T) any {
			id := w.coded(t.Context(), t)
			// begin: verify a source
			p, err := paymentsource.Verify(id, &stripe.PaymentSourceVerifyParams{Values: stripe.StringSlice([]string{"32", "45"})})
			// end
			require.NoError(t, err)
			return string(p.Source.Status)
		},
		"attach a source": func(t *testing.T) any {
			id := w.source
			// begin: attach a source
			p, err := paymentsource.New(&stripe.PaymentSourceParams{
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
			p, err := paymentsource.Update(id, &stripe.PaymentSourceParams{
				Customer: stripe.String("cus_123"),
				Owner:    &stripe.PaymentSourceOwnerParams{Phone: stripe.String("+15555550123")},
			})
			// end
			require.NoError(t, err)
			return p.Source.Owner.Phone
		},
		"list sources": func(t *testing.T) any {
			var ids []string
			// begin: list sources
			it := paymentsource.List(&stripe.PaymentSourceListParams{
				Customer: stripe.String("cus_123"),
				Object:   stripe.String("source"),
			})
			for it.Next() {
				ids = append(ids, it.PaymentSource().ID)
			}
			if err := it.Err(); err != nil {
				return err
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
			it := paymentsource.List(params)
			page, err := it.PaymentSourceList(), it.Err()
			// end
			require.NoError(t, err)
			return onePage{len(page.Data), page.HasMore}
		},
		"detach a source": func(t *testing.T) any {
			id := w.source
			// begin: detach a source
			s, err := source.Detach(id, &stripe.SourceDetachParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return string(s.Status)
		},
		"list a source's transactions": func(t *testing.T) any {
			sum, id := int64(0), w.source
			w.received = w.srv.ReceiveFunds(id, 42_00)
			// begin: list a source's transactions
			it := sourcetransaction.List(&stripe.SourceTransactionListParams{Source: stripe.String(id)})
			for it.Next() {
				sum += it.SourceTransaction().Amount
			}
			if err := it.Err(); err != nil {
				return err
			}
			// end
			return sum
		},
		"list a page of a source's transactions": func(t *testing.T) any {
			id := w.source
			// begin: list a page of a source's transactions
			params := &stripe.SourceTransactionListParams{Source: stripe.String(id)}
			params.Limit = stripe.Int64(2)
			it := sourcetransaction.List(params)
			page, err := it.SourceTransactionList(), it.Err()
			// end
			require.NoError(t, err)
			return onePage{len(page.Data), page.HasMore}
		},
		"retrieve what is on file": func(t *testing.T) any {
			id := w.source
			// begin: retrieve what is on file
			p, err := paymentsource.Get(id, &stripe.PaymentSourceParams{Customer: stripe.String("cus_123")})
			// end
			require.NoError(t, err)
			return string(p.Type)
		},
		"list everything on file": func(t *testing.T) any {
			var kinds []string
			// begin: list everything on file
			it := paymentsource.List(&stripe.PaymentSourceListParams{Customer: stripe.String("cus_123")})
			for it.Next() {
				kinds = append(kinds, string(it.PaymentSource().Type))
			}
			if err := it.Err(); err != nil {
				return err
			}
			// end
			return kinds
		},
		"list a page of everything on file": func(t *testing.T) any {
			// begin: list a page of everything on file
			params := &stripe.PaymentSourceListParams{Customer: stripe.String("cus_123")}
			params.Limit = stripe.Int64(2)
			it := paymentsource.List(params)
			page, err := it.PaymentSourceList(), it.Err()
			// end
			require.NoError(t, err)
			return onePage{len(page.Data), page.HasMore}
		},
	}
}
