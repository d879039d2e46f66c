package stripetest

import (
	"maps"
	"strings"
)

// expansions says what expand[] may name: for each object type, its fields that can be expanded and the type behind each.
// A nested hash has a type of its own, named as the path to it. An empty type ends the path.
type expansions map[string]map[string]string

// allExpansions is the table of every resource.
func allExpansions() expansions {
	all := expansions{}
	for _, one := range []expansions{
		customerExpansions(),
		transactionExpansions(),
	} {
		maps.Copy(all, one)
	}
	return all
}

const maxExpandLevels = 4

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
			next, ok := c.srv.expands[object][name]
			if !ok {
				return invalidRequest("", "expand", "This property cannot be expanded (%s).", path)
			}
			object = next
		}
	}
	return nil
}

// expand puts objects where the answer has IDs, as expand[] asks.
func (c *call) expand(result object) *apiError {
	for _, path := range c.form.texts("expand") {
		if err := expandAt(result, strings.Split(path, "."), path); err != nil {
			return err
		}
	}
	return nil
}

func expandAt(o object, names []string, path string) *apiError {
	if len(names) == 0 {
		return nil
	}
	if field, ok := o[names[0]].(expandable); ok {
		loaded, err := field.open(path)
		if err != nil {
			return err
		}
		o[names[0]] = loaded
	}
	switch value := o[names[0]].(type) {
	case object:
		return expandAt(value, names[1:], path)
	case list:
		for _, item := range value {
			if err := expandAt(item, names[1:], path); err != nil {
				return err
			}
		}
	}
	return nil
}

// open loads the object behind the field; a field that is null stays null.
func (e expandable) open(path string) (any, *apiError) {
	if e.id == "" && !e.hidden {
		return nil, nil
	}
	if e.load == nil {
		return nil, notModelled("expand", "the object behind %s (%s), so it can't be expanded", path, e.id)
	}
	loaded, err := e.load()
	if loaded == nil || err != nil {
		return nil, err
	}
	return loaded, nil
}
