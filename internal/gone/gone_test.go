package gone_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/internal/gone"
)

func TestAlready(t *testing.T) {
	missing := func(param, message string) *stripecash.Error {
		return &stripecash.Error{Status: 404, Code: stripecash.CodeResourceMissing, Param: param, Message: message, OutcomeUnknown: true}
	}
	certain := missing("id", "No such source: 'card_1'")
	certain.OutcomeUnknown = false
	other := missing("id", "No such source: 'card_1'")
	other.Code = stripecash.CodeRateLimit
	tests := []struct {
		name string
		err  error
		want bool
	}{
		{"no error", nil, false},
		{"another error", errors.New("No such source: 'card_1'"), false},
		{"nothing was lost before", certain, false},
		{"another code", other, false},
		{"the object is missing", missing("id", "No such source: 'card_1'"), true},
		{"wrapped", fmt.Errorf("deleting: %w", missing("id", "No such source: 'card_1'")), true},
		{"it says neither", missing("", ""), true},
		{"it names both", missing("id", "Customer cus_1 does not have a linked source with ID card_1."), true},
		{"the owner is missing, by the parameter", missing("customer", "No such source: 'card_1'"), false},
		{"the owner is missing, by the message", missing("id", "No such customer: 'cus_1'"), false},
		{"the owner is missing, in other marks", missing("", `No such customer: "cus_1";`), false},
		{"the owner's ID is only a part of a word", missing("id", "No such source: 'xcus_1x'"), true},
		{"the object's ID is only a part of a word", missing("id", "cus_1 has no card_12"), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, gone.Already(tt.err, "customer", "cus_1", "card_1"))
		})
	}
}
