package stripetest

import (
	"fmt"
	"slices"
)

// checkInstruments finds tokens, sources and external accounts that decode and yet can't be.
func (a *account) checkInstruments() error {
	for id, t := range a.Tokens {
		if t == nil || t.ID != id || (t.Card == nil) == (t.BankAccount == nil) {
			return fmt.Errorf("token %q is null, has another ID, or is neither a card nor a bank account", id)
		}
	}
	for id, s := range a.Sources {
		if s == nil || s.ID != id {
			return fmt.Errorf("source %q is null, or has another ID", id)
		}
		if err := s.check(); err != nil {
			return fmt.Errorf("source %q: %w", id, err)
		}
	}
	for id, r := range a.Recipients {
		if r == nil || r.ID != id {
			return fmt.Errorf("recipient %q is null, or has another ID", id)
		}
		if err := a.checkSources(r.Cards); err != nil {
			return fmt.Errorf("recipient %q: %w", id, err)
		}
		if slices.ContainsFunc(r.Cards, func(i *instrument) bool { return i.Card == nil }) {
			return fmt.Errorf("recipient %q has something that is no card", id)
		}
	}
	for n, i := range a.ExternalAccounts {
		if i != nil && i.Source != "" {
			return fmt.Errorf("external account %d is a source", n)
		}
	}
	return a.checkSources(a.ExternalAccounts)
}

// checkSources finds what is not exactly one of a card, a bank account and a source.
func (a *account) checkSources(all []*instrument) error {
	for n, i := range all {
		kinds := 0
		if i != nil {
			for _, is := range [...]bool{i.Card != nil, i.BankAccount != nil, i.Source != ""} {
				if is {
					kinds++
				}
			}
		}
		if kinds != 1 || i.Source != "" && a.Sources[i.Source] == nil {
			return fmt.Errorf("payment source %d is neither a card nor a bank account nor an existing source", n)
		}
	}
	return nil
}

func (s *source) check() error {
	if _, ok := sourceTypeOf(s.Type); !ok {
		return fmt.Errorf("its type is %q", s.Type)
	}
	if (s.Card != nil) != (s.Type == typeCard || s.Type == typeSecure) {
		return fmt.Errorf("its type %s does not go with its card, or the lack of one", s.Type)
	}
	if (s.Receiver != nil) != (s.Flow == flowReceiver) {
		return fmt.Errorf("its flow %s does not go with its receiver, or the lack of one", s.Flow)
	}
	for i, t := range s.Transactions {
		if t == nil || s.Receiver == nil {
			return fmt.Errorf("transaction %d is null, or its source is no receiver", i)
		}
	}
	for i, n := range s.Notifications {
		if n == nil {
			return fmt.Errorf("notification %d is null", i)
		}
	}
	return nil
}
