import { takeFromLots } from '@atrium/shared/ledger/rules.ts'
import { businessDay } from '@atrium/shared/time.ts'
import { type Ctx, type Deps, systemCtx } from '../context.ts'
import { newId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import { type ListQuery, pageOf, paging } from '../http/paging.ts'
import { everyMall } from '../mall/service.ts'
import { linkHash } from './chain.ts'
import {
  type Account, type DueLot, amountOf, balancesOf as readBalances, countEntries, dueHolds, dueLots, entryColumns, entryId, expiringOf, findAccount, findHold, findHolder, findLot, findPostingBySource, insertHold, insertLot, latestEntries, listEntries,
  lockAccount, makeAccount, moveAccount, netUsesOf, openLots, recordUses, reversedOf, savePosting, settleHold, sumEarned, useLots,
} from './store.ts'

export type Currency = 'points' | 'growth'
/** The other side of a member's line. */
export type House = 'issued' | 'spent' | 'expired' | 'adjusted'
export type Facts = Record<string, string | number | null>

export type Move = {
  currency: Currency
  memberId: string
  /** Positive: units come in, as a lot of their own; negative: units go out, from the lots that expire soonest. */
  amount: number
  house: House
  kind: string
  /** What caused it (`payment:01…`): a second posting of the same cause is the first one. */
  source: string
  facts: Facts
  /** When units that come in expire. */
  expiresAt?: Date
  /** The posting that this one reverses, in full or in part. */
  reverses?: string
  /** Units may go out below zero; later ones that come in pay the debt first. */
  mayOwe?: boolean
}
export type Posted = { postingId: string; amount: number; balance: number; repeated: boolean }

/**
 * Posts one move between a member's account and the house, double entry, once for each `source`. Answers `insufficient` when what is neither held nor
 * expired is too small and owing is not allowed; then nothing was written. A source that comes again with another account or amount is a fault.
 */
export const post = (ctx: Ctx, move: Move): Promise<Posted | 'insufficient'> => inTransaction(ctx, async (tx) => {
  if (!Number.isSafeInteger(move.amount) || move.amount === 0) throw new RangeError(`not an amount to post: ${move.amount}`)
  const account = await lockedAccount(tx, move.currency, move.memberId)
  const before = await findPostingBySource(tx, move.currency, move.source)
  if (before) return repeatedOf(tx, account, move, before)
  if (move.amount < 0 && !move.mayOwe && (await freeOf(tx, account)) < -move.amount) return 'insufficient'
  return write(tx, account, move, null)
})

async function repeatedOf(tx: Ctx, account: Account, move: Move, { postingId }: { postingId: string }): Promise<Posted> {
  const amount = await amountOf(tx, postingId, account.accountId)
  if (amount !== move.amount) throw new Error(`${move.source} was posted before, to another account or as another amount`)
  return { postingId, amount, balance: account.balance, repeated: true }
}

/** Units past their end that only wait for their turn to expire. What is held is taken to be of those that end first, so a hold keeps them. */
async function overdueOf(tx: Ctx, account: Account): Promise<number> {
  const past = (await openLots(tx, account.accountId)).filter((lot) => lot.expiresAt <= tx.now)
  return Math.max(0, past.reduce((sum, lot) => sum + lot.remaining, 0) - account.held)
}

/** What may be spent: neither held nor past its end. */
const freeOf = async (tx: Ctx, account: Account): Promise<number> => account.balance - account.held - (await overdueOf(tx, account))

/** Writes posting, lines, lots and balance of a move on a locked account. `lotId` takes from this lot alone. */
async function write(tx: Ctx, account: Account, move: Move, lotId: string | null, released = 0): Promise<Posted> {
  const postingId = newId(tx.now)
  const balance = account.balance + move.amount
  const sequence = account.sequence + 1
  const hash = linkHash({ previous: account.lastHash, postingId, mallId: tx.mallId, ...move, at: tx.now, accountId: account.accountId, sequence, balanceAfter: balance })
  if (move.reverses) await refuseBeyond(tx, account, move)
  const house = await houseAccount(tx, move.currency, move.house)
  await savePosting(tx, { postingId, currency: move.currency, kind: move.kind, source: move.source, reverses: move.reverses ?? null, facts: move.facts, at: tx.now }, [
    { accountId: account.accountId, amount: move.amount, sequence, balanceAfter: balance, hash },
    { accountId: house.accountId, amount: -move.amount },
  ])
  await moveLots(tx, account, move, postingId, lotId)
  await moveAccount(tx, account.accountId, { balance, held: account.held - released, sequence, lastHash: hash })
  return { postingId, amount: move.amount, balance, repeated: false }
}

/** A reversal goes the other way and, with those before it, never beyond what it reverses. */
async function refuseBeyond(tx: Ctx, account: Account, move: Move): Promise<void> {
  const original = await amountOf(tx, move.reverses!, account.accountId)
  const reversed = await reversedOf(tx, move.reverses!, account.accountId)
  if (Math.sign(original) !== -Math.sign(move.amount) || Math.abs(reversed + move.amount) > Math.abs(original)) throw new RangeError(`reversal of ${move.amount} exceeds what is left of ${move.reverses}`)
}

/** Keeps Σ remaining = max(balance, 0): what moves below zero is a debt and belongs to no lot. */
async function moveLots(tx: Ctx, account: Account, move: Move, postingId: string, lotId: string | null): Promise<void> {
  const above = (n: number) => Math.max(0, n)
  const change = above(account.balance + move.amount) - above(account.balance)
  if (move.amount < 0) {
    const lots = await openLots(tx, account.accountId)
    const own = move.reverses ? (lots.find((lot) => lot.postingId === move.reverses)?.lotId ?? null) : lotId
    const spending = !move.mayOwe && !move.reverses
    const from = lots.filter((lot) => (lotId ? lot.lotId === lotId : !spending || lot.expiresAt > tx.now))
    const { takings, short } = takeFromLots(from, -change, own)
    if (short > 0) throw new Error(`lots of ${account.accountId} do not cover its balance`)
    return useLots(tx, postingId, takings)
  }
  if (move.reverses) {
    const used = await netUsesOf(tx, move.reverses)
    const { takings } = takeFromLots(used.map((u) => ({ lotId: u.lotId, remaining: u.amount, expiresAt: tx.now })), change)
    return useLots(tx, postingId, takings.map((t) => ({ lotId: t.lotId, amount: -t.amount })))
  }
  if (!move.expiresAt) throw new Error('units that come in need an end')
  const lot = newId(tx.now)
  await insertLot(tx, { lotId: lot, accountId: account.accountId, postingId, earned: move.amount, remaining: change, expiresAt: move.expiresAt })
  if (change < move.amount) await recordUses(tx, postingId, [{ lotId: lot, amount: move.amount - change }])
}

async function lockedAccount(tx: Ctx, currency: Currency, holder: string): Promise<Account> {
  const account = await lockAccount(tx, { currency, holder })
  if (account) return account
  await makeAccount(tx, { currency, holder, accountId: newId(tx.now), house: false })
  return (await lockAccount(tx, { currency, holder }))!
}

async function houseAccount(tx: Ctx, currency: Currency, holder: House): Promise<Account> {
  const account = await findAccount(tx, { currency, holder })
  if (account) return account
  await makeAccount(tx, { currency, holder, accountId: newId(tx.now), house: true })
  // Locking reads see what others committed meanwhile.
  return (await lockAccount(tx, { currency, holder }))!
}

/** Sets units aside until they are posted or let go; once for each `source`. Answers the hold, or `insufficient`. */
export const hold = (ctx: Ctx, of: { currency: Currency; memberId: string; amount: number; source: string; expiresAt: Date }): Promise<{ holdId: string } | 'insufficient'> => inTransaction(ctx, async (tx) => {
  const account = await lockedAccount(tx, of.currency, of.memberId)
  const before = await findHold(tx, { currency: of.currency, source: of.source })
  if (before) return { holdId: before.holdId }
  if ((await freeOf(tx, account)) < of.amount) return 'insufficient'
  const holdId = newId(tx.now)
  await insertHold(tx, { holdId, accountId: account.accountId, currency: of.currency, source: of.source, amount: of.amount, state: 'pending', expiresAt: of.expiresAt })
  await moveAccount(tx, account.accountId, { ...account, held: account.held + of.amount })
  return { holdId }
})

/** Posts what was held. Answers null when the hold was let go before; told twice it answers the first posting. */
export const postHold = (ctx: Ctx, holdId: string, as: Pick<Move, 'house' | 'kind' | 'facts'>): Promise<Posted | null> => inTransaction(ctx, async (tx) => {
  const { held, account } = await lockedHold(tx, holdId)
  if (held.state === 'voided') return null
  if (held.state === 'posted') return { postingId: held.postingId!, amount: -held.amount, balance: account.balance, repeated: true }
  const posted = await write(tx, account, { ...as, currency: held.currency as Currency, memberId: account.holder, amount: -held.amount, source: `hold:${holdId}`, mayOwe: true }, null, held.amount)
  await settleHold(tx, holdId, 'posted', posted.postingId)
  return posted
})

/** Lets go what was held; does nothing when it was settled before. */
export const voidHold = (ctx: Ctx, holdId: string): Promise<void> => inTransaction(ctx, async (tx) => {
  const { held, account } = await lockedHold(tx, holdId)
  if (held.state !== 'pending') return
  await moveAccount(tx, account.accountId, { ...account, held: account.held - held.amount })
  await settleHold(tx, holdId, 'voided', null)
})

/** The account is locked before the hold is read, so a hold is settled once. */
async function lockedHold(tx: Ctx, holdId: string) {
  const first = await findHold(tx, { holdId })
  if (!first) throw new Error(`no hold ${holdId}`)
  const account = (await lockAccount(tx, { currency: first.currency, holder: await findHolder(tx, first.accountId) }))!
  return { account, held: (await findHold(tx, { holdId }))! }
}

/** Balance, and how much of it is held; zero for who never had any. */
export async function balanceOf(ctx: Ctx, currency: Currency, memberId: string): Promise<{ balance: number; held: number }> {
  const account = await findAccount(ctx, { currency, holder: memberId })
  return { balance: account?.balance ?? 0, held: account?.held ?? 0 }
}

/** Balances of many members; who never had any is missing. */
export async function balancesOf(ctx: Ctx, currency: Currency, memberIds: readonly string[]): Promise<Map<string, number>> {
  if (memberIds.length === 0) return new Map()
  return new Map((await readBalances(ctx, currency, memberIds)).map((row) => [row.holder, row.balance - row.held]))
}

/** The posting of a cause and what its reversals took so far; null when there is none. */
export async function postingOf(ctx: Ctx, currency: Currency, memberId: string, source: string): Promise<{ postingId: string; amount: number; reversed: number; lotRemaining: number } | null> {
  const posting = await findPostingBySource(ctx, currency, source)
  const account = posting && (await findAccount(ctx, { currency, holder: memberId }))
  if (!posting || !account) return null
  const lot = (await openLots(ctx, account.accountId)).find((l) => l.postingId === posting.postingId)
  return { postingId: posting.postingId, amount: await amountOf(ctx, posting.postingId, account.accountId), reversed: await reversedOf(ctx, posting.postingId, account.accountId), lotRemaining: lot?.remaining ?? 0 }
}

/** Lines of a member's account, newest first unless asked otherwise, each with the balance after it. */
export async function statementOf(ctx: Ctx, currency: Currency, memberId: string, query: ListQuery & { kind?: string | undefined }) {
  const account = await findAccount(ctx, { currency, holder: memberId })
  if (!account) return { rows: [], nextCursor: null, total: 0 }
  const filter = { accountId: account.accountId, kind: query.kind }
  const page = paging(query, entryColumns, entryId, '-at')
  const [rows, total] = await Promise.all([listEntries(ctx, filter, page), countEntries(ctx, filter)])
  return { ...pageOf(rows, query, (row) => [row.sequence, row.postingId]), total }
}

/** What a summary shows: balance, held, what came in between two instants, what expires next. */
export async function summaryOf(ctx: Ctx, currency: Currency, memberId: string, year: { from: Date; until: Date }) {
  const account = await findAccount(ctx, { currency, holder: memberId })
  if (!account) return { balance: 0, held: 0, earned: 0, expiring: [] }
  const [earned, expiring] = await Promise.all([sumEarned(ctx, account.accountId, year.from, year.until), expiringOf(ctx, account.accountId, ctx.now, 3)])
  return { balance: account.balance, held: account.held, earned, expiring }
}

/** The newest lines of a member's account. */
export async function latestOf(ctx: Ctx, currency: Currency, memberId: string, limit: number) {
  const account = await findAccount(ctx, { currency, holder: memberId })
  return account ? latestEntries(ctx, account.accountId, limit) : []
}

/**
 * Expires lots past their end, in every mall and each in a transaction of its own; what a hold keeps waits for it. `expired` hears of each in that
 * transaction. One that fails is logged and holds up none of the others. Answers how many were expired.
 */
export async function expireLots(deps: Deps, currency: Currency, expired: (tx: Ctx, memberId: string, units: number) => Promise<void>, batch = 500): Promise<number> {
  let done = 0
  const expire = (mallId: string, due: DueLot) => inTransaction(systemCtx(deps, mallId, `expire-${due.lotId}`), async (tx) => {
    const account = (await lockAccount(tx, { currency, holder: due.holder }))!
    const lot = (await findLot(tx, due.lotId))!
    const units = Math.min(lot.remaining, await overdueOf(tx, account))
    if (units <= 0) return
    const facts = { earnedOn: businessDay(lot.earnedAt), lotId: due.lotId }
    // A lot may expire in parts (a hold kept some), so the place in the chain makes the cause unique.
    await write(tx, account, { currency, memberId: due.holder, amount: -units, house: 'expired', kind: 'expire', source: `expire:${due.lotId}:${account.sequence + 1}`, facts }, due.lotId)
    await expired(tx, due.holder, units)
    done += 1
  })
  for (const mallId of await everyMall(deps)) {
    let last: DueLot | undefined
    do {
      const page = await dueLots({ db: deps.db, mallId }, currency, deps.now(), last, batch)
      for (const due of page) await expire(mallId, due).catch((err: unknown) => deps.log.error({ err, lotId: due.lotId }, 'lot could not be expired'))
      last = page.length === batch ? page.at(-1) : undefined
    } while (last)
  }
  return done
}

/** Lets go of holds past their end, in every mall; one that fails holds up none of the others. */
export async function releaseHolds(deps: Deps, batch = 500): Promise<void> {
  for (const mallId of await everyMall(deps)) {
    for (const { holdId } of await dueHolds({ db: deps.db, mallId }, deps.now(), batch)) {
      await voidHold(systemCtx(deps, mallId, `hold-${holdId}`), holdId).catch((err: unknown) => deps.log.error({ err, holdId }, 'hold could not be let go'))
    }
  }
}
