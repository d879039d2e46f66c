package source

import (
	"errors"
	"fmt"

	"github.com/ccb8c2b4/stripecash"
)

// Order is what a source pays for.
type Order struct {
	Amount   int64               `json:"amount"` // minor units, of all items
	Currency stripecash.Currency `json:"currency"`
	Email    string              `json:"email,omitempty"` // of who ordered
	Items    []OrderItem         `json:"items"`
	Shipping *Shipping           `json:"shipping,omitempty"`
}

// OrderItem is one line of an order.
type OrderItem struct {
	Amount      int64               `json:"amount"` // minor units
	Currency    stripecash.Currency `json:"currency"`
	Description string              `json:"description"`
	Parent      string              `json:"parent"` // ID of what the line is about, a SKU
	Quantity    int64               `json:"quantity,omitempty"`
	Type        OrderItemType       `json:"type"`
}

// OrderItemType is what a line of an order is.
type OrderItemType string

// The types of order items.
const (
	OrderItemTypeDiscount OrderItemType = "discount"
	OrderItemTypeShipping OrderItemType = "shipping"
	OrderItemTypeSKU      OrderItemType = "sku" // something that is sold
	OrderItemTypeTax      OrderItemType = "tax"
)

// Shipping is how an order gets to who ordered it.
type Shipping struct {
	Address        stripecash.Address `json:"address"`
	Carrier        string             `json:"carrier"`
	Name           string             `json:"name"`            // of who receives it
	Phone          string             `json:"phone"`           // with its extension
	TrackingNumber string             `json:"tracking_number"` // several are separated by commas
}

// OrderParams are an order in a request.
type OrderParams struct {
	Items    stripecash.Indexed[OrderItemParams] `url:"items"` // replace those that there are; nil leaves them alone
	Shipping *ShippingParams                     `url:"shipping,omitempty"`
}

// OrderItemParams are one line of an order in a request.
type OrderItemParams struct {
	Amount      *int64              `url:"amount,omitempty"` // minor units; new(int64(0)) is free, nil says nothing
	Currency    stripecash.Currency `url:"currency,omitempty"`
	Description string              `url:"description,omitempty"` // at most 1000 characters
	Parent      string              `url:"parent,omitempty"`      // ID of what the line is about, a SKU
	Quantity    int64               `url:"quantity,omitempty"`
	Type        OrderItemType       `url:"type,omitempty"`
}

// ShippingParams are how an order gets to who ordered it, in a request.
type ShippingParams struct {
	Address        stripecash.AddressParams `url:"address"` // with a Line1
	Carrier        string                   `url:"carrier,omitempty"`
	Name           string                   `url:"name,omitempty"`            // of who receives it
	Phone          string                   `url:"phone,omitempty"`           // with its extension
	TrackingNumber string                   `url:"tracking_number,omitempty"` // several are separated by commas
}

func (p *OrderParams) validate() error {
	if p == nil {
		return nil
	}
	for i, item := range p.Items {
		if item.Quantity < 0 {
			return fmt.Errorf("source_order: items[%d]: quantity is %d; it must not be negative", i, item.Quantity)
		}
	}
	if p.Shipping != nil && (p.Shipping.Address.Line1 == nil || *p.Shipping.Address.Line1 == "") {
		return errors.New("source_order: shipping: address: line1 is empty; it is required")
	}
	return nil
}
