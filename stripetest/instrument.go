package stripetest

import "maps"

// instrument is what a customer pays with or an account is paid to: one of its fields is set.
type instrument struct {
	Card        *card        `json:"card,omitempty"`
	BankAccount *bankAccount `json:"bank_account,omitempty"`
	Source      string       `json:"source,omitempty"` // the ID of one of the account's sources
}

const (
	kindOfCard   = "card"
	kindOfBank   = "bank_account"
	kindOfSource = "source"
	anyKind      = ""
)

// id is the ID of the object.
func (i *instrument) id() string {
	switch {
	case i.Card != nil:
		return i.Card.ID
	case i.BankAccount != nil:
		return i.BankAccount.ID
	default:
		return i.Source
	}
}

// kind is the type of the object.
func (i *instrument) kind() string {
	switch {
	case i.Card != nil:
		return kindOfCard
	case i.BankAccount != nil:
		return kindOfBank
	default:
		return kindOfSource
	}
}

// currency is what an account is paid in.
func (i *instrument) currency() string {
	if i.Card != nil {
		return i.Card.Currency
	}
	return i.BankAccount.Currency
}

// metadataOf is the object's metadata.
func (c *call) metadataOf(i *instrument) map[string]string {
	switch {
	case i.Card != nil:
		return i.Card.Metadata
	case i.BankAccount != nil:
		return i.BankAccount.Metadata
	default:
		return c.acct.Sources[i.Source].Metadata
	}
}

func (c *call) setMetadata(i *instrument, metadata map[string]string) {
	switch {
	case i.Card != nil:
		i.Card.Metadata = metadata
	case i.BankAccount != nil:
		i.BankAccount.Metadata = metadata
	default:
		c.acct.Sources[i.Source].Metadata = metadata
	}
}

// showInstrument renders the object, with the fields that name its owner. A source names its customer by itself.
func (c *call) showInstrument(i *instrument, owner object) object {
	var o object
	switch {
	case i.Card != nil:
		o = showCard(i.Card)
	case i.BankAccount != nil:
		o = showBankAccount(i.BankAccount)
	default:
		return c.showSource(c.acct.Sources[i.Source])
	}
	maps.Copy(o, owner)
	return o
}

// ofKind keeps the instruments of a kind; all for anyKind.
func ofKind(all []*instrument, kind string) []*instrument {
	if kind == anyKind {
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

// onFileKind is the union of what the emulator's customers have on file. The API's name for it, payment_source, has legacy
// accounts too, and the spec names one union in some answers and the other in others.
const onFileKind = "card, bank account or source"

// instrumentExpansions are those of cards, of bank accounts, and of unions: there a field that only some of the types have
// is allowed for all.
func instrumentExpansions() expansions {
	union := func(all ...map[string]string) map[string]string {
		fields := map[string]string{}
		for _, one := range all {
			maps.Copy(fields, one)
		}
		return fields
	}
	card := map[string]string{"account": "account", "customer": "customer", "networks": ""}
	bank := map[string]string{"account": "account", "customer": "customer", "future_requirements": "", "requirements": ""}
	instrument := union(card, bank, sourceExpansions()[kindOfSource])
	return expansions{
		kindOfCard:            card,
		kindOfBank:            bank,
		onFileKind:            instrument,
		"external_account":    union(card, bank),
		"payment_source":      union(accountExpansions()["account"], instrument),
		"payment_source_list": {"data": onFileKind},
	}
}
