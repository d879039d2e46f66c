package stripecash

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Response is the answer to a call, as it came; see [WithResponse].
type Response struct {
	Status         int
	Header         http.Header
	Body           []byte
	RequestID      string // what Stripe's support asks for
	IdempotencyKey string // that the call was made with; empty for GET and DELETE
	Replayed       bool   // the API answered as it did to an earlier call with the same idempotency key
	Attempts       int    // how many attempts were made, those included that got no connection
}

// WithResponse fills in response with the answer to the last attempt, also when the call ends with an [Error]. Read it when
// the call has returned. If there was no answer only Attempts and IdempotencyKey are set; if the answer broke off, Body has
// the part that came, and if it is longer than 8 MiB the first 64 KiB. A call that ended before its first attempt leaves
// response alone. With [All] and [Follow] it is the answer for the page that the loop is at, or the last that a Follow from
// the beginning has asked for. Given twice, only the last response is filled in.
func WithResponse(response *Response) CallOption {
	return callOption(func(c *call) error {
		if response == nil {
			return errors.New("the response given to WithResponse is nil; give it one to fill in")
		}
		c.response = response
		return nil
	})
}

// maxIdempotencyKey is the length that Stripe documents.
const maxIdempotencyKey = 255

// WithIdempotencyKey sets the key under which the API stores its answer, instead of a random one. Choose it from what
// the call means ("order-17-fund"), and a program that was killed can repeat the call after its restart without
// repeating the effect. The API may forget a key after 24 hours: a program that repeats a call later must first look
// whether it was done. A key stands for one call, not for a state to be reached: if a setting was changed back in the
// meantime, the same key again changes nothing and returns the old answer, of which only [Response.Replayed] tells. The
// option has no effect on GET and DELETE, which carry no key. Given twice, the last key counts.
//
// See https://docs.stripe.com/api/idempotent_requests.
func WithIdempotencyKey(key string) CallOption {
	return callOption(func(c *call) error {
		if err := headerValue(key); err != nil {
			return errorf("idempotency key %q %w", clip(key), err)
		}
		if len(key) > maxIdempotencyKey {
			return errorf("idempotency key %q has %d characters; at most %d are allowed", clip(key), len(key), maxIdempotencyKey)
		}
		c.idempotencyKey = key
		return nil
	})
}

// WithExpand asks for objects where the answer would have their IDs: "customer", or "data.customer" in a list. An
// [Expandable] or [Ref] field holds either.
//
// See https://docs.stripe.com/api/expanding_objects.
func WithExpand(fields ...string) CallOption {
	return callOption(func(c *call) error {
		if i := slices.Index(fields, ""); i >= 0 {
			return errorf("field %d given to WithExpand is empty; name it or leave it out", i+1)
		}
		c.expand = append(c.expand, fields...)
		return nil
	})
}

// WithParam adds a parameter that this module does not model, spelled as the API reads it: "settings[new_one]". Giving
// it several times sends it several times. A parameter that the call's own params set is refused, so that it is never
// unclear which of two values counts.
func WithParam(name, value string) CallOption {
	return callOption(func(c *call) error {
		if name == "" {
			return errors.New("the parameter given to WithParam has no name")
		}
		if c.extra == nil {
			c.extra = make(url.Values)
		}
		c.extra.Add(name, value)
		return nil
	})
}

// WithHeader sets a request header that this module does not model. Headers that have an option of their own, or that
// the request can't do without, are refused. Of a name that is given twice the last value counts.
func WithHeader(name, value string) CallOption {
	return callOption(func(c *call) error {
		if name == "" {
			return errors.New("the header given to WithHeader has no name")
		}
		name := http.CanonicalHeaderKey(name)
		if !headerName(name) {
			return errorf("header name %q has a character that names can't have", clip(name))
		}
		if strings.ContainsFunc(value, controlOrBeyond) {
			return errorf("the value of header %q has a control character or one that is not ASCII", name)
		}
		if err := freeHeader(name); err != nil {
			return err
		}
		c.header = append(c.header, headerField{name, []string{value}})
		return nil
	})
}

// headerField is a name and what goes into a header under it.
type headerField struct {
	name  string
	value []string
}

// freeHeader refuses the headers that the client sets.
func freeHeader(name string) error {
	var option string
	switch name {
	case "Accept-Encoding", "Authorization", "Connection", "Content-Length", "Content-Type", "Expect", "Host", "Keep-Alive",
		"Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade":
		return errorf("header %q is the client's own and can't be replaced", name)
	case "Idempotency-Key":
		option = "WithIdempotencyKey"
	case "Stripe-Account":
		option = "WithAccount"
	case "Stripe-Version":
		option = "WithAPIVersion"
	case "User-Agent":
		option = "WithAppInfo"
	default:
		return nil
	}
	return errorf("header %q has an option of its own, %s; use that", name, option)
}

// headerValue refuses what would be lost or misread in a header. Its error goes on from the value's name.
func headerValue(value string) error {
	switch {
	case value == "":
		return errors.New("is empty; give one or leave the option out")
	case strings.TrimSpace(value) != value:
		return errors.New("has white space around it; trim it")
	case strings.ContainsFunc(value, controlOrBeyond):
		return errors.New("has a control character or one that is not ASCII")
	}
	return nil
}

func controlOrBeyond(r rune) bool { return r < ' ' || r >= 0x7f }

// headerName says whether a name is a token, as RFC 9110 calls what a header may be named.
func headerName(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}
