/** Words for the codes that stand in exported lists: Chinese, English. A code without words is written as it is. */
const words: Record<string, [string, string]> = {
  silver: ['银桂', 'Silver'], gold: ['金桂', 'Gold'], crimson: ['丹桂', 'Crimson'],
  weapp: ['微信小程序', 'WeChat'], alipay: ['支付宝小程序', 'Alipay'], h5: ['手机网页', 'Web'], kiosk: ['自助屏', 'Kiosk'], console: ['控制台', 'Console'],
  cash: ['代金券', 'Cash'], discount: ['折扣券', 'Discount'], exchange: ['兑换券', 'Exchange'], parking: ['停车券', 'Parking'], gift: ['礼品券', 'Gift'],
  redeemed: ['已核销', 'Redeemed'], restored: ['已撤销', 'Restored'],
  open: ['正常', 'Open'], paid: ['已付', 'Paid'], leaving: ['放行中', 'Leaving'], closed: ['已关闭', 'Closed'], escaped: ['未付离场', 'Left unpaid'], stuck: ['滞留', 'Stuck'], refunded: ['已退款', 'Refunded'], void: ['作废', 'Void'],
  created: ['已创建', 'Created'], waiting: ['待支付', 'Waiting'], asking: ['查询中', 'Asking'], failed: ['失败', 'Failed'], refunding: ['退款中', 'Refunding'],
  wechat_jsapi: ['微信支付', 'WeChat Pay'], wechat_native: ['微信扫码', 'WeChat code'], alipay_trade: ['支付宝', 'Alipay'], alipay_qr: ['支付宝扫码', 'Alipay code'], none: ['无需支付', 'Nothing due'],
  requested: ['已申请', 'Requested'], issuing: ['开具中', 'Issuing'], issued: ['已开具', 'Issued'], reversed: ['已红冲', 'Reversed'], personal: ['个人', 'Personal'], company: ['企业', 'Company'],
  done: ['完成', 'Done'], refused: ['被拒', 'Refused'],
  fitting: ['装修中', 'Fitting'], draft: ['草稿', 'Draft'], submitted: ['待审批', 'Submitted'], approved: ['已批准', 'Approved'], published: ['发布中', 'Published'], paused: ['已暂停', 'Paused'], ended: ['已结束', 'Ended'], mall: ['商场', 'Mall'], tenant: ['商户', 'Tenant'],
  active: ['正常', 'Active'], locked: ['已锁定', 'Locked'], disabled: ['已停用', 'Disabled'],
  'role.parking': ['停车管理', 'Parking'], 'parking.open': ['在场', 'Inside'], 'parking.closed': ['已离场', 'Left'],
  administrator: ['平台管理员', 'Administrator'], operations: ['运营', 'Operations'], marketing: ['市场', 'Marketing'], finance: ['财务', 'Finance'], customerService: ['客服', 'Customer service'], auditor: ['审计', 'Auditor'], tenantManager: ['商户管理员', 'Tenant manager'], salesAssociate: ['导购', 'Sales associate'],
}

/** The word of a code; `domain` parts codes that mean different things in different lists. */
export const say = (code: string, language: 'zh-CN' | 'en', domain = ''): string => (words[`${domain}.${code}`] ?? words[code])?.[language === 'en' ? 1 : 0] ?? code
