// Command stripe-emulator puts the emulator of package stripetest on a port, for programs that are not written in Go
// and for trying things out with curl. Its -help says how.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/ccb8c2b4/stripecash"
	"github.com/ccb8c2b4/stripecash/stripetest"
)

// The customers that a fresh emulator has, so that there is something to look at.
const (
	newCustomer    = "cus_Ob4Xiw8KXOqcvM"
	fundedCustomer = "cus_OaCLf8Fi1nbFpJ"
)

// The connected account that it has too, and with -recipients the recipient.
const (
	connectedAccount = "acct_1032D82eZvKYlo2C"
	recipient        = "rp_103s4C2eZvKYlo2C"
)

// What the program exits with when it can't start: the words of a command line are wrong, or what they ask for is.
const exitUsage = 2

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the program: it serves until the context ends and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	opts, err := parseFlags(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "stripe-emulator: %v; -help lists the flags\n", err)
		return exitUsage
	}
	logger := slog.New(slog.NewTextHandler(stderr, nil))
	emulator, err := start(ctx, opts, logger)
	if err != nil {
		fmt.Fprintf(stderr, "stripe-emulator: %v\n", err)
		return exitUsage
	}
	has := newCustomer + " (new), " + fundedCustomer + " (EUR 100.00)"
	if emulator.store.restored {
		has = "those of " + opts.state
	}
	logger.Info("serving", "url", emulator.url(), "customers", has)
	if err := emulator.serve(ctx); err != nil {
		fmt.Fprintf(stderr, "stripe-emulator: %v\n", err)
		return 1
	}
	logger.Info("stopped")
	return 0
}

// start does everything that can fail before the first request: what is wrong is said then, and not found out later.
func start(ctx context.Context, opts options, logger *slog.Logger) (*emulator, error) {
	e := &emulator{srv: newServer(opts), logger: logger, opts: opts}
	if opts.webhook != "" {
		client := &http.Client{Transport: &keptBefore{e.saved, &http.Transport{DisableKeepAlives: true}}}
		for _, connect := range []bool{false, true} {
			e.srv.AddWebhook(stripetest.Webhook{URL: opts.webhook, Secrets: []string{opts.webhookSecret}, Connect: connect, Client: client})
		}
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", opts.addr)
	if err != nil {
		return nil, fmt.Errorf("can't listen on %s: %w", opts.addr, plain(err))
	}
	e.listener = listener
	if e.store, err = openStore(opts.state, e.srv); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	if opts.tls {
		if e.certificate, err = newCertificate(opts.addr, opts.tlsCert); err != nil {
			return nil, errors.Join(err, listener.Close())
		}
	}
	return e, nil
}

// newServer has what a fresh emulator has. Without a seed its IDs are others each time: a service that goes on while the
// emulator is reset, and has noted which events it has seen, must not take the next ones for those.
func newServer(opts options) *stripetest.Server {
	var config []stripetest.Option
	if opts.seed != nil {
		config = append(config, stripetest.WithSeed(*opts.seed))
	}
	if opts.recipients {
		config = append(config, stripetest.WithRecipients())
	}
	srv := stripetest.NewServer(config...)
	srv.AddCustomer(newCustomer)
	srv.AddCustomer(fundedCustomer)
	srv.Fund(fundedCustomer, stripecash.CurrencyEUR, 100_00)
	srv.Connect(connectedAccount)
	if opts.recipients {
		srv.AddRecipient(recipient)
	}
	return srv
}

// plain is the part of a network error that says what is wrong: "address already in use".
func plain(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		err = op.Err
	}
	if call, ok := errors.AsType[*os.SyscallError](err); ok {
		err = call.Err
	}
	return err
}
