package stripetest

// Served lists the requests that an emulator without options answers, as "GET /v1/account".
func Served() []string {
	var list []string
	for _, r := range allRoutes(config{}) {
		if r.refusal == "" {
			list = append(list, r.method+" "+r.path)
		}
	}
	return list
}
