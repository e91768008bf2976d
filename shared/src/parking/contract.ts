import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Count, Day, Fen, Id, Iso, Plate, Reason, listQuery, listReply } from '../pieces.ts'
import { Payment, payMethods } from '../payment/contract.ts'

/**
 * Life of a parking session: `open` (inside), `paid` (leave by `leaveBy`), `leaving` (barrier commanded), `closed` (barrier acknowledged), `escaped` (left unpaid),
 * `stuck` (paid, barrier failed, a person is needed), `refunded` (paid and nobody could open), `void` (was a misread).
 */
export const parkingStates = ['open', 'paid', 'leaving', 'closed', 'escaped', 'stuck', 'refunded', 'void'] as const

/** One named part of a quote; parts and `dueFen` add up to `tariffFen`. Minutes are the part of the stay that it covers. */
export const QuotePart = z.object({ kind: z.enum(['free', 'tier_hours', 'parking_coupon', 'cap', 'paid_before', 'due']), minutes: Count, fen: Fen, title: z.string(), titleEn: z.string(), couponId: Id.nullable() })
export const Quote = z.object({
  quoteId: Id, parkingId: Id, at: Iso, stayMinutes: Count, tariffFen: Fen, parts: z.array(QuotePart), dueFen: Fen,
  /** The quote holds until here; then it becomes `nextDueFen`. */
  validUntil: Iso, nextDueFen: Fen, graceMinutes: Count,
})
export const Parking = z.object({ parkingId: Id, plate: z.string(), plateKind: z.enum(['blue', 'green', 'yellow', 'other']), carParkId: Id, carPark: z.string(), carParkEn: z.string(), state: z.enum(parkingStates), entryAt: Iso, exitAt: Iso.nullable(), paidAt: Iso.nullable(), leaveBy: Iso.nullable(), stayMinutes: Count, paidFen: Fen, paymentId: Id.nullable(), fapiaoId: Id.nullable() })
const Running = Parking.extend({ quote: Quote, coupons: z.array(z.object({ couponId: Id, title: z.string(), titleEn: z.string(), minutes: Count, validUntil: Iso })) })
const CarPark = z.object({ carParkId: Id, name: z.string(), nameEn: z.string(), total: Count, vacant: Count, full: z.boolean(), sign: z.array(z.object({ text: z.string(), textEn: z.string() })), zones: z.array(z.object({ name: z.string(), total: Count, vacant: Count })) })
const BoundPlate = z.object({ plateId: Id, plate: z.string(), plateKind: z.enum(['blue', 'green', 'yellow', 'other']), boundAt: Iso })

const Lane = z.object({
  laneId: Id, name: z.string(), nameEn: z.string(), carPark: z.string(), kind: z.enum(['entry', 'exit']), state: z.enum(['closed', 'opening', 'open', 'waiting_payment', 'jammed', 'offline']), barrier: z.enum(['down', 'moving', 'up']),
  plate: z.string().nullable(), plateKind: z.enum(['blue', 'green', 'yellow', 'other']).nullable(), confidence: z.number().nullable(), at: Iso.nullable(), note: z.string(), noteEn: z.string(), parkingId: Id.nullable(), readingId: Id.nullable(), dueFen: Fen.nullable(),
})
/** A plate the camera was not sure of, waiting for a person; `proposal` is the nearest open session or bound plate. */
const Reading = z.object({ readingId: Id, laneId: Id, lane: z.string(), laneEn: z.string(), kind: z.enum(['entry', 'exit']), at: Iso, plate: z.string(), confidence: z.number(), picture: z.string().nullable(), proposal: z.object({ plate: z.string(), score: z.number(), evidence: z.array(z.string()), evidenceEn: z.array(z.string()) }).nullable() })
/** What stands at an exit: nobody (`idle`), a car that owes (`due`), one that may go (`passing`), or something a person is seeing to (`help`). The plate is masked: whoever stands there knows it. */
const ExitScreen = z.object({ laneId: Id, name: z.string(), nameEn: z.string(), carPark: z.string(), carParkEn: z.string(), state: z.enum(['idle', 'due', 'passing', 'help']), plateMasked: z.string().nullable(), entryAt: Iso.nullable(), stayMinutes: Count, dueFen: Fen.nullable() })
const AdminParking = Parking.extend({ entryLane: z.string(), entryLaneEn: z.string(), exitLane: z.string().nullable(), exitLaneEn: z.string().nullable(), memberId: Id.nullable(), memberMasked: z.string().nullable(), note: z.string().nullable() })
/** How a stay came to its price: minutes that cost, units, caps; drawn as a chart and printed as a sign. */
const Tariff = z.object({ tariffId: Id, carParkId: Id, carPark: z.string(), carParkEn: z.string(), name: z.string(), version: z.int(), validFrom: Iso, freeMinutes: Count, firstMinutes: Count, firstFen: Fen, unitMinutes: Count, unitFen: Fen, dayCapFen: Fen, graceMinutes: Count, sign: z.array(z.object({ text: z.string(), textEn: z.string() })), curve: z.array(z.object({ minutes: Count, fen: Fen })) })
const Vendor = z.object({}).loose()
const camera = { who: 'vendor', kind: 'raw', params: z.object({ secret: z.string().max(80) }), body: Vendor, reply: Vendor, refuses: [] } as const

export const parkingContract = contract({
  'GET /api/parking/car-parks': { who: 'guest', summary: 'Car parks with vacancy and the printed tariff', reply: z.object({ items: z.array(CarPark) }), refuses: [] },
  'GET /api/parking/plates': { who: 'member', summary: 'My plates', reply: z.object({ items: z.array(BoundPlate), limit: Count }), refuses: [] },
  'POST /api/parking/plates': { who: 'member', idempotent: true, limit: { max: 20, windowMs: 60_000 }, summary: 'Bind a plate', body: z.object({ plate: Plate }), reply: BoundPlate, refuses: ['plate_invalid', 'plate_bound_elsewhere', 'plate_limit_reached'] },
  'DELETE /api/parking/plates/{plateId}': { who: 'member', idempotent: true, summary: 'Unbind a plate', reply: z.object({ ok: z.literal(true) }), refuses: [] },
  'GET /api/parking/running': { who: 'member', summary: 'My cars inside, each with a quote and usable coupons', reply: z.object({ items: z.array(Running) }), refuses: [] },
  'POST /api/parking/lookup': {
    who: 'guest', limit: { max: 20, windowMs: 60_000 }, summary: 'Find a car inside by its whole plate (kiosk, H5, code at the exit)', body: z.object({ plate: Plate.optional(), laneId: Id.optional() }),
    reply: z.object({ item: Parking.extend({ quote: Quote }) }), refuses: ['plate_invalid', 'parking_unknown', 'lane_idle'],
  },
  'GET /api/parking/exits/{laneId}': { who: 'guest', limit: { max: 600, windowMs: 60_000 }, summary: 'What the screen at an exit shows', reply: ExitScreen, refuses: [] },
  'POST /api/parking/sessions/{parkingId}/quote': { who: 'guest', limit: { max: 60, windowMs: 60_000 }, summary: 'A new quote, with a parking coupon or without; tier hours and coupons only for the member', body: z.object({ couponId: Id.nullable().default(null), useTierHours: z.boolean().default(true) }), reply: Quote, refuses: ['parking_unknown', 'coupon_unknown', 'coupon_expired', 'coupon_redeemed', 'coupon_locked', 'coupon_void', 'coupon_not_yet_valid', 'store_not_allowed'] },
  'POST /api/parking/pay': {
    who: 'guest', idempotent: true, limit: { max: 30, windowMs: 60_000 }, summary: 'Pay a quote; a quote of 0 fen is settled at once', body: z.object({ quoteId: Id, method: z.enum(payMethods) }),
    reply: Payment, refuses: ['parking_unknown', 'quote_changed', 'nothing_due', 'payer_unknown', 'provider_unavailable', 'coupon_locked', 'coupon_redeemed', 'coupon_expired'],
  },
  'GET /api/parking/sessions': { who: 'member', summary: 'My parkings', query: listQuery(['entryAt'], { state: z.enum(parkingStates).optional() }), reply: listReply(Parking), refuses: [] },
  'GET /admin/parking/lanes': { who: can('parking.read'), within: 'mall', summary: 'Lanes as they stand now', reply: z.object({ items: z.array(Lane), now: Iso }), refuses: [] },
  'GET /admin/parking/alarms': { who: can('parking.read'), within: 'mall', summary: 'What needs a person, worst first', reply: z.object({ items: z.array(z.object({ alarmId: z.string(), kind: z.enum(['jammed', 'offline', 'low_confidence', 'stuck_paid', 'escaped']), laneId: Id.nullable(), at: Iso, title: z.string(), titleEn: z.string(), detail: z.string(), detailEn: z.string(), parkingId: Id.nullable(), readingId: Id.nullable() })) }), refuses: [] },
  'GET /admin/parking/readings': { who: can('parking.read'), within: 'mall', summary: 'Plates waiting for a person', reply: z.object({ items: z.array(Reading) }), refuses: [] },
  'POST /admin/parking/readings/{readingId}/correct': { who: can('parking.operate'), within: 'mall', idempotent: true, summary: 'Say what the plate is; the lane goes on with it', body: z.object({ plate: Plate }), reply: Lane, refuses: ['plate_invalid', 'already_corrected'] },
  'POST /admin/parking/readings/{readingId}/dismiss': { who: can('parking.operate'), within: 'mall', idempotent: true, summary: 'No car, or it left', body: z.object({ reason: Reason }), reply: z.object({ ok: z.literal(true) }), refuses: ['already_corrected'] },
  'POST /admin/parking/lanes/{laneId}/open': { who: can('parking.operate'), within: 'mall', idempotent: true, summary: 'Open by hand, with a reason', body: z.object({ reason: Reason }), reply: Lane, refuses: ['gate_unreachable'] },
  'POST /admin/parking/sessions/{parkingId}/correct': { who: can('parking.operate'), within: 'mall', idempotent: true, summary: 'Correct the plate of a session', body: z.object({ plate: Plate, reason: Reason }), reply: AdminParking, refuses: ['plate_invalid', 'already_corrected'] },
  'POST /admin/parking/sessions/{parkingId}/close': { who: can('parking.operate'), within: 'mall', idempotent: true, summary: 'Close a session whose car is gone, with a reason; paid and never opened is refunded', body: z.object({ reason: Reason }), reply: AdminParking, refuses: ['already_corrected'] },
  'GET /admin/parking/sessions': { who: can('parking.read'), within: 'mall', summary: 'Parking sessions; q is a plate', query: listQuery(['entryAt', 'exitAt', 'paidFen'], { state: z.enum(parkingStates).optional(), carParkId: Id.optional(), from: Iso.optional(), until: Iso.optional() }), reply: listReply(AdminParking), refuses: [] },
  'GET /admin/parking/sessions/{parkingId}': { who: can('parking.read'), within: 'mall', summary: 'One session with its trail', reply: AdminParking.extend({ trail: z.array(z.object({ at: Iso, act: z.string(), actEn: z.string(), by: z.string().nullable(), detail: z.string().nullable() })), quotes: z.array(Quote) }), refuses: [] },
  'GET /admin/parking/occupancy': { who: can('parking.read'), within: 'mall', summary: 'Occupancy by hour of a day', query: z.object({ day: Day.optional() }), reply: z.object({ hours: z.array(z.object({ hour: z.int(), entries: Count, exits: Count, inside: Count, paidFen: Fen })), capacity: Count }), refuses: [] },
  'GET /admin/parking/tariffs': { who: can('parking.read'), within: 'mall', summary: 'Tariffs in force as sign and curve', reply: z.object({ items: z.array(Tariff) }), refuses: [] },
  'POST /callback/vzenith/{secret}/plate': { ...camera, summary: 'A camera saw a plate; the reply opens the barrier or not (specs: Vzenith HTTP push)' },
  'POST /callback/vzenith/{secret}/comet': { ...camera, summary: 'A camera asks for commands' },
  'POST /callback/vzenith/{secret}/gate': { ...camera, summary: 'A barrier says what it did' },
})
