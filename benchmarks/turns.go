package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// turns is how often each side has one, the first to warm up. A machine that is shared changes its speed by half from one
// second to the next; in turns of 25 ms every side meets the same.
const turns = 1 + 40

// inTurns measures single calls of a task: all sides at once, each in a process of its own, which works only when it is
// its turn.
func inTurns(task string) measure {
	return func(ctx context.Context, c *column, sides []string) ([]metrics, error) {
		ctx, stop := context.WithCancel(ctx) // ends those that are left after an error
		defer stop()
		players := make([]*player, len(sides))
		for i, side := range sides {
			p, err := c.play(ctx, "call", task, side)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", side, err)
			}
			players[i] = p
		}
		for range turns {
			for i, p := range players {
				if err := p.turn(); err != nil {
					return nil, fmt.Errorf("%s: %w", sides[i], errors.Join(err, p.cmd.Wait()))
				}
			}
		}
		all := make([]metrics, len(sides))
		for i, p := range players {
			m, err := p.end()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", sides[i], err)
			}
			all[i] = m
		}
		return all, nil
	}
}

// player is a worker that measures for a while whenever it gets a line, and answers with one when the time is up.
type player struct {
	cmd  *exec.Cmd
	to   io.WriteCloser
	from *bufio.Reader
}

func (c *column) play(ctx context.Context, args ...string) (*player, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(c.dir, "worker"), args...) //nolint:gosec // they are this program's own
	cmd.Stderr = os.Stderr
	to, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	from, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &player{cmd, to, bufio.NewReader(from)}, cmd.Start()
}

func (p *player) turn() error {
	if _, err := io.WriteString(p.to, "\n"); err != nil {
		return err
	}
	_, err := p.from.ReadString('\n')
	return err
}

// end gets what was measured: the worker prints it when there are no more turns.
func (p *player) end() (m metrics, err error) {
	if err := p.to.Close(); err != nil {
		return nil, err
	}
	if err := json.NewDecoder(p.from).Decode(&m); err != nil {
		return nil, err
	}
	return m, p.cmd.Wait()
}
