import { addCopy } from '../platform/copy.ts'

addCopy('role', {
  administrator: '平台管理员', operations: '商场运营', marketing: '市场推广', parking: '停车管理', finance: '财务', customerService: '客服', auditor: '审计', tenantManager: '店长', salesAssociate: '店员',
}, {
  administrator: 'Administrator', operations: 'Operations', marketing: 'Marketing', parking: 'Parking', finance: 'Finance', customerService: 'Customer service', auditor: 'Auditor', tenantManager: 'Shop manager', salesAssociate: 'Shop assistant',
})

addCopy('signIn', {
  title: '登录控制台', lead: '用员工账号登录', account: '账号', password: '密码', next: '下一步', codeTitle: '输入动态验证码', codeLead: '密码已通过，还差一步', other: '换账号', code: '验证器里的 6 位数字', renews: '{s} 秒后换新', enter: '进入控制台', digit: '第 {n} 位数字',
  lostTitle: '验证器不在身边', lost: '请管理员在“员工与权限”里为您重置，会得到新的密码和验证器密钥。', note: '连续输错会锁定账号一段时间，管理员可以解锁。', slogan: '光从上面来，', slogan2: '一天从这里开始。', brand: '中庭 Atrium', place: '云龙天地 · 120 家店，2 个停车场，5 层楼', ended: '登录已过期，请重新登录，之后会回到刚才的页面。', ticketOver: '等得太久，请重新输入密码。', locked: '账号已锁定', triesLeft: '再错 {n} 次会锁定账号', lockedUntil: '{time} 后可以再试，或请管理员解锁。',
}, {
  title: 'Sign in', lead: 'With your staff account', account: 'Account', password: 'Password', next: 'Next', codeTitle: 'Enter the code', codeLead: 'The password is right; one step left', other: 'Other account', code: '6 digits of your authenticator', renews: 'renews in {s} s', enter: 'Enter the console', digit: 'Digit {n}',
  lostTitle: 'Authenticator not at hand', lost: 'Ask an administrator to reset you under “Staff & roles”; you will get a new password and authenticator key.', note: 'Wrong tries in a row lock the account for a while; an administrator can unlock it.', slogan: 'Light from above,', slogan2: 'a day begins here.', brand: 'Atrium', place: 'Atrium Yunlong · 120 shops, 2 car parks, 5 floors', ended: 'Your session has ended. Sign in and you will be back where you were.', ticketOver: 'That took too long; please enter the password again.', locked: 'The account is locked', triesLeft: '{n} more wrong tries will lock the account', lockedUntil: 'Try again after {time}, or ask an administrator.',
})
