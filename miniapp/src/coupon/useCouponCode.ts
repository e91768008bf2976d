import { computed, onUnmounted, ref, shallowRef } from 'vue'
import { codeStepMs, dynamicCode } from '@atrium/shared/dynamic-code.ts'
import { needsSignIn, problemOf, type Problem } from '@/flow/problem'
import { useClock } from '@/flow/useClock'
import { buzz } from '@/platform/device'
import { listen } from '@/platform/live'
import { call } from '@/platform/request'
import { updateWallet, wallet } from './wallet'
import type { Coupon } from './worth'

/**
 * One coupon with its code: drawn here from the secret, new each minute, kept so that it also works off-line. While it shows, the
 * page hears of the redemption by itself, so that both sides see the receipt at once.
 */
export function useCouponCode(couponId: string) {
  const coupon = shallowRef<Coupon | null>(wallet().find((one) => one.couponId === couponId) ?? null)
  const problem = ref<Problem | null>(null)
  const now = useClock()
  let stop = (): void => undefined

  const code = computed(() => (coupon.value?.secret ? dynamicCode(coupon.value.couponNumber, coupon.value.secret, now.value) : null))
  const left = computed(() => 1 - (now.value % codeStepMs) / codeStepMs)
  const offline = computed(() => problem.value?.kind === 'offline' && coupon.value !== null)

  async function load(): Promise<void> {
    try {
      const fresh = await call('GET /api/coupons/{couponId}', { params: { couponId } })
      if (coupon.value?.state === 'available' && fresh.state === 'redeemed') buzz()
      coupon.value = fresh
      updateWallet(fresh)
      problem.value = null
    } catch (thrown) {
      problem.value = problemOf(thrown)
      // Nobody draws a code after the session is over.
      if (needsSignIn(problem.value)) coupon.value = null
    }
  }

  /** Watches until the coupon is used or the page hides. */
  function watchRedemption(): void {
    stop()
    stop = listen(['coupon.'], () => { if (coupon.value?.state === 'available') void load() }, 3000)
  }
  const stopWatching = (): void => stop()
  onUnmounted(stopWatching)

  return { coupon, problem, code, left, offline, load, watchRedemption, stopWatching }
}
