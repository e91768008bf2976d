import { addMessages } from '@/i18n'

addMessages('shell', {
  zh: {
    tabs: { home: '首页', shops: '逛店', code: '会员码', parking: '停车', me: '我的' }, elderTabs: { shops: '找店' },
    greeting: { morning: '早上好', forenoon: '上午好', noon: '中午好', afternoon: '下午好', evening: '晚上好', named: '{greeting}，{name}', elder: '{name}，{greeting}' },
    hours: '今天营业 {from}–{until}', opens: '还没开门 · 今天 {from} 开门', closed: '现在已打烊 · 明天 {from} 开门',
    joinCard: '加入会员，停车买单都省心', joinNote: '领券、积分、停车优惠，一个会员码', join: '立即加入',
    points: '积分', coupons: '优惠券', freeParking: '今日免停', hoursUnit: '小时', tiles: { parking: '停车缴费', coupon: '领券中心', points: '积分', fapiao: '电子发票' },
    parked: '已停 {time}', due: '当前', free: '当前不用付', pay: '去缴费', look: '查看', payParking: '去缴停车费', parkingNow: '停车中', paid: '已付款', leaveBy: '请在 {time} 前离场', stuck: '道闸故障，值班员正在处理',
    good: '今日好券', allCoupons: '全部 {n} 张', happening: '正在发生', allNotices: '全部', byFloor: '按楼层逛', shopsLink: '全部店铺', callUs: '打电话问', myCoupons: '我的优惠券', usable: '{n} 张可用', myPoints: '我的积分', pointsNote: '{n} 分', fapiao: '停车发票', fapiaoNote: '开票、看发票', toNormal: '换回普通版', memberCode: '会员码',
    me: { guest: '你好', guestNote: '登录后看积分、券和停车', growth: '成长值 {now} / {goal}', growthTop: '成长值 {now}', toNext: '再攒 {n} 升{tier}', top: '已是最高等级', running: '进行中', parkingNow: '{plate} 停车中', parkingNote: '{time} · 当前 {price}', expiring: '{n} 张券快到期', expiringNote: '先用快到期的更划算', use: '去使用', cars: '我的车辆', history: '停车记录', titles: '发票与抬头', notices: '消息与公告', fresh: '{n} 条新公告', elder: '长辈版', elderNote: '字大、少打扰', service: '客服电话', settings: '设置与隐私', staff: '店员核销', staffNote: '商户店员入口', payments: '我的券' },
  },
  en: {
    tabs: { home: 'Home', shops: 'Shops', code: 'Code', parking: 'Parking', me: 'Me' }, elderTabs: { shops: 'Shops' },
    greeting: { morning: 'Good morning', forenoon: 'Good morning', noon: 'Good day', afternoon: 'Good afternoon', evening: 'Good evening', named: '{greeting}, {name}', elder: '{greeting}, {name}' },
    hours: 'Open today {from}–{until}', opens: 'Not open yet · opens {from} today', closed: 'Closed now · opens {from} tomorrow',
    joinCard: 'Join and let the mall work for you', joinNote: 'Coupons, points and parking in one code', join: 'Join now',
    points: 'Points', coupons: 'Coupons', freeParking: 'Free parking', hoursUnit: ' h', tiles: { parking: 'Parking', coupon: 'Coupons', points: 'Points', fapiao: 'Fapiao' },
    parked: '{time} parked', due: 'Now', free: 'Nothing due now', pay: 'Pay', look: 'View', payParking: 'Pay parking', parkingNow: 'Parked', paid: 'Paid', leaveBy: 'Leave before {time}', stuck: 'Barrier fault, staff are on it',
    good: 'Coupons today', allCoupons: 'All {n}', happening: 'Happening now', allNotices: 'All', byFloor: 'By floor', shopsLink: 'All shops', callUs: 'Call us', myCoupons: 'My coupons', usable: '{n} to use', myPoints: 'My points', pointsNote: '{n} points', fapiao: 'Parking fapiao', fapiaoNote: 'Request and view', toNormal: 'Back to normal view', memberCode: 'Member code',
    me: { guest: 'Welcome to Atrium Yunlong', guestNote: 'Sign in for points, coupons and parking', growth: 'Growth {now} / {goal}', growthTop: 'Growth {now}', toNext: '{n} more to {tier}', top: 'The highest tier', running: 'In progress', parkingNow: '{plate} parked', parkingNote: '{time} · {price} now', expiring: 'Expiring soon: {n}', expiringNote: 'Use these first', use: 'Use', cars: 'My cars', history: 'Parking history', titles: 'Fapiao and titles', notices: 'Notices', fresh: '{n} new', elder: 'Large text view', elderNote: 'Bigger, calmer', service: 'Call customer service', settings: 'Settings and privacy', staff: 'Staff: redeem', staffNote: 'For shop assistants', payments: 'My coupons' },
  },
})
