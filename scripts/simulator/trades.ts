import type { PayVendor, Refund, Trade } from './state.ts'
import type { World } from './world.ts'

/** Closes an order whose time has run out; orders are looked at through this, so no timer is needed. */
const settleTime = (world: World, trade: Trade): Trade => {
  if (trade.state === 'open' && trade.expiresAt <= world.clock.now()) {
    trade.state = 'closed'
    trade.closedAt = trade.expiresAt
    world.changed()
  }
  return trade
}

/** The order of a provider by its merchant number. */
export const tradeByOrderNo = (world: World, vendor: PayVendor, outTradeNo: string): Trade | undefined => {
  const trade = world.state.trades.find(one => one.vendor === vendor && one.outTradeNo === outTradeNo)
  return trade && settleTime(world, trade)
}

/** The order of a provider by the provider's own number. */
export const tradeByNo = (world: World, vendor: PayVendor, tradeNo: string): Trade | undefined => {
  const trade = world.state.trades.find(one => one.vendor === vendor && one.tradeNo === tradeNo)
  return trade && settleTime(world, trade)
}

/** Orders a phone could still pay, newest first. */
export const openTrades = (world: World): Trade[] =>
  world.state.trades.map(trade => settleTime(world, trade)).filter(trade => trade.state === 'open' && trade.payableUntil > world.clock.now()).reverse()

export const refundsOf = (world: World, trade: Trade): Refund[] =>
  world.state.refunds.filter(refund => refund.vendor === trade.vendor && refund.outTradeNo === trade.outTradeNo)

/** What has been given back or is under way, in fen. */
export const refundedFen = (world: World, trade: Trade): number => refundsOf(world, trade).reduce((sum, refund) => sum + refund.amountFen, 0)

/** A text that is equal for two requests exactly when their parameters are. */
export const fingerprint = (value: unknown): string => JSON.stringify(sorted(value))

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]))
}
