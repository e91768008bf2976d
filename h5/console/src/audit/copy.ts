import { addCopy } from '../platform/copy.ts'

addCopy('audit', {
  at: '时间', who: '谁', act: '做了什么', subject: '对象', outcome: '结果', address: '网络地址', request: '请求号', refusal: '拒绝原因', days: '日期', empty: '没有记录', staff: '员工编号', outcomeOf: { done: '完成', refused: '被拒绝', failed: '出错' }, detail: '详情', proof: '日志完整性', proofOk: '{n} 条记录首尾相连，没有被改动过', proofBroken: '从 {id} 起记录对不上，请立即核查', checked: '核对于 {time}', check: '重新核对', noDetail: '没有更多内容', reason: '原因', role: '角色',
}, {
  at: 'Time', who: 'Who', act: 'What', subject: 'On', outcome: 'Result', address: 'Address', request: 'Request', refusal: 'Refused because', days: 'Date', empty: 'Nothing recorded', staff: 'Staff id', outcomeOf: { done: 'Done', refused: 'Refused', failed: 'Failed' }, detail: 'Detail', proof: 'Integrity of the log', proofOk: '{n} entries form an unbroken chain', proofBroken: 'The chain breaks at {id}; look into it now', checked: 'checked {time}', check: 'Check again', noDetail: 'Nothing more', reason: 'Reason', role: 'Role',
})
