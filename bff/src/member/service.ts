import { soonMs } from '@atrium/shared/coupon/rules.ts'
import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { codeStepMs } from '@atrium/shared/dynamic-code.ts'
import { maskName } from '@atrium/shared/mask.ts'
import { type Tier, benefitsOf, nextTier } from '@atrium/shared/member/rules.ts'
import { maskPlate } from '@atrium/shared/plate.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { addDays, businessDay, dayMs, hourMs } from '@atrium/shared/time.ts'
import { countActs } from '../audit/service.ts'
import { type Ctx, memberOf, note, staffOf } from '../context.ts'
import { couponCounts, latestRedemptions } from '../coupon/service.ts'
import { codeSecret } from '../db/sealed.ts'
import { inTransaction } from '../db/transaction.ts'
import { type ListQuery, pageOf, paging } from '../http/paging.ts'
import { editProfile, fullPhoneOf, maskSealedPhone, phoneIndexOf } from '../identity/service.ts'
import { balanceOf } from '../ledger/service.ts'
import { announce } from '../outbox/announce.ts'
import { boundPlates, runningForMember } from '../parking/service.ts'
import { latestEntries } from '../points/service.ts'
import { type HomeRow, type ListedMember, countDeeds, countMembers, findHome, findListed, latestDeeds, listMembers, memberColumns, memberIdColumn, visitsByMonth } from './store.ts'

type Me = Reply<'GET /api/member/me'>
type MemberRow = Reply<'GET /admin/members'>['items'][number]
type Recent = Reply<'GET /admin/members/{memberId}'>['recent'][number]

/** Nobody keeps who read which notice, so a notice is new for a week. */
const freshMs = 7 * dayMs
const hideAfterMs = 60_000

async function homeRow(ctx: Ctx): Promise<HomeRow> {
  const now = ctx.now.getTime()
  const row = await findHome(ctx, { memberId: memberOf(ctx).memberId, now: ctx.now, soon: new Date(now + soonMs), fresh: new Date(now - freshMs) })
  if (!row) throw new Refusal('not_found', { what: 'member' })
  return row
}

function meOf(ctx: Ctx, row: HomeRow): Me {
  const tier = row.tier ?? 'silver'
  return {
    memberId: row.memberId, memberNumber: row.memberNumber, nickname: row.nickname, phoneMasked: maskSealedPhone(ctx, row.phone), tier, growth: Math.max(0, row.growth), nextTier: nextTier(tier, row.growth), language: row.language,
    elderView: row.elderView, joinedAt: (row.joinedAt ?? row.memberJoinedAt).toISOString(), parkingHours: benefitsOf(tier).parkingHours,
  }
}

/** The home page in one call: profile and counts by one query, the running parking beside it. */
export async function home(ctx: Ctx): Promise<Reply<'GET /api/member/home'>> {
  const [row, parking] = await Promise.all([homeRow(ctx), runningForMember(ctx, memberOf(ctx).memberId)])
  return {
    me: meOf(ctx, row), points: row.points, coupons: { available: row.available, expiringSoon: row.expiringSoon }, parking: parking && { ...parking, entryAt: parking.entryAt.toISOString() }, newNotices: row.freshNotices,
  }
}

export const me = async (ctx: Ctx): Promise<Me> => meOf(ctx, await homeRow(ctx))

/** Changes what the member decides: name, language, elder view. */
export const editMe = (ctx: Ctx, change: Input<'PUT /api/member/me'>['body']): Promise<Me> => inTransaction(ctx, async (tx) => {
  const { memberId } = memberOf(tx)
  await editProfile(tx, memberId, change)
  await announce(tx, 'member.changed', { memberId })
  return me(tx)
})

/** The card with the secret from which the phone draws a code each minute; derived, so nothing is stored. */
export async function card(ctx: Ctx): Promise<Reply<'GET /api/member/card'>> {
  const row = await homeRow(ctx)
  return { memberNumber: row.memberNumber, secret: codeSecret(ctx, 'member', row.memberId), stepMs: codeStepMs, now: ctx.now.toISOString(), tier: row.tier ?? 'silver', points: row.points }
}

const shown = (ctx: Ctx, row: ListedMember): MemberRow => ({
  memberId: row.memberId, memberNumber: row.memberNumber, nickname: maskName(row.nickname), phoneMasked: maskSealedPhone(ctx, row.phone), tier: row.tier, points: row.points, joinedAt: row.joinedAt.toISOString(),
  channel: row.channel as MemberRow['channel'], lastSeenAt: row.lastSeenAt?.toISOString() ?? null, visits: row.visits,
})

/** Members of this mall, masked. `q` finds a phone number in full, a member number, or how a nickname begins. */
export async function listForStaff(ctx: Ctx, query: ListQuery & { q?: string | undefined; tier?: Tier | undefined; channel?: string | undefined }): Promise<Reply<'GET /admin/members'>> {
  const q = query.q
  const filter = { tier: query.tier, channel: query.channel, find: q ? { phoneIndex: /^1\d{10}$/.test(q) ? phoneIndexOf(ctx, q) : null, text: q } : undefined }
  const page = paging(query, memberColumns, memberIdColumn, '-joinedAt')
  const [rows, total] = await Promise.all([listMembers(ctx, filter, page), countMembers(ctx, filter)])
  const cut = pageOf(rows, query, (row) => [row[page.sortKey as keyof typeof memberColumns], row.memberId])
  return { items: cut.rows.map((row) => shown(ctx, row)), nextCursor: cut.nextCursor, total }
}

async function listed(ctx: Ctx, memberId: string): Promise<ListedMember> {
  const row = await findListed(ctx, memberId)
  if (!row) throw new Refusal('not_found', { what: 'member' })
  return row
}

/** How many numbers one account may see in full in an hour. */
const unmaskedAnHour = 20

const yuan = (fen: number) => `¥${(fen / 100).toFixed(2)}`
const signed = (points: number) => (points > 0 ? `+${points}` : `−${-points}`)

async function recentOf(ctx: Ctx, row: ListedMember): Promise<Recent[]> {
  const limit = 6
  const [points, redeemed, deeds] = await Promise.all([latestEntries(ctx, row.memberId, limit), latestRedemptions(ctx, row.memberId, limit), latestDeeds(ctx, row.memberId, limit)])
  const at = (when: Date) => when.toISOString()
  const all: Recent[] = [
    { at: at(row.joinedAt), kind: 'join', text: '加入会员', textEn: 'Joined', link: null },
    ...points.map((e): Recent => ({ at: at(e.at), kind: 'points', text: `${e.title} ${signed(e.points)} 积分`, textEn: `${e.titleEn} ${signed(e.points)} points`, link: null })),
    ...redeemed.map((r): Recent => ({ at: at(r.at), kind: 'coupon', text: `在${r.storeName}使用 ${r.title}`, textEn: `Used ${r.titleEn} at ${r.storeNameEn}`, link: null })),
    ...deeds.parkings.map((p): Recent => ({ at: at(p.at), kind: 'parking', text: p.exitAt ? '停车' : '停车中', textEn: p.exitAt ? 'Parked' : 'Parking now', link: `/parking/sessions/${p.parkingId}` })),
    ...deeds.paid.map((p): Recent => ({ at: at(p.at!), kind: 'payment', text: `${p.subject} ${yuan(p.amountFen)}`, textEn: `${p.subjectEn} ${yuan(p.amountFen)}`, link: null })),
    ...deeds.invoices.map((f): Recent => ({ at: at(f.at), kind: 'fapiao', text: `开票 ${yuan(f.grossFen)}`, textEn: `Invoice ${yuan(f.grossFen)}`, link: null })),
  ]
  return all.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 20)
}

/** The last twelve months, those without a visit as well. */
async function monthsOf(ctx: Ctx, memberId: string) {
  const today = businessDay(ctx.now)
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const months = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(year, month - 12 + i, 1)).toISOString().slice(0, 7))
  const counted = new Map((await visitsByMonth(ctx, memberId, `${months[0]!}-01`, addDays(today, 1))).map((row) => [row.month, row.visits]))
  return months.map((m) => ({ month: m, visits: counted.get(m) ?? 0 }))
}

/** One member, masked, with what they did. Refuses someone who is no member of this mall as unknown. */
export async function showForStaff(ctx: Ctx, memberId: string): Promise<Reply<'GET /admin/members/{memberId}'>> {
  const row = await listed(ctx, memberId)
  const [growth, plates, coupons, deeds, months, recent] = await Promise.all([
    balanceOf(ctx, 'growth', memberId), boundPlates(ctx, memberId), couponCounts(ctx, memberId), countDeeds(ctx, memberId), monthsOf(ctx, memberId), recentOf(ctx, row),
  ])
  return { ...shown(ctx, row), growth: Math.max(0, growth.balance), elderView: row.elderView, plates: plates.map(maskPlate), coupons, ...deeds, visitsByMonth: months, recent }
}

/** Phone and plates in full, for a stated reason; the audit row keeps who, whose and why. Refuses `rate_limited` past the numbers of an hour, counted over all processes. */
export async function unmask(ctx: Ctx, memberId: string, reason: string): Promise<Reply<'POST /admin/members/{memberId}/unmask'>> {
  await listed(ctx, memberId)
  const seen = await countActs(ctx, staffOf(ctx).staffId, 'POST /admin/members/{memberId}/unmask', new Date(ctx.now.getTime() - hourMs))
  if (seen >= unmaskedAnHour) throw new Refusal('rate_limited', { retryAfterMs: hourMs })
  note(ctx, { subject: memberId, reason })
  return { phone: await fullPhoneOf(ctx, memberId), plates: await boundPlates(ctx, memberId), hideAfterMs }
}
