package webhook_test

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ccb8c2b4/stripecash/webhook"
)

// claim asks for an event, which must not be an error.
func claim(t *testing.T, d *webhook.MemoryDeduper, eventID string) webhook.Claim {
	t.Helper()
	got, err := d.Claim(t.Context(), eventID)
	require.NoError(t, err)
	return got
}

func settle(t *testing.T, d *webhook.MemoryDeduper, eventID string, processed bool) {
	t.Helper()
	require.NoError(t, d.Settle(t.Context(), eventID, processed))
}

func TestMemoryDeduper(t *testing.T) {
	var d webhook.MemoryDeduper
	assert.Equal(t, webhook.Granted, claim(t, &d, "evt_1"))
	assert.Equal(t, webhook.Underway, claim(t, &d, "evt_1"))
	assert.Equal(t, webhook.Granted, claim(t, &d, "evt_2"), "each event is on its own")

	settle(t, &d, "evt_1", false)
	assert.Equal(t, webhook.Granted, claim(t, &d, "evt_1"), "what failed is for the next")
	settle(t, &d, "evt_1", true)
	assert.Equal(t, webhook.Processed, claim(t, &d, "evt_1"))
	settle(t, &d, "evt_1", false)
	assert.Equal(t, webhook.Processed, claim(t, &d, "evt_1"), "what is settled stays settled")

	settle(t, &d, "evt_3", true)
	assert.Equal(t, webhook.Granted, claim(t, &d, "evt_3"), "what nobody claimed can't be settled")
	assert.Equal(t, webhook.Underway, claim(t, &d, "evt_2"))
}

func TestMemoryDeduperAge(t *testing.T) {
	tests := []struct {
		name string
		age  time.Duration
		want time.Duration
	}{
		{"default", 0, webhook.DefaultMemoryAge},
		{"own", time.Minute, time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := webhook.MemoryDeduper{MaxAge: tt.age}
				claim(t, &d, "evt_under_way")
				claim(t, &d, "evt_1")
				<-time.After(time.Hour) // being processed: an age begins when it is done
				settle(t, &d, "evt_1", true)
				<-time.After(tt.want)
				assert.Equal(t, webhook.Processed, claim(t, &d, "evt_1"))
				<-time.After(1)
				assert.Equal(t, webhook.Granted, claim(t, &d, "evt_1"))
				assert.Equal(t, webhook.Underway, claim(t, &d, "evt_under_way"), "what is being processed does not age")
			})
		})
	}
}

func TestMemoryDeduperBound(t *testing.T) {
	d := webhook.MemoryDeduper{MaxEvents: 3}
	for _, id := range []string{"evt_1", "evt_2", "evt_3"} {
		require.Equal(t, webhook.Granted, claim(t, &d, id))
	}
	settle(t, &d, "evt_2", true)
	settle(t, &d, "evt_1", true)

	require.Equal(t, webhook.Granted, claim(t, &d, "evt_4"), "evt_2 has to go, which was processed first")
	assert.Equal(t, webhook.Processed, claim(t, &d, "evt_1"))
	require.Equal(t, webhook.Granted, claim(t, &d, "evt_2"), "evt_1 has to go")

	_, err := d.Claim(t.Context(), "evt_1")
	require.Error(t, err, "evt_2, evt_3 and evt_4 are under way")
	assert.Equal(t, webhook.Underway, claim(t, &d, "evt_3"), "full is no reason to forget")
	settle(t, &d, "evt_3", false)
	assert.Equal(t, webhook.Granted, claim(t, &d, "evt_1"), "a failure makes room")
}

func TestMemoryDeduperRefusesNegatives(t *testing.T) {
	for want, d := range map[string]*webhook.MemoryDeduper{
		"MaxEvents -1 and MaxAge 0s": {MaxEvents: -1}, "MaxEvents 0 and MaxAge -1ns": {MaxAge: -1},
	} {
		_, err := d.Claim(t.Context(), "evt_1")
		assert.ErrorContains(t, err, want)
	}
}

func TestMemoryDeduperMemory(t *testing.T) {
	heap := func() uint64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	d := webhook.MemoryDeduper{MaxEvents: 1000}
	before := heap()
	for i := range 200_000 {
		id := fmt.Sprintf("evt_1PqR5tLkdIwHu7ix%08d", i)
		require.Equal(t, webhook.Granted, claim(t, &d, id))
		settle(t, &d, id, true)
	}
	assert.Less(t, heap(), before+1<<20, "of 200,000 events it keeps 1000")
	runtime.KeepAlive(&d)
}

func TestMemoryDeduperGrantsOne(t *testing.T) {
	const events, callers = 50, 100
	var d webhook.MemoryDeduper
	var granted [events]atomic.Int32
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			for i := range events {
				id := fmt.Sprintf("evt_%d", i)
				got, err := d.Claim(t.Context(), id)
				if !assert.NoError(t, err) {
					return
				}
				if got == webhook.Granted {
					granted[i].Add(1)
					assert.NoError(t, d.Settle(t.Context(), id, true))
				}
			}
		})
	}
	wg.Wait()
	for i := range granted {
		assert.Equal(t, int32(1), granted[i].Load(), "event %d", i)
	}
}
