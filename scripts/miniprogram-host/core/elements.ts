/** Finds elements for the automator and tells about them: ids, text, attributes, properties, WXML. */
import * as easel from 'glass-easel'
import { camel, clone, dashed } from './clone.ts'
import type { Host } from './host.ts'
import { domSelector, domXpath, templateTag } from './tags.ts'
import type { Bag, EaselNode, PageRecord, ViewElement } from './types.ts'

export interface Elements {
  /** Elements of a page, not looking into custom components (as DevTools). */
  inPage(page: PageRecord, selector: string): ViewElement[]
  /** Elements below one element, inside the same component (or inside it, if it is one). */
  inElement(element: ViewElement, selector: string): ViewElement[]
  byXpath(page: PageRecord, path: string): ViewElement[]
  /** The innermost visible elements whose text is exactly this, looking into components as well. */
  byText(page: PageRecord, text: string): ViewElement[]
  /** All elements below `root`, looking into components as well. */
  all(root: Element, selector: string): ViewElement[]
  /** Registers an element; answers what the client needs to build its own object. */
  handle(element: ViewElement): Bag
  /** The element behind an id; refuses one that has left the page. */
  byId(id: string): ViewElement
  text(element: ViewElement): string
  /** Attributes as the template gave them. */
  attributes(element: ViewElement): Bag
  attribute(element: ViewElement, name: string): unknown
  property(element: ViewElement, name: string): unknown
  wxml(element: ViewElement, outer: boolean): string
}

const BLOCK = /^(view|scroll-view|button|form|swiper|swiper-item|picker|label|navigator|page|textarea)$/

const isComponent = (node: EaselNode | undefined): node is EaselNode => easel.Component.isComponent(node)
const ownerOf = (element: ViewElement) => element.__wxElement?.ownerShadowRoot?.getHostNode()

/** Text with a line break around each block, for the view that has no layout. */
function plainText(element: Element): string {
  const out: string[] = []
  const breakLine = () => { if (out.length && out.at(-1) !== '\n') out.push('\n') }
  const walk = (node: Node) => {
    if (node.nodeType === 3) { out.push(node.nodeValue ?? ''); return }
    if (node.nodeType !== 1) return
    const block = BLOCK.test(templateTag(node as Element))
    if (block) breakLine()
    node.childNodes.forEach(walk)
    if (block) breakLine()
  }
  element.childNodes.forEach(walk)
  return out.join('').replace(/^\n+|\n+$/g, '')
}

export function createElements(host: Host): Elements {
  const { realm } = host.options
  const { document } = realm.window
  const ids = new WeakMap<Element, string>()
  const byId = new Map<string, ViewElement>()
  let next = 1

  const all: Elements['all'] = (root, selector) => Array.from(root.querySelectorAll<ViewElement>(domSelector(selector)))
  const attributes: Elements['attributes'] = (element) => (element.__wxElement as { _$nodeAttributes?: Bag } | undefined)?._$nodeAttributes ?? {}

  const publicNames = (element: ViewElement): Bag => {
    const names = [...Object.keys(attributes(element)).map(camel), 'value', 'checked', 'src', 'disabled']
    const node = element.__wxElement
    if (isComponent(node)) names.push(...Object.keys(node.data))
    return Object.fromEntries(names.map((name) => [name, true]))
  }
  const visible = (element: Element): boolean => !realm.paints || (element as HTMLElement).getClientRects().length > 0

  const elements: Elements = {
    all,
    attributes,
    inPage(page, selector) {
      const found = all(page.frame, selector)
      return found.filter((element) => element === page.element || ownerOf(element) === page.component)
    },
    inElement(element, selector) {
      const scope = isComponent(element.__wxElement) ? element.__wxElement : ownerOf(element)
      return all(element, selector).filter((found) => ownerOf(found) === scope)
    },
    byXpath(page, path) {
      const found = document.evaluate(domXpath(path), page.element, null, 7, null)
      return Array.from({ length: found.snapshotLength }, (_, i) => found.snapshotItem(i) as ViewElement)
    },
    byText(page, text) {
      const matching = all(page.frame, '*').filter((element) => element.__wxElement && elements.text(element).trim() === text && visible(element))
      return matching.filter((element) => !matching.some((other) => other !== element && element.contains(other)))
    },
    handle(element) {
      let id = ids.get(element)
      if (!id) {
        id = `el-${next++}`
        ids.set(element, id)
        byId.set(id, element)
      }
      const node = element.__wxElement
      // The page's root is a component as well, but the client must see a plain `page` element.
      if (!isComponent(node) || templateTag(element) === 'page') return { elementId: id, tagName: templateTag(element) }
      return { elementId: id, tagName: node.tagName ?? templateTag(element), nodeId: id }
    },
    byId(id) {
      const element = byId.get(id)
      if (!element || !document.contains(element)) throw new Error(`element not found (detached): ${id}`)
      return element
    },
    text: (element) => realm.paints ? element.innerText : plainText(element),
    attribute(element, name) {
      const own = attributes(element)
      if (name === 'class') return element.className
      if (name === 'id') return element.id
      if (name === 'style') return element.getAttribute('style')
      if (name.startsWith('data-')) return element.__wxElement?.dataset[name.slice(5)] ?? null
      if (!(name in own)) return element.getAttribute(name)
      return typeof own[name] === 'object' ? own[name] : String(own[name])
    },
    property(element, name) {
      if (name === '__propPublic') return publicNames(element)
      const own = attributes(element)
      const key = [name, dashed(name), camel(name)].find((candidate) => candidate in own)
      if (key !== undefined) return own[key]
      return isComponent(element.__wxElement) ? clone(element.__wxElement.data[name]) : undefined
    },
    wxml(element, outer) {
      const children = (node: Node) => Array.from(node.childNodes).map(write).join('')
      const write = (node: Node): string => {
        if (node.nodeType === 3) return node.nodeValue ?? ''
        if (node.nodeType !== 1) return ''
        const at = node as ViewElement
        const given = Object.entries(attributes(at)).filter(([, value]) => value !== undefined && value !== null && value !== false && value !== '' && typeof value !== 'object')
        const parts = [
          ...(at.id ? [`id="${at.id}"`] : []), ...(at.className ? [`class="${at.className}"`] : []),
          ...(at.getAttribute('style') ? [`style="${at.getAttribute('style')}"`] : []),
          ...given.map(([key, value]) => value === true ? key : `${key}="${value}"`),
          ...Object.entries(at.__wxElement?.dataset ?? {}).map(([key, value]) => `data-${key}="${value}"`),
        ]
        const tag = templateTag(at)
        return `<${[tag, ...parts].join(' ')}>${children(at)}</${tag}>`
      }
      return outer ? write(element) : children(element)
    },
  }
  return elements
}
