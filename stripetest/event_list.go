package stripetest

import (
	"encoding/json"
	"path"
	"slices"
)

const eventKind = "event"

func eventRoutes() []route {
	filter := func() []param {
		return append(unmodelled("delivery_success"), createdParam(), text("type", 5000).nonEmpty(), texts("types"))
	}
	return []route{
		{method: "GET", path: "/v1/events", returns: eventKind, list: true, params: filter, handle: listEvents},
		{method: "GET", path: "/v1/events/{id}", returns: eventKind, handle: getEvent},
	}
}

// maxTypes is how many types of events a list can be asked for.
const maxTypes = 20

// listEvents wants one type, which can be a group such as "source.*", or several. The wordings are not verified.
func listEvents(c *call) (object, *apiError) {
	types := c.form.texts("types")
	one := c.form.text("type")
	switch {
	case one != "" && len(types) > 0:
		return nil, invalidRequest("parameters_exclusive", "type", "You may only specify one of these parameters: type, types.")
	case len(types) > maxTypes:
		return nil, invalidRequest("", "types", "You can list at most %d types of events.", maxTypes)
	case one != "":
		types = []string{one}
	}
	created, err := c.createdFilter()
	if err != nil {
		return nil, err
	}
	events := slices.DeleteFunc(c.events(), func(e *event) bool {
		wanted := len(types) == 0 || slices.ContainsFunc(types, func(group string) bool { return e.isOf(group) })
		return (!wanted || !created(e.Created)) && !c.isCursor(e.ID)
	})
	return answerList(c, events, eventKind, func(e *event) string { return e.ID }, showEvent)
}

func getEvent(c *call) (object, *apiError) {
	for _, e := range c.events() {
		if e.ID == c.id("id") {
			return showEvent(e), nil
		}
	}
	return nil, noSuch(eventKind, c.id("id"), "id")
}

// events are those of the account that Stripe would still give out.
func (c *call) events() []*event {
	var events []*event
	for _, e := range c.srv.state.Events {
		if e.Account == c.account && e.Created >= c.now-eventLifetime {
			events = append(events, e)
		}
	}
	return events
}

// isOf says whether an event is of a type, or of a group with a * in it.
func (e *event) isOf(group string) bool {
	ok, _ := path.Match(group, string(e.Type)) // no type has a slash
	return ok
}

// showEvent is the event as it was when it happened.
func showEvent(e *event) object {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal([]byte(e.Body), &fields) // rendered by emit, or looked at by Restore
	return toObject(fields)
}
