import { addMessages } from './index'

/** Copy that every page needs: actions, states, units. */
addMessages('common', {
  zh: {
    mall: '云龙天地', back: '返回', retry: '重试', close: '关闭', cancel: '取消', confirm: '确定', save: '保存', copy: '复制', copied: '已复制', more: '查看更多', all: '全部', loading: '加载中', loadingMore: '正在加载更多', end: '没有更多了', signIn: '登录 / 注册', optional: '选填', done: '完成', edit: '修改', remove: '删除', call: '打电话', selected: '已选中', today: '今天', tomorrow: '明天', yesterday: '昨天',
    hours: '{h}小时', minutes: '{m}分', hoursMinutes: '{h}小时{m}分', days: '{d}天', tier: { silver: '银桂', gold: '金桂', crimson: '丹桂' }, member: { silver: '银桂会员', gold: '金桂会员', crimson: '丹桂会员' },
    weekdays: '周日,周一,周二,周三,周四,周五,周六', monthDay: '{m}月{d}日', yearMonthDay: '{y}年{m}月{d}日', month: '{m}月',
    offline: { title: '网络断开了', text: '连上网络后会自动更新', withCode: '会员码和已领的券离线也能用', openCode: '打开会员码' },
    error: { title: '这里出了点问题', text: '不是你的操作问题，稍后再试一次', number: '问题编号 {id}' },
    refused: { title: '现在还不行' }, signInFirst: { title: '登录后查看', text: '一步加入会员，积分、券、停车都在这里' }, toast: { offline: '网络断开了，请稍后再试', fault: '没有成功，请稍后再试' },
  },
  en: {
    mall: 'Atrium Yunlong', back: 'Back', retry: 'Try again', close: 'Close', cancel: 'Cancel', confirm: 'OK', save: 'Save', copy: 'Copy', copied: 'Copied', more: 'More', all: 'All', loading: 'Loading', loadingMore: 'Loading more', end: 'That is all', signIn: 'Sign in', optional: 'Optional', done: 'Done', edit: 'Edit', remove: 'Remove', call: 'Call', selected: 'Selected', today: 'Today', tomorrow: 'Tomorrow', yesterday: 'Yesterday',
    hours: '{h} h', minutes: '{m} min', hoursMinutes: '{h} h {m} min', days: '{d} d', tier: { silver: 'Silver', gold: 'Gold', crimson: 'Crimson' }, member: { silver: 'Silver member', gold: 'Gold member', crimson: 'Crimson member' },
    weekdays: 'Sun,Mon,Tue,Wed,Thu,Fri,Sat', monthDay: '{m}/{d}', yearMonthDay: '{y}-{m}-{d}', month: 'Month {m}',
    offline: { title: 'You are offline', text: 'This updates when you are back online', withCode: 'Your member code and coupons still work', openCode: 'Open member code' },
    error: { title: 'Something went wrong here', text: 'It is not your doing. Please try again shortly', number: 'Reference {id}' },
    refused: { title: 'Not possible right now' }, signInFirst: { title: 'Sign in to see this', text: 'Points, coupons and parking in one place' }, toast: { offline: 'You are offline. Please try again', fault: 'That did not work. Please try again' },
  },
})
