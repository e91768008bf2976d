import { mallTime } from '@/platform/clock'
import { recallMine, rememberMine } from '@/platform/session'
import type { Coupon } from './worth'

/** The coupons at hand with the secrets of their codes, as this phone keeps them while its member is signed in: they show off-line. */
export const wallet = (): Coupon[] => recallMine<Coupon[]>('coupons', []).filter((coupon) => Date.parse(coupon.validUntil) > mallTime())

export const fillWallet = (coupons: readonly Coupon[]): void => rememberMine('coupons', coupons)

/** Puts one coupon as it stands now into the wallet, what ends first comes first; what cannot be used leaves it. */
export function updateWallet(fresh: Coupon): void {
  const others = wallet().filter((coupon) => coupon.couponId !== fresh.couponId)
  const held = fresh.state === 'available' || fresh.state === 'locked' ? [...others, fresh] : others
  fillWallet(held.sort((a, b) => a.validUntil.localeCompare(b.validUntil)))
}
