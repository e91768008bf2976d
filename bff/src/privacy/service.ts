import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import { notice, noticeHash } from './notice.ts'
import { insertConsent, listConsents } from './store.ts'

export type Purpose = Input<'POST /api/privacy/consents'>['body']['purpose']
const purposes = ['membership', 'personalisation', 'marketing'] as const satisfies readonly Purpose[]

/** The notice in force, ready to be shown. */
export const noticeInForce = (): Reply<'GET /api/privacy/notice'> => ({ ...notice, summary: [...notice.summary] })

/** Refuses `consent_required` unless `version` is the notice in force: an older text was not agreed to. */
export function refuseUnagreed(version: string | undefined): void {
  if (version !== notice.version) throw new Refusal('consent_required', { version: notice.version })
}

/** Records that a member agreed to a purpose or withdrew, with the version and the fingerprint of the text. */
export const recordConsent = (ctx: Ctx, of: { memberId: string; purpose: Purpose; granted: boolean; channel: string }): Promise<void> => inTransaction(ctx, async (tx) => {
  await insertConsent(tx, { ...of, consentId: newId(tx.now), version: notice.version, noticeHash, requestId: tx.requestId, at: tx.now })
})

/** Agreement needs the notice in force; withdrawal is always heard. */
export async function changeConsent(ctx: Ctx, memberId: string, channel: string, body: Input<'POST /api/privacy/consents'>['body']): Promise<void> {
  if (body.granted) refuseUnagreed(body.version)
  await recordConsent(ctx, { memberId, purpose: body.purpose, granted: body.granted, channel })
}

/** What holds for each purpose: the newest word on it, or nothing said. */
export async function consentsOf(ctx: Ctx, memberId: string): Promise<Reply<'GET /api/privacy/consents'>> {
  const rows = await listConsents(ctx, memberId)
  return {
    items: purposes.map((purpose) => {
      const last = rows.find((row) => row.purpose === purpose)
      return { purpose, granted: last?.granted ?? false, version: last?.version ?? null, at: last?.at.toISOString() ?? null }
    }),
  }
}
