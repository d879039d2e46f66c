package stripego_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/stripe/stripe-go/v85"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/paymentsource"
)

// flat is what an object holds, by path: "funded.bank_transfer.type". Zero values are left out, since neither client
// tells them from null; "{}" stands for a hash and "[]" for a list in which nothing is set. An object that is an ID
// unless it is expanded is its ID, and what it calls itself if it is expanded: beyond that it is not of this module.
type flat map[string]string

// flatten walks an object of either client by the names it has in JSON.
func flatten(object any) flat {
	f := flat{}
	f.value("", reflect.ValueOf(object))
	f.collapse()
	return f
}

// foreign are the objects of stripe-go that this module has only by ID.
func foreign(v reflect.Value) bool {
	switch v.Interface().(type) {
	case stripe.Account, stripe.BalanceTransaction, stripe.Customer, stripe.PaymentIntent, stripe.Refund:
		return true
	default:
		return false
	}
}

// foreignName tells them in JSON.
func foreignName(object string) bool {
	return slices.Contains([]string{"account", "balance_transaction", "customer", "payment_intent", "refund"}, object)
}

func (f flat) value(path string, v reflect.Value) {
	switch object := v.Interface().(type) {
	case stripecash.Ref:
		f.ref(path, object.ID, object.Raw)
		return
	case paymentsource.PaymentSource:
		f.ours(path, &object)
		return
	case stripe.PaymentSource:
		f.theirs(path, &object)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			f.hash(path, func() { f.value(path, v.Elem()) })
		}
	case reflect.Struct:
		f.structure(path, v)
	case reflect.Map:
		if !v.IsNil() {
			f.hash(path, func() {
				for _, key := range v.MapKeys() {
					f.value(join(path, key.String()), v.MapIndex(key))
				}
			})
		}
	case reflect.Slice:
		f.list(path, v)
	case reflect.String:
		f.leaf(path, v.String())
	case reflect.Int, reflect.Int64, reflect.Uint32:
		if !v.IsZero() {
			f.leaf(path, fmt.Sprint(v.Interface()))
		}
	case reflect.Bool:
		if v.Bool() {
			f.leaf(path, "true")
		}
	default:
		panic(path + ": a kind that objects of the API do not have: " + v.Type().String())
	}
}

func (f flat) structure(path string, v reflect.Value) {
	if strings.HasPrefix(v.Type().Name(), "Expandable[") {
		f.leaf(join(path, "id"), v.FieldByName("ID").String())
		f.value(path, v.FieldByName("Object"))
		return
	}
	if foreign(v) {
		f.leaf(join(path, "id"), v.FieldByName("ID").String())
		f.leaf(join(path, "object"), v.FieldByName("Object").String())
		return
	}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Type == reflect.TypeFor[stripe.APIResource](), name == "-", !field.IsExported():
		case field.Anonymous:
			f.value(path, v.Field(i))
		case name == "":
			panic(v.Type().String() + "." + field.Name + " has no name in JSON")
		default:
			f.value(join(path, name), v.Field(i))
		}
	}
}

func (f flat) list(path string, v reflect.Value) {
	if !v.IsNil() && v.Len() == 0 {
		f.leaf(path, "[]")
	}
	for i := range v.Len() {
		f.value(path+"["+strconv.Itoa(i)+"]", v.Index(i))
	}
}

func (f flat) ours(path string, p *paymentsource.PaymentSource) {
	f.leaf(join(path, "id"), p.ID())
	f.leaf(join(path, "object"), p.Object())
	if p.Deleted() {
		f.leaf(join(path, "deleted"), "true")
	}
	if c, ok := p.AsCard(); ok {
		f.value(path, reflect.ValueOf(c))
	}
	if b, ok := p.AsBankAccount(); ok {
		f.value(path, reflect.ValueOf(b))
	}
	if s, ok := p.AsSource(); ok {
		f.value(path, reflect.ValueOf(s))
	}
}

func (f flat) theirs(path string, p *stripe.PaymentSource) {
	f.leaf(join(path, "id"), p.ID)
	f.leaf(join(path, "object"), string(p.Type))
	if p.Deleted {
		f.leaf(join(path, "deleted"), "true")
	}
	f.value(path, reflect.ValueOf(p.Card))
	f.value(path, reflect.ValueOf(p.BankAccount))
	f.value(path, reflect.ValueOf(p.Source))
}

func (f flat) ref(path, id string, raw json.RawMessage) {
	f.leaf(join(path, "id"), id)
	if raw != nil {
		object, _, err := stripecash.Identify(raw)
		if err != nil {
			panic(path + ": " + err.Error())
		}
		f.leaf(join(path, "object"), object)
	}
}

// hash notes a hash in which nothing was set.
func (f flat) hash(path string, walk func()) {
	before := len(f)
	walk()
	if path != "" && len(f) == before {
		f.leaf(path, "{}")
	}
}

func (f flat) leaf(path, value string) {
	if value != "" {
		f[path] = value
	}
}

// collapse makes customer.id customer, where nothing else is known of the customer.
func (f flat) collapse() {
	hashes := map[string]int{}
	for path := range f {
		for i := range path {
			if path[i] == '.' {
				hashes[path[:i]]++
			}
		}
	}
	for hash, entries := range hashes {
		if id, ok := f[hash+".id"]; ok && entries == 1 {
			delete(f, hash+".id")
			f[hash] = id
		}
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// flattenJSON is what an object holds before anybody has decoded it.
func flattenJSON(body []byte) (flat, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	f := flat{}
	f.json("", value)
	f.collapse()
	return f, nil
}

func (f flat) json(path string, value any) {
	switch value := value.(type) {
	case map[string]any:
		if name, _ := value["object"].(string); path != "" && foreignName(name) {
			f.json(join(path, "id"), value["id"])
			f.json(join(path, "object"), value["object"])
			return
		}
		f.hash(path, func() {
			for name, member := range value {
				f.json(join(path, name), member)
			}
		})
	case []any:
		if len(value) == 0 {
			f.leaf(path, "[]")
		}
		for i, element := range value {
			f.json(path+"["+strconv.Itoa(i)+"]", element)
		}
	case string:
		f.leaf(path, value)
	case json.Number:
		if value != "0" {
			f.leaf(path, value.String())
		}
	case bool:
		if value {
			f.leaf(path, "true")
		}
	}
}
