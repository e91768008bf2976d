import { createHash } from 'node:crypto'

/** The privacy notice in force. A change of purpose is a new version: newcomers agree to it, and each consent says which version it is of. */
export const notice = {
  version: '2026-11',
  effectiveFrom: '2026-10-31T16:00:00.000Z',
  title: '会员隐私声明',
  titleEn: 'Membership privacy notice',
  summary: [
    { heading: '我们收集什么', headingEn: 'What we collect', text: '手机号、微信或支付宝账号标识，用来认出您是同一位会员；您绑定的车牌，用来停车缴费。', textEn: 'Your phone number and the identifier of your WeChat or Alipay account, to know you as one member; the plates you bind, to let you pay for parking.' },
    { heading: '用来做什么', headingEn: 'What for', text: '办理会员、积分、优惠券、停车和开票。个性化推荐和营销短信各自单独征求同意，不同意也能使用其他功能。', textEn: 'Membership, points, coupons, parking and invoices. Recommendations and marketing messages each ask on their own; you can say no and use the rest.' },
    { heading: '保存多久', headingEn: 'How long', text: '会员存续期间保存；注销后 15 个工作日内删除或匿名，法律要求保留的支付和税务记录除外。', textEn: 'While you are a member; deleted or made anonymous within 15 working days after you leave, except payment and tax records that the law keeps.' },
    { heading: '谁能看到', headingEn: 'Who can see it', text: '商场员工看到的是遮盖后的号码，查看完整号码需要说明原因并留下记录。不会提供给商户，除非您另行同意。', textEn: 'Staff see masked numbers; seeing one in full needs a reason and is recorded. Shops get nothing unless you agree to it separately.' },
    { heading: '您的权利', headingEn: 'Your rights', text: '您可以随时查看、更正、撤回同意、退出所有设备。注销账号请到服务台或致电客服办理。', textEn: 'You can look, correct, withdraw consent and sign out everywhere at any time. To close your account, ask the service desk or call us.' },
  ],
} as const

/** Fingerprint of the very text that was agreed to, kept with each consent. */
export const noticeHash = createHash('sha256').update(JSON.stringify(notice)).digest()
