import { computed, ref, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { problemOf } from '@/flow/problem'
import { useAction } from '@/flow/useAction'
import { useClock } from '@/flow/useClock'
import { useLoad } from '@/flow/useLoad'
import { useMember } from '@/member/useMember'
import { listen } from '@/platform/live'
import { payMethodsHere, type PayMethod } from '@/platform/pay'
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
  const couponId = ref<string | null>(null)
  const method = ref<PayMethod>(payMethodsHere[0] ?? 'wechat_native')
  const renewed = shallowRef<Stay['quote'] | null>(null)
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
  const quote = computed(() => (stay.value && renewed.value?.parkingId === stay.value.parkingId ? renewed.value : stay.value?.quote ?? null))
  const expired = computed(() => quote.value !== null && now.value >= Date.parse(quote.value.validUntil))

  const requote = useAction((_key, parkingId: string, coupon: string | null) => call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: { couponId: coupon, useTierHours: member.signedIn } }))
  const payAction = useAction((key, quoteId: string, by: PayMethod) => call('POST /api/parking/pay', { body: { quoteId, method: by }, key }))

  /** Asks for a new quote of the car one looks at, with `coupon` or without. */
  async function renew(coupon: string | null): Promise<void> {
    if (!stay.value || requote.running.value) return
    const fresh = await requote.run(stay.value.parkingId, coupon)
    if (!fresh) return
    renewed.value = fresh
    couponId.value = coupon
  }

  /** The coupon in the quote in force, so that the sheet marks it. */
  const couponInUse = computed(() => quote.value?.parts.find((part) => part.kind === 'parking_coupon')?.couponId ?? null)

  /** Pays the quote in force. A price that changed meanwhile is shown again instead of being paid. */
  async function pay(): Promise<void> {
    if (!quote.value) return
    const payment = await payAction.run(quote.value.quoteId, method.value)
    if (payment) go(payment.state === 'paid' ? '/payment/result' : '/payment/pay', { id: payment.paymentId })
    else if (payAction.problem.value?.kind === 'refused') await renew(couponInUse.value)
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
    stop = listen(['parking.', 'payment.'], () => { void running.load(); void lookAgain() }, 20_000)
  }

  return { now, running, plates, carParks, stays, stay, quote, expired, method, found, couponInUse, look, load, renew, renewing: requote.running, pay, paying: payAction.running, watchGate, stopWatching: () => stop() }
}
