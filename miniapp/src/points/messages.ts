import { addMessages } from '@/i18n'

addMessages('points', {
  zh: { title: '我的积分', balance: '可用积分', pending: '另有 {n} 积分待到账', expiring: '{n} 积分将在 {day}到期', earned: '今年共得 {n}', rule: '积分怎么来', none: '还没有积分记录', noneText: '付停车费、参加活动都会得到积分', kinds: { all: '全部', parking_paid: '停车', refund: '退款', claim: '换券', welcome: '入会', expire: '过期', adjust: '调整', purchase: '消费' }, after: '余 {n}', spend: '去换券' },
  en: { title: 'My points', balance: 'Points to use', pending: '{n} more on the way', expiring: '{n} points expire on {day}', earned: '{n} earned this year', rule: 'How points are earned', none: 'No points yet', noneText: 'Parking and events earn points', kinds: { all: 'All', parking_paid: 'Parking', refund: 'Refund', claim: 'Coupons', welcome: 'Welcome', expire: 'Expired', adjust: 'Adjusted', purchase: 'Purchase' }, after: '{n} left', spend: 'Use points' },
})
