import { type Ctx, systemCtx } from '../context.ts'
import type { FeatureJobs } from '../outbox/drain.ts'
import { fewAtOnce } from '../outbox/few-at-once.ts'
import { advance, reverseFor } from './issue.ts'
import { dueFapiao, findByOrder, holdersOf, updateFapiao } from './store.ts'

const batch = 50

/**
 * Nuonuo's callback carries no signature, so it is only a hint: the named order is asked about at the next turn. Text that names no order of ours
 * does nothing.
 */
export async function hint(ctx: Ctx, text: string): Promise<void> {
  const orderNumber = /F\d{19}/.exec(text.slice(0, 20_000))?.[0]
  const row = orderNumber ? await findByOrder(ctx, orderNumber) : null
  // Only one that the provider has accepted: before that, somebody may be in the middle of handing it over.
  if (row?.state === 'issuing' && row.askAt && row.askAt > ctx.now) await updateFapiao({ db: ctx.db, mallId: row.mallId }, row.fapiaoId, { askAt: ctx.now })
}

/** Asks about every open fapiao whose turn has come; one that fails does not hold up the others. */
export async function sweep(ctx: Ctx): Promise<void> {
  await fewAtOnce(await dueFapiao(ctx, ctx.now, batch), ({ fapiaoId, mallId }) =>
    advance(systemCtx(ctx.deps, mallId, ctx.requestId), fapiaoId).catch((error: unknown) => ctx.log.error({ err: error, fapiaoId }, 'fapiao could not be advanced')))
}

export const fapiaoJobs: FeatureJobs = {
  name: 'fapiao',
  consumers: {
    'fapiao.requested': { steps: (ctx, event) => advance(ctx, String(event.data.fapiaoId)) },
    'payment.refunded': {
      steps: async (ctx, event) => {
        const paymentId = String(event.data.paymentId)
        await reverseFor(ctx, paymentId, await holdersOf(ctx, [paymentId]))
      },
    },
  },
  schedules: [{ name: 'fapiao.sweep', everyMs: 2_000, run: sweep }],
}
