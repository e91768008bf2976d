import { computed, onUnmounted, ref, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { text } from '@/i18n'
import { problemOf, type Problem } from '@/flow/problem'
import { useAction } from '@/flow/useAction'
import { useClock } from '@/flow/useClock'
import { listen } from '@/platform/live'
import { openWallet } from '@/platform/pay'
import { call } from '@/platform/request'
import { toast } from '@/ui/toast'
import './messages'

export type Payment = Reply<'GET /api/payments/{paymentId}'>
/** States after which nothing changes by itself any more. */
const settled: readonly Payment['state'][] = ['paid', 'failed', 'closed', 'refunded']

/**
 * One payment, told truly: what the BFF knows, never what the wallet says. While it is open the page asks again every two seconds; after the
 * wallet returns it has the provider asked at once.
 */
export function usePayment(paymentId: string) {
  const payment = shallowRef<Payment | null>(null)
  const problem = ref<Problem | null>(null)
  const now = useClock()
  const walletOpen = ref(false)
  let stop = (): void => undefined

  const open = computed(() => payment.value !== null && !settled.includes(payment.value.state))
  const leftMs = computed(() => (payment.value ? Math.max(0, Date.parse(payment.value.expiresAt) - now.value) : 0))

  async function load(): Promise<void> {
    try {
      payment.value = await call('GET /api/payments/{paymentId}', { params: { paymentId } })
      problem.value = null
    } catch (thrown) {
      problem.value = problemOf(thrown)
    }
  }

  const checkAction = useAction((key) => call('POST /api/payments/{paymentId}/check', { params: { paymentId }, key }))
  const cancelAction = useAction((key) => call('POST /api/payments/{paymentId}/cancel', { params: { paymentId }, key }))

  /** Has the provider asked now. */
  async function check(saySo: boolean): Promise<void> {
    const fresh = await checkAction.run()
    if (fresh) payment.value = fresh
    if (fresh && saySo && (fresh.state === 'waiting' || fresh.state === 'created')) toast({ tone: 'warn', text: text('payment.notYet') })
  }

  /** Opens the wallet; whatever it says, the provider is asked afterwards. A code to scan has no wallet to open. */
  async function wallet(): Promise<void> {
    if (!payment.value || walletOpen.value || payment.value.action.kind === 'qr' || payment.value.action.kind === 'none') return
    walletOpen.value = true
    const hint = await openWallet(payment.value.action)
    walletOpen.value = false
    if (hint === 'cancelled') toast({ tone: 'warn', text: text('payment.cancelled') })
    await (hint === 'cancelled' ? load() : check(false))
  }

  /** Gives the payment up; when the money came in meanwhile it is paid after all, and the page says so. */
  async function cancel(): Promise<void> {
    const fresh = await cancelAction.run()
    if (fresh) payment.value = fresh
    else await load()
  }

  function watchOutcome(): void {
    stop()
    stop = listen(['payment.'], () => { if (open.value || !payment.value) void load() }, 2000)
  }
  /** Watches what comes after the money: points from the worker, a refund from the desk. */
  function watchAftermath(): void {
    stop()
    stop = listen(['payment.', 'points.'], () => { void load() }, 5000)
  }
  onUnmounted(() => stop())
  return { payment, problem, now, open, leftMs, walletOpen, load, wallet, check, checking: checkAction.running, cancel, cancelling: cancelAction.running, watchOutcome, watchAftermath, stopWatching: () => stop() }
}
