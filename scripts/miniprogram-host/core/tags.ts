/**
 * Names of built-in elements. In the view they carry the prefix `wx-`, as in WeChat's own web view, so that `button` or
 * `image` never become the HTML elements of that name; selectors of the app and of the automator are mapped to match.
 */

const BUILT_IN = [
  'page', 'view', 'text', 'image', 'button', 'input', 'textarea', 'form', 'label', 'canvas', 'video', 'audio', 'map', 'progress',
  'scroll-view', 'swiper', 'swiper-item', 'picker', 'picker-view', 'picker-view-column', 'switch', 'checkbox', 'checkbox-group',
  'radio', 'radio-group', 'slider', 'icon', 'rich-text', 'navigator', 'web-view', 'cover-view', 'cover-image', 'movable-area',
  'movable-view', 'camera', 'ad', 'editor', 'open-data', 'official-account', 'root-portal', 'page-container', 'match-media',
  'page-meta', 'navigation-bar', 'keyboard-accessory', 'live-player', 'live-pusher', 'lottie', 'contact-button', 'lifestyle',
]
const builtIn = new Set(BUILT_IN)
const alternatives = [...BUILT_IN].sort((a, b) => b.length - a.length).join('|')
const inSelector = new RegExp(`(^|[\\s>+~,(}])(${alternatives})(?=$|[\\s>+~,.#:\\[)\\{])`, 'g')
const inXpath = new RegExp(`(/|::)(${alternatives})(?=$|[/\\[])`, 'g')

/** The name an element of a template has in the view. */
export const domTag = (tag: string): string => builtIn.has(tag) ? `wx-${tag}` : tag

/** The name an element of the view has in the template. */
export const templateTag = (element: Element): string => element.tagName.toLowerCase().replace(/^wx-/, '')

/** A selector of the app (`page > .card button`) for the view. */
export const domSelector = (selector: string): string => selector.replace(inSelector, '$1wx-$2')

/** An XPath of the automator for the view, taken below the page element. */
export const domXpath = (path: string): string => path.replace(/^\//, './').replace(inXpath, '$1wx-$2')
