import { computed, ref, shallowRef } from 'vue'
import { call } from '../platform/call.ts'
import type { Reply } from '../platform/api.ts'
import { text } from '../platform/copy.ts'
import { count } from '../platform/format.ts'
import { useAction, useLoad } from '../platform/useAsync.ts'
import { say } from '../ui/toast.ts'

type Open = Reply<'POST /admin/members/{memberId}/unmask'>

/**
 * One member: what they did, and the two things an operator may do. `unmask` shows phone and plates until `openUntil` (the BFF says
 * for how long) and then forgets them; `adjust` changes points with a reason.
 */
export function useMember(memberId: string) {
  const params = { memberId }
  const member = useLoad((signal) => call('GET /admin/members/{memberId}', { params, signal }))
  void member.load()

  const opened = shallowRef<Open | null>(null)
  const openUntil = ref(0)
  const asking = ref<'unmask' | 'adjust' | null>(null)
  const unmask = useAction(async (reason: string) => {
    opened.value = await call('POST /admin/members/{memberId}/unmask', { params, body: { reason } })
    openUntil.value = Date.now() + opened.value.hideAfterMs
    asking.value = null
  })
  const hide = () => { opened.value = null; openUntil.value = 0 }

  const points = ref<number | undefined>()
  const tried = ref(false)
  const adjust = useAction(async (reason: string) => {
    const { balance } = await call('POST /admin/members/{memberId}/points', { params, body: { points: points.value!, reason } })
    asking.value = null
    say(text('member.adjustDone', { n: count(balance) }))
    await member.load()
  })
  /** Sends only a change; until there is one the dialog says what is missing. */
  const tryAdjust = (reason: string) => { tried.value = true; if (points.value) void adjust.run(reason) }
  const ask = (what: 'unmask' | 'adjust') => { unmask.trouble.value = adjust.trouble.value = null; points.value = undefined; tried.value = false; asking.value = what }
  const plates = computed(() => opened.value?.plates ?? member.data.value?.plates ?? [])
  return { member, opened, openUntil, asking, ask, unmask, hide, points, tried, adjust, tryAdjust, plates }
}
