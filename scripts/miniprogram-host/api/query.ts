/** createSelectorQuery, IntersectionObserver and canvas contexts: what the app learns of its boxes. */
import { clone } from '../core/clone.ts'
import type { Host } from '../core/host.ts'
import type { AnyFunction, Bag, ViewElement } from '../core/types.ts'
import { canvasOf, legacyContext } from '../core/widgets/canvas.ts'
import type { ApiArea } from './area.ts'

type Read = (element: ViewElement) => unknown

export function queryApi(host: Host): ApiArea {
  const { window } = host.options.realm

  const identity = (element: ViewElement) => ({ id: element.id, dataset: clone(element.__wxElement?.dataset ?? {}) })
  /** The box relative to the page's window, as in the page's own web view. */
  const boxOf = (element: ViewElement) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const origin = host.pages.top().frame.getBoundingClientRect()
    return { left: left - origin.left, top: top - origin.top, right: left - origin.left + width, bottom: top - origin.top + height, width, height }
  }
  const scrollOf = (element: ViewElement) => ({ scrollLeft: element.scrollLeft, scrollTop: element.scrollTop, scrollHeight: element.scrollHeight, scrollWidth: element.scrollWidth })
  const nodeOf = (element: ViewElement) => element.tagName === 'WX-CANVAS' ? canvasOf(element) : null
  const fieldsOf = (wanted: Bag): Read => (element) => {
    const { left, right, top, bottom, width, height } = boxOf(element)
    const style = window.getComputedStyle(element)
    return {
      ...(wanted.id ? { id: element.id } : {}), ...(wanted.dataset ? { dataset: clone(element.__wxElement?.dataset ?? {}) } : {}),
      ...(wanted.rect ? { left, right, top, bottom } : {}), ...(wanted.size ? { width, height } : {}), ...(wanted.scrollOffset ? scrollOf(element) : {}),
      ...(wanted.node ? { node: nodeOf(element) } : {}),
      ...Object.fromEntries(((wanted.properties ?? []) as string[]).map((name) => [name, host.elements.property(element, name)])),
      ...Object.fromEntries(((wanted.computedStyle ?? []) as string[]).map((name) => [name, style.getPropertyValue(name)])),
    }
  }

  const createSelectorQuery = (): Bag => {
    const steps: { run: () => unknown; done?: AnyFunction }[] = []
    const select = (find: () => ViewElement[], many: boolean): Bag => {
      const add = (read: Read) => (done?: AnyFunction) => {
        steps.push({ done, run: () => many ? find().map(read) : find().slice(0, 1).map(read)[0] ?? null })
        return query
      }
      return {
        boundingClientRect: add((element) => ({ ...identity(element), ...boxOf(element) })),
        scrollOffset: add((element) => ({ ...identity(element), ...scrollOf(element) })),
        fields: (wanted: Bag, done?: AnyFunction) => add(fieldsOf(wanted))(done),
        node: add((element) => ({ node: nodeOf(element) })),
        context: add(() => ({ context: null })),
      }
    }
    const page = () => host.pages.top()
    const query: Bag = {
      in: () => query,
      select: (selector: string) => select(() => host.elements.all(page().frame, selector), false),
      selectAll: (selector: string) => select(() => host.elements.all(page().frame, selector), true),
      selectViewport: () => select(() => [page().element as ViewElement], false),
      exec(done?: AnyFunction) {
        window.setTimeout(() => {
          const results = steps.map((step) => { const result = step.run(); if (step.done) host.events.guard(step.done, 'selector query')(result); return result })
          if (done) host.events.guard(done, 'selector query')(results)
        }, 0)
        return query
      },
    }
    return query
  }

  /** Says once that the observed elements are in view: enough for lazy images and exposure counts. */
  const createIntersectionObserver = (): Bag => {
    let stopped = false
    const observer: Bag = {
      relativeTo: () => observer,
      relativeToViewport: () => observer,
      disconnect: () => { stopped = true },
      observe(selector: string, listener: AnyFunction) {
        window.setTimeout(() => {
          for (const element of stopped ? [] : host.elements.all(host.pages.top().frame, selector)) {
            host.events.guard(listener, 'intersection observer')({ ...identity(element), intersectionRatio: 1, boundingClientRect: boxOf(element), time: Date.now() })
          }
        }, 0)
      },
    }
    return observer
  }
  return {
    now: {
      createSelectorQuery, createIntersectionObserver,
      createMediaQueryObserver: () => ({ observe() {}, disconnect() {} }),
      createCanvasContext: (id: string) => legacyContext(host.elements.all(host.pages.top().frame, `canvas[canvas-id="${id}"],canvas#${id}`)[0]),
      createAnimation: () => { const animation: Bag = new window.Proxy({}, { get: (_, name) => name === 'export' ? () => ({ actions: [] }) : () => animation }); return animation },
    },
  }
}
