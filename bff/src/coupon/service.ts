/** Coupons: what is offered, claiming, what members hold, redeeming at shops and in payments, and the life of templates. */
export { browseCentre, offersByStore, showTemplate } from './service/centre.ts'
export { claim } from './service/claim.ts'
export { listForDesk, lookUp, redeem, restore } from './service/desk.ts'
export { type CarPark, type ParkingCoupon, lockForPayment, parkingCoupon, redeemLocked, releaseLocked, restoreForPayment, usableParkingCoupons } from './service/locks.ts'
export { couponCounts, latestRedemptions, listMyCoupons, showMyCoupon } from './service/mine.ts'
export { approvals, draft, edit, listTemplates, move, showForStaff } from './service/templates.ts'
