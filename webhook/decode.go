package webhook

import (
	"encoding/json"
	"fmt"

	"github.com/ccb8c2b4/stripecash"
)

// Decode reads the object of an event into a struct of this module, or into one of your own:
//
//	balance, err := webhook.Decode[cashbalance.CashBalance](event)
//
// If T or *T has a method ObjectName() string, the object must have that name in its "object" field; otherwise the error is
// an [ErrObject] that names both and the object's ID. An object that does not fit T is an [ErrPayload]: its API
// version may be one that T was not written for.
func Decode[T any](event *Event) (*T, error) {
	if event == nil {
		return nil, fmt.Errorf("%w: there is no event", ErrPayload)
	}
	value := new(T)
	if name, ok := objectName(value); ok {
		if err := event.expect(name); err != nil {
			return nil, err
		}
	}
	if err := json.Unmarshal(event.Data.Object, value); err != nil {
		return nil, fmt.Errorf("%w: the object of %s does not fit %T: %s", ErrPayload, event.ID, value, invalid(err))
	}
	return value, nil
}

// objectName asks a value what the objects it is for are called.
func objectName[T any](value *T) (string, bool) {
	type namer interface{ ObjectName() string }
	named, ok := any(value).(namer)
	if !ok { // a T that is itself a pointer has to point to something before it can be asked
		pointer := new(T)
		_ = json.Unmarshal([]byte("{}"), pointer)
		named, ok = any(*pointer).(namer)
	}
	if !ok {
		return "", false
	}
	return named.ObjectName(), true
}

// expect makes sure of the name that the event's object gives itself.
func (e *Event) expect(name string) error {
	got, id, err := stripecash.Identify(e.Data.Object)
	switch {
	case err != nil:
		return fmt.Errorf("%w: the object of %s: %s", ErrPayload, e.ID, invalid(err))
	case got != name:
		return fmt.Errorf("%w: %s has a %q with the ID %q, not a %q", ErrObject, e.ID, clip(got), clip(id), name)
	}
	return nil
}
