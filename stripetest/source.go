package stripetest

import (
	"strings"

	"github.com/ccb8c2b4/stripecash/webhook"
)

// source is a payment method of the Sources API.
type source struct {
	ID            string                `json:"id"`
	Created       int64                 `json:"created"`
	Amount        int64                 `json:"amount,omitempty"` // 0: none
	ClientSecret  string                `json:"client_secret"`
	Currency      string                `json:"currency,omitempty"`
	Customer      string                `json:"customer,omitempty"` // that it is attached to
	Descriptor    string                `json:"descriptor,omitempty"`
	Flow          string                `json:"flow"`
	Metadata      map[string]string     `json:"metadata,omitempty"`
	Order         *sourceOrder          `json:"order,omitempty"`
	Owner         sourceOwner           `json:"owner"`
	Receiver      *receiver             `json:"receiver,omitempty"`
	Redirect      *redirect             `json:"redirect,omitempty"`
	Status        string                `json:"status"`
	Type          string                `json:"type"`
	Usage         string                `json:"usage"`
	Verification  *codeVerification     `json:"verification,omitempty"`
	Card          *card                 `json:"card,omitempty"`    // of the types card and three_d_secure
	Checked       bool                  `json:"checked,omitempty"` // the card, by attaching it
	Details       map[string]string     `json:"details,omitempty"` // of the type's hash
	Transactions  []*sourceTransaction  `json:"transactions,omitempty"`
	Notifications []*sourceNotification `json:"notifications,omitempty"`
}

type sourceOwner struct {
	Address map[string]string `json:"address,omitempty"`
	Email   string            `json:"email,omitempty"`
	Name    string            `json:"name,omitempty"`
	Phone   string            `json:"phone,omitempty"`
}

type redirect struct {
	FailureReason string `json:"failure_reason,omitempty"`
	ReturnURL     string `json:"return_url"`
	Status        string `json:"status"`
}

type receiver struct {
	Address      string `json:"address"`
	Received     int64  `json:"received"`
	RefundMethod string `json:"refund_method"`
	RefundStatus string `json:"refund_status"`
}

type codeVerification struct {
	Attempts int    `json:"attempts"` // that are left
	Status   string `json:"status"`
}

func sourceRoutes() []route {
	const path = "/v1/sources/{source}"
	secret := func() []param { return []param{text("client_secret", 5000)} }
	values := func() []param { return []param{texts("values").require()} }
	return []route{
		{method: "POST", path: "/v1/sources", params: sourceCreateParams, returns: kindOfSource, publishable: true, handle: createSource},
		{method: "GET", path: path, params: secret, returns: kindOfSource, publishable: true, handle: getSource},
		{method: "POST", path: path, params: sourceUpdateParams, returns: kindOfSource, handle: updateSource},
		{method: "POST", path: path + "/verify", params: values, returns: kindOfSource, handle: verifySource},
		{method: "GET", path: path + "/source_transactions", returns: sourceTransactionKind, list: true, handle: listSourceTransactions},
		{method: "GET", path: path + "/source_transactions/{source_transaction}", returns: sourceTransactionKind,
			handle: getSourceTransaction},
		{method: "GET", path: path + "/mandate_notifications/{mandate_notification}", returns: notificationKind, handle: getNotification},
	}
}

func (c *call) findSource() (*source, *apiError) {
	s := c.acct.Sources[c.id("source")]
	if s == nil {
		return nil, noSuch("source", c.id("source"), "source")
	}
	return s, nil
}

// getSource shows a source. With a publishable key it takes the source's secret; the wordings are not verified.
func getSource(c *call) (object, *apiError) {
	s, err := c.findSource()
	if err != nil {
		return nil, err
	}
	switch secret := c.form.text("client_secret"); {
	case secret == s.ClientSecret, secret == "" && !strings.HasPrefix(c.key, "pk_"):
		return c.showSource(s), nil
	case secret == "":
		return nil, invalidRequest("parameter_missing", "client_secret", "Missing required param: client_secret.")
	default:
		return nil, newError(400, "", "client_secret", "The client_secret provided does not match the client_secret of this source.")
	}
}

// become changes the status and tells so.
func (c *call) become(s *source, status string) {
	if s.Status == status {
		return
	}
	s.Status = status
	switch status {
	case sourceChargeable, sourceFailed, sourceCanceled:
		c.emit(webhook.EventType("source."+status), c.showSource(s), nil)
	}
}

// readSource is what the ID of a source offers to a customer. The wordings were observed, but for the usage.
func (c *call) readSource(param, id string) (*offer, *apiError) {
	s := c.acct.Sources[id]
	switch {
	case s == nil:
		return nil, noSuchParam("source", id, param)
	case s.Customer != "":
		return nil, newError(400, "", param, "The source you provided has already been attached to a customer.")
	case s.Status != sourceChargeable && s.Status != sourcePending:
		return nil, newError(400, "", param, "The source you provided cannot be attached to the customer. It must be chargeable or pending.")
	case s.Usage != usageReusable:
		return nil, newError(400, "", param, "The source you provided cannot be attached to the customer. It must be reusable.")
	}
	return &offer{instrument: &instrument{Source: id}, param: param}, nil
}
