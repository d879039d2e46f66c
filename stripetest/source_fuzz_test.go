package stripetest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// furnished is a server with one of each payment source, always with the same IDs.
func furnished(t *testing.T) (srv *stripetest.Server, places map[string]string) {
	t.Helper()
	srv = in2026(stripetest.WithSeed(1), stripetest.WithRecipients())
	srv.Connect("acct_1")
	srv.AddRecipient("rp_1")
	receiver := newSource(t, srv, "type", "ach_credit_transfer", "currency", "usd")["id"].(string)
	places = map[string]string{
		"customers":   "/v1/customers",
		"customer":    "/v1/customers/cus_1",
		"sources":     sourcesPath,
		"card":        sourcesPath + "/" + add(t, srv, "tok_visa"),
		"old card":    "/v1/customers/cus_1/cards/" + add(t, srv, "tok_avsFail"),
		"bank":        sourcesPath + "/" + add(t, srv, "btok_us"),
		"attached":    sourcesPath + "/" + add(t, srv, sepa(t, srv)),
		"externals":   externalPath,
		"external":    externalPath + "/" + addExternal(t, srv, "external_account", "btok_us"),
		"recipients":  "/v1/recipients/rp_1/cards",
		"tokens":      "/v1/tokens",
		"all sources": "/v1/sources",
		"source":      "/v1/sources/" + receiver,
		"received":    "/v1/sources/" + receiver + "/source_transactions/" + srv.ReceiveFunds(receiver, 5),
	}
	return srv, places
}

// FuzzPaymentSources sends forms to every place where payment sources are made, changed and shown: no form may break the
// server, be half done, or leave a state that can't be saved and restored.
func FuzzPaymentSources(f *testing.F) {
	card := strings.NewReplacer("$", "[number]=4242424242424242&", "%", "[exp_month]=8&", "#", "[exp_year]=30&")
	f.Add("sources", "POST", card.Replace("source$source%source#source[object]=card&source[cvc]=123&metadata[a]=b"))
	f.Add("sources", "POST", "source[object]=bank_account&source[country]=US&source[account_number]=000123456780&source[routing_number]=110000000")
	f.Add("sources", "GET", "object=card&limit=1&expand[]=data.customer")
	f.Add("card", "POST", "name=&exp_month=12&exp_year=31&address_zip=1&metadata=")
	f.Add("old card", "DELETE", "")
	f.Add("bank", "POST", "account_holder_name=x&account_holder_type=company")
	f.Add("attached", "DELETE", "expand[]=owner")
	f.Add("attached", "POST", "owner[address][city]=x&metadata[a]=")
	f.Add("externals", "POST", card.Replace("external_account$external_account%external_account#external_account[object]=card"))
	f.Add("external", "POST", "default_for_currency=true&account_type=savings")
	f.Add("external", "DELETE", "")
	f.Add("recipients", "POST", "card=tok_visa_debit")
	f.Add("tokens", "POST", card.Replace("card$card%card#card[networks][preferred]=visa"))
	f.Add("customers", "POST", "source=tok_visa&expand[]=sources.data")
	f.Add("customer", "POST", "source=tok_amex&default_source=x")
	f.Add("customer", "DELETE", "")
	f.Add("all sources", "POST", "type=klarna&currency=eur&amount=5&redirect[return_url]=a:b&source_order[items][0][amount]=1&source_order[shipping]=")
	f.Add("all sources", "POST", "type=ach_credit_transfer&currency=usd&owner[email]=amount_4242@example.com")
	f.Add("all sources", "POST", "type=sepa_debit&currency=eur&sepa_debit[iban]=AT611904300234573201&mandate[amount]=")
	f.Add("source", "POST", "amount=5&owner=&source_order=&mandate[acceptance][status]=revoked")
	f.Add("received", "GET", "")
	f.Fuzz(func(t *testing.T, place, method, form string) {
		srv, places := furnished(t)
		path, known := places[place]
		if !known || method != http.MethodGet && method != http.MethodPost && method != http.MethodDelete {
			return
		}
		before := memory(t, srv)
		body := ""
		if method == http.MethodPost {
			body = form
		}
		req := newRequest(t, method, path, body)
		if method != http.MethodPost {
			req.URL.RawQuery = form
		}
		resp, err := srv.RoundTrip(req)
		require.NoError(t, err)
		text, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.True(t, json.Valid(text), "%s", text)
		require.Less(t, resp.StatusCode, 500)
		if resp.StatusCode >= 400 || method == http.MethodGet {
			require.JSONEq(t, before, memory(t, srv))
		}
		snapshot, err := srv.Snapshot()
		require.NoError(t, err)
		require.NoError(t, stripetest.NewServer().Restore(snapshot), "what was written is sound")
		for _, shown := range places {
			send(t, srv, newRequest(t, http.MethodGet, shown, "")) // all of it can still be shown
		}
	})
}
