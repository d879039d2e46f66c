package stripetest

import "strconv"

// createdParam asks for what was created at a time, or between two.
func createdParam() param {
	return orText(hash("created", integer("gt"), integer("gte"), integer("lt"), integer("lte")))
}

// createdFilter says whether something that was created then is asked for.
func (c *call) createdFilter() (func(at int64) bool, *apiError) {
	f := c.form.at("created")
	switch {
	case f == nil:
		return func(int64) bool { return true }, nil
	case f.leaf:
		want, err := strconv.ParseInt(f.value, 10, 64)
		if err != nil {
			return nil, invalidRequest("parameter_invalid_integer", "created", "Invalid integer: %s", f.value)
		}
		return func(at int64) bool { return at == want }, nil
	}
	return func(at int64) bool {
		return (!f.has("gt") || at > f.integer("gt", 0)) && (!f.has("gte") || at >= f.integer("gte", 0)) &&
			(!f.has("lt") || at < f.integer("lt", 0)) && (!f.has("lte") || at <= f.integer("lte", 0))
	}, nil
}
