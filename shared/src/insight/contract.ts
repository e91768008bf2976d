import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Count, Fen, Iso } from '../pieces.ts'

const Figure = z.object({ value: z.number(), before: z.number(), spark: z.array(z.number()) })
const Problem = z.object({ id: z.string(), level: z.enum(['bad', 'warn']), at: Iso, title: z.string(), titleEn: z.string(), detail: z.string(), detailEn: z.string(), link: z.string(), action: z.string(), actionEn: z.string() })

/** Figures of the running business day; `before` is the same moment of the day before. */
export const Dashboard = z.object({
  now: Iso, problems: z.array(Problem),
  figures: z.object({ visits: Figure, joined: Figure, redemptions: Figure, entries: Figure, exits: Figure, inside: Figure, paidFen: Figure, fapiao: Figure }),
  capacity: Count, hours: z.array(z.object({ hour: z.int(), paidFen: Fen, paidFenBefore: Fen, inside: Count, insideBefore: Count })),
  redemptionsByStore: z.array(z.object({ name: z.string(), nameEn: z.string(), redemptions: Count, valueFen: Fen })), coupons: z.array(z.object({ templateId: z.string(), title: z.string(), titleEn: z.string(), claimed: Count, redeemed: Count, stock: Count.nullable() })),
  methods: z.array(z.object({ method: z.string(), payments: Count, paidFen: Fen })),
})

export const insightContract = contract({
  'GET /admin/dashboard': { who: can('dashboard.read'), within: 'mall', summary: 'Today', reply: Dashboard, refuses: [] },
})
