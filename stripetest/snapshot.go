package stripetest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Snapshot returns all that the server remembers, of every account, as JSON: customers, balances, events, idempotency keys
// and the position of its IDs. Requests, faults, options, webhooks and what is on the way to them are not part of it.
func (s *Server) Snapshot() ([]byte, error) {
	s.made("Snapshot")
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(s.state)
}

// Changes counts the requests and method calls that could have changed the state. While the number stays the same a
// [Server.Snapshot] stays the same too, except for the counter of request IDs: there is no need to save it again.
func (s *Server) Changes() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changes
}

// Restore replaces all that the server remembers with a snapshot. A snapshot that is damaged, or of another version, is
// refused with an error, and leaves the server as it was. What was on the way to webhooks is dropped, except for a delivery
// that has begun.
func (s *Server) Restore(snapshot []byte) error {
	s.made("Restore")
	var head struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(snapshot, &head); err == nil && head.Version != stateVersion { // other versions have other fields
		return fmt.Errorf("stripetest: restore: the snapshot is of version %d, not %d", head.Version, stateVersion)
	}
	restored := newState("")
	decoder := json.NewDecoder(bytes.NewReader(snapshot))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(restored); err != nil {
		return fmt.Errorf("stripetest: restore: the snapshot is damaged: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errors.New("stripetest: restore: the snapshot is damaged: something follows it")
	}
	if err := restored.check(); err != nil {
		return fmt.Errorf("stripetest: restore: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = restored
	s.changes++
	for _, h := range s.hooks { // they go on with what happens from now on
		h.seen = len(restored.Events)
		h.drop()
	}
	return nil
}

// check finds what decodes and yet can't be a state.
func (s *state) check() error {
	if s.Seed == "" || s.Counters == nil || s.Accounts[s.Platform] == nil {
		return errors.New("the snapshot is damaged: it has no seed, no counters or no platform account")
	}
	for id, acct := range s.Accounts {
		if acct == nil || acct.ID != id {
			return fmt.Errorf("the snapshot is damaged: account %q is null, or has another ID", id)
		}
		if err := acct.check(); err != nil {
			return fmt.Errorf("the snapshot is damaged: account %q: %w", id, err)
		}
	}
	for i, e := range s.Events {
		var fields map[string]json.RawMessage
		if e == nil || e.ID == "" || json.Unmarshal([]byte(e.Body), &fields) != nil || fields == nil {
			return fmt.Errorf("the snapshot is damaged: event %d has no ID or no body", i)
		}
	}
	return nil
}

func (a *account) check() error {
	if a.ReconciliationMode != modeAutomatic && a.ReconciliationMode != modeManual {
		return fmt.Errorf("its reconciliation mode is %q", a.ReconciliationMode)
	}
	if a.Customers == nil {
		return errors.New("it has no customers")
	}
	if err := a.checkInstruments(); err != nil {
		return err
	}
	for key, saved := range a.Idempotency {
		if saved == nil || saved.Status < 200 || saved.Status > 599 || !json.Valid([]byte(saved.Body)) {
			return fmt.Errorf("the idempotency key %q holds nothing that could be an answer", key)
		}
	}
	for i, pi := range a.PaymentIntents {
		if pi == nil || a.Customers[pi.Customer] == nil {
			return fmt.Errorf("PaymentIntent %d has no customer", i)
		}
	}
	for id, cus := range a.Customers {
		if cus == nil || cus.ID != id {
			return fmt.Errorf("customer %q is null, or has another ID", id)
		}
		if cus.Number < 1 && !cus.Deleted {
			return fmt.Errorf("customer %q has no number", id)
		}
		if err := cmp.Or(cus.CashBalance.check(), a.checkSources(cus.Sources)); err != nil {
			return fmt.Errorf("customer %q: %w", id, err)
		}
		isDefault := func(i *instrument) bool { return i.id() == cus.DefaultSource }
		if cus.DefaultSource != "" && !slices.ContainsFunc(cus.Sources, isDefault) {
			return fmt.Errorf("customer %q: its default source %q is none of its sources", id, cus.DefaultSource)
		}
	}
	return nil
}

// check holds the balance against its ledger.
func (b *cashBalance) check() error {
	if b.Mode != "" && b.Mode != modeAutomatic && b.Mode != modeManual {
		return fmt.Errorf("its reconciliation mode is %q", b.Mode)
	}
	types := slices.Concat(outgoingTypes(), incomingTypes(), []string{txnFunded})
	sums := map[string]int64{}
	for i, t := range b.Transactions {
		if t == nil {
			return fmt.Errorf("transaction %d is null", i)
		}
		if !slices.Contains(types, t.Type) {
			return fmt.Errorf("transaction %s is of type %q", t.ID, t.Type)
		}
		if t.Type == txnFunded && t.BankTransfer == nil {
			return fmt.Errorf("transaction %s is funded by no bank transfer", t.ID)
		}
		sums[t.Currency] += t.NetAmount
		if t.EndingBalance != sums[t.Currency] {
			return fmt.Errorf("transaction %s ends at %d, its ledger at %d", t.ID, t.EndingBalance, sums[t.Currency])
		}
	}
	if len(sums) != len(b.Available) {
		return errors.New("the balance is not that of its transactions")
	}
	for currency, sum := range sums {
		if b.Available[currency] != sum {
			return fmt.Errorf("%d %s is available, the transactions sum to %d", b.Available[currency], currency, sum)
		}
	}
	return nil
}
