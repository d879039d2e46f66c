package source

import (
	"net/url"
	"strconv"

	"github.com/ccb8c2b4/stripecash"
)

// The hashes in the params of a source write themselves, as their tags say: to find that out with each call would take as
// long as to decode its answer (docs/decisions.md).

// EncodeValues implements [github.com/google/go-querystring/query.Encoder].
func (p OwnerParams) EncodeValues(key string, values *url.Values) error {
	setGiven(values, key+"[email]", p.Email)
	setGiven(values, key+"[name]", p.Name)
	setGiven(values, key+"[phone]", p.Phone)
	if p.Address == nil {
		return nil
	}
	return p.Address.EncodeValues(key+"[address]", values)
}

// EncodeValues implements [github.com/google/go-querystring/query.Encoder].
func (p MandateParams) EncodeValues(key string, values *url.Values) error {
	set(values, key+"[currency]", string(p.Currency))
	set(values, key+"[interval]", string(p.Interval))
	set(values, key+"[notification_method]", string(p.NotificationMethod))
	if p.Amount != nil {
		if err := p.Amount.EncodeValues(key+"[amount]", values); err != nil {
			return err
		}
	}
	if p.Acceptance == nil {
		return nil
	}
	return p.Acceptance.EncodeValues(key+"[acceptance]", values)
}

// EncodeValues implements [github.com/google/go-querystring/query.Encoder].
func (p AcceptanceParams) EncodeValues(key string, values *url.Values) error {
	values.Add(key+"[status]", string(p.Status))
	setTime(values, key+"[date]", p.Date)
	set(values, key+"[ip]", p.IP)
	set(values, key+"[type]", string(p.Type))
	set(values, key+"[user_agent]", p.UserAgent)
	if p.Offline != nil {
		values.Add(key+"[offline][contact_email]", p.Offline.ContactEmail)
	}
	if p.Online != nil {
		setTime(values, key+"[online][date]", p.Online.Date)
		set(values, key+"[online][ip]", p.Online.IP)
		set(values, key+"[online][user_agent]", p.Online.UserAgent)
	}
	return nil
}

// EncodeValues implements [github.com/google/go-querystring/query.Encoder].
func (p RedirectParams) EncodeValues(key string, values *url.Values) error {
	values.Add(key+"[return_url]", p.ReturnURL)
	return nil
}

// set leaves out what is empty.
func set(values *url.Values, name, text string) {
	if text != "" {
		values.Add(name, text)
	}
}

// setGiven leaves out nil.
func setGiven(values *url.Values, name string, text *string) {
	if text != nil {
		values.Add(name, *text)
	}
}

// setTime leaves out zero.
func setTime(values *url.Values, name string, t stripecash.Timestamp) {
	if t != 0 {
		values.Add(name, strconv.FormatInt(int64(t), 10))
	}
}
