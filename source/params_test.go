package source_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/h2non/gock.v1"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
)

func everyAddress() stripecash.AddressParams {
	return stripecash.AddressParams{
		City: new("Berlin"), Country: new("DE"), Line1: new("Torstraße 1"), Line2: new("Hinterhaus"),
		PostalCode: new("10119"), State: new("BE"),
	}
}

func everyMandate() *source.MandateParams {
	return &source.MandateParams{
		Acceptance: &source.AcceptanceParams{
			Status: source.AcceptanceStatusAccepted, Date: 1464803577, IP: "192.0.2.1", UserAgent: "agent",
			Type:    source.AcceptanceTypeOnline,
			Offline: &source.OfflineParams{ContactEmail: "jenny@example.com"},
			Online:  &source.OnlineParams{Date: 1464803578, IP: "192.0.2.2", UserAgent: "other"},
		},
		Amount: new(source.MandateAmount(500)), Currency: "eur", Interval: source.MandateIntervalScheduled,
		NotificationMethod: source.NotificationMethodStripeEmail,
	}
}

func everyOwner() *source.OwnerParams {
	return &source.OwnerParams{
		Address: new(everyAddress()), Email: new("jenny@example.com"), Name: new("Jenny"), Phone: new("+49"),
	}
}

func everyOrder() *source.OrderParams {
	return &source.OrderParams{
		Items: stripecash.Indexed[source.OrderItemParams]{
			{
				Amount: new(int64(1000)), Currency: "eur", Description: "Shirt", Parent: "sku_1", Quantity: 2,
				Type: source.OrderItemTypeSKU,
			},
			{Amount: new(int64(0)), Type: source.OrderItemTypeShipping},
		},
		Shipping: &source.ShippingParams{
			Address: everyAddress(), Carrier: "DHL", Name: "Jenny", Phone: "+49", TrackingNumber: "00340",
		},
	}
}

// What Create and Update have in common, as the API reads it.
func everyShared() url.Values {
	return url.Values{
		"amount":                    {"1099"},
		"mandate[acceptance][date]": {"1464803577"},
		"mandate[acceptance][ip]":   {"192.0.2.1"},
		"mandate[acceptance][offline][contact_email]":  {"jenny@example.com"},
		"mandate[acceptance][online][date]":            {"1464803578"},
		"mandate[acceptance][online][ip]":              {"192.0.2.2"},
		"mandate[acceptance][online][user_agent]":      {"other"},
		"mandate[acceptance][status]":                  {"accepted"},
		"mandate[acceptance][type]":                    {"online"},
		"mandate[acceptance][user_agent]":              {"agent"},
		"mandate[amount]":                              {"500"},
		"mandate[currency]":                            {"eur"},
		"mandate[interval]":                            {"scheduled"},
		"mandate[notification_method]":                 {"stripe_email"},
		"metadata[k]":                                  {"v"},
		"owner[address][city]":                         {"Berlin"},
		"owner[address][country]":                      {"DE"},
		"owner[address][line1]":                        {"Torstraße 1"},
		"owner[address][line2]":                        {"Hinterhaus"},
		"owner[address][postal_code]":                  {"10119"},
		"owner[address][state]":                        {"BE"},
		"owner[email]":                                 {"jenny@example.com"},
		"owner[name]":                                  {"Jenny"},
		"owner[phone]":                                 {"+49"},
		"source_order[items][0][amount]":               {"1000"},
		"source_order[items][0][currency]":             {"eur"},
		"source_order[items][0][description]":          {"Shirt"},
		"source_order[items][0][parent]":               {"sku_1"},
		"source_order[items][0][quantity]":             {"2"},
		"source_order[items][0][type]":                 {"sku"},
		"source_order[items][1][amount]":               {"0"},
		"source_order[items][1][type]":                 {"shipping"},
		"source_order[shipping][address][city]":        {"Berlin"},
		"source_order[shipping][address][country]":     {"DE"},
		"source_order[shipping][address][line1]":       {"Torstraße 1"},
		"source_order[shipping][address][line2]":       {"Hinterhaus"},
		"source_order[shipping][address][postal_code]": {"10119"},
		"source_order[shipping][address][state]":       {"BE"},
		"source_order[shipping][carrier]":              {"DHL"},
		"source_order[shipping][name]":                 {"Jenny"},
		"source_order[shipping][phone]":                {"+49"},
		"source_order[shipping][tracking_number]":      {"00340"},
	}
}

func with(values url.Values, more map[string]string) url.Values {
	for name, value := range more {
		values.Set(name, value)
	}
	return values
}

// part is params with a hash in them.
type part[T any] struct {
	Part T `url:"part"`
}

// saysTheSame compares what params write of themselves with what go-querystring makes of their tags. byTags has them and no
// methods.
func saysTheSame[S, T any](t *testing.T, self S, byTags T) {
	t.Helper()
	got, err := stripecash.Encode(&part[S]{self})
	require.NoError(t, err)
	want, err := stripecash.Encode(&part[T]{byTags})
	require.NoError(t, err)
	assert.Equal(t, want, got, "%T", self)
}

func TestEncodersSayWhatTagsSay(t *testing.T) {
	type (
		address    stripecash.AddressParams
		owner      source.OwnerParams
		mandate    source.MandateParams
		acceptance source.AcceptanceParams
		redirect   source.RedirectParams
	)
	for _, p := range []stripecash.AddressParams{everyAddress(), {}, {City: new("")}} {
		saysTheSame(t, p, address(p))
	}
	for _, p := range []source.OwnerParams{*everyOwner(), {}, {Email: new("")}, {Address: &stripecash.AddressParams{}}} {
		saysTheSame(t, p, owner(p))
	}
	for _, p := range []source.MandateParams{*everyMandate(), {}, {Amount: new(source.MandateAmount)}} {
		saysTheSame(t, p, mandate(p))
	}
	for _, p := range []source.AcceptanceParams{*everyMandate().Acceptance, {}, {Online: &source.OnlineParams{}, Offline: &source.OfflineParams{}}} {
		saysTheSame(t, p, acceptance(p))
	}
	for _, p := range []source.RedirectParams{{ReturnURL: "https://a.example"}, {}} {
		saysTheSame(t, p, redirect(p))
	}
}

func TestPartsMayBeLeftOut(t *testing.T) {
	for name, params := range map[string]*source.UpdateParams{
		"shipping of an order":                {SourceOrder: &source.OrderParams{Items: stripecash.Indexed[source.OrderItemParams]{{}}}},
		"acceptance of a mandate":             {Mandate: &source.MandateParams{Amount: new(source.MandateAmount)}},
		"offline and online of an acceptance": {Mandate: &source.MandateParams{Acceptance: &source.AcceptanceParams{Status: source.AcceptanceStatusAccepted}}},
	} {
		assert.NoError(t, params.Validate(), name)
	}
}

func TestCreate(t *testing.T) {
	tests := []struct {
		name   string
		params *source.CreateParams
		opts   []stripecash.CallOption
		want   url.Values
	}{
		{
			name: "a debit", params: &source.CreateParams{Type: source.TypeSEPADebit, Currency: "eur"},
			opts: []stripecash.CallOption{stripecash.WithParam("sepa_debit[iban]", "DE89370400440532013000")},
			want: url.Values{"type": {"sepa_debit"}, "currency": {"eur"}, "sepa_debit[iban]": {"DE89370400440532013000"}},
		},
		{
			name: "from a token", params: &source.CreateParams{Token: "tok_1"},
			want: url.Values{"token": {"tok_1"}},
		},
		{
			name: "a copy", params: &source.CreateParams{OriginalSource: "card_1", Customer: "cus_1", Usage: source.UsageReusable},
			want: url.Values{"original_source": {"card_1"}, "customer": {"cus_1"}, "usage": {"reusable"}},
		},
		{
			name: "a mandate for any amount",
			params: &source.CreateParams{
				Type: source.TypeSEPADebit, Mandate: &source.MandateParams{Amount: new(source.MandateAmount(0))},
			},
			want: url.Values{"type": {"sepa_debit"}, "mandate[amount]": {""}},
		},
		{
			name: "every parameter",
			params: &source.CreateParams{
				Type: source.TypeKlarna, Amount: 1099, Currency: "eur", Usage: source.UsageSingleUse, Flow: source.FlowRedirect,
				Token: "tok_1", OriginalSource: "src_0", Customer: "cus_1", Metadata: stripecash.Metadata{"k": "v"},
				Owner: everyOwner(), StatementDescriptor: "RunClub", Mandate: everyMandate(), SourceOrder: everyOrder(),
				Receiver: &source.ReceiverParams{RefundAttributesMethod: source.RefundAttributesMethodManual},
				Redirect: &source.RedirectParams{ReturnURL: "https://example.com/back?a=b&c"},
			},
			want: with(everyShared(), map[string]string{
				"type": "klarna", "currency": "eur", "usage": "single_use", "flow": "redirect",
				"token": "tok_1", "original_source": "src_0", "customer": "cus_1", "statement_descriptor": "RunClub",
				"receiver[refund_attributes_method]": "manual", "redirect[return_url]": "https://example.com/back?a=b&c",
			}),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodPost, "/v1/sources", tt.want.Encode()).BodyString(fixture(t, "sepa_debit.json"))

			got, err := newClient(t).Create(t.Context(), tt.params, tt.opts...)
			require.NoError(t, err)
			assert.Equal(t, sepaDebit(), got)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestUpdate(t *testing.T) {
	tests := []struct {
		name   string
		params *source.UpdateParams
		want   url.Values
	}{
		{name: "nil params", params: nil},
		{name: "nothing", params: &source.UpdateParams{}},
		{name: "clear the metadata", params: &source.UpdateParams{Metadata: stripecash.Metadata{}}, want: url.Values{"metadata": {""}}},
		{
			name: "clear a part of the owner", params: &source.UpdateParams{Owner: &source.OwnerParams{Name: new("")}},
			want: url.Values{"owner[name]": {""}},
		},
		{
			name: "every parameter",
			params: &source.UpdateParams{
				Amount: 1099, Metadata: stripecash.Metadata{"k": "v"}, Owner: everyOwner(), Mandate: everyMandate(),
				SourceOrder: everyOrder(),
			},
			want: everyShared(),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodPost, "/v1/sources/src_1", tt.want.Encode()).BodyString(fixture(t, "sepa_debit.json"))

			got, err := newClient(t).Update(t.Context(), "src_1", tt.params)
			require.NoError(t, err)
			assert.Equal(t, sepaDebit(), got)
			assert.True(t, gock.IsDone())
		})
	}
}
