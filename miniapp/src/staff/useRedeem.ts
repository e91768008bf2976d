import { computed, ref, shallowRef } from 'vue'
import { businessDay, startOfBusinessDay } from '@atrium/shared/time.ts'
import type { Reply } from '@atrium/shared/contracts.ts'
import { text } from '@/i18n'
import type { Problem } from '@/flow/problem'
import { useAction } from '@/flow/useAction'
import { channel } from '@/platform/channel'
import { buzz, scan } from '@/platform/device'
import { call } from '@/platform/request'
import { toast } from '@/ui/toast'
import { useStaff } from './useStaff'
import './messages'

export type Lookup = Reply<'POST /admin/coupons/lookup'>
export type Redemption = Reply<'POST /admin/coupons/redeem'>
type Day = Pick<Reply<'GET /admin/redemptions'>, 'items' | 'totals'>

const digitsOf = (scanned: string): string => scanned.replace(/\D/g, '').slice(0, 20)
/** Codes one can look up: a coupon number of 12 digits, or a scanned one of 20. */
const whole = (code: string): boolean => code.length === 12 || code.length === 20

/**
 * Redeeming at the till: a code by camera or keyboard, what it is worth and whose, confirm, receipt. Nothing changes before the
 * confirmation, and a lost connection repeats under the same key.
 */
export function useRedeem() {
  const staff = useStaff()
  const code = ref('')
  const lookup = shallowRef<Lookup | null>(null)
  const receipt = shallowRef<Redemption | null>(null)
  const problem = ref<Problem | null>(null)
  const today = shallowRef<Day | null>(null)
  const lookAction = useAction((_key, typed: string, storeId: string) => call('POST /admin/coupons/lookup', { body: { code: typed, storeId } }), { quiet: true })
  const redeemAction = useAction((key, typed: string, storeId: string) => call('POST /admin/coupons/redeem', { body: { code: typed, storeId, channel }, key }), { quiet: true })

  function clear(): void {
    code.value = ''
    lookup.value = null
    receipt.value = null
    problem.value = null
  }

  async function look(): Promise<void> {
    if (!whole(code.value) || !staff.store) return
    lookup.value = await lookAction.run(code.value, staff.store.storeId)
    problem.value = lookAction.problem.value
  }

  /** Digits only; looks up by itself when a whole code stands there. */
  function typed(value: string): void {
    code.value = digitsOf(value)
    lookup.value = null
    problem.value = null
    if (whole(code.value)) void look()
  }

  async function scanCode(): Promise<void> {
    const seen = await scan()
    if (seen === null || !whole(digitsOf(seen))) return toast({ tone: 'warn', text: text('staff.camera') })
    typed(seen)
  }

  async function redeem(): Promise<void> {
    if (!staff.store) return
    const done = await redeemAction.run(code.value, staff.store.storeId)
    problem.value = redeemAction.problem.value
    if (!done) {
      // Refused: look again, so that the page shows the first receipt or whatever changed meanwhile.
      if (problem.value?.kind === 'refused') lookup.value = null
      return
    }
    buzz()
    receipt.value = done
    lookup.value = null
    await loadToday()
  }

  async function loadToday(): Promise<void> {
    if (!staff.store) return
    const from = startOfBusinessDay(businessDay(new Date())).toISOString()
    const day = await call('GET /admin/redemptions', { query: { storeId: staff.store.storeId, from, limit: 4, sort: '-at' } }).catch(() => null)
    if (day) today.value = day
  }

  const blocked = computed(() => lookup.value?.obstacle ?? null)
  return { code, lookup, receipt, problem, blocked, today, clear, typed, look, looking: lookAction.running, scanCode, redeem, redeeming: redeemAction.running, loadToday }
}

/** Undoing a redemption of today with a reason; only who may. */
export function useRestore(after: (fresh: Redemption) => void) {
  const target = shallowRef<Redemption | null>(null)
  const reason = ref('')
  const action = useAction((key, redemptionId: string, why: string) => call('POST /admin/redemptions/{redemptionId}/restore', { params: { redemptionId }, body: { reason: why }, key }))
  async function restore(): Promise<void> {
    if (!target.value || reason.value.trim().length < 2) return
    const fresh = await action.run(target.value.redemptionId, reason.value.trim())
    if (!fresh) return
    target.value = null
    reason.value = ''
    toast({ tone: 'good', text: text('staff.restoreDone') })
    after(fresh)
  }
  return { target, reason, restore, restoring: action.running }
}
