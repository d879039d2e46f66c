package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/ccb8c2b4/stripecash/stripetest"
)

// store keeps a server's state in a file. Without a file it keeps nothing.
type store struct {
	file     string
	srv      *stripetest.Server
	restored bool // from the file

	mu   sync.Mutex
	last uint64 // the server's changes that the file holds
}

// openStore reads the file, if there is one, and makes sure that it can be written. A file that is damaged is refused and
// left as it is: it may be all that somebody has.
func openStore(file string, srv *stripetest.Server) (*store, error) {
	s := &store{file: file, srv: srv}
	if file == "" {
		return s, nil
	}
	state, err := readFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("can't read the state file: %w", err)
	default:
		if err := srv.Restore(state); err != nil {
			return nil, fmt.Errorf("the state file %s can't be used and was left as it is: %w", file, err)
		}
		s.restored = true
	}
	if err := s.write(); err != nil {
		return nil, err
	}
	return s, nil
}

// readFile reads a file and nothing else: a device may have no end, and a pipe nobody who writes to it.
func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", name)
	}
	return os.ReadFile(name)
}

// save writes the state to a new file and puts it in the old one's place, so that a crash leaves the one or the other,
// whole.
func (s *store) save() error {
	if s.file == "" {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.srv.Changes() == s.last {
		return nil
	}
	return s.write()
}

func (s *store) write() error {
	changes := s.srv.Changes() // before the snapshot, which may hold more
	state, err := s.srv.Snapshot()
	if err != nil {
		return fmt.Errorf("can't take a snapshot: %w", err)
	}
	if err := replaceFile(s.file, state); err != nil {
		return fmt.Errorf("can't write the state file: %w", err)
	}
	s.last = changes
	return nil
}

// replaceFile writes next to the file that a link leads to, be it there or not, and keeps what may be done with it.
func replaceFile(name string, data []byte) (err error) {
	const links = 40 // as many as Linux follows
	for range links {
		target, linkErr := os.Readlink(name)
		if linkErr != nil {
			break // it is no link
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(name), target)
		}
		name = target
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(f.Name())) //nolint:gosec // whoever starts the emulator names the file
		}
	}()
	if _, err = f.Write(data); err != nil {
		return err
	}
	if old, statErr := os.Stat(name); statErr == nil { //nolint:gosec // whoever starts the emulator names the file
		if err = f.Chmod(old.Mode().Perm()); err != nil {
			return err
		}
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), name); err != nil { //nolint:gosec // the file above
		return err
	}
	return f.Close()
}
