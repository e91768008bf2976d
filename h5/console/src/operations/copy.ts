import { addCopy } from '../platform/copy.ts'

addCopy('operations', {
  run: '现在全部核对', running: '正在核对…', allGood: '{n} 条承诺都成立', someBad: '{n} 条不成立', lead: '这些承诺任何时候都必须成立；每小时自动核对一次。不成立时这里会列出出问题的记录。', checked: '{time} 核对，用时 {ms} 毫秒', never: '还没核对过', broken: '{n} 处', holds: '成立', sample: '出问题的记录', empty: '没有可核对的项目', export: '导出',
}, {
  run: 'Check all now', running: 'Checking…', allGood: 'All {n} promises hold', someBad: '{n} do not hold', lead: 'These must hold at any time; they are checked each hour. When one does not, the records at fault are listed here.', checked: 'checked {time} in {ms} ms', never: 'not checked yet', broken: '{n}', holds: 'Holds', sample: 'Records at fault', empty: 'Nothing to check', export: 'Export',
})
