package sidebyside

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
)

// apiError asks for what is not there. The call succeeds when it fails as it should: with a typed error.
func apiError() Task {
	t := retrieveCashBalance()
	t.Name, t.Status, t.Answer = "an API error", http.StatusNotFound, answer("error")
	ours, official, byHand := t.Ours, t.Official, t.ByHand
	t.Ours = func(api *stripecash.Client) Call { return expect[*stripecash.Error](ours(api)) }
	t.Official = func(sc *stripe.Client) Call { return expect[*stripe.Error](official(sc)) }
	t.ByHand = func(h *HandWritten) Call { return expect[*handWrittenError](byHand(h)) }
	return t
}

func expect[E error](call Call) Call {
	return func(ctx context.Context) (any, error) {
		_, err := call(ctx)
		if typed, ok := errors.AsType[E](err); ok {
			return typed, nil
		}
		return nil, fmt.Errorf("not a %T: %w", *new(E), err)
	}
}
