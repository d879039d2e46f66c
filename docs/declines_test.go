package docs_test

import (
	"errors"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/card"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// The table of declined cards in testing.md says of each token and of its number what the emulator answers.
func TestDeclinesAreAsTheTableSays(t *testing.T) {
	page, err := os.ReadFile("testing.md")
	require.NoError(t, err)
	rows := regexp.MustCompile("(?m)^\\| `(tok_\\w+)` \\| (\\d+) \\| (?:`(\\w+)`(?:, `(\\w+)`)?|none: .*) \\|$").FindAllStringSubmatch(string(page), -1)
	require.Len(t, rows, 8)
	for _, row := range rows {
		for what, params := range map[string]*card.CreateParams{
			row[1]: {Token: row[1]},
			row[2]: {Details: &card.Details{Number: card.NewSecret(row[2]), CVC: card.NewSecret("123"), ExpMonth: 12, ExpYear: time.Now().Year() + 1}},
		} {
			srv := stripetest.NewServer()
			srv.AddCustomer("cus_1")
			_, err := card.New(srv.Client()).Create(t.Context(), card.Customer("cus_1"), params)
			if row[3] == "" {
				assert.NoError(t, err, what)
				continue
			}
			e, ok := errors.AsType[*stripecash.Error](err)
			require.True(t, ok, "%s: %v", what, err)
			assert.Equal(t, row[3], string(e.Code), what)
			assert.Equal(t, row[4], e.DeclineCode, what)
			assert.ErrorIs(t, err, stripecash.ErrCardDeclined, what)
		}
	}
}
