package main

import "context"

// experiment is measured once per run and side.
type experiment struct {
	name    string
	sides   []string
	measure measure
	rows    []row
}

// measure measures all sides of an experiment once.
type measure func(ctx context.Context, c *column, sides []string) ([]metrics, error)

// row is a line of the table: a metric of one side, over that of another.
type row struct {
	measure string
	metric  string
	unit    unit
	side    string // ours, if empty
	over    string // stripe-go, if empty; none: the value itself is the result
	minus   string // a side whose value is taken from both first
	goal    goal
}

const none = "none"

// goal is what a row should come to. The zero goal is a row that is only shown.
type goal struct {
	limit   float64
	limit27 float64 // with Go 1.27 and later, if it is another
	least   bool    // reaching it is good; else staying below
	set     bool
}

func atMost(limit float64) goal            { return goal{limit: limit, set: true} }
func atLeast(limit float64) goal           { return goal{limit: limit, least: true, set: true} }
func atMostBy(limit, limit27 float64) goal { return goal{limit: limit, limit27: limit27, set: true} }

// experiments are all of them, in the order of the table.
func experiments() []experiment {
	all := footprint()
	all = append(all,
		perCall("retrieve a cash balance", 0.45, 0.45),
		perCall("update a cash balance", 0.55, 0.60),
		perCall("retrieve a transaction", 0.38, 0.45),
		listing(),
		perCall("retrieve a card", 0.38, 0.52),
		perCall("retrieve a source", 0.53, 0.60),
		perCall("create a source", 0.60, 0.80),
		perCall("an API error", 0.60, 0.60),
	)
	all = append(all, lists()...)
	all = append(all, connections()...)
	all = append(all, webhook("verify and decode a webhook event", atMost(0.40)), webhook("verify a webhook event and decode its object", goal{}))
	all = append(all, firstCalls()...)
	return append(all, emulators())
}

// perCall measures a task on all sides. The floor's allocations are compared too.
func perCall(task string, timeGoal, allocsGoal float64) experiment {
	return experiment{
		name: task, sides: []string{ours, official, untimed, byHand}, measure: inTurns(task),
		rows: []row{
			{measure: task + ": time", metric: "ns", unit: nanoseconds, goal: atMost(timeGoal)},
			{measure: task + ": allocations", metric: "allocs", unit: count, goal: atMost(allocsGoal)},
			{measure: "… allocations, stripe-go without its timeout", metric: "allocs", unit: count, over: untimed},
			{measure: "… allocations, over the floor's", metric: "allocs", unit: count, over: byHand, goal: atMostBy(1.9, 1.4)},
			{measure: "… time, over the floor's", metric: "ns", unit: nanoseconds, over: byHand},
		},
	}
}

func listing() experiment {
	const task = "list 100 transactions"
	return experiment{
		name: task, sides: []string{ours, official, byHand}, measure: inTurns(task),
		rows: []row{
			{measure: task + ": time", metric: "ns", unit: nanoseconds, goal: atMost(0.30)},
			{measure: task + ": allocations", metric: "allocs", unit: count, goal: atMost(0.45)},
			{measure: task + ": bytes", metric: "bytes", unit: bytes, goal: atMost(0.35)},
			{measure: "… allocations, over the floor's", metric: "allocs", unit: count, over: byHand},
		},
	}
}

func lists() []experiment {
	both := []string{ours, official}
	return []experiment{
		{
			name: "walk 10,000 transactions", sides: both, measure: worker("worker", "walk"),
			rows: []row{{measure: "walk 10,000 transactions: requests", metric: "requests", unit: count, goal: atMost(0.1)}},
		},
		{
			name: "walk with prefetch", sides: []string{ahead, plain}, measure: worker("worker", "prefetch"),
			rows: []row{{
				measure: "walk 100 pages, `WithPrefetch` over plain: time", metric: "ns", unit: nanoseconds,
				side: ahead, over: plain, goal: atMost(0.55),
			}},
		},
		{
			name: "collect 10,000 transactions", sides: both, measure: worker("worker", "kept"),
			rows: []row{{measure: "collect 10,000 transactions: memory kept", metric: "bytes", unit: bytes, goal: atMost(0.50)}},
		},
	}
}

func connections() []experiment {
	both := []string{ours, official}
	return []experiment{
		{
			name: "256 goroutines over loopback", sides: both, measure: worker("worker", "load"),
			rows: []row{
				{measure: "256 goroutines over loopback: calls per second", metric: "calls", unit: count, goal: atLeast(1.6)},
				{measure: "256 goroutines over loopback: connections (ours)", metric: "connections", unit: count, over: none, goal: atMost(256)},
				{measure: "256 goroutines over loopback: connections (stripe-go)", metric: "connections", unit: count, side: official, over: none},
			},
		},
		{
			name: "64-wide fan-outs", sides: both, measure: worker("worker", "fanout"),
			rows: []row{
				{measure: "64-wide fan-outs: requests that dial again (ours)", metric: "again", unit: share, over: none, goal: atMost(0)},
				{measure: "64-wide fan-outs: requests that dial again (stripe-go)", metric: "again", unit: share, side: official, over: none},
			},
		},
	}
}

func webhook(task string, timeGoal goal) experiment {
	return experiment{
		name: task, sides: []string{ours, official}, measure: inTurns(task),
		rows: []row{
			{measure: task + ": time", metric: "ns", unit: nanoseconds, goal: timeGoal},
			{measure: "… allocations", metric: "allocs", unit: count},
		},
	}
}

func emulators() experiment {
	return experiment{
		name: "fresh emulator", sides: []string{fresh, mock}, measure: worker("emulators"),
		rows: []row{{
			measure: "a fresh `stripetest` server over starting stripe-mock", metric: "ns", unit: nanoseconds,
			side: fresh, over: mock, goal: atMost(0.001),
		}},
	}
}

func firstCalls() []experiment {
	var all []experiment
	for _, task := range []string{"retrieve a transaction", "retrieve a card"} {
		all = append(all, experiment{
			name: "first call: " + task, sides: []string{ours, official}, measure: worker("worker", "first", task),
			rows: []row{
				{measure: "first call in a process, " + task + ": time", metric: "ns", unit: nanoseconds, goal: atMost(0.10)},
				{measure: "first call in a process, " + task + ": allocations", metric: "allocs", unit: count, goal: atMost(0.10)},
			},
		})
	}
	return all
}
