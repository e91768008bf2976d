import type { Reply } from '@atrium/shared/contracts.ts'
import { channel } from './channel'
import { currentSession } from './session'

export type LiveEvent = Reply<'GET /api/events'>

/**
 * Hears what happens to this member. H5 reads the event stream; mini-programs have none and ask again every `pollMs`
 * by calling `refresh`. Answers what stops it.
 */
export function listen(types: readonly string[], refresh: () => void, pollMs: number): () => void {
  const timer = setInterval(refresh, pollMs)
  const stopPolling = () => clearInterval(timer)
  if (channel !== 'h5' || !currentSession('member')) return stopPolling
  const aborter = new AbortController()
  void readStream(aborter.signal, (event) => { if (types.some((type) => event.type.startsWith(type))) refresh() })
  return () => { stopPolling(); aborter.abort() }
}

/** Reads `/api/events` with fetch, since EventSource cannot send the session; ends quietly, the poll goes on. */
async function readStream(signal: AbortSignal, hear: (event: LiveEvent) => void): Promise<void> {
  try {
    const reply = await fetch(`${process.env.TARO_APP_API}/api/events`, { signal, headers: { accept: 'text/event-stream', authorization: `Bearer ${currentSession('member')?.accessToken}` } })
    if (!reply.ok || !reply.body) return
    const reader = reply.body.getReader()
    const decoder = new TextDecoder()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const { events, left } = splitEvents(rest + decoder.decode(value, { stream: true }))
      rest = left
      events.forEach(hear)
    }
  } catch {
    // Aborted or cut off: the poll keeps the page true.
  }
}

/** Splits a piece of an event stream into whole events and what is left of the last one. */
export function splitEvents(text: string): { events: LiveEvent[]; left: string } {
  const blocks = text.split(/\r?\n\r?\n/)
  const left = blocks.pop() ?? ''
  const events = blocks.flatMap((block) => {
    const data = block.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim()).join('\n')
    try {
      return data ? [JSON.parse(data) as LiveEvent] : []
    } catch {
      return []
    }
  })
  return { events, left }
}
