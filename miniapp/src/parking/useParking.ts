import { computed, onUnmounted, ref, shallowRef, watch } from 'vue'
import { isPayable } from '@atrium/shared/parking/rules.ts'
import type { Reply } from '@atrium/shared/contracts.ts'
import { problemOf } from '@/flow/problem'
import { useAction } from '@/flow/useAction'
import { useClock } from '@/flow/useClock'
import { useLoad } from '@/flow/useLoad'
import { useMember } from '@/member/useMember'
import { listen } from '@/platform/live'
import { payMethodsHere, payNeedsAccount, type PayMethod } from '@/platform/pay'
import { go } from '@/platform/navigate'
import { call } from '@/platform/request'

type Running = Reply<'GET /api/parking/running'>['items'][number]
type Found = Reply<'POST /api/parking/lookup'>['item']
/** A car inside: of the member, or found by its plate by a guest (no coupons, no tier hours). */
export type Stay = Running | (Found & { coupons: [] })

/** Cars inside with their quotes, a coupon to take off, and paying. `found` is a car that was looked up, by its plate or at an exit. */
export function useParking() {
  const member = useMember()
  const now = useClock(1000)
  const chosen = ref<string | null>(null)
  const found = shallowRef<Stay | null>(null)
  const method = ref<PayMethod>(payMethodsHere[0] ?? 'wechat_native')
  const renewed = shallowRef<{ quote: Stay['quote']; couponId: string | null } | null>(null)
  const shown = ref(false)
  let stop = (): void => undefined

  const running = useLoad(async () => (member.signedIn ? (await call('GET /api/parking/running')).items : []))
  const plates = useLoad(async () => (member.signedIn ? call('GET /api/parking/plates') : { items: [], limit: 0 }))
  const carParks = useLoad(async () => (await call('GET /api/parking/car-parks')).items)

  /** Mine, which know their coupons; before them the one that was found, unless it is mine. */
  const stays = computed<Stay[]>(() => {
    const mine: Stay[] = running.data.value ?? []
    return found.value && !mine.some((stay) => stay.parkingId === found.value?.parkingId) ? [found.value, ...mine] : mine
  })
  const stay = computed(() => stays.value.find((one) => one.parkingId === chosen.value) ?? stays.value[0] ?? null)
  /** The quote asked for here, unless it is of another car or was told before the last payment. */
  const told = computed(() => (stay.value && renewed.value?.quote.parkingId === stay.value.parkingId && renewed.value.quote.at > (stay.value.paidAt ?? '') ? renewed.value : null))
  const quote = computed(() => told.value?.quote ?? stay.value?.quote ?? null)
  const expired = computed(() => quote.value !== null && ['open', 'paid'].includes(stay.value?.state ?? '') && now.value >= Date.parse(quote.value.validUntil))
  /** A coupon added to a stay that overstayed still has to be used, even when it covers all that is due. */
  const payable = computed(() => stay.value !== null && quote.value !== null && (isPayable(stay.value.state, quote.value.dueFen) || (stay.value.state === 'paid' && Boolean(told.value?.couponId))))
  const over = computed(() => payable.value && stay.value?.state === 'paid')

  const price = (_key: string, parkingId: string, couponId: string | null) => call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: { couponId, useTierHours: member.signedIn } })
  const requote = useAction(price)
  const keepTrue = useAction(price, { quiet: true })
  const payAction = useAction((key, quoteId: string, by: PayMethod) => call('POST /api/parking/pay', { body: { quoteId, method: by }, key }))

  /** Asks for a new quote of the car one looks at, with `coupon` or without. */
  async function renew(couponId: string | null, action = requote): Promise<void> {
    if (!stay.value || action.running.value) return
    const answer = await action.run(stay.value.parkingId, couponId)
    if (answer) renewed.value = { quote: answer, couponId }
  }

  /** The coupon in the quote in force, so that the sheet marks it. One that an earlier payment took is in the quote, too, but no choice any more. */
  const couponInUse = computed(() => quote.value?.parts.find((part) => stay.value?.coupons.some((coupon) => coupon.couponId === part.couponId))?.couponId ?? null)

  /** The price moves when a tariff step passes or the time to leave ends. Nobody asked, so a refusal is no toast: the page is loaded again and tells. */
  async function renewByItself(): Promise<void> {
    await renew(couponInUse.value, keepTrue)
    if (keepTrue.problem.value?.kind === 'refused') await load()
  }
  watch(() => shown.value && expired.value, (on) => { if (on) void renewByItself() })

  /** Pays the quote in force. A price that changed meanwhile is shown again instead of being paid; who must be known to pay joins first and comes back. */
  async function pay(): Promise<void> {
    if (!quote.value) return
    if (payNeedsAccount && !member.signedIn) return go('/identity/join')
    const payment = await payAction.run(quote.value.quoteId, method.value)
    if (payment) return go(payment.state === 'paid' ? '/payment/result' : '/payment/pay', { id: payment.paymentId })
    const problem = payAction.problem.value
    if (problem?.kind !== 'refused') return
    if (problem.code === 'payer_unknown') go('/identity/join')
    else await renew(couponInUse.value)
  }

  function look(parkingId: string): void {
    chosen.value = parkingId
    renewed.value = null
  }

  /** The car that was found, once more: it may have been paid for or have left. */
  async function lookAgain(): Promise<void> {
    const plate = found.value?.plate
    if (!plate) return
    const fresh = await call('POST /api/parking/lookup', { body: { plate } }).then(({ item }): Stay => ({ ...item, coupons: [] }), (thrown) => {
      const problem = problemOf(thrown)
      // Only that it is gone takes it away; no answer, or a limit, says nothing about the car.
      return problem.kind === 'refused' && problem.code === 'parking_unknown' ? null : found.value
    })
    // Another car may have been found meanwhile.
    if (found.value?.plate === plate) found.value = fresh
  }

  async function load(): Promise<void> {
    renewed.value = null
    await Promise.all([running.load(), plates.load(), carParks.load(), lookAgain()])
  }

  /** Keeps the page true while it shows: barrier and payment events, and a look every 20 s. */
  function watchGate(): void {
    stop()
    stop = listen(['parking.', 'payment.'], () => { void running.load(); void lookAgain(); if (expired.value) void renewByItself() }, 20_000)
    shown.value = true
  }
  function stopWatching(): void {
    stop()
    shown.value = false
  }
  onUnmounted(stopWatching)

  return { now, running, plates, carParks, stays, stay, quote, payable, over, method, found, couponInUse, look, load, renew, renewing: computed(() => requote.running.value || keepTrue.running.value), pay, paying: payAction.running, watchGate, stopWatching }
}
