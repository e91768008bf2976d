import { shanghaiTime } from '@atrium/shared/time.ts'
import type { exportKinds } from '@atrium/shared/operations/contract.ts'
import { say } from './words.ts'

export type ExportKind = (typeof exportKinds)[number]
type Row = Record<string, unknown>
type Language = 'zh-CN' | 'en'
export type Cell = string | number | null
type Column = { zh: string; en: string; of: (row: Row, language: Language) => Cell }

const text = (zh: string, en: string, key: string): Column => ({ zh, en, of: (row) => (row[key] === null || row[key] === undefined ? null : Array.isArray(row[key]) ? (row[key] as unknown[]).join('、') : String(row[key])) })
const number = (zh: string, en: string, key: string): Column => ({ zh, en, of: (row) => (typeof row[key] === 'number' ? row[key] : null) })
/** Yuan with two decimals; sums in a spreadsheet then are sums of money. */
const yuan = (zh: string, en: string, key: string): Column => ({ zh: `${zh}（元）`, en: `${en} (CNY)`, of: (row) => (typeof row[key] === 'number' ? row[key] / 100 : null) })
/** Wall time in Shanghai, as the lists show it. */
const time = (zh: string, en: string, key: string): Column => ({ zh, en, of: (row) => (typeof row[key] === 'string' ? shanghaiTime(new Date(row[key])) : null) })
const word = (zh: string, en: string, key: string, domain?: string): Column => ({ zh, en, of: (row, language) => (row[key] === null || row[key] === undefined ? null : say(String(row[key]), language, domain)) })
const named = (zh: string, en: string, key: string): Column => ({ zh, en, of: (row, language) => (row[language === 'en' ? `${key}En` : key] as string | null) ?? null })
const worth: Column = { zh: '类型', en: 'Kind', of: (row, language) => say(String((row.worth as { kind?: string } | undefined)?.kind ?? ''), language) }

/** An export: the list it is of, its name, and its columns in order. Lists mask what is personal, so the files do. */
export const exportsOf: Record<ExportKind, { route: string; name: string; nameEn: string; columns: Column[] }> = {
  members: { route: 'GET /admin/members', name: '会员', nameEn: 'members', columns: [text('会员号', 'Member number', 'memberNumber'), text('昵称', 'Nickname', 'nickname'), text('手机', 'Phone', 'phoneMasked'), word('等级', 'Tier', 'tier'), number('积分', 'Points', 'points'), number('到访', 'Visits', 'visits'), word('渠道', 'Channel', 'channel'), time('入会', 'Joined', 'joinedAt'), time('最近到访', 'Last seen', 'lastSeenAt')] },
  redemptions: { route: 'GET /admin/redemptions', name: '核销', nameEn: 'redemptions', columns: [text('核销单号', 'Redemption number', 'redemptionNumber'), time('时间', 'Time', 'at'), text('券号', 'Coupon number', 'couponNumber'), named('券', 'Coupon', 'title'), worth, yuan('价值', 'Value', 'valueFen'), named('门店', 'Store', 'storeName'), text('会员', 'Member', 'ownerMasked'), text('经手', 'By', 'by'), word('状态', 'State', 'state'), time('撤销时间', 'Restored', 'restoredAt'), text('撤销原因', 'Reason', 'restoreReason')] },
  'parking-sessions': { route: 'GET /admin/parking/sessions', name: '停车', nameEn: 'parking', columns: [text('车牌', 'Plate', 'plate'), named('车场', 'Car park', 'carPark'), word('状态', 'State', 'state', 'parking'), time('入场', 'Entry', 'entryAt'), text('入口', 'Entry lane', 'entryLane'), time('出场', 'Exit', 'exitAt'), text('出口', 'Exit lane', 'exitLane'), number('停留（分钟）', 'Stay (min)', 'stayMinutes'), yuan('已付', 'Paid', 'paidFen'), time('付款', 'Paid at', 'paidAt'), text('会员', 'Member', 'memberMasked'), text('备注', 'Note', 'note')] },
  payments: { route: 'GET /admin/payments', name: '支付', nameEn: 'payments', columns: [text('支付单号', 'Payment number', 'paymentNumber'), named('事由', 'For', 'subject'), yuan('金额', 'Amount', 'amountFen'), yuan('已退', 'Refunded', 'refundedFen'), word('方式', 'Method', 'method'), word('状态', 'State', 'state'), time('下单', 'Created', 'createdAt'), time('到账', 'Paid', 'paidAt'), text('会员', 'Member', 'memberMasked'), text('车牌', 'Plate', 'plate'), text('服务商流水号', 'Provider number', 'providerNumber'), word('发票', 'Fapiao', 'fapiaoState')] },
  fapiao: { route: 'GET /admin/fapiao', name: '发票', nameEn: 'fapiao', columns: [text('数电票号', 'Fapiao number', 'number'), word('状态', 'State', 'state'), word('抬头类型', 'Title kind', 'titleKind'), text('抬头', 'Title', 'titleName'), yuan('价税合计', 'Gross', 'grossFen'), yuan('不含税', 'Net', 'netFen'), yuan('税额', 'Tax', 'taxFen'), time('申请', 'Requested', 'requestedAt'), time('开具', 'Issued', 'issuedAt'), text('会员', 'Member', 'memberMasked'), number('尝试', 'Attempts', 'attempts'), text('失败原因', 'Failure', 'failure')] },
  audit: { route: 'GET /admin/audit', name: '操作日志', nameEn: 'audit', columns: [time('时间', 'Time', 'at'), text('人员', 'Who', 'staffName'), word('角色', 'Role', 'role', 'role'), text('操作', 'Act', 'act'), text('对象', 'Subject', 'subject'), word('结果', 'Outcome', 'outcome'), text('拒绝原因', 'Refusal', 'refusal'), text('请求号', 'Request', 'requestId'), text('地址', 'Address', 'address'), { zh: '详情', en: 'Detail', of: (row) => JSON.stringify(row.detail ?? {}) }] },
  shops: { route: 'GET /admin/shops', name: '店铺', nameEn: 'shops', columns: [text('单元', 'Unit', 'unit'), named('店名', 'Name', 'name'), named('业态', 'Trade', 'tradeCategoryName'), text('商户', 'Tenant', 'tenantName'), word('状态', 'State', 'status'), text('开门', 'Opens', 'opensAt'), text('打烊', 'Closes', 'closesAt'), yuan('人均', 'Average spend', 'averageSpendFen'), time('更新', 'Updated', 'updatedAt')] },
  'coupon-templates': { route: 'GET /admin/coupon-templates', name: '券模板', nameEn: 'coupon-templates', columns: [named('券', 'Coupon', 'title'), worth, word('状态', 'State', 'state'), number('库存', 'Stock', 'stock'), number('已领', 'Claimed', 'claimed'), number('已核销', 'Redeemed', 'redeemed'), number('积分价', 'Points price', 'pointsPrice'), word('出资', 'Funder', 'funder'), time('领取开始', 'Claim from', 'claimFrom'), time('领取结束', 'Claim until', 'claimUntil'), text('门店', 'Stores', 'storeNames'), text('创建', 'Created by', 'createdBy'), text('批准', 'Approved by', 'approvedBy'), time('更新', 'Updated', 'updatedAt')] },
  staff: { route: 'GET /admin/staff', name: '员工', nameEn: 'staff', columns: [text('账号', 'Account', 'account'), text('姓名', 'Name', 'name'), text('手机', 'Phone', 'phoneMasked'), word('角色', 'Role', 'role', 'role'), text('商户', 'Tenant', 'tenantName'), text('门店', 'Stores', 'storeNames'), word('状态', 'State', 'state'), time('最近登录', 'Last sign-in', 'lastSignInAt'), time('建立', 'Created', 'createdAt')] },
}
