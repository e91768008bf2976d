import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Id, Iso, Reason, listQuery, listReply } from '../pieces.ts'

/** Why an entry exists; faces explain each kind in words. `claim` spends points on a coupon. */
export const pointsKinds = ['parking_paid', 'refund', 'claim', 'welcome', 'expire', 'adjust', 'purchase'] as const
export const PointsEntry = z.object({ entryId: Id, at: Iso, kind: z.enum(pointsKinds), points: z.int(), balance: z.int(), title: z.string(), titleEn: z.string(), detail: z.string(), detailEn: z.string(), link: z.string().nullable() })
const Summary = z.object({ balance: z.int(), pending: z.int(), earnedThisYear: z.int(), expiring: z.array(z.object({ points: z.int(), at: Iso })), rule: z.string(), ruleEn: z.string() })
const statement = { query: listQuery(['at'], { kind: z.enum(pointsKinds).optional() }), reply: listReply(PointsEntry) }

export const pointsContract = contract({
  'GET /api/points': { who: 'member', summary: 'My points: balance, what expires next, how they are earned', reply: Summary, refuses: [] },
  'GET /api/points/entries': { who: 'member', summary: 'Each entry of my points with its reason', ...statement, refuses: [] },
  'GET /admin/members/{memberId}/points': { who: can('points.read'), within: 'mall', summary: 'Points of a member', ...statement, refuses: [] },
  'POST /admin/members/{memberId}/points': {
    who: can('points.adjust'), within: 'mall', idempotent: true, summary: 'Adjust points by hand with a reason', body: z.object({ points: z.int().min(-100_000).max(100_000).refine((n) => n !== 0), reason: Reason }),
    reply: z.object({ balance: z.int() }), refuses: ['points_insufficient'],
  },
})
