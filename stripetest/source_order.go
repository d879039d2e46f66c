package stripetest

import (
	"cmp"
	"strconv"
)

// sourceOrder is what a source pays for. Its parts are kept by the names of their parameters.
type sourceOrder struct {
	Items    []map[string]string `json:"items,omitempty"`
	Shipping map[string]string   `json:"shipping,omitempty"`
	Address  map[string]string   `json:"address,omitempty"`
}

func sourceOrderParam() param {
	item := hash("", integer("amount").between(-maxTransfer, maxTransfer), text("currency", 5000), text("description", 1000), text("parent", 5000),
		integer("quantity").between(0, 1_000_000), enum("type", "discount", "shipping", "sku", "tax"))
	address := hash("address", text("city", 5000), text("country", 5000), text("line1", 5000).require(), text("line2", 5000),
		text("postal_code", 5000), text("state", 5000)).require()
	return hash("source_order", array("items", item), hash("shipping", address, text("carrier", 5000), text("name", 5000),
		text("phone", 5000), text("tracking_number", 5000)))
}

// change writes the parts that a request gives; the items are one part.
func (order *sourceOrder) change(f *form) *sourceOrder {
	if f == nil || f.leaf {
		return order
	}
	fresh := &sourceOrder{}
	if order != nil {
		*fresh = *order
	}
	if items := f.at("items"); items != nil {
		fresh.Items = nil
		for _, index := range items.order {
			fresh.Items = append(fresh.Items, items.children[index].leaves())
		}
	}
	if shipping := f.at("shipping"); shipping != nil && !shipping.leaf {
		fresh.Address = shipping.address("address", fresh.Address)
		fresh.Shipping = shipping.over(fresh.Shipping)
	}
	return fresh
}

// over is a copy of what was there, with the texts of a hash over it.
func (f *form) over(old map[string]string) map[string]string {
	texts := f.leaves()
	for name, text := range old {
		if _, given := texts[name]; !given {
			texts[name] = text
		}
	}
	return texts
}

// leaves are the texts of a hash by name.
func (f *form) leaves() map[string]string {
	texts := map[string]string{}
	for name, child := range f.children {
		if child.leaf {
			texts[name] = child.value
		}
	}
	return texts
}

func (order *sourceOrder) show(s *source) object {
	total, items := int64(0), list{}
	for _, item := range order.Items {
		amount, _ := strconv.ParseInt(item["amount"], 10, 64)
		total += amount
		shown := object{
			"amount":      amount,
			"currency":    nullable(cmp.Or(item["currency"], s.Currency)),
			"description": nullable(item["description"]),
			"parent":      nullable(item["parent"]),
			"type":        nullable(item["type"]),
		}
		if quantity, err := strconv.ParseInt(item["quantity"], 10, 64); err == nil {
			shown["quantity"] = quantity
		}
		items = append(items, shown)
	}
	o := object{"amount": total, "currency": cmp.Or(s.Currency, "usd"), "items": items}
	if s.Owner.Email != "" {
		o["email"] = s.Owner.Email
	}
	if order.Shipping != nil {
		shipping := object{"address": showAddress(order.Address)}
		for _, name := range [...]string{"carrier", "phone", "tracking_number"} {
			shipping[name] = nullable(order.Shipping[name])
		}
		if name := order.Shipping["name"]; name != "" {
			shipping["name"] = name
		}
		o["shipping"] = shipping
	}
	return o
}
