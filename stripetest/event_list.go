package stripetest

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

const eventKind = "event"

func eventRoutes() []route {
	filter := func() []param {
		return []param{boolean("delivery_success"), createdParam(), text("type", 5000).nonEmpty(), texts("types")}
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
	types, one := c.form.texts("types"), c.form.text("type")
	switch {
	case one != "" && len(types) > 0:
		return nil, invalidRequest("parameters_exclusive", "type", "You may only specify one of these parameters: type, types.")
	case len(types) > maxTypes:
		return nil, invalidRequest("", "types", "You can list at most %d types of events.", maxTypes)
	}
	created, err := c.createdFilter()
	if err != nil {
		return nil, err
	}
	group := typesLike(cmp.Or(one, "*"))
	events := slices.DeleteFunc(c.events(), func(e *event) bool {
		kind := string(e.Type)
		wanted := (len(types) == 0 || slices.Contains(types, kind)) && group.MatchString(kind) && created(e.Created)
		if c.form.has("delivery_success") {
			wanted = wanted && c.srv.delivered(e) == (c.form.text("delivery_success") == "true")
		}
		return !wanted && !c.isCursor(e.ID)
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

// delivered says whether all webhooks that wanted an event have taken it. Under the lock.
func (s *Server) delivered(e *event) bool {
	return !slices.ContainsFunc(s.hooks, func(h *hook) bool {
		h.collect(s.state, s.cfg.clock())
		return h.owes(e)
	})
}

// typesLike matches a type of events, or a group of them such as "source.*". What Stripe takes a * for is documented only by the
// word wildcard: here it is any text.
func typesLike(name string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(name), `\*`, ".*") + "$")
}

// showEvent is the event as it was when it happened.
func showEvent(e *event) object {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal([]byte(e.Body), &fields) // made by emit, or looked at by Restore
	return toObject(fields)
}
