import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { text } from '@/i18n'
import { useAction } from '@/flow/useAction'
import { call, freshKey } from '@/platform/request'
import { toast } from '@/ui/toast'
import { useHere } from '@kiosk/shell/useHere'
import { useIdle } from '@kiosk/shell/useIdle'
import { useNow } from '@kiosk/shell/useNow'
import { stay } from './stay'

export type Wallet = 'wechat_native' | 'alipay_qr'
type Payment = Reply<'GET /api/payments/{paymentId}'>

const askEveryMs = 2_000
const settled: readonly Payment['state'][] = ['paid', 'failed', 'closed', 'refunded']

/**
 * Paying for the car that was found: a code for the chosen wallet, watched until it is settled. Changing the wallet gives the other code up first, so
 * that nobody pays twice. While a code can be paid the idle countdown is held; an answer that comes when the visitor has left changes nothing.
 */
export function useKioskPay() {
  const { hold, release } = useIdle()
  const here = useHere()
  const now = useNow()
  const asked = ref<Wallet>('wechat_native')
  const busy = ref(false)
  const payment = shallowRef<Payment | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined
  const start = useAction((key, quoteId: string, method: Wallet) => call('POST /api/parking/pay', { body: { quoteId, method }, key }), { quiet: true })
  const renew = useAction(() => call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId: stay.value!.parkingId }, body: {} }), { quiet: true })
  const cancelled = (paymentId: string, key: string) => call('POST /api/payments/{paymentId}/cancel', { params: { paymentId }, key })
  const cancel = useAction((key, paymentId: string) => cancelled(paymentId, key), { quiet: true })
  const open = () => payment.value !== null && !settled.includes(payment.value.state)

  /** One step after the other: what is pressed while one is under way is not heard. */
  const alone = <A extends unknown[]>(step: (...args: A) => Promise<void>) => async (...args: A): Promise<void> => {
    if (busy.value) return
    busy.value = true
    await step(...args).finally(() => { busy.value = false })
  }

  function follow(fresh: Payment): void {
    if (!here()) return
    payment.value = fresh
    clearInterval(timer)
    if (open()) timer = setInterval(() => { void look() }, askEveryMs)
    guard()
  }
  /** Holds the countdown while the code can be paid, and not longer: without a network nobody says that it ended. */
  function guard(): void {
    if (open() && Date.parse(payment.value!.expiresAt) > Date.now()) hold()
    else release()
  }
  /** A missed look is no news: the next one tells. */
  async function look(): Promise<void> {
    const fresh = await call('GET /api/payments/{paymentId}', { params: { paymentId: payment.value!.paymentId } }).catch(() => null)
    if (!here() || !open()) return
    if (fresh && fresh.paymentId === payment.value!.paymentId) follow(fresh)
    else guard()
  }
  /** A code for the quote at hand; a quote that no longer holds is asked for anew. One that nobody saw is given up. */
  async function begin(): Promise<void> {
    if (!stay.value || (Date.parse(stay.value.quote.validUntil) <= Date.now() && !(await requote()))) return
    if (stay.value.quote.dueFen === 0) return
    const made = await start.run(stay.value.quote.quoteId, asked.value)
    if (made && here()) follow(made)
    else if (made && !settled.includes(made.state)) await cancelled(made.paymentId, freshKey()).catch(() => {})
  }
  async function requote(): Promise<boolean> {
    const quote = await renew.run()
    if (!quote || !stay.value || !here()) return false
    stay.value = { ...stay.value, quote }
    return true
  }
  async function again(): Promise<void> {
    if (await requote()) await begin()
  }
  /** Gives an open code up; when the money was faster the screen says paid. */
  async function giveUp(): Promise<void> {
    if (!open()) return
    const fresh = await cancel.run(payment.value!.paymentId)
    if (fresh) follow(fresh)
    else await look()
  }
  async function choose(next: Wallet): Promise<void> {
    if (next === asked.value) return
    await giveUp()
    if (!here() || payment.value?.state === 'paid') return
    if (open()) return toast({ tone: 'bad', text: text('common.toast.offline') })
    payment.value = null
    asked.value = next
    await again()
  }
  onScopeDispose(() => {
    clearInterval(timer)
    release()
    stay.value = null
  })
  const leftMs = computed(() => (payment.value ? Math.max(0, Date.parse(payment.value.expiresAt) - now.value.getTime()) : 0))
  /** What the code on the screen is for, which is not always what was asked for last. */
  const wallet = computed(() => payment.value?.method ?? asked.value)
  return { wallet, payment, leftMs, busy, problem: computed(() => start.problem.value ?? renew.problem.value), begin: alone(begin), choose: alone(choose), again: alone(again) }
}
