package stripetest

// sourceTransaction is money that a receiver got.
type sourceTransaction struct {
	ID      string `json:"id"`
	Amount  int64  `json:"amount"`
	Created int64  `json:"created"`
	Failed  bool   `json:"failed,omitempty"`
}

const sourceTransactionKind = "source_transaction"

func listSourceTransactions(c *call) (object, *apiError) {
	s, err := c.findSource()
	if err != nil {
		return nil, err
	}
	return answerList(c, s.Transactions, sourceTransactionKind,
		func(t *sourceTransaction) string { return t.ID },
		func(t *sourceTransaction) object { return s.showTransaction(t) })
}

func getSourceTransaction(c *call) (object, *apiError) {
	s, err := c.findSource()
	if err != nil {
		return nil, err
	}
	t := s.transaction(c.id("source_transaction"))
	if t == nil {
		return nil, noSuch(sourceTransactionKind, c.id("source_transaction"), "source_transaction")
	}
	return s.showTransaction(t), nil
}

func (s *source) transaction(id string) *sourceTransaction {
	for _, t := range s.Transactions {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// receiveForSource lets funds arrive at a receiver, which they make chargeable. A receiver that lasts is worth what it got.
func (c *call) receiveForSource(s *source, amount int64) *sourceTransaction {
	t := &sourceTransaction{ID: c.newID("srctxn_1", 23), Amount: amount, Created: c.now}
	s.Transactions = append(s.Transactions, t)
	s.Receiver.Received += amount
	if s.Usage == usageReusable {
		s.Amount = s.Receiver.Received
	}
	c.emit("source.transaction.created", s.showTransaction(t), nil)
	if s.Status == sourcePending && s.Receiver.Received >= s.Amount {
		c.become(s, sourceChargeable)
	}
	return t
}

func (s *source) showTransaction(t *sourceTransaction) object {
	status := "succeeded"
	if t.Failed {
		status = "failed"
	}
	o := object{
		"id":       t.ID,
		"object":   sourceTransactionKind,
		"amount":   t.Amount,
		"created":  t.Created,
		"currency": s.Currency,
		"livemode": false,
		"source":   s.ID,
		"status":   status,
		"type":     s.Type,
	}
	if s.Type == typeACH {
		o[s.Type] = object{
			"customer_data":  "Transfer to " + s.Receiver.Address,
			"fingerprint":    s.Details["fingerprint"],
			"last4":          "6789",
			"routing_number": "110000000",
		}
	}
	return o
}
