import { createHmac, hkdfSync } from 'node:crypto'
import type { Config } from '../config.ts'
import type { AuditRow, Head } from './store.ts'

/** A busy hour has many tills: with fewer lanes they wait for each other’s commits (docs/benchmarks.md). */
export const lanes = 32
const keys = new WeakMap<Config, Buffer>()

/** Key of the chain: who can write to the database alone cannot make a chain that holds. */
function chainKey(config: Config): Buffer {
  const known = keys.get(config) ?? Buffer.from(hkdfSync('sha256', Buffer.from(config.keys.session, 'base64'), Buffer.alloc(0), 'audit chain', 32))
  keys.set(config, known)
  return known
}

/** Hash of an entry over the one before it. */
export const entryHash = (config: Config, previous: Buffer, row: Omit<AuditRow, 'hash'>): Buffer =>
  createHmac('sha256', chainKey(config)).update(previous).update(JSON.stringify([
    row.entryId, row.mallId, row.lane, row.sequence, row.at.toISOString(), row.staffId, row.staffName, row.role, row.act, row.subject, row.outcome, row.refusal, row.requestId, row.address, row.detail,
  ])).digest()

const sealOf = (config: Config, what: string, place: unknown[], hash: Buffer): Buffer => createHmac('sha256', chainKey(config)).update(JSON.stringify([what, ...place])).update(hash).digest()

/** Says that a lane ends here: a head that was wound back to an earlier entry has no such seal. */
export const headSeal = (config: Config, { mallId, lane, sequence, hash }: Pick<Head, 'mallId' | 'lane' | 'sequence' | 'hash'>): Buffer => sealOf(config, 'head', [mallId, lane, sequence], hash)

/** Says that the lane was walked up to here and held. */
export const walkSeal = (config: Config, { mallId, lane }: Pick<Head, 'mallId' | 'lane'>, walkedTo: number, hash: Buffer): Buffer => sealOf(config, 'walked', [mallId, lane, walkedTo], hash)
