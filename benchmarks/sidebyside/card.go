package sidebyside

import (
	"context"
	"net/url"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
)

type handWrittenCard struct {
	ID                 string            `json:"id"`
	Object             string            `json:"object"`
	AddressCity        string            `json:"address_city"`
	AddressCountry     string            `json:"address_country"`
	AddressLine1       string            `json:"address_line1"`
	AddressLine1Check  string            `json:"address_line1_check"`
	AddressLine2       string            `json:"address_line2"`
	AddressState       string            `json:"address_state"`
	AddressZip         string            `json:"address_zip"`
	AddressZipCheck    string            `json:"address_zip_check"`
	AllowRedisplay     string            `json:"allow_redisplay"`
	Brand              string            `json:"brand"`
	Country            string            `json:"country"`
	Customer           string            `json:"customer"`
	CVCCheck           string            `json:"cvc_check"`
	DynamicLast4       string            `json:"dynamic_last4"`
	ExpMonth           int               `json:"exp_month"`
	ExpYear            int               `json:"exp_year"`
	Fingerprint        string            `json:"fingerprint"`
	Funding            string            `json:"funding"`
	Last4              string            `json:"last4"`
	Metadata           map[string]string `json:"metadata"`
	Name               string            `json:"name"`
	RegulatedStatus    string            `json:"regulated_status"`
	TokenizationMethod string            `json:"tokenization_method"`
	Networks           *struct {
		Preferred string `json:"preferred"`
	} `json:"networks"`
}

func retrieveCard() Task {
	const id = "card_1NGTaT2eZvKYlo2CZWSctn5n"
	t := ok("retrieve a card", answer("card"))
	t.Ours = func(api *stripecash.Client) Call {
		cards := card.New(api)
		return func(ctx context.Context) (any, error) { return cards.Get(ctx, card.Customer(customer), id) }
	}
	t.Official = func(sc *stripe.Client) Call {
		return func(ctx context.Context) (any, error) {
			return sc.V1Cards.Retrieve(ctx, id, &stripe.CardRetrieveParams{Customer: stripe.String(customer)})
		}
	}
	t.ByHand = func(h *HandWritten) Call {
		return func(ctx context.Context) (any, error) {
			out := new(handWrittenCard)
			return out, h.get(ctx, "/v1/customers/"+url.PathEscape(customer)+"/sources/"+url.PathEscape(id), out)
		}
	}
	return t
}
