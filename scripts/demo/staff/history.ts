import { drizzle } from 'drizzle-orm/mysql2'
import { pino } from 'pino'
import { type Role, roles } from '@atrium/shared/staff/permissions.ts'
import { recordAudit } from '../../../bff/src/audit/service.ts'
import type { Ctx, Deps, Executor } from '../../../bff/src/context.ts'
import type { DemoTemplate } from '../coupon/build.ts'
import type { DemoMember } from '../year/members.ts'
import type { PaymentRow } from '../year/payments.ts'
import { daysAgo, type DemoStaff, type DemoStore, type World } from '../world.ts'

interface Act { at: Date; by: Role; act: string; subject: string; detail: Record<string, unknown>; refusal?: 'forbidden' | 'sign_in_failed' | 'refund_exceeds_paid' }
interface Known { stores: readonly DemoStore[]; templates: readonly DemoTemplate[]; members: readonly DemoMember[]; refunded: readonly PaymentRow[] }

/** What the people of the mall did in the last weeks, about things that are really there. */
const actsOf = (world: World, { stores, templates, members, refunded }: Known): Act[] => {
  const { random } = world
  const at = () => {
    const moment = daysAgo(world, random.next() * 28 + 0.1)
    moment.setUTCHours(random.int(1, 12), random.int(0, 59), random.int(0, 59))
    return moment < world.now ? moment : daysAgo(world, 1)
  }
  const some = (count: number, make: () => Omit<Act, 'at'>): Act[] => Array.from({ length: count }, () => ({ at: at(), ...make() }))
  const everybody: Role[] = ['administrator', 'operations', 'marketing', 'parking', 'finance', 'customerService', 'auditor']
  return [
    ...some(46, () => ({ by: random.pick(everybody), act: 'POST /admin/sign-in/totp', subject: world.id(daysAgo(world, 1)), detail: { as: 'cookie' } })),
    ...some(3, () => ({ by: random.pick(everybody), act: 'POST /admin/sign-in', subject: '', detail: {}, refusal: 'sign_in_failed' as const })),
    ...some(9, () => ({ by: 'operations' as const, act: 'PATCH /admin/shops/{shopId}', subject: random.pick(stores).storeId, detail: { reason: '商户来函', before: { closesAt: '22:00' }, after: { closesAt: '22:30' } } })),
    ...some(7, () => ({ by: 'customerService' as const, act: 'POST /admin/members/{memberId}/unmask', subject: random.pick(members).memberId, detail: { reason: '来电核实身份' } })),
    ...some(8, () => ({ by: 'parking' as const, act: 'POST /admin/parking/lanes/{laneId}/open', subject: 'P1 出口2', detail: { reason: '车牌污损，人工放行' } })),
    ...some(4, () => ({ by: 'marketing' as const, act: 'POST /admin/notices/{noticeId}/publish', subject: world.id(daysAgo(world, 5)), detail: { before: 'draft', after: 'published' } })),
    ...some(2, () => ({ by: 'marketing' as const, act: 'POST /admin/payments/{paymentId}/refund', subject: '', detail: {}, refusal: 'forbidden' as const })),
    ...templates.filter(t => t.state !== 'draft' && t.state !== 'submitted').map((t): Act => ({ at: at(), by: 'operations', act: 'POST /admin/coupon-templates/{templateId}/approve', subject: t.templateId, detail: { before: 'submitted', after: 'approved' } })),
    ...refunded.slice(-12).map((p): Act => ({ at: at(), by: 'finance', act: 'POST /admin/payments/{paymentId}/refund', subject: p.paymentId, detail: { amountFen: p.amountFen, reason: '客诉：道闸等待过久，全额退还' } })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** Writes the last weeks into the audit log, by the service itself, so that its chain holds. */
export const writeHistory = async (world: World, staff: readonly DemoStaff[], known: Known): Promise<number> => {
  const log = pino({ level: 'silent' })
  const db = drizzle({ client: world.connection }) as unknown as Executor
  const deps = { now: () => world.now, config: world.deps.config, db, log } as Deps
  const acts = actsOf(world, known)
  for (const { at, by, act, subject, detail, refusal } of acts) {
    const person = staff.find(s => s.role === by)!
    const requestId = world.id(at)
    const ctx: Ctx = {
      db, mallId: world.mallId, now: at, requestId, deps, log, inTransaction: true, idempotency: null, auditNote: { subject: subject || null, detail },
      caller: { kind: 'staff', staffId: person.staffId, name: person.name, role: by, mallId: world.mallId, reach: roles[by].reach, tenantId: null, storeIds: [], sessionId: requestId, address: `10.8.${world.random.int(0, 3)}.${world.random.int(2, 250)}` },
    }
    await recordAudit(ctx, { act, outcome: refusal ? 'refused' : 'done', refusal: refusal ?? null })
  }
  return acts.length
}
