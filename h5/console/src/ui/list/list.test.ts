import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { Fault, Refused } from '../../platform/call.ts'
import { mountAt } from '../../testing/mounting.ts'
import ListView from './ListView.vue'
import type { ListSpec } from './spec.ts'
import { daysToBounds, useListOf, type ListQuery, type ListState, type Page } from './useList.ts'

type Row = { id: string; name: string; fen: number }
const rows = Array.from({ length: 50 }, (_, i): Row => ({ id: `r${i}`, name: `行 ${i}`, fen: i * 100 }))
const spec: ListSpec<Row> = {
  id: 'test', rowKey: (r) => r.id, search: 'ui.more', defaultSort: '-fen', empty: { title: 'ui.done' }, exportKind: 'members',
  columns: [{ key: 'name', label: 'ui.save', fixed: true }, { key: 'fen', label: 'ui.all', kind: 'money', sort: 'fen' }, { key: 'id', label: 'ui.more', optional: true }],
  filters: [{ key: 'state', label: 'ui.yes', kind: 'choice', options: [{ value: 'open', label: '在场' }] }, { key: 'days', label: 'ui.no', kind: 'days', from: 'from', until: 'until' }],
  bulk: [{ key: 'go', label: 'ui.confirm', run: () => {} }],
}

let asked: ListQuery[] = []
let list: ListState<Row>
const pageOf = (query: ListQuery): Page<Row> => {
  const from = Number(query.cursor ?? 0)
  const limit = Number(query.limit)
  return { items: rows.slice(from, from + limit), nextCursor: from + limit < rows.length ? String(from + limit) : null, total: rows.length }
}
const open = async (path = '/', read: (query: ListQuery) => Page<Row> = pageOf, permissions: never[] = []) => {
  asked = []
  const host = defineComponent({ setup() {
    list = useListOf<Row>(spec, async (query) => { asked.push(query); return read(query) })
    return () => h(ListView as never, { spec, list })
  } })
  const made = await mountAt(host, { path, permissions } as never)
  await flushPromises()
  return made
}
const go = async (act: () => void) => { act(); await flushPromises() }

beforeEach(() => { localStorage.clear(); document.body.innerHTML = '' })

test('days of Shanghai become bounds in UTC, the last day included', () => {
  expect(daysToBounds('2026-11-01..2026-11-20')).toEqual({ from: '2026-10-31T16:00:00.000Z', until: '2026-11-20T16:00:00.000Z' })
  expect(daysToBounds('..2026-11-20')).toEqual({ until: '2026-11-20T16:00:00.000Z' })
})

describe('the address is the state', () => {
  test('a link with filters, sort and search asks for exactly that', async () => {
    await open('/?state=open&sort=fen&q=林&days=2026-11-20..2026-11-20')
    expect(asked).toEqual([{ limit: '20', q: '林', sort: 'fen', state: 'open', from: '2026-11-19T16:00:00.000Z', until: '2026-11-20T16:00:00.000Z' }])
  })

  test('paging goes forward by cursor and back to where it was', async () => {
    const { wrapper, router } = await open()
    await go(() => list.next())
    await go(() => list.next())
    expect(router.currentRoute.value.query).toEqual({ cursor: '40', page: '3' })
    expect(wrapper.text()).toContain('41 – 50，共 50')
    await go(() => list.previous())
    expect(router.currentRoute.value.query).toEqual({ cursor: '20', page: '2' })
    await go(() => list.previous())
    expect(router.currentRoute.value.query).toEqual({})
    expect(asked.map((q) => q.cursor)).toEqual([undefined, '20', '40', '20', undefined])
  })

  test('pressing next faster than rows come turns one page', async () => {
    let release = () => {}
    let hold = Promise.resolve()
    const { wrapper, router } = await open('/', ((query: ListQuery) => hold.then(() => pageOf(query))) as never)
    hold = new Promise((done) => { release = done })
    await go(() => list.next())
    await go(() => list.next())
    await go(() => release())
    expect(router.currentRoute.value.query).toEqual({ cursor: '20', page: '2' })
    expect(wrapper.text()).toContain('21 – 40，共 50')
  })

  test('a new filter begins at the first page', async () => {
    const { router } = await open('/?cursor=20&page=2')
    await go(() => list.set({ state: 'open' }))
    expect(router.currentRoute.value.query).toEqual({ state: 'open' })
  })

  test('a head sorts down first, then up, and says so', async () => {
    const { wrapper, router } = await open('/?sort=other')
    const head = wrapper.findAll('th').find((th) => th.text() === '全部')!
    await go(() => void head.find('button').trigger('click'))
    expect([router.currentRoute.value.query.sort, head.attributes('aria-sort')]).toEqual(['-fen', 'descending'])
    await go(() => void head.find('button').trigger('click'))
    expect([router.currentRoute.value.query.sort, head.attributes('aria-sort')]).toEqual(['fen', 'ascending'])
  })
})

describe('what is seen', () => {
  test('money is written, optional columns wait, choices are kept for next time', async () => {
    const first = await open()
    expect(first.wrapper.text()).toContain('¥1.00')
    expect(first.wrapper.findAll('thead th').map((th) => th.text())).toEqual(['', '保存', '全部'])
    list.toggleColumn('id')
    list.toggleColumn('fen')
    first.wrapper.unmount()
    const second = await open()
    expect(second.wrapper.findAll('thead th').map((th) => th.text())).toEqual(['', '保存', '更多'])
  })

  test('nothing at all and nothing that matches are two things', async () => {
    const none = () => ({ items: [], nextCursor: null, total: 0 })
    expect((await open('/', none)).wrapper.text()).toContain('已完成')
    const filtered = await open('/?state=open', none)
    expect(filtered.wrapper.text()).toContain('没有符合条件的记录')
    await go(() => list.clear())
    expect(asked.at(-1)).not.toHaveProperty('state')
  })

  test.each([[new Fault(500, 'R42'), 'R42'], [new Fault(0, null), '网络断了'], [new Refused('forbidden', { status: 403 }), '您的角色不能做这件事']])('%s is said', async (cause, words) => {
    const { wrapper } = await open('/', () => { throw cause })
    expect(wrapper.find('[role="alert"]').text()).toContain(words)
  })

  test('selecting rows brings the bulk bar with the count', async () => {
    const { wrapper } = await open()
    await wrapper.findAll('tbody input[type="checkbox"]')[1]!.setValue(true)
    expect(wrapper.find('.bulk').text()).toContain('已选 1 个')
    await wrapper.find('thead input[type="checkbox"]').setValue(true)
    expect(wrapper.find('.bulk').text()).toContain('已选 20 个')
  })

  test('what was ticked stays ticked when the rows come again, as far as they are still there', async () => {
    let gone = 0
    const { wrapper } = await open('/', (query) => ({ ...pageOf(query), items: pageOf(query).items.slice(gone) }))
    for (const n of [0, 1]) await wrapper.findAll('tbody input[type="checkbox"]')[n]!.setValue(true)
    await go(() => void list.load())
    expect(wrapper.find('.bulk').text()).toContain('已选 2 个')
    gone = 1
    await go(() => void list.load())
    expect(wrapper.find('.bulk').text()).toContain('已选 1 个')
  })

  test('rows stay while they cannot be read again, and go when others were asked for', async () => {
    let broken = false
    const { wrapper } = await open('/', (query) => { if (broken) throw new Fault(500, 'R7'); return pageOf(query) })
    broken = true
    await go(() => void list.load())
    expect([wrapper.find('[role="alert"]').text().includes('R7'), wrapper.findAll('tbody tr').length]).toEqual([true, 20])
    await go(() => list.set({ state: 'open' }))
    expect([wrapper.find('[role="alert"]').text().includes('R7'), wrapper.findAll('tbody tr').length]).toEqual([true, 0])
  })

  test('export is offered to those who may', async () => {
    expect((await open()).wrapper.text()).not.toContain('导出')
    expect((await open('/', pageOf, ['export.run'] as never)).wrapper.text()).toContain('导出')
  })
})
