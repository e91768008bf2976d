/** Events from the view to the app: what bubbles, and the event object the app receives. */
import * as easel from 'glass-easel'
import { clone } from './clone.ts'
import type { Host } from './host.ts'
import type { AnyFunction, Bag, EaselNode, ViewElement } from './types.ts'

const BUBBLING = new Set([
  'tap', 'longpress', 'longtap', 'touchstart', 'touchmove', 'touchend', 'touchcancel', 'touchforcechange',
  'transitionend', 'animationstart', 'animationiteration', 'animationend',
  'longTap', 'touchStart', 'touchMove', 'touchEnd', 'touchCancel',
])

/** Alipay writes some events in camel case. */
const ALIPAY_NAMES: Record<string, string> = {
  touchstart: 'touchStart', touchmove: 'touchMove', touchend: 'touchEnd', touchcancel: 'touchCancel', longpress: 'longTap',
  scrolltolower: 'scrollToLower', scrolltoupper: 'scrollToUpper', getphonenumber: 'getPhoneNumber', getauthorize: 'getAuthorize',
  animationend: 'animationEnd', transitionend: 'transitionEnd', refresherrefresh: 'refresherRefresh',
}

export interface Touch { identifier: number; pageX: number; pageY: number; clientX: number; clientY: number; force: number }
export interface Touches { touches?: Touch[]; changedTouches?: Touch[] }

export interface Events {
  /** Fires an event on an element, bubbling when the platform's does. */
  fire(element: ViewElement, type: string, detail?: unknown, touches?: Touches): void
  /** Wraps a function of the app: easel events become platform events, failures are reported with `where`. */
  guard(work: AnyFunction, where: string): AnyFunction
}

/** Touches ride along with the detail through glass-easel and are taken off again in the event object. */
class Carried {
  detail: unknown
  touches: Touches
  constructor(detail: unknown, touches: Touches) { this.detail = detail; this.touches = touches }
}

/** The glass-easel element that an element of the view belongs to. */
export function easelOf(element: ViewElement): EaselNode {
  let at: ViewElement | null = element
  while (at && !at.__wxElement) at = at.parentElement
  if (!at?.__wxElement) throw new Error('the element is not part of a page')
  return at.__wxElement
}

export function createEvents(host: Host): Events {
  const alipay = host.options.pack.platform === 'alipay'
  const describe = (target: unknown): Bag => {
    const node = target as (EaselNode & { $$?: HTMLElement }) | undefined
    if (!node) return { id: '', dataset: {} }
    const box = node.$$
    return {
      id: node.id ?? '', dataset: clone(node.dataset ?? {}), offsetLeft: box?.offsetLeft ?? 0, offsetTop: box?.offsetTop ?? 0,
      ...(alipay ? { tagName: node.is } : {}),
    }
  }
  const toAppEvent = (event: easel.ShadowedEvent<unknown>): Bag => {
    const carried = event.detail instanceof Carried ? event.detail : new Carried(event.detail, {})
    const detail = carried.detail && typeof carried.detail === 'object' ? { ...carried.detail } : carried.detail ?? {}
    const touches = carried.touches.touches ?? []
    return {
      type: event.type, timeStamp: Math.round(event.timeStamp || 0), target: describe(event.target), currentTarget: describe(event.currentTarget),
      mark: event.mark ?? {}, detail, touches, changedTouches: carried.touches.changedTouches ?? touches, mut: false,
    }
  }
  return {
    fire(element, type, detail = {}, touches = {}) {
      const name = alipay ? ALIPAY_NAMES[type] ?? type : type
      const bubbles = BUBBLING.has(name)
      easel.Event.triggerEvent(easelOf(element) as unknown as easel.Element, name, new Carried(detail, touches), { bubbles, composed: bubbles, capturePhase: bubbles })
    },
    guard(work, where) {
      return function (this: unknown, ...args: unknown[]) {
        if (args[0] instanceof easel.Event) args[0] = toAppEvent(args[0] as unknown as easel.ShadowedEvent<unknown>)
        try {
          return work.apply(this, args)
        } catch (error) {
          host.faults.report(error, where)
          return undefined
        }
      }
    },
  }
}
