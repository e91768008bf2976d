export default defineAppConfig({
  pages: ['shell/index'],
  window: { navigationStyle: 'custom', navigationBarTitleText: '云龙天地' },
})
