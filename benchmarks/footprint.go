package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func footprint() []experiment {
	all := []string{ours, official, byHand}
	return []experiment{
		{
			name: "cold build", sides: []string{ours, official, byHand}, measure: oneByOne(coldBuild),
			rows: []row{
				{measure: "cold build of a small program: wall", metric: "ns", unit: nanoseconds, goal: atMost(0.08)},
				{measure: "… wall, over a net/http program's", metric: "ns", unit: nanoseconds, over: byHand},
				{measure: "cold build of a small program: compiler's peak memory", metric: "peak", unit: bytes, goal: atMost(0.12)},
			},
		},
		{
			name: "binary", sides: all, measure: oneByOne(binary),
			rows: []row{
				{measure: "stripped binary, less a net/http program's", metric: "bytes", unit: bytes, minus: byHand, goal: atMost(0.12)},
				{measure: "modules that it is built from", metric: "modules", unit: count},
				{measure: "packages outside the standard library", metric: "packages", unit: count},
			},
		},
		{
			name: "process start", sides: all, measure: oneByOne(start),
			rows: []row{
				{measure: "process start to first answer: time", metric: "ns", unit: nanoseconds, goal: atMost(1.0)},
				{measure: "… time, over a net/http program's", metric: "ns", unit: nanoseconds, over: byHand},
				{measure: "process start to first answer: resident memory", metric: "resident", unit: bytes, goal: atMost(1.0)},
				{measure: "… resident memory, over a net/http program's", metric: "resident", unit: bytes, over: byHand},
			},
		},
	}
}

func program(side string) string {
	if side == byHand {
		return "nethttp"
	}
	return side
}

// coldBuild builds a program with a cache that has the standard library and nothing else. The wall is that of a plain
// build; the peak is measured in a second one, since looking costs time.
func coldBuild(ctx context.Context, c *column, side string) (metrics, error) {
	if err := c.warmUp(ctx); err != nil {
		return nil, err
	}
	target := "./programs/" + program(side)
	elapsed, err := c.buildCold(ctx, target)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	record := filepath.Join(c.dir, "peak")
	if _, err := c.buildCold(ctx, "-toolexec="+self+" "+peakCommand+" "+record, target); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(record)
	if err != nil {
		return nil, err
	}
	_ = os.Remove(record)
	most := 0.0
	for line := range strings.Lines(string(text)) {
		kib, err := strconv.ParseFloat(strings.TrimSpace(line), 64)
		if err != nil {
			return nil, err
		}
		most = max(most, kib*1024)
	}
	return metrics{"ns": float64(elapsed.Nanoseconds()), "peak": most}, nil
}

// warmUp makes a build cache with the standard library, as the programs use it.
func (c *column) warmUp(ctx context.Context) error {
	if c.warm != "" {
		return nil
	}
	packages, err := c.goCommand(ctx, nil, "list", "-deps", "-f", "{{if .Standard}}{{.ImportPath}}{{end}}", "./programs/...")
	if err != nil {
		return err
	}
	warm := filepath.Join(c.dir, "warm")
	_, err = c.goCommand(ctx, []string{"GOCACHE=" + warm}, append([]string{"build", "-trimpath"}, strings.Fields(string(packages))...)...)
	c.warm = warm
	return err
}

func (c *column) buildCold(ctx context.Context, args ...string) (time.Duration, error) {
	cache := filepath.Join(c.dir, "cold")
	if err := os.CopyFS(cache, os.DirFS(c.warm)); err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(cache) }()
	// Inside the cache, so that it goes with it: the go command does not link again what is there and up to date.
	out := filepath.Join(cache, "program")
	start := time.Now()
	_, err := c.goCommand(ctx, []string{"GOCACHE=" + cache}, append([]string{"build", "-trimpath", "-o", out}, args...)...)
	return time.Since(start), err
}

// peakCommand makes this program a -toolexec: it runs a tool and, if that is the compiler, writes down its peak memory.
const peakCommand = "peak-memory"

func peak(record string, command []string) int {
	cmd := exec.CommandContext(context.Background(), command[0], command[1:]...) //nolint:gosec // the go command says what to run
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && filepath.Base(command[0]) == "compile" {
		file, openErr := os.OpenFile(record, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // coldBuild says where
		if openErr == nil {
			_, openErr = fmt.Fprintln(file, usage.Maxrss)
			openErr = errors.Join(openErr, file.Close())
		}
		err = errors.Join(err, openErr)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// binary looks at a stripped program and at what it is made of.
func binary(ctx context.Context, c *column, side string) (metrics, error) {
	info, err := os.Stat(filepath.Join(c.dir, program(side)))
	if err != nil {
		return nil, err
	}
	listed, err := c.goCommand(ctx, nil, "list", "-deps", "-f", "{{if not .Standard}}{{.Module.Path}}{{end}}", "./programs/"+program(side))
	if err != nil {
		return nil, err
	}
	modules, packages := make(map[string]bool), -1.0 // the program itself is none
	for module := range strings.FieldsSeq(string(listed)) {
		modules[module] = true
		packages++
	}
	return metrics{"bytes": float64(info.Size()), "modules": float64(len(modules) - 1), "packages": packages}, nil
}

// start runs a program against a server on loopback, until it has its first answer and then its second, and looks
// how much memory it has by then.
func start(ctx context.Context, c *column, side string) (metrics, error) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprint(w, `{"object":"cash_balance","available":{"eur":10000},"customer":"cus_OaCLf8Fi1nbFpJ","livemode":false,`+
			`"settings":{"reconciliation_mode":"manual","using_merchant_default":false}}`)
	}))
	defer server.Close()
	const starts = 15
	var times, resident []float64
	for range starts {
		elapsed, memory, err := startOnce(ctx, filepath.Join(c.dir, program(side)), server.URL)
		if err != nil {
			return nil, err
		}
		times, resident = append(times, float64(elapsed.Nanoseconds())), append(resident, memory)
	}
	return metrics{"ns": median(times), "resident": median(resident)}, nil
}

func startOnce(ctx context.Context, path, base string) (time.Duration, float64, error) {
	cmd := exec.CommandContext(ctx, path)
	cmd.Env = append(os.Environ(), "STRIPE_SECRET_KEY=sk_test_51NGTaTbenchmark", "STRIPE_API_BASE="+base)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return 0, 0, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	lines := bufio.NewScanner(stdout)
	lines.Scan()
	elapsed := time.Since(began)
	lines.Scan()
	memory, err := residentMemory(cmd.Process.Pid)
	return elapsed, memory, errors.Join(err, stdin.Close(), cmd.Wait())
}

// residentMemory is read from the kernel. What Wait reports would include this process's memory, from before it became
// the other program.
func residentMemory(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 64)
			return kib * 1024, err
		}
	}
	return 0, errors.New("no VmRSS")
}
