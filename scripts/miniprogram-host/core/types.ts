/**
 * The words that the parts of the host share. Everything under core/ and api/ runs inside the view realm
 * (a jsdom window or a Chromium page) and knows neither Node nor the websocket.
 */

export type Platform = 'weapp' | 'alipay'

/** JSON-like values that cross the border between the app's realm and the view's realm. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Any function the app hands over or calls; its arguments are the app's own business. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyFunction = (...args: any[]) => any

/** An object of the app (options of an API call, a page definition): shape known only to the app. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Bag = Record<string, any>

/** A compiled package as it lies on disk, made ready for the view (see package/read.ts). */
export interface CompiledPackage {
  platform: Platform
  /** Text files by path without a leading slash: js, json, templates. */
  files: Record<string, string>
  /** Images and fonts by path, as data URIs. */
  assets: Record<string, string>
  /** Style sheets by page path (`app` for the application), already rewritten for the view. */
  styles: Record<string, string>
  /** A JavaScript expression that yields the compiled templates by path. */
  templates: string
}

/** Screen geometry in CSS pixels. */
export interface Screen { width: number; height: number; pixelRatio: number; statusBar: number; safeBottom: number }

/** One HTTP exchange asked of the Node side. */
export interface NetRequest {
  id: number
  url: string
  method: string
  headers: Record<string, string>
  /** Text body; binary bodies travel as base64 in `bodyBase64`. */
  body?: string
  bodyBase64?: string
  timeoutMs: number
  /** True when the reply is wanted as base64 bytes. */
  binary: boolean
}
export type NetReply = { status: number; headers: Record<string, string>; body: string } | { error: string }

/** The outside world's stand-in, and the person holding the phone. */
export interface WorldOptions { url?: string; phone?: string }

/** What a backend lends to the core: the place where the app's code runs, and ways out of the realm. */
export interface Realm {
  window: Window & typeof globalThis
  /** True when the view lays out boxes and paints. */
  paints: boolean
  /** Runs one module of the package with the given names in scope. */
  runModule(path: string, source: string, scope: Bag): void
  /** Adds names to the app's global scope. */
  defineGlobals(names: Bag): void
  /** Evaluates a function expression in the app's global scope. */
  evaluate(source: string): AnyFunction
  setTimeout(work: () => void, ms: number): unknown
  clearTimeout(id: unknown): void
  net(request: NetRequest): Promise<NetReply>
  abortNet(id: number): void
  screenshot?(): Promise<string>
}

/** Sends an event to the automator client. */
export type Emit = (method: string, params: Bag) => void

export interface HostOptions {
  pack: CompiledPackage
  realm: Realm
  emit: Emit
  screen: Screen
  world: WorldOptions
  /** Whether the member still has to agree to the privacy guideline (WeChat). */
  privacyNeeded: boolean
}

/** A DOM element that glass-easel made. */
export type ViewElement = HTMLElement & { __wxElement?: EaselNode }

/** The part of a glass-easel element that the host touches. */
export interface EaselNode {
  id: string
  is: string
  tagName?: string
  dataset: Bag
  data: Bag
  ownerShadowRoot?: { getHostNode(): EaselNode }
  getAttribute(name: string): unknown
  updateAttribute(name: string, value: unknown): void
  getMethodCaller(): Bag
}

/** A page on the stack. */
export interface PageRecord {
  id: number
  path: string
  query: Record<string, string>
  title: string
  /** The page object as the app sees it. */
  caller: Bag
  /** The glass-easel component behind it. */
  component: EaselNode
  /** The frame that holds the page on the screen. */
  frame: HTMLElement
  /** The `page` element itself, which scrolls. */
  element: HTMLElement
  release(): void
}
