package stripetest

import "maps"

// instrument is what a customer pays with or an account is paid to: one of its fields is set.
type instrument struct {
	Card        *card        `json:"card,omitempty"`
	BankAccount *bankAccount `json:"bank_account,omitempty"`
}

const (
	kindOfCard = "card"
	kindOfBank = "bank_account"
)

// id is the ID of the object.
func (i *instrument) id() string {
	if i.Card != nil {
		return i.Card.ID
	}
	return i.BankAccount.ID
}

// kind is the type of the object.
func (i *instrument) kind() string {
	if i.Card != nil {
		return kindOfCard
	}
	return kindOfBank
}

// currency is what an account is paid in.
func (i *instrument) currency() string {
	if i.Card != nil {
		return i.Card.Currency
	}
	return i.BankAccount.Currency
}

// metadata is where the object keeps its metadata.
func (i *instrument) metadata() *map[string]string {
	if i.Card != nil {
		return &i.Card.Metadata
	}
	return &i.BankAccount.Metadata
}

// showInstrument renders the object, with the fields that name its owner.
func (c *call) showInstrument(i *instrument, owner object) object {
	o := object{}
	if i.Card != nil {
		o = showCard(i.Card)
	} else {
		o = showBankAccount(i.BankAccount)
	}
	maps.Copy(o, owner)
	return o
}

// ofKind keeps the instruments of a kind; all for "".
func ofKind(all []*instrument, kind string) []*instrument {
	if kind == "" {
		return all
	}
	var some []*instrument
	for _, i := range all {
		if i.kind() == kind {
			some = append(some, i)
		}
	}
	return some
}

func findInstrument(all []*instrument, id string) *instrument {
	for _, i := range all {
		if i.id() == id {
			return i
		}
	}
	return nil
}

// instrumentExpansions are those of the union: a field that only some of its types have is allowed for all.
func instrumentExpansions() expansions {
	union := map[string]string{
		"account": "account", "code_verification": "", "customer": "customer", "future_requirements": "", "networks": "",
		"owner": "", "receiver": "", "redirect": "", "requirements": "", "source_order": "",
	}
	return expansions{
		"payment_source":      union,
		"external_account":    union,
		kindOfCard:            union,
		kindOfBank:            union,
		"payment_source_list": {"data": "payment_source"},
	}
}
