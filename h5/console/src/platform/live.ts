import { onScopeDispose, ref, type Ref } from 'vue'

export type LiveState = 'connecting' | 'live' | 'lost'

/**
 * Follows a stream of server-sent events as long as the component lives. The browser reconnects by itself; when it gives up
 * (an answer that is not a stream) we try again after `retryMs`. `onEvent` gets each parsed message and its name.
 */
export function useLive<T>(url: () => string, onEvent: (value: T, name: string) => void, names: readonly string[] = ['message'], retryMs = 5000): { state: Ref<LiveState>; lastAt: Ref<number> } {
  const state = ref<LiveState>('connecting')
  const lastAt = ref(0)
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | null = null

  const open = () => {
    source = new EventSource(url(), { withCredentials: true })
    source.onopen = () => { state.value = 'live' }
    source.onerror = () => {
      state.value = 'lost'
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, retryMs)
    }
    for (const name of names)
      source.addEventListener(name, (event) => {
        state.value = 'live'
        lastAt.value = Date.now()
        onEvent(JSON.parse((event as MessageEvent<string>).data) as T, name)
      })
  }
  open()
  onScopeDispose(() => {
    source?.close()
    if (timer) clearTimeout(timer)
  })
  return { state, lastAt }
}
