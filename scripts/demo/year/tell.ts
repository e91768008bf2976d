import { parkingReadings } from '@atrium/schema/parking.ts'
import type { DemoTemplate } from '../coupon/build.ts'
import { insertRows } from '../insert.ts'
import type { DemoCarPark } from '../parking/build.ts'
import type { DemoStaff, DemoStore, World } from '../world.ts'
import { couponDesk, type CouponDesk } from './coupons.ts'
import { calendarOf, type Calendar } from './days.ts'
import { earnerOf, type Earner } from './earn.ts'
import { writeFapiao } from './fapiao.ts'
import { gatesOf, type Gates } from './gates.ts'
import { openBook } from './ledger.ts'
import { planMembers, writeMembers, type DemoMember } from './members.ts'
import { till, type PaymentRow, type Till } from './payments.ts'
import { plateMaker } from './plates.ts'
import { planStays } from './stays.ts'
import { visitBook } from './visits.ts'

type Happening = { at: Date; run: () => void }
type Visits = ReturnType<typeof visitBook>

interface Year { world: World; calendar: Calendar; members: DemoMember[]; templates: readonly DemoTemplate[]; desk: CouponDesk; earner: Earner; gates: Gates; till: Till; visits: Visits; paidBy: Map<DemoMember, PaymentRow[]>; finance: DemoStaff }

const hourMs = 3_600_000
/** This one is nearly gone, which is a reason to look at it today. */
const scarceTitle = '松间火锅满 200 减 40'

/** Members join with a gift and buy things in shops. */
const lives = ({ world, calendar, members, earner, visits }: Year): Happening[] => members.flatMap(member => {
  const joined: Happening = { at: member.joinedAt, run: () => { earner.welcome(member); visits.visit(member.memberId, member.joinedAt, 'join') } }
  const bought = Array.from({ length: member.spends.times }, (): Happening | null => {
    const at = new Date(calendar.moment().getTime())
    const hour = (at.getUTCHours() + 8) % 24
    if (at <= member.joinedAt || hour < 10 || hour >= 22) return null
    const amountFen = Math.max(8_00, Math.round(world.random.bell(member.spends.yuan, member.spends.yuan * 0.4) * 100))
    return { at, run: () => { earner.earn(member, { paymentId: world.id(at), amountFen, kind: 'purchase', at }); visits.visit(member.memberId, at, 'purchase') } }
  })
  return [joined, ...bought.filter(h => h !== null)]
})

/** Cars come, pay and go; now and then a payment is given back a few hours later. */
const cars = (year: Year, carParks: readonly DemoCarPark[], newPlate: () => string): Happening[] => {
  const { world, members, gates, visits, till: desk, paidBy, finance, earner } = year
  return planStays(world, calendarOf(world.random, world.now, 15), members, carParks, newPlate).map((stay): Happening => {
    const payAt = gates.payAtOf(stay)
    const at = payAt <= world.now ? payAt : stay.entryAt
    return { at, run: () => {
      const { session, payment, earned, payer } = gates.drive(stay, payAt)
      if (stay.member) visits.visit(stay.member.memberId, stay.entryAt, 'parking')
      if (!payment || payment.method === 'none') return
      if (payer) paidBy.set(payer, [...(paidBy.get(payer) ?? []), payment])
      const refundAt = new Date(stay.exitAt.getTime() + world.random.int(1, 3) * hourMs)
      if (!payer || !earned || !world.random.chance(0.006) || refundAt > new Date(world.now.getTime() - 24 * hourMs) || session.state !== 'closed' || session.tierMinutes! > 0 || (session.coupons as unknown[]).length > 0) return
      // Said at once, since nothing else moves the same points in between that would end below zero.
      const refundId = desk.refund(payment, refundAt, '客诉：道闸等待过久，全额退还', finance.name)
      if (earner.takeBack(payer, payment.paymentId, earned, { refundId, amountFen: payment.amountFen, at: payAt })) {
        session.refundedFen = payment.amountFen
        gates.tell(session.parkingId, refundAt, '退款到账', 'Refunded', `¥${(payment.amountFen / 100).toFixed(2)}`)
      }
    } }
  })
}

/** Members claim coupons, three each on average, and use more than half of them. */
const claims = ({ world, calendar, members, templates, desk, visits }: Year): Happening[] => {
  const { random } = world
  const offered = templates.filter(t => t.share > 0)
  const weights = offered.map(t => [t, t.share] as const)
  const one = (template: DemoTemplate, member: DemoMember, at: Date): Happening => ({ at, run: () => {
    const coupon = desk.claim(template, member, at)
    if (coupon && template.worth.kind !== 'parking') desk.live(template, coupon, calendar)
    if (coupon?.redeemedAt) visits.visit(member.memberId, coupon.redeemedAt, 'coupon')
  } })
  const spread = Array.from({ length: members.length * 4 }, () => one(random.weighted(weights), random.pick(members), calendar.moment()))
  const scarce = offered.find(t => t.title === scarceTitle)!
  const run = random.shuffle(members).slice(0, Math.round(scarce.stock! * 0.94)).map(member => one(scarce, member, calendar.moment(70)))
  const fresh = members.slice(0, 3).flatMap(member => offered.filter(t => t.state === 'published').slice(0, 5).map(template => one(template, member, new Date(world.now.getTime() - random.int(2, 40) * hourMs))))
  return [...spread, ...run, ...fresh]
}

/** A plate at the gate of P2 that the camera was not sure of: somebody has to look. */
const unsurePlate = async (world: World, carParks: readonly DemoCarPark[]): Promise<void> => {
  const lane = carParks[1]!.lanes.find(l => l.kind === 'entry')!
  const seenAt = new Date(world.now.getTime() - 3 * 60_000)
  await insertRows(world.connection, parkingReadings, [{
    readingId: world.id(seenAt), mallId: world.mallId, laneId: lane.laneId, kind: 'entry', cameraSerial: lane.cameraSerial, vendorPlateId: '880001', sec: Math.floor(seenAt.getTime() / 1000), plateRaw: '苏CF92B3', plate: '苏CF92B3', confidence: 0.71, offline: false, seenAt,
    state: 'waiting', answer: 'no', parkingId: null, correctedPlate: null, byName: null, reason: null, picture: null, createdAt: seenAt,
  }])
}

/** Tells a year in the order of time, then writes it. Answers the members and what was refunded; the templates now know how many were claimed and redeemed. */
export const tellYear = async (world: World, built: { stores: readonly DemoStore[]; staff: readonly DemoStaff[]; carParks: readonly DemoCarPark[]; templates: readonly DemoTemplate[] }, onProgress: (line: string) => void): Promise<{ members: DemoMember[]; refunded: PaymentRow[] }> => {
  const calendar = calendarOf(world.random, world.now)
  const newPlate = plateMaker(world.random)
  const members = planMembers(world, calendar, newPlate)
  const book = openBook(world)
  const desk = couponDesk(world, built.templates, built.stores, built.staff, book)
  const [earner, cash, visits] = [earnerOf(world, book), till(world), visitBook(world)]
  const parkingTemplate = built.templates.find(t => t.worth.kind === 'parking' && t.state === 'published')!
  const gates = gatesOf(world, { till: cash, desk, earner, parkingTemplate })
  const year: Year = { world, calendar, members, templates: built.templates, desk, earner, gates, till: cash, visits, paidBy: new Map(), finance: built.staff.find(s => s.role === 'finance')! }

  const happenings = [...lives(year), ...cars(year, built.carParks, newPlate), ...claims(year)].sort((a, b) => a.at.getTime() - b.at.getTime())
  for (const { run } of happenings) run()
  const scarce = built.templates.find(t => t.title === scarceTitle)!
  scarce.stock = scarce.claimed + 38
  onProgress(`a year of ${members.length} members: ${gates.sessions.length} parkings, ${cash.rows.length} payments, ${desk.rows.length} coupons, ${book.postings()} ledger postings`)

  await writeMembers(world, members, visits.seen)
  await visits.write()
  await book.write()
  await earner.write()
  await desk.write()
  const invoices = await writeFapiao(world, year.paidBy)
  await cash.write()
  await gates.write()
  await unsurePlate(world, built.carParks)
  onProgress(`${invoices} invoices, ${visits.count()} days of visits`)
  return { members, refunded: cash.rows.filter(p => p.state === 'refunded') }
}
