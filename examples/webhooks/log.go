package main

import (
	"io"
	"log/slog"
)

// reasons is a logger that says what became of a delivery, and why, without what differs from run to run.
func reasons(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key != slog.MessageKey {
				return slog.Attr{}
			}
			return a
		},
	}))
}
