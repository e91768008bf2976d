import type { Page } from 'playwright-core'

/** What of a page in elder view is smaller than it promises: text below 18, targets below 60 high (with the invisible frame that belongs to them). */
export const smallInElder = (page: Page): Promise<string[]> => page.evaluate(() => {
  const seen = (element: Element) => element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && element.getBoundingClientRect().width > 0
  const name = (element: Element) => `.${element.classList.value.replaceAll(' ', '.')} ${(element.textContent ?? '').trim().slice(0, 20)}`
  const small = new Set<string>()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!
    const size = parseFloat(getComputedStyle(parent).fontSize)
    if (node.textContent!.trim() && size < 17.9 && seen(parent)) small.add(`text of ${size.toFixed(1)}: ${name(parent.closest('[class]') ?? parent)}`)
  }
  for (const target of document.querySelectorAll('[role=button], [role=tab], [role=checkbox], [role=radio], [role=switch], [role=link]')) {
    if (!seen(target)) continue
    const frame = getComputedStyle(target, '::after')
    const grown = frame.content !== 'none' && frame.position === 'absolute' ? -Math.min(0, parseFloat(frame.top)) - Math.min(0, parseFloat(frame.bottom)) : 0
    const height = target.getBoundingClientRect().height + grown
    if (height < 59.5) small.add(`target of ${height.toFixed(1)}: ${name(target)}`)
  }
  return [...small]
})
