import { onScopeDispose, ref, type Ref } from 'vue'
import { openStream, troubleIn } from './call.ts'

export type LiveState = 'connecting' | 'live' | 'lost'

/** The server says something each 20 s; a connection silent for this long is dead, whatever the network believes. */
const silenceMs = 45_000

/** Cuts a stream of server-sent events into messages; `push` takes text as it comes and answers the data of those that are whole. */
export function sseParser(): { push: (chunk: string) => string[] } {
  let rest = ''
  return {
    push: (chunk) => {
      const blocks = (rest + chunk).replaceAll('\r\n', '\n').split('\n\n')
      rest = blocks.pop()!
      return blocks.flatMap((block) => {
        const data = block.split('\n').filter((l) => l.startsWith('data:')).map((l) => l.slice(5).replace(/^ /, ''))
        return data.length ? [data.join('\n')] : []
      })
    },
  }
}

const wait = (ms: number, signal: AbortSignal) => new Promise<void>((resolve) => {
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', () => { clearTimeout(timer); resolve() })
})

/**
 * Calls `onChange` when something happened in the mall, as long as the component lives. It reconnects by itself, from 1 s up to 15 s apart;
 * nothing is replayed, so coming back is a change as well. Events are hints: pages load anew what they show.
 */
export function useLive(onChange: () => void): { state: Ref<LiveState> } {
  const state = ref<LiveState>('connecting')
  const ended = new AbortController()

  const listen = async () => {
    const silent = new AbortController()
    const signal = AbortSignal.any([ended.signal, silent.signal])
    let watchdog = setTimeout(() => silent.abort(), silenceMs)
    try {
      const response = await openStream('/admin/events', signal)
      if (!response.ok || !response.body) throw await troubleIn(response)
      if (state.value === 'lost') onChange()
      state.value = 'live'
      const parser = sseParser()
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      signal.addEventListener('abort', () => void reader.cancel().catch(() => {}))
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        clearTimeout(watchdog)
        watchdog = setTimeout(() => silent.abort(), silenceMs)
        for (const _ of parser.push(value)) onChange()
      }
    } finally {
      clearTimeout(watchdog)
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
