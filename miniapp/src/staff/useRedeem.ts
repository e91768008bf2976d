import { computed, ref, shallowRef } from 'vue'
import { businessDay, startOfBusinessDay } from '@atrium/shared/time.ts'
import type { Reply } from '@atrium/shared/contracts.ts'
import { text } from '@/i18n'
import { useAction } from '@/flow/useAction'
import { useLoad } from '@/flow/useLoad'
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
  let how: 'scanned' | 'typed' = 'typed'
  const receipt = shallowRef<Redemption | null>(null)
  const today = shallowRef<Day | null>(null)
  // An answer keeps the code that it is about: that one is redeemed. Half a code asks nothing, and overtakes what was asked before.
  const asked = useLoad(async () => (whole(code.value) && staff.store ? { code: code.value, how, lookup: await call('POST /admin/coupons/lookup', { body: { code: code.value, how, storeId: staff.store.storeId } }) } : null))
  const redeemAction = useAction((key, shown: { code: string; how: typeof how }, storeId: string) => call('POST /admin/coupons/redeem', { body: { ...shown, storeId, channel }, key }), { quiet: true })
  const redeeming = redeemAction.running
  const lookup = computed(() => asked.data.value?.lookup ?? null)
  const looking = computed(() => asked.loading.value && whole(code.value))
  const problem = computed(() => redeemAction.problem.value ?? asked.problem.value)

  async function look(): Promise<void> {
    asked.data.value = null
    asked.problem.value = redeemAction.problem.value = null
    await asked.load()
  }

  /** Digits only; looks up by itself when a whole code stands there. While a coupon is being redeemed the field rests. */
  const typed = (value: string): void => take(value, 'typed')
  function take(value: string, by: typeof how): void {
    if (redeeming.value) return
    code.value = digitsOf(value)
    how = by
    receipt.value = null
    void look()
  }
  const clear = (): void => typed('')

  async function scanCode(): Promise<void> {
    const seen = await scan()
    if (seen === null || !whole(digitsOf(seen))) return toast({ tone: 'warn', text: text('staff.camera') })
    take(seen, 'scanned')
  }

  async function redeem(): Promise<void> {
    if (!staff.store || !asked.data.value) return
    const { code: shown, how: came } = asked.data.value
    const done = await redeemAction.run({ code: shown, how: came }, staff.store.storeId)
    if (done || redeemAction.problem.value?.kind === 'refused') asked.data.value = null
    if (!done) return
    buzz()
    receipt.value = done
    await loadToday()
  }

  async function loadToday(): Promise<void> {
    if (!staff.store) return
    const from = startOfBusinessDay(businessDay(new Date())).toISOString()
    const day = await call('GET /admin/redemptions', { query: { storeId: staff.store.storeId, from, limit: 4, sort: '-at' } }).catch(() => null)
    if (day) today.value = day
  }

  const blocked = computed(() => lookup.value?.obstacle ?? null)
  return { code, lookup, receipt, problem, blocked, today, clear, typed, look, looking, scanCode, redeem, redeeming, loadToday }
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
