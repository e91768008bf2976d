import { addCopy } from '../platform/copy.ts'

addCopy('today', {
  first: '先处理这些', open: '{n} 件未处理', calm: '现在没有要处理的事', entries: '进场', exits: '出场', rate: '在场率', visits: '到访会员', redemptions: '核销', joined: '新会员', fapiao: '开票', versus: '{change} 较昨天同时', same: '与昨天同时持平', before: '昨 {value} 同时', none: '昨天同时没有',
  inside: '在场车辆', insideNote: '全部停车场，每小时', paid: '收款', paidNote: '每小时收款', today: '今天', yesterday: '昨天', capacity: '总车位 {n}', hour: '时刻', show: '看什么',
  takings: '收款', payments: '{n} 笔', methodsNone: '今天还没有收款', shops: '各店核销', shopsNone: '今天还没有核销', times: '{n} 张', coupons: '券的进度', couponsNone: '没有在领的券', claimed: '已领 {n}', redeemed: '核销 {n}', unlimited: '不限量', left: '剩 {n}', updated: '数据截至 {time}', see: '看发票', issued: '今天已开', issuedBefore: '昨天同时', paperShare: '占付款笔数',
}, {
  first: 'Do these first', open: '{n} open', calm: 'Nothing needs you right now', entries: 'Cars in', exits: 'Cars out', rate: 'Occupancy', visits: 'Members seen', redemptions: 'Redeemed', joined: 'New members', fapiao: 'Invoices', versus: '{change} on yesterday', same: 'same as yesterday', before: 'yesterday {value}', none: 'none at this time yesterday',
  inside: 'Cars inside', insideNote: 'all car parks, by hour', paid: 'Money in', paidNote: 'by hour', today: 'today', yesterday: 'yesterday', capacity: '{n} bays', hour: 'Hour', show: 'What to show',
  takings: 'Money in', payments: '{n}', methodsNone: 'No money yet today', shops: 'Redeemed by shop', shopsNone: 'Nothing redeemed yet today', times: '{n}', coupons: 'Coupons under way', couponsNone: 'No coupon is open', claimed: '{n} claimed', redeemed: '{n} redeemed', unlimited: 'no limit', left: '{n} left', updated: 'As of {time}', see: 'See invoices', issued: 'issued today', issuedBefore: 'yesterday', paperShare: 'of payments',
})
