package migration_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/paymentsource"
	"github.com/ccb8c2b4/stripecash/source"
)

func oursSources(ctx context.Context, w *world, api *stripecash.Client) jobs {
	return jobs{
		"create a source": func(t *testing.T) any {
			// begin: create a source
			s, err := source.New(api).Create(ctx, &source.CreateParams{
				Type:     source.TypeACHCreditTransfer,
				Currency: stripecash.CurrencyUSD,
				Owner:    &source.OwnerParams{Email: new("jenny@example.com")},
			})
			// end
			require.NoError(t, err)
			w.source = s.ID
			return string(s.Flow)
		},
		"retrieve a source": func(t *testing.T) any {
			id := w.source
			// begin: retrieve a source
			s, err := source.New(api).Get(ctx, id, nil)
			// end
			require.NoError(t, err)
			return string(s.Status)
		},
		"update a source": func(t *testing.T) any {
			id := w.source
			// begin: update a source
			s, err := source.New(api).Update(ctx, id, &source.UpdateParams{Metadata: stripecash.Metadata{"order": "17"}})
			// end
			require.NoError(t, err)
			return s.Metadata["order"]
		},
		"verify a source": func(t *testing.T) any {
			id := w.coded(ctx, t)
			// begin: verify a source
			s, err := source.New(api).Verify(ctx, id, &source.VerifyParams{Values: []string{"32", "45"}})
			// end
			require.NoError(t, err)
			return string(s.Status)
		},
		"attach a source": func(t *testing.T) any {
			id := w.source
			// begin: attach a source
			s, err := source.New(api).Attach(ctx, "cus_123", id)
			// end
			require.NoError(t, err)
			return s.Customer
		},
		"update an attached source": func(t *testing.T) any {
			id := w.source
			// begin: update an attached source
			s, err := source.New(api).UpdateAttached(ctx, "cus_123", id, &source.UpdateAttachedParams{
				Owner: &source.OwnerParams{Phone: new("+15555550123")},
			})
			// end
			require.NoError(t, err)
			return s.Owner.Phone
		},
		"list sources": func(t *testing.T) any {
			var ids []string
			// begin: list sources
			for s, err := range source.New(api).AllAttached(ctx, "cus_123", nil) {
				if err != nil {
					return err
				}
				ids = append(ids, s.ID)
			}
			// end
			return len(ids)
		},
		"list a page of sources": func(t *testing.T) any {
			// begin: list a page of sources
			page, err := source.New(api).ListAttached(ctx, "cus_123", &stripecash.ListParams{Limit: 2})
			// end
			require.NoError(t, err)
			return onePage{len(page.Data), page.HasMore}
		},
		"detach a source": func(t *testing.T) any {
			id := w.source
			// begin: detach a source
			s, err := source.New(api).Detach(ctx, "cus_123", id)
			// end
			require.NoError(t, err)
			return string(s.Status)
		},
		"list a source's transactions": func(t *testing.T) any {
			sum, id := int64(0), w.source
			w.received = w.srv.ReceiveFunds(id, 42_00)
			// begin: list a source's transactions
			for txn, err := range source.New(api).AllTransactions(ctx, id, nil) {
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
			page, err := source.New(api).ListTransactions(ctx, id, &stripecash.ListParams{Limit: 2})
			// end
			require.NoError(t, err)
			return onePage{len(page.Data), page.HasMore}
		},
		"retrieve a source's transaction": func(t *testing.T) any {
			id, txnID := w.source, w.received
			// begin: retrieve a source's transaction
			txn, err := source.New(api).GetTransaction(ctx, id, txnID)
			// end
			require.NoError(t, err)
			return txn.Amount
		},
		"retrieve a mandate notification": func(t *testing.T) any {
			id := w.source
			notificationID := w.srv.NotifyMandate(id, 0)
			// begin: retrieve a mandate notification
			n, err := source.New(api).GetMandateNotification(ctx, id, notificationID)
			// end
			require.NoError(t, err)
			return string(n.Reason)
		},
		"retrieve what is on file": func(t *testing.T) any {
			id := w.source
			// begin: retrieve what is on file
			p, err := paymentsource.New(api).Get(ctx, paymentsource.Customer("cus_123"), id)
			// end
			require.NoError(t, err)
			return p.Object()
		},
		"list everything on file": func(t *testing.T) any {
			var kinds []string
			// begin: list everything on file
			for p, err := range paymentsource.New(api).All(ctx, paymentsource.Customer("cus_123"), nil) {
				if err != nil {
					return err
				}
				kinds = append(kinds, p.Object())
			}
			// end
			return kinds
		},
		"list a page of everything on file": func(t *testing.T) any {
			// begin: list a page of everything on file
			page, err := paymentsource.New(api).List(ctx, paymentsource.Customer("cus_123"), &stripecash.ListParams{Limit: 2})
			// end
			require.NoError(t, err)
			return onePage{len(page.Data), page.HasMore}
		},
	}
}
