import type { z } from 'zod'
import type { Reply } from '@atrium/shared/contracts.ts'
import { type TitleDetails, maxTitles, titleRefusal } from '@atrium/shared/fapiao/rules.ts'
import { Refusal, refuseUnless } from '@atrium/shared/refusal.ts'
import { type Ctx, memberOf } from '../context.ts'
import { newId } from '../db/id.ts'
import { open, seal } from '../db/sealed.ts'
import type { fapiaoContract } from '@atrium/shared/fapiao/contract.ts'
import { type TitleRow, clearDefault, findTitle, insertTitle, titlesOf, updateTitle } from './store.ts'

type Title = Reply<'GET /api/fapiao/titles'>['items'][number]
type TitleInput = z.output<(typeof fapiaoContract)['POST /api/fapiao/titles']['body']>

const purpose = 'fapiaoTitle.details'

const shape = (ctx: Ctx, row: TitleRow): Title => ({ titleId: row.titleId, kind: row.kind, isDefault: row.isDefault, ...(JSON.parse(open(ctx, purpose, row.details)) as TitleDetails) })

function detailsOf(input: TitleInput): TitleDetails {
  const company = input.kind === 'company' ? input : null
  const details = { name: input.name, creditCode: company?.creditCode.toUpperCase() ?? null, address: company?.address || null, phone: company?.phone || null, bank: company?.bank || null, account: company?.account || null }
  refuseUnless(titleRefusal(input.kind, details))
  return details
}

/** The member's titles, the default one first. */
export async function myTitles(ctx: Ctx): Promise<{ items: Title[] }> {
  return { items: (await titlesOf(ctx, memberOf(ctx).memberId)).map((row) => shape(ctx, row)) }
}

/** Adds a title; the first one becomes the default. Refuses a credit code that does not check and more than 20 titles. */
export async function addTitle(ctx: Ctx, input: TitleInput): Promise<Title> {
  const { memberId } = memberOf(ctx)
  const details = detailsOf(input)
  const existing = await titlesOf(ctx, memberId)
  if (existing.length >= maxTitles) throw new Refusal('title_limit_reached', { limit: maxTitles })
  const isDefault = input.isDefault || existing.length === 0
  if (isDefault) await clearDefault(ctx, memberId)
  const row = { titleId: newId(ctx.now), memberId, kind: input.kind, details: seal(ctx, purpose, JSON.stringify(details)), isDefault }
  await insertTitle(ctx, row)
  return { titleId: row.titleId, kind: row.kind, isDefault, ...details }
}

export async function changeTitle(ctx: Ctx, titleId: string, input: TitleInput): Promise<Title> {
  const { memberId } = memberOf(ctx)
  const row = await title(ctx, titleId)
  const details = detailsOf(input)
  if (input.isDefault) await clearDefault(ctx, memberId)
  const isDefault = input.isDefault || row.isDefault
  await updateTitle(ctx, titleId, { kind: input.kind, details: seal(ctx, purpose, JSON.stringify(details)), isDefault })
  return { titleId, kind: input.kind, isDefault, ...details }
}

/** Removes a title; fapiao that were asked for with it keep their own copy. */
export async function removeTitle(ctx: Ctx, titleId: string): Promise<{ ok: true }> {
  const row = await title(ctx, titleId)
  await updateTitle(ctx, row.titleId, { removedAt: ctx.now, isDefault: false })
  return { ok: true }
}

async function title(ctx: Ctx, titleId: string): Promise<TitleRow> {
  const row = await findTitle(ctx, memberOf(ctx).memberId, titleId)
  if (!row) throw new Refusal('not_found', { what: 'title' })
  return row
}

/** Kind and details of one of the member's titles, for a fapiao that keeps its own copy. */
export async function titleFor(ctx: Ctx, titleId: string): Promise<{ kind: TitleRow['kind']; details: TitleDetails }> {
  const row = await title(ctx, titleId)
  return { kind: row.kind, details: JSON.parse(open(ctx, purpose, row.details)) as TitleDetails }
}
