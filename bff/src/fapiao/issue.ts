import { type TitleDetails, askAgainMs, parkingGoodsName, parkingTaxCode } from '@atrium/shared/fapiao/rules.ts'
import type { Ctx } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { forInvoice } from '../payment/service.ts'
import { type FapiaoAnswer, type FapiaoOrder, IssuerUnclear } from './issuer.ts'
import { announceChange, newOrderNumber, titleOf, trail } from './service.ts'
import { type FapiaoRow, linesOfFapiao, lockFapiao, releaseLines, updateFapiao } from './store.ts'

/** Longer than the provider may take over the calls of one turn: nobody asks or sends beside them. */
const turnMs = 60_000

/**
 * Moves one fapiao a step on, whatever state a crash left it in: hands it over, asks how it stands, or asks how its red one stands.
 * Intent is stored before the provider is called and the outcome after; an open outcome is asked about, never assumed.
 */
export async function advance(ctx: Ctx, fapiaoId: string): Promise<void> {
  const row = await takeTurn(ctx, fapiaoId)
  if (!row) return
  if (row.state === 'issued') return advanceRed(ctx, row)
  await settle(ctx, row, row.state === 'requested' ? await handOver(ctx, row) : await ask(ctx, row))
}

const isUnderWay = (row: FapiaoRow): boolean => row.state === 'requested' || row.state === 'asking' || row.state === 'issuing' || (row.state === 'issued' && row.redOrderNumber !== null)

/** Takes the turn of a fapiao and answers how it stood; null when nothing is open or somebody else is at it. After a crash the turn is free again in a minute. */
const takeTurn = (ctx: Ctx, fapiaoId: string): Promise<FapiaoRow | null> => inTransaction(ctx, async (tx) => {
  const row = await lockFapiao(tx, fapiaoId)
  if (!row || !isUnderWay(row) || (row.askAt && row.askAt > tx.now)) return null
  // `asking` until the provider has answered: a crash from here on leads to a question, not to a second order.
  await updateFapiao(tx, fapiaoId, { ...(row.state === 'requested' && { state: 'asking' as const }), attempts: row.attempts + 1, askAt: new Date(tx.now.getTime() + turnMs) })
  return row
})

type Settled = Exclude<FapiaoAnswer, { state: 'unknown' }>

/** Sends the order for the first time, so a refusal is the last word. Null when nobody can tell. */
async function handOver(ctx: Ctx, row: FapiaoRow): Promise<Settled | null> {
  try {
    return await ctx.deps.issuer.issue(await orderOf(ctx, row))
  } catch (error) {
    if (!(error instanceof IssuerUnclear)) throw error
    await trail(ctx, row.fapiaoId, '开票平台未应答，稍后查询', 'The provider did not answer; asking later', error.message)
    return null
  }
}

/**
 * Asks how an order stands; one that never arrived is sent again under its number. A refusal of that is believed only if the provider still knows
 * no such order: it may be refused because the first sending got through meanwhile. Null when nobody can tell.
 */
async function ask(ctx: Ctx, row: FapiaoRow): Promise<Settled | null> {
  const known = await answerOf(() => ctx.deps.issuer.query(row.orderNumber))
  if (known?.state !== 'unknown') return known
  const order = await orderOf(ctx, row)
  const again = await answerOf(() => ctx.deps.issuer.issue(order))
  if (again?.state !== 'failed') return again
  const now = await answerOf(() => ctx.deps.issuer.query(row.orderNumber))
  return now?.state === 'unknown' ? again : now
}

async function answerOf<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof IssuerUnclear) return null
    throw error
  }
}

const nextAsk = (ctx: Ctx, asked: number): Date => new Date(ctx.deps.now().getTime() + askAgainMs(asked))

/** Writes what the provider said, once: a fapiao that is already settled stays as it is. Without an answer it is asked about again. */
async function settle(ctx: Ctx, row: FapiaoRow, answer: Settled | null): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const fresh = await lockFapiao(tx, row.fapiaoId)
    if (!fresh || fresh.orderNumber !== row.orderNumber || !['asking', 'issuing'].includes(fresh.state)) return
    const askAt = nextAsk(ctx, row.attempts)
    if (answer === null || answer.state === fresh.state) return void (await updateFapiao(tx, row.fapiaoId, { askAt }))
    if (answer.state === 'issuing') {
      await updateFapiao(tx, row.fapiaoId, { state: 'issuing', askAt })
      await trail(tx, row.fapiaoId, '开票平台已受理', 'Accepted by the provider', null)
    } else if (answer.state === 'issued') {
      await updateFapiao(tx, row.fapiaoId, { state: 'issued', number: answer.number, issuedAt: answer.issuedAt, pdfUrl: answer.pdfUrl, askAt: null, attempts: 0, failure: null })
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
 * A refund touches what was invoiced: a fapiao over more than the payment still holds is taken back in full by a red one, and the member may ask anew
 * for what is left. One that is still on its way must settle first, so the event waits (the caller postpones it).
 */
export async function reverseFor(ctx: Ctx, paymentId: string, holders: { fapiaoId: string; state: FapiaoRow['state'] }[]): Promise<void> {
  const holds = (await forInvoice(ctx, [paymentId]))[0]?.invoiceableFen ?? 0
  for (const { fapiaoId, state } of holders) {
    const line = (await linesOfFapiao(ctx, [fapiaoId])).find((one) => one.paymentId === paymentId)
    if (state === 'failed' || !line || line.grossFen <= holds) continue
    if (state !== 'issued') throw new Error(`fapiao of payment ${paymentId} is still being issued`)
    await inTransaction(ctx, async (tx) => {
      const row = await lockFapiao(tx, fapiaoId)
      if (row?.state !== 'issued' || row.redOrderNumber) return
      await updateFapiao(tx, fapiaoId, { redOrderNumber: newRedNumber(tx.now), askAt: tx.now, attempts: 0 })
      await trail(tx, fapiaoId, '退款，开始红冲', 'Refunded; reversal started', null)
    })
    await advance(ctx, fapiaoId)
  }
}

const newRedNumber = (now: Date): string => newOrderNumber(now).replace('F', 'R')

/**
 * Asks how the red fapiao stands and hands it over when the provider knows no such number. A refusal of that leaves nothing under the number, so the
 * number stays; one that failed at the provider has used its number up.
 */
async function advanceRed(ctx: Ctx, row: FapiaoRow): Promise<void> {
  const redOrderNumber = row.redOrderNumber!
  const known = await answerOf(() => ctx.deps.issuer.query(redOrderNumber))
  const sent = known?.state === 'unknown' ? await answerOf(() => ctx.deps.issuer.reverse({ redOrderNumber, number: row.number! })) : null
  await inTransaction(ctx, async (tx) => {
    const fresh = await lockFapiao(tx, row.fapiaoId)
    if (fresh?.state !== 'issued' || fresh.redOrderNumber !== redOrderNumber) return
    if (known?.state === 'issued') {
      await updateFapiao(tx, row.fapiaoId, { state: 'reversed', redNumber: known.number, askAt: null, failure: null })
      await releaseLines(tx, row.fapiaoId)
      await trail(tx, row.fapiaoId, '已红冲', 'Reversed by a red fapiao', known.number)
      return announceChange(tx, row, 'reversed')
    }
    const refused = known?.state === 'failed' ? known.reason : sent?.state === 'failed' ? sent.reason : null
    await updateFapiao(tx, row.fapiaoId, { ...(known?.state === 'failed' && { redOrderNumber: newRedNumber(tx.now) }), failure: refused?.slice(0, 200) ?? null, askAt: nextAsk(ctx, row.attempts + (refused ? 4 : 0)) })
    if (refused && refused.slice(0, 200) !== fresh.failure) await trail(tx, row.fapiaoId, '红冲失败，将重试', 'Reversal refused; it will be tried again', refused)
  })
}
