package sidebyside

import (
	"context"
	"net/http"
	"net/url"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/source"
)

type handWrittenAddress struct {
	City       string `json:"city"`
	Country    string `json:"country"`
	Line1      string `json:"line1"`
	Line2      string `json:"line2"`
	PostalCode string `json:"postal_code"`
	State      string `json:"state"`
}

type handWrittenSource struct {
	ID                  string            `json:"id"`
	Object              string            `json:"object"`
	AllowRedisplay      string            `json:"allow_redisplay"`
	Amount              int64             `json:"amount"`
	ClientSecret        string            `json:"client_secret"`
	Created             int64             `json:"created"`
	Currency            string            `json:"currency"`
	Flow                string            `json:"flow"`
	Livemode            bool              `json:"livemode"`
	Metadata            map[string]string `json:"metadata"`
	StatementDescriptor string            `json:"statement_descriptor"`
	Status              string            `json:"status"`
	Type                string            `json:"type"`
	Usage               string            `json:"usage"`
	Owner               *struct {
		Address         *handWrittenAddress `json:"address"`
		Email           string              `json:"email"`
		Name            string              `json:"name"`
		Phone           string              `json:"phone"`
		VerifiedAddress *handWrittenAddress `json:"verified_address"`
		VerifiedEmail   string              `json:"verified_email"`
		VerifiedName    string              `json:"verified_name"`
		VerifiedPhone   string              `json:"verified_phone"`
	} `json:"owner"`
	Redirect *struct {
		FailureReason string `json:"failure_reason"`
		ReturnURL     string `json:"return_url"`
		Status        string `json:"status"`
		URL           string `json:"url"`
	} `json:"redirect"`
	SEPADebit *struct {
		BankCode         string `json:"bank_code"`
		BranchCode       string `json:"branch_code"`
		Country          string `json:"country"`
		Fingerprint      string `json:"fingerprint"`
		Last4            string `json:"last4"`
		MandateReference string `json:"mandate_reference"`
		MandateURL       string `json:"mandate_url"`
	} `json:"sepa_debit"`
}

func retrieveSource() Task {
	const id = "src_1NGTaT2eZvKYlo2CZWSctn5n"
	t := ok("retrieve a source", answer("source"))
	t.Ours = func(api *stripecash.Client) Call {
		sources := source.New(api)
		return func(ctx context.Context) (any, error) { return sources.Get(ctx, id, nil) }
	}
	t.Official = func(sc *stripe.Client) Call {
		return func(ctx context.Context) (any, error) { return sc.V1Sources.Retrieve(ctx, id, nil) }
	}
	t.ByHand = func(h *HandWritten) Call {
		return func(ctx context.Context) (any, error) {
			out := new(handWrittenSource)
			return out, h.get(ctx, "/v1/sources/"+url.PathEscape(id), out)
		}
	}
	return t
}

func createSource() Task {
	t := ok("create a source", answer("source"))
	t.Ours = createOurSource
	t.Official = createOfficialSource
	t.ByHand = func(h *HandWritten) Call {
		return func(ctx context.Context) (any, error) {
			out := new(handWrittenSource)
			return out, h.do(ctx, http.MethodPost, "/v1/sources", url.Values{
				"type": {"sepa_debit"}, "amount": {"1099"}, "currency": {"eur"}, "flow": {"redirect"}, "usage": {"reusable"},
				"statement_descriptor": {"RUNCLUB 5K"}, "metadata[cart]": {"c_41"}, "metadata[order]": {"6735"},
				"owner[address][city]": {"Berlin"}, "owner[address][country]": {"DE"}, "owner[address][line1]": {"Torstraße 1"},
				"owner[address][line2]": {"Hinterhaus"}, "owner[address][postal_code]": {"10119"}, "owner[address][state]": {"BE"},
				"owner[email]": {"jenny.rosen@example.com"}, "owner[name]": {"Jenny Rosen"}, "owner[phone]": {"+49301234567"},
				"redirect[return_url]":              {"https://shop.example.com/crtA6B28E1"},
				"mandate[acceptance][status]":       {"accepted"},
				"mandate[acceptance][type]":         {"online"},
				"mandate[acceptance][online][date]": {"1686089970"}, "mandate[acceptance][online][ip]": {"203.0.113.7"},
				"mandate[acceptance][online][user_agent]": {"Mozilla/5.0"},
				"mandate[interval]":                       {"variable"}, "mandate[notification_method]": {"email"},
			}, out)
		}
	}
	return t
}

func createOurSource(api *stripecash.Client) Call {
	sources := source.New(api)
	return func(ctx context.Context) (any, error) {
		return sources.Create(ctx, &source.CreateParams{
			Type: source.TypeSEPADebit, Amount: 1099, Currency: stripecash.CurrencyEUR,
			Flow: source.FlowRedirect, Usage: source.UsageReusable, StatementDescriptor: "RUNCLUB 5K",
			Metadata: stripecash.Metadata{"cart": "c_41", "order": "6735"},
			Owner: &source.OwnerParams{
				Address: &stripecash.AddressParams{
					City: new("Berlin"), Country: new("DE"), Line1: new("Torstraße 1"),
					Line2: new("Hinterhaus"), PostalCode: new("10119"), State: new("BE"),
				},
				Email: new("jenny.rosen@example.com"), Name: new("Jenny Rosen"), Phone: new("+49301234567"),
			},
			Redirect: &source.RedirectParams{ReturnURL: "https://shop.example.com/crtA6B28E1"},
			Mandate: &source.MandateParams{
				Acceptance: &source.AcceptanceParams{
					Status: source.AcceptanceStatusAccepted, Type: source.AcceptanceTypeOnline,
					Online: &source.OnlineParams{Date: 1686089970, IP: "203.0.113.7", UserAgent: "Mozilla/5.0"},
				},
				Interval: source.MandateIntervalVariable, NotificationMethod: source.NotificationMethodEmail,
			},
		})
	}
}

func createOfficialSource(sc *stripe.Client) Call {
	return func(ctx context.Context) (any, error) {
		return sc.V1Sources.Create(ctx, &stripe.SourceCreateParams{
			Type: stripe.String("sepa_debit"), Amount: stripe.Int64(1099), Currency: stripe.String("eur"),
			Flow: stripe.String("redirect"), Usage: stripe.String("reusable"), StatementDescriptor: stripe.String("RUNCLUB 5K"),
			Metadata: map[string]string{"cart": "c_41", "order": "6735"},
			Owner: &stripe.SourceCreateOwnerParams{
				Address: &stripe.AddressParams{
					City: stripe.String("Berlin"), Country: stripe.String("DE"), Line1: stripe.String("Torstraße 1"),
					Line2: stripe.String("Hinterhaus"), PostalCode: stripe.String("10119"), State: stripe.String("BE"),
				},
				Email: stripe.String("jenny.rosen@example.com"), Name: stripe.String("Jenny Rosen"), Phone: stripe.String("+49301234567"),
			},
			Redirect: &stripe.SourceCreateRedirectParams{ReturnURL: stripe.String("https://shop.example.com/crtA6B28E1")},
			Mandate: &stripe.SourceCreateMandateParams{
				Acceptance: &stripe.SourceCreateMandateAcceptanceParams{
					Status: stripe.String("accepted"), Type: stripe.String("online"),
					Online: &stripe.SourceCreateMandateAcceptanceOnlineParams{
						Date: stripe.Int64(1686089970), IP: stripe.String("203.0.113.7"), UserAgent: stripe.String("Mozilla/5.0"),
					},
				},
				Interval: stripe.String("variable"), NotificationMethod: stripe.String("email"),
			},
		})
	}
}
