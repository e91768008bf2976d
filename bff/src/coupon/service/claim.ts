import { createHash, randomBytes } from 'node:crypto'
import { claimObstacle, validityFrom } from '@atrium/shared/coupon/rules.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { type Ctx, type Deps, memberOf, systemCtx } from '../../context.ts'
import { duplicateKey } from '../../db/errors.ts'
import { newId } from '../../db/id.ts'
import { type Outcome, lane } from '../../db/lane.ts'
import { inTransaction } from '../../db/transaction.ts'
import { KeyTaken, claimKeys, usedKeys } from '../../http/idempotency.ts'
import { tiersOf } from '../../identity/service.ts'
import { announceAll } from '../../outbox/announce.ts'
import { spendForClaim } from '../../points/service.ts'
import { type Coupon, type CouponRow, countOwned, findByClaimKeys, insertCoupons } from '../store/coupons.ts'
import { type TemplateRow, addClaimed, findTemplate, lockStock } from '../store/templates.ts'
import { claimable } from './centre.ts'
import { newCouponNumber } from './numbers.ts'
import { type CouponReply, couponReplies } from './shape.ts'

/** One claim on its way: its call, its member, and what tells it from every other claim. */
type Job = { ctx: Ctx; memberId: string; claimKey: Buffer }
type Lane = ReturnType<typeof lane<Job, CouponRow>>

const maxGroup = 256
const lanes = new WeakMap<Deps, Map<string, Lane>>()

/**
 * Claims a coupon for the signed-in member. Calls for the same template queue in this process and commit as one group under the lock of its
 * stock row, with their idempotency keys: never over-issued by any number of processes. Refuses what `claimObstacle` says; the same key
 * finds the same coupon, also when the first call died after its commit.
 */
export async function claim(ctx: Ctx, templateId: string): Promise<CouponReply> {
  const { memberId } = memberOf(ctx)
  const key = ctx.idempotency
  const claimKey = key ? createHash('sha256').update(`${key.actor}|${key.key}`).digest() : randomBytes(32)
  const row = await laneOf(ctx, templateId).add({ ctx, memberId, claimKey })
  return (await couponReplies(ctx, [row]))[0]!
}

function laneOf(ctx: Ctx, templateId: string): Lane {
  let mine = lanes.get(ctx.deps)
  if (!mine) lanes.set(ctx.deps, (mine = new Map()))
  const name = `${ctx.mallId}|${templateId}`
  let found = mine.get(name)
  if (!found) {
    if (mine.size > 1_000) for (const [other, l] of mine) if (l.idle) mine.delete(other)
    const { deps, mallId } = ctx
    mine.set(name, (found = lane(maxGroup, (jobs) => commitGroup(deps, mallId, templateId, jobs))))
  }
  return found
}

/** A group in one transaction. Two things may collide by chance and are tried again: a coupon number, and a key that another process claims. */
async function commitGroup(deps: Deps, mallId: string, templateId: string, jobs: readonly Job[]): Promise<Outcome<CouponRow>[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const outcomes = await inTransaction(systemCtx(deps, mallId, jobs[0]!.ctx.requestId), (tx) => decide(tx, templateId, jobs))
      jobs.forEach((job, i) => { if ('value' in outcomes[i]! && job.ctx.idempotency) job.ctx.idempotency.claimed = true })
      return outcomes
    } catch (error) {
      if (attempt === 3 || duplicateKey(error) === null) throw error
    }
  }
}

type Winner = { index: number; job: Job; coupon: Omit<Coupon, 'createdAt'> }

async function decide(tx: Ctx, templateId: string, jobs: readonly Job[]): Promise<Outcome<CouponRow>[]> {
  const stock = await lockStock(tx, templateId)
  const found = stock && (await findTemplate(tx, templateId, 'publishedVersion'))
  if (!found) return jobs.map(() => ({ error: new Refusal('not_found', { what: 'template' }) }))
  const row: TemplateRow = { ...found, stock }
  const outcomes: (Outcome<CouponRow> | undefined)[] = await repeated(tx, jobs)
  const fresh = jobs.map((job, index) => ({ job, index })).filter(({ index }) => !outcomes[index])
  const members = fresh.map(({ job }) => job.memberId)
  const owned = new Map((await countOwned(tx, [templateId], members)).map((r) => [r.memberId, r.owned]))
  const tiers = row.version.minimumTier ? await tiersOf(tx, members) : null
  const of = claimable(row)
  const winners: Winner[] = []
  for (const { job, index } of fresh) {
    const has = owned.get(job.memberId) ?? 0
    const remaining = of.remaining === null ? null : of.remaining - winners.length
    // Points are counted where they are spent, under the lock of their account.
    const obstacle = claimObstacle({ ...of, remaining }, { owned: has, tier: tiers?.get(job.memberId) ?? 'silver', points: Infinity }, tx.now)
    const coupon = newCoupon(tx, row, job, has + 1)
    const refusal = obstacle ? new Refusal(obstacle, { templateId }) : await pay(tx, row, coupon)
    if (refusal) {
      outcomes[index] = { error: refusal }
      continue
    }
    owned.set(job.memberId, has + 1)
    winners.push({ index, job, coupon })
  }
  await save(tx, templateId, winners, outcomes, row)
  return outcomes as Outcome<CouponRow>[]
}

/** The key of a call that has not claimed it yet. */
const openKey = (job: Job) => (job.ctx.idempotency && !job.ctx.idempotency.claimed ? job.ctx.idempotency : null)

/** Claims of the group that are not new: committed before (a call that goes on after its process died), or under a key in use. */
async function repeated(tx: Ctx, jobs: readonly Job[]): Promise<(Outcome<CouponRow> | undefined)[]> {
  const before = await findByClaimKeys(tx, jobs.map((job) => job.claimKey))
  const used = await usedKeys(tx, jobs.flatMap((job) => openKey(job) ?? []))
  const seen = new Set<string>()
  return jobs.map((job) => {
    const earlier = before.find((row) => row.coupon.claimKey.equals(job.claimKey))
    if (earlier && !openKey(job)) return { value: earlier }
    const twice = seen.size === seen.add(job.claimKey.toString('base64')).size
    return earlier || twice || used.some((key) => key === job.ctx.idempotency) ? { error: new KeyTaken() } : undefined
  })
}

function newCoupon(tx: Ctx, { template, version }: TemplateRow, job: Job, memberSequence: number): Winner['coupon'] {
  return {
    couponId: newId(tx.now), mallId: tx.mallId, couponNumber: newCouponNumber(), templateId: template.templateId, version: version.version, memberId: job.memberId, memberSequence, claimKey: job.claimKey,
    state: 'available', claimedAt: tx.now, ...validityFrom(version.validity, tx.now), pointsPaid: version.pointsPrice, lockedFor: null, lockedAt: null, redeemedAt: null,
  }
}

/** Spends the points of a priced coupon; a refusal leaves nothing written, so the group goes on. */
async function pay(tx: Ctx, { version }: TemplateRow, coupon: Winner['coupon']): Promise<Refusal | null> {
  if (version.pointsPrice === 0) return null
  try {
    await spendForClaim(tx, { memberId: coupon.memberId, couponId: coupon.couponId, points: version.pointsPrice, title: version.title, titleEn: version.titleEn })
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

async function save(tx: Ctx, templateId: string, winners: readonly Winner[], outcomes: (Outcome<CouponRow> | undefined)[], row: TemplateRow): Promise<void> {
  if (winners.length === 0) return
  await claimKeys(tx, winners.flatMap(({ job }) => openKey(job) ?? []))
  await insertCoupons(tx, winners.map(({ coupon }) => coupon))
  await addClaimed(tx, templateId, winners.length)
  await announceAll(tx, 'coupon.claimed', winners.map(({ coupon }) => ({ couponId: coupon.couponId, memberId: coupon.memberId, templateId })))
  for (const { index, coupon } of winners) outcomes[index] = { value: { coupon: { ...coupon, createdAt: tx.now }, version: row.version, redemption: null } }
}
