export default defineAppConfig({
  pages: ['shell/home'],
  window: { navigationStyle: 'custom', navigationBarTitleText: '云龙天地' },
})
