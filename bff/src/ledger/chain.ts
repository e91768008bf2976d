import { createHash } from 'node:crypto'

/** What a link of the chain covers. The invariant 43-ledger-chain computes the same in SQL. */
export type Link = { previous: Buffer; postingId: string; mallId: string; currency: string; kind: string; source: string; at: Date; accountId: string; sequence: number; amount: number; balanceAfter: number }

/** Where the chain of an account begins. */
export const chainStart = Buffer.alloc(32)

/** Hash of one line over the line before it: a changed, missing or inserted line breaks every later one. */
export function linkHash(link: Link): Buffer {
  // Microseconds, as DATE_FORMAT prints them.
  const at = `${link.at.toISOString().slice(0, 23)}000`
  return createHash('sha256').update([link.previous.toString('hex'), link.postingId, link.mallId, link.currency, link.kind, link.source, at, link.accountId, link.sequence, link.amount, link.balanceAfter].join('|')).digest()
}
