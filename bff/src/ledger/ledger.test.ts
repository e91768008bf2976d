import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ledgerAccounts, ledgerLines, ledgerLots, ledgerPostings } from '@atrium/schema/ledger.ts'
import { pointsPayments, pointsRefunds } from '@atrium/schema/points.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import { type TestMall, testMall } from '../http/test-kit.ts'
import { runInvariants } from '../operations/invariants.ts'
import { makeMall } from '../testing/mall.ts'
import { balanceOf, expireLots, hold, post, postHold, postingOf, releaseHolds, voidHold } from './service.ts'

const dayMs = 86_400_000
/** A mall whose schedules find it. */
async function books(): Promise<TestMall> {
  const t = await testMall()
  await makeMall(t)
  return t
}
const later = (t: TestMall, days: number) => new Date(t.clock.now().getTime() + days * dayMs)
const earn = (t: TestMall, memberId: string, amount: number, days = 30, source = `payment:${newId(t.clock.now())}`) =>
  post(t.ctx(), { currency: 'points', memberId, amount, house: 'issued', kind: 'purchase', source, facts: {}, expiresAt: later(t, days) })
const spend = (t: TestMall, memberId: string, amount: number, source = `claim:${newId(t.clock.now())}`) =>
  post(t.ctx(), { currency: 'points', memberId, amount: -amount, house: 'spent', kind: 'claim', source, facts: {} })
const reverse = (t: TestMall, memberId: string, postingId: string, amount: number) =>
  post(t.ctx(), { currency: 'points', memberId, amount, house: 'issued', kind: 'refund', source: `refund:${newId(t.clock.now())}`, facts: {}, reverses: postingId, mayOwe: true })
const balance = async (t: TestMall, memberId: string) => balanceOf(t.ctx(), 'points', memberId)
const member = (t: TestMall) => newId(t.clock.now())
const posted = async (result: ReturnType<typeof post>) => {
  const answer = await result
  if (answer === 'insufficient') throw new Error('insufficient')
  return answer
}

test('earned and spent, each with its other side in the house', async () => {
  const t = await testMall()
  const id = member(t)
  await earn(t, id, 100)
  expect(await spend(t, id, 30)).toMatchObject({ balance: 70, repeated: false })
  expect(await balance(t, id)).toEqual({ balance: 70, held: 0 })
  const house = await t.deps.db.select({ holder: ledgerAccounts.holder, total: sql<number>`sum(${ledgerLines.amount})`.mapWith(Number) }).from(ledgerAccounts).innerJoin(ledgerLines, eq(ledgerLines.accountId, ledgerAccounts.accountId))
    .where(eq(ledgerAccounts.mallId, t.mallId)).groupBy(ledgerAccounts.holder)
  expect(Object.fromEntries(house.map((h) => [h.holder, h.total]))).toEqual({ [id]: 70, issued: -100, spent: 30 })
})

test('one cause is one posting, also when it is told ten times at once', async () => {
  const t = await testMall()
  const id = member(t)
  const answers = await Promise.all(Array.from({ length: 10 }, () => earn(t, id, 100, 30, 'payment:once')))
  expect(answers.filter((a) => a !== 'insufficient' && !a.repeated)).toHaveLength(1)
  expect(await balance(t, id)).toEqual({ balance: 100, held: 0 })
})

test('nothing goes out that is not there, and nothing is written then', async () => {
  const t = await testMall()
  const id = member(t)
  await earn(t, id, 100)
  const answers = await Promise.all(Array.from({ length: 9 }, () => spend(t, id, 30)))
  expect(answers.filter((a) => a === 'insufficient')).toHaveLength(6)
  expect((await balance(t, id)).balance).toBe(10)
})

test('what expires soonest goes first', async () => {
  const t = await testMall()
  const id = member(t)
  const long = await posted(earn(t, id, 50, 60))
  const short = await posted(earn(t, id, 50, 10))
  await spend(t, id, 70)
  const remaining = async (postingId: string) => (await t.deps.db.select().from(ledgerLots).where(eq(ledgerLots.postingId, postingId)))[0]!.remaining
  expect([await remaining(short.postingId), await remaining(long.postingId)]).toEqual([0, 30])
})

test('taking back what was spent leaves a debt, which the next earning pays', async () => {
  const t = await testMall()
  const id = member(t)
  const first = await posted(earn(t, id, 100))
  await spend(t, id, 80)
  await reverse(t, id, first.postingId, -100)
  expect((await balance(t, id)).balance).toBe(-80)
  expect(await spend(t, id, 1)).toBe('insufficient')
  const next = await posted(earn(t, id, 90))
  expect(next.balance).toBe(10)
  expect(await postingOf(t.ctx(), 'points', id, 'nothing')).toBeNull()
})

test('a reversal never exceeds what it reverses, nor goes the same way', async () => {
  const t = await testMall()
  const id = member(t)
  const first = await posted(earn(t, id, 100))
  await reverse(t, id, first.postingId, -60)
  await expect(reverse(t, id, first.postingId, -41)).rejects.toThrow(RangeError)
  await expect(reverse(t, id, first.postingId, 10)).rejects.toThrow(RangeError)
  expect((await balance(t, id)).balance).toBe(40)
})

test('a spending that is reversed goes back into the lots it came from', async () => {
  const t = await testMall()
  const id = member(t)
  const lot = await posted(earn(t, id, 100, 10))
  const spent = await posted(spend(t, id, 60))
  await reverse(t, id, spent.postingId, 60)
  const [row] = await t.deps.db.select().from(ledgerLots).where(eq(ledgerLots.postingId, lot.postingId))
  expect([row!.remaining, (await balance(t, id)).balance]).toEqual([100, 100])
})

test('held units are neither spent nor expired until they are settled', async () => {
  const t = await books()
  const id = member(t)
  await earn(t, id, 100, 1)
  const held = await hold(t.ctx(), { currency: 'points', memberId: id, amount: 70, source: 'gift:1', expiresAt: later(t, 5) })
  expect(await hold(t.ctx(), { currency: 'points', memberId: id, amount: 70, source: 'gift:1', expiresAt: later(t, 5) })).toEqual(held)
  expect(await hold(t.ctx(), { currency: 'points', memberId: id, amount: 31, source: 'gift:2', expiresAt: later(t, 5) })).toBe('insufficient')
  expect(await spend(t, id, 31)).toBe('insufficient')
  t.clock.advance(2 * dayMs)
  await expireLots(t.deps, 'points', async () => {})
  expect(await balance(t, id)).toEqual({ balance: 70, held: 70 })
  const holdId = held === 'insufficient' ? '' : held.holdId
  const as = { house: 'spent' as const, kind: 'claim', facts: {} }
  expect(await postHold(t.ctx(), holdId, as)).toMatchObject({ balance: 0, repeated: false })
  expect(await postHold(t.ctx(), holdId, as)).toMatchObject({ repeated: true })
  await voidHold(t.ctx(), holdId)
  expect(await balance(t, id)).toEqual({ balance: 0, held: 0 })
})

test('what has ended is not spent, whether or not its turn to expire came; a hold keeps what ends first', async () => {
  const t = await books()
  const id = member(t)
  await earn(t, id, 100, 1)
  await earn(t, id, 40, 30)
  const held = await hold(t.ctx(), { currency: 'points', memberId: id, amount: 30, source: 'gift:1', expiresAt: later(t, 5) })
  t.clock.advance(2 * dayMs)
  expect(await spend(t, id, 41)).toBe('insufficient')
  expect(await hold(t.ctx(), { currency: 'points', memberId: id, amount: 41, source: 'gift:2', expiresAt: later(t, 5) })).toBe('insufficient')
  const spent = await posted(spend(t, id, 40))
  expect(spent.balance).toBe(100)
  await expireLots(t.deps, 'points', async () => {})
  expect(await balance(t, id)).toEqual({ balance: 30, held: 30 })
  await voidHold(t.ctx(), held === 'insufficient' ? '' : held.holdId)
  expect(await spend(t, id, 1)).toBe('insufficient')
})

test('every lot that has ended expires in one turn, and one that cannot holds up none of the others', async () => {
  const t = await books()
  const ids = Array.from({ length: 5 }, () => member(t))
  for (const id of ids) await earn(t, id, 10, 1)
  t.clock.advance(2 * dayMs)
  const heard: string[] = []
  const hear = async (_: Ctx, memberId: string) => {
    if (memberId === ids[1]) throw new Error('no')
    if (ids.includes(memberId)) heard.push(memberId)
  }
  await expireLots(t.deps, 'points', hear, 2)
  expect(heard).toEqual(ids.filter((id) => id !== ids[1]))
  expect(await Promise.all(ids.map(async (id) => (await balance(t, id)).balance))).toEqual([0, 10, 0, 0, 0])
  await expireLots(t.deps, 'points', async () => {})
})

test('a cause that comes again with another account or amount is a fault', async () => {
  const t = await testMall()
  const id = member(t)
  await earn(t, id, 100, 30, 'payment:once')
  await expect(earn(t, id, 90, 30, 'payment:once')).rejects.toThrow('posted before')
  await expect(earn(t, member(t), 100, 30, 'payment:once')).rejects.toThrow('posted before')
  expect(await balance(t, id)).toEqual({ balance: 100, held: 0 })
})

test('a hold that nobody settles is let go, and then cannot be posted', async () => {
  const t = await books()
  const id = member(t)
  await earn(t, id, 100)
  const held = await hold(t.ctx(), { currency: 'points', memberId: id, amount: 70, source: 'gift:1', expiresAt: later(t, 5) })
  t.clock.advance(5 * dayMs)
  await releaseHolds(t.deps)
  expect(await balance(t, id)).toEqual({ balance: 100, held: 0 })
  expect(await postHold(t.ctx(), held === 'insufficient' ? '' : held.holdId, { house: 'spent', kind: 'claim', facts: {} })).toBeNull()
})

/** Does something to the books, looks what the invariants say, and takes it back. */
async function tampered(t: TestMall, change: (tx: Ctx) => Promise<unknown>): Promise<string[]> {
  let codes: string[] = []
  const undo = new Error('undo')
  await inTransaction(t.ctx(), async (tx) => {
    await change(tx)
    codes = (await runInvariants(tx.db)).filter((r) => r.rows.some((row) => row.mallId === t.mallId)).map((r) => r.code)
    throw undo
  }).catch((error: unknown) => { if (error !== undo) throw error })
  return codes
}

test('whoever changes the books is found', async () => {
  const t = await testMall()
  const id = member(t)
  const first = await posted(earn(t, id, 100))
  await spend(t, id, 30)
  const account = eq(ledgerAccounts.holder, id)
  expect(await tampered(t, async () => {})).toEqual([])
  expect(await tampered(t, (tx) => tx.db.update(ledgerAccounts).set({ balance: 1_000 }).where(account))).toEqual(['42-balance-is-proven', '45-lots-cover-balance'])
  expect(await tampered(t, (tx) => tx.db.update(ledgerPostings).set({ source: 'payment:another' }).where(eq(ledgerPostings.postingId, first.postingId)))).toEqual(['43-ledger-chain'])
  expect(await tampered(t, (tx) => tx.db.update(ledgerLines).set({ amount: sql`${ledgerLines.amount} * 10` }).where(eq(ledgerLines.postingId, first.postingId)))).toContain('43-ledger-chain')
  expect(await tampered(t, (tx) => tx.db.delete(ledgerLines).where(eq(ledgerLines.postingId, first.postingId)))).toEqual(expect.arrayContaining(['41-postings-balance', '43-ledger-chain']))
  expect(await tampered(t, (tx) => tx.db.update(ledgerLots).set({ remaining: 90 }).where(eq(ledgerLots.postingId, first.postingId)))).toEqual(['44-lots-add-up', '45-lots-cover-balance'])
  expect(await tampered(t, (tx) => tx.db.update(ledgerAccounts).set({ lastHash: Buffer.alloc(32, 7) }).where(account))).toEqual(['43-ledger-chain'])
  expect(await tampered(t, (tx) => tx.db.insert(pointsPayments).values({ paymentId: id, mallId: t.mallId, paidFen: 100, pointsEarned: 1 }).then(() => tx.db.insert(pointsRefunds).values({ refundId: id, paymentId: id, mallId: t.mallId, amountFen: 100 })))).toEqual(['48-refunded-earns-nothing'])
  expect(await tampered(t, (tx) => tx.db.update(ledgerAccounts).set({ held: 5 }).where(account))).toEqual(['46-holds-add-up'])
})

type Step = { do: 'earn' | 'spend' | 'takeBack' | 'hold' | 'postHold' | 'voidHold' | 'undoSpend'; amount: number; pick: number } | { do: 'wait'; days: number }
const steps = fc.array(fc.oneof(
  fc.record({ do: fc.constantFrom('earn', 'spend', 'takeBack', 'hold', 'postHold', 'voidHold', 'undoSpend'), amount: fc.integer({ min: 1, max: 200 }), pick: fc.nat(20) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 25 }) }),
), { minLength: 5, maxLength: 30 }) as fc.Arbitrary<Step[]>

/** Plays a history against the ledger and beside it against three numbers; both must say the same after each step. */
async function play(t: TestMall, history: Step[]): Promise<void> {
  const id = member(t)
  const model = { balance: 0, held: 0 }
  const earned: { postingId: string; left: number }[] = []
  const spent: { postingId: string; left: number }[] = []
  const holds: { holdId: string; amount: number }[] = []
  const expire = () => expireLots(t.deps, 'points', async (_tx, memberId, units) => { if (memberId === id) model.balance -= units })
  const apply = async (step: Step) => {
    if (step.do === 'wait') {
      t.clock.advance(step.days * dayMs)
      return
    }
    const { amount } = step
    const one = <T>(list: T[]): T | undefined => list[step.pick % Math.max(1, list.length)]
    const [e, s, h] = [one(earned), one(spent), one(holds)]
    if (step.do === 'earn') {
      earned.push({ postingId: (await posted(earn(t, id, amount, 1 + (step.pick % 30)))).postingId, left: amount })
      model.balance += amount
    } else if (step.do === 'spend') {
      const answer = await spend(t, id, amount)
      expect(answer === 'insufficient').toBe(model.balance - model.held < amount)
      if (answer !== 'insufficient') {
        spent.push({ postingId: answer.postingId, left: amount })
        model.balance -= amount
      }
    } else if (step.do === 'takeBack' && e && e.left > 0) {
      const taken = Math.min(amount, e.left)
      await reverse(t, id, e.postingId, -taken)
      e.left -= taken
      model.balance -= taken
    } else if (step.do === 'undoSpend' && s && s.left > 0) {
      const given = Math.min(amount, s.left)
      await reverse(t, id, s.postingId, given)
      s.left -= given
      model.balance += given
    } else if (step.do === 'hold') {
      const answer = await hold(t.ctx(), { currency: 'points', memberId: id, amount, source: `gift:${newId(t.clock.now())}`, expiresAt: later(t, 1_000) })
      expect(answer === 'insufficient').toBe(model.balance - model.held < amount)
      if (answer !== 'insufficient') {
        holds.push({ holdId: answer.holdId, amount })
        model.held += amount
      }
    } else if (step.do === 'postHold' && h) {
      await postHold(t.ctx(), h.holdId, { house: 'spent', kind: 'claim', facts: {} })
      holds.splice(holds.indexOf(h), 1)
      model.held -= h.amount
      model.balance -= h.amount
    } else if (step.do === 'voidHold' && h) {
      await voidHold(t.ctx(), h.holdId)
      holds.splice(holds.indexOf(h), 1)
      model.held -= h.amount
    }
  }
  for (const step of history) {
    await apply(step)
    await expire()
    expect(await balance(t, id)).toEqual(model)
  }
}

test('any history keeps balance, holds, lots and chain', async () => {
  const t = await books()
  await fc.assert(fc.asyncProperty(steps, async (history) => {
    await play(t, history)
    expect((await runInvariants(t.deps.db)).filter((r) => r.code.startsWith('4') && r.rows.some((row) => row.mallId === t.mallId))).toEqual([])
  }), { numRuns: 25, endOnFailure: false })
}, 120_000)
