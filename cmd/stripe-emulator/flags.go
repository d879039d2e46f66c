package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
)

const usage = `stripe-emulator emulates Stripe's API for cash balances, cards and sources, with state, in memory.

usage: stripe-emulator [flags]

  -addr HOST:PORT        where to listen (default 127.0.0.1:12111)
  -tls                   serve HTTPS and HTTP/2, with a certificate made at the start
  -tls-cert FILE         write that certificate to FILE, for clients to trust; implies -tls
  -seed N                give the same IDs on every run
  -recipients            serve the retired recipients API too; a fresh emulator then has rp_103s4C2eZvKYlo2C
  -state FILE            keep the state in FILE: read at the start, written after every change
  -webhook URL           deliver events to URL, those of connected accounts too, and again if that fails
  -webhook-secret S      sign deliveries with S; required with -webhook

Any key that begins with sk_test_ or rk_test_ is accepted, and pk_test_ for what a publishable key may do; a live one never.
A fresh emulator has two customers, cus_Ob4Xiw8KXOqcvM and cus_OaCLf8Fi1nbFpJ; the second has EUR 100.00:

  curl http://127.0.0.1:12111/v1/customers/cus_OaCLf8Fi1nbFpJ/cash_balance -u sk_test_123:
  curl http://127.0.0.1:12111/v1/customers/cus_Ob4Xiw8KXOqcvM/cash_balance -u sk_test_123: \
    -d "settings[reconciliation_mode]"=manual

The header Stripe-Account: acct_1032D82eZvKYlo2C makes a request on behalf of a connected account. With -state the whole
state is written after each change, so that changes get slower as it grows; don't share the file between emulators.

Besides the API there are:

  GET  /_health          {"status":"ok"}
  GET  /_state           the whole state as JSON
  POST /_reset           back to a fresh emulator, with other IDs to come unless -seed is given

It stops on SIGINT and SIGTERM, after the requests under way. It exits with 0 then, with 2 if it could not start, and
with 1 if something failed later.
`

// options are what the command line says.
type options struct {
	addr          string
	tls           bool
	tlsCert       string
	seed          *uint64
	recipients    bool
	state         string
	webhook       string
	webhookSecret string
}

func parseFlags(args []string) (options, error) {
	var opts options
	set := flag.NewFlagSet("stripe-emulator", flag.ContinueOnError)
	set.SetOutput(io.Discard) // the caller says it, in one line
	set.StringVar(&opts.addr, "addr", "127.0.0.1:12111", "")
	set.BoolVar(&opts.tls, "tls", false, "")
	set.StringVar(&opts.tlsCert, "tls-cert", "", "")
	set.Func("seed", "", func(value string) error {
		seed, err := strconv.ParseUint(value, 10, 64)
		if err != nil {
			return errors.New("it must be a whole number, not negative")
		}
		opts.seed = &seed
		return nil
	})
	set.BoolVar(&opts.recipients, "recipients", false, "")
	set.StringVar(&opts.state, "state", "", "")
	set.StringVar(&opts.webhook, "webhook", "", "")
	set.StringVar(&opts.webhookSecret, "webhook-secret", "", "")
	if err := set.Parse(args); err != nil {
		return opts, err
	}
	opts.tls = opts.tls || opts.tlsCert != ""
	return opts, opts.check(set.Args())
}

func (o options) check(rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("unexpected argument %q", rest[0])
	}
	if _, port, err := net.SplitHostPort(o.addr); err != nil || port == "" {
		return fmt.Errorf("-addr %q is not HOST:PORT", o.addr)
	}
	if (o.webhook == "") != (o.webhookSecret == "") {
		return errors.New("-webhook and -webhook-secret go together")
	}
	if o.webhook == "" {
		return nil
	}
	if u, err := url.Parse(o.webhook); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return errors.New("-webhook is not an absolute URL, http://… or https://…")
	}
	return nil
}
