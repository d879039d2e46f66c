package stripetest

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
		if err := integer("created").check(f, []string{"created"}); err != nil {
			return nil, err
		}
		return func(at int64) bool { return at == c.form.integer("created", 0) }, nil
	}
	return func(at int64) bool {
		return (!f.has("gt") || at > f.integer("gt", 0)) && (!f.has("gte") || at >= f.integer("gte", 0)) &&
			(!f.has("lt") || at < f.integer("lt", 0)) && (!f.has("lte") || at <= f.integer("lte", 0))
	}, nil
}
