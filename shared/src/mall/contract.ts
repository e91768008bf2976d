import { z } from 'zod'
import { contract } from '../contract.ts'
import { Id } from '../pieces.ts'

const Facility = z.object({ kind: z.enum(['restroom', 'elevator', 'escalator', 'service', 'nursing', 'parking', 'exit', 'atm', 'accessible', 'kiosk']), x: z.number(), y: z.number(), name: z.string() })

/** One shop unit on a floor plan; points are on a 1000 × 700 canvas, clockwise. */
export const PlanUnit = z.object({ unit: z.string(), shopId: Id.nullable(), name: z.string(), nameEn: z.string(), tradeCategory: z.string().nullable(), points: z.array(z.tuple([z.number(), z.number()])), door: z.tuple([z.number(), z.number()]) })

/** Corridor graph of a floor: nodes with position, edges by index, `steps` marks an edge that is not step-free. */
const Corridors = z.object({ nodes: z.array(z.object({ x: z.number(), y: z.number(), lift: z.boolean() })), edges: z.array(z.object({ a: z.number(), b: z.number(), steps: z.boolean() })) })

export const Floor = z.object({ code: z.string(), name: z.string(), nameEn: z.string(), theme: z.string(), themeEn: z.string(), shopCount: z.number() })

export const Mall = z.object({
  mallId: Id, code: z.string(), name: z.string(), nameEn: z.string(), city: z.string(), address: z.string(), addressEn: z.string(), phone: z.string(),
  opensAt: z.string(), closesAt: z.string(), openNow: z.boolean(), floors: z.array(Floor), transport: z.array(z.object({ kind: z.enum(['metro', 'bus', 'drive']), text: z.string(), textEn: z.string() })),
  tradeCategories: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), shopCount: z.number() })), now: z.iso.datetime(),
})

export const mallContract = contract({
  'GET /api/mall': { who: 'guest', summary: 'The mall: name, hours, floors, trade categories, ways to get there', reply: Mall, refuses: [] },
  'GET /api/mall/floors/{floor}/plan': {
    who: 'guest', summary: 'Floor plan: units, facilities and corridors',
    reply: z.object({ floor: Floor, outline: z.array(z.tuple([z.number(), z.number()])), void: z.array(z.tuple([z.number(), z.number()])), units: z.array(PlanUnit), facilities: z.array(Facility), corridors: Corridors }), refuses: [],
  },
})
