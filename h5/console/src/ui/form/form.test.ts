import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { nextTick, reactive } from 'vue'
import { Fault, Refused } from '../../platform/call.ts'
import { mountAt } from '../../testing/mounting.ts'
import { fieldOf, fromLocalInput, mapRefusal, problemOf, problemsOf, toLocalInput, type Section } from './spec.ts'
import FormDrawer from './FormDrawer.vue'
import FormView from './FormView.vue'

type Model = { title: string; amountFen: number | null; kind: string; cap: number | null; stock: number | null }
const sections: Section<Model>[] = [{
  fields: [
    { key: 'title', label: 'ui.save', kind: 'text', required: true, min: 2, max: 5, refusals: ['account_exists'] },
    { key: 'amountFen', label: 'ui.done', kind: 'money', required: true, min: 100, check: (m) => (m.amountFen! > 50_000 ? 'ui.no' : null) },
    { key: 'cap', label: 'ui.more', kind: 'number', required: true, visible: (m) => m.kind === 'discount' },
    { key: 'stock', label: 'ui.all', kind: 'limit', min: 1 },
  ],
}]
const good = (): Model => ({ title: '午市', amountFen: 4000, kind: 'cash', cap: null, stock: null })

describe('rules', () => {
  test.each([
    [{}, {}],
    [{ title: '' }, { title: 'ui.form.required' }],
    [{ title: ' 一 ' }, { title: 'ui.form.minLength' }],
    [{ title: '一二三四五六' }, { title: 'ui.form.maxLength' }],
    [{ amountFen: null }, { amountFen: 'ui.form.required' }],
    [{ amountFen: 50 }, { amountFen: 'ui.form.min' }],
    [{ amountFen: 60_000 }, { amountFen: 'ui.no' }],
    [{ kind: 'discount' }, { cap: 'ui.form.required' }],
    [{ stock: 0 }, { stock: 'ui.form.min' }],
  ])('%j breaks %j', (over, expected) => {
    const found = problemsOf(sections, { ...good(), ...over } as Model)
    expect(Object.fromEntries(Object.entries(found).map(([k, m]) => [k, m.key]))).toEqual(expected)
  })

  test('a bound of money is said in yuan', () => expect(problemOf(sections[0]!.fields[1]!, { ...good(), amountFen: 50 })?.values).toEqual({ n: 1 }))
  test('times are Shanghai on the screen and UTC on the wire', () => {
    expect(toLocalInput('2026-11-20T16:30:00.000Z')).toBe('2026-11-21T00:30')
    expect(fromLocalInput('2026-11-21T00:30')).toBe('2026-11-20T16:30:00.000Z')
    expect([toLocalInput(null), fromLocalInput('')]).toEqual(['', null])
  })
})

describe('refusals come back to their fields', () => {
  test.each([['#/body/worth/amountFen', 'amountFen'], ['#/body/title', 'title'], ['#/body/other', null]])('%s is about %s', (pointer, key) => expect(fieldOf(pointer, ['title', 'amountFen'])).toBe(key))
  test('a code that belongs to a field shows there', () => expect(mapRefusal(sections, { code: 'account_exists', errors: [] })).toEqual({ fields: { title: { key: 'refusal.account_exists' } }, rest: false }))
  test('a code that belongs to none shows above the buttons', () => expect(mapRefusal(sections, { code: 'template_state', errors: [] })).toEqual({ fields: {}, rest: true }))
})

describe('the form', () => {
  beforeEach(() => { document.body.innerHTML = '' })
  const make = async (over: Partial<Model> = {}) => {
    const sent: number[] = []
    const model = reactive({ ...good(), ...over })
    const { wrapper } = await mountAt(FormView, { props: { sections, model, submitLabel: '保存', onSubmit: () => sent.push(1) } } as never)
    return { wrapper, model, sent }
  }

  test('nothing wrong shows before anybody tried, and everything after', async () => {
    const { wrapper, sent } = await make({ title: '', amountFen: null })
    expect(wrapper.findAll('[role="alert"]')).toHaveLength(0)
    await wrapper.find('form').trigger('submit')
    expect(wrapper.findAll('[role="alert"]').map((a) => a.text())).toEqual(['必填', '必填'])
    expect(sent).toEqual([])
  })

  test('a field tells what is wrong with it to everybody', async () => {
    const { wrapper } = await make({ title: '' })
    await wrapper.find('form').trigger('submit')
    const input = wrapper.find('#field-title')
    expect(input.attributes('aria-invalid')).toBe('true')
    expect(wrapper.find(`#${input.attributes('aria-describedby')!}`).text()).toBe('必填')
  })

  test('a hidden field stops nobody; a good form is sent once', async () => {
    const { wrapper, sent } = await make()
    expect(wrapper.text()).not.toContain('更多')
    await wrapper.find('form').trigger('submit')
    expect(sent).toEqual([1])
  })

  test('what the BFF rejected stands beside its field; a fault stands below with its request', async () => {
    const { wrapper } = await make()
    await wrapper.setProps({ trouble: new Refused('validation_failed', { status: 400, errors: [{ pointer: '#/body/title', detail: 'taken' }] }) } as never)
    await nextTick()
    expect(wrapper.find('#field-title-problem').text()).toContain('taken')
    await wrapper.setProps({ trouble: new Fault(500, 'R9') } as never)
    await nextTick()
    expect(wrapper.find('.refused').text()).toContain('R9')
  })
})

describe('what is typed and not saved', () => {
  beforeEach(() => { document.body.innerHTML = '' })
  afterEach(() => vi.unstubAllGlobals())
  const make = async () => {
    const model = reactive(good())
    const { wrapper } = await mountAt(FormDrawer, { props: { open: true, title: '编辑', size: 480, sections, model, busy: false, trouble: null } } as never)
    await nextTick()
    const ask = vi.fn(() => false)
    vi.stubGlobal('confirm', ask)
    const closes = async () => { document.querySelector<HTMLElement>('.el-drawer__close-btn')!.click(); await nextTick(); return (wrapper.emitted('close') ?? []).length > 0 }
    const unloads = () => dispatchEvent(new Event('beforeunload', { cancelable: true }))
    return { wrapper, model, ask, closes, unloads }
  }

  test('closing the drawer or the tab asks first', async () => {
    const { wrapper, model, ask, closes, unloads } = await make()
    model.title = '晚市'
    await nextTick()
    expect([await closes(), unloads(), ask.mock.calls.length]).toEqual([false, false, 1])
    wrapper.unmount()
  })

  test('nobody is asked about nothing', async () => {
    const { wrapper, ask, closes, unloads } = await make()
    expect([unloads(), ask.mock.calls.length]).toEqual([true, 0])
    await closes()
    expect(ask).not.toHaveBeenCalled()
    wrapper.unmount()
  })
})
