import { type TitleDetails, askAgainMs, parkingGoodsName, parkingTaxCode } from '@atrium/shared/fapiao/rules.ts'
import type { Ctx } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { forInvoice } from '../payment/service.ts'
import { type FapiaoAnswer, type FapiaoOrder, IssuerUnclear } from './issuer.ts'
import { announceChange, newOrderNumber, titleOf, trail } from './service.ts'
import { type FapiaoRow, findFapiao, linesOfFapiao, lockFapiao, releaseLines, updateFapiao } from './store.ts'

/**
 * Moves one fapiao a step on, whatever state a crash left it in: hands it over, asks how it stands, or asks how its red one stands.
 * Intent is stored before the provider is called and the outcome after; an open outcome is asked about, never assumed.
 */
export async function advance(ctx: Ctx, fapiaoId: string): Promise<void> {
  const row = await findFapiao(ctx, fapiaoId)
  if (!row) return
  if (row.redOrderNumber && row.state === 'issued') return advanceRed(ctx, row)
  if (row.state === 'requested') return handOver(ctx, row)
  if (row.state === 'issuing' || row.state === 'asking') return ask(ctx, row)
}

async function handOver(ctx: Ctx, row: FapiaoRow): Promise<void> {
  const claimed = await inTransaction(ctx, async (tx) => {
    const fresh = await lockFapiao(tx, row.fapiaoId)
    if (fresh?.state !== 'requested') return false
    // `asking` until the provider has answered: a crash from here on leads to a question, not to a second order.
    await updateFapiao(tx, row.fapiaoId, { state: 'asking', attempts: fresh.attempts + 1, askAt: new Date(ctx.now.getTime() + askAgainMs(fresh.attempts)) })
    return true
  })
  if (claimed) await send(ctx, row)
}

async function send(ctx: Ctx, row: FapiaoRow): Promise<void> {
  try {
    await settle(ctx, row, await ctx.deps.issuer.issue(await orderOf(ctx, row)))
  } catch (error) {
    if (!(error instanceof IssuerUnclear)) throw error
    await inTransaction(ctx, (tx) => trail(tx, row.fapiaoId, '开票平台未应答，稍后查询', 'The provider did not answer; asking later', error.message))
  }
}

async function ask(ctx: Ctx, row: FapiaoRow): Promise<void> {
  const answer = await answerOf(() => ctx.deps.issuer.query(row.orderNumber))
  if (answer?.state === 'unknown') {
    // The order never arrived; its number makes a second sending harmless.
    await postpone(ctx, row)
    return send(ctx, row)
  }
  if (answer === null || answer.state === 'issuing') { await postpone(ctx, row); return }
  await settle(ctx, row, answer)
}

async function answerOf<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof IssuerUnclear) return null
    throw error
  }
}

const postpone = (ctx: Ctx, row: FapiaoRow) => updateFapiao(ctx, row.fapiaoId, { attempts: row.attempts + 1, askAt: new Date(ctx.now.getTime() + askAgainMs(row.attempts)) })

/** Writes what the provider said, once: a fapiao that is already settled stays as it is. */
async function settle(ctx: Ctx, row: FapiaoRow, answer: Exclude<FapiaoAnswer, { state: 'unknown' }>): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const fresh = await lockFapiao(tx, row.fapiaoId)
    if (!fresh || fresh.orderNumber !== row.orderNumber || !['asking', 'issuing'].includes(fresh.state)) return
    if (answer.state === 'issuing') {
      await updateFapiao(tx, row.fapiaoId, { state: 'issuing', askAt: new Date(ctx.now.getTime() + askAgainMs(0)) })
      if (fresh.state === 'asking') await trail(tx, row.fapiaoId, '开票平台已受理', 'Accepted by the provider', null)
    } else if (answer.state === 'issued') {
      await updateFapiao(tx, row.fapiaoId, { state: 'issued', number: answer.number, issuedAt: answer.issuedAt, pdfUrl: answer.pdfUrl, askAt: null, failure: null })
      await trail(tx, row.fapiaoId, '已开具', 'Issued', answer.number)
    } else {
      await updateFapiao(tx, row.fapiaoId, { state: 'failed', failure: answer.reason.slice(0, 200), askAt: null })
      await trail(tx, row.fapiaoId, '开票失败', 'Failed', answer.reason)
    }
    await announceChange(tx, row, answer.state)
  })
}

async function orderOf(ctx: Ctx, row: FapiaoRow): Promise<FapiaoOrder> {
  const title: TitleDetails = titleOf(ctx, row)
  const lines = await linesOfFapiao(ctx, [row.fapiaoId])
  const payments = await forInvoice(ctx, lines.map((l) => l.paymentId))
  const times = payments.flatMap((p) => [p.entryAt, p.exitAt ?? p.paidAt]).map((d) => d.getTime())
  return {
    orderNumber: row.orderNumber, buyer: { ...title }, taxRatePerMille: row.taxRatePerMille, requestedAt: row.requestedAt,
    // 不动产经营租赁 takes one line alone, so the stays go out as their sum.
    lines: [{ name: parkingGoodsName, taxCode: parkingTaxCode, grossFen: row.grossFen, netFen: row.netFen, taxFen: row.taxFen }],
    rental: { address: payments[0]?.address ?? '', from: new Date(Math.min(...times)), until: new Date(Math.max(...times)), plates: [...new Set(payments.map((p) => p.plate))] },
    callbackUrl: `${ctx.deps.config.baseUrl}/callback/nuonuo/invoice`,
  }
}

/**
 * A refund touches what was invoiced: the fapiao is taken back in full by a red one, and the member may ask anew for what is left. One that is
 * still on its way must settle first, so the event waits (the caller postpones it).
 */
export async function reverseFor(ctx: Ctx, paymentId: string, holders: { fapiaoId: string; state: FapiaoRow['state'] }[]): Promise<void> {
  for (const { fapiaoId, state } of holders) {
    if (state === 'requested' || state === 'issuing' || state === 'asking') throw new Error(`fapiao of payment ${paymentId} is still being issued`)
    if (state !== 'issued') continue
    await inTransaction(ctx, async (tx) => {
      const row = await lockFapiao(tx, fapiaoId)
      if (row?.state !== 'issued' || row.redOrderNumber) return
      await updateFapiao(tx, fapiaoId, { redOrderNumber: newOrderNumber(ctx.now).replace('F', 'R'), askAt: ctx.now, attempts: 0 })
      await trail(tx, fapiaoId, '退款，开始红冲', 'Refunded; reversal started', null)
    })
    await advance(ctx, fapiaoId)
  }
}

async function advanceRed(ctx: Ctx, row: FapiaoRow): Promise<void> {
  const known = await answerOf(() => ctx.deps.issuer.query(row.redOrderNumber!))
  const answer = known?.state === 'unknown' ? await answerOf(() => ctx.deps.issuer.reverse({ redOrderNumber: row.redOrderNumber!, number: row.number! })) : known
  if (answer?.state === 'issued') {
    return inTransaction(ctx, async (tx) => {
      const fresh = await lockFapiao(tx, row.fapiaoId)
      if (fresh?.state !== 'issued') return
      await updateFapiao(tx, row.fapiaoId, { state: 'reversed', redNumber: answer.number, askAt: null })
      await releaseLines(tx, row.fapiaoId)
      await trail(tx, row.fapiaoId, '已红冲', 'Reversed by a red fapiao', answer.number)
      await announceChange(tx, row, 'reversed')
    })
  }
  if (answer?.state === 'failed') {
    ctx.log.warn({ fapiaoId: row.fapiaoId }, 'red fapiao refused')
    await inTransaction(ctx, async (tx) => {
      // The provider said no for good to this number: the next try takes a new one.
      await updateFapiao(tx, row.fapiaoId, { redOrderNumber: newOrderNumber(ctx.now).replace('F', 'R'), attempts: row.attempts + 1, askAt: new Date(ctx.now.getTime() + askAgainMs(row.attempts + 4)) })
      await trail(tx, row.fapiaoId, '红冲失败，将重试', 'Reversal refused; it will be tried again', answer.reason)
    })
    return
  }
  await postpone(ctx, row)
}
