package main

import (
	"context"
	"fmt"
	"os"
)

func Example() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// a transfer of EUR 100.00 lands:
	//   processed: cus_123 has EUR 100.00
	//   answered with 200
	// a transfer of EUR 25.50 lands:
	//   processed: cus_123 has EUR 125.50
	//   answered with 200
	// the last event comes a second time:
	// msg="webhook: the event was processed before"
	//   answered with 200
	// somebody raises the amount in it, without knowing the secret:
	// msg="webhook: the signature does not match"
	//   answered with 400
	// the balance is EUR 125.50
}
