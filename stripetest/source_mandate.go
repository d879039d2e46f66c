package stripetest

// sourceNotification is what the owner of a mandate is told.
type sourceNotification struct {
	ID      string `json:"id"`
	Amount  int64  `json:"amount,omitempty"` // 0: none
	Created int64  `json:"created"`
	Reason  string `json:"reason"`
	Status  string `json:"status"`
}

const (
	notificationKind = "source_mandate_notification"
	reasonDebit      = "debit_initiated"
	reasonMandate    = "mandate_confirmed"
)

func getNotification(c *call) (object, *apiError) {
	s, err := c.findSource()
	if err != nil {
		return nil, err
	}
	for _, n := range s.Notifications {
		if n.ID == c.id("mandate_notification") {
			return c.showNotification(s, n), nil
		}
	}
	return nil, noSuch(notificationKind, c.id("mandate_notification"), "mandate_notification")
}

func (c *call) showNotification(s *source, n *sourceNotification) object {
	o := object{
		"id":       n.ID,
		"object":   notificationKind,
		"amount":   nil,
		"created":  n.Created,
		"livemode": false,
		"reason":   n.Reason,
		"source":   c.showSource(s),
		"status":   n.Status,
		"type":     s.Type,
	}
	if n.Amount != 0 {
		o["amount"] = n.Amount
	}
	switch s.Type {
	case typeSEPA:
		o[s.Type] = object{
			"creditor_identifier": "TEST42ZZZ0000424242",
			"last4":               s.Details["last4"],
			"mandate_reference":   s.Details["mandate_reference"],
		}
	case "acss_debit":
		o[s.Type] = object{"statement_descriptor": s.Descriptor}
	}
	return o
}
