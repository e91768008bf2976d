import { ledgerAccounts, ledgerLines, ledgerLotUses, ledgerLots, ledgerPostings } from '@atrium/schema/ledger.ts'
import { takeFromLots } from '@atrium/shared/ledger/rules.ts'
import { chainStart, linkHash } from '../../../bff/src/ledger/chain.ts'
import { insertRows } from '../insert.ts'
import type { World } from '../world.ts'

type Currency = 'points' | 'growth'
type House = 'issued' | 'spent'
type Facts = Record<string, string | number | null>
interface Account { accountId: string; currency: Currency; holder: string; balance: number; sequence: number; lastHash: Buffer; lots: (typeof ledgerLots.$inferInsert)[]; createdAt: Date }
export interface Move { currency: Currency; memberId: string; amount: number; house: House; kind: string; source: string; facts: Facts; at: Date; expiresAt?: Date; reverses?: string }

/** The ledger of a year, told in the order of time: double entry, lots, balances and the chain, as the service would have written them. */
export const openBook = (world: World) => {
  const { mallId } = world
  const accounts = new Map<string, Account>()
  const houses = new Map<string, typeof ledgerAccounts.$inferInsert>()
  const postings: (typeof ledgerPostings.$inferInsert)[] = []
  const lines: (typeof ledgerLines.$inferInsert)[] = []
  const uses: (typeof ledgerLotUses.$inferInsert)[] = []

  const accountOf = (currency: Currency, holder: string, at: Date): Account => {
    const key = `${currency}|${holder}`
    let account = accounts.get(key)
    if (!account) accounts.set(key, (account = { accountId: world.id(at), currency, holder, balance: 0, sequence: 0, lastHash: chainStart, lots: [], createdAt: at }))
    return account
  }
  const houseOf = (currency: Currency, holder: House, at: Date): string => {
    const key = `${currency}|${holder}`
    let account = houses.get(key)
    if (!account) houses.set(key, (account = { accountId: world.id(at), mallId, currency, holder, house: true, balance: 0, held: 0, sequence: 0, lastHash: chainStart, createdAt: at }))
    return account.accountId
  }
  const balance = (currency: Currency, memberId: string): number => accounts.get(`${currency}|${memberId}`)?.balance ?? 0

  /** Posts a move and answers its id; null, with nothing written, when the balance is too small. */
  const post = (move: Move): string | null => {
    const account = accountOf(move.currency, move.memberId, move.at)
    if (account.balance + move.amount < 0) return null
    const postingId = world.id(move.at)
    account.balance += move.amount
    account.sequence += 1
    const hash = linkHash({ previous: account.lastHash, postingId, mallId, ...move, accountId: account.accountId, sequence: account.sequence, balanceAfter: account.balance })
    account.lastHash = hash
    postings.push({ postingId, mallId, currency: move.currency, kind: move.kind, source: move.source, reverses: move.reverses ?? null, facts: move.facts, at: move.at, createdAt: move.at })
    lines.push({ postingId, lineNumber: 1, mallId, accountId: account.accountId, amount: move.amount, sequence: account.sequence, balanceAfter: account.balance, hash })
    lines.push({ postingId, lineNumber: 2, mallId, accountId: houseOf(move.currency, move.house, move.at), amount: -move.amount, sequence: null, balanceAfter: null, hash: null })
    if (move.amount > 0) {
      account.lots.push({ lotId: world.id(move.at), mallId, accountId: account.accountId, postingId, earned: move.amount, remaining: move.amount, expiresAt: move.expiresAt!, createdAt: move.at })
    } else {
      const own = account.lots.find(lot => lot.postingId === move.reverses)?.lotId ?? null
      for (const { lotId, amount } of takeFromLots(account.lots, -move.amount, own).takings) {
        account.lots.find(lot => lot.lotId === lotId)!.remaining -= amount
        uses.push({ postingId, lotId, mallId, amount })
      }
    }
    return postingId
  }

  const write = async (): Promise<void> => {
    const kept = [...accounts.values()]
    await insertRows(world.connection, ledgerAccounts, [...houses.values(), ...kept.map(({ lots: _, ...a }) => ({ accountId: a.accountId, mallId, currency: a.currency, holder: a.holder, house: false, balance: a.balance, held: 0, sequence: a.sequence, lastHash: a.lastHash, createdAt: a.createdAt }))])
    await insertRows(world.connection, ledgerPostings, postings)
    await insertRows(world.connection, ledgerLines, lines)
    await insertRows(world.connection, ledgerLots, kept.flatMap(a => a.lots))
    await insertRows(world.connection, ledgerLotUses, uses)
  }
  return { post, balance, write, postings: () => postings.length }
}
export type Book = ReturnType<typeof openBook>
