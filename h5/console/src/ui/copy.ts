import { addCopy } from '../platform/copy.ts'

addCopy('ui', {
  loading: '正在加载', working: '正在处理…', cancel: '取消', close: '关闭', retry: '重试', save: '保存', confirm: '确定', back: '返回', copied: '已复制', done: '已完成', yes: '是', no: '否', all: '全部', allShops: '全部店铺', more: '更多',
  trouble: { offline: '网络断了', offlineWay: '检查网络后重试，已填的内容不会丢。', fault: '系统出了问题', faultWay: '请稍后重试；如果一直这样，把下面的请求号告诉技术支持。', refusedWay: '如果您认为应该可以，请联系管理员。', requestId: '请求号' },
  list: { today: '今天', yesterday: '昨天', week: '近 7 天', month: '近 30 天', from: '从', until: '到', apply: '应用', drop: '去掉条件：{field}', clear: '清除条件', nothing: '没有符合条件的记录', nothingWay: '换个条件，或清除条件看全部。', chosen: '已选 {n} 个', unchoose: '取消选择', total: '共 {n} 条', reload: '刷新', columns: '列', resetColumns: '恢复默认', table: '数据表', chooseAll: '全选本页', choose: '选择这一行', actions: '操作', range: '{from} – {to}，共 {total}', perPage: '每页', previous: '上一页', next: '下一页', export: '导出', xlsx: 'Excel（.xlsx）', csv: 'CSV（.csv）', exporting: '导出', exportRows: '已写 {rows} / {total} 行', exportDone: '已导出 {rows} 行：{name}' },
  form: { required: '必填', min: '不能小于 {n}', max: '不能大于 {n}', minLength: '至少 {n} 个字', maxLength: '最多 {n} 个字', rejected: '不符合要求：{detail}', choose: '请选择', leave: '有改动还没保存，要离开吗？', unlimited: '不限' },
  reason: { label: '原因（会记入操作日志）', hint: '写一句，别人看得懂', missing: '请写明原因，至少 2 个字' },
  masked: { left: '{s} 秒后隐藏' },
  difference: { changed: '改了 {n} 处', same: '没改的 {n} 处：', comma: '、' },
  plate: { photo: '{place}的相机截图', drawn: '{place}的车牌示意，没有相机截图', read: '相机读到 {plate}，把握 {score}%', maybe: '可能是 {plate}', match: '相符 {score}%', nothing: '没有找到相近的车，请对照画面自己填。', take: '按这个改正', type: '自己填', none: '不是', save: '改正', example: '如 苏CF9283' },
  preview: '会员看到的券：{title}',
}, {
  loading: 'Loading', working: 'Working…', cancel: 'Cancel', close: 'Close', retry: 'Try again', save: 'Save', confirm: 'OK', back: 'Back', copied: 'Copied', done: 'Done', yes: 'Yes', no: 'No', all: 'All', allShops: 'All shops', more: 'More',
  trouble: { offline: 'The network is gone', offlineWay: 'Check the connection and try again; what you typed stays.', fault: 'Something went wrong', faultWay: 'Try again in a moment; if it stays like this, tell support the request number below.', refusedWay: 'If you think this should work, ask an administrator.', requestId: 'Request' },
  list: { today: 'Today', yesterday: 'Yesterday', week: 'Last 7 days', month: 'Last 30 days', from: 'From', until: 'To', apply: 'Apply', drop: 'Remove filter: {field}', clear: 'Clear filters', nothing: 'Nothing matches', nothingWay: 'Try other filters, or clear them.', chosen: '{n} selected', unchoose: 'Clear selection', total: '{n} in all', reload: 'Reload', columns: 'Columns', resetColumns: 'Default columns', table: 'Table of records', chooseAll: 'Select this page', choose: 'Select this row', actions: 'Actions', range: '{from} – {to} of {total}', perPage: 'Per page', previous: 'Previous page', next: 'Next page', export: 'Export', xlsx: 'Excel (.xlsx)', csv: 'CSV (.csv)', exporting: 'Export', exportRows: '{rows} of {total} rows written', exportDone: '{rows} rows exported: {name}' },
  form: { required: 'Required', min: 'At least {n}', max: 'At most {n}', minLength: 'At least {n} characters', maxLength: 'At most {n} characters', rejected: 'Not accepted: {detail}', choose: 'Choose', leave: 'There are unsaved changes. Leave?', unlimited: 'No limit' },
  reason: { label: 'Reason (kept in the audit log)', hint: 'One line others will understand', missing: 'Please give a reason, at least 2 characters' },
  masked: { left: 'hides in {s} s' },
  difference: { changed: '{n} changes', same: '{n} unchanged: ', comma: ', ' },
  plate: { photo: 'Camera picture at {place}', drawn: 'Drawing of the plate at {place}; there is no picture', read: 'The camera read {plate}, {score}% sure', maybe: 'Perhaps {plate}', match: '{score}% match', nothing: 'No similar car found; look at the picture and type it.', take: 'Correct to this', type: 'Type it', none: 'None of these', save: 'Correct', example: 'e.g. 苏CF9283' },
  preview: 'The coupon as members see it: {title}',
})
