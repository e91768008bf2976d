import type { Ctx } from '../context.ts'
import type { FeatureJobs } from '../outbox/drain.ts'
import { fewAtOnce } from '../outbox/few-at-once.ts'
import { ask } from './ask.ts'
import { workInbox } from './callback.ts'
import { ProviderUnclear } from './gateway.ts'
import { pushRefund } from './refund.ts'
import { addPointsEarned, dueRefunds, dueToAsk, updatePayment } from './store.ts'

const batch = 50

/** Runs `work` over the rows; one that fails is logged, the others go on, and its next turn is stored already. */
const each = <R extends { mallId: string }>(ctx: Ctx, rows: R[], work: (ctx: Ctx, row: R) => Promise<void>): Promise<void> => fewAtOnce(rows, async (row) => {
  try {
    await work({ ...ctx, mallId: row.mallId }, row)
  } catch (error) {
    ctx.log[error instanceof ProviderUnclear ? 'warn' : 'error']({ err: error, row }, 'payment sweep')
  }
})

/** Asks about every open payment and pushes every refund whose time has come: all converges even when every callback is lost. */
export async function sweep(ctx: Ctx): Promise<void> {
  await workInbox(ctx)
  await each(ctx, await dueToAsk(ctx.db, ctx.now, batch), (scoped, row) => ask(scoped, row.paymentId))
  await each(ctx, await dueRefunds(ctx.db, ctx.now, batch), (scoped, row) => pushRefund(scoped, row.refundId))
}

/** Each event counts once, in whichever order they come. */
async function countPoints(ctx: Ctx, { paymentId, points }: Record<string, unknown>, sign: 1 | -1): Promise<void> {
  if (typeof paymentId === 'string' && typeof points === 'number') await addPointsEarned(ctx, paymentId, sign * points)
}

export const paymentJobs: FeatureJobs = {
  name: 'payment',
  consumers: {
    // What the payer earned and whether it was invoiced is known elsewhere and shown with the payment.
    'points.earned': (ctx, { data }) => countPoints(ctx, data, 1),
    'points.taken_back': (ctx, { data }) => countPoints(ctx, data, -1),
    'fapiao.changed': async (ctx, { data }) => {
      const paymentIds = Array.isArray(data.paymentIds) ? data.paymentIds.map(String) : []
      for (const paymentId of paymentIds) await updatePayment(ctx, paymentId, { fapiaoId: data.state === 'reversed' ? null : String(data.fapiaoId), fapiaoState: String(data.state) })
    },
  },
  schedules: [{ name: 'payment.sweep', everyMs: 2_000, run: sweep }],
}
