import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { hears } from '@atrium/shared/operations/rules.ts'
import { type Ctx, type Deps, type MemberCaller, type StaffCaller } from '../context.ts'
import { staffSessionHolds } from '../staff/service.ts'
import { type TailRow, listTail, listTailIds } from './store.ts'

/** How often the outbox is looked at while anybody listens. */
const pollMs = 300
/** A transaction may commit this long after it wrote its event and is still heard. */
const windowSeconds = 10
/** How often a listener is told that the line holds, and its session is looked at. */
const beatMs = 20_000
/** Members come back with a fresh token after this long. */
const memberLifeMs = 15 * 60_000
/** A listener that is so far behind is cut off; it reconnects and loads anew. */
const maxWaiting = 500

type Listener = { hear: (event: TailRow) => void; end: () => void }
type Hub = { listeners: Set<Listener>; ready: Promise<void>; stop: () => void }

const hubs = new Map<Deps, Hub>()

/** One tail of the outbox for all listeners of this process; it begins with the first and ends with the last. */
function openHub(deps: Deps): Hub {
  const listeners = new Set<Listener>()
  let seen = new Set<string>()
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(tell: boolean): Promise<void> {
    const ids = await listTailIds(deps.db, windowSeconds)
    const fresh = tell ? ids.filter((id) => !seen.has(id)) : []
    const events = fresh.length ? await listTail(deps.db, fresh) : []
    // Ids older than the window cannot come back, so only those inside it are remembered.
    seen = new Set(ids)
    for (const event of events) for (const listener of listeners) listener.hear(event)
  }
  const next = () => {
    timer = setTimeout(() => {
      look(true).catch((err: unknown) => deps.log.warn({ err }, 'the outbox could not be read')).finally(() => { if (!stopped) next() })
    }, pollMs)
  }
  const ready = look(false).then(() => { if (!stopped) next() })
  const stop = () => {
    stopped = true
    clearTimeout(timer)
    hubs.delete(deps)
    for (const listener of listeners) listener.end()
  }
  return { listeners, ready, stop }
}

function join(deps: Deps, listener: Listener): { ready: Promise<void>; leave: () => void } {
  let hub = hubs.get(deps)
  if (!hub) hubs.set(deps, (hub = openHub(deps)))
  hub.listeners.add(listener)
  const leave = () => {
    hub.listeners.delete(listener)
    if (hub.listeners.size === 0) hub.stop()
  }
  return { ready: hub.ready, leave }
}

/** Ends every stream of this process, so that it can stop: listeners reconnect elsewhere. */
export function stopStreams(): void {
  for (const hub of hubs.values()) hub.stop()
}

/** How many listen in this process. */
export const listening = (deps: Deps): number => hubs.get(deps)?.listeners.size ?? 0

/**
 * Streams what `caller` may hear as server-sent events, with a heartbeat every 20 s. It ends when the session ends (a change of the account is looked into
 * at once), when the listener falls far behind, and when the process stops.
 */
export function follow(ctx: Ctx, caller: MemberCaller | StaffCaller, c: Context): Response {
  const { deps, mallId } = ctx
  const now = () => deps.now().getTime()
  const endsAt = caller.kind === 'member' ? now() + memberLifeMs : Infinity
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    const waiting: TailRow[] = []
    let open = true
    let beatAt = now() + beatMs
    let wake = () => {}
    const end = () => { open = false; wake() }
    const hear = (event: TailRow) => {
      if (event.mallId !== mallId) return
      if (event.type === 'session.revoked' && caller.kind === 'member' && event.data.sessionId === caller.sessionId) end()
      else if (hears(caller, event)) waiting.push(event)
      const aboutMe = event.type === 'staff.changed' && caller.kind === 'staff' && event.data.staffId === caller.staffId
      if (aboutMe) beatAt = 0
      if (waiting.length > maxWaiting) end()
      else if (waiting.length || aboutMe) wake()
    }
    const { ready, leave } = join(deps, { hear, end })
    stream.onAbort(end)
    try {
      await ready
      await stream.write(': listening\n\n')
      while (open && now() < endsAt) {
        if (now() >= beatAt) {
          if (caller.kind === 'staff' && !(await staffSessionHolds(ctx, caller.sessionId))) break
          beatAt = now() + beatMs
          await stream.write(': beat\n\n')
        }
        for (const event of waiting.splice(0)) await stream.writeSSE({ id: event.eventId, data: JSON.stringify({ id: event.eventId, type: event.type, at: event.occurredAt.toISOString(), data: event.data }) })
        if (!open) break
        await new Promise<void>((done) => {
          const timer = setTimeout(done, beatAt - now())
          wake = () => { clearTimeout(timer); done() }
          if (waiting.length || !open) wake()
        })
      }
    } finally {
      leave()
    }
  })
}
