import { computed, ref, shallowRef, watch } from 'vue'
import { call } from '../platform/call.ts'
import { either } from '../platform/names.ts'
import { text } from '../platform/copy.ts'
import { soonAfter, useLive } from '../platform/live.ts'
import { useAction, useLoad } from '../platform/useAsync.ts'
import { useBadges } from '../shell/badges.ts'
import { say } from '../ui/toast.ts'
import { byUrgency, type Lane, type Reading } from './lane.ts'

/**
 * The control room: lanes, alarms, plates waiting for a person, the last cars, and what a person does about them. Everything is read
 * again when an event says that something happened, and each fifteen seconds in case none came.
 */
export function useControl() {
  const lanes = useLoad((signal) => call('GET /admin/parking/lanes', { signal }))
  const alarms = useLoad((signal) => call('GET /admin/parking/alarms', { signal }))
  const readings = useLoad((signal) => call('GET /admin/parking/readings', { signal }))
  const passed = useLoad((signal) => call('GET /admin/parking/sessions', { query: { limit: 8, sort: '-entryAt' }, signal }))
  const left = useLoad((signal) => call('GET /admin/parking/sessions', { query: { limit: 8, sort: '-exitAt', state: 'closed' }, signal }))
  const day = useLoad((signal) => call('GET /admin/parking/occupancy', { signal }))
  const load = async () => {
    await Promise.all([lanes, alarms, readings, passed, left, day].map((part) => part.load()))
    void useBadges().load()
  }
  void load()
  /** Why what is shown may be old. */
  const stale = computed(() => [lanes, alarms, readings, passed, left, day].find((part) => part.trouble.value)?.trouble.value ?? null)
  const { state } = useLive(soonAfter(() => void load(), 300))

  /** The reading a person looks at. It stays until they choose another: the next one must not slide under a finger about to press. */
  const readingId = ref<string | null>(null)
  const reading = computed<Reading | null>(() => readings.data.value?.items.find((r) => r.readingId === readingId.value) ?? null)
  watch(readings.data, (now) => { readingId.value = now?.items.length ? (readingId.value ?? now.items[0]!.readingId) : null })
  watch(readingId, () => { correct.trouble.value = null })
  const ordered = computed(() => byUrgency(lanes.data.value?.items ?? []))
  const laneOf = (laneId: string | null): Lane | null => lanes.data.value?.items.find((l) => l.laneId === laneId) ?? null

  const opening = ref<Lane | null>(null)
  const open = useAction(async (reason: string) => {
    await call('POST /admin/parking/lanes/{laneId}/open', { params: { laneId: opening.value!.laneId }, body: { reason } })
    opening.value = null
    say(text('parking.openDone'))
    await load()
  })
  const correct = useAction(async (id: string, plate: string) => {
    await call('POST /admin/parking/readings/{readingId}/correct', { params: { readingId: id }, body: { plate } })
    say(text('parking.corrected'))
    await load()
  })
  const dismissing = shallowRef<Reading | null>(null)
  const dismiss = useAction(async (reason: string) => {
    await call('POST /admin/parking/readings/{readingId}/dismiss', { params: { readingId: dismissing.value!.readingId }, body: { reason } })
    dismissing.value = null
    say(text('parking.dismissed'))
    await load()
  })

  /** Cars that came or went, newest first: one line for each passage. */
  const passages = computed(() => [
    ...(passed.data.value?.items ?? []).map((p) => ({ key: `in-${p.parkingId}`, at: p.entryAt, way: 'entry' as const, lane: either(p.entryLane, p.entryLaneEn), parking: p })),
    ...(left.data.value?.items ?? []).filter((p) => p.exitAt).map((p) => ({ key: `out-${p.parkingId}`, at: p.exitAt!, way: 'exit' as const, lane: either(p.exitLane ?? '', p.exitLaneEn ?? ''), parking: p })),
  ].sort((a, b) => b.at.localeCompare(a.at)).slice(0, 7))

  return { lanes, alarms, readings, day, ordered, laneOf, reading, readingId, opening, open, correct, dismissing, dismiss, passages, state, stale, load }
}
