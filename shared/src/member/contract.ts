import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Channel, Count, Id, Iso, Language, Reason, SignedFen, listQuery, listReply } from '../pieces.ts'

export const tiers = ['silver', 'gold', 'crimson'] as const
/** Tiers are named after osmanthus: 银桂 silver, 金桂 gold, 丹桂 crimson. */
export const Tier = z.enum(tiers)

export const Me = z.object({
  memberId: Id, memberNumber: z.string(), nickname: z.string(), phoneMasked: z.string(), tier: Tier, growth: Count, nextTier: z.object({ tier: Tier, growthNeeded: Count }).nullable(),
  language: Language, elderView: z.boolean(), joinedAt: Iso, parkingHours: z.number(),
})
/** What the home page needs in one call. */
const Home = z.object({
  me: Me, points: z.int(), coupons: z.object({ available: Count, expiringSoon: Count }),
  parking: z.object({ parkingId: Id, plate: z.string(), carPark: z.string(), entryAt: Iso, dueFen: z.int(), state: z.string() }).nullable(),
  newNotices: Count,
})
const MemberRow = z.object({ memberId: Id, memberNumber: z.string(), nickname: z.string(), phoneMasked: z.string(), tier: Tier, points: z.int(), joinedAt: Iso, channel: Channel, lastSeenAt: Iso.nullable(), visits: Count })

export const memberContract = contract({
  'GET /api/member/home': { who: 'member', summary: 'My home: tier, points, coupons, the running parking', reply: Home, refuses: [] },
  'GET /api/member/me': { who: 'member', summary: 'My profile', reply: Me, refuses: [] },
  'PUT /api/member/me': { who: 'member', idempotent: true, summary: 'Change my profile', body: z.object({ nickname: z.string().trim().min(1).max(20).optional(), language: Language.optional(), elderView: z.boolean().optional() }), reply: Me, refuses: [] },
  'GET /api/member/card': {
    who: 'member', summary: 'My member card and the secret from which the phone draws its code (shared/dynamic-code.ts)',
    reply: z.object({ memberNumber: z.string(), secret: z.string(), stepMs: z.int(), now: Iso, tier: Tier, points: z.int() }), refuses: [],
  },
  'GET /admin/members': {
    who: can('member.read'), within: 'mall', summary: 'Members, masked; q finds a full phone number, member number or nickname',
    query: listQuery(['joinedAt', 'points', 'visits', 'lastSeenAt'], { tier: Tier.optional(), channel: Channel.optional() }), reply: listReply(MemberRow), refuses: [],
  },
  'GET /admin/members/{memberId}': {
    who: can('member.read'), within: 'mall', summary: 'One member, masked, with what they did',
    reply: MemberRow.extend({
      growth: Count, elderView: z.boolean(), plates: z.array(z.string()), coupons: z.object({ available: Count, redeemed: Count, expired: Count }), parkings: Count, paidFen: SignedFen, fapiaoCount: Count,
      visitsByMonth: z.array(z.object({ month: z.string(), visits: Count })), recent: z.array(z.object({ at: Iso, kind: z.enum(['join', 'points', 'coupon', 'parking', 'payment', 'fapiao']), text: z.string(), textEn: z.string(), link: z.string().nullable() })),
    }), refuses: [],
  },
  'POST /admin/members/{memberId}/unmask': {
    who: can('member.unmask'), within: 'mall', limit: { max: 20, windowMs: 3_600_000 }, summary: 'See the phone number in full, for a stated reason; recorded', body: z.object({ reason: Reason }),
    reply: z.object({ phone: z.string(), plates: z.array(z.string()), hideAfterMs: z.int() }), refuses: [],
  },
})
