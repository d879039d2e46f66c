package stripetest

import (
	"maps"
	"strings"
)

// expansions says what expand[] may name: for each object type, its fields that can be expanded and the type behind each.
// A nested hash has a type of its own, named as the path to it. An empty type ends the path, [unmodelledKind] is refused.
type expansions map[string]map[string]string

// allExpansions is the table of every resource.
func allExpansions() expansions {
	all := expansions{}
	for _, one := range []expansions{
		customerExpansions(),
		transactionExpansions(),
		tokenExpansions(),
		instrumentExpansions(),
		sourceExpansions(),
		accountExpansions(),
		paymentIntentExpansions(),
		{eventKind: {"data": unmodelledKind, "request": unmodelledKind}},
	} {
		maps.Copy(all, one)
	}
	return all
}

const maxExpandLevels = 4

// unmodelledKind is the type behind fields that Stripe can expand and the emulator can't.
const unmodelledKind = "not modeled"

// checkExpand refuses an expansion that the answer's type doesn't have, before anything is done.
func (c *call) checkExpand() *apiError {
	for _, path := range c.form.texts("expand") {
		names := strings.Split(path, ".")
		if len(names) > maxExpandLevels {
			return invalidRequest("", "expand", "You cannot expand more than 4 levels of a property.")
		}
		if c.route.list {
			if names[0] != "data" {
				return invalidRequest("", "expand", "This property cannot be expanded (%s). You may want to try expanding "+
					"'data.%[1]s' instead.", path)
			}
			names = names[1:]
		}
		object := c.route.returns
		for _, name := range names {
			next, ok := c.srv.expands()[object][name]
			if !ok {
				return invalidRequest("", "expand", "This property cannot be expanded (%s).", path)
			}
			if next == unmodelledKind {
				return notModelled("expand", "the object behind %s", path)
			}
			object = next
		}
	}
	return nil
}

// expand puts objects where the answer has IDs, as expand[] asks.
func (c *call) expand(result object) {
	for _, path := range c.form.texts("expand") {
		expandAt(result, strings.Split(path, "."))
	}
}

func expandAt(o object, names []string) {
	if len(names) == 0 {
		return
	}
	if field, ok := o[names[0]].(expandable); ok && field.load != nil && (field.id != "" || field.hidden) {
		if loaded := field.load(); loaded != nil || field.hidden {
			o[names[0]] = loaded
		}
	}
	switch value := o[names[0]].(type) {
	case object:
		expandAt(value, names[1:])
	case list:
		for _, item := range value {
			expandAt(item, names[1:])
		}
	}
}
