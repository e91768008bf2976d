import { computed, onUnmounted, ref, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { useAction } from '@/flow/useAction'
import { call } from '@/platform/request'
import { useIdle } from '@kiosk/shell/useIdle'
import { useNow } from '@kiosk/shell/useNow'
import { stay } from './stay'

export type Wallet = 'wechat_native' | 'alipay_qr'
type Payment = Reply<'GET /api/payments/{paymentId}'>

const askEveryMs = 2_000
const settled: readonly Payment['state'][] = ['paid', 'failed', 'closed', 'refunded']

/**
 * Paying for the car that was found: a code for the chosen wallet, watched until it is settled. Changing the wallet gives the other code up first, so
 * that nobody pays twice. While a code is open the idle countdown is held.
 */
export function useKioskPay() {
  const { hold, release } = useIdle()
  const now = useNow()
  const wallet = ref<Wallet>('wechat_native')
  const payment = shallowRef<Payment | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined
  const start = useAction((key) => call('POST /api/parking/pay', { body: { quoteId: stay.value!.quote.quoteId, method: wallet.value }, key }))
  const renew = useAction(() => call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId: stay.value!.parkingId }, body: {} }))
  const cancel = useAction((key) => call('POST /api/payments/{paymentId}/cancel', { params: { paymentId: payment.value!.paymentId }, key }), { quiet: true })

  function follow(fresh: Payment): void {
    payment.value = fresh
    clearInterval(timer)
    if (settled.includes(fresh.state)) return release()
    hold()
    timer = setInterval(() => { void look() }, askEveryMs)
  }
  /** A missed look is no news: the next one tells. */
  async function look(): Promise<void> {
    const fresh = await call('GET /api/payments/{paymentId}', { params: { paymentId: payment.value!.paymentId } }).catch(() => null)
    if (fresh && fresh.paymentId === payment.value?.paymentId) follow(fresh)
  }
  /** Shows a code for the quote at hand; a quote that no longer holds is asked for anew. */
  async function begin(): Promise<void> {
    if (!stay.value || stay.value.quote.dueFen === 0) return
    if (Date.parse(stay.value.quote.validUntil) <= Date.now()) await requote()
    const made = await start.run()
    if (made) follow(made)
  }
  async function requote(): Promise<void> {
    const quote = await renew.run()
    if (quote && stay.value) stay.value = { ...stay.value, quote }
  }
  async function again(): Promise<void> {
    await requote()
    await begin()
  }
  /** Gives an open code up; when the money was faster the screen says paid. */
  async function giveUp(): Promise<void> {
    if (!payment.value || settled.includes(payment.value.state)) return
    const fresh = await cancel.run()
    if (fresh) follow(fresh)
    else await look()
  }
  async function choose(next: Wallet): Promise<void> {
    if (next === wallet.value) return
    await giveUp()
    if (payment.value?.state === 'paid') return
    wallet.value = next
    await again()
  }
  onUnmounted(() => {
    clearInterval(timer)
    release()
    stay.value = null
  })
  const leftMs = computed(() => (payment.value ? Math.max(0, Date.parse(payment.value.expiresAt) - now.value.getTime()) : 0))
  return { wallet, payment, leftMs, starting: start.running, problem: start.problem, begin, choose, again }
}
