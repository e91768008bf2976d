import { addMessages } from '@/i18n'

addMessages('member', {
  zh: { code: '会员码', label: '会员码，请出示给店员', refresh: '刷新', seconds: '秒后自动更新', offline: '离线码，同样可用', bright: '已调亮屏幕，结账前向店员出示', show: '结账前向店员出示', dim: '请把屏幕调亮一些，结账前向店员出示', works: '没有网络时，会员码仍可使用', points: '积分', coupons: '优惠券', free: '今日免停', pieces: '{n} 张', hours: '{n} 小时', guestTitle: '加入会员，就有会员码', guestText: '一个码，积分、用券、停车都认得你' },
  en: { code: 'Member code', label: 'Member code, show it to the assistant', refresh: 'Refresh', seconds: 's until it changes', offline: 'Off-line code, works as well', bright: 'Screen is bright. Show this before you pay', show: 'Show this before you pay', dim: 'Please make your screen brighter and show this before you pay', works: 'The code works without a network', points: 'Points', coupons: 'Coupons', free: 'Free parking', pieces: '{n}', hours: '{n} h', guestTitle: 'Join to get your member code', guestText: 'One code for points, coupons and parking' },
})
