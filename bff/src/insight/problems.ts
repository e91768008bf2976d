import type { Reply } from '@atrium/shared/contracts.ts'
import { runsLow } from '@atrium/shared/insight/rules.ts'
import { formatFen } from '@atrium/shared/money.ts'
import type { Ctx } from '../context.ts'
import { failedFapiao } from '../fapiao/service.ts'
import { brokenInvariants } from '../operations/service.ts'
import { alarms } from '../parking/service.ts'
import { troubles } from '../payment/service.ts'
import { countSubmitted, listTemplates } from './store.ts'

type Problem = Reply<'GET /admin/dashboard'>['problems'][number]
type Found = Omit<Problem, 'at'> & { at: Date }

const fromParking = async (ctx: Ctx): Promise<Found[]> => (await alarms(ctx)).items.map((a) => ({
  id: `parking-${a.alarmId}`, level: a.kind === 'jammed' || a.kind === 'stuck_paid' ? 'bad' : 'warn', at: new Date(a.at), title: a.title, titleEn: a.titleEn, detail: a.detail, detailEn: a.detailEn, link: '/parking/control', action: '去控制室', actionEn: 'Control room',
}))

async function fromPayments(ctx: Ctx): Promise<Found[]> {
  const { asking, refunds } = await troubles(ctx)
  const found: Found[] = []
  const sumOf = (rows: { amountFen: number }[]) => formatFen(rows.reduce((fen, row) => fen + row.amountFen, 0))
  const oldest = (rows: { at: Date }[]) => rows.reduce((first, row) => (row.at < first ? row.at : first), rows[0]!.at)
  if (asking.length) {
    found.push({ id: 'payments-asking', level: 'bad', at: oldest(asking), title: `${asking.length} 笔支付待确认`, titleEn: `${asking.length} payment${asking.length === 1 ? '' : 's'} without an outcome`, detail: `正在向支付渠道查询，合计 ${sumOf(asking)}`, detailEn: `The provider is being asked, ${sumOf(asking)} in all`, link: '/payments?state=asking', action: '核对', actionEn: 'Check' })
  }
  if (refunds.length) {
    found.push({ id: 'refunds-stuck', level: 'bad', at: oldest(refunds), title: `${refunds.length} 笔退款未到账`, titleEn: `${refunds.length} ${refunds.length === 1 ? 'refund has' : 'refunds have'} not arrived`, detail: `合计 ${sumOf(refunds)}，系统仍在重试`, detailEn: `${sumOf(refunds)} in all, still being tried`, link: '/payments?state=refunding', action: '查看', actionEn: 'Look' })
  }
  return found
}

async function fromFapiao(ctx: Ctx): Promise<Found[]> {
  const rows = await failedFapiao(ctx, 20)
  if (!rows.length) return []
  const reason = rows[0]!.failure ?? ''
  return [{ id: 'fapiao-failed', level: 'warn', at: rows[0]!.requestedAt, title: `${rows.length} 张发票开具失败`, titleEn: `${rows.length} fapiao could not be issued`, detail: reason, detailEn: reason, link: '/fapiao?state=failed', action: '处理', actionEn: 'Handle' }]
}

async function fromCoupons(ctx: Ctx): Promise<Found[]> {
  const [{ waiting, since }, templates] = await Promise.all([countSubmitted(ctx), listTemplates(ctx, 100)])
  const low = templates.filter((t) => runsLow(t.stock, t.claimed))
  return [
    ...(waiting ? [{ id: 'approvals', level: 'warn' as const, at: since ?? ctx.now, title: `${waiting} 张券模板待审批`, titleEn: `${waiting} coupon template${waiting === 1 ? ' waits' : 's wait'} for approval`, detail: '批准后才能发布', detailEn: 'They can be published once approved', link: '/approvals', action: '审批', actionEn: 'Approve' }] : []),
    ...low.map((t) => ({ id: `stock-${t.templateId}`, level: 'warn' as const, at: ctx.now, title: `“${t.title}”库存剩 ${t.stock! - t.claimed}`, titleEn: `“${t.titleEn}”: ${t.stock! - t.claimed} left`, detail: `已领 ${t.claimed}，共 ${t.stock}`, detailEn: `${t.claimed} of ${t.stock} claimed`, link: `/coupons/templates/${t.templateId}`, action: '看模板', actionEn: 'Open' })),
  ]
}

const fromInvariants = async (ctx: Ctx): Promise<Found[]> => (await brokenInvariants(ctx)).map((i) => ({
  id: `invariant-${i.code}`, level: 'bad', at: i.checkedAt ? new Date(i.checkedAt) : ctx.now, title: '账目校验不通过', titleEn: 'A check of the books failed', detail: `${i.promise}：${i.broken} 处不符`, detailEn: `${i.promiseEn}: ${i.broken} rows break it`, link: '/invariants', action: '查看', actionEn: 'Look',
}))

/** What needs a person now: bad before warnings, newest first. */
export async function problems(ctx: Ctx): Promise<Problem[]> {
  const found = (await Promise.all([fromParking(ctx), fromPayments(ctx), fromFapiao(ctx), fromCoupons(ctx), fromInvariants(ctx)])).flat()
  return found.sort((a, b) => Number(b.level === 'bad') - Number(a.level === 'bad') || b.at.getTime() - a.at.getTime()).map((p) => ({ ...p, at: p.at.toISOString() }))
}
