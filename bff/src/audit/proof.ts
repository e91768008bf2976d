import type { Reply } from '@atrium/shared/contracts.ts'
import { type Ctx, systemCtx } from '../context.ts'
import { everyMall } from '../mall/service.ts'
import { entryHash, headSeal, lanes, walkSeal } from './chain.ts'
import { type Head, findEntry, listHeads, listLane, saveWalk } from './store.ts'

/** Entries that one look walks at most in each lane; the next one goes on where it stopped. */
const reach = 600

/** How a lane stands: up to where it was walked and held, or where it breaks. `done`: its end was reached. */
type Walk = { head: Head; to: number; hash: Buffer; done: boolean; broken: boolean; brokenAt: string | null }

/** Walks a lane from where the last look stopped, at most `limit` entries: a changed, missing or added entry breaks it there, a missing tail at its last entry. */
async function walkLane(ctx: Ctx, head: Head, limit: number): Promise<Walk> {
  const { config } = ctx.deps
  const broken = (brokenAt: string | null): Walk => ({ head, to: 0, hash: Buffer.alloc(32), done: false, broken: true, brokenAt })
  const tail = head.sequence > 0 ? await findEntry(ctx, head.lane, head.sequence) : null
  let [to, hash] = [0, Buffer.alloc(32) as Buffer]
  if (head.walkedTo > 0 && head.walkedTo < head.sequence) {
    const entry = await findEntry(ctx, head.lane, head.walkedTo)
    if (entry && head.walkSeal.equals(walkSeal(config, head, head.walkedTo, entry.hash))) [to, hash] = [head.walkedTo, entry.hash]
  }
  let last: string | null = null
  const rows = to < head.sequence ? await listLane(ctx, head.lane, to, head.sequence, limit) : []
  if (rows.length === 0 && to < head.sequence) return broken(last)
  for (const { hash: said, ...content } of rows) {
    const real = entryHash(config, hash, content)
    last = content.entryId
    if (content.sequence !== to + 1 || !real.equals(said)) return broken(last)
    ;[to, hash] = [content.sequence, real]
  }
  const end = tail?.hash ?? Buffer.alloc(32)
  if (!end.equals(head.hash) || !head.seal.equals(headSeal(config, head))) return broken(tail?.entryId ?? last)
  return { head, to, hash, done: to === head.sequence, broken: false, brokenAt: null }
}

/** Looks at every lane of a mall: its end, and as many entries as one look may walk. */
async function walkMall(ctx: Ctx, limit = reach): Promise<Walk[]> {
  const walks: Walk[] = []
  for (const head of await listHeads(ctx)) walks.push(await walkLane(ctx, head, limit))
  return walks
}

/** Whether the log holds: what a look finds now, and what the walks of the last hours found. */
export async function proveAudit(ctx: Ctx): Promise<Reply<'GET /admin/audit/proof'>> {
  const walks = await walkMall(ctx)
  const whole = walks.length === 0 || walks.length === lanes
  return {
    entries: walks.reduce((sum, { head }) => sum + head.sequence, 0), unbroken: whole && walks.every((walk) => !walk.broken && (walk.done || !walk.head.broken)),
    brokenAt: walks.find((walk) => walk.broken)?.brokenAt ?? null, checkedAt: ctx.now.toISOString(),
  }
}

/** Goes on with the proof in every mall. A lane that was walked to its end begins anew; one that breaks is an error in the log and a broken promise. */
export async function proveEveryMall({ deps }: Ctx, limit = reach): Promise<void> {
  for (const mallId of await everyMall(deps)) {
    const ctx = systemCtx(deps, mallId, 'audit-proof')
    for (const { head, to, hash, done, broken, brokenAt } of await walkMall(ctx, limit)) {
      if (broken) ctx.log.error({ mallId, lane: head.lane, brokenAt }, 'the audit log is broken')
      const goesOn = !broken && !done && to > 0
      await saveWalk(ctx, head.lane, { walkedTo: goesOn ? to : 0, walkSeal: goesOn ? walkSeal(deps.config, head, to, hash) : Buffer.alloc(0), broken: broken || (!done && head.broken) })
    }
  }
}
