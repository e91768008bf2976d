/** A person's hand: tapping, typing, sliding, scrolling. */
import { isOn } from './clone.ts'
import type { Touches } from './events.ts'
import type { Host } from './host.ts'
import { templateTag } from './tags.ts'
import type { ViewElement } from './types.ts'

export interface Gestures {
  tap(element: ViewElement): void
  /** The functions the automator calls on elements (`input.input`, `swiper.swipeTo`, …). */
  call(name: string, element: ViewElement, args: unknown[]): unknown
}

const ACTING = /^(switch|checkbox|radio|navigator|label|button)$/

export function createGestures(host: Host): Gestures {
  const fire: Host['events']['fire'] = (...args) => { host.events.fire(...args) }

  const touchesAt = (element: ViewElement): Required<Touches> => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const point = { identifier: 0, pageX: left + width / 2, pageY: top + height / 2, clientX: left + width / 2, clientY: top + height / 2, force: 1 }
    return { touches: [point], changedTouches: [point] }
  }
  const type = (element: ViewElement, value: unknown) => {
    const text = String(value)
    host.controls.set(element, 'value', text)
    fire(element, 'input', { value: text, cursor: text.length, keyCode: 0 })
  }
  const scrollTo = (element: ViewElement, x: number, y: number) => {
    element.scrollLeft = x
    element.scrollTop = y
    const { scrollHeight, scrollWidth, clientHeight } = element
    fire(element, 'scroll', { scrollLeft: x, scrollTop: y, scrollHeight, scrollWidth, deltaX: 0, deltaY: 0 })
    const threshold = Number(host.elements.attributes(element)['lower-threshold'] ?? 50)
    if (y + clientHeight >= scrollHeight - threshold) fire(element, 'scrolltolower', { direction: 'bottom' })
    if (y <= 0) fire(element, 'scrolltoupper', { direction: 'top' })
  }
  const functions: Record<string, (element: ViewElement, ...args: unknown[]) => unknown> = {
    'input.input': type,
    'textarea.input': type,
    'switch.tap': (element) => { tap(element) },
    'slider.slideTo'(element, value) { host.controls.set(element, 'value', value); fire(element, 'change', { value }) },
    'swiper.swipeTo'(element, index) {
      host.controls.set(element, 'current', index)
      fire(element, 'change', { current: index, currentItemId: '', source: 'touch' })
      fire(element, 'animationfinish', { current: index, currentItemId: '', source: 'touch' })
    },
    'scroll-view.scrollTo': (element, x, y) => { scrollTo(element, Number(x), Number(y)) },
    'scroll-view.scrollTop': (element) => element.scrollTop,
    'scroll-view.scrollLeft': (element) => element.scrollLeft,
    'scroll-view.scrollWidth': (element) => element.scrollWidth,
    'scroll-view.scrollHeight': (element) => element.scrollHeight,
    'movable-view.moveTo': (element, x, y) => { fire(element, 'change', { x, y, source: 'touch' }) },
  }

  function tap(element: ViewElement): void {
    if (templateTag(element) === 'button' && isOn(host.elements.attributes(element).disabled)) return
    const at = touchesAt(element)
    const point = { x: at.touches[0]!.pageX, y: at.touches[0]!.pageY }
    fire(element, 'touchstart', point, at)
    fire(element, 'touchend', point, { touches: [], changedTouches: at.changedTouches })
    fire(element, 'tap', point, at)
    for (let up: ViewElement | null = element; up && !up.classList.contains('host-frame'); up = up.parentElement) {
      if (ACTING.test(templateTag(up))) { host.controls.act(up); return }
    }
  }
  return {
    tap,
    call(name, element, args) {
      const work = functions[name]
      if (!work) throw new Error(`unsupported function ${name}`)
      return work(element, ...args)
    },
  }
}
