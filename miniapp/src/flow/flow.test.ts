import { beforeEach, expect, test, vi } from 'vitest'
import type * as Vue from 'vue'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
vi.mock('vue', async (original) => ({ ...(await original<typeof Vue>()), onUnmounted: vi.fn() }))
const { Fault, Offline, Refusal } = await import('@/platform/request')
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

test('a list one comes back to is fresh and as long as it was', async () => {
  let world = ['a', 'b', 'c', 'd', 'e']
  const list = useList(async (cursor) => {
    const from = Number(cursor ?? 0)
    return { items: world.slice(from, from + 2), nextCursor: from + 2 < world.length ? String(from + 2) : null, total: world.length }
  })
  await list.load()
  await list.more()
  world = ['new', ...world]
  await list.load()
  expect(list.items.value).toEqual(['new', 'a', 'b', 'c'])
  await list.more()
  expect(list.items.value).toEqual(['new', 'a', 'b', 'c', 'd', 'e'])
})

test('a filter that fails shows no row of the filter before it', async () => {
  const answers = [() => Promise.resolve({ items: ['old'], nextCursor: null, total: 1 }), () => Promise.reject(new Offline()), () => Promise.resolve({ items: ['new'], nextCursor: null, total: 1 })]
  const list = useList(() => answers.shift()!())
  await list.load()
  const begun = list.restart()
  expect(list.items.value).toEqual([])
  await begun
  expect(list.items.value).toEqual([])
  expect(list.problem.value).toEqual({ kind: 'offline' })
  await list.retry()
  expect(list.items.value).toEqual(['new'])
  expect(list.problem.value).toBeNull()
})

test('a page that fails keeps the rows, says why, and is asked for again from where it was', async () => {
  const cursors: (string | undefined)[] = []
  const answers = [() => Promise.resolve({ items: [1], nextCursor: 'c', total: 2 }), () => Promise.reject(new Offline()), () => Promise.resolve({ items: [2], nextCursor: null, total: 2 })]
  const list = useList((cursor) => { cursors.push(cursor); return answers.shift()!() })
  await list.load()
  await list.more()
  expect(list.items.value).toEqual([1])
  expect(list.problem.value).toEqual({ kind: 'offline' })
  await list.retry()
  expect(list.items.value).toEqual([1, 2])
  expect(list.problem.value).toBeNull()
  expect(cursors).toEqual([undefined, 'c', 'c'])
})

test('nobody reads a list after the session is over', async () => {
  const answers = [() => Promise.resolve({ items: ['mine'], nextCursor: null, total: 1 }), () => Promise.reject(new Refusal('unauthenticated'))]
  const list = useList(() => answers.shift()!())
  await list.load()
  await list.load()
  expect(list.items.value).toEqual([])
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
  const answers: (() => Promise<string>)[] = [new Offline(), new Fault('r'), new Refusal('idempotency_in_progress')].map((failure) => () => Promise.reject(failure))
  const { run } = useAction((key: string) => { keys.push(key); return (answers.shift() ?? (() => Promise.resolve('done')))() })
  for (let press = 0; press < 5; press += 1) await run()
  expect(new Set(keys.slice(0, 4)).size).toBe(1)
  expect(keys[4]).not.toBe(keys[3])
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
