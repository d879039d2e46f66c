package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// SignatureHeader is the name of the header that signs a delivery.
const SignatureHeader = "Stripe-Signature"

// The keys of the header "t=1767225600,v1=5257a8…,v1=…". Signatures of any other scheme are ignored, as Stripe asks:
// accepting a weaker one would let whoever forges it choose it.
const (
	timeKey      = "t"
	signatureKey = "v1"
)

// Sign is the Stripe-Signature header of a delivery that was signed at the given time, for tests. While a secret is being
// replaced Stripe signs with two: more are the others, and the header has one "v1=…" for each.
func Sign(payload []byte, secret string, at time.Time, more ...string) string {
	seconds := strconv.FormatInt(at.Unix(), 10)
	entries := []string{timeKey + "=" + seconds}
	for _, each := range append([]string{secret}, more...) {
		entries = append(entries, signatureKey+"="+hex.EncodeToString(mac(payload, each, seconds)))
	}
	return strings.Join(entries, ",")
}

// mac is the HMAC-SHA256 that signs the payload at a time, which is in Unix seconds as the header spells them.
func mac(payload []byte, secret, seconds string) []byte {
	hash := hmac.New(sha256.New, []byte(secret))
	hash.Write([]byte(seconds + "."))
	hash.Write(payload)
	return hash.Sum(nil)
}

// signedAt reads the header's time: as it is spelled, which is what was signed, and in Unix seconds. It goes through
// the whole header, which must be sound and have a signature to check.
func signedAt(header string) (seconds string, unix int64, err error) {
	if header == "" {
		return "", 0, ErrNoSignature
	}
	var timed, signed bool
	for entry := range strings.SplitSeq(header, ",") {
		key, value, found := strings.Cut(entry, "=")
		if !found {
			return "", 0, ErrMalformedHeader
		}
		switch key {
		case timeKey:
			parsed, err := strconv.ParseUint(value, 10, 63) // unlike ParseInt it takes no sign
			if err != nil || timed {
				return "", 0, ErrMalformedHeader
			}
			timed, seconds, unix = true, value, int64(parsed)
		case signatureKey:
			signed = true
		}
	}
	switch {
	case !timed:
		return "", 0, ErrMalformedHeader
	case !signed:
		return "", 0, ErrNoSignature
	}
	return seconds, unix, nil
}

// holds reports whether a signature of the header is the expected one. A signature that is no hexadecimal number of
// the right length is one that does not match.
func holds(header string, expected []byte) bool {
	for entry := range strings.SplitSeq(header, ",") {
		key, value, _ := strings.Cut(entry, "=")
		if key != signatureKey || len(value) != hex.EncodedLen(sha256.Size) {
			continue
		}
		var signature [sha256.Size]byte
		if _, err := hex.Decode(signature[:], []byte(value)); err == nil && hmac.Equal(signature[:], expected) {
			return true
		}
	}
	return false
}
