package only_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/internal/only"
)

func TestValidate(t *testing.T) {
	tests := []struct {
		id   only.ID
		want string
	}{
		{only.Card(nil, "card_1"), ""},
		{only.Card(nil, "cc_1"), ""}, // of old
		{only.Card(nil, ""), ""},     // the path refuses it
		{only.Card(nil, "Ba_1"), ""},
		{only.Card(nil, "ba_1"), `the ID for {id} begins with ba_, as a bank account's; this call takes a card's`},
		{only.Card(nil, "src_1"), `the ID for {id} begins with src_, as a source's; this call takes a card's`},
		{only.BankAccount(nil, "ba_1"), ""},
		{only.BankAccount(nil, "card_1"), `the ID for {id} begins with card_, as a card's; this call takes a bank account's`},
		{only.Source("src_1"), ""},
		{only.Source("ba_" + strings.Repeat("x", 1<<20)), `the ID for {id} begins with ba_, as a bank account's; this call takes a source's`},
	}
	for _, tt := range tests {
		err := tt.id.Validate()
		if tt.want == "" {
			assert.NoError(t, err)
		} else {
			assert.EqualError(t, err, tt.want)
		}
	}
}

type owner struct{ err error }

func (o owner) Validate() error { return o.err }

func TestTheOwnerIsAskedFirst(t *testing.T) {
	none := errors.New("no owner")
	require.Equal(t, none, only.Card(owner{none}, "ba_1").Validate())
	require.NoError(t, only.Card(owner{}, "card_1").Validate())
	require.Error(t, only.Card(owner{}, "ba_1").Validate())
}
