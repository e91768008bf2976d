import { addCopy } from '../platform/copy.ts'

addCopy('shell', {
  console: '云龙天地 控制台', menu: '主菜单', skip: '跳到正文', guests: '客人', site: '场内', money: '钱', system: '系统', open: '正在营业',
  search: '找会员、车牌、单号', searchTitle: '查找', searchHint: '输入手机号、会员号、车牌、付款单号，或页面名', searchPages: '页面', searchFind: '查找', searchMember: '在会员里找“{q}”', searchPlate: '在停车记录里找“{q}”', searchPayment: '在支付里找“{q}”', searchFapiao: '在发票里找“{q}”', searchNone: '没有匹配的页面',
  language: '切换语言', account: '账号菜单', password: '修改密码', signOut: '退出登录', notFound: '没有这个页面', notFoundWay: '地址可能写错，或页面已搬走。', home: '回到首页', refusedTitle: '您的角色不能打开“{page}”', refusedWay: '需要时请管理员调整您的角色。',
  idleTitle: '还在吗？', idle: '很久没有操作，{s} 秒后自动退出，以免别人用您的账号。', idleStay: '继续使用', idleLeave: '现在退出', live: '实时', lost: '连接中断，正在重连', live_connecting: '正在连接',
  passwordNow: '当前密码', passwordNext: '新密码', passwordAgain: '再输一次', passwordHelp: '至少 12 位；改好后其他设备会退出', passwordDiffers: '两次输入不一样', passwordDone: '密码已修改',
}, {
  console: 'Atrium Yunlong Console', menu: 'Main menu', skip: 'Skip to content', guests: 'Guests', site: 'On site', money: 'Money', system: 'System', open: 'Open now',
  search: 'Member, plate, number', searchTitle: 'Search', searchHint: 'A phone number, member number, plate, payment number or the name of a page', searchPages: 'Pages', searchFind: 'Find', searchMember: 'Find “{q}” in members', searchPlate: 'Find “{q}” in parking', searchPayment: 'Find “{q}” in payments', searchFapiao: 'Find “{q}” in invoices', searchNone: 'No page matches',
  language: 'Change language', account: 'Account menu', password: 'Change password', signOut: 'Sign out', notFound: 'No such page', notFoundWay: 'The address may be wrong, or the page has moved.', home: 'To the start', refusedTitle: 'Your role cannot open “{page}”', refusedWay: 'Ask an administrator if you need it.',
  idleTitle: 'Still there?', idle: 'Nothing happened for a while. You will be signed out in {s} s so that nobody uses your account.', idleStay: 'Stay signed in', idleLeave: 'Sign out now', live: 'Live', lost: 'Connection lost, reconnecting', live_connecting: 'Connecting',
  passwordNow: 'Current password', passwordNext: 'New password', passwordAgain: 'Once more', passwordHelp: 'At least 12 characters; other devices will be signed out', passwordDiffers: 'The two do not match', passwordDone: 'Password changed',
})

addCopy('page', {
  today: '今日', approvals: '待我审批', members: '会员', member: '会员', templates: '优惠券', templateNew: '新建券模板', template: '券模板', redemptions: '核销', redeem: '核销优惠券', control: '停车控制室', sessions: '停车记录', session: '停车详情', tariffs: '收费牌', shops: '店铺', notices: '公告', payments: '支付', fapiao: '发票', staff: '员工与权限', roles: '角色', audit: '操作日志', invariants: '数据核对',
}, {
  today: 'Today', approvals: 'Approvals', members: 'Members', member: 'Member', templates: 'Coupons', templateNew: 'New coupon', template: 'Coupon template', redemptions: 'Redemptions', redeem: 'Redeem a coupon', control: 'Parking control', sessions: 'Parking log', session: 'Parking session', tariffs: 'Tariff sign', shops: 'Shops', notices: 'Notices', payments: 'Payments', fapiao: 'Invoices', staff: 'Staff & roles', roles: 'Roles', audit: 'Audit log', invariants: 'Data checks',
})
