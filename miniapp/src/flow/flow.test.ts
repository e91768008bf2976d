import { beforeEach, expect, test, vi } from 'vitest'
import type * as Vue from 'vue'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
vi.mock('vue', async (original) => ({ ...(await original<typeof Vue>()), onUnmounted: vi.fn() }))
const { Offline, Refusal } = await import('@/platform/request')
const { currentToast } = await import('@/ui/toast')
await import('@/i18n/common')
await import('@/i18n/refusals')
const { useAction } = await import('./useAction')
const { useList } = await import('./useList')
const { useLoad } = await import('./useLoad')

/** A promise that is settled from outside. */
function later<T>() {
  let settle = { resolve: (_: T): void => undefined, reject: (_: unknown): void => undefined }
  const promise = new Promise<T>((resolve, reject) => { settle = { resolve, reject } })
  return { promise, ...settle }
}
beforeEach(() => { currentToast.value = null })

test('a load that fails keeps what it had and says why', async () => {
  const answers = [() => Promise.resolve('first'), () => Promise.reject(new Offline())]
  const { data, problem, load } = useLoad(() => answers.shift()!())
  await load()
  await load()
  expect(data.value).toBe('first')
  expect(problem.value).toEqual({ kind: 'offline' })
})

test('an answer that a newer request has overtaken is dropped', async () => {
  const [slow, fast] = [later<string>(), later<string>()]
  const waiting = [slow, fast]
  const { data, load } = useLoad(() => waiting.shift()!.promise)
  const [first, second] = [load(), load()]
  fast.resolve('new')
  await second
  slow.resolve('old')
  await first
  expect(data.value).toBe('new')
})

test('a list goes on from its cursor and ends', async () => {
  const fetcher = vi.fn(async (cursor: string | undefined) => (cursor ? { items: [3], nextCursor: null, total: 3 } : { items: [1, 2], nextCursor: 'c', total: 3 }))
  const list = useList(fetcher)
  await list.load()
  await list.more()
  await list.more()
  expect(list.items.value).toEqual([1, 2, 3])
  expect(list.ended.value).toBe(true)
  expect(fetcher).toHaveBeenCalledTimes(2)
})

test('a second press while it runs does nothing', async () => {
  const one = later<string>()
  const act = vi.fn(() => one.promise)
  const { run, running } = useAction(act)
  const first = run()
  expect(running.value).toBe(true)
  expect(await run()).toBeNull()
  one.resolve('done')
  expect(await first).toBe('done')
  expect(act).toHaveBeenCalledTimes(1)
})

test('the key stays until an answer came, then changes', async () => {
  const keys: string[] = []
  const answers: (() => Promise<string>)[] = [() => Promise.reject(new Offline()), () => Promise.resolve('a'), () => Promise.resolve('b')]
  const { run } = useAction((key: string) => { keys.push(key); return answers.shift()!() })
  await run()
  await run()
  await run()
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[1])
})

test('another argument is another act with its own key', async () => {
  const keys: string[] = []
  const { run } = useAction((key: string, _plate: string) => { keys.push(key); return Promise.reject(new Offline()) })
  await run('苏C8K6Q2')
  await run('苏CD60218')
  expect(keys[0]).not.toBe(keys[1])
})

test('a refusal is told in words, quietly when asked', async () => {
  const refuse = () => Promise.reject(new Refusal('coupon_sold_out'))
  await useAction(refuse).run()
  expect(currentToast.value).toMatchObject({ tone: 'bad', text: '已被领完' })
  currentToast.value = null
  const { run, problem } = useAction(refuse, { quiet: true })
  await run()
  expect(currentToast.value).toBeNull()
  expect(problem.value).toMatchObject({ kind: 'refused', code: 'coupon_sold_out' })
})
