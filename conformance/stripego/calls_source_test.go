package stripego_test

import (
	"context"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
)

func sourceCalls() []call {
	return []call{
		{
			method: "V1Sources.Create", name: "everything",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := source.New(api).Create(ctx, &source.CreateParams{
					Type: source.TypeSEPADebit, Amount: 100, Currency: "eur", Usage: source.UsageReusable, Flow: source.FlowRedirect,
					Token: "tok_1", OriginalSource: "src_1", Customer: "cus_1", StatementDescriptor: "Shop 7",
					Metadata: stripecash.Metadata{"a": "1"}, Owner: sourceOwner(), Mandate: sourceMandate(), SourceOrder: sourceOrder(),
					Receiver: &source.ReceiverParams{RefundAttributesMethod: source.RefundAttributesMethodManual},
					Redirect: &source.RedirectParams{ReturnURL: "https://example.com/back?a=1&b=2"},
				}, stripecash.WithExpand("a"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Sources.Create(ctx, &stripe.SourceCreateParams{
					Type: new("sepa_debit"), Amount: new(int64(100)), Currency: new("eur"), Usage: new("reusable"), Flow: new("redirect"),
					Token: new("tok_1"), OriginalSource: new("src_1"), Customer: new("cus_1"), StatementDescriptor: new("Shop 7"),
					Metadata: map[string]string{"a": "1"}, Expand: []*string{new("a")},
					Owner: &stripe.SourceCreateOwnerParams{
						Address: stripeAddress(), Email: new("a@example.com"), Name: new("Åsa"), Phone: new("+46 1"),
					},
					Mandate: &stripe.SourceCreateMandateParams{
						Acceptance: &stripe.SourceCreateMandateAcceptanceParams{
							Status: new("accepted"), Date: new(int64(1700000000)), IP: new("192.0.2.1"), Type: new("online"), UserAgent: new("ua"),
							Offline: &stripe.SourceCreateMandateAcceptanceOfflineParams{ContactEmail: new("b@example.com")},
							Online:  &stripe.SourceCreateMandateAcceptanceOnlineParams{Date: new(int64(1700000001)), IP: new("192.0.2.2"), UserAgent: new("ub")},
						},
						Amount: new(int64(500)), Currency: new("eur"), Interval: new("variable"), NotificationMethod: new("email"),
					},
					Receiver: &stripe.SourceCreateReceiverParams{RefundAttributesMethod: new("manual")},
					Redirect: &stripe.SourceCreateRedirectParams{ReturnURL: new("https://example.com/back?a=1&b=2")},
					SourceOrder: &stripe.SourceCreateSourceOrderParams{
						Items: []*stripe.SourceCreateSourceOrderItemParams{
							{Amount: new(int64(70)), Currency: new("eur"), Description: new("d"), Parent: new("sku_1"), Quantity: new(int64(2)), Type: new("sku")},
							{Amount: new(int64(0)), Type: new("shipping")},
						},
						Shipping: stripeShipping(),
					},
				})
				return err
			},
		},
		{
			method: "V1Sources.Retrieve", name: "by its client secret",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := source.New(api).Get(ctx, "src_1", &source.GetParams{ClientSecret: "src_secret"}, stripecash.WithExpand("a"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Sources.Retrieve(ctx, "src_1", &stripe.SourceRetrieveParams{
					ClientSecret: new("src_secret"), Expand: []*string{new("a")},
				})
				return err
			},
		},
		{
			method: "V1Sources.Retrieve", name: "by its ID",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := source.New(api).Get(ctx, "src_1", nil)
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Sources.Retrieve(ctx, "src_1", nil)
				return err
			},
		},
		{
			method: "V1Sources.Update", name: "everything",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := source.New(api).Update(ctx, "src_1", &source.UpdateParams{
					Amount: 100, Metadata: stripecash.Metadata{"a": ""}, Owner: sourceOwner(), Mandate: sourceMandate(), SourceOrder: sourceOrder(),
				}, stripecash.WithExpand("a"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Sources.Update(ctx, "src_1", &stripe.SourceUpdateParams{
					Amount: new(int64(100)), Metadata: map[string]string{"a": ""}, Expand: []*string{new("a")},
					Owner: &stripe.SourceUpdateOwnerParams{
						Address: stripeAddress(), Email: new("a@example.com"), Name: new("Åsa"), Phone: new("+46 1"),
					},
					Mandate: &stripe.SourceUpdateMandateParams{
						Acceptance: &stripe.SourceUpdateMandateAcceptanceParams{
							Status: new("accepted"), Date: new(int64(1700000000)), IP: new("192.0.2.1"), Type: new("online"), UserAgent: new("ua"),
							Offline: &stripe.SourceUpdateMandateAcceptanceOfflineParams{ContactEmail: new("b@example.com")},
							Online:  &stripe.SourceUpdateMandateAcceptanceOnlineParams{Date: new(int64(1700000001)), IP: new("192.0.2.2"), UserAgent: new("ub")},
						},
						Amount: new(int64(500)), Currency: new("eur"), Interval: new("variable"), NotificationMethod: new("email"),
					},
					SourceOrder: &stripe.SourceUpdateSourceOrderParams{
						Items: []*stripe.SourceUpdateSourceOrderItemParams{
							{Amount: new(int64(70)), Currency: new("eur"), Description: new("d"), Parent: new("sku_1"), Quantity: new(int64(2)), Type: new("sku")},
							{Amount: new(int64(0)), Type: new("shipping")},
						},
						Shipping: stripeShipping(),
					},
				})
				return err
			},
		},
		{
			method: "V1Sources.Update", name: "clear",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := source.New(api).Update(ctx, "src_1", &source.UpdateParams{
					Metadata: stripecash.Metadata{}, Owner: &source.OwnerParams{Email: new("")},
					Mandate: &source.MandateParams{Amount: new(source.MandateAmount(0))},
				})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Sources.Update(ctx, "src_1", &stripe.SourceUpdateParams{
					Owner:       &stripe.SourceUpdateOwnerParams{Email: new("")},
					UnsetFields: []stripe.SourceUpdateParamsUnsetField{stripe.SourceUpdateParamsUnsetFieldMetadata},
					Mandate: &stripe.SourceUpdateMandateParams{
						UnsetFields: []stripe.SourceUpdateMandateParamsUnsetField{stripe.SourceUpdateMandateParamsUnsetFieldAmount},
					},
				})
				return err
			},
		},
		{
			method: "V1Sources.Detach", name: "with an expansion",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := source.New(api).Detach(ctx, "cus_1", "src_1", stripecash.WithExpand("a"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1Sources.Detach(ctx, "src_1", &stripe.SourceDetachParams{Customer: new("cus_1"), Expand: []*string{new("a")}})
				return err
			},
		},
		{
			method: "V1PaymentSources.Create", name: "from a source",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := source.New(api).Attach(ctx, "cus_1", "src_1")
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				_, err := sc.V1PaymentSources.Create(ctx, &stripe.PaymentSourceCreateParams{
					Customer: new("cus_1"), Source: &stripe.PaymentSourceSourceParams{Token: new("src_1")},
				})
				return err
			},
		},
		{
			method: "V1PaymentSources.List", name: "of sources",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := source.New(api).ListAttached(ctx, "cus_1", nil)
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1PaymentSources.List(ctx, &stripe.PaymentSourceListParams{Customer: new("cus_1"), Object: new("source")}).Err()
			},
		},
		{
			method: "V1SourceTransactions.List", name: "after",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := source.New(api).ListTransactions(ctx, "src_1",
					&stripecash.ListParams{Limit: 9, StartingAfter: "srctxn_1"}, stripecash.WithExpand("a"))
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1SourceTransactions.List(ctx, &stripe.SourceTransactionListParams{
					Source: new("src_1"), Expand: []*string{new("a")},
					ListParams: stripe.ListParams{Limit: new(int64(9)), StartingAfter: new("srctxn_1")},
				}).Err()
			},
		},
		{
			method: "V1SourceTransactions.List", name: "before",
			ours: func(ctx context.Context, api *stripecash.Client) error {
				_, err := source.New(api).ListTransactions(ctx, "src_1", &stripecash.ListParams{EndingBefore: "srctxn_1"})
				return err
			},
			theirs: func(ctx context.Context, sc *stripe.Client) error {
				return sc.V1SourceTransactions.List(ctx, &stripe.SourceTransactionListParams{
					Source: new("src_1"), ListParams: stripe.ListParams{EndingBefore: new("srctxn_1")},
				}).Err()
			},
		},
	}
}

func sourceOwner() *source.OwnerParams {
	return &source.OwnerParams{Address: ourAddress(), Email: new("a@example.com"), Name: new("Åsa"), Phone: new("+46 1")}
}

func sourceMandate() *source.MandateParams {
	return &source.MandateParams{
		Acceptance: &source.AcceptanceParams{
			Status: source.AcceptanceStatusAccepted, Date: 1700000000, IP: "192.0.2.1", Type: source.AcceptanceTypeOnline, UserAgent: "ua",
			Offline: &source.OfflineParams{ContactEmail: "b@example.com"},
			Online:  &source.OnlineParams{Date: 1700000001, IP: "192.0.2.2", UserAgent: "ub"},
		},
		Amount: new(source.MandateAmount(500)), Currency: stripecash.CurrencyEUR, Interval: source.MandateIntervalVariable,
		NotificationMethod: source.NotificationMethodEmail,
	}
}

func sourceOrder() *source.OrderParams {
	return &source.OrderParams{
		Items: stripecash.Indexed[source.OrderItemParams]{
			{Amount: new(int64(70)), Currency: "eur", Description: "d", Parent: "sku_1", Quantity: 2, Type: source.OrderItemTypeSKU},
			{Amount: new(int64(0)), Type: source.OrderItemTypeShipping},
		},
		Shipping: &source.ShippingParams{Address: *ourAddress(), Carrier: "c", Name: "n", Phone: "p", TrackingNumber: "t"},
	}
}

func ourAddress() *stripecash.AddressParams {
	return &stripecash.AddressParams{
		City: new("Malmö"), Country: new("SE"), Line1: new("l1"), Line2: new(""), PostalCode: new("211 20"), State: new("s"),
	}
}

func stripeAddress() *stripe.AddressParams {
	return &stripe.AddressParams{
		City: new("Malmö"), Country: new("SE"), Line1: new("l1"), Line2: new(""), PostalCode: new("211 20"), State: new("s"),
	}
}

func stripeShipping() *stripe.ShippingDetailsParams {
	return &stripe.ShippingDetailsParams{
		Address: stripeAddress(), Carrier: new("c"), Name: new("n"), Phone: new("p"), TrackingNumber: new("t"),
	}
}
