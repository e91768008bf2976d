import { and, eq, like, or } from 'drizzle-orm'
import { notice } from '@atrium/schema/notice.ts'
import type { Scope } from '../context.ts'
import { type Paging, countAll, likeAnywhere } from '../http/paging.ts'

export type NoticeRow = typeof notice.$inferSelect
export type NoticeFilter = { kind?: NoticeRow['kind'] | undefined; state?: NoticeRow['state'] | undefined; text?: string | undefined }
export const sortColumns = { publishedAt: notice.publishedAt, updatedAt: notice.updatedAt, title: notice.title }
export const idColumn = notice.noticeId

const matching = (scope: Scope, f: NoticeFilter) => and(
  eq(notice.mallId, scope.mallId), f.kind ? eq(notice.kind, f.kind) : undefined, f.state ? eq(notice.state, f.state) : undefined,
  f.text ? or(like(notice.title, likeAnywhere(f.text)), like(notice.titleEn, likeAnywhere(f.text))) : undefined,
)

export const listNotices = (scope: Scope, filter: NoticeFilter, page: Paging): Promise<NoticeRow[]> =>
  scope.db.select().from(notice).where(and(eq(notice.mallId, scope.mallId), matching(scope, filter), page.where)).orderBy(...page.orderBy).limit(page.limit)

export async function countNotices(scope: Scope, filter: NoticeFilter): Promise<number> {
  const [row] = await scope.db.select({ count: countAll }).from(notice).where(and(eq(notice.mallId, scope.mallId), matching(scope, filter)))
  return row!.count
}

export async function findNotice(scope: Scope, noticeId: string): Promise<NoticeRow | null> {
  const [row] = await scope.db.select().from(notice).where(and(eq(notice.mallId, scope.mallId), eq(notice.noticeId, noticeId)))
  return row ?? null
}

export const insertNotice = (scope: Scope, row: Omit<typeof notice.$inferInsert, 'mallId'>) => scope.db.insert(notice).values({ ...row, mallId: scope.mallId })

export const changeNotice = (scope: Scope, noticeId: string, change: Partial<NoticeRow>) =>
  scope.db.update(notice).set(change).where(and(eq(notice.mallId, scope.mallId), eq(notice.noticeId, noticeId)))
