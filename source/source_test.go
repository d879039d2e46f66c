package source_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/h2non/gock.v1"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
)

const key = "sk_test_contract"

func newClient(t *testing.T, opts ...stripecash.Option) *source.Client {
	t.Helper()
	api, err := stripecash.NewClient(key, opts...)
	require.NoError(t, err)
	return source.New(api)
}

func fixture(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(data)
}

// expect answers one request, and only the one that is all of this to the letter.
func expect(method, target, body string) *gock.Response {
	request := gock.New("https://api.stripe.com").
		MatchHeader("Authorization", "^Bearer "+key+"$").
		MatchHeader("Stripe-Version", "^"+stripecash.APIVersion+"$")
	request.Method = method
	if method == http.MethodPost {
		request.MatchHeader("Content-Type", "^application/x-www-form-urlencoded$").
			MatchHeader("Idempotency-Key", "^[A-Z2-7]{26}$")
	}
	return request.AddMatcher(func(req *http.Request, _ *gock.Request) (bool, error) {
		var got []byte
		if req.Body != nil {
			var err error
			if got, err = io.ReadAll(req.Body); err != nil {
				return false, err
			}
			req.Body = io.NopCloser(bytes.NewReader(got))
		}
		keyed := len(req.Header.Values("Idempotency-Key")) > 0
		return req.URL.RequestURI() == target && string(got) == body && keyed == (method == http.MethodPost), nil
	}).Reply(http.StatusOK)
}

func sepaDebit() *source.Source {
	return &source.Source{
		ID: "src_18HgGjHNCLa1Vra6Y9TIP6tU", Object: "source", Type: source.TypeSEPADebit,
		Status: source.StatusChargeable, Flow: source.FlowNone, Usage: source.UsageReusable,
		Currency: stripecash.CurrencyEUR, Created: 1464803577, Customer: "cus_9s6XGDTHzA66Po",
		Metadata: stripecash.Metadata{"order": "6735"}, ClientSecret: "src_client_secret_XcBmS94nTg5o0xc9MSliSlDW",
		Owner: &source.Owner{
			Address: &stripecash.Address{City: "Berlin", Country: "DE", Line1: "Torstraße 1", PostalCode: "10119"},
			Email:   "jenny.rosen@example.com", Name: "Jenny Rosen",
		},
		SEPADebit: &source.SEPADebit{
			BankCode: "37040044", Country: "DE", Fingerprint: "NxdSyRegc9PsMkWy", Last4: "3000",
			MandateReference: "NXDSYREGC9PSMKWY",
			MandateURL: "https://hooks.stripe.com/adapter/sepa_debit/file/src_18HgGjHNCLa1Vra6Y9TIP6tU/" +
				"src_client_secret_XcBmS94nTg5o0xc9MSliSlDW",
		},
	}
}

func receiver() *source.Source {
	return &source.Source{
		ID: "src_1Nlghd2eZvKYlo2C6RFLJcv4", Object: "source", Type: source.TypeACHCreditTransfer,
		Status: source.StatusConsumed, Flow: source.FlowReceiver, Usage: source.UsageReusable,
		Amount: 1000, Currency: stripecash.CurrencyUSD, Created: 1693610677,
		Metadata: stripecash.Metadata{}, ClientSecret: "src_client_secret_smKYWLhbzxzgLfvhKt1QeQOn",
		Receiver: &source.Receiver{
			Address: "121042882-38381234567890123", AmountCharged: 1000, AmountReceived: 1500, AmountReturned: 500,
			RefundAttributesMethod: source.RefundAttributesMethodEmail,
			RefundAttributesStatus: source.RefundAttributesStatusMissing,
		},
		ACHCreditTransfer: &source.ACHCreditTransfer{
			AccountNumber: "test_52796e3294dc", BankName: "TEST BANK", Fingerprint: "ecpwEzmBOSMOqQTL",
			RoutingNumber: "110000000", SWIFTCode: "TSTEZ122",
		},
	}
}

func TestGet(t *testing.T) {
	tests := []struct {
		name    string
		params  *source.GetParams
		fixture string
		want    *source.Source
		target  string
	}{
		{name: "a debit", fixture: "sepa_debit.json", want: sepaDebit(), target: "/v1/sources/src_1"},
		{name: "a receiver", fixture: "receiver.json", want: receiver(), target: "/v1/sources/src_1"},
		{
			name: "with its client secret", params: &source.GetParams{ClientSecret: "src_client_secret_1"},
			fixture: "sepa_debit.json", want: sepaDebit(), target: "/v1/sources/src_1?client_secret=src_client_secret_1",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodGet, tt.target, "").BodyString(fixture(t, tt.fixture))

			got, err := newClient(t).Get(t.Context(), "src_1", tt.params)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestGetWithPublishableKey(t *testing.T) {
	defer gock.OffAll()
	gock.New("https://api.stripe.com").Get("^/v1/sources/src_1$").MatchParam("client_secret", "^src_client_secret_1$").
		MatchHeader("Authorization", "^Bearer pk_test_1$").
		Reply(http.StatusOK).BodyString(fixture(t, "sepa_debit.json"))
	api, err := stripecash.NewClient("pk_test_1", stripecash.WithPublishableKey())
	require.NoError(t, err)

	got, err := source.New(api).Get(t.Context(), "src_1", &source.GetParams{ClientSecret: "src_client_secret_1"})
	require.NoError(t, err)
	assert.Equal(t, sepaDebit(), got)
}

func TestAttach(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodPost, "/v1/customers/cus_1/sources", "source=src_1").BodyString(fixture(t, "sepa_debit.json"))

	got, err := newClient(t).Attach(t.Context(), "cus_1", "src_1")
	require.NoError(t, err)
	assert.Equal(t, sepaDebit(), got)
	assert.True(t, gock.IsDone())
}

func TestUpdateAttached(t *testing.T) {
	tests := []struct {
		name     string
		params   *source.UpdateAttachedParams
		wantBody string
	}{
		{"owner and metadata", &source.UpdateAttachedParams{
			Owner:    &source.OwnerParams{Name: new("Jenny Rosen"), Phone: new("")},
			Metadata: stripecash.Metadata{"order": "17"},
		}, "metadata%5Border%5D=17&owner%5Bname%5D=Jenny+Rosen&owner%5Bphone%5D="},
		{"clear", &source.UpdateAttachedParams{Metadata: stripecash.Metadata{}}, "metadata="},
		{"nothing", &source.UpdateAttachedParams{}, ""},
		{"nil", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer gock.OffAll()
			expect(http.MethodPost, "/v1/customers/cus_1/sources/src_1", tt.wantBody).BodyString(fixture(t, "sepa_debit.json"))

			got, err := newClient(t).UpdateAttached(t.Context(), "cus_1", "src_1", tt.params)
			require.NoError(t, err)
			assert.Equal(t, sepaDebit(), got)
			assert.True(t, gock.IsDone())
		})
	}
}

func TestDetach(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodDelete, "/v1/customers/cus_1/sources/src_1", "").BodyString(fixture(t, "receiver.json"))

	got, err := newClient(t).Detach(t.Context(), "cus_1", "src_1")
	require.NoError(t, err)
	assert.Equal(t, receiver(), got)
	assert.Equal(t, source.StatusConsumed, got.Status)
	assert.True(t, gock.IsDone())
}

func TestVerify(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodPost, "/v1/sources/src_1/verify", "values%5B%5D=32&values%5B%5D=45").
		BodyString(`{"id":"src_1","object":"source","code_verification":{"attempts_remaining":2,"status":"succeeded"}}`)

	got, err := newClient(t).Verify(t.Context(), "src_1", &source.VerifyParams{Values: []string{"32", "45"}})
	require.NoError(t, err)
	assert.Equal(t, &source.Source{
		ID: "src_1", Object: "source",
		CodeVerification: &source.CodeVerification{AttemptsRemaining: 2, Status: source.VerificationStatusSucceeded},
	}, got)
	assert.True(t, gock.IsDone())
}

func TestListAttached(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodGet, "/v1/customers/cus_1/sources?ending_before=src_9&limit=3&object=source", "").
		BodyString(`{"object":"list","url":"/v1/x","has_more":true,"data":[` + fixture(t, "sepa_debit.json") + `]}`)

	got, err := newClient(t).ListAttached(t.Context(), "cus_1", &stripecash.ListParams{Limit: 3, EndingBefore: "src_9"})
	require.NoError(t, err)
	assert.Equal(t, &stripecash.Page[source.Source]{
		Object: "list", URL: "/v1/x", HasMore: true, Data: []*source.Source{sepaDebit()},
	}, got)
	assert.True(t, gock.IsDone())
}

func TestAllAttached(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodGet, "/v1/customers/cus_1/sources?limit=100&object=source", "").
		BodyString(`{"object":"list","has_more":true,"data":[{"id":"src_2","object":"source"}]}`)
	expect(http.MethodGet, "/v1/customers/cus_1/sources?limit=100&object=source&starting_after=src_2", "").
		BodyString(`{"object":"list","has_more":false,"data":[{"id":"src_1","object":"source"}]}`)

	var got []string
	for s, err := range newClient(t).AllAttached(t.Context(), "cus_1", nil) {
		require.NoError(t, err)
		got = append(got, s.ObjectID())
	}
	assert.Equal(t, []string{"src_2", "src_1"}, got)
	assert.True(t, gock.IsDone())
}

func transaction() *source.Transaction {
	return &source.Transaction{
		ID: "srctxn_1NlghfAbCdEf", Object: "source_transaction", Amount: 1500, Currency: stripecash.CurrencyUSD,
		Created: 1693610679, Source: "src_1Nlghd2eZvKYlo2C6RFLJcv4",
		Status: source.TransactionStatusSucceeded, Type: source.TypeACHCreditTransfer,
		ACHCreditTransfer: &source.ACHCreditTransferData{
			CustomerData: "INVOICE 17", Fingerprint: "7rMSJoHbGLQEvPVa", Last4: "6789", RoutingNumber: "110000000",
		},
	}
}

func TestGetTransaction(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodGet, "/v1/sources/src_1/source_transactions/srctxn_1", "").BodyString(fixture(t, "transaction.json"))

	got, err := newClient(t).GetTransaction(t.Context(), "src_1", "srctxn_1")
	require.NoError(t, err)
	assert.Equal(t, transaction(), got)
	assert.True(t, gock.IsDone())
}

func TestListTransactions(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodGet, "/v1/sources/src_1/source_transactions?limit=1", "").
		BodyString(`{"object":"list","url":"/v1/x","has_more":false,"data":[` + fixture(t, "transaction.json") + `]}`)

	got, err := newClient(t).ListTransactions(t.Context(), "src_1", &stripecash.ListParams{Limit: 1})
	require.NoError(t, err)
	assert.Equal(t, &stripecash.Page[source.Transaction]{
		Object: "list", URL: "/v1/x", Data: []*source.Transaction{transaction()},
	}, got)
	assert.True(t, gock.IsDone())
}

func TestAllTransactions(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodGet, "/v1/sources/src_1/source_transactions?limit=100", "").
		BodyString(`{"object":"list","has_more":true,"data":[{"id":"srctxn_2","object":"source_transaction"}]}`)
	expect(http.MethodGet, "/v1/sources/src_1/source_transactions?limit=100&starting_after=srctxn_2", "").
		BodyString(`{"object":"list","has_more":false,"data":[{"id":"srctxn_1","object":"source_transaction"}]}`)

	var got []string
	for transaction, err := range newClient(t).AllTransactions(t.Context(), "src_1", nil) {
		require.NoError(t, err)
		got = append(got, transaction.ObjectID())
	}
	assert.Equal(t, []string{"srctxn_2", "srctxn_1"}, got)
	assert.True(t, gock.IsDone())
}

func TestGetMandateNotification(t *testing.T) {
	defer gock.OffAll()
	expect(http.MethodGet, "/v1/sources/src_1/mandate_notifications/srcmn_1", "").BodyString(fixture(t, "notification.json"))

	got, err := newClient(t).GetMandateNotification(t.Context(), "src_1", "srcmn_1")
	require.NoError(t, err)
	assert.Equal(t, &source.MandateNotification{
		ID: "srcmn_1Pgc7AB7WZ01zgkWIEWL0NKr", Object: "source_mandate_notification", Created: 1721954072,
		Reason: source.NotificationReasonDebitInitiated, Status: source.NotificationStatusSubmitted,
		Amount: 2000, Type: source.TypeSEPADebit,
		Source: &source.Source{
			ID: "src_1", Object: "source", Type: source.TypeSEPADebit, Status: source.StatusChargeable,
			Flow: source.FlowNone, Usage: source.UsageReusable, Currency: "eur", Created: 1721954072,
			ClientSecret: "src_client_secret_1",
		},
		SEPADebit: &source.SEPADebitNotice{
			CreditorIdentifier: "TEST42ZZZ0000424242", Last4: "3000", MandateReference: "FFU45BAKH9LWLMM0",
		},
	}, got)
	assert.True(t, gock.IsDone())
}

// The fixtures have every property of Stripe's specification, each with a value of its own: a field that is missing,
// misspelled or of another type does not come back.
func TestEveryProperty(t *testing.T) {
	tests := []struct {
		name   string
		object interface{ ObjectName() string }
	}{
		{"source", new(source.Source)},
		{"source_transaction", new(source.Transaction)},
		{"source_mandate_notification", new(source.MandateNotification)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := fixture(t, "every_"+tt.name+".json")
			require.NoError(t, json.Unmarshal([]byte(want), tt.object))
			got, err := json.Marshal(tt.object)
			require.NoError(t, err)
			assert.JSONEq(t, want, string(got))
			assert.Equal(t, tt.name, tt.object.ObjectName())
		})
	}
}
