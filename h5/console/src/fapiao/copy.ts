import { addCopy } from '../platform/copy.ts'

addCopy('fapiao', {
  number: '发票号码', title: '抬头', kind: '类型', kindOf: { personal: '个人', company: '企业' }, creditCode: '税号', gross: '价税合计', net: '不含税', tax: '税额', state: '状态', requested: '申请时间', issued: '开具时间', member: '会员', attempts: '次数', search: '发票号码', days: '申请日期', empty: '没有发票', failure: '失败原因', retryAt: '下次重试', seller: '销售方', rate: '税率',
  stateOf: { requested: '已申请', issuing: '开具中', asking: '核对中', issued: '已开', failed: '失败', reversed: '已红冲' }, totals: '合计 {gross}，税额 {tax}', pick: '选一张看经过', lines: '明细', trail: '经过', retry: '重新开具', retryAsk: '会按原来的抬头和明细再开一次，不会重复开票。', retryDone: '已重新提交给开票服务商', retrying: '正在重新提交 {done} / {of}', retriedAll: '已重新提交 {sent} 张，共选 {of} 张', toPayment: '看付款',
}, {
  number: 'Number', title: 'Title', kind: 'Kind', kindOf: { personal: 'Person', company: 'Company' }, creditCode: 'Tax number', gross: 'Gross', net: 'Net', tax: 'Tax', state: 'State', requested: 'Asked for', issued: 'Issued', member: 'Member', attempts: 'Tries', search: 'Number', days: 'Day asked for', empty: 'No invoices', failure: 'Why it failed', retryAt: 'Next try', seller: 'Seller', rate: 'Rate',
  stateOf: { requested: 'Asked for', issuing: 'With the provider', asking: 'Being checked', issued: 'Issued', failed: 'Failed', reversed: 'Reversed' }, totals: '{gross} gross, {tax} tax', pick: 'Choose one to see what happened', lines: 'Lines', trail: 'What happened', retry: 'Try again', retryAsk: 'The same title and lines are sent again; nothing is invoiced twice.', retryDone: 'Sent to the provider again', retrying: 'Sending {done} of {of}', retriedAll: '{sent} of {of} sent to the provider again', toPayment: 'See payment',
})
