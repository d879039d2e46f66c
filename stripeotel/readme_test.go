package stripeotel_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripeotel"
)

// traced is what README shows.
func traced(key string) (*stripecash.Client, error) {
	tracer, err := stripeotel.New(stripeotel.Config{}) // the global providers, or your own
	if err != nil {
		return nil, err
	}
	return stripecash.NewClient(key, stripecash.WithTracer(tracer))
}

// README's snippets are lines of this file, which compiles, and they work.
func TestReadmeShowsWhatWorks(t *testing.T) {
	api, err := traced("sk_test_x")
	require.NoError(t, err)
	assert.NotNil(t, api)
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	code, err := os.ReadFile("readme_test.go")
	require.NoError(t, err)
	lines := strings.ReplaceAll(string(code), "\n\t", "\n")
	blocks := regexp.MustCompile("(?ms)^```go\n(.*?)^```").FindAllStringSubmatch(string(page), -1)
	require.Len(t, blocks, 1)
	assert.Contains(t, lines, "\n"+blocks[0][1])
}
