package stripetest

import (
	"bytes"
	"slices"

	"github.com/ccb8c2b4/stripecash/webhook"
)

// changeInstrument writes the parameters of an update, all or none. Those that its kind doesn't have are unknown.
func (c *call) changeInstrument(i *instrument) *apiError {
	fields := slices.Concat(fieldsOf(i), []param{metadata(), texts("expand")})
	if err := checkUnknown(c.form, fields, nil); err != nil {
		return err
	}
	merged, err := c.form.mergeMetadata(c.metadataOf(i))
	if err != nil {
		return err
	}
	if i.Source != "" {
		s := c.acct.Sources[i.Source]
		s.Owner.change(c.form.at("owner"))
		s.Metadata = merged
		return nil
	}
	if i.BankAccount != nil {
		c.form.set("account_holder_name", &i.BankAccount.HolderName)
		c.form.set("account_holder_type", &i.BankAccount.HolderType)
		c.form.set("account_type", &i.BankAccount.AccountType)
		i.BankAccount.Metadata = merged
		return nil
	}
	k := *i.Card
	if err := k.readExpiry(c.form, c.now); err != nil {
		return err
	}
	k.readBilling(c.form)
	k.Metadata = merged
	*i.Card = k
	return nil
}

// fieldsOf are the parameters that an update of this kind takes, metadata aside.
func fieldsOf(i *instrument) []param {
	switch {
	case i.Source != "":
		return []param{ownerParam()}
	case i.BankAccount != nil:
		return []param{text("account_holder_name", 5000), holderType(), accountType(), boolean("default_for_currency")}
	}
	return append(addressTexts(), text("exp_month", 5000), text("exp_year", 5000), text("name", 5000), boolean("default_for_currency"))
}

// emitUpdate is emit for an update: the event tells the old values of what has changed, and there is none when nothing has.
func (c *call) emitUpdate(kind webhook.EventType, before, after object) {
	if previous := changed(before, after); len(previous) > 0 {
		c.emit(kind, after, previous)
	}
}

// changed gives the old values of the attributes that differ. Of a hash it gives the keys that differ; new ones were null.
func changed(before, after object) object {
	previous := object{}
	for key, now := range after {
		was := before[key]
		if bytes.Equal(render(was), render(now)) {
			continue
		}
		old, isHash := was.(object)
		fresh, stillHash := now.(object)
		if isHash && stillHash {
			previous[key] = changed(old, fresh)
		} else {
			previous[key] = was
		}
	}
	for key, was := range before {
		if _, kept := after[key]; !kept {
			previous[key] = was
		}
	}
	return previous
}
