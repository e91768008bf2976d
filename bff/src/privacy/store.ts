import { and, desc, eq } from 'drizzle-orm'
import { consents } from '@atrium/schema/privacy.ts'
import type { Scope } from '../context.ts'

export type Consent = typeof consents.$inferSelect

export const insertConsent = (scope: Scope, consent: Omit<typeof consents.$inferInsert, 'mallId'>) => scope.db.insert(consents).values({ ...consent, mallId: scope.mallId })

/** Everything a member ever agreed to or withdrew in this mall, newest first. */
export const listConsents = (scope: Scope, memberId: string): Promise<Consent[]> =>
  scope.db.select().from(consents).where(and(eq(consents.mallId, scope.mallId), eq(consents.memberId, memberId))).orderBy(desc(consents.consentId))
