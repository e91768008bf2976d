import { onScopeDispose, ref, type Ref } from 'vue'
import { openStream, troubleIn } from './call.ts'
import type { Reply } from './api.ts'

export type LiveEvent = Reply<'GET /admin/events'>
export type LiveState = 'connecting' | 'live' | 'lost'

/** Cuts a stream of server-sent events into messages; `push` takes text as it comes and answers the messages that are whole. */
export function sseParser(): { push: (chunk: string) => { id: string | null; data: string }[] } {
  let rest = ''
  return {
    push: (chunk) => {
      const blocks = (rest + chunk).replaceAll('\r\n', '\n').split('\n\n')
      rest = blocks.pop()!
      return blocks.flatMap((block) => {
        const lines = block.split('\n')
        const data = lines.filter((l) => l.startsWith('data:')).map((l) => l.slice(5).replace(/^ /, ''))
        const id = lines.find((l) => l.startsWith('id:'))?.slice(3).trim() ?? null
        return data.length ? [{ id, data: data.join('\n') }] : []
      })
    },
  }
}

const wait = (ms: number, signal: AbortSignal) => new Promise<void>((resolve) => {
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', () => { clearTimeout(timer); resolve() })
})

/**
 * Hears what happens in the mall as long as the component lives; reconnects by itself, from 1 s up to 15 s apart, and goes on after the last
 * event it heard. Events carry ids and numbers only: pages reload what an event touches.
 */
export function useLive(onEvent: (event: LiveEvent) => void): { state: Ref<LiveState> } {
  const state = ref<LiveState>('connecting')
  const ended = new AbortController()
  let lastId: string | null = null

  const listen = async () => {
    const response = await openStream('/admin/events', ended.signal, lastId)
    if (!response.ok || !response.body) throw await troubleIn(response)
    state.value = 'live'
    const parser = sseParser()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      for (const message of parser.push(value)) {
        lastId = message.id ?? lastId
        onEvent(JSON.parse(message.data) as LiveEvent)
      }
    }
  }
  void (async () => {
    for (let pause = 1000; !ended.signal.aborted; pause = Math.min(15_000, pause * 2)) {
      // Whatever ended the stream, the answer is the same: say that it is lost and try again.
      await listen().then(() => { pause = 1000 }, () => {})
      if (ended.signal.aborted) return
      state.value = 'lost'
      await wait(pause, ended.signal)
    }
  })()
  onScopeDispose(() => ended.abort())
  return { state }
}

/** Calls `reload` soon after one of several events, once for a burst of them. */
export function soonAfter(reload: () => void, ms = 400): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  onScopeDispose(() => { if (timer) clearTimeout(timer) })
  return () => { timer ??= setTimeout(() => { timer = null; reload() }, ms) }
}
