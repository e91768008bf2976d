import { z } from 'zod'

/** Schemas that every contract shares. Money is integer fen, time is ISO 8601 in UTC, ids are opaque ULIDs. */
export const Id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)
export const Fen = z.int().min(0).max(100_000_000_00)
export const SignedFen = z.int().min(-100_000_000_00).max(100_000_000_00)
export const Iso = z.iso.datetime()
/** A business day in Asia/Shanghai, `2026-11-20`. */
export const Day = z.iso.date()
export const Phone = z.string().regex(/^1[3-9]\d{9}$/)
export const Plate = z.string().trim().min(5).max(16)
export const Reason = z.string().trim().min(2).max(200)
export const Channel = z.enum(['weapp', 'alipay', 'h5', 'kiosk', 'console'])
export const Language = z.enum(['zh-CN', 'en'])
export const Count = z.int().min(0)
export const Done = z.object({ ok: z.literal(true) })

/** Query of a list: opaque cursor of the page before, size, sort key (`-` first for descending), free text. */
export const listQuery = <const S extends readonly [string, ...string[]], E extends z.ZodRawShape>(sorts: S, filters: E) =>
  z.object({
    cursor: z.string().max(300).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    sort: z.enum(sorts.flatMap((s) => [s, `-${s}`]) as [S[number] | `-${S[number]}`, ...(S[number] | `-${S[number]}`)[]]).optional(),
    q: z.string().trim().max(60).optional(),
    ...filters,
  })

/** Reply of a list: the rows, the cursor of the next page or null, and how many rows match in all. */
export const listReply = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: Count })

/** A comma-separated query value as a list of at most 20 members of `values`. */
export const csvOf = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.string().max(400).transform((text) => text.split(',').filter(Boolean)).pipe(z.array(z.enum(values)).max(20)).optional()
