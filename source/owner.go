package source

import "github.com/ccb8c2b4/stripecash"

// Owner is whose payment method a source is. What is verified comes from the payment method itself, and
// can't be changed.
type Owner struct {
	Address         *stripecash.Address `json:"address"`
	Email           string              `json:"email"`
	Name            string              `json:"name"`
	Phone           string              `json:"phone"` // with its extension
	VerifiedAddress *stripecash.Address `json:"verified_address"`
	VerifiedEmail   string              `json:"verified_email"`
	VerifiedName    string              `json:"verified_name"`
	VerifiedPhone   string              `json:"verified_phone"`
}

// OwnerParams are an owner in a request: nil leaves a part alone, new("") clears it.
type OwnerParams struct {
	Address *stripecash.AddressParams `url:"address,omitempty"`
	Email   *string                   `url:"email,omitempty"`
	Name    *string                   `url:"name,omitempty"`
	Phone   *string                   `url:"phone,omitempty"` // with its extension
}
