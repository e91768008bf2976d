/**
 * `wx` and `my`: every call goes through `dispatch`, so that a mock of the automator works on references the app has
 * already taken, and so that success, fail, complete and promises behave alike everywhere.
 */
import { clone } from '../core/clone.ts'
import type { Host } from '../core/host.ts'
import type { AnyFunction, Bag } from '../core/types.ts'
import { ApiFailure } from './area.ts'
import { deviceApi } from './device.ts'
import { dialogApi } from './dialogs.ts'
import { fileApi } from './files.ts'
import { identityApi } from './identity.ts'
import { navigationApi } from './navigation.ts'
import { networkApi } from './network.ts'
import { paymentApi } from './payment.ts'
import { createPrivacy, type Privacy } from './privacy.ts'
import { queryApi } from './query.ts'
import { storageApi } from './storage.ts'
import { systemApi } from './system.ts'

export interface Api {
  /** The object the app sees as `wx` or `my`. */
  surface: Bag
  privacy: Privacy
  /** What the app did to the world outside its pages, in order: calls made, files opened, brightness set, … */
  readonly done: { name: string; detail: Bag }[]
  record(name: string, detail: Bag): void
  /** Calls an API as the app would. */
  dispatch(name: string, args: unknown[]): unknown
  /** Calls an API and resolves with its result, or rejects with its failure object. */
  ask(name: string, options: Bag): Promise<Bag>
  /** As the automator calls it: any API, result as plain data. */
  call(name: string, args: unknown[]): Promise<unknown>
  /** Replaces an API by a function or a fixed result; undefined restores it. */
  mock(name: string, replacement: AnyFunction | { result: unknown } | undefined): void
  /** The real implementation, also of a mocked API. */
  original(name: string, args: unknown[]): unknown
}

export function createApi(host: Host): Api {
  const alipay = host.options.pack.platform === 'alipay'
  const mocks = new Map<string, AnyFunction | { result: unknown }>()
  const privacy = createPrivacy(host)
  const done: Api['done'] = []
  const areas = [systemApi, storageApi, networkApi, fileApi, navigationApi, dialogApi, deviceApi, identityApi, paymentApi, queryApi].map((area) => area(host)).concat(privacy.area)
  const now: Record<string, AnyFunction> = Object.assign({}, ...areas.map((area) => area.now))
  const later: Record<string, (options: Bag) => unknown> = Object.assign({}, ...areas.map((area) => area.later))
  const hidden: Record<string, (options: Bag) => unknown> = Object.assign({}, ...areas.map((area) => area.hidden))

  const failureOf = (name: string, error: unknown): Bag => {
    const fields = error instanceof ApiFailure ? error.fields : (error as Bag)?.errMsg ? error as Bag : {}
    const message = String((error as Bag)?.errMsg ?? (error as Error)?.message ?? error)
    return { errMsg: message.startsWith(name) ? message : `${name}:fail ${message}`, ...(alipay ? { error: 2, errorMessage: message } : {}), ...fields }
  }
  const run = (name: string, work: (options: Bag) => unknown, given: unknown): unknown => {
    const options = (given ?? {}) as Bag
    const outcome = (async () => ({ errMsg: `${name}:ok`, ...await work(options) as Bag | undefined }))()
    const calledBack = options.success || options.fail || options.complete
    const settled = outcome.then(
      (result) => { options.success?.(result); options.complete?.(result) },
      (error: unknown) => { const failure = failureOf(name, error); options.fail?.(failure); options.complete?.(failure) },
    )
    settled.catch((error: unknown) => { host.faults.report(error, `${name} callback`) })
    const task = (options as { task?: unknown }).task
    if (task !== undefined) { delete options.task; return task }
    if (calledBack) return undefined
    return outcome.catch((error: unknown) => { throw failureOf(name, error) })
  }
  const implementation = (name: string) => later[name] ?? hidden[name]
  const original: Api['original'] = (name, args) => {
    if (now[name]) return now[name](...args)
    const work = implementation(name)
    if (!work) throw new Error(`${alipay ? 'my' : 'wx'}.${name} is not a function`)
    return run(name, work, args[0])
  }
  const dispatch: Api['dispatch'] = (name, args) => {
    const mock = mocks.get(name)
    if (mock === undefined) return original(name, args)
    const answer = (...given: unknown[]) => typeof mock === 'function' ? mock(...given) as unknown : clone(mock.result)
    if (now[name] || name.endsWith('Sync')) return answer(...args)
    return run(name, async (options) => {
      const result = await answer(options) as Bag | undefined
      if (/:fail/.test(String(result?.errMsg ?? ''))) throw new ApiFailure(String(result!.errMsg), result)
      return result
    }, args[0])
  }

  const surface: Bag = {}
  const expose = (name: string) => { surface[name] ??= (...args: unknown[]) => dispatch(name, args) }
  for (const name of [...Object.keys(now), ...Object.keys(later)]) expose(name)
  if (!alipay) surface.env = { USER_DATA_PATH: 'http://usr' }

  const ask: Api['ask'] = (name, options) => new Promise((resolve, reject) => {
    dispatch(name, [{ ...options, success: resolve, fail: reject }])
  })
  return {
    surface, privacy, done, dispatch, original, ask,
    record(name, detail) { done.push({ name, detail: clone(detail) }) },
    async call(name, args) {
      if (!surface[name]) throw new Error(`${alipay ? 'my' : 'wx'}.${name} is not a function`)
      if (now[name] || name.endsWith('Sync')) return clone(await dispatch(name, args))
      return clone(await ask(name, (args[0] ?? {}) as Bag).catch((error: Bag) => { throw new Error(String(error.errMsg)) }))
    },
    mock(name, replacement) {
      if (replacement === undefined) mocks.delete(name)
      else {
        mocks.set(name, replacement)
        if (!hidden[name]) expose(name)
      }
    },
  }
}
