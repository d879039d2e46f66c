// Package wrong is the source that the audit's own tests read: it is never compiled.
package wrong

type mode string

const (
	modeManual   mode = "manual"
	modeInvented mode = "by_hand"
)

type idle string

const idleValue idle = "idle"
