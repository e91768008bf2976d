import { maskName, maskPhone } from '@atrium/shared/mask.ts'
import { type Tier, benefitsOf } from '@atrium/shared/member/rules.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { businessDay } from '@atrium/shared/time.ts'
import type { Ctx } from '../../context.ts'
import { blindIndexOf, open } from '../../db/sealed.ts'
import { inTransaction } from '../../db/transaction.ts'
import { type MemberRow, type Provider, addVisit, changeMember, changeTier, findMember, findMemberships, findOpenId, findPersons } from '../store/people.ts'

/** How people see a person who is not themselves: `林** · 6021`. */
export type Person = { memberId: string; memberNumber: string; nickname: string; masked: string; phoneMasked: string; tier: Tier }

export const phoneIndexOf = (ctx: Ctx, phone: string): Buffer => blindIndexOf(ctx, 'members.phone', phone)
const phoneOf = (ctx: Ctx, row: Pick<MemberRow, 'phone'>): string => open(ctx, 'members.phone', row.phone)

/** Members by id as others may see them: name and phone masked, tier in this mall (silver before the first visit here). */
export async function personsById(ctx: Ctx, memberIds: readonly string[]): Promise<Map<string, Person>> {
  const rows = await findPersons(ctx, [...new Set(memberIds)])
  return new Map(rows.map((row) => [row.memberId, personOf(ctx, row)]))
}

export type PersonRow = Pick<MemberRow, 'memberId' | 'memberNumber' | 'nickname' | 'phone'> & { tier: Tier | null }

/** Masks a person that another feature's query brought along; the phone is opened here alone. */
export function personOf(ctx: Ctx, row: PersonRow): Person {
  const phone = phoneOf(ctx, row)
  return { memberId: row.memberId, memberNumber: row.memberNumber, nickname: row.nickname, masked: `${maskName(row.nickname)} ${phone.slice(-4)}`, phoneMasked: maskPhone(phone), tier: row.tier ?? 'silver' }
}

/** Masked names for lists of staff, by member id; null and unknown ids are missing. */
export const memberLabels = async (ctx: Ctx, memberIds: readonly (string | null)[]): Promise<Map<string, string>> =>
  new Map([...(await personsById(ctx, memberIds.filter((id) => id !== null)))].map(([id, person]) => [id, person.masked]))

/** Tier of a member in this mall; silver for who has not been here. */
export async function tierOf(ctx: Ctx, memberId: string): Promise<Tier> {
  const [row] = await findMemberships(ctx, [memberId])
  return row?.tier ?? 'silver'
}

/** Tiers of many members in this mall; silver for who has not been here. */
export async function tiersOf(ctx: Ctx, memberIds: readonly string[]): Promise<Map<string, Tier>> {
  const found = new Map((await findMemberships(ctx, [...new Set(memberIds)])).map((row) => [row.memberId, row.tier]))
  return new Map(memberIds.map((id) => [id, found.get(id) ?? 'silver']))
}

/** Hours of parking that the member's tier takes off each business day. */
export const parkingHoursOf = async (ctx: Ctx, memberId: string): Promise<number> => benefitsOf(await tierOf(ctx, memberId)).parkingHours

/** Refuses somebody who is no member of this mall as unknown. */
export async function refuseStranger(ctx: Ctx, memberId: string): Promise<void> {
  if ((await findMemberships(ctx, [memberId])).length === 0) throw new Refusal('not_found', { what: 'member' })
}

/** Moves a member of this mall to a tier; answers whether that changed anything. */
export const setTier = (ctx: Ctx, memberId: string, tier: Tier): Promise<boolean> => inTransaction(ctx, async (tx) => {
  const [row] = await findMemberships(tx, [memberId])
  if (!row || row.tier === tier) return false
  await changeTier(tx, memberId, tier, tx.now)
  return true
})

/** The payer's account with a provider (WeChat openid, Alipay open_id), or null when the member never came that way. */
export async function payerOf(ctx: Ctx, memberId: string, provider: Provider): Promise<string | null> {
  const sealed = await findOpenId(ctx.db, memberId, provider)
  return sealed && open(ctx, 'channelAccounts.openId', sealed)
}

/** The phone number in full; who calls this has a permission for it and is recorded. */
export async function fullPhoneOf(ctx: Ctx, memberId: string): Promise<string> {
  const row = await findMember(ctx.db, memberId)
  if (!row) throw new Refusal('not_found', { what: 'member' })
  return phoneOf(ctx, row)
}

/** The row of a member with the phone masked; refuses an unknown one. */
export async function profileOf(ctx: Ctx, memberId: string) {
  const row = await findMember(ctx.db, memberId)
  if (!row) throw new Refusal('not_found', { what: 'member' })
  const { phone: _sealed, phoneIndex: _index, ...shown } = row
  return { ...shown, phoneMasked: maskPhone(phoneOf(ctx, row)) }
}

/** Masks a sealed phone that another query brought along. */
export const maskSealedPhone = (ctx: Ctx, phone: Buffer): string => maskPhone(open(ctx, 'members.phone', phone))

export const editProfile = (ctx: Ctx, memberId: string, change: { nickname?: string | undefined; language?: 'zh-CN' | 'en' | undefined; elderView?: boolean | undefined }): Promise<void> => inTransaction(ctx, async (tx) => {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (Object.keys(given).length) await changeMember(tx.db, memberId, given)
})

/** A member was in their mall: the day counts once, whatever they did. Who has not joined here is a guest here, and guests are not counted. */
export const recordVisit = (ctx: Ctx, memberId: string, kind: string, at: Date): Promise<void> => inTransaction(ctx, async (tx) => {
  if ((await findMemberships(tx, [memberId])).length) await addVisit(tx, { memberId, day: businessDay(at), firstAt: at, kind })
})
