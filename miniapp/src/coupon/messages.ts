import { addMessages } from '@/i18n'

addMessages('coupon', {
  zh: {
    title: '领券中心', mine: '我的券', myCount: '我的券 {n}', today: '今天可领 {n} 张', canClaim: '可以领的都在这里', kinds: { all: '推荐', cash: '代金', discount: '折扣', parking: '停车', exchange: '兑换', gift: '礼品' },
    unit: { off: '折', hour: '小时', minute: '分钟', piece: '份' }, condition: { minimum: '满 {yuan} 可用', none: '无门槛', cap: '最高减 {yuan}', parking: '全场停车场' },
    funder: { mall: '商场出资', tenant: '商户出资' }, everywhere: '全场通用', carParks: '全部停车场', stores: '{name}等 {n} 家', claimed: '已领 {percent}%', stock: '限量 {n} 张', unlimited: '不限量', until: '{day}前有效', days: '领取后 {n} 天有效', perMember: '每人限领 {n} 张',
    claim: '领取', points: '需 {n} 积分', pointsShort: '{n} 分', owned: '已领', use: '去使用', opens: '{time} 开抢', soldOut: '已抢光', ended: '已结束', paused: '暂停领取', limit: '已领完限额', tier: '{tier}可领', poor: '还差积分', claimedToast: '已领取，放进卡包了', claimTitle: '用积分兑换', claimAsk: '用 {n} 积分兑换这张券？', claimNote: '兑换后从你的积分里扣除，过期不退', pay: '兑换',
    none: '现在没有可领的券', noneText: '新的券通常在上午 10:00 上架', states: { available: '可使用', redeemed: '已核销', expired: '已过期' }, noMine: { available: '还没有优惠券', redeemed: '还没有用过的券', expired: '没有过期的券' }, noMineText: '去领券中心看看，今天能领哪些', toCentre: '去领券',
    soon: '快到期', expiresAt: '{time} 到期', usedAt: '{time} 在{store}核销', expiredAt: '{day}已过期', locked: '使用中', lockedNote: '正在一笔停车支付里', voided: '已作废', useTitle: '使用优惠券', receiptTitle: '核销回执', validUntil: '{time} 前有效', validFrom: '{time} 起可用', notYet: '还没到可用时间',
    rotating: '每分钟更新，截图无效', offlineCode: '离线码，同样可用', showCode: '券码，请出示给店员', how: '怎么用', steps: { tell: '结账前告诉店员', show: '出示上方券码', done: '核销后立减{value}', gift: '核销后领取' }, parkingHow: '停车券不用出示', parkingText: '打开停车页，缴费时会自动抵扣', toParking: '去停车页',
    where: '适用门店', rules: '使用规则', noRules: '没有其他限制', saved: '省下 {value}', received: '{store}已收到这张券', seal: '已核销', sealHouse: '云龙天地', expiredSeal: '已过期', redeemedAt: '核销时间', by: '经手', receiptNumber: '回执号', worth: '券面', restored: '这次核销已撤销，券可以再用', done: '完成', points2: '查看积分', refresh: '刷新',
  },
  en: {
    title: 'Coupon centre', mine: 'My coupons', myCount: 'Mine {n}', today: '{n} to claim today', canClaim: 'Everything you can claim is here', kinds: { all: 'For you', cash: 'Cash', discount: 'Discount', parking: 'Parking', exchange: 'Exchange', gift: 'Gift' },
    unit: { off: '% off', hour: ' h', minute: ' min', piece: ' pc' }, condition: { minimum: 'Spend ¥{yuan}', none: 'No minimum', cap: 'Up to ¥{yuan}', parking: 'All car parks' },
    funder: { mall: 'From the mall', tenant: 'From the shop' }, everywhere: 'All shops', carParks: 'All car parks', stores: '{name} and {n} in all', claimed: '{percent}% claimed', stock: '{n} in all', unlimited: 'Unlimited', until: 'Until {day}', days: '{n} days from claim', perMember: '{n} each',
    claim: 'Claim', points: '{n} points', pointsShort: '{n} pts', owned: 'Yours', use: 'Use', opens: 'From {time}', soldOut: 'All gone', ended: 'Ended', paused: 'Paused', limit: 'Limit reached', tier: '{tier} only', poor: 'Not enough points', claimedToast: 'Claimed and in your wallet', claimTitle: 'Exchange points', claimAsk: 'Exchange {n} points for this coupon?', claimNote: 'Points are taken now and not given back when the coupon expires', pay: 'Exchange',
    none: 'Nothing to claim right now', noneText: 'New coupons usually arrive at 10:00', states: { available: 'To use', redeemed: 'Redeemed', expired: 'Expired' }, noMine: { available: 'No coupons yet', redeemed: 'None redeemed yet', expired: 'None expired' }, noMineText: 'See what the coupon centre has today', toCentre: 'Coupon centre',
    soon: 'Soon', expiresAt: 'Expires {time}', usedAt: 'Redeemed {time} at {store}', expiredAt: 'Expired {day}', locked: 'In use', lockedNote: 'Held by a parking payment', voided: 'Void', useTitle: 'Use coupon', receiptTitle: 'Receipt', validUntil: 'Valid until {time}', validFrom: 'Valid from {time}', notYet: 'Not valid yet',
    rotating: 'Changes each minute, no screenshots', offlineCode: 'Off-line code, works as well', showCode: 'Coupon code, show it to the assistant', how: 'How to use', steps: { tell: 'Tell the cashier', show: 'Show this code', done: 'Save {value}', gift: 'Receive it' }, parkingHow: 'Parking coupons need no code', parkingText: 'Open the parking page; it is taken off when you pay', toParking: 'Open parking',
    where: 'Where it counts', rules: 'Rules', noRules: 'No further limits', saved: 'You saved {value}', received: '{store} has received this coupon', seal: 'REDEEMED', sealHouse: 'ATRIUM', expiredSeal: 'EXPIRED', redeemedAt: 'Redeemed', by: 'By', receiptNumber: 'Receipt', worth: 'Worth', restored: 'This redemption was undone; you can use the coupon again', done: 'Done', points2: 'Points', refresh: 'Refresh',
  },
})
