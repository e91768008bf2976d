import { fapiao, fapiaoLine, fapiaoTitle, fapiaoTrail } from '@atrium/schema/fapiao.ts'
import { type TitleDetails, linesOf, parkingRateOn } from '@atrium/shared/fapiao/rules.ts'
import { businessDay } from '@atrium/shared/time.ts'
import { creditCodeCheck } from '@atrium/shared/uscc.ts'
import { seal } from '../../../bff/src/db/sealed.ts'
import { insertRows } from '../insert.ts'
import { daysAgo, type World } from '../world.ts'
import type { DemoMember } from './members.ts'
import type { PaymentRow } from './payments.ts'

const companies = ['徐州云麓商贸有限公司', '徐州淮塔文化传媒有限公司', '彭城测绘设计院有限公司', '徐州故黄河食品有限公司', '江苏汉韵软件有限公司', '徐州九里建设工程有限公司', '徐州回龙窝餐饮有限公司', '淮海物流集团有限公司']

const creditCode = (random: World['random']): string => {
  for (;;) {
    const first = `9132030${random.int(0, 9)}MA${Array.from({ length: 7 }, () => random.pick([...'0123456789ABCDEFGHJKLMNPQRTUWXY'])).join('')}`
    const check = creditCodeCheck(first)
    if (check) return first + check
  }
}

/** Titles of members and the invoices they asked for: mostly issued, a few refused by the provider, one of them today. */
export const writeFapiao = async (world: World, paidBy: ReadonlyMap<DemoMember, PaymentRow[]>): Promise<number> => {
  const { random, mallId, deps, now } = world
  const titles: (typeof fapiaoTitle.$inferInsert)[] = []
  const heads: (typeof fapiao.$inferInsert)[] = []
  const lines: (typeof fapiaoLine.$inferInsert)[] = []
  const trail: (typeof fapiaoTrail.$inferInsert)[] = []
  let serial = 0

  const titleOf = (member: DemoMember): { kind: 'personal' | 'company'; details: TitleDetails } => {
    const kind = random.chance(0.45) ? 'company' as const : 'personal' as const
    const details: TitleDetails = { name: kind === 'company' ? random.pick(companies) : member.nickname, creditCode: kind === 'company' ? creditCode(random) : null, address: null, phone: null, bank: null, account: null }
    titles.push({ titleId: world.id(member.joinedAt), mallId, memberId: member.memberId, kind, details: seal({ deps }, 'fapiaoTitle.details', JSON.stringify(details)), isDefault: true, createdAt: member.joinedAt, removedAt: null })
    return { kind, details }
  }

  const issue = (member: DemoMember, title: ReturnType<typeof titleOf>, payments: PaymentRow[], failed: boolean, at?: Date): void => {
    const last = Math.max(...payments.map(p => p.paidAt!.getTime()))
    const requestedAt = at ?? new Date(last + random.int(1, 2_000) * 60_000)
    // Not asked for yet.
    if (requestedAt.getTime() > now.getTime() - 120_000) return
    const day = businessDay(requestedAt)
    const perMille = parkingRateOn(day)
    const sums = linesOf(payments.map(p => ({ grossFen: p.amountFen, payment: p })), perMille)
    const fapiaoId = world.id(requestedAt)
    const issuedAt = failed ? null : new Date(requestedAt.getTime() + random.int(4, 50) * 1_000)
    const tell = (at: Date, fact: string, factEn: string, detail: string | null) => { trail.push({ trailId: world.id(at), mallId, fapiaoId, at, fact, factEn, detail }) }
    const number = failed ? null : `26${'322'}${String(10_000_000 + (serial += 1)).slice(1)}${random.digits(8)}`
    heads.push({
      fapiaoId, mallId, memberId: member.memberId, orderNumber: `F${requestedAt.toISOString().slice(2, 10).replaceAll('-', '')}${String((serial += 1)).padStart(7, '0')}${random.digits(6)}`, state: failed ? 'failed' : 'issued', titleKind: title.kind, title: seal({ deps }, 'fapiao.title', JSON.stringify(title.details)),
      grossFen: sums.grossFen, netFen: sums.netFen, taxFen: sums.taxFen, taxRatePerMille: perMille, number, pdfUrl: null, issuedAt, requestedAt, attempts: 1, askAt: null, failure: failed ? '抬头税号与名称不一致，请核对后重试' : null, redOrderNumber: null, redNumber: null,
    })
    for (const line of sums.lines) {
      lines.push({ fapiaoId, paymentId: line.payment.paymentId, mallId, livePaymentId: failed ? null : line.payment.paymentId, title: line.payment.invoice!.title, titleEn: line.payment.invoice!.titleEn, grossFen: line.grossFen, netFen: line.netFen, taxFen: line.taxFen })
      if (!failed) Object.assign(line.payment, { fapiaoId, fapiaoState: 'issued' })
    }
    tell(requestedAt, '申请开票', 'Requested', null)
    if (failed) tell(new Date(requestedAt.getTime() + 6_000), '开票失败', 'Failed', '抬头税号与名称不一致，请核对后重试')
    else tell(issuedAt!, '已开具', 'Issued', number)
  }

  for (const [member, all] of paidBy) {
    const payments = all.filter(p => p.state === 'paid' && p.amountFen > 0 && p.paidAt! < daysAgo(world, 0.05))
    if (payments.length === 0 || !random.chance(0.42)) continue
    const title = titleOf(member)
    for (let i = 0; i < payments.length;) {
      const count = random.weighted([[1, 60], [2, 25], [4, 15]] as const)
      const some = payments.slice(i, i + count)
      i += count
      if (random.chance(0.55)) issue(member, title, some, random.chance(0.002))
    }
  }
  // One that failed a moment ago: the dashboard and the member have something to mend.
  const momentsAgo = new Date(now.getTime() - 11 * 60_000)
  const open = [...paidBy].flatMap(([m, list]) => list.filter(p => p.state === 'paid' && p.amountFen > 0 && !p.fapiaoId && p.paidAt! < momentsAgo).map(p => [m, p] as const))
  const [member, recent] = open.sort((a, b) => b[1].paidAt!.getTime() - a[1].paidAt!.getTime())[0] ?? []
  if (member && recent) issue(member, titleOf(member), [recent], true, momentsAgo)
  await insertRows(world.connection, fapiaoTitle, titles)
  await insertRows(world.connection, fapiao, heads)
  await insertRows(world.connection, fapiaoLine, lines)
  await insertRows(world.connection, fapiaoTrail, trail)
  return heads.length
}
