const gallery = process.env.NODE_ENV === 'development' ? [{ root: 'gallery', pages: ['pieces', 'states'] }] : []

export default defineAppConfig({
  pages: ['shell/home', 'shell/shops', 'shell/code', 'shell/parking', 'shell/me'],
  subPackages: [
    { root: 'coupon', pages: ['centre', 'mine', 'code'] },
    { root: 'parking', pages: ['plates', 'history', 'exit'] },
    { root: 'payment', pages: ['pay', 'result'] },
    { root: 'fapiao', pages: ['list', 'detail', 'titles', 'title'] },
    { root: 'points', pages: ['list'] },
    { root: 'shop', pages: ['detail'] },
    { root: 'identity', pages: ['join', 'privacy'] },
    { root: 'staff', pages: ['sign-in', 'redeem', 'redemptions'] },
    { root: 'notice', pages: ['list', 'detail'] },
    { root: 'settings', pages: ['index', 'sessions', 'profile'] },
    ...gallery,
  ],
  preloadRule: {
    'shell/home': { network: 'wifi', packages: ['coupon', 'parking'] },
    'shell/parking': { network: 'all', packages: ['payment'] },
  },
  lazyCodeLoading: 'requiredComponents',
  window: {
    navigationStyle: 'custom', transparentTitle: 'always', titlePenetrate: 'YES', navigationBarTitleText: '云龙天地',
    navigationBarBackgroundColor: '#f7f5f0', navigationBarTextStyle: 'black', backgroundColor: '#f7f5f0', backgroundTextStyle: 'dark',
  },
  // `custom` takes the platform's own bar away; shell/TabBar.vue draws ours with the raised code button on every face.
  tabBar: {
    custom: true, color: '#55625d', selectedColor: '#0f6b5c', backgroundColor: '#ffffff',
    list: [
      { pagePath: 'shell/home', text: '首页' },
      { pagePath: 'shell/shops', text: '逛店' },
      { pagePath: 'shell/parking', text: '停车' },
      { pagePath: 'shell/me', text: '我的' },
    ],
  },
})
