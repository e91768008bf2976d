/**
 * Canvas: real pixels where the view paints, a recorder of the drawing calls everywhere, so that a test can tell
 * whether a code was drawn without looking at the picture.
 */
import type { Host } from '../host.ts'
import type { AnyFunction, Bag, ViewElement } from '../types.ts'
import { defineWidget } from './widget.ts'

interface Drawing { node: Bag; calls: unknown[][] }

const drawings = new WeakMap<Element, Drawing>()

/** The drawing calls made on a canvas: `[method, ...arguments]`, and `['=name', value]` for properties. */
export const drawnOn = (element: Element): unknown[][] => drawings.get(element)?.calls ?? []

/** A 2d context that notes each call, and passes it on to a painted one if there is one. */
function recorder(painted: Bag | null, calls: unknown[][]): Bag {
  const state: Bag = {}
  return new Proxy(state, {
    get(_, name) {
      if (typeof name !== 'string') return undefined
      const own: unknown = painted ? painted[name] : state[name]
      if (own !== undefined && typeof own !== 'function') return own
      return (...args: unknown[]) => {
        calls.push([name, ...args.map((arg) => typeof arg === 'object' ? '{}' : arg)])
        if (name === 'measureText' && !painted) return { width: String(args[0]).length * 10 }
        if (/^create|^getImageData/.test(name) && !painted) return { addColorStop() {}, data: new Uint8ClampedArray(4) }
        return painted ? (painted[name] as AnyFunction | undefined)?.apply(painted, args) as unknown : undefined
      }
    },
    set(_, name, value) {
      calls.push([`=${String(name)}`, typeof value === 'object' ? '{}' : value])
      if (painted) painted[String(name)] = value
      else state[String(name)] = value
      return true
    },
  })
}

/** The canvas node the app gets from a selector query. */
export function canvasOf(element: Element): Bag | null {
  return drawings.get(element)?.node ?? null
}

/** WeChat's older `createCanvasContext`: setters as methods, drawn at once. */
export function legacyContext(element: ViewElement | undefined): Bag {
  const context = (element && canvasOf(element)?.getContext('2d') as Bag | undefined) ?? recorder(null, [])
  return new Proxy({}, {
    get(_, name) {
      if (name === 'draw') return (_keep: unknown, done?: AnyFunction) => { done?.() }
      const setter = /^set([A-Z])(\w*)$/.exec(String(name))
      if (setter) return (value: unknown) => { context[`${setter[1]!.toLowerCase()}${setter[2]}`] = value }
      return context[String(name)] as unknown
    },
  })
}

export function defineCanvas(host: Host): void {
  const { window, paints } = host.options.realm
  defineWidget(host, 'canvas', ['width', 'height'], (element, shadow) => {
    if (drawings.has(element)) return
    const calls: unknown[][] = []
    const painted = paints ? shadow.appendChild(window.document.createElement('canvas')) : null
    if (painted) painted.style.cssText = 'display:block;width:100%;height:100%'
    const context = recorder(painted ? painted.getContext('2d') as unknown as Bag : null, calls)
    let size = { width: 300, height: 150 }
    const node: Bag = {
      getContext: () => context,
      createImage: () => painted ? new window.Image() : { set src(_: string) { window.setTimeout(() => { (this as Bag).onload?.() }, 0) } },
      requestAnimationFrame: (work: AnyFunction) => window.setTimeout(() => { work(Date.now()) }, 16),
      cancelAnimationFrame: (id: number) => { window.clearTimeout(id) },
      toDataURL: (...args: unknown[]) => painted ? painted.toDataURL(...args as [string?]) : 'data:image/png;base64,',
    }
    for (const side of ['width', 'height'] as const) {
      Object.defineProperty(node, side, {
        enumerable: true,
        get: () => painted ? painted[side] : size[side],
        set: (value: number) => { size = { ...size, [side]: value }; if (painted) painted[side] = value },
      })
    }
    drawings.set(element, { node, calls })
  })
}
