/** Moving between pages, and the bars around them. */
import type { Host } from '../core/host.ts'
import type { ApiArea } from './area.ts'

export function navigationApi(host: Host): ApiArea {
  return {
    now: { stopPullDownRefresh: () => {} },
    later: {
      navigateTo: ({ url }) => { host.pages.navigateTo(String(url)) },
      redirectTo: ({ url }) => { host.pages.redirectTo(String(url)) },
      reLaunch: ({ url }) => { host.pages.reLaunch(String(url)) },
      switchTab: ({ url }) => { host.pages.switchTab(String(url)) },
      navigateBack: ({ delta }) => { host.pages.navigateBack(Number(delta ?? 1)) },
      startPullDownRefresh: () => { host.pages.call(host.pages.top(), 'onPullDownRefresh') },
      pageScrollTo: ({ scrollTop }) => {
        const { element } = host.pages.top()
        element.scrollTop = Number(scrollTop ?? 0)
      },
      setNavigationBarTitle: ({ title }) => { host.phone.setTitle(String(title)) },
      setNavigationBarColor: ({ frontColor, backgroundColor }) => { host.phone.setNavColours(frontColor as string, backgroundColor as string) },
      setNavigationBar: ({ title, backgroundColor }) => {
        if (title !== undefined) host.phone.setTitle(String(title))
        if (backgroundColor !== undefined) host.phone.setNavColours(undefined, String(backgroundColor))
      },
      setTabBarBadge: ({ index, text }) => { host.phone.setTabBadge(Number(index), String(text)) },
      removeTabBarBadge: ({ index }) => { host.phone.setTabBadge(Number(index), undefined) },
      showTabBarRedDot: ({ index }) => { host.phone.setTabBadge(Number(index), '') },
      hideTabBarRedDot: ({ index }) => { host.phone.setTabBadge(Number(index), undefined) },
      navigateToMiniProgram: (options) => { host.api.record('navigateToMiniProgram', { appId: options.appId, path: options.path }) },
      ...Object.fromEntries([
        'hideTabBar', 'showTabBar', 'setTabBarStyle', 'setTabBarItem', 'setBackgroundColor', 'setBackgroundTextStyle', 'hideHomeButton',
        'showNavigationBarLoading', 'hideNavigationBarLoading', 'hideBackHome', 'loadFontFace', 'setOptionMenu',
      ].map((name) => [name, () => ({})])),
    },
  }
}
